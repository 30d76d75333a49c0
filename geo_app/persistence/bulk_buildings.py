"""Many building outlines at once: compared with what is there, written in sets."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from geo_app.persistence.bulk_staging import Staging, Texts, numbers, optional, shapes, written

_SAME = "st_orderingequals(r.outline, s.outline) and r.name = s.name and r.storeys is not distinct from s.storeys"
_INSERT = """
    insert into building (county_code, outline, name, storeys, valid, import_id, source_row, source_key)
    select :county, outline, name, storeys, daterange(:day, null), :import, row, source_key
    from {staged} where change = 'new' order by outline
"""
_CORRECT = """
    update building r set outline = s.outline, name = s.name, storeys = s.storeys, import_id = :import,
        source_row = s.row
    from {staged} s where s.change = 'corrected' and r.id = s.target::bigint
"""


@dataclass(frozen=True, slots=True, eq=False)
class BuildingRows:
    """Outlines of a file, one entry a polygon: row, key, name, storeys as digits ("" for unknown), polygon."""

    rows: NDArray[np.int64]
    keys: Texts
    names: Texts
    storeys: Texts
    outlines: Texts


class BulkBuildings:
    """Writes the buildings of a file in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        columns = {"row": "bigint", "source_key": "text", "name": "text", "storeys": "bigint"}
        self.staged = Staging(session, "staged_building", {**columns, "outline": "geometry(Polygon, 4490)"})

    def stage(self, buildings: BuildingRows) -> None:
        """Take rows into the staging table."""
        if len(buildings.rows):
            self.staged.add(
                {
                    "row": numbers(buildings.rows),
                    "source_key": written(buildings.keys),
                    "name": written(buildings.names),
                    "storeys": optional(buildings.storeys),
                    "outline": shapes(buildings.outlines),
                }
            )

    def write(self, county_code: str, day: date, import_id: int) -> None:
        """Compare the staged buildings with the register, add the new ones, correct those that differ."""
        self.staged.analyse()
        self.staged.compare("building", _SAME, county_code)
        self.staged.run(_CORRECT, **{"import": import_id})
        self.staged.run(_INSERT, county=county_code, day=day, **{"import": import_id})
