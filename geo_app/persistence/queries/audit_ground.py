"""What an audit reads: a county on a day, or one street of today with the streets around it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import shapely
from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from geo_app.domain.audit_ground import NOWHERE, AuditGround, VillageGround, label_of
from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.street_piece import StreetPieces

AROUND_DEGREES = 0.0015
"""About 150 m: a street so near can be nearer to a door than its own; farther ones cannot."""

_HELD = "{row}.valid @> cast(:day as date) and upper_inf({row}.recorded)"


def _held(row: str) -> str:
    return _HELD.format(row=row)


_PIECES = f"""
    select p.id, p.street_id, s.name, s.namesake, st_asbinary(p.line) as line
    from street_piece_timeline p join street_timeline s on s.id = p.street_id
    where p.county_code = :county and {_held("p")} and {_held("s")} {{further}}
    order by p.id
"""  # noqa: S608  constants; values are bound
_DOORS = f"""
    with called as (
        select distinct on (a.entrance_id) a.entrance_id, a.street_id, a.number_text from standard_address_timeline a
        where a.county_code = :county and a.kind = 'door' and a.rank = 'primary' and a.status = 'current'
            and {_held("a")} {{of_address}}
        order by a.entrance_id, a.id
    )
    select e.id, e.street_id, s.name, s.namesake, st_x(e.position) as lon, st_y(e.position) as lat,
        coalesce(nullif(a.number_text, ''), nullif(trim(e.wall_number), ''), '') as number,
        case when d.level = 'village' then d.id end as village_id
    from entrance_timeline e
    join street_timeline s on s.id = e.street_id and {_held("s")}
    left join division d on d.id = s.division_id
    left join called a on a.entrance_id = e.id and a.street_id = e.street_id
    where e.county_code = :county and {_held("e")} {{of_door}}
    order by e.id
"""  # noqa: S608  constants; values are bound
_VILLAGES = text(f"""
    select distinct on (d.id) d.id, st_asbinary(o.outline) as outline
    from division_outline_timeline o join division_timeline d on d.id = o.division_id
    where d.level = 'village' and left(d.code, 6) = :county and {_held("d")} and {_held("o")}
    order by d.id
""")  # noqa: S608  constants; values are bound
_VILLAGES_OF_STREET = text("""
    select distinct d.code from entrance e
    join division_outline o on st_intersects(o.outline, e.position)
    join division d on d.id = o.division_id
    where e.street_id = :street and upper_inf(e.valid) and d.level = 'village' and upper_inf(d.valid)
""")
_NEAR = """
    and exists (select 1 from street_piece own where own.street_id = :street and upper_inf(own.valid)
        and st_dwithin(own.line, p.line, :around))
"""

COUNTY_PIECES, STREET_PIECES = text(_PIECES.format(further="")), text(_PIECES.format(further=_NEAR))
COUNTY_DOORS = text(_DOORS.format(of_address="", of_door=""))
STREET_DOORS = text(_DOORS.format(of_address="and a.street_id = :street", of_door="and e.street_id = :street"))


def county_ground(session: Session, county: str, day: date) -> AuditGround:
    """Return the streets, doors and villages of a county as they were on `day`, by what is known now."""
    values = {"county": county, "day": day}
    villages = [
        VillageGround(row.id, shapely.from_wkb(bytes(row.outline))) for row in session.execute(_VILLAGES, values)
    ]
    pieces, doors = session.execute(COUNTY_PIECES, values).all(), session.execute(COUNTY_DOORS, values).all()
    return _ground(pieces, doors, villages)


def street_ground(session: Session, county: str, street_id: int, day: date) -> AuditGround:
    """Return a street with its doors, and the lines of the streets around it."""
    values = {"county": county, "street": street_id, "day": day, "around": AROUND_DEGREES}
    pieces, doors = session.execute(STREET_PIECES, values).all(), session.execute(STREET_DOORS, values).all()
    return _ground(pieces, doors, [])


def villages_of_street(session: Session, street_id: int) -> list[str]:
    """Return the codes of the villages whose outlines hold a door of a street."""
    return list(session.scalars(_VILLAGES_OF_STREET, {"street": street_id}))


def _ground(pieces: Sequence[Row[Any]], doors: Sequence[Row[Any]], villages: Sequence[VillageGround]) -> AuditGround:
    lines = np.empty(len(pieces), dtype=object)
    lines[:] = [shapely.from_wkb(bytes(piece.line)) for piece in pieces]
    labels = [label_of(piece.name, piece.namesake) for piece in pieces]
    on = [label_of(door.name, door.namesake) for door in doors]
    return AuditGround(
        pieces=StreetPieces([str(piece.id) for piece in pieces], labels, lines, [{}] * len(pieces)),
        doors=Entrances(
            ids=[str(door.id) for door in doors],
            lon=np.array([door.lon for door in doors], dtype=np.float64),
            lat=np.array([door.lat for door in doors], dtype=np.float64),
            street_names=on,
            walls=[door.number for door in doors],
        ),
        streets=dict(zip((*labels, *on), (row.street_id for row in (*pieces, *doors)), strict=True)),
        homes=np.array([door.village_id or NOWHERE for door in doors], dtype=np.int64),
        villages=villages,
    )
