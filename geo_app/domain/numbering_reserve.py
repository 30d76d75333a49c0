"""Reserves: numbers kept free for unnamed lanes and for walls or open land, in the sequential method.

The practice (standards.md §1.2): one number for an unnamed side lane, one for every 4 m of open land or wall. Read here
as: a lane whose end lies on the street reserves `reserve_lane` numbers on the side to which it leads, at its mouth; an
open frontage reserves one number for each full `reserve_metres` of its length. The next door after them passes over
these numbers; when kept numbers leave no room, reserves give way before a sub-number is given. A reserve is used up by
the door for which it was kept: one that opens in its metres of wall or land, or the lane itself when it is numbered.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import shapely

from geo_app.domain.numbering_position import Booleans, Walks, conformal, find_feet
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.street_piece import Floats, Geometries, Integers

MOUTH_METRES = 0.2
"""How far, in units of the search plane, a lane's drawn end may lie from the street's line."""

LANE_METRES = 5.0
"""A lane's mouth that is numbered lies no farther than this from where the lane was drawn to end."""


@dataclass(frozen=True, slots=True)
class Frontage:
    """A stretch of wall or open land along a street: index of the street, side, metres from the start."""

    street: int
    left: bool
    from_metres: float
    to_metres: float


class ReserveKind(StrEnum):
    """What a number is kept free for."""

    LAND = "land"
    LANE = "lane"


@dataclass(frozen=True, slots=True)
class Reserve:
    """Numbers kept free along a stretch of a street, metres from the start; a lane's stretch is its mouth."""

    street: int
    left: bool
    from_metres: float
    to_metres: float
    numbers: int
    kind: ReserveKind = ReserveKind.LAND


@dataclass(frozen=True, slots=True)
class ReservedPlaces:
    """How many numbers each door passes over, by row; `streets`: those that have reserves.

    `used`: what the number of a door was kept free for, by row.
    """

    streets: frozenset[int] = frozenset()
    passed: Mapping[int, int] = field(default_factory=dict)
    used: Mapping[int, ReserveKind] = field(default_factory=dict)

    def __contains__(self, street: int) -> bool:
        return street in self.streets

    def before(self, row: int) -> int:
        """Return how many numbers are reserved between the door before and this one."""
        return self.passed.get(row, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Walked:
    """Doors for which numbers may be kept free: rows in walking order; columns street, left, metres of all doors.

    `lanes`: rows of unnamed lanes' mouths.
    """

    rows: Integers
    street: Integers
    left: Booleans
    metres: Floats
    lanes: AbstractSet[int] = frozenset()


def reserves_for_frontages(frontages: Sequence[Frontage], rules: Sequence[NumberingRule]) -> list[Reserve]:
    """Return one number for each full `reserve_metres` of each frontage, one after another."""
    reserves = []
    for frontage in frontages:
        every = rules[frontage.street].reserve_metres
        for i in range(kept_free(frontage.to_metres - frontage.from_metres, every)):
            begin = frontage.from_metres + i * every
            reserves.append(Reserve(frontage.street, frontage.left, begin, begin + every, 1))
    return reserves


def kept_free(metres: float, every: float) -> int:
    """Return how many numbers a wall or open land of so many metres keeps free, one for `every` metres (0: none)."""
    return max(0, int(metres / every + 1e-9)) if every else 0


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
                at = float(mouth.metres[i])
                reserves[key] = Reserve(key[1], bool(side.left[i]), at, at, int(wanted[key[1]]), ReserveKind.LANE)
    return [reserves[key] for key in sorted(reserves)]


def passed_by(reserves: Sequence[Reserve], rules: Sequence[NumberingRule], walked: Walked) -> ReservedPlaces:
    """Return how many reserved numbers each door passes over, and which door uses one.

    Only `sequential` has reserves; a street that continues its walls has those it shows.
    """
    at: dict[tuple[int, bool], list[Reserve]] = {}
    for reserve in reserves:
        if not (rules[reserve.street].by_distance or rules[reserve.street].continues):
            at.setdefault((reserve.street, reserve.left), []).append(reserve)
    if not at:
        return ReservedPlaces()
    sides: dict[tuple[int, bool], list[int]] = {key: [] for key in at}
    for row in walked.rows[np.isin(walked.street[walked.rows], [street for street, _ in at])].tolist():
        sides.get((int(walked.street[row]), bool(walked.left[row])), []).append(row)
    passed: dict[int, int] = {}
    used: dict[int, ReserveKind] = {}
    for key, rows in sides.items():
        beside = sorted(at[key], key=lambda reserve: (reserve.to_metres, reserve.from_metres, reserve.kind))
        uses = _uses(beside, rows, walked)
        used |= {row: beside[i].kind for row, i in uses.items()}
        passed |= _passed(beside, rows, (walked.metres, Counter(uses.values())))
    return ReservedPlaces(frozenset(street for street, _ in at), passed, used)


def _uses(reserves: Sequence[Reserve], rows: Sequence[int], walked: Walked) -> dict[int, int]:
    """Return which reserve each door uses up, if any: a mouth its lane's, others the land's they open in."""
    left = [reserve.numbers for reserve in reserves]
    begins = {kind: _begins(reserves, kind) for kind in ReserveKind}
    uses: dict[int, int] = {}
    for row in rows:
        kind = ReserveKind.LANE if row in walked.lanes else ReserveKind.LAND
        found = _at(reserves, begins[kind], float(walked.metres[row]), kind)
        if found is not None and left[found]:
            left[found] -= 1
            uses[row] = found
    return uses


def _begins(reserves: Sequence[Reserve], kind: ReserveKind) -> list[tuple[float, int]]:
    return sorted((reserve.from_metres, i) for i, reserve in enumerate(reserves) if reserve.kind is kind)


def _at(
    reserves: Sequence[Reserve], begins: Sequence[tuple[float, int]], metres: float, kind: ReserveKind
) -> int | None:
    """Return the reserve in whose metres a door opens; a lane's mouth counts within `LANE_METRES` to either side."""
    reach = LANE_METRES if kind is ReserveKind.LANE else 0.0
    place = bisect_right(begins, (metres + reach, len(reserves))) - 1
    if place < 0:
        return None
    found = begins[place][1]
    return found if metres < reserves[found].to_metres + reach + (1e-9 if reach else 0.0) else None


def _passed(reserves: Sequence[Reserve], rows: Sequence[int], doors: tuple[Floats, Counter[int]]) -> dict[int, int]:
    """Return how many unused numbers lie between each door and the one before it on its side."""
    metres, used = doors
    passed: dict[int, int] = {}
    place = total = before = 0
    for row in rows:
        while place < len(reserves) and reserves[place].to_metres <= metres[row]:
            total += reserves[place].numbers - used[place]
            place += 1
        passed[row], before = total - before, total
    return passed


def _end_positions(lanes: Geometries, inward: bool) -> tuple[Floats, Floats]:  # noqa: FBT001 — which end, not a switch
    """Return the last (or with `inward` the first) positions of lanes, and the positions next to them."""
    end, inner = (0, 1) if inward else (-1, -2)
    both = [shapely.get_coordinates(shapely.get_point(lanes, at)).reshape(-1, 2) for at in (end, inner)]
    return both[0], both[1]
