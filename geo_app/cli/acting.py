"""Who acts on the command line, when, and how far the work is."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click

from geo_app.cli.database import open_database
from geo_app.domain.access import Actor
from geo_app.domain.access_account import Moment
from geo_app.domain.address import Decision
from geo_app.persistence.register import Register
from geo_app.services.accounts import acting_account
from geo_app.settings import Settings


def moment() -> Moment:
    """Return the instant of the call and the register's day it falls on."""
    now = datetime.now(UTC)
    return Moment(now, now.astimezone(ZoneInfo(Settings.from_env().timezone)).date())


def acting(register: Register, name: str, at: Moment, reason: str) -> Actor:
    """Return the account that acts; the local operator where none is named.

    Raises NotFound.
    """
    return acting_account(register, name, at, reason)


@contextmanager
def deciding(name: str, reason: str) -> Iterator[tuple[Register, Decision]]:
    """Yield the register in one transaction, and the decision of the account `name`, made today for `reason`.

    Raises NotFound.
    """
    at = moment()
    with open_database() as database, database.transaction() as register:
        yield register, Decision(acting(register, name, at, reason), at.day, 0)


@contextmanager
def rows_bar() -> Iterator[Callable[[int], None]]:
    """Yield what to tell the number of rows done so far; it is shown on a terminal only."""
    hidden = not sys.stderr.isatty()
    shown = click.progressbar(length=0, file=sys.stderr, hidden=hidden, show_eta=False, item_show_func=_rows)
    with shown as bar:
        yield lambda rows: bar.update(0, rows)


def _rows(rows: int | None) -> str:
    return f"{rows or 0:,}"
