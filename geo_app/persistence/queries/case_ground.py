"""What stands around a case's door: streets with their names, and buildings, for the sketch on its notice."""

from dataclasses import dataclass
from typing import cast

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_app.domain.position import Position


@dataclass(frozen=True, slots=True)
class GroundLine:
    """A drawn line of a street (degrees, SRID 4490); an unnamed lane has no street."""

    street_id: int | None
    name: str
    line: shapely.LineString


@dataclass(frozen=True, slots=True)
class GroundDoor:
    """A numbered door beside the one of the case."""

    position: Position
    text: str
    street_id: int | None


@dataclass(frozen=True, slots=True)
class CaseGround:
    """Streets, buildings and numbered doors around a place."""

    lines: tuple[GroundLine, ...] = ()
    buildings: tuple[shapely.Polygon, ...] = ()
    doors: tuple[GroundDoor, ...] = ()


_AREA = "st_expand(st_setsrid(st_makepoint(:lon, :lat), 4490), :east, :north)"
_LINES = text(f"""
    select p.street_id, coalesce(s.name, '') as name, st_asbinary(p.line) as line
    from street_piece p left join street s on s.id = p.street_id
    where p.line && {_AREA} and upper_inf(p.valid) order by p.id
""")  # noqa: S608  constants; values are bound
_BUILDINGS = text(f"""
    select st_asbinary(b.outline) as outline from building b
    where b.outline && {_AREA} and upper_inf(b.valid) order by b.id
""")  # noqa: S608  constants; values are bound
_DOORS = text(f"""
    select st_x(a.position) as lon, st_y(a.position) as lat, a.number_text, a.street_id from standard_address a
    where a.position && {_AREA} and a.kind = 'door' and a.status = 'current' and a.number_text is not null
    order by a.id
""")  # noqa: S608  constants; values are bound


def case_ground(session: Session, centre: Position, reach: tuple[float, float]) -> CaseGround:
    """Return what lies within `reach` (degrees east and north) of `centre`."""
    area = {"lon": centre.lon, "lat": centre.lat, "east": reach[0], "north": reach[1]}
    lines = tuple(
        GroundLine(row.street_id, row.name, cast("shapely.LineString", shapely.from_wkb(bytes(row.line))))
        for row in session.execute(_LINES, area)
    )
    buildings = tuple(
        cast("shapely.Polygon", shapely.from_wkb(bytes(row.outline))) for row in session.execute(_BUILDINGS, area)
    )
    doors = tuple(
        GroundDoor(Position(row.lon, row.lat), row.number_text, row.street_id) for row in session.execute(_DOORS, area)
    )
    return CaseGround(lines, buildings, doors)
