"""Hamlets drawn as text: letters are houses, - and | are lanes, + is where they meet, * the mouth.

    hamlet("  b c ",
           "*--+--",
           "  a|  ",
           "   |d ")

A column is ten metres east, a row ten metres north (the first row is the northernmost). A dot is nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.position import Position
from geo_app.domain.village_houses import Lanes
from geo_app.domain.village_numbering import NumberedGroup, number_village
from tests.support.street_sketch import at

USUAL = NumberingRule()


@dataclass(frozen=True)
class Hamlet:
    houses: Entrances
    lanes: Lanes
    mouth: Position

    def kept(self, walls: Mapping[str, str]) -> "Hamlet":
        """Return the hamlet with these numbers on its walls and no others."""
        return replace(self, houses=replace(self.houses, walls=[walls.get(one, "") for one in self.houses.ids]))


def hamlet(*rows: str, walls: Mapping[str, str] | None = None) -> Hamlet:
    """Return houses, lanes and mouth of a sketch; `walls` gives kept numbers by house."""
    spots = {mark: (east, south) for south, row in enumerate(rows) for east, mark in enumerate(row) if mark.isalpha()}
    mouth = next((east, south) for south, row in enumerate(rows) for east, mark in enumerate(row) if mark == "*")
    lines = [*_runs(rows, "-+*"), *[[(y, x) for x, y in run] for run in _runs(_columns(rows), "|+*")]]
    drawn = Hamlet(
        houses(list(spots), [_place(*spot) for spot in spots.values()]),
        lanes(*[[_place(*spot) for spot in line] for line in lines]),
        Position(*_place(*mouth)),
    )
    return drawn.kept(walls or {})


def houses(ids: Sequence[str], places: Sequence[tuple[float, float]]) -> Entrances:
    """Return houses at these positions in degrees."""
    lon, lat = np.array(places, dtype=float).reshape(-1, 2).T
    return Entrances(ids, lon, lat, walls=[""] * len(ids))


def lanes(*lines: Sequence[tuple[float, float]]) -> Lanes:
    """Return lanes through these positions in degrees, called l0, l1 …"""
    column = np.empty(len(lines), dtype=object)
    column[:] = [shapely.LineString(line) for line in lines]
    return Lanes([f"l{i}" for i in range(len(lines))], column)


def numbered(drawn: Hamlet, rule: NumberingRule = USUAL, **overrides: object) -> NumberedGroup:
    return number_village(drawn.houses, drawn.lanes, drawn.mouth, rule.with_overrides(**overrides))


def numbers(drawn: Hamlet, **overrides: object) -> dict[str, str]:
    """Return the texts by house, without 号."""
    group = numbered(drawn, **overrides)
    return {house.entrance_id: house.text.replace("号附", "附").replace("号", "") for house in group}


def in_order(drawn: Hamlet, **overrides: object) -> str:
    """Return the houses in the order of the walk."""
    group = numbered(drawn, **overrides)
    return "".join(group.houses.ids[spot.row] for spot in group.walk.spots)


def kinds(group: NumberedGroup) -> list[tuple[str, str]]:
    return [(one.entrance_id, one.kind.value) for one in group.findings]


def _runs(rows: Sequence[str], marks: str) -> list[list[tuple[int, int]]]:
    """Return the ends of all runs of at least two marks in a row."""
    found = []
    for south, row in enumerate(rows):
        start = None
        for east, mark in enumerate(f"{row} "):
            if mark in marks and start is None:
                start = east
            if mark not in marks and start is not None:
                found += [[(start, south), (east - 1, south)]] if east - start > 1 else []
                start = None
    return found


def _columns(rows: Sequence[str]) -> list[str]:
    width = max(len(row) for row in rows)
    return ["".join(row[east] if east < len(row) else " " for row in rows) for east in range(width)]


def _place(east: float, south: float) -> tuple[float, float]:
    return at(east, -south)
