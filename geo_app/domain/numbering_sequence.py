"""Allocation: every door of every side gets its number, all at once where nothing is kept, gap by gap elsewhere."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import ceil, floor

import numpy as np

from geo_app.domain.numbering_circumstance import DoorKind
from geo_app.domain.numbering_entrance import Entrances, KeptNumbers, walking_order
from geo_app.domain.numbering_gap import STEP, Edge, Given, Outcome, TakenNumbers, Wish, fill_gap, give_sub_number
from geo_app.domain.numbering_order import in_order
from geo_app.domain.numbering_position import Booleans, Feet
from geo_app.domain.numbering_reserve import ReservedPlaces
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.numbering_wall import LARGEST_NUMBER, WallNumber
from geo_app.domain.street_piece import Floats, Integers

TENTH_OF_A_METRE = 10
"""Centimetres within which kept doors may stand in any order (cli.md, audit)."""


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """Columns of doors for allocation: street (-1: none), its group, centimetres from the start, parity, target.

    `odd`: the door's side has odd numbers; `target`: where the rule puts the door by distance alone, of its parity;
    `order`: the placed doors in walking order, street by street, odd before even; doors that get no number of the
    street's sequence are not in it. `covered`: first and last number of a front that may take any of them; `recessed`:
    fronts that share the number before them.
    """

    street: Integers
    group: Integers
    centimetres: Integers
    odd: Booleans
    target: Integers
    order: Integers
    covered: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    recessed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Allocation:
    """Columns of results: number (0: none), sub-number (0: none), `Outcome`; `disordered`: kept but out of order."""

    number: Integers
    sub_number: Integers
    outcome: Integers
    disordered: Booleans


def side_columns(
    entrances: Entrances, feet: Feet, groups: Integers, rules: Sequence[NumberingRule], odd: Booleans
) -> Sides:
    """Return the allocation columns of doors whose feet are known."""
    placed = np.flatnonzero(feet.street >= 0)
    centimetres = np.full(len(odd), -1, dtype=np.int64)
    centimetres[placed] = np.rint(feet.metres[placed] * 100)
    micrometres = np.full(len(odd), -1, dtype=np.int64)
    micrometres[placed] = np.rint(feet.distance[placed] * 1e6)
    group = np.full(len(odd), -1, dtype=np.int64)
    group[placed] = groups[feet.street[placed]]
    order = walking_order(entrances, (feet.street, ~odd * 1, centimetres, micrometres))
    return Sides(
        street=feet.street,
        group=group,
        centimetres=centimetres,
        odd=odd,
        target=targets(centimetres / 100, odd, feet.street, rules),
        order=order[np.searchsorted(feet.street[order], 0) :],
        covered=dict(_covered(entrances, feet.street, centimetres / 100, (rules, odd))),
        recessed=frozenset(
            row for row, one in entrances.circumstances.items() if one.kind is DoorKind.RECESSED and not one.of
        ),
    )


def _covered(
    entrances: Entrances, street: Integers, metres: Floats, wishes: tuple[Sequence[NumberingRule], Booleans]
) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield first and last number that a wide front covers; only where every step of street has a number."""
    rules, odd = wishes
    for row, one in entrances.circumstances.items():
        rule = rules[street[row]] if street[row] >= 0 and one.front_metres else None
        if rule is not None and rule.method in {"quantified", "base_interval"}:
            first = max(0, floor((metres[row] - one.front_metres / 2) / rule.interval + 1e-9))
            last = ceil((metres[row] + one.front_metres / 2) / rule.interval - 1e-9) - 1
            yield row, (STEP * first + (1 if odd[row] else 2), STEP * max(first, last) + (1 if odd[row] else 2))


def targets(metres: Floats, odd: Booleans, street: Integers, rules: Sequence[NumberingRule]) -> Integers:
    """Return the number that each rule gives for a distance in metres, of the side's parity (cli.md, formulas).

    Sequential: the first number of the parity. `metres` are whole centimetres, so that the plan's own columns
    reproduce every number.
    """
    by_metre = np.array([rule.method == "metre" for rule in rules] or [False], dtype=bool)[street]
    sequential = np.array([not rule.by_distance for rule in rules] or [False], dtype=bool)[street]
    interval = np.array([rule.interval for rule in rules] or [1.0])[street]
    nearest = np.maximum(1, np.rint(metres)).astype(np.int64)
    raised = nearest + (nearest % 2 != odd)
    counted = STEP * np.floor(metres / interval).astype(np.int64) + np.where(odd, 1, 2)
    return np.where(sequential, np.where(odd, 1, 2), np.where(by_metre, raised, counted))


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """What the numbers of a group must mind beside their order.

    `reserved`: numbers kept free; `retired`: walls of demolished doors, by row; `attached`: for each door that shares a
    number the door that has it, in the order in which sub-numbers are given.
    """

    reserved: ReservedPlaces = field(default_factory=ReservedPlaces)
    retired: Mapping[int, WallNumber] = field(default_factory=dict)
    attached: Mapping[int, int] = field(default_factory=dict)

    @property
    def rows(self) -> list[int]:
        """Return the doors outside the order of their street."""
        return [*self.retired, *self.attached]


def allocate(sides: Sides, kept: KeptNumbers, rules: Sequence[NumberingRule], held: Held) -> Allocation:
    """Return a number for every placed door that has none, and the kept numbers as they are."""
    count = len(sides.street)
    result = Allocation(
        number=np.where(kept.number > 0, kept.number, 0),
        sub_number=np.zeros(count, dtype=np.int64),
        outcome=np.where(kept.kept, Outcome.KEPT, Outcome.NONE).astype(np.int64),
        disordered=np.zeros(count, dtype=bool),
    )
    plain = _plain(sides, kept, rules, held)
    _allocate_plain(sides, sides.order[plain[sides.order]], result)
    rest = sides.order[~plain[sides.order]]
    outside = _by_group(sides, held)
    by_group = rest[np.argsort(sides.group[rest], kind="stable")]
    numbered = groupby(by_group.tolist(), key=sides.group.__getitem__)
    allocator = _GroupAllocator(sides, kept, rules, held)
    for group, rows in numbered:
        allocator.run(list(rows), outside.pop(int(group), []), result)
    for others in outside.values():
        allocator.run([], others, result)
    return result


def _by_group(sides: Sides, held: Held) -> dict[int, list[int]]:
    outside: dict[int, list[int]] = {}
    for row in held.rows:
        if sides.group[row] >= 0:
            outside.setdefault(int(sides.group[row]), []).append(row)
    return outside


def _plain(sides: Sides, kept: KeptNumbers, rules: Sequence[NumberingRule], held: Held) -> Booleans:
    """Return the doors of groups in which one street only has doors, and nothing is kept, reserved, skipped or odd."""
    placed = sides.order
    groups = int(sides.group.max(initial=-1)) + 1
    busy = np.zeros(groups, dtype=bool)
    busy[sides.group[kept.kept & (sides.street >= 0)]] = True
    unusual = np.array([*held.rows, *sides.covered, *sides.recessed], dtype=np.int64)
    busy[sides.group[unusual[sides.group[unusual] >= 0]]] = True
    special = np.array([bool(rule.skip) or i in held.reserved for i, rule in enumerate(rules)] or [False], dtype=bool)
    busy[sides.group[placed[special[sides.street[placed]]]]] = True
    low, high = np.full(groups, len(rules)), np.full(groups, -1)
    np.minimum.at(low, sides.group[placed], sides.street[placed])
    np.maximum.at(high, sides.group[placed], sides.street[placed])
    busy |= low != high
    plain = np.zeros(len(sides.street), dtype=bool)
    plain[placed] = ~busy[sides.group[placed]]
    return plain


def _allocate_plain(sides: Sides, rows: Integers, result: Allocation) -> None:
    """Number whole sides at once: each door its target, or one step above the door before, whichever is higher."""
    if not len(rows):
        return
    change = (np.diff(sides.street[rows]) != 0) | (np.diff(sides.odd[rows].astype(np.int8)) != 0)
    run = np.concatenate([[0], np.cumsum(change)])
    begin = np.concatenate([[0], np.flatnonzero(change) + 1])
    steps = STEP * (np.arange(len(rows)) - begin[run])
    # n(i) = max over j ≤ i of target(j) + 2 (i - j); a running maximum, kept apart by a stride no target reaches.
    stride = np.int64(1) << 36
    number = np.maximum.accumulate(sides.target[rows] - steps + run * stride) - run * stride + steps
    good = number <= LARGEST_NUMBER
    result.number[rows] = np.where(good, number, 0)
    as_ruled = np.where(number == sides.target[rows], Outcome.AS_RULED, Outcome.NEXT_FREE)
    result.outcome[rows] = np.where(good, as_ruled, Outcome.TOO_LARGE)


class _GroupAllocator:
    """Numbers the sides of one group one after another, longest street first, odd before even."""

    def __init__(self, sides: Sides, kept: KeptNumbers, rules: Sequence[NumberingRule], held: Held) -> None:
        self.sides, self.kept, self.rules, self.held = sides, kept, rules, held

    def run(self, rows: list[int], outside: list[int], result: Allocation) -> None:
        taken = self._taken(rows, outside)
        for (street, _), members in groupby(rows, key=lambda row: (self.sides.street[row], self.sides.odd[row])):
            rule = self.rules[street]
            taken.ranges_read = rule.sub_number == "-"
            self._side(list(members), taken, result)
        for row in outside:
            if row in self.held.attached and not self.kept.kept[row]:
                self._share(row, taken, result)

    def _taken(self, rows: list[int], outside: list[int]) -> TakenNumbers:
        """Return what the group's walls and skip lists take; a range takes all its numbers."""
        taken = TakenNumbers()
        for street in {int(self.sides.street[row]) for row in rows}:
            taken.numbers |= self.rules[street].skip
        for row in (*rows, *outside):
            if self.kept.number[row] >= 0:
                taken.numbers.update(range(self.kept.number[row], self.kept.last[row] + 1, STEP))
                if self.kept.rank[row]:
                    taken.take(int(self.kept.number[row]), int(self.kept.rank[row]))
        for wall in (self.held.retired[row] for row in outside if row in self.held.retired):
            if wall.number is not None and wall.last is not None:
                taken.numbers.update(range(wall.number, wall.last + 1, STEP))
                if wall.rank:
                    taken.take(wall.number, wall.rank)
        return taken

    def _share(self, row: int, taken: TakenNumbers, result: Allocation) -> None:
        """Give a door a sub-number of the number that its owner has; without one it gets none."""
        number = max(int(result.number[self.held.attached[row]]), 0)
        taken.ranges_read = self.rules[self.sides.street[row]].sub_number == "-"
        wanted = Edge(number, taken.next_sub(number, 0))
        _record([row], [give_sub_number(wanted, Outcome.SHARED, taken)], result)

    def _side(self, rows: list[int], taken: TakenNumbers, result: Allocation) -> None:
        rows = self._kept_sorted(rows)
        bounds = self._bounds(rows, result)
        first = 1 if self.sides.odd[rows[0]] else 2
        lower = Edge(first - STEP)
        for new, upper in self._gaps(rows, bounds):
            edge = None if upper is None else int(self.kept.number[upper])
            given = list(fill_gap(self._wishes(new), lower, edge, taken))
            _record(new, given, result)
            lower = self._edge_after(upper, given, lower) if upper is not None else lower

    def _kept_sorted(self, rows: list[int]) -> list[int]:
        """Return the side with kept doors at one centimetre in the order of their numbers."""
        sorted_rows: list[int] = []
        for _, same in groupby(rows, key=self.sides.centimetres.__getitem__):
            members = list(same)
            kept = iter(sorted((row for row in members if self.kept.kept[row]), key=self._kept_key))
            sorted_rows.extend(next(kept) if self.kept.kept[row] else row for row in members)
        return sorted_rows

    def _kept_key(self, row: int) -> tuple[int, int]:
        return int(self.kept.number[row]), int(self.kept.rank[row])

    def _bounds(self, rows: list[int], result: Allocation) -> set[int]:
        """Return the kept doors of the right parity that are in order; mark the others in `result`."""
        counted = [row for row in rows if self.kept.number[row] >= 0]
        right = [row for row in counted if self.kept.number[row] % 2 == self.sides.odd[row]]
        chain = [right[i] for i in in_order([int(self.kept.number[row]) for row in right])]
        bounds = set(chain)
        along = [int(self.sides.centimetres[row]) for row in chain]
        for row in counted:
            result.disordered[row] = row not in bounds and not self._beside(row, chain, along)
        return bounds

    def _beside(self, row: int, chain: list[int], along: list[int]) -> bool:
        """Tell whether a kept door would be in order if doors within a tenth of a metre changed places."""
        if self.kept.number[row] % 2 != self.sides.odd[row]:
            return False
        number, here = self.kept.number[row], int(self.sides.centimetres[row])
        before = bisect_left(along, here - TENTH_OF_A_METRE)
        after = bisect_right(along, here + TENTH_OF_A_METRE)
        low = self.kept.number[chain[before - 1]] if before else 0
        high = self.kept.number[chain[after]] if after < len(chain) else number
        return bool(low <= number <= high)

    def _gaps(self, rows: list[int], bounds: set[int]) -> Iterator[tuple[list[int], int | None]]:
        """Yield the new doors before each kept door in order, and at last those after all of them."""
        new: list[int] = []
        for row in rows:
            if row in bounds:
                yield new, row
                new = []
            elif not self.kept.kept[row]:
                new.append(row)
        yield new, None

    def _wishes(self, rows: list[int]) -> list[Wish]:
        sides, reserved = self.sides, self.held.reserved
        return [
            Wish(int(sides.target[row]), reserved.before(row), sides.covered.get(row), shares=row in sides.recessed)
            for row in rows
        ]

    def _edge_after(self, kept_row: int, given: list[Given], lower: Edge) -> Edge:
        """Return the lower edge of the gap after a kept door; sub-numbers go on after those of the same number."""
        number = int(self.kept.last[kept_row])
        ranks = [g.sub_number for g in given if g.number == number]
        if number == self.kept.number[kept_row]:
            ranks.append(int(self.kept.rank[kept_row]))
        if number == lower.number:
            ranks.append(lower.rank)
        return Edge(number, max(ranks, default=0))


def _record(rows: list[int], given: list[Given], result: Allocation) -> None:
    for row, (number, sub_number, outcome) in zip(rows, given, strict=True):
        result.number[row], result.sub_number[row], result.outcome[row] = number, sub_number, outcome
