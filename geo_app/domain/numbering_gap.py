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


class Given(NamedTuple):
    """A number given to a door; 0 for none."""

    number: int
    sub_number: int
    outcome: Outcome


class Wish(NamedTuple):
    """What the rule would give a door: `target`, of the side's parity, after `reserved` numbers are passed over."""

    target: int
    reserved: int = 0


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
    rising = _rising(wishes, lower.number, taken)
    if upper is not None and rising and rising[-1] >= upper:
        yield from _squeezed(wishes, rising, (lower, upper), taken)
        return
    for wish, number in zip(wishes, rising, strict=True):
        yield _given(wish, number, taken)


def _rising(wishes: Sequence[Wish], below: int, taken: TakenNumbers) -> list[int]:
    """Return for each door its target, or the next higher free number above the door before."""
    numbers: list[int] = []
    for target, reserved in wishes:
        below = taken.next_free(max(target, below + taken.step * (1 + reserved)))
        numbers.append(below)
    return numbers


def _given(wish: Wish, number: int, taken: TakenNumbers) -> Given:
    if number > LARGEST_NUMBER:
        return Given(0, 0, Outcome.TOO_LARGE)
    taken.take(number)
    if number == wish.target:
        return Given(number, 0, Outcome.AS_RULED)
    return Given(number, 0, Outcome.NEXT_FREE if number > wish.target else Outcome.HELD_BELOW)


def _squeezed(
    wishes: Sequence[Wish], rising: list[int], edges: tuple[Edge, int], taken: TakenNumbers
) -> Iterator[Given]:
    """Yield numbers where the rule's own would pass the kept number after the gap.

    The free numbers of the gap go to the first doors, each as near to its target as the doors after it allow; doors
    for which none is left take sub-numbers of the number before them.
    """
    lower, upper = edges
    reach = range(lower.number + taken.step, min(upper, LARGEST_NUMBER + 1), taken.step)
    free = [number for number in reach if number not in taken.numbers]
    plain = min(len(free), len(wishes))
    for wish, number, ceiling in zip(wishes[:plain], rising[:plain], free[len(free) - plain :], strict=True):
        yield _given(wish, min(number, ceiling), taken)
    base = Edge(free[plain - 1]) if plain else lower
    sub = base.rank
    for _ in wishes[plain:]:
        sub = taken.next_sub(base.number, sub)
        yield _sub_number(base.number, sub, taken)


def _sub_number(number: int, sub: int, taken: TakenNumbers) -> Given:
    if number > LARGEST_NUMBER:
        return Given(0, 0, Outcome.TOO_LARGE)
    if number < 1 or sub > LARGEST_NUMBER:
        return Given(0, 0, Outcome.NO_FREE_NUMBER)
    taken.take(number, sub)
    return Given(number, sub, Outcome.SUB_NUMBER)
