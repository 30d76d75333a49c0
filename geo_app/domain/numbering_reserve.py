"""Reserves: numbers kept free for unnamed lanes and for walls or open land, in the sequential method.

The practice (standards.md §1.2): one number for an unnamed side lane, one for every 4 m of open land or wall. Read here
as: a lane whose end lies on the street reserves `reserve_lane` numbers on the side to which it leads, at its mouth; an
open frontage reserves one number for each full `reserve_metres` of its length, at its far end. The next door after
them passes over these numbers; when kept numbers leave no room, reserves give way before a sub-number is given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np
import shapely

from geo_app.domain.numbering_position import Walks, conformal, find_feet
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.street_piece import Floats, Geometries, Integers

MOUTH_METRES = 0.2
"""How far, in units of the search plane, a lane's drawn end may lie from the street's line."""


@dataclass(frozen=True, slots=True)
class Frontage:
    """A stretch of wall or open land along a street: index of the street, side, metres from the start."""

    street: int
    left: bool
    from_metres: float
    to_metres: float


@dataclass(frozen=True, slots=True)
class Reserve:
    """Numbers kept free at a place of a street, metres from the start."""

    street: int
    left: bool
    metres: float
    numbers: int


@dataclass(frozen=True, slots=True)
class ReservedPlaces:
    """How many numbers each door passes over, by row; `streets`: those that have reserves."""

    streets: frozenset[int] = frozenset()
    passed: Mapping[int, int] = field(default_factory=dict)

    def __contains__(self, street: int) -> bool:
        return street in self.streets

    def before(self, row: int) -> int:
        """Return how many numbers are reserved between the door before and this one."""
        return self.passed.get(row, 0)


def reserves_for_frontages(frontages: Sequence[Frontage], rules: Sequence[NumberingRule]) -> list[Reserve]:
    """Return one number for each full `reserve_metres` of each frontage, at its far end."""
    reserves = []
    for frontage in frontages:
        every = rules[frontage.street].reserve_metres
        numbers = int((frontage.to_metres - frontage.from_metres) / every + 1e-9) if every else 0
        if numbers > 0:
            reserves.append(Reserve(frontage.street, frontage.left, frontage.to_metres, numbers))
    return reserves


def reserves_for_lanes(lanes: Geometries, walks: Walks, rules: Sequence[NumberingRule]) -> list[Reserve]:
    """Return the reserves of unnamed lanes (LineStrings in degrees) that end on a street."""
    wanted = np.array([rule.reserve_lane for rule in rules] or [0], dtype=np.int64)
    reserves: dict[tuple[int, int], Reserve] = {}
    for inward in (False, True):
        ends, inner = _end_positions(lanes, inward)
        points = shapely.points(*conformal(ends[:, 0], ends[:, 1]))
        lane, street = shapely.STRtree(walks.lines).query(points, predicate="dwithin", distance=MOUTH_METRES)
        mouth = find_feet(walks, street, ends[lane, 0], ends[lane, 1])
        side = find_feet(walks, street, inner[lane, 0], inner[lane, 1])
        for i, key in enumerate(zip(lane.tolist(), street.tolist(), strict=True)):
            if wanted[key[1]] and side.distance[i] > MOUTH_METRES:
                reserves[key] = Reserve(key[1], bool(side.left[i]), float(mouth.metres[i]), int(wanted[key[1]]))
    return [reserves[key] for key in sorted(reserves)]


def passed_by(
    reserves: Sequence[Reserve],
    rules: Sequence[NumberingRule],
    rows: Integers,
    sides: tuple[Integers, np.ndarray, Floats],
) -> ReservedPlaces:
    """Return how many reserved numbers each door passes over.

    `rows`: doors in walking order; `sides`: columns street, left, metres of all doors. Only `sequential` has reserves;
    a street that continues its walls has those it shows.
    """
    at: dict[tuple[int, bool], list[Reserve]] = {}
    for reserve in reserves:
        if not (rules[reserve.street].by_distance or rules[reserve.street].continues):
            at.setdefault((reserve.street, reserve.left), []).append(reserve)
    street, left, metres = sides
    concerned = rows[np.isin(street[rows], [key[0] for key in at])] if at else rows[:0]
    passed: dict[int, int] = {}
    for key, members in groupby(concerned.tolist(), key=lambda row: (int(street[row]), bool(left[row]))):
        before = 0
        for row in members:
            total = sum(r.numbers for r in at.get(key, ()) if r.metres <= metres[row])
            passed[row] = total - before
            before = total
    return ReservedPlaces(frozenset(key[0] for key in at), passed)


def _end_positions(lanes: Geometries, inward: bool) -> tuple[Floats, Floats]:  # noqa: FBT001 — which end, not a switch
    """Return the last (or with `inward` the first) positions of lanes, and the positions next to them."""
    end, inner = (0, 1) if inward else (-1, -2)
    both = [shapely.get_coordinates(shapely.get_point(lanes, at)).reshape(-1, 2) for at in (end, inner)]
    return both[0], both[1]
