"""Run the worker as `python -m geo_app.tasks`."""

import asyncio

from geo_app.persistence.database import connect
from geo_app.settings import Settings
from geo_app.tasks.worker import work

if __name__ == "__main__":
    asyncio.run(work(connect(Settings.from_env())))
