"""The list of streets as a page shows it, in any of its orders."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from geo_app.persistence.paging import Page
from geo_app.persistence.queries.listing import Listing, Statement, contains, fetch_page, under
from geo_app.persistence.tables import Division, Entrance, NumberingPlan, StandardAddress, Street

SORTS = {"name": Street.name, "division": Division.code, "kind": Street.kind, "naming": Street.naming}
FILTERS = ("name", "division", "state")

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


def street_page(session: Session, listing: Listing) -> Page[Any]:
    """Return one page of living streets: id, name, kind, naming, made_up, division, doors, numbered, plan_status."""
    statement = (
        select(
            Street.id, Street.name, Street.kind, Street.naming, Street.made_up, Division.name.label("division"),
            _doors.label("doors"), _numbered.label("numbered"), _plan.label("plan_status"),
        )
        .outerjoin(Division, Division.id == Street.division_id)
        .where(func.upper_inf(Street.valid))
    )  # fmt: skip
    return fetch_page(session, _filtered(statement, listing), listing, (SORTS[listing.sort], Street.name, Street.id))


def _filtered(statement: Statement, listing: Listing) -> Statement:
    wanted = listing.filters
    if "name" in wanted:
        statement = statement.where(contains(Street.name, wanted["name"]))
    if "division" in wanted:
        statement = statement.where(under(Division.code, wanted["division"]))
    if "state" in wanted:
        statement = statement.where(func.coalesce(_plan, "none") == wanted["state"])
    return statement
