"""How future-proof a plan is: how many doors each stretch can take before a sub-number is needed."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from geo_app.domain.numbering import PlannedNumbers
from geo_app.domain.numbering_gap import STEP


@dataclass(frozen=True, slots=True)
class Stretch:
    """The street between two neighbouring numbers of one side: index of the street, its ends, and the room left.

    `metres` is its length along the street, `free` how many more doors would get a number of their own.
    """

    street: int
    odd: bool
    from_number: int
    to_number: int
    metres: float
    free: int


@dataclass(frozen=True, slots=True)
class FutureProof:
    """The stretches of a plan, and the score: the share of their metres in which one more door gets its own number.

    None where no side has two numbers: nothing is not zero.
    """

    stretches: tuple[Stretch, ...]
    score: float | None


def future_proof_score(plan: PlannedNumbers) -> FutureProof:
    """Return how much infill a plan can take; the open end after a side's last number is not counted."""
    stretches = tuple(_stretches(plan))
    metres = sum(stretch.metres for stretch in stretches)
    roomy = sum(stretch.metres for stretch in stretches if stretch.free)
    return FutureProof(stretches, roomy / metres if metres else None)


def _stretches(plan: PlannedNumbers) -> Iterator[Stretch]:
    taken = _taken(plan)
    sides = plan.sides
    for (street, odd), rows in groupby(
        sides.order.tolist(), key=lambda row: (int(sides.street[row]), bool(sides.odd[row]))
    ):
        numbered = [row for row in rows if plan.number_at(row)[0] and not plan.allocation.disordered[row]]
        in_group = taken[int(plan.streets.groups[street])]
        for before, after in pairwise(numbered):
            low = plan.number_at(before)[0] or 0
            high = plan.number_at(after)[0] or 0
            metres = float(sides.centimetres[after] - sides.centimetres[before]) / 100
            yield Stretch(street, odd, low, high, metres, _free(low, high, in_group))


def _taken(plan: PlannedNumbers) -> dict[int, tuple[list[int], list[int]]]:
    """Return the numbers of each group, even ones and odd ones, sorted."""
    numbers: dict[int, set[int]] = defaultdict(set)
    for row in plan.sides.order.tolist():
        wall = plan.kept.walls.get(row)
        first = plan.number_at(row)[0] or 0
        last = wall.last if wall is not None and wall.last is not None else first
        numbers[int(plan.sides.group[row])].update(range(first, last + 1, STEP))
    both = {group: sorted(found) for group, found in numbers.items()}
    return {g: ([n for n in found if n % 2 == 0], [n for n in found if n % 2]) for g, found in both.items()}


def _free(low: int, high: int, taken: tuple[list[int], list[int]]) -> int:
    if high <= low:
        return 0
    of_parity = taken[low % 2]
    return max(0, (high - low) // STEP - 1 - (bisect_left(of_parity, high) - bisect_right(of_parity, low)))
