"""Order along a side: how long the longest non-falling subsequence is, and which doors stand in none of them."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo_app.domain.numbering_position import Booleans
from geo_app.domain.street_piece import Integers

ANY_ORDER_CENTIMETRES = 10
"""Doors no farther apart than this along the street may stand in any order (cli.md, audit)."""


@dataclass(frozen=True, slots=True, eq=False)
class SideOrders:
    """Doors of many sides in one column, walked one way.

    `order`: the doors in walking order, side by side; `begin`: where each side begins in it, one more than there are
    sides; `longest`: doors in a longest non-falling subsequence, by side; `misfit`: by place in `order`, in none.
    """

    order: Integers
    begin: Integers
    longest: Integers
    misfit: Booleans


def side_orders(side: Integers, centimetres: Integers, number: Integers) -> SideOrders:
    """Return how the numbers of each side (an integer from 0) run with rising `centimetres`."""
    order = _walked(side, centimetres, number)
    sides = int(side.max(initial=-1)) + 1
    begin = np.searchsorted(side[order], np.arange(sides + 1))
    longest = np.diff(begin)
    misfit = np.zeros(len(order), dtype=bool)
    falls = np.flatnonzero((np.diff(number[order]) < 0) & (np.diff(side[order]) == 0))
    for disturbed in np.unique(side[order[falls]]).tolist():
        span = slice(begin[disturbed], begin[disturbed + 1])
        through = _longest_through(number[order[span]].tolist())
        longest[disturbed] = through.max()
        misfit[span] = through < longest[disturbed]
    return SideOrders(order, begin, longest, misfit)


def _walked(side: Integers, centimetres: Integers, number: Integers) -> Integers:
    """Return the walking order, in which doors within a tenth of a metre of the next stand by number."""
    along = np.lexsort((number, centimetres, side))
    apart = (np.diff(centimetres[along]) > ANY_ORDER_CENTIMETRES) | (np.diff(side[along]) != 0)
    place = np.concatenate([[0], np.cumsum(apart)]) if len(along) else along
    return along[np.lexsort((number[along], place))]


def _longest_through(numbers: Sequence[int]) -> Integers:
    """Return for each number the length of the longest non-falling subsequence that it stands in."""
    before = _longest_up_to(numbers)
    after = _longest_up_to([-number for number in reversed(numbers)])[::-1]
    return np.array(before, dtype=np.int64) + np.array(after, dtype=np.int64) - 1


def _longest_up_to(numbers: Sequence[int]) -> list[int]:
    tails: list[int] = []
    lengths = []
    for number in numbers:
        place = bisect_right(tails, number)
        if place == len(tails):
            tails.append(number)
        else:
            tails[place] = number
        lengths.append(place + 1)
    return lengths
