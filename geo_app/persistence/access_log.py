"""The log of access: written by a login that can only append, read by auditors.

An entry is committed before the answer it belongs to leaves. Passwords, codes, tokens and what people typed as a name
never stand in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Engine, func, insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from geo_app.domain.errors import DomainError
from geo_app.persistence.paging import Page
from geo_app.persistence.queries.listing import Listing, fetch_page
from geo_app.persistence.tables import AccessEntry, Account


class AccessLogUnavailable(DomainError):
    """No entry, no answer."""

    pattern = "The log of access cannot be written now, so nobody can be let in. Tell whoever runs the server."


class Event(StrEnum):
    """What an entry is about."""

    SIGN_IN = "sign_in"
    SECOND_FACTOR = "second_factor"
    SIGN_OUT = "sign_out"
    PASSWORD = "password"  # noqa: S105  the name of an event
    DENIAL = "denial"
    ADMIN = "admin"


class Outcome(StrEnum):
    """How it ended."""

    OK = "ok"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Access:
    """One entry to be: `account_id` None when nobody is known, `detail` of codes and numbers only."""

    event: Event
    outcome: Outcome
    account_id: int | None = None
    route: str = ""
    remote: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LoggedAccess:
    """One entry as the auditor reads it."""

    id: int
    at: datetime
    account_name: str
    access: Access


@dataclass(frozen=True, slots=True)
class AccessFilter:
    """What the auditor looks for; empty fields do not restrict. `until` is exclusive."""

    account: str = ""
    event: str = ""
    outcome: str = ""
    since: datetime | None = None
    until: datetime | None = None


class AccessLog:
    """Appends entries, each in a short transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def append(self, access: Access) -> None:
        """Write an entry and commit it.

        Raises AccessLogUnavailable.
        """
        row = {
            "account_id": access.account_id,
            "event": access.event.value,
            "outcome": access.outcome.value,
            "route": access.route,
            "detail": dict(access.detail),
            "remote": access.remote,
        }
        try:
            with self._engine.begin() as connection:
                # `inline`: the key is not asked for, because reading is not among the login's rights.
                connection.execute(insert(AccessEntry).inline().values(row))
        except SQLAlchemyError as fault:
            raise AccessLogUnavailable from fault


class AccessEntries:
    """Reads the log."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, wanted: AccessFilter, listing: Listing) -> Page[LoggedAccess]:
        """Return one page of the entries that fit."""
        statement = (
            select(AccessEntry, Account.name)
            .outerjoin(Account, Account.id == AccessEntry.account_id)
            .where(*_conditions(wanted))
        )
        page = fetch_page(self._session, statement, listing, (AccessEntry.at, AccessEntry.id.desc()))
        return page.of(lambda row: _logged(row[0], row[1] or ""))


def _conditions(wanted: AccessFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.account:
        conditions.append(func.lower(Account.name) == wanted.account.strip().lower())
    if wanted.event:
        conditions.append(AccessEntry.event == wanted.event)
    if wanted.outcome:
        conditions.append(AccessEntry.outcome == wanted.outcome)
    if wanted.since is not None:
        conditions.append(AccessEntry.at >= wanted.since)
    if wanted.until is not None:
        conditions.append(AccessEntry.at < wanted.until)
    return conditions


def _logged(row: AccessEntry, name: str) -> LoggedAccess:
    access = Access(Event(row.event), Outcome(row.outcome), row.account_id, row.route, row.remote, row.detail or {})
    return LoggedAccess(row.id, row.at, name, access)
