"""The list of numbering plans."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from geo_app.persistence.paging import Page
from geo_app.persistence.queries.listing import Listing, Statement, contains, fetch_page, is_key
from geo_app.persistence.tables import Account, Division, NumberingPlan, PlanFinding, PlannedDoor, Street, VillageGroup

_place = func.coalesce(Street.name, Division.name + VillageGroup.name)

SORTS = {
    "created": NumberingPlan.created_at,
    "street": _place,
    "status": NumberingPlan.status,
    "title": NumberingPlan.title,
}
FILTERS = ("status", "name", "street")

_doors = select(func.count()).where(PlannedDoor.plan_id == NumberingPlan.id).correlate(NumberingPlan).scalar_subquery()
_findings = (
    select(func.count())
    .where(PlanFinding.plan_id == NumberingPlan.id, PlanFinding.severity != "info")
    .correlate(NumberingPlan)
    .scalar_subquery()
)
_submitter = aliased(Account)


def plan_page(session: Session, listing: Listing) -> Page[Any]:
    """Return one page of plans: id, title, status, place, its ids, who and when, doors, findings worth a look.

    `street` is the name of the street, or of the village group with its village; `village` and `group` are None for
    a street.
    """
    statement = (
        select(
            NumberingPlan.id, NumberingPlan.title, NumberingPlan.status, NumberingPlan.created_at,
            NumberingPlan.street_id, NumberingPlan.village_group_id, _place.label("street"),
            Division.name.label("village"), VillageGroup.name.label("group"),
            Account.display_name.label("author"),
            _submitter.display_name.label("submitter"), NumberingPlan.submitted_at,
            _doors.label("doors"), _findings.label("findings"),
        )
        .outerjoin(Street, Street.id == NumberingPlan.street_id)
        .outerjoin(VillageGroup, VillageGroup.id == NumberingPlan.village_group_id)
        .outerjoin(Division, Division.id == VillageGroup.division_id)
        .join(Account, Account.id == NumberingPlan.created_by)
        .outerjoin(_submitter, _submitter.id == NumberingPlan.submitted_by)
    )  # fmt: skip
    return fetch_page(session, _filtered(statement, listing), listing, (SORTS[listing.sort], NumberingPlan.id.desc()))


def _filtered(statement: Statement, listing: Listing) -> Statement:
    wanted = listing.filters
    if "status" in wanted:
        statement = statement.where(NumberingPlan.status == wanted["status"])
    if "name" in wanted:
        statement = statement.where(contains(_place, wanted["name"]))
    if is_key(wanted.get("street", "")):
        statement = statement.where(NumberingPlan.street_id == int(wanted["street"]))
    return statement
