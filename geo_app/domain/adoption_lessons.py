"""What a town's walls teach: each is taken away in turn, and its own number is the one to find among the free ones."""

from collections.abc import Iterator

import numpy as np

from geo_app.domain.adoption_choice import Taken, expected, reach
from geo_app.domain.adoption_evidence import Candidates, Habits, evidence
from geo_app.domain.adoption_walls import Asked, Spots, Walls, look_around
from geo_app.domain.adoption_weights import USUAL, Lessons, learn
from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.street_piece import Floats, Integers

ENOUGH_WALLS = 3_000
"""Walls that are learned from, spread evenly over all; more of them teach nothing new."""


def learned_weights(walls: Walls, entrances: Entrances, taken: Taken, habits: Habits) -> Floats:
    """Return the weight of each kind of evidence, by `Case`."""
    wall = _telling(walls)
    asked = look_around(walls, _as_missing(walls, wall), entrances)
    tried = list(_tried(asked, walls.low[wall], taken))
    weights = USUAL.copy()
    for case in range(len(USUAL)):
        own = [one for one in tried if asked.case[one[0]] == case]
        if own:
            weights[case] = learn(_lessons(asked, own, habits), USUAL[case])
    return weights


def _telling(walls: Walls) -> Integers:
    """Return the walls whose number lies between those beside it, at most `ENOUGH_WALLS` of them."""
    index = np.arange(len(walls))
    before, behind = walls.on_side(index - 1, walls.side), walls.on_side(index + 1, walls.side)
    rising = ~before | (walls.high[index - 1] < walls.low)
    rising &= ~behind | (walls.high < walls.low[np.minimum(index + 1, len(walls) - 1)])
    telling = index[rising & (walls.low == walls.high)]
    every = max(1, -(-len(telling) // ENOUGH_WALLS))
    return np.asarray(telling[::every], dtype=np.int64)


def _as_missing(walls: Walls, wall: Integers) -> Spots:
    side, none = walls.side[wall], np.zeros(len(wall), dtype=np.int64)
    lower = np.where(walls.on_side(wall - 1, side), wall - 1, -1)
    upper = np.where(walls.on_side(wall + 1, side), wall + 1, -1)
    return Spots(walls.row[wall], side, walls.metres[wall], lower, upper, none, none)


def _tried(asked: Asked, number: Integers, taken: Taken) -> Iterator[tuple[int, Integers, int]]:
    """Yield each door with the numbers it might have had, and the place of its own among them."""
    middles = expected(asked)
    for door, own in enumerate(number.tolist()):
        near = reach(asked, middles, (door, door + 1))
        if own in near:
            numbers = np.array(sorted((near - taken[int(asked.side[door])]) | {own}), dtype=np.int64)
            yield door, numbers, int(np.searchsorted(numbers, own))


def _lessons(asked: Asked, tried: list[tuple[int, Integers, int]], habits: Habits) -> Lessons:
    widths = np.array([len(numbers) for _, numbers, _ in tried])
    door = np.repeat(np.array([one for one, _, _ in tried]), widths)
    number = np.concatenate([numbers for _, numbers, _ in tried])
    right = np.cumsum(widths) - widths + np.array([place for _, _, place in tried])
    return Lessons(evidence(asked, Candidates(door, number), habits), door, right)
