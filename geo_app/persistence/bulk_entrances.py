"""Many doors at once: hung on their streets by name or nearness, compared with what is there, written in sets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from geo_app.persistence.bulk_staging import Staging, Texts, numbers, optional, shapes, written

METRES_PER_DEGREE = 111_320.0
"""Of latitude; of longitude times the cosine. Good to a third of a percent over the 100 metres asked for."""

_BY_NAME = """
    update {staged} s set street_id = found.id
    from (select name, min(id) as id from street where county_code = :county and upper_inf(valid)
        group by name having count(*) = 1) found
    where found.name = s.street_name
"""
_BY_NAMESAKE = """
    update {staged} s set street_id = nearest.id
    from {staged} d cross join lateral (
        select t.id from street t left join street_piece p on p.street_id = t.id and upper_inf(p.valid)
        where t.county_code = :county and t.name = d.street_name and upper_inf(t.valid)
        order by st_distance(p.line, d.position), t.id limit 1
    ) nearest
    where s.ctid = d.ctid and d.street_name <> '' and d.street_id is null
"""
_UNKNOWN = """
    select u.street_name, u.rows, (
        select t.name from street t where t.county_code = :county and upper_inf(t.valid)
        order by similarity(t.name, u.street_name) desc, t.name limit 1) as like
    from (select street_name, array_agg(row order by row) as rows from {staged}
        where street_name <> '' and street_id is null and change <> 'refused' group by street_name) u
"""
# Candidates come by boxes of the index in degrees, the eight nearest are compared in metres.
_BY_NEARNESS = """
    update {staged} s set street_id = nearest.street_id
    from {staged} d cross join lateral (
        select street_id, metres from (
            select p.street_id, p.id, :scale * st_distance(
                st_scale(p.line, cos(radians(st_y(d.position))), 1),
                st_scale(d.position, cos(radians(st_y(d.position))), 1)) as metres
            from (select id, street_id, line from street_piece
                where street_id is not null and county_code = :county and upper_inf(valid)
                    and line && st_expand(d.position,
                        :far / :scale / greatest(cos(radians(st_y(d.position))), 0.01), :far / :scale)
                order by line <-> d.position limit 8) p
        ) near where metres <= :far order by metres, id limit 1
    ) nearest
    where s.ctid = d.ctid and d.street_name = ''
"""
_TWICE = """
    update {staged} s set change = 'refused' from {staged} first
    where first.source_key = s.source_key and first.row < s.row
    returning s.row, first.row as earlier
"""
_SAME = (
    "st_orderingequals(r.position, s.position) and r.street_id is not distinct from s.street_id"
    " and r.wall_number is not distinct from s.wall_number and r.note = s.note and r.door_kind = s.door_kind"
    " and r.door_state = s.door_state and r.front_metres = s.front_metres and (select o.source_key from entrance o"
    " where o.id = r.door_of_id) is not distinct from s.door_of"
)
_INSERT = """
    insert into entrance (county_code, street_id, position, wall_number, note, door_kind, door_state, front_metres,
        valid, import_id, source_row, source_key)
    select :county, street_id, position, wall_number, note, door_kind, door_state, front_metres,
        daterange(:day, null), :import, row, source_key
    from {staged} where change = 'new' order by position
"""
_CORRECT = """
    update entrance r set street_id = s.street_id, position = s.position, wall_number = s.wall_number, note = s.note,
        door_kind = s.door_kind, door_state = s.door_state, front_metres = s.front_metres,
        door_of_id = case when s.door_of is null then null else r.door_of_id end,
        import_id = :import, source_row = s.row
    from {staged} s where s.change = 'corrected' and r.id = s.target::bigint
"""
# Owners may stand further down in the file, so they are found when all its doors are written.
_OWN = """
    update entrance r set door_of_id = o.id
    from {staged} s join entrance o on o.county_code = :county and o.source_key = s.door_of and upper_inf(o.valid)
    where s.door_of is not null and s.change in ('new', 'corrected') and r.county_code = :county
        and r.source_key = s.source_key and upper_inf(r.valid) and o.id <> r.id
        and r.door_of_id is distinct from o.id
"""
_ASTRAY = """
    select s.row, s.door_of from {staged} s
    where s.door_of is not null and s.change <> 'refused' and (s.door_of = s.source_key or not exists (
        select 1 from entrance o
        where o.county_code = :county and o.source_key = s.door_of and upper_inf(o.valid))) order by s.row
"""


@dataclass(frozen=True, slots=True, eq=False)
class EntranceRows:
    """Doors of a file: row, key, street name ("" for none), number on the wall ("" for none), note, point.

    `kinds`, `states`, `fronts` (metres) and `owners` (keys, "" for none) tell what is unusual.
    """

    rows: NDArray[np.int64]
    keys: Texts
    streets: Texts
    wall_numbers: Texts
    notes: Texts
    positions: Texts
    kinds: Texts
    states: Texts
    fronts: Texts
    owners: Texts


@dataclass(frozen=True, slots=True)
class UnknownStreet:
    """A street name of the file that the register lacks, the rows it stands in, and the most similar name there is."""

    name: str
    rows: Sequence[int]
    like: str | None


class BulkEntrances:
    """Writes the doors of a file in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        columns = {
            "row": "bigint", "source_key": "text", "street_name": "text", "wall_number": "text", "note": "text",
            "position": "geometry(Point, 4490)", "street_id": "bigint", "door_kind": "text", "door_state": "text",
            "front_metres": "float", "door_of": "text",
        }  # fmt: skip
        self.staged = Staging(session, "staged_entrance", columns)

    def stage(self, doors: EntranceRows) -> None:
        """Take rows into the staging table."""
        if len(doors.rows):
            self.staged.add(
                {
                    "row": numbers(doors.rows),
                    "source_key": written(doors.keys),
                    "street_name": written(doors.streets),
                    "wall_number": optional(doors.wall_numbers),
                    "note": written(doors.notes),
                    "position": shapes(doors.positions),
                    "door_kind": doors.kinds,
                    "door_state": doors.states,
                    "front_metres": doors.fronts,
                    "door_of": optional(doors.owners),
                }
            )

    def refuse_repeated(self) -> list[tuple[int, int]]:
        """Leave out rows whose key came before; return each with the earlier row."""
        self.staged.analyse()
        return sorted({row.row: row.earlier for row in self.staged.run(_TWICE)}.items())

    def hang(self, county_code: str, far_metres: float) -> list[UnknownStreet]:
        """Find the street of each door: by name, else the nearest within `far_metres`; return the unknown names."""
        self.staged.run(_BY_NAME, county=county_code)
        self.staged.run(_BY_NAMESAKE, county=county_code)
        self.staged.run(_BY_NEARNESS, county=county_code, far=far_metres, scale=METRES_PER_DEGREE)
        unknown = self.staged.run(_UNKNOWN, county=county_code)
        return [UnknownStreet(row.street_name, row.rows, row.like) for row in unknown]

    def write(self, county_code: str, day: date, import_id: int) -> None:
        """Compare the staged doors with the register, add the new ones, correct those that differ."""
        self.staged.compare("entrance", _SAME, county_code)
        self.staged.run(_CORRECT, **{"import": import_id})
        self.staged.run(_INSERT, county=county_code, day=day, **{"import": import_id})
        self.staged.run(_OWN, county=county_code)

    def astray(self, county_code: str) -> list[tuple[int, str]]:
        """Return rows that belong to an entrance there is none of, with its key; call after `write`."""
        return [(row.row, row.door_of) for row in self.staged.run(_ASTRAY, county=county_code)]
