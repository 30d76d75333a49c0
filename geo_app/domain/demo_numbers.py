"""Numbers already on the walls of old streets, with the mistakes walls have."""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from geo_app.domain.demo_values import Floats, Integers

SKIP = 0.05
"""Share of doors before which a number was left out: a plot that was empty, a house torn down."""

BLANK = 0.03
"""Share of doors on a numbered street whose plate is gone."""

TWICE = 0.006
"""Share of doors that repeat the number before."""

SWAPPED = 0.004
"""Share of doors whose number stands out of order."""

WRONG_SIDE = 0.003
"""Share of doors that carry a number of the other side's parity."""

SUB_NUMBER = 0.02
"""Share of doors that carry a sub-number of the door before (12附1)."""


def numbers_on_walls(
    street: Integers, side: Integers, along: Floats, numbered: NDArray[np.bool_], random: Generator
) -> NDArray[np.str_]:
    """Return the text on each door, "" for none; `numbered` says so by street.

    Odd on the left, even on the right of the street as drawn (四川 practice), growing along it.
    """
    order = np.lexsort((along, side, street))
    group = np.stack([street[order], side[order]])
    starts = np.concatenate([[True], (group[:, 1:] != group[:, :-1]).any(axis=0)]) if len(order) else np.zeros(0, bool)
    draw = random.random((5, len(order)))
    steps = np.ones(len(order), dtype=np.int64) + (draw[0] < SKIP)
    sub = (draw[1] < SUB_NUMBER) & ~starts
    steps[sub | ((draw[2] < TWICE) & ~starts)] = 0
    rank = _restarted(np.cumsum(steps), steps, starts)
    number = 2 * rank - (side[order] > 0)
    number = number + (draw[3] < WRONG_SIDE) + 8 * (draw[3] > 1 - SWAPPED)
    text = number.astype("U5").astype("U8")
    text[sub] = np.char.add(text[sub], "附1")
    text[(draw[4] < BLANK) | ~numbered[street[order]]] = ""
    result = np.empty(len(order), dtype="U8")
    result[order] = text
    return result


def _restarted(total: Integers, steps: Integers, starts: NDArray[np.bool_]) -> Integers:
    """Return running sums that begin again at every start."""
    first = np.flatnonzero(starts)
    before = (total - steps)[first]
    return total - np.repeat(before, np.diff(np.append(first, len(total))))
