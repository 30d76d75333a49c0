"""What a request works with: the application's parts, its actor, its transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from ipaddress import ip_address
from typing import cast
from zoneinfo import ZoneInfo

from flask import current_app, g, request

from geo_app.domain.access import Actor
from geo_app.domain.access_account import Moment, NotSignedIn
from geo_app.persistence.database import Database
from geo_app.persistence.register import Register
from geo_app.services.identity import Identity
from geo_app.services.search_places import KnownPlaces
from geo_app.settings import Settings


def utc_now() -> datetime:
    """Return the instant, in UTC; the only place of the web that looks at the clock."""
    return datetime.now(UTC)


def remote() -> str | None:
    """Return the network address the request comes from; None where a proxy gave something else in its place."""
    try:
        return str(ip_address(request.remote_addr or ""))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Parts:
    """The application's parts, made once by `create_app`."""

    settings: Settings
    database: Database
    clock: Callable[[], datetime] = utc_now
    places: KnownPlaces = field(default_factory=KnownPlaces)


def parts() -> Parts:
    """Return the parts of the running application."""
    return cast("Parts", current_app.extensions["geo_app"])


@contextmanager
def transaction() -> Iterator[Register]:
    """Give the register for one transaction of this request."""
    with parts().database.transaction() as register:
        yield register


def now() -> datetime:
    """Return the instant of this request, in UTC."""
    return parts().clock()


def today() -> date:
    """Return the register's day."""
    return moment().day


def moment() -> Moment:
    """Return the instant of this request and the register's day it falls on."""
    instant = now()
    return Moment(instant, instant.astimezone(ZoneInfo(parts().settings.timezone)).date())


def identity() -> Identity | None:
    """Return who the gate let in; None on public pages without a session, and before the gate."""
    return cast("Identity | None", g.get("identity"))


def signed_in_identity() -> Identity:
    """Return who the gate let in.

    Raises NotSignedIn.
    """
    found = identity()
    if found is None:
        raise NotSignedIn
    return found


def actor(reason: str = "") -> Actor:
    """Return who acts in this request, and why; for services.

    Raises NotSignedIn.
    """
    return replace(signed_in_identity().actor, reason=reason)
