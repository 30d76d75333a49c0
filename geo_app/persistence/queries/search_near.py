"""Doors near a position, and doors of a street whose number begins with some digits."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_app.domain.position import Position
from geo_app.domain.search_found import NearAddress

LOOKED_AT = 40
"""Nearest by degrees; the nearest by metres is among them."""

_NEAREST = text(f"""
    select a.id, a.standard_code, a.kind, a.text, a.division_id, st_x(a.position) as lon, st_y(a.position) as lat,
        st_distance(cast(a.position as geography), cast(p.point as geography)) as metres, side.side
    from (select st_setsrid(st_makepoint(:lon, :lat), 4490) as point) p
    cross join lateral (
        select * from standard_address a
        where a.position is not null and a.status = 'current' and st_dwithin(a.position, p.point, :degrees)
        order by a.position <-> p.point limit {LOOKED_AT}
    ) a
    left join lateral (
        select case when st_x(b.one) is null then null
            when (st_x(b.other) - st_x(b.one)) * (st_y(a.position) - st_y(b.one))
                - (st_y(b.other) - st_y(b.one)) * (st_x(a.position) - st_x(b.one)) > 0 then 'left'
            else 'right' end as side
        from (select line, st_linelocatepoint(line, a.position) as share from street_piece
            where street_id = a.street_id and upper_inf(valid) order by line <-> a.position limit 1) nearest
        cross join lateral (select st_lineinterpolatepoint(line, greatest(share - 0.001, 0)) as one,
            st_lineinterpolatepoint(line, least(share + 0.001, 1)) as other) b
    ) side on true
    order by (a.kind = 'room'), metres, a.id
""")  # noqa: S608  constants; values are bound
_NUMBERS = text("""
    select a.id, a.text, a.division_id, a.number, a.sub_number from standard_address a
    where a.street_name = any(:streets) and a.status = 'current' and a.floor is null and a.room is null
        and a.building is null and (a.number = :number
            or a.number between :number * 10 and :number * 10 + 9
            or a.number between :number * 100 and :number * 100 + 99)
        and (:sub = 0 or (a.number = :number and a.sub_number is not null))
    order by a.number <> :number, a.number, a.sub_number nulls first, a.id limit :limit
""")
_POSITIONS = text("""
    with recursive above as (
        select id as first, id, parent_id, position from standard_address where id = any(cast(:ids as char(15)[]))
        union all
        select above.first, a.id, a.parent_id, a.position from above join standard_address a on a.id = above.parent_id
        where above.position is null
    )
    select first, st_x(position) as lon, st_y(position) as lat from above where position is not null
""")


@dataclass(frozen=True, slots=True)
class NumberedDoor:
    """A door of a street."""

    id: str
    text: str
    division_id: int


def nearest(session: Session, position: Position, within_degrees: float) -> list[NearAddress]:
    """Return current addresses round a position, doors and buildings before rooms, the nearest first."""
    values = {"lon": position.lon, "lat": position.lat, "degrees": within_degrees}
    return [
        NearAddress(
            row.id, row.standard_code, row.kind, row.text, row.division_id or 0, Position(row.lon, row.lat),
            row.metres, row.side,
        )
        for row in session.execute(_NEAREST, values)
    ]  # fmt: skip


def numbered(session: Session, streets: Sequence[str], digits: tuple[int, int], limit: int) -> list[NumberedDoor]:
    """Return doors whose number is, or begins with, the first of `digits`; the second, if any, is a sub-number."""
    number, sub = digits
    values = {"streets": list(streets), "number": number, "sub": sub, "limit": limit}
    return [NumberedDoor(row.id, row.text, row.division_id or 0) for row in session.execute(_NUMBERS, values)]


def positions(session: Session, ids: Sequence[str]) -> dict[str, Position]:
    """Return where addresses are; a room is where its building is."""
    return {row.first: Position(row.lon, row.lat) for row in session.execute(_POSITIONS, {"ids": list(ids)})}
