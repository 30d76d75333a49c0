"""The list of estates, and the buildings of the register that may stand in one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import shapely
from sqlalchemy import Row, func, select, text
from sqlalchemy.orm import Session, aliased

from geo_app.domain.position import Position
from geo_app.persistence.estates import ewkt
from geo_app.persistence.paging import Page
from geo_app.persistence.queries.listing import Listing, Statement, contains, fetch_page, is_key, under
from geo_app.persistence.tables import Division, Estate, EstatePlan, StandardAddress

MOST_NEAR = 500

_latest = (
    select(func.max(EstatePlan.id))
    .where(EstatePlan.estate_id == Estate.id, EstatePlan.status != "withdrawn")
    .correlate(Estate)
    .scalar_subquery()
)
_plan = aliased(EstatePlan)

SORTS = {"name": Estate.name, "division": Division.code, "status": _plan.status, "rooms": _plan.rooms}
FILTERS = ("name", "status", "division")


@dataclass(frozen=True, slots=True)
class RegisteredBuilding:
    """A building of the register: its key, footprint (degrees), name and storeys."""

    id: int
    footprint: shapely.Polygon
    name: str
    storeys: int | None


_INSIDE = text("""
    select id, st_asbinary(outline) as shape, name, storeys from building
    where upper_inf(valid) and outline && st_geomfromewkt(:ground)
        and st_within(st_pointonsurface(outline), st_geomfromewkt(:ground))
    order by id limit :most
""")


def estate_page(session: Session, listing: Listing) -> Page[Any]:
    """Return one page of estates: id, name, naming, division, gate's text, its latest plan with counts and status."""
    statement = (
        select(
            Estate.id, Estate.name, Estate.naming, Estate.version, Estate.made_up, Division.name.label("division"),
            Division.code.label("division_code"), StandardAddress.text.label("gate"), _plan.id.label("plan"),
            func.coalesce(_plan.status, "none").label("plan_status"), _plan.buildings, _plan.units, _plan.rooms,
        )
        .outerjoin(Division, Division.id == Estate.division_id)
        .outerjoin(StandardAddress, StandardAddress.id == Estate.gate_address_id)
        .outerjoin(_plan, _plan.id == _latest)
        .where(func.upper_inf(Estate.valid))
    )  # fmt: skip
    return fetch_page(session, _filtered(statement, listing), listing, (SORTS[listing.sort], Estate.id))


def _filtered(statement: Statement, listing: Listing) -> Statement:
    wanted = listing.filters
    if "name" in wanted:
        statement = statement.where(contains(Estate.name, wanted["name"]))
    if is_key(wanted.get("division", "")):
        statement = statement.where(under(Division.code, wanted["division"]))
    if "status" in wanted:
        statement = statement.where(func.coalesce(_plan.status, "none") == wanted["status"])
    return statement


def buildings_inside(session: Session, ground: shapely.Polygon) -> Sequence[RegisteredBuilding]:
    """Return the living buildings of the register that stand in `ground` (degrees), at most `MOST_NEAR`."""
    rows = session.execute(_INSIDE, {"ground": ewkt(ground), "most": MOST_NEAR})
    return [_building(row) for row in rows]


@dataclass(frozen=True, slots=True)
class GateStreet:
    """A street near a gate: how far, and the numbers of its doors nearest to the gate, the nearest first."""

    id: int
    name: str
    metres: int
    approved: bool
    doors: tuple[str, ...]


_STREETS_NEAR = text("""
    select s.id, s.name, s.naming = 'approved' as approved, near.metres,
        array(select a.number_text from standard_address a
            where a.street_id = s.id and a.kind = 'door' and a.status = 'current' and a.position is not null
            order by a.position <-> st_setsrid(st_makepoint(:lon, :lat), 4490) limit 3) as doors
    from (
        select street_id, min(st_distance(line::geography, st_setsrid(st_makepoint(:lon, :lat), 4490)::geography))
            as metres
        from street_piece
        where upper_inf(valid) and street_id is not null
            and st_dwithin(line, st_setsrid(st_makepoint(:lon, :lat), 4490), 0.01)
        group by street_id
    ) near join street s on s.id = near.street_id and upper_inf(s.valid)
    order by near.metres, s.id limit 8
""")


def streets_near(session: Session, position: Position) -> list[GateStreet]:
    """Return the streets within a kilometre of a gate, the nearest first, at most 8."""
    rows = session.execute(_STREETS_NEAR, {"lon": position.lon, "lat": position.lat})
    return [GateStreet(row.id, row.name, round(row.metres), row.approved, tuple(row.doors)) for row in rows]


def _building(row: Row[Any]) -> RegisteredBuilding:
    shape = cast("shapely.Polygon", shapely.from_wkb(bytes(row.shape)))
    return RegisteredBuilding(row.id, shape, row.name, row.storeys)
