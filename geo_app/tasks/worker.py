"""The worker: takes jobs from the queue in PostgreSQL until it is told to stop."""

from datetime import UTC, datetime

from procrastinate import App, PsycopgConnector
from sqlalchemy.engine import make_url

from geo_app.persistence.database import Database
from geo_app.tasks.access import clear_access
from geo_app.tasks.catalogue import TASKS
from geo_app.tasks.run import run_job

SILENCE_OF_THE_DEAD = 30.0
"""Seconds without a sign of life after which a worker counts as killed and its job begins again."""


def queue_of(database: Database) -> App:
    """Return the queue with its tasks: run a job, take up the jobs of killed workers, clear what has ended."""
    address = make_url(database.logins.app).set(drivername="postgresql").render_as_string(hide_password=False)
    app = App(connector=PsycopgConnector(conninfo=address, min_size=1, max_size=4))

    @app.task(name="run_job")
    def run(job_id: int) -> None:
        run_job(database, TASKS, job_id)

    @app.periodic(cron="* * * * *")
    @app.task(name="take_up", queueing_lock="take_up")
    async def take_up(timestamp: int) -> None:
        del timestamp  # procrastinate hands the planned second to every periodic task
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE_OF_THE_DEAD):
            await app.job_manager.retry_job(job)

    @app.periodic(cron="17 3 * * *")
    @app.task(name="clear_access", queueing_lock="clear_access")
    def clear(timestamp: int) -> None:
        clear_access(database, datetime.fromtimestamp(timestamp, UTC))

    return app


async def work(database: Database) -> None:
    """Work off the queue, one job at a time: a county's office has one import running, not ten."""
    app = queue_of(database)
    async with app.open_async():
        await app.run_worker_async(name="geo-app", concurrency=1, delete_jobs="successful")
