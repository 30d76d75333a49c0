"""The scheme of a street as its walls show it: where numbers start, which side is odd, how many doors that explains."""

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np

from geo_app.domain.audit_doors import NumberedPoints
from geo_app.domain.audit_order import side_orders
from geo_app.domain.numbering_position import Booleans
from geo_app.domain.street_piece import Floats, Integers

MIXED_BELOW = 0.75
"""Odd and even are mixed where fewer than this share of the doors agree on a side (cli.md, audit)."""

FEWEST_DOORS = 3
"""With fewer doors nothing is said about the odd side (cli.md, audit)."""


@dataclass(frozen=True, eq=False)
class Schemes:
    """Columns by street.

    `direction`: 1 numbers rise as drawn, -1 against it, 0 cannot be told; `odd_left`: most odd numbers stand on the
    left hand of one who walks from the start; `agreeing`: share of doors that stand so; `doors`: how many there are;
    `in_order`: of these, the right parity in a longest non-falling subsequence of its side. The last is NaN, the
    shares too, where nothing can be said.
    """

    direction: Integers
    odd_left: Booleans
    doors: Integers
    agreeing: Floats
    in_order: Integers
    metres_per_number: Floats

    @cached_property
    def known(self) -> Booleans:
        """Return where the odd side is known: enough doors, and most of them agree."""
        return (self.doors >= FEWEST_DOORS) & (self.agreeing >= MIXED_BELOW)

    @cached_property
    def explained(self) -> Floats:
        """Return the share of doors that the scheme explains, NaN on a street without any."""
        with np.errstate(invalid="ignore"):
            return np.asarray(self.in_order / self.doors)


@dataclass(frozen=True, slots=True, eq=False)
class SideDoors:
    """Doors of the right parity in walking order, side by side.

    `row`; `side`: twice the street, one more for odd numbers; `misfit`: in no longest non-falling subsequence;
    `before`, `after`: rows of the nearest others of the side that are in one, -1 for none.
    """

    row: Integers
    side: Integers
    misfit: Booleans
    before: Integers
    after: Integers


def read_schemes(points: NumberedPoints, rows: Integers, streets: int) -> tuple[Schemes, SideDoors]:
    """Return the schemes of so many streets as the doors at `rows` show them, and those doors in their order."""
    street, odd, left = points.street[rows], points.odd[rows], points.left[rows]
    doors = np.bincount(street, minlength=streets)
    direction = _directions(points, rows, streets)
    backwards = direction[street] < 0
    odd_is_left = odd == (left != backwards)
    votes = np.bincount(street, weights=odd_is_left, minlength=streets)
    with np.errstate(invalid="ignore"):
        share = votes / doors
    odd_left = share >= 0.5
    right = np.flatnonzero(odd_is_left == odd_left[street])
    side = 2 * street[right] + odd[right]
    walked = np.where(backwards, -points.centimetres[rows], points.centimetres[rows])[right]
    orders = side_orders(side, walked, points.number[rows[right]])
    in_order = np.zeros(2 * streets, dtype=np.int64)
    in_order[: len(orders.longest)] = orders.longest
    inside = _side_doors(rows[right[orders.order]], side[orders.order], orders.misfit)
    schemes = Schemes(
        direction=direction,
        odd_left=odd_left,
        doors=doors,
        agreeing=np.fmax(share, 1 - share),
        in_order=in_order.reshape(-1, 2).sum(axis=1),
        metres_per_number=_metres_per_number(points, inside, streets),
    )
    return schemes, inside


def _side_doors(row: Integers, side: Integers, misfit: Booleans) -> SideDoors:
    place = np.arange(len(row))
    last = np.maximum.accumulate(np.where(misfit, -1, place))
    before = np.where(misfit, last, np.concatenate([[-1], last[:-1]])) if len(row) else place
    following = np.minimum.accumulate(np.where(misfit, len(row), place)[::-1])[::-1]
    after = np.where(misfit, following, np.concatenate([following[1:], [len(row)]])) if len(row) else place
    return SideDoors(row, side, misfit, _on_side(row, side, before), _on_side(row, side, after))


def _on_side(row: Integers, side: Integers, neighbour: Integers) -> Integers:
    """Return the rows of neighbours given by place, -1 where the place is on another side or beyond the ends."""
    known = np.flatnonzero((neighbour >= 0) & (neighbour < len(row)))
    known = known[side[neighbour[known]] == side[known]]
    rows = np.full(len(row), -1, dtype=np.int64)
    rows[known] = row[neighbour[known]]
    return rows


def _directions(points: NumberedPoints, rows: Integers, streets: int) -> Integers:
    """Return for each street the sign of Kendall's score of numbers and metres.

    Odd and even numbers are compared among themselves first, because each side has a run of its own; where that says
    nothing, all doors among themselves.
    """
    signs = _signs(2 * points.street[rows] + points.odd[rows], points, rows, streets)
    rest = rows[signs[points.street[rows]] == 0]
    return np.where(signs != 0, signs, _signs(2 * points.street[rest], points, rest, streets))


def _signs(run: Integers, points: NumberedPoints, rows: Integers, streets: int) -> Integers:
    number, along = points.number[rows], points.centimetres[rows]
    order = np.lexsort((number, along, run))
    step = np.where(np.diff(run[order]) == 0, np.diff(number[order]), 0)
    at, abreast = run[order][1:] // 2, (step != 0) & (np.diff(along[order]) == 0)
    rises = np.bincount(at[(step > 0) | abreast], minlength=streets)
    falls = np.bincount(at[(step < 0) | abreast], minlength=streets)
    signs = np.sign(rises.astype(np.int64)) - np.sign(falls)
    # Only where some numbers rise and others fall are all pairs counted.
    torn = (rises > 0) & (falls > 0)
    order = order[torn[run[order] // 2]]
    columns = (run[order].tolist(), along[order].tolist(), number[order].tolist())
    scores: dict[int, int] = {}
    for which, doors in groupby(zip(*columns, strict=True), key=lambda door: door[0]):
        scores[which // 2] = scores.get(which // 2, 0) + _kendall([(metres, value) for _, metres, value in doors])
    for where, score in scores.items():
        signs[where] = np.sign(score)
    return signs


def _kendall(doors: list[tuple[int, int]]) -> int:
    """Return how many more pairs rise than fall; `doors` are (metres, number), sorted; pairs at one place are even."""
    seen: list[int] = []
    score = 0
    for _, same in groupby(doors, key=lambda door: door[0]):
        numbers = [number for _, number in same]
        for number in numbers:
            score += bisect_left(seen, number) - (len(seen) - bisect_right(seen, number))
        for number in numbers:
            insort(seen, number)
    return score


def _metres_per_number(points: NumberedPoints, inside: SideDoors, streets: int) -> Floats:
    """Return the metres of street that numbers rise by one in: the median over neighbours in order, by numbers."""
    ordered = inside.row[~inside.misfit]
    side = inside.side[~inside.misfit]
    rise = np.diff(points.number[ordered])
    metres = np.abs(np.diff(points.centimetres[ordered])) / 100
    good = (np.diff(side) == 0) & (rise > 0)
    return _weighted_medians(side[1:][good] // 2, metres[good] / rise[good], rise[good], streets)


def _weighted_medians(group: Integers, value: Floats, weight: Integers, groups: int) -> Floats:
    order = np.lexsort((value, group))
    group, value, weight = group[order], value[order], weight[order]
    total = np.bincount(group, weights=weight, minlength=groups)
    running = np.cumsum(weight) - (np.cumsum(total) - total)[group]
    middle = np.flatnonzero(2 * running >= total[group])
    medians = np.full(groups, np.nan)
    # The first of each group that reaches half its weight; written last to first, so that it stays.
    medians[group[middle[::-1]]] = value[middle[::-1]]
    return medians
