"""The list of village groups: by township and village, with what stands in each."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, aliased

from geo_app.domain.division_names import short_name
from geo_app.persistence.paging import Page
from geo_app.persistence.queries.listing import Listing, Statement, contains, fetch_page, under
from geo_app.persistence.tables import Division, Entrance, NumberingPlan, StandardAddress, VillageGroup

Township = aliased(Division)

SORTS = {"division": Division.code, "name": VillageGroup.name}
FILTERS = ("name", "division", "state")

_houses = (
    select(func.count())
    .where(Entrance.village_group_id == VillageGroup.id, func.upper_inf(Entrance.valid))
    .correlate(VillageGroup)
    .scalar_subquery()
)
_numbered = (
    select(func.count())
    .where(
        StandardAddress.division_id == VillageGroup.division_id,
        StandardAddress.village_group == VillageGroup.name,
        StandardAddress.street_id.is_(None),
        StandardAddress.kind == "door",
        StandardAddress.status == "current",
    )
    .correlate(VillageGroup)
    .scalar_subquery()
)
_plan = (
    select(NumberingPlan.status)
    .where(NumberingPlan.village_group_id == VillageGroup.id, NumberingPlan.status != "withdrawn")
    .order_by(NumberingPlan.id.desc())
    .limit(1)
    .correlate(VillageGroup)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class GroupListing:
    """A group in the list: village (short: 万坪村), township, houses, numbered ones, latest plan, mouth."""

    id: int
    name: str
    village: str
    village_code: str
    township: str
    houses: int
    numbered: int
    plan_status: str
    mouth: tuple[float, float] | None
    made_up: bool
    version: int


def group_page(session: Session, listing: Listing) -> Page[GroupListing]:
    """Return one page of the living groups."""
    order = (SORTS[listing.sort], Division.code, func.length(VillageGroup.name), VillageGroup.name, VillageGroup.id)
    page = fetch_page(session, _filtered(_statement(), listing), listing, order)
    return Page(tuple(_listing(row) for row in page.items), page.total, page.paging)


def group_listing(session: Session, group_id: int) -> GroupListing | None:
    """Return one living group as the list shows it, None where there is none."""
    row = session.execute(_statement().where(VillageGroup.id == group_id)).one_or_none()
    return _listing(row) if row else None


def _statement() -> Statement:
    return (
        select(
            VillageGroup.id, VillageGroup.name, Division.name.label("village"), Division.code.label("village_code"),
            Township.name.label("township"), _houses.label("houses"), _numbered.label("numbered"),
            func.coalesce(_plan, "none").label("plan_status"), func.ST_X(VillageGroup.mouth).label("lon"),
            func.ST_Y(VillageGroup.mouth).label("lat"), VillageGroup.made_up, VillageGroup.version,
        )
        .join(Division, Division.id == VillageGroup.division_id)
        .outerjoin(Township, Township.id == Division.parent_id)
        .where(func.upper_inf(VillageGroup.valid))
    )  # fmt: skip


def _filtered(statement: Statement, listing: Listing) -> Statement:
    wanted = listing.filters
    if "name" in wanted:
        statement = statement.where(contains(Division.name + VillageGroup.name, wanted["name"]))
    if "division" in wanted:
        statement = statement.where(under(Division.code, wanted["division"]))
    if "state" in wanted:
        statement = statement.where(func.coalesce(_plan, "none") == wanted["state"])
    return statement


def _listing(row: Any) -> GroupListing:
    mouth = None if row.lon is None else (row.lon, row.lat)
    return GroupListing(
        row.id, row.name, short_name(row.village), row.village_code, row.township or "", row.houses, row.numbered,
        row.plan_status, mouth, row.made_up, row.version,
    )  # fmt: skip


_BOUNDS = text("""
    select ST_XMin(e) as west, ST_YMin(e) as south, ST_XMax(e) as east, ST_YMax(e) as north from (
        select coalesce(
            (select ST_Extent(shape) from (
                select position as shape from entrance where village_group_id = :group and upper_inf(valid)
                union all select mouth from village_group where id = :group
            ) shapes),
            (select ST_Extent(o.outline) from division_outline o join village_group g using (division_id)
                where g.id = :group and upper_inf(o.valid))
        ) as e
    ) extent where e is not null
""")


def group_bounds(session: Session, group_id: int) -> tuple[float, float, float, float] | None:
    """Return west, south, east, north of a group's houses and mouth in degrees, else of its village, else None."""
    box = session.execute(_BOUNDS, {"group": group_id}).one_or_none()
    return (box.west, box.south, box.east, box.north) if box else None


def villages_of(session: Session) -> list[tuple[str, str, str]]:
    """Return code, name and township of the living villages and communities, by code."""
    rows = session.execute(
        select(Division.code, Division.name, Township.name.label("township"))
        .outerjoin(Township, Township.id == Division.parent_id)
        .where(Division.level == "village", func.upper_inf(Division.valid))
        .order_by(Division.code)
    )
    return [(row.code, short_name(row.name), row.township or "") for row in rows]
