"""What speaks for each number a door might get, read from the walls around it.

A candidate is one free number for one door. Its evidence is a row of figures without units, so that what one street
teaches can be read on another; how much each figure weighs is learned (`adoption_weights`).
"""

from dataclasses import dataclass

import numpy as np

from geo_app.domain.adoption_walls import Asked, Walls
from geo_app.domain.numbering_gap import STEP
from geo_app.domain.numbering_position import Booleans
from geo_app.domain.street_piece import Floats, Integers

HUNDRED = 100
"""In many towns the numbers of a block begin at the next hundred."""

LEAST_STEPS = 0.5
"""Counts below this are alike: less than half a number is no number."""

CLOSE_PACES = 3.0
"""A wall across the street tells of this place as long as it is nearer than some numbers' length."""

UNSEEN = 2.0
"""Doors that every kind of number is taken to have had already, so that a short side proves little."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Free numbers for doors: `door` indexes the asked doors and rises, `number` rises within a door."""

    door: Integers
    number: Integers


@dataclass(frozen=True, slots=True, eq=False)
class Habits:
    """Which numbers are used and which skipped, as logarithms; 0 is as often as any.

    `last_digits`: by the last two digits, in the whole town; `fours`: by side and by half of four (1, 2 or 3, 4): some
    sides use every other number only.
    """

    last_digits: Floats
    fours: Floats


def read_habits(walls: Walls, sides: int) -> Habits:
    """Return which numbers the walls use; `sides`: how many sides there are."""
    digits = np.bincount(walls.low % HUNDRED, minlength=HUNDRED).astype(np.float64)
    mean = max(float(digits.mean()), 1e-9)
    half = _half_of_four(walls.low)
    counted = np.stack([np.bincount(walls.side[half == part], minlength=sides) for part in (0, 1)], axis=1) + UNSEEN
    return Habits(np.log((digits + mean) / (2 * mean)), np.log(2 * counted / counted.sum(axis=1, keepdims=True)))


def _half_of_four(number: Integers) -> Integers:
    return np.asarray((number + 1) // STEP % 2, dtype=np.int64)


def evidence(asked: Asked, candidates: Candidates, habits: Habits) -> Floats:
    """Return a row of figures for each candidate, in the columns of `adoption_weights.EVIDENCE`."""
    door, number = candidates.door, candidates.number
    columns = [*_from_walls(asked, door, number), *_from_across(asked, door, number)]
    columns += _from_hundreds(asked, door, number)
    columns += [habits.last_digits[number % HUNDRED], habits.fours[asked.side[door], _half_of_four(number)]]
    open_ended = ~((asked.lower >= 0) & (asked.upper >= 0))[door]
    columns.append(_where(open_ended, _alike((number + 1) / STEP, (asked.metres / asked.pace)[door])))
    return np.stack(columns, axis=1)


def _from_walls(asked: Asked, door: Integers, number: Integers) -> list[Floats]:
    """Return how a number fits between its walls: on the line, counted from each, next to each, from the nearer."""
    low, high = (asked.lower >= 0)[door], (asked.upper >= 0)[door]
    # Doors without a number on the way to a wall take one number each.
    up = (number - asked.low[door]) / STEP - asked.before[door]
    down = (asked.high[door] - number) / STEP - asked.behind[door]
    paces_up, paces_down = (asked.near_low / asked.pace)[door], (asked.near_high / asked.pace)[door]
    total = asked.near_low + asked.near_high
    part = np.where(total > 0, asked.near_low / np.where(total > 0, total, 1), 0.5)
    line = (asked.low + part * (asked.high - asked.low))[door]
    off = np.abs(number - line) / np.maximum(asked.high - asked.low, 1)[door]
    nearer = np.where(paces_up <= paces_down, np.abs(up - paces_up), np.abs(down - paces_down))
    return [
        _where(low & high, -off),
        _where(low, _alike(up, paces_up)),
        _where(high, _alike(down, paces_down)),
        _where(low, up == 1),
        _where(high, down == 1),
        _where(low & high, -np.log1p(nearer)),
    ]


def _from_across(asked: Asked, door: Integers, number: Integers) -> list[Floats]:
    """Return how a number agrees with the other side of the street, there and where a wall hangs close by."""
    opposite = asked.opposite[door]
    over = np.isfinite(opposite)
    close = np.exp(-asked.aside / (CLOSE_PACES * asked.pace))[door]
    off = -np.log1p(np.abs(number - opposite) / STEP)
    block = number // HUNDRED == np.nan_to_num(opposite) // HUNDRED
    return [_where(over, off), _where(over, off * close), _where(over, block * close)]


def _from_hundreds(asked: Asked, door: Integers, number: Integers) -> list[Floats]:
    """Return whether a number begins a hundred, and whether it shares one with the walls before and behind it."""
    low, high = (asked.lower >= 0)[door], (asked.upper >= 0)[door]
    return [
        np.asarray(number % HUNDRED < STEP, dtype=np.float64),
        _where(low, number // HUNDRED == asked.low[door] // HUNDRED),
        _where(high, number // HUNDRED == asked.high[door] // HUNDRED),
    ]


def _alike(steps: Floats, paces: Floats) -> Floats:
    """Return how alike two counts are: minus the logarithm of their ratio."""
    return np.asarray(-np.abs(np.log(np.maximum(steps, LEAST_STEPS) / np.maximum(paces, LEAST_STEPS))))


def _where(there: Booleans, values: Floats | Booleans) -> Floats:
    return np.where(there, values, 0.0)
