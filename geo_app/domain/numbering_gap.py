"""Numbers for the doors between two kept numbers of one side: free ones first, sub-numbers where none are left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from geo_app.domain.numbering_wall import LARGEST_NUMBER, is_range

STEP = 2
"""Two neighbouring numbers of one parity differ by this; in a village, whose sides are not told apart, by 1."""


class Outcome(IntEnum):
    """How a door came to its number, or why it has none."""

    NONE = 0
    AS_RULED = 1
    NEXT_FREE = 2
    HELD_BELOW = 3
    SUB_NUMBER = 4
    KEPT = 5
    NO_FREE_NUMBER = 6
    TOO_LARGE = 7
    COVERED = 8
    SHARED = 9


class Given(NamedTuple):
    """A number given to a door; 0 for none."""

    number: int
    sub_number: int
    outcome: Outcome


class Wish(NamedTuple):
    """What the rule would give a door: `target`, of the side's parity, after `reserved` numbers are passed over.

    `covered`: first and last number of its front, where the rule lets it take any of them; `shares`: a recessed front,
    which takes a sub-number of the number before it.
    """

    target: int
    reserved: int = 0
    covered: tuple[int, int] | None = None
    shares: bool = False


class Edge(NamedTuple):
    """A kept number that bounds a gap, with the rank of its sub-number."""

    number: int
    rank: int = 0


@dataclass(slots=True)
class TakenNumbers:
    """Numbers and sub-numbers that a group has given already; `ranges_read`: `12-14` would be read as a range.

    `step`: from one number of a sequence to the next.
    """

    numbers: set[int] = field(default_factory=set)
    subs: dict[int, set[int]] = field(default_factory=dict)
    ranges_read: bool = False
    step: int = STEP

    def next_free(self, number: int) -> int:
        """Return the number itself or the next higher of its sequence that is free."""
        while number in self.numbers:
            number += self.step
        return number

    def next_sub(self, number: int, after: int) -> int:
        """Return the lowest free sub-number of `number` above `after`."""
        used = self.subs.get(number, ())
        sub = after + 1
        while sub in used or (self.ranges_read and is_range(number, sub)):
            sub += 1
        return sub

    def take(self, number: int, sub_number: int = 0) -> None:
        """Record a number as given."""
        self.numbers.add(number)
        if sub_number:
            self.subs.setdefault(number, set()).add(sub_number)


def fill_gap(wishes: Sequence[Wish], lower: Edge, upper: int | None, taken: TakenNumbers) -> Iterator[Given]:
    """Yield a number for each door between `lower` and `upper`, rising; records them in `taken`.

    `lower.number` is the kept number before the gap, or one or two steps below the side's first number (then not
    positive) where there is none; `upper` the kept number after it, None where there is none.
    """
    if lower.number < 1 and wishes and wishes[0].shares:
        # No number before it to share: the first front of a side has one of its own.
        wishes = [wishes[0]._replace(shares=False), *wishes[1:]]
    own = [wish for wish in wishes if not wish.shares]
    rising = _rising(own, lower.number, taken)
    tight = upper is not None and rising and rising[-1] >= upper
    numbers = iter(_squeezed(rising, lower.number, upper, taken) if tight and upper is not None else rising)
    base = lower
    for wish in wishes:
        number = None if wish.shares else next(numbers, None)
        if number is None:
            base = Edge(base.number, taken.next_sub(base.number, base.rank))
            yield give_sub_number(base, Outcome.SHARED if wish.shares else Outcome.SUB_NUMBER, taken)
        else:
            base = Edge(number)
            yield _given(wish, number, taken)


def _rising(wishes: Sequence[Wish], below: int, taken: TakenNumbers) -> list[int]:
    """Return for each door its target, or the next higher free number above the door before."""
    numbers: list[int] = []
    for wish in wishes:
        least = below + taken.step * (1 + wish.reserved)
        below = taken.next_free(max(wish.target, least))
        if wish.covered is not None and below > wish.covered[1]:
            below = _lower_covered(wish.target, max(least, wish.covered[0]), taken) or below
        numbers.append(below)
    return numbers


def _lower_covered(target: int, least: int, taken: TakenNumbers) -> int | None:
    """Return the free number of a front that lies nearest below its target, None where there is none."""
    return next((number for number in range(target, least - 1, -taken.step) if number not in taken.numbers), None)


def _given(wish: Wish, number: int, taken: TakenNumbers) -> Given:
    if number > LARGEST_NUMBER:
        return Given(0, 0, Outcome.TOO_LARGE)
    taken.take(number)
    if number == wish.target:
        return Given(number, 0, Outcome.AS_RULED)
    if wish.covered is not None and wish.covered[0] <= number <= wish.covered[1]:
        return Given(number, 0, Outcome.COVERED)
    return Given(number, 0, Outcome.NEXT_FREE if number > wish.target else Outcome.HELD_BELOW)


def _squeezed(rising: list[int], lower: int, upper: int, taken: TakenNumbers) -> list[int]:
    """Return numbers where the rule's own would pass the kept number after the gap; doors that find none come last.

    The free numbers of the gap go to the first doors, each as near to its target as the doors after it allow.
    """
    reach = range(lower + taken.step, min(upper, LARGEST_NUMBER + 1), taken.step)
    free = [number for number in reach if number not in taken.numbers]
    plain = min(len(free), len(rising))
    return [min(number, ceiling) for number, ceiling in zip(rising, free[len(free) - plain :], strict=False)]


def give_sub_number(wanted: Edge, outcome: Outcome, taken: TakenNumbers) -> Given:
    """Return a sub-number, recorded in `taken`, or why there is none."""
    if wanted.number > LARGEST_NUMBER:
        return Given(0, 0, Outcome.TOO_LARGE)
    if wanted.number < 1 or wanted.rank > LARGEST_NUMBER:
        return Given(0, 0, Outcome.NO_FREE_NUMBER)
    taken.take(wanted.number, wanted.rank)
    return Given(wanted.number, wanted.rank, outcome)
