"""Outlines nobody surveyed: a county's ground shared out among townships and villages, with crooked borders."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.random import Generator
from shapely.geometry import MultiPolygon, Polygon

from geo_app.domain.demo_values import Floats, Integers

CELLS_PER_VILLAGE = 36
"""Small cells a village is made of: enough for crooked borders, few enough to be quick."""

Ground = Polygon | MultiPolygon


@dataclass(frozen=True)
class Cells:
    """The county in small Voronoi cells: `points` (n, 2) metres, `shapes` (n,), `neighbours` by cell, `areas` m².

    `whole` are the cells before they were cut off at the county's outline.
    """

    points: Floats
    shapes: np.ndarray
    whole: np.ndarray
    neighbours: Sequence[Sequence[int]]
    areas: Floats


def cut_into_cells(county: Ground, villages: int, random: Generator) -> Cells:
    """Return cells that tile `county` (metres) without gap or overlap."""
    wanted = max(villages, 2) * CELLS_PER_VILLAGE
    points = _scattered(county, wanted, random)
    diagram = shapely.get_parts(
        shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=county.buffer(2000).envelope)
    )
    # The diagram comes in its own order: bring it into that of the points.
    tree = shapely.STRtree(diagram)
    which, cell = tree.query(shapely.points(points), predicate="within")
    order = np.empty(len(points), dtype=np.int64)
    order[which] = cell
    whole = diagram[order]
    shapes = shapely.intersection(whole, county)
    return Cells(points, shapes, whole, _touching(whole, shapes), shapely.area(shapes))


def _scattered(county: Ground, wanted: int, random: Generator) -> Floats:
    """Points on a shaken grid, inside `county`."""
    west, south, east, north = county.bounds
    step = np.sqrt(county.area / wanted)
    columns, rows = np.meshgrid(np.arange(west, east + step, step), np.arange(south, north + step, step))
    grid = np.column_stack([columns.ravel(), rows.ravel()])
    points = grid + random.uniform(-0.45, 0.45, grid.shape) * step
    return np.asarray(points[shapely.contains_xy(county, points[:, 0], points[:, 1])])


def _touching(whole: np.ndarray, shapes: np.ndarray) -> list[list[int]]:
    one, other = shapely.STRtree(shapes).query(shapes, predicate="touches")
    shared = shapely.length(shapely.intersection(shapely.boundary(shapes[one]), shapely.boundary(shapes[other])))
    near: list[list[int]] = [[] for _ in whole]
    for a, b in zip(one[shared > 1], other[shared > 1], strict=True):
        near[a].append(int(b))
    return near


def share_out(cells: Cells, among: Integers, seeds: Floats, weights: Floats) -> Integers:
    """Return for each cell of `among` the seed (index) it goes to; areas follow `weights`, regions hang together.

    The region furthest behind its share takes the free neighbour cell nearest to its seed, until none is left.
    """
    owner = np.full(len(cells.points), -1)
    growth = _Growth(cells, owner, np.isin(np.arange(len(owner)), among), seeds)
    target = weights / weights.sum()
    growth.plant(among)
    queue = [(0.0, region) for region in range(len(seeds))]
    while queue:
        _, region = heapq.heappop(queue)
        taken = growth.extend(region)
        if taken >= 0:
            heapq.heappush(queue, (growth.area[region] / target[region], region))
    growth.adopt(among)
    return owner[among]


class _Growth:
    """Regions growing over free cells."""

    def __init__(self, cells: Cells, owner: Integers, allowed: np.ndarray, seeds: Floats) -> None:
        self.cells, self.owner, self.allowed, self.seeds = cells, owner, allowed, seeds
        self.area = np.zeros(len(seeds))
        self.fronts: list[list[tuple[float, int]]] = [[] for _ in seeds]

    def plant(self, among: Integers) -> None:
        """Put each seed on the free cell nearest to it."""
        for region, seed in enumerate(self.seeds):
            free = among[self.owner[among] < 0]
            if not len(free):
                return
            distances = np.hypot(*(self.cells.points[free] - seed).T)
            heapq.heappush(self.fronts[region], (0.0, int(free[np.argmin(distances)])))
            self.extend(region)

    def extend(self, region: int) -> int:
        """Give `region` its nearest free cell and return it; -1 when it is shut in."""
        front = self.fronts[region]
        while front:
            _, cell = heapq.heappop(front)
            if self.owner[cell] < 0:
                self._take(region, cell)
                return cell
        return -1

    def _take(self, region: int, cell: int) -> None:
        self.owner[cell] = region
        self.area[region] += self.cells.areas[cell]
        for near in self.cells.neighbours[cell]:
            if self.allowed[near] and self.owner[near] < 0:
                distance = float(np.hypot(*(self.cells.points[near] - self.seeds[region])))
                heapq.heappush(self.fronts[region], (distance, near))

    def adopt(self, among: Integers) -> None:
        """Give cells no region could reach (islands of the outline) to the nearest seed."""
        for cell in among[self.owner[among] < 0]:
            self.owner[cell] = int(np.argmin(np.hypot(*(self.seeds - self.cells.points[cell]).T)))


def spread_seeds(points: Floats, wanted: int, random: Generator, fixed: Floats | None = None) -> Floats:
    """Return `wanted` of `points`, far from each other and from the `fixed` ones, which come first."""
    chosen = list(fixed) if fixed is not None else []
    nearest = np.full(len(points), np.inf)
    for place in chosen:
        nearest = np.minimum(nearest, np.hypot(*(points - place).T))
    while len(chosen) < wanted:
        # Best of a handful at random: spread out, but not as even as a lattice.
        tried = random.integers(0, len(points), 12)
        best = points[tried[np.argmax(nearest[tried])]]
        chosen.append(best)
        nearest = np.minimum(nearest, np.hypot(*(points - best).T))
    return np.array(chosen[:wanted]).reshape(-1, 2)


def made_up_county(area_km2: float, random: Generator) -> Polygon:
    """Return a made-up outline in metres around the origin: round-ish, with bays."""
    angles = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    waves = sum(random.uniform(0.02, 0.22 / k) * np.sin(k * angles + random.uniform(0, 6.28)) for k in range(2, 9))
    radius = (1 + waves) * np.sqrt(area_km2 * 1e6 / np.pi)
    return Polygon(np.column_stack([radius * np.cos(angles), radius * 1.15 * np.sin(angles)])).buffer(0)


def united(shapes: np.ndarray) -> Ground:
    """Return one shape of cells."""
    shape = shapely.coverage_union_all(shapes) if len(shapes) > 1 else shapes[0]
    if not isinstance(shape, Polygon | MultiPolygon):
        raise TypeError(shape.geom_type)
    return shape
