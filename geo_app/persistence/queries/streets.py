"""The list of streets as a page shows it, in any of its orders; found by present and by former names, and by pinyin."""

from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, text
from sqlalchemy.orm import Session

from geo_app.domain.address_text import match_key
from geo_app.persistence.paging import Page
from geo_app.persistence.queries.listing import Listing, Statement, contains, fetch_page, under
from geo_app.persistence.tables import (
    Division,
    Entrance,
    NumberingPlan,
    StandardAddress,
    Street,
    StreetAlias,
    StreetChange,
    StreetNameIndex,
)

SORTS = {"name": Street.name, "division": Division.code, "kind": Street.kind, "naming": Street.naming}
FILTERS = ("name", "letter", "division", "naming", "state")

_doors = (
    select(func.count())
    .where(Entrance.street_id == Street.id, func.upper_inf(Entrance.valid))
    .correlate(Street)
    .scalar_subquery()
)
_numbered = (
    select(func.count())
    .where(
        StandardAddress.street_id == Street.id,
        StandardAddress.kind == "door",
        StandardAddress.status.in_(("current", "locked")),
    )
    .correlate(Street)
    .scalar_subquery()
)
_plan = (
    select(NumberingPlan.status)
    .where(NumberingPlan.street_id == Street.id, NumberingPlan.status != "withdrawn")
    .order_by(NumberingPlan.id.desc())
    .limit(1)
    .correlate(Street)
    .scalar_subquery()
)
_former = (
    select(func.string_agg(StreetAlias.name.distinct(), text("'、'")))
    .where(StreetAlias.street_id == Street.id)
    .correlate(Street)
    .scalar_subquery()
)
_pending = (
    select(func.max(StreetChange.id))
    .where(StreetChange.street_id == Street.id, StreetChange.status.in_(("submitted", "approved")))
    .correlate(Street)
    .scalar_subquery()
)
_length = text(
    "(select sum(st_length(line::geography)) from street_piece p where p.street_id = street.id and upper_inf(p.valid))"
    " as length_m"
)


def street_page(session: Session, listing: Listing) -> Page[Any]:
    """Return one page of living streets, each with what stands on it, former names, and a change under way.

    Rows: id, name, pinyin, kind, naming, made_up, division, doors, numbered, plan_status, former, pending, length_m
    (metres).
    """
    statement = (
        select(
            Street.id, Street.name, Street.pinyin, Street.kind, Street.naming, Street.made_up,
            Division.name.label("division"), _doors.label("doors"), _numbered.label("numbered"),
            _plan.label("plan_status"), _former.label("former"), _pending.label("pending"), _length,
        )
        .outerjoin(Division, Division.id == Street.division_id)
        .where(func.upper_inf(Street.valid))
    )  # fmt: skip
    return fetch_page(session, _filtered(statement, listing), listing, (SORTS[listing.sort], Street.name, Street.id))


def _filtered(statement: Statement, listing: Listing) -> Statement:
    wanted = listing.filters
    if "name" in wanted:
        statement = statement.where(_called(wanted["name"]))
    if "letter" in wanted:
        first = func.upper(func.left(StreetNameIndex.plain, 1)) == wanted["letter"].upper()
        statement = statement.where(Street.id.in_(select(StreetNameIndex.street_id).where(first)))
    if "division" in wanted:
        statement = statement.where(under(Division.code, wanted["division"]))
    if "naming" in wanted:
        statement = statement.where(Street.naming == wanted["naming"])
    if "state" in wanted:
        statement = statement.where(func.coalesce(_plan, "none") == wanted["state"])
    return statement


def _called(part: str) -> ColumnElement[bool]:
    """Return the condition that a street is or was called so, or is spelled so without tones."""
    former = select(StreetAlias.street_id).where(contains(StreetAlias.match_key, match_key(part)))
    conditions = [contains(Street.name, part), Street.id.in_(former)]
    if part.isascii():
        plain = func.replace(StreetNameIndex.plain, " ", "")
        spelled = select(StreetNameIndex.street_id).where(contains(plain, part.replace(" ", "").lower()))
        conditions.append(Street.id.in_(spelled))
    return or_(*conditions)
