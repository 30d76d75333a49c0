"""What the planning board needs before its scripts ask for more."""

from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from geo_app.domain.errors import NotFound
from geo_app.domain.message import Message, marked
from geo_app.persistence.tables import Division, Street

STREET = marked("street")

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees (SRID 4490)."""


@dataclass(frozen=True, slots=True)
class BoardStreet:
    """The street on the board; `bounds` hold its lines and doors, None while it has neither.

    `plan` is the plan in work: a draft before one that is submitted or approved, the latest first; None without any.
    """

    id: int
    name: str
    division: str
    naming: str
    made_up: bool
    plan: int | None
    bounds: Bounds | None


_STREET_BOUNDS = text("""
    select ST_XMin(e) as west, ST_YMin(e) as south, ST_XMax(e) as east, ST_YMax(e) as north from (
        select ST_Extent(shape) as e from (
            select line as shape from street_piece where street_id = :street and upper_inf(valid)
            union all select position from entrance where street_id = :street and upper_inf(valid)
        ) shapes
    ) extent where e is not null
""")


_PLAN_IN_WORK = text("""
    select id from numbering_plan
    where (street_id = :street or village_group_id = :village_group) and status in ('draft', 'submitted', 'approved')
    order by array_position(array['draft', 'submitted', 'approved'], status), id desc limit 1
""")

_ALL_BOUNDS = text("""
    select ST_XMin(e) as west, ST_YMin(e) as south, ST_XMax(e) as east, ST_YMax(e) as north from (
        select coalesce(
            (select ST_Extent(line) from street_piece where upper_inf(valid)),
            (select ST_Extent(outline) from division_outline where upper_inf(valid))
        ) as e
    ) extent where e is not null
""")


def board_street(session: Session, street_id: int) -> BoardStreet:
    """Return a living street.

    Raises:
        NotFound: there is none.
    """
    found = session.execute(
        select(Street, Division.name)
        .outerjoin(Division, Division.id == Street.division_id)
        .where(Street.id == street_id, func.upper_inf(Street.valid))
    ).one_or_none()
    if found is None:
        raise NotFound(what=Message(STREET), key=street_id)
    street, division = found
    bounds = board_bounds(session, street_id)
    plan = plan_in_work(session, street_id=street_id)
    return BoardStreet(street.id, street.name, division or "", street.naming, street.made_up, plan, bounds)


def board_bounds(session: Session, street_id: int) -> Bounds | None:
    """Return the bounds of a street's lines and doors, None while it has neither."""
    box = session.execute(_STREET_BOUNDS, {"street": street_id}).one_or_none()
    return (box.west, box.south, box.east, box.north) if box else None


def plan_in_work(session: Session, *, street_id: int | None = None, village_group_id: int | None = None) -> int | None:
    """Return the plan in work of a street or a village group, as `BoardStreet` has it."""
    plan: int | None = session.scalar(_PLAN_IN_WORK, {"street": street_id, "village_group": village_group_id})
    return plan


def all_bounds(session: Session) -> Bounds | None:
    """Return the bounds of all streets, else of all outlines, else None."""
    box = session.execute(_ALL_BOUNDS).one_or_none()
    return (box.west, box.south, box.east, box.north) if box else None


def townships(session: Session) -> list[tuple[str, str]]:
    """Return code and name of the living townships, by code."""
    rows = session.execute(
        select(Division.code, Division.name)
        .where(Division.level == "township", func.upper_inf(Division.valid))
        .order_by(Division.code)
    )
    return [(row.code, row.name) for row in rows]
