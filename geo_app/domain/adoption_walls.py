"""The walls of a street as they hang: kept numbers that are in order, side by side, and what hangs around a door."""

from dataclasses import dataclass, fields
from enum import IntEnum
from itertools import groupby

import numpy as np

from geo_app.domain.numbering_entrance import Entrances, KeptNumbers
from geo_app.domain.numbering_gap import STEP
from geo_app.domain.numbering_order import in_order
from geo_app.domain.numbering_position import Booleans, metres_per_degree
from geo_app.domain.numbering_sequence import Sides
from geo_app.domain.street_piece import Floats, Integers

WINDOW = 5
"""So many steps on each hand, on both sides of the street, tell how many metres a number takes here."""

USUAL_PACE = 10.0
"""Metres a number takes where no street tells."""

LEAST_METRES = 0.5
"""Two doors nearer than this say nothing about the metres a number takes."""


class Case(IntEnum):
    """Which walls bound the gap that a door stands in."""

    BETWEEN = 0
    AFTER = 1
    BEFORE = 2
    ALONE = 3


@dataclass(frozen=True, slots=True, eq=False)
class Walls:
    """The kept numbers in order of all sides, one after the other as one walks.

    `row`: of the entrance; `side`: twice the street, plus one for odd numbers; `place`: see `places_of`; `metres` from
    the start; `low`, `high`: first and last number (a range has two); `pace`: metres one number of the parity took
    since the wall before, NaN on a side's first; `usual_pace`: the middle one of all.
    """

    row: Integers
    side: Integers
    place: Integers
    metres: Floats
    low: Integers
    high: Integers
    pace: Floats
    usual_pace: float

    def __len__(self) -> int:
        return len(self.row)

    def on_side(self, index: Integers, side: Integers) -> Booleans:
        """Return where `index` is a wall of `side`."""
        inside = (index >= 0) & (index < len(self))
        return np.asarray(inside & (self.side[np.clip(index, 0, len(self) - 1)] == side))


def places_of(sides: Sides) -> Integers:
    """Return the place of each door in the walking order, side by side; -1 for a door without a street."""
    side = 2 * sides.street + sides.odd
    place = np.full(len(side), -1, dtype=np.int64)
    place[sides.order[np.argsort(side[sides.order], kind="stable")]] = np.arange(len(sides.order))
    return place


def read_walls(sides: Sides, kept: KeptNumbers, wanted: Booleans) -> Walls:
    """Return the walls of the streets `wanted` (by street), in the order that bounds the engine's gaps."""
    side = 2 * sides.street + sides.odd
    placed = sides.order[wanted[sides.street[sides.order]]]
    hung = placed[kept.kept[placed]]
    # Kept doors on one spot hang in the order of their numbers, whatever the order of the rows.
    by_number = hung[np.lexsort((kept.rank[hung], kept.number[hung], sides.centimetres[hung], side[hung]))]
    place = places_of(sides)
    place[by_number] = np.sort(place[hung])
    chain: list[int] = []
    for _, members in groupby(by_number.tolist(), key=side.__getitem__):
        rows = [row for row in members if kept.number[row] >= 0 and kept.number[row] % 2 == sides.odd[row]]
        chain += [rows[i] for i in in_order([int(kept.number[row]) for row in rows])]
    row = np.array(chain, dtype=np.int64)
    metres = sides.centimetres[row] / 100
    pace = _paces(side[row], metres, kept.number[row], kept.last[row])
    known = pace[np.isfinite(pace)]
    usual = float(np.median(known)) if len(known) else USUAL_PACE
    return Walls(row, side[row], place[row], metres, kept.number[row], kept.last[row], pace, usual)


def _paces(side: Integers, metres: Floats, low: Integers, high: Integers) -> Floats:
    pace = np.full(len(side), np.nan)
    steps = (low[1:] - high[:-1]) / STEP
    good = (side[1:] == side[:-1]) & (steps > 0)
    walked = np.maximum(metres[1:] - metres[:-1], LEAST_METRES)
    pace[1:][good] = walked[good] / steps[good]
    return pace


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Doors whose number is asked for, and what hangs around each; -1 or NaN where there is nothing.

    `side`, `metres`: where it stands; `before`, `behind`: doors without a number between it and the next wall on each
    hand; `lower`, `upper`: index of those walls; `low`, `high`: their numbers; `from_low`, `to_high`: metres along the
    street; `near_low`, `near_high`: metres as the crow flies; `pace`: metres one number takes here; `opposite`: the
    number that the other side would have here; `aside`: metres to the nearest wall over there.
    """

    side: Integers
    metres: Floats
    before: Integers
    behind: Integers
    lower: Integers
    upper: Integers
    low: Integers
    high: Integers
    from_low: Floats
    to_high: Floats
    near_low: Floats
    near_high: Floats
    pace: Floats
    opposite: Floats
    aside: Floats

    def __len__(self) -> int:
        return len(self.side)

    @property
    def case(self) -> Integers:
        """Return the `Case` of each door."""
        after, before = self.lower >= 0, self.upper >= 0
        open_behind = np.where(after, Case.AFTER, np.where(before, Case.BEFORE, Case.ALONE))
        return np.where(after & before, Case.BETWEEN, open_behind).astype(np.int64)

    def only(self, doors: Integers) -> "Asked":
        """Return some of the doors."""
        return Asked(*(getattr(self, field.name)[doors] for field in fields(self)))


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """Where asked doors stand: row, side, metres, the walls around them (-1: none), doors between them and those."""

    row: Integers
    side: Integers
    metres: Floats
    lower: Integers
    upper: Integers
    before: Integers
    behind: Integers


def look_around(walls: Walls, spots: Spots, entrances: Entrances) -> Asked:
    """Return what hangs around each door."""
    lower, upper = spots.lower, spots.upper
    from_low = np.where(lower >= 0, spots.metres - walls.metres[lower], np.nan)
    to_high = np.where(upper >= 0, walls.metres[upper] - spots.metres, np.nan)
    east, north = metres_per_degree(entrances.lat[spots.row])
    near = []
    for wall in (lower, upper):
        x = (entrances.lon[walls.row[wall]] - entrances.lon[spots.row]) * east
        y = (entrances.lat[walls.row[wall]] - entrances.lat[spots.row]) * north
        near.append(np.where(wall >= 0, np.hypot(x, y), np.nan))
    across = _first_behind(walls, spots.side ^ 1, spots.metres)
    pace = _pace_here(walls, spots, across)
    opposite, aside = _opposite(walls, spots, across, pace)
    return Asked(
        spots.side, spots.metres, spots.before, spots.behind, lower, upper,
        np.where(lower >= 0, walls.high[lower], -1), np.where(upper >= 0, walls.low[upper], -1),
        from_low, to_high, near[0], near[1], pace, opposite, aside,
    )  # fmt: skip


def _first_behind(walls: Walls, side: Integers, metres: Floats) -> Integers:
    """Return for each place the first wall of `side` at or behind it, or where it would stand."""
    stride = float(walls.metres.max(initial=0.0)) + 1.0
    return np.searchsorted(walls.side * stride + walls.metres, side * stride + metres).astype(np.int64)


def _pace_here(walls: Walls, spots: Spots, across: Integers) -> Floats:
    """Return the middle of the paces around each door, over the gap itself, and across the street."""
    paces = [np.full(len(spots.side), walls.usual_pace), _pace_over(walls, spots)]
    for back in range(WINDOW):
        # The pace of a wall is that of the stretch before it: the gap's own stretch ends at `upper`.
        paces.append(_pace_of(walls, spots.lower - back, spots.side))
        paces.append(_pace_of(walls, np.where(spots.upper >= 0, spots.upper + 1 + back, -1), spots.side))
        paces.append(_pace_of(walls, across - back, spots.side ^ 1))
        paces.append(_pace_of(walls, across + 1 + back, spots.side ^ 1))
    stacked = np.sort(np.stack(paces, axis=1), axis=1)
    count = np.isfinite(stacked).sum(axis=1)
    rows = np.arange(len(count))
    return np.asarray((stacked[rows, (count - 1) // 2] + stacked[rows, count // 2]) / 2)


def _pace_of(walls: Walls, wall: Integers, side: Integers) -> Floats:
    there = walls.on_side(wall, side)
    return np.where(there, walls.pace[np.clip(wall, 0, len(walls) - 1)], np.nan)


def _pace_over(walls: Walls, spots: Spots) -> Floats:
    both = (spots.lower >= 0) & (spots.upper >= 0)
    steps = (walls.low[spots.upper] - walls.high[spots.lower]) / STEP
    walked = np.maximum(walls.metres[spots.upper] - walls.metres[spots.lower], LEAST_METRES)
    return np.where(both & (steps > 0), walked / np.maximum(steps, 1), np.nan)


def _opposite(walls: Walls, spots: Spots, across: Integers, pace: Floats) -> tuple[Floats, Floats]:
    """Return the number of the other side at each place, read between its walls or counted on from the last one."""
    side, last = spots.side ^ 1, len(walls) - 1
    behind, before = walls.on_side(across, side), walls.on_side(across - 1, side)
    up, down = np.clip(across, 0, last), np.clip(across - 1, 0, last)
    to_up = np.where(behind, walls.metres[up] - spots.metres, np.nan)
    to_down = np.where(before, spots.metres - walls.metres[down], np.nan)
    part = to_down / np.maximum(to_down + to_up, LEAST_METRES)
    between = walls.high[down] + part * (walls.low[up] - walls.high[down])
    counted = np.where(behind, walls.low[up] - STEP * to_up / pace, walls.high[down] + STEP * to_down / pace)
    number = np.where(behind & before, between, np.where(behind | before, counted, np.nan))
    return number, np.fmin(to_up, to_down)
