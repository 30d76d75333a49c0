"""The auditor's page: who signed in, who was refused, who used an administrator's right."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from apiflask import APIBlueprint
from flask import render_template, request
from flask.typing import ResponseReturnValue

from geo_app.domain.errors import UnreadableInput
from geo_app.domain.message import Message, marked
from geo_app.persistence.access_log import AccessFilter
from geo_app.services.access_log import find_accesses
from geo_app.web.context import actor, moment, parts, transaction
from geo_app.web.listing import parse_listing
from geo_app.web.permission import needs

bp = APIBlueprint("access_log", __name__, enable_openapi=False)

FILTERS = ("account", "event", "outcome", "since", "until")


@bp.get("/access-log")
@needs("log.read")
def access_log() -> ResponseReturnValue:
    """List entries, the latest first, by account, event, outcome and days (both inclusive)."""
    listing = parse_listing(request.args, sorts=("at",), filters=FILTERS, usual="-at")
    until = _day("until")
    wanted = AccessFilter(
        listing.filters.get("account", ""),
        listing.filters.get("event", ""),
        listing.filters.get("outcome", ""),
        _begin_of(_day("since")),
        _begin_of(until + timedelta(days=1) if until and until < date.max else None),
    )
    with transaction() as register:
        found = find_accesses(register, actor(), wanted, listing, moment())
    return render_template("accounts/log.html", entries=found.items, total=found.total, listing=listing)


def _day(field: str) -> date | None:
    text = request.args.get(field, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as fault:
        raise UnreadableInput(name=Message(marked("date")), problem=text) from fault


def _begin_of(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), ZoneInfo(parts().settings.timezone)) if day else None
