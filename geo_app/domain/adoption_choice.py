"""Choosing numbers for missing doors: the free ones within reach of a gap, and the likeliest rising choice of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geo_app.domain.adoption_evidence import Candidates, Habits, evidence
from geo_app.domain.adoption_walls import Asked
from geo_app.domain.numbering_gap import STEP
from geo_app.domain.numbering_wall import LARGEST_NUMBER
from geo_app.domain.street_piece import Floats, Integers

REACH = 40
"""How many numbers from a wall, or from where pace and walls put a door, are looked at."""

MANY = 20
"""Gaps with more missing doors than this are filled evenly: nothing is learned about doors so far from a wall."""

CHUNK = 200_000
"""Candidates weighed at once."""

Taken = Mapping[int, set[int]]
"""Numbers that are not free, by side."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Missing doors between two walls of a side: first and last + 1 of the asked doors, and the numbers in reach."""

    first: int
    stop: int
    numbers: Sequence[int]


def choose(asked: Asked, taken: Taken, habits: Habits, weights: Floats) -> Integers:
    """Return a number for each asked door, 0 where too few are free; rising within a gap.

    `weights`: by door. The asked doors of one gap stand one after the other, in walking order.
    """
    chosen = np.zeros(len(asked), dtype=np.int64)
    for gaps in _in_chunks(gaps_of(asked, taken)):
        door = np.concatenate([np.repeat(np.arange(g.first, g.stop), len(g.numbers)) for g in gaps])
        number = np.concatenate([np.tile(np.array(g.numbers), g.stop - g.first) for g in gaps])
        score = (evidence(asked, Candidates(door, number), habits) * weights[door]).sum(axis=1)
        begin = 0
        for gap in gaps:
            doors, width = gap.stop - gap.first, len(gap.numbers)
            scores = score[begin : begin + doors * width].reshape(doors, width)
            chosen[gap.first : gap.stop] = np.array(gap.numbers)[likeliest_rising(scores)]
            begin += doors * width
    return chosen


def gaps_of(asked: Asked, taken: Taken) -> Iterator[Gap]:
    """Yield the gaps that have a free number for each of their doors, with those in reach."""
    middles = expected(asked)
    new = np.flatnonzero(asked.before == 0)
    for first, stop in zip(new.tolist(), [*new[1:].tolist(), len(asked)], strict=True):
        if stop - first <= MANY:
            numbers = sorted(reach(asked, middles, (first, stop)) - taken[int(asked.side[first])])
            if len(numbers) >= stop - first:
                yield Gap(first, stop, numbers)


def likeliest_rising(scores: Floats) -> Integers:
    """Return for each row the column to take, so that columns rise and the scores taken add up to the most.

    Of equal choices the one with the lowest columns, from the end: fixed, so that a plan is too.
    """
    doors, width = scores.shape
    best, came = scores[0], np.zeros((doors, width), dtype=np.int64)
    for door in range(1, doors):
        highest = np.maximum.accumulate(best)
        fresh = np.concatenate([[True], best[1:] > highest[:-1]])
        came[door, 1:] = np.maximum.accumulate(np.where(fresh, np.arange(width), 0))[:-1]
        best = np.concatenate([[-np.inf], highest[:-1] + scores[door, 1:]])
    column = int(np.argmax(best))
    path = [column]
    for door in range(doors - 1, 0, -1):
        column = int(came[door, column])
        path.append(column)
    return np.array(path[::-1], dtype=np.int64)


def expected(asked: Asked) -> Floats:
    """Return where its walls put each door: on the line between them, else counted on by the pace; NaN without any."""
    total = asked.near_low + asked.near_high
    part = np.where(total > 0, asked.near_low / np.where(total > 0, total, 1), 0.5)
    line = asked.low + part * (asked.high - asked.low)
    after = asked.low + STEP * asked.from_low / asked.pace
    before = asked.high - STEP * asked.to_high / asked.pace
    low, high = asked.lower >= 0, asked.upper >= 0
    return np.where(low & high, line, np.where(low, after, np.where(high, before, asked.opposite)))


def reach(asked: Asked, middles: Floats, gap: tuple[int, int]) -> set[int]:
    """Return the numbers of the side's parity that the doors of a gap (first, last + 1) may get.

    They lie near its walls, or near where the walls put a door (`middles`, see `expected`).
    """
    first, stop = gap
    far, odd = STEP * (REACH + stop - first), int(asked.side[first]) % 2
    least, most = 2 - odd, LARGEST_NUMBER - (LARGEST_NUMBER - odd) % STEP
    spans = [(int(middle) - far, int(middle) + far) for middle in middles[first:stop] if np.isfinite(middle)]
    if asked.lower[first] >= 0:
        least = int(asked.low[first]) + STEP
        spans.append((least, least + far))
    if asked.upper[first] >= 0:
        most = int(asked.high[first]) - STEP
        spans.append((most - far, most))
    numbers: set[int] = set()
    for begin, end in spans:
        first_of_parity = max(least, begin + (begin - least) % STEP)
        numbers.update(range(first_of_parity, min(most, end) + 1, STEP))
    return numbers


def _in_chunks(gaps: Iterator[Gap]) -> Iterator[list[Gap]]:
    held: list[Gap] = []
    size = 0
    for gap in gaps:
        held.append(gap)
        size += len(gap.numbers) * (gap.stop - gap.first)
        if size > CHUNK:
            yield held
            held, size = [], 0
    if held:
        yield held
