"""Streets drawn as text: letters are doors, a run of > or < is a street in the direction it is drawn.

    doors(" a    b ",
          ">>>>>>>>",
          "   c   d")

A column is ten metres east, a row ten metres north (the first row is the northernmost).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely

from geo_app.domain.numbering import PlannedNumbers, Surroundings, number_streets
from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.numbering_position import metres_per_degree
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.street import Streets, build_streets
from geo_app.domain.street_piece import StreetPieces

LON, LAT = 103.5, 29.4
EAST, NORTH = (10 / float(metres[0]) for metres in metres_per_degree(np.array([LAT])))
"""Ten metres in degrees at this place."""

AS_DRAWN = NumberingRule(start=("first",))


@dataclass(frozen=True)
class Sketch:
    streets: Streets
    entrances: Entrances


def doors(*rows: str, walls: Mapping[str, str] | None = None, name: str = "铜河路") -> Sketch:
    """Return the streets and doors of a sketch; `walls` gives kept numbers by door."""
    lines, ids, spots = [], [], []
    for south, row in enumerate(rows):
        lines += [_line(row, south, mark) for mark in "><" if mark in row]
        for east, mark in enumerate(row):
            if mark.isalpha():
                ids.append(mark)
                spots.append(_place(east, south))
    lon, lat = np.array(spots).reshape(-1, 2).T
    entrances = Entrances(ids, lon, lat, walls=[(walls or {}).get(door, "") for door in ids])
    return Sketch(streets(*lines, name=name), entrances)


def streets(*lines, name="铜河路", names=None, ids=None, overrides=None) -> Streets:
    return build_streets(pieces(*lines, name=name, names=names, ids=ids, overrides=overrides))


def pieces(*lines, name="铜河路", names=None, ids=None, overrides=None) -> StreetPieces:
    column = np.empty(len(lines), dtype=object)
    for i, line in enumerate(lines):
        column[i] = shapely.LineString(line)
    return StreetPieces(
        ids or [f"s{i}" for i in range(len(lines))],
        names or [name] * len(lines),
        column,
        overrides or [{}] * len(lines),
    )


def plan(sketch: Sketch, rule: NumberingRule = AS_DRAWN, around: Surroundings | None = None) -> PlannedNumbers:
    return number_streets(sketch.streets, sketch.entrances, rule, around or Surroundings())


def numbers(sketch: Sketch, rule: NumberingRule = AS_DRAWN, **overrides) -> dict[str, str]:
    """Return the texts of the plan by door, without 号."""
    planned = plan(sketch, rule.with_overrides(**overrides))
    return {door.entrance_id: door.text.replace("号附", "附").replace("号", "") for door in planned}


def kinds(planned: PlannedNumbers) -> list[tuple[str, str]]:
    return [(finding.entrance_id, finding.kind.value) for finding in planned.findings()]


def at(east: float, north: float) -> tuple[float, float]:
    """Return a position so many tens of metres east and north of the corner of all sketches."""
    return LON + east * EAST, LAT + north * NORTH


def entrances(*spots, ids=None, walls=None, street_names=None) -> Entrances:
    lon, lat = np.array([at(*spot) for spot in spots], dtype=float).reshape(-1, 2).T
    return Entrances(ids or [f"d{i}" for i in range(len(spots))], lon, lat, street_names, walls)


def _line(row: str, south: int, mark: str) -> list[tuple[float, float]]:
    ends = [_place(row.index(mark), south), _place(row.rindex(mark), south)]
    return ends if mark == ">" else ends[::-1]


def _place(east: int, south: int) -> tuple[float, float]:
    return at(east, -south)
