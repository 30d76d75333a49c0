"""What a request works with: the application's parts, its actor, its transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from flask import current_app

from geo_app.persistence.database import Database
from geo_app.persistence.register import Register
from geo_app.settings import Settings


@dataclass(frozen=True, slots=True)
class Parts:
    """The application's parts, made once by `create_app`."""

    settings: Settings
    database: Database


def parts() -> Parts:
    """Return the parts of the running application."""
    return cast("Parts", current_app.extensions["geo_app"])


@contextmanager
def transaction() -> Iterator[Register]:
    """Give the register for one transaction of this request."""
    with parts().database.transaction() as register:
        yield register


def now() -> datetime:
    """Return the instant of this request, in UTC; the only place of the web that looks at the clock."""
    return datetime.now(UTC)


def today() -> date:
    """Return the register's day."""
    return now().astimezone(ZoneInfo(parts().settings.timezone)).date()
