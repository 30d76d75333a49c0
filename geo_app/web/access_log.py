"""The auditor's page: who signed in, who was refused, who used an administrator's right."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from apiflask import APIBlueprint
from flask import render_template, request
from flask.typing import ResponseReturnValue

from geo_app.domain.errors import UnreadableInput
from geo_app.domain.message import Message, marked
from geo_app.persistence.access_log import AccessFilter, Event, Outcome
from geo_app.services.access_log import find_accesses
from geo_app.web.context import actor, moment, parts, transaction
from geo_app.web.paging import Pager, wanted_page
from geo_app.web.permission import needs

bp = APIBlueprint("access_log", __name__, enable_openapi=False)

PAGE_SIZE = 100


@bp.get("/access-log")
@needs("log.read")
def access_log() -> ResponseReturnValue:
    """List entries, the latest first, by account, event, outcome and days (both inclusive)."""
    until = _day("until")
    wanted = AccessFilter(
        request.args.get("account", ""),
        request.args.get("event", ""),
        request.args.get("outcome", ""),
        _begin_of(_day("since")),
        _begin_of(until + timedelta(days=1) if until else None),
    )
    with transaction() as register:
        entries, total = find_accesses(register, actor(), wanted, (wanted_page(), PAGE_SIZE), moment())
    return render_template(
        "accounts/log.html", entries=entries, pager=Pager(total, PAGE_SIZE), events=list(Event), outcomes=list(Outcome)
    )


def _day(field: str) -> date | None:
    text = request.args.get(field, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as fault:
        raise UnreadableInput(name=Message(marked("date")), problem=text) from fault


def _begin_of(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), ZoneInfo(parts().settings.timezone)) if day else None
