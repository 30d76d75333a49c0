"""Many drawn street lines at once: joined to streets of the register, compared with what is there, written in sets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from numpy.typing import NDArray
from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_app.persistence.bulk_staging import Staging, Texts, column_of, numbers, optional, shapes, written

_LIVING = text("""
    select p.source_key, s.name, p.street_id, st_asbinary(p.line) as line
    from street_piece p join street s on s.id = p.street_id
    where p.county_code = :county and upper_inf(p.valid) and upper_inf(s.valid) and s.name = any(:names)
    order by p.id
""")
_NEW_STREETS = text("""
    insert into street (county_code, name, pinyin, namesake, division_id, valid, import_id, source_row)
    select :county, x.name, x.pinyin,
        coalesce(there.last, 0) + row_number() over (partition by x.name order by x.place),
        (select o.division_id from division_outline o join division d on d.id = o.division_id
         where st_intersects(o.outline, st_setsrid(st_makepoint(x.lon, x.lat), 4490)) and upper_inf(d.valid)
            and d.level = 'township' order by d.id limit 1),
        daterange(:day, null), :import, x.row
    from unnest(cast(:places as bigint[]), cast(:names as text[]), cast(:lons as float8[]), cast(:lats as float8[]),
        cast(:rows as bigint[]), cast(:pinyins as text[])) as x(place, name, lon, lat, row, pinyin)
    left join (select name, max(namesake) as last from street where county_code = :county and upper_inf(valid)
        group by name) there on there.name = x.name
    order by x.place
    returning id
""")
_SAME = (
    "st_orderingequals(r.line, s.line) and r.street_id is not distinct from s.street_id"
    " and r.rule is not distinct from s.rule"
)
_INSERT = """
    insert into street_piece (county_code, street_id, line, rule, valid, import_id, source_row, source_key)
    select :county, street_id, line, rule, daterange(:day, null), :import, row, source_key
    from {staged} where change = 'new' order by line
"""
_CORRECT = """
    update street_piece r set street_id = s.street_id, line = s.line, rule = s.rule, import_id = :import,
        source_row = s.row
    from {staged} s where s.change = 'corrected' and r.id = s.target::bigint
"""


@dataclass(frozen=True, slots=True, eq=False)
class LivingPieces:
    """Drawn lines of named streets that the register has: n keys, names, street ids, lines."""

    keys: Texts
    names: Texts
    streets: Sequence[int]
    lines: Texts


@dataclass(frozen=True, slots=True)
class FoundStreet:
    """A street a file brings: its name and spelling, a point on it in degrees, and the row it was found in."""

    name: str
    pinyin: str
    lon: float
    lat: float
    row: int


@dataclass(frozen=True, slots=True, eq=False)
class PieceRows:
    """Lines of a file, one entry a line: row, key, JSON of rule fields ("" for none), street id ("" for none), line."""

    rows: NDArray[np.int64]
    keys: Texts
    rules: Texts
    streets: Texts
    lines: Texts


class BulkStreets:
    """Writes the lines of a file in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def living_pieces(self, county_code: str, names: Sequence[str]) -> LivingPieces:
        """Return the living lines of streets with one of `names`."""
        rows = self._session.execute(_LIVING, {"county": county_code, "names": list(names)}).all()
        lines = np.asarray(shapely.from_wkb([bytes(row.line) for row in rows]), dtype=object)
        return LivingPieces(
            column_of(r.source_key for r in rows), column_of(r.name for r in rows), [r.street_id for r in rows], lines
        )

    def add_streets(self, county_code: str, streets: Sequence[FoundStreet], day: date, import_id: int) -> list[int]:
        """Write new streets, as the next namesakes where the county has the name; return their ids in order."""
        values = {
            "places": list(range(len(streets))),
            "names": [one.name for one in streets],
            "lons": [one.lon for one in streets],
            "lats": [one.lat for one in streets],
            "rows": [one.row for one in streets],
            "pinyins": [one.pinyin for one in streets],
        }
        found = self._session.execute(_NEW_STREETS, {**values, "county": county_code, "day": day, "import": import_id})
        return [row.id for row in found]

    def stage(self, pieces: PieceRows) -> Staging:
        """Take the lines into a staging table."""
        columns = {"row": "bigint", "source_key": "text", "street_id": "bigint", "rule": "jsonb"}
        staged = Staging(self._session, "staged_piece", {**columns, "line": "geometry(LineString, 4490)"})
        if len(pieces.rows):
            staged.add(
                {
                    "row": numbers(pieces.rows),
                    "source_key": written(pieces.keys),
                    "street_id": optional(pieces.streets),
                    "rule": optional(pieces.rules),
                    "line": shapes(pieces.lines),
                }
            )
        staged.analyse()
        return staged

    def write(self, staged: Staging, county_code: str, day: date, import_id: int) -> None:
        """Compare the staged lines with the register, add the new ones, correct those that differ."""
        staged.compare("street_piece", _SAME, county_code)
        staged.run(_CORRECT, **{"import": import_id})
        staged.run(_INSERT, county=county_code, day=day, **{"import": import_id})
