"""Where a county's people live: towns along the valleys, hamlets in the villages, and how many doors each gets."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.random import Generator
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from geo_app.domain.demo_ground import Ground, county_town, waters
from geo_app.domain.demo_layout import TownSize, main_road_left
from geo_app.domain.demo_valley import Valley, dry_valley
from geo_app.domain.demo_values import CountyInputs, Floats

TOWN_SHARE = 0.6
"""Share of doors in towns; the others are in villages."""

CHIEF_SHARE = 0.5
"""Share of the towns' doors in the county town."""

HAMLET_DOORS = 55
"""Doors of a usual hamlet."""

HAMLETS_PER_VILLAGE = 6
"""From so many hamlets on, a village's hamlets grow instead."""

SMALLEST = 12
"""Doors of the smallest hamlet; what is less goes to the towns."""

FARM_DOORS = 160
"""From so many doors on a village is built like a town."""

GROUND_PER_DOOR = 260.0
"""Square metres of settlement per door, roads and gaps included; generous, so that hamlets keep apart."""


@dataclass(frozen=True)
class Site:
    """A settlement to be laid out: its doors, its place along its valley, its first size; `village` is -1 for a town."""

    doors: int
    valley: Valley
    centre: float
    size: TownSize
    township: int
    village: int

    def footprint(self) -> Polygon:
        """Return about the ground it takes, metres."""
        half = self.size.length / 2 + 90
        rows = self.size.water + 26 + 95 * (max(self.size.rows_left, 1) + 1)
        right = self.size.water + 26 + 95 * (self.size.rows_right + 1) if self.size.rows_right else 60.0
        along = np.linspace(-half, half, 12) + self.centre
        edges = [self.valley.place(along, np.full(12, left)) for left in (rows, -right)]
        return Polygon(np.vstack([edges[0], edges[1][::-1]])).buffer(0)


def choose_sites(inputs: CountyInputs, ground: Ground, addresses: int, random: Generator) -> tuple[Site, ...]:
    """Return towns and hamlets for `addresses` doors in all."""
    hamlets = _hamlet_doors(inputs, addresses, random)
    in_towns = addresses - sum(sum(doors) for doors in hamlets.values())
    towns = _towns(inputs, ground, in_towns, random)
    return (*towns, *_hamlets(inputs, ground, (towns, hamlets), random))


def _hamlet_doors(inputs: CountyInputs, addresses: int, random: Generator) -> dict[int, list[int]]:
    """Return the doors of each hamlet by village; a small total fills some villages rather than all a little."""
    count = len(inputs.villages)
    total = addresses * (1 - TOWN_SHARE)
    filled = min(count, int(total / (1.5 * SMALLEST)))
    chosen = random.permutation(count)[:filled]
    weights = random.uniform(0.6, 1.4, filled)
    doors: dict[int, list[int]] = {}
    for village, share in zip(chosen, weights / max(weights.sum(), 1e-9), strict=True):
        mine = int(total * share)
        parts = int(np.clip(round(mine / HAMLET_DOORS), 1, HAMLETS_PER_VILLAGE))
        doors[int(village)] = [mine // parts] * parts if mine // parts >= SMALLEST else []
    return doors


def _towns(inputs: CountyInputs, ground: Ground, doors: int, random: Generator) -> tuple[Site, ...]:
    """Return a town per township that gets at least SMALLEST doors; subdistricts are part of the county town."""
    chief = county_town(inputs)
    counts = np.array([sum(v.parent_code == t.code for v in inputs.villages) for t in inputs.townships]) + 1.0
    share = counts * random.uniform(0.7, 1.3, len(counts))
    joined = _joined(ground, chief)
    share[joined] = 0.0
    share[chief] = 0.0
    share *= (1 - CHIEF_SHARE) / max(share.sum(), 1e-9)
    if doors * np.max(share, initial=0) < 3 * SMALLEST:
        share[:] = 0.0
    share[chief] = 1 - share.sum()
    quota = (doors * share).astype(np.int64)
    quota[quota < SMALLEST] = 0
    quota[chief] += doors - quota.sum()
    return tuple(_town(ground, i, int(quota[i]), chief) for i in np.argsort(-quota) if quota[i])


def _joined(ground: Ground, chief: int) -> list[int]:
    """Townships whose seat lies within 3 km of the county town's along the same valley."""
    near = np.hypot(*(ground.seats - ground.seats[chief]).T) < 3000
    return [int(i) for i in np.flatnonzero(near) if i != chief and ground.valleys[i] is ground.valleys[chief]]


def _town(ground: Ground, township: int, doors: int, chief: int) -> Site:
    valley = ground.valleys[township]
    rows = int(np.clip(round((doors / 150) ** 0.5), 2, 14))
    if township == chief and doors > 900:
        rows = max(rows, 6)
    right = int(rows * 0.5) if doors > 700 else 0
    length = max(160.0, doors * 190.0 / (75.0 * (rows + right)))
    size = TownSize(length, rows, right, valley.half_width)
    seats = [township, *(_joined(ground, chief) if township == chief else [])]
    centre = float(np.mean([valley.nearest(ground.seats[seat]) for seat in seats]))
    return Site(doors, valley, centre, size, township, -1)


def _hamlets(
    inputs: CountyInputs, ground: Ground, plan: tuple[tuple[Site, ...], dict[int, list[int]]], random: Generator
) -> list[Site]:
    towns, hamlets = plan
    taken = [town.footprint().buffer(120) for town in towns]
    keep_out = shapely.union_all([waters(ground).buffer(90), main_roads(ground).buffer(70), *taken])
    shapely.prepare(keep_out)
    parents = {t.code: i for i, t in enumerate(inputs.townships)}
    placed: list[tuple[float, float, float]] = []
    sites: list[Site] = []
    for village, doors in sorted(hamlets.items()):
        spots = _spots(ground, village, keep_out, random)
        parent = inputs.villages[village].parent_code
        township = parents[parent] if parent in parents else 0
        sites.extend(_settle_village((village, township), doors, (spots, placed), random))
    return sites


def _spots(ground: Ground, village: int, keep_out: BaseGeometry, random: Generator) -> Floats:
    """Return places in a village with the free radius around each: rows of x, y, metres."""
    shape = ground.village_shape(village)
    west, south, east, north = shape.bounds
    points = np.column_stack([random.uniform(west, east, 160), random.uniform(south, north, 160)])
    points = points[shapely.contains_xy(shape, points[:, 0], points[:, 1])]
    geometries = shapely.points(points)
    free = np.minimum(shapely.distance(geometries, keep_out), shapely.distance(geometries, shape.boundary))
    return np.column_stack([points, free])


def _settle_village(
    where: tuple[int, int], doors: list[int], land: tuple[Floats, list[tuple[float, float, float]]], random: Generator
) -> list[Site]:
    village, township = where
    spots, placed = land
    sites: list[Site] = []
    for wanted in doors:
        radius = _radius(wanted)
        free = spots[:, 2].copy()
        for x, y, r in placed:
            free = np.minimum(free, np.hypot(spots[:, 0] - x, spots[:, 1] - y) - r)
        fits = np.flatnonzero(free >= radius)
        if not len(fits):
            continue
        x, y, _ = spots[fits[int(random.integers(len(fits)))]]
        placed.append((float(x), float(y), radius))
        valley = dry_valley(np.array([x, y]), max(2 * radius, 300.0), random)
        sites.append(Site(wanted, valley, valley.length / 2, _hamlet_size(wanted), township, village))
    return sites


def _radius(doors: int) -> float:
    return 40.0 + float(np.sqrt(doors * (900.0 if doors < FARM_DOORS else GROUND_PER_DOOR) * 1.3))


def _hamlet_size(doors: int) -> TownSize:
    if doors < FARM_DOORS:
        return TownSize(max(110.0, doors * 5.5), 1 if doors < 90 else 2, 1, 0.0, farms=True)
    rows = int(np.clip(round((doors / 130) ** 0.5), 2, 9))
    return TownSize(max(200.0, doors * 150.0 / (75.0 * 2 * rows)), rows, rows, 0.0)


def main_roads(ground: Ground) -> BaseGeometry:
    """Return the roads that lead down every valley, metres; in towns they are the main road."""
    return shapely.union_all([valley_road(valley) for valley in dict.fromkeys((ground.river, *ground.valleys))])


def valley_road(valley: Valley) -> BaseGeometry:
    """Return the road along a valley, left of its water, metres."""
    left = main_road_left(valley.half_width)
    return shapely.linestrings(valley.place(valley.along, np.full(len(valley.along), left)))
