"""A settlement's plan in straight coordinates: rows along the valley, crossings, lanes, and their frontages.

Coordinates are metres `along` the valley from the settlement's middle and `left` of the river. Everything is kept apart
here, where it is easy; `demo_valley.Bend` then makes it look grown.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum
from itertools import pairwise

import numpy as np
from numpy.random import Generator

from geo_app.domain.demo_real_roads import RealRoads
from geo_app.domain.demo_values import DemoStreetKind, Floats


class Style(IntEnum):
    """How a frontage is built up."""

    SHOPS = 0
    HOUSES = 1
    FARMS = 2


DOORS_PER_METRE = {Style.SHOPS: 0.155, Style.HOUSES: 0.085, Style.FARMS: 0.048}
"""Measured on what demo_doors builds; used only to size a settlement."""

LOT_DEPTH = 17.0
"""Metres from the road's edge to the back of a lot."""

LANE_SPACING = 44.0
"""Least metres between two lanes with houses on both sides."""


@dataclass(frozen=True, slots=True)
class PlannedStreet:
    """A street in layout coordinates; `name` is empty for one to be made up, `parent` the street a lane leaves."""

    kind: DemoStreetKind
    path: Floats
    name: str = ""
    parent: int = -1


@dataclass(frozen=True, slots=True)
class Frontage:
    """A stretch of one side of a street: `fixed` is a row's left (a crossing's along), `first`-`last` run along it.

    `side` is +1 where the lots lie at higher `left` (rows) or higher `along` (crossings). `corners` are the streets
    crossed at the first and last end, -1 for none.
    """

    street: int
    on_row: bool
    fixed: float
    side: int
    first: float
    last: float
    half_width: float
    style: Style
    corners: tuple[int, int] = (-1, -1)


@dataclass
class Row:
    """A street along the valley; `street` and `north` are its southern and northern section (the same if undivided)."""

    left: float
    low: float
    high: float
    half_width: float
    street: int
    north: int
    divide: float
    style: Style
    obstacles: dict[int, list[tuple[float, float, int]]] = field(default_factory=lambda: {1: [], -1: []})

    def block(self, side: int, along: float, half_width: float, street: int) -> None:
        """Note that `street` leaves this row on `side` at `along`."""
        self.obstacles[side].append((along, half_width, street))

    def frontages(self, side: int) -> Iterator[Frontage]:
        """Yield the stretches between the streets that leave the row on `side`."""
        start, corner = self.low, -1
        # Where two sections meet a frontage ends, although no street leaves there.
        sections = [(self.divide, 0.2, -1)] if self.street != self.north else []
        for along, half, street in sorted([*self.obstacles[side], *sections], key=_beginning):
            yield from self._stretch(side, (start, min(along - half, self.high)), (corner, street))
            start, corner = max(start, along + half), street
        yield from self._stretch(side, (start, self.high), (corner, -1))

    def _stretch(self, side: int, ends: tuple[float, float], corners: tuple[int, int]) -> Iterator[Frontage]:
        if ends[1] - ends[0] > 8:
            street = self.street if sum(ends) / 2 < self.divide else self.north
            yield Frontage(street, True, self.left, side, *ends, self.half_width, self.style, corners)


USUAL_FRONT = 5.6
"""Metres of front per shop door where there is room enough."""


def _beginning(obstacle: tuple[float, float, int]) -> float:
    along, half_width, _ = obstacle
    return along - half_width


@dataclass(frozen=True, slots=True)
class TownSize:
    """How large a settlement is: metres long, rows on the left and right bank, half the river's width (0: dry).

    `front` is the metres of front per shop door. Beyond `longest` metres it would run into the next one, so it grows
    in depth instead.
    """

    length: float
    rows_left: int
    rows_right: int
    water: float
    farms: bool = False
    longest: float = float("inf")
    front: float = USUAL_FRONT


@dataclass
class Layout:
    """The streets and frontages of one settlement."""

    streets: list[PlannedStreet] = field(default_factory=list)
    frontages: list[Frontage] = field(default_factory=list)
    front: float = USUAL_FRONT

    def add(self, street: PlannedStreet) -> int:
        """Add a street and return its index."""
        self.streets.append(street)
        return len(self.streets) - 1

    def doors(self) -> float:
        """Return about how many doors the frontages will get."""
        crowding = {Style.SHOPS: USUAL_FRONT / self.front, Style.HOUSES: 1.0, Style.FARMS: 1.0}
        return sum((f.last - f.first) * DOORS_PER_METRE[f.style] * crowding[f.style] for f in self.frontages)


ROW_END = 30.0
"""Metres about a row's end in which no long street passes: it would cut through the last houses."""

RIVER_TO_MAIN = 70.0
"""Metres from the riverside road to the main road."""


def main_road_left(water: float) -> float:
    """Return how far left of the curve the main road runs: beyond the riverside road, or on a dry curve itself."""
    return water + 26 + RIVER_TO_MAIN if water else 0.0


def lay_out(size: TownSize, real: RealRoads, random: Generator) -> Layout:
    """Return a settlement's layout: rows, crossings from row to row, lanes and dead ends between them."""
    layout = Layout(front=size.front)
    rows = sorted(_rows(layout, size, real, random), key=lambda row: row.left)
    crossings = _Crossings(layout, rows, size, random)
    crossings.real(real)
    crossings.long_ones()
    for lower, upper in pairwise(rows):
        if upper.left * lower.left > 0 or not size.water:
            crossings.between(lower, upper)
    crossings.outwards()
    _row_frontages(layout, rows, size)
    return layout


def _rows(layout: Layout, size: TownSize, real: RealRoads, random: Generator) -> Iterator[Row]:
    for bank, count in ((1, size.rows_left), (-1, size.rows_right)):
        left = size.water + 26 if size.water else 0.0
        names = real.rows if bank > 0 else ()
        for rank in range(count):
            name = names[rank] if rank < len(names) else ""
            # A named row must reach the real streets that cross it.
            least = 0.66 if name else 0.35
            reach = size.length / 2 * max(least, 1 - 0.11 * rank * random.uniform(0.6, 1.3))
            middle = random.uniform(-0.03, 0.03) * size.length * min(rank, 2)
            if bank > 0 or rank or size.water:
                yield _row(layout, (bank * left, middle - reach, middle + reach), (rank, name), (size, real))
            left += RIVER_TO_MAIN if not rank and size.water else float(random.choice((56, 64, 78, 96, 118)))


def _row(
    layout: Layout, place: tuple[float, float, float], rank_name: tuple[int, str], setting: tuple[TownSize, RealRoads]
) -> Row:
    left, low, high = place
    rank, name = rank_name
    size, real = setting
    low, high = real.reach(name, size.length, (low, high))
    riverside = rank == 0 and size.water > 0
    kind = DemoStreetKind.RIVERSIDE if riverside else DemoStreetKind.ROAD
    kind = DemoStreetKind.VILLAGE_GROUP if size.farms else kind
    half = 3.0 if size.farms else (8.0 if rank == 1 else 5.5)
    style = Style.FARMS if size.farms else Style.SHOPS
    divide = 0.0
    if name in real.divided:
        south = layout.add(PlannedStreet(kind, _straight((low, left), (divide, left)), name + "南段"))
        north = layout.add(PlannedStreet(kind, _straight((divide, left), (high, left)), name + "北段"))
    else:
        south = north = layout.add(PlannedStreet(kind, _straight((low, left), (high, left)), name))
    return Row(left, low, high, half, south, north, divide, style)


def _straight(a: tuple[float, float], b: tuple[float, float]) -> Floats:
    """Return points from a to b every 14 m or so: the bend needs them."""
    steps = max(2, int(np.hypot(a[0] - b[0], a[1] - b[1]) / 14) + 1)
    return np.column_stack([np.linspace(a[i], b[i], steps) for i in (0, 1)])


def _row_frontages(layout: Layout, rows: list[Row], size: TownSize) -> None:
    for row in rows:
        for side in (1, -1):
            to_river = size.water and abs(row.left) == size.water + 26 and side * row.left < 0
            if not to_river:
                layout.frontages.extend(row.frontages(side))


@dataclass
class _Crossings:
    """Adds the streets that lead from row to row."""

    layout: Layout
    rows: list[Row]
    size: TownSize
    random: Generator
    taken: list[tuple[float, float, float]] = field(default_factory=list)

    def real(self, real: RealRoads) -> None:
        """Add the real cross streets whose rows exist."""
        named = {name: rank for rank, name in enumerate(real.rows) if rank < self.size.rows_left}
        left_rows = [row for row in self.rows if row.left > 0 or not self.size.water]
        for cross in real.crossings:
            if cross.east in named and cross.west in named:
                first, last = sorted((named[cross.east], named[cross.west]))
                along = cross.place * self.size.length
                self._through(left_rows[first : last + 1], along, (DemoStreetKind.STREET, cross.name))

    def long_ones(self) -> None:
        """Add cross streets through most rows, every 250-450 m, one of them over the river."""
        along = -self.size.length / 2 + self.random.uniform(60, 160)
        bridged = not (self.size.water and self.size.rows_right)
        while along < self.size.length / 2 - 40:
            while any(abs(along - end) < ROW_END for row in self.rows for end in (row.low, row.high)):
                along += ROW_END / 2
            rows = [row for row in self.rows if row.low < along < row.high]
            for bank in (1, -1):
                side = [row for row in rows if np.sign(row.left or 1) == bank]
                reach = len(side) - int(self.random.random() < 0.3)
                side = side[:reach] if bank > 0 else side[len(side) - reach :]
                self._through(side, along, (DemoStreetKind.STREET, ""))
            if not bridged and along > -0.1 * self.size.length:
                bridged = self._bridge(rows, along)
            along += self.random.uniform(240, 430)

    def _bridge(self, rows: list[Row], along: float) -> bool:
        low = max((row.left for row in rows if row.left < 0), default=None)
        high = min((row.left for row in rows if row.left > 0), default=None)
        if low is None or high is None:
            return False
        self.layout.add(PlannedStreet(DemoStreetKind.BRIDGE, _straight((along, low), (along, high)), "bridge"))
        return True

    def _through(self, rows: list[Row], along: float, street: tuple[DemoStreetKind, str]) -> None:
        if len(rows) < 2 or not self._free(along, (rows[0].left, rows[-1].left)):
            return
        kind, name = street
        path = _straight((along, rows[0].left), (along, rows[-1].left))
        index = self.layout.add(PlannedStreet(kind, path, name, rows[0].street))
        for lower, upper in pairwise(rows):
            lower.block(1, along, 8.0, index)
            upper.block(-1, along, 8.0, index)
            self._sides(index, along, (lower.left + lower.half_width, upper.left - upper.half_width), 4.5)

    def _free(self, along: float, span: tuple[float, float]) -> bool:
        clash = any(abs(along - a) < LANE_SPACING and span[0] < high and low < span[1] for a, low, high in self.taken)
        if not clash:
            self.taken.append((along, *span))
        return not clash

    def _sides(self, street: int, along: float, edges: tuple[float, float], half: float) -> None:
        """Add both frontages of a crossing between the lots of the rows at its ends."""
        first, last = edges[0] + LOT_DEPTH, edges[1] - LOT_DEPTH
        style = Style.FARMS if self.size.farms else Style.HOUSES
        if last - first > 9:
            self.layout.frontages.extend(
                Frontage(street, False, along, side, first, last, half, style) for side in (1, -1)
            )

    def between(self, lower: Row, upper: Row) -> None:
        """Fill the block between two rows with short streets and dead-end lanes."""
        low, high = max(lower.low, upper.low) + 25, min(lower.high, upper.high) - 25
        depth = upper.left - lower.left
        along = low + self.random.uniform(0, 60)
        while along < high:
            draw = self.random.random()
            if depth < 70 or draw < 0.45:
                if draw < 0.8:
                    self._through([lower, upper], along, (DemoStreetKind.LANE, ""))
            else:
                self._dead_end(lower if draw < 0.75 else upper, along, depth if draw < 0.75 else -depth)
            along += self.random.uniform(LANE_SPACING + 4, 150)

    def _dead_end(self, row: Row, along: float, depth: float) -> None:
        """Add a lane from `row` into the block `depth` metres deep, stopping short of the lots behind."""
        side = 1 if depth > 0 else -1
        end = row.left + depth - side * (LOT_DEPTH + 10)
        if not self._free(along, (min(row.left, end), max(row.left, end))):
            return
        kind = DemoStreetKind.VILLAGE_GROUP if self.size.farms else DemoStreetKind.LANE
        index = self.layout.add(PlannedStreet(kind, _straight((along, row.left), (along, end)), "", row.street))
        row.block(side, along, 6.0, index)
        edges = (
            (row.left + row.half_width, end + LOT_DEPTH) if side > 0 else (end - LOT_DEPTH, row.left - row.half_width)
        )
        self._sides(index, along, edges, 3.0)

    def outwards(self) -> None:
        """Add dead ends up the slope from the outermost rows."""
        edges = [(self.rows[-1], 1)] + ([(self.rows[0], -1)] if self.size.rows_right or not self.size.water else [])
        for row, side in edges:
            along = row.low + self.random.uniform(20, 90)
            while along < row.high - 15:
                depth = self.random.uniform(55, 130) + LOT_DEPTH
                self._dead_end(row, along, side * depth)
                along += self.random.uniform(LANE_SPACING + 6, 170)


def lay_out_for(doors: float, size: TownSize, real: RealRoads, random: Generator) -> Layout:
    """Return a layout with at least about `doors` doors: `size` made larger until it holds them, 25 times at most."""
    seed = int(random.integers(2**62))
    for _ in range(25):
        layout = lay_out(size, real, np.random.default_rng(seed))
        held = layout.doors()
        if held >= doors:
            return layout
        size = _grown(size, min(2.0, max(1.08, doors / max(held, 1))))
    return layout


def _grown(size: TownSize, factor: float) -> TownSize:
    if size.length * factor <= size.longest:
        return replace(size, length=size.length * factor)
    deeper = max(1, round(size.rows_left * (factor - 1)))
    right = deeper if size.rows_right else 0
    return replace(size, length=size.longest, rows_left=size.rows_left + deeper, rows_right=size.rows_right + right)
