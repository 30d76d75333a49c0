"""Numbers along the walk through a village group: kept ones stay, new ones fall between them or follow the last."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import pairwise

from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.numbering_entrance import KeptNumbers
from geo_app.domain.numbering_gap import STEP, Edge, Given, Outcome, TakenNumbers, Wish, fill_gap
from geo_app.domain.numbering_order import in_order
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.village_houses import Spot

SUBS = 10_000
"""Sub-numbers have four digits, so number × this + sub-number orders kept numbers."""


@dataclass(slots=True)
class Numbers:
    """Results by row: new numbers, how many numbers each passed over, kept ones out of order, new ones at the end."""

    given: dict[int, Given] = field(default_factory=dict)
    passed: dict[int, int] = field(default_factory=dict)
    disordered: set[int] = field(default_factory=set)
    at_the_end: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Sequence:
    """Houses that are numbered 1, 2, 3 …, or with one parity only: rows in walking order, the step, the first number.

    `passed`: how many numbers each row leaves free before it.
    """

    rows: Sequence[int]
    step: int
    first: int
    passed: Mapping[int, int]


def number_along(
    spots: Sequence[Spot], kept: KeptNumbers, rule: NumberingRule, others: AbstractSet[HouseNumber] = frozenset()
) -> Numbers:
    """Return a number for each house of the walk; `others` are numbers that the group has given elsewhere."""
    sequences = _sequences(spots, rule)
    allocator = _Allocator(kept, _taken(kept, rule, others))
    for sequence in sequences:
        allocator.taken.step = sequence.step
        if rule.village_added == "last" and allocator.begun:
            allocator.after_the_last(sequence, [row for row in sequence.rows if not kept.kept[row]])
        else:
            allocator.between(sequence)
    return allocator.numbers


def _sequences(spots: Sequence[Spot], rule: NumberingRule) -> list[_Sequence]:
    if rule.village != "group_odd_even" or all(not spot.side for spot in spots):
        return [_Sequence([spot.row for spot in spots], 1, 1, _passed(spots, rule))]
    odd_side = rule.odd_side[0] if rule.odd_side[0] in {"left", "right"} else "left"
    odd = [spot for spot in spots if spot.side == odd_side]
    even = [spot for spot in spots if spot.side != odd_side]
    return [
        _Sequence([spot.row for spot in side], STEP, first, _passed(side, rule))
        for side, first in ((odd, 1), (even, 2))
        if side
    ]


def _passed(spots: Sequence[Spot], rule: NumberingRule) -> dict[int, int]:
    """Return how many numbers are kept free before each house: after so many houses, and for empty plots."""
    passed = {spot.row: rule.village_reserve for i, spot in enumerate(spots) if i and i % rule.village_every == 0}
    for before, spot in pairwise(spots):
        if rule.village_plot and before.stretch == spot.stretch and spot.after is None:
            plots = int((spot.metres - before.metres) / rule.village_plot + 1e-9) - 1
            passed[spot.row] = passed.get(spot.row, 0) + max(0, plots)
    return {row: count for row, count in passed.items() if count}


def _taken(kept: KeptNumbers, rule: NumberingRule, others: AbstractSet[HouseNumber]) -> TakenNumbers:
    """Return what may not be given again: all that hangs on walls or was given elsewhere, and what is skipped."""
    taken = TakenNumbers(set(rule.skip), ranges_read=rule.sub_number == "-")
    for wall in kept.walls.values():
        if wall.number is not None and wall.last is not None:
            # A range is of one parity (cli.md); what lies between belongs to nobody.
            taken.numbers.update(range(wall.number, wall.last + 1, STEP))
            taken.take(wall.number, wall.rank)
    for other in others:
        taken.take(other.number, other.sub_number)
    return taken


@dataclass(slots=True)
class _Allocator:
    """Numbers the sequences of one group one after the other."""

    kept: KeptNumbers
    taken: TakenNumbers
    numbers: Numbers = field(default_factory=Numbers)
    begun: bool = field(init=False)

    def __post_init__(self) -> None:
        self.begun = bool(self.taken.numbers)

    def between(self, sequence: _Sequence) -> None:
        """Give new numbers that rise along the walk between the kept ones that are in order."""
        bounds = self._bounds(sequence)
        lower = Edge(sequence.first - sequence.step)
        homeless: list[int] = []
        for new, upper in self._gaps(sequence, bounds):
            edge = None if upper is None else int(self.kept.number[upper])
            given = list(fill_gap(self._wishes(sequence, new), lower, edge, self.taken))
            homeless += self._record(sequence, new, given)
            lower = self._edge_after(upper, given, lower) if upper is not None else lower
        self.after_the_last(sequence, homeless)

    def after_the_last(self, sequence: _Sequence, rows: Sequence[int]) -> None:
        """Give numbers above all that the group has."""
        last = max(self.taken.numbers, default=0)
        below = last - (last - sequence.first) % sequence.step
        given = fill_gap([Wish(sequence.first) for _ in rows], Edge(below), None, self.taken)
        self._record(sequence, rows, list(given))
        self.numbers.at_the_end.update(rows)

    def _wishes(self, sequence: _Sequence, rows: Sequence[int]) -> list[Wish]:
        return [Wish(sequence.first, sequence.passed.get(row, 0)) for row in rows]

    def _bounds(self, sequence: _Sequence) -> frozenset[int]:
        """Return the kept houses of the sequence that are in order; mark the others."""
        counted = [row for row in sequence.rows if self.kept.number[row] >= 0]
        right = [row for row in counted if (self.kept.number[row] - sequence.first) % sequence.step == 0]
        chain = in_order([int(self.kept.number[row]) * SUBS + int(self.kept.rank[row]) for row in right])
        bounds = frozenset(right[i] for i in chain)
        self.numbers.disordered.update(row for row in counted if row not in bounds)
        return bounds

    def _gaps(self, sequence: _Sequence, bounds: AbstractSet[int]) -> Iterator[tuple[list[int], int | None]]:
        """Yield the new houses before each kept house in order, and at last those after all of them."""
        new: list[int] = []
        for row in sequence.rows:
            if row in bounds:
                yield new, row
                new = []
            elif not self.kept.kept[row]:
                new.append(row)
        yield new, None

    def _record(self, sequence: _Sequence, rows: Sequence[int], given: Sequence[Given]) -> list[int]:
        """Write results; return the houses for which no number is free before the first kept one."""
        homeless = []
        for row, one in zip(rows, given, strict=True):
            if one.outcome is Outcome.NO_FREE_NUMBER:
                homeless.append(row)
                continue
            self.numbers.given[row] = one
            if row in sequence.passed:
                self.numbers.passed[row] = sequence.passed[row]
        return homeless

    def _edge_after(self, kept_row: int, given: Sequence[Given], lower: Edge) -> Edge:
        """Return the lower edge of the gap after a kept house; sub-numbers go on after those of the same number."""
        number = int(self.kept.number[kept_row])
        ranks = [one.sub_number for one in given if one.number == number]
        ranks += [lower.rank] if number == lower.number else []
        return Edge(number, max([int(self.kept.rank[kept_row]), *ranks]))
