"""Where a county's people live: towns along the valleys, hamlets in the villages, and how many doors each gets."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.random import Generator
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from geo_app.domain.demo_ground import Ground, county_town, waters
from geo_app.domain.demo_layout import USUAL_FRONT, TownSize, main_road_left
from geo_app.domain.demo_valley import Valley, dry_valley
from geo_app.domain.demo_values import CountyInputs, Floats
from geo_app.domain.division import Level

TOWN_SHARE = (0.6, 0.35)
"""Share of doors in towns, with up to 100,000 and with 1,000,000 in all; the others are in villages."""

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

TRIES = 6
"""Times towns and hamlets are fitted to each other."""

SLACK = 0.04
"""Share of doors that may find no place here: settlements are laid out a little too large anyway."""

LARGE_TOWN = 40_000
"""Doors of the county town beyond which it takes only a fifth of any more."""

DEEPEST = 1900.0
"""Metres a town reaches from its river; valleys bend too sharply for more."""

GROUND_PER_DOOR = 170.0
"""Square metres of settlement per door, roads and gaps included, at the usual front per door."""

CROWDED = (400.0, 1500.0)
"""Doors per km² of county at which fronts begin to narrow, and at which they are narrowest."""

NARROWEST_FRONT = 3.4
"""Metres of front per shop door in the most crowded county."""


def front_per_door(ground: Ground, addresses: int) -> float:
    """Return the metres of front per shop door, narrower where the county is crowded."""
    return float(np.interp(addresses / (ground.county.area / 1e6), CROWDED, (USUAL_FRONT, NARROWEST_FRONT)))


@dataclass(frozen=True)
class Site:
    """A settlement to be laid out: doors, place along its valley, first size; `village` is -1 for a town."""

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
    """Return towns and hamlets for `addresses` doors in all; what finds no room in the villages goes to the towns."""
    hamlets = _hamlet_doors(inputs, ground, addresses, random)
    seed = int(random.integers(2**62))
    front = front_per_door(ground, addresses)
    in_towns = addresses - sum(sum(doors) for doors in hamlets.values())
    for _ in range(TRIES):
        again = np.random.default_rng(seed)
        towns = _towns(inputs, ground, (in_towns, front), again)
        villages = _hamlets(inputs, ground, (towns, hamlets, front), again)
        missing = addresses - in_towns - sum(site.doors for site in villages)
        if missing <= SLACK * addresses:
            break
        in_towns += missing
    return (*towns, *villages)


def _hamlet_doors(inputs: CountyInputs, ground: Ground, addresses: int, random: Generator) -> dict[int, list[int]]:
    """Return the doors of each hamlet by village; a small total fills some villages, not all a little."""
    count = len(inputs.villages)
    total = addresses * (1 - float(np.interp(addresses, (1e5, 1e6), TOWN_SHARE)))
    filled = min(count, int(total / (1.5 * SMALLEST)))
    chosen = random.permutation(count)[:filled]
    areas = np.bincount(ground.owner, ground.cells.areas, minlength=count)[chosen]
    # Large villages have more people, but not in proportion; where it gets crowded ground is all that counts.
    weights = random.uniform(0.6, 1.4, filled) * areas ** min(1.0, 0.5 + addresses / 600_000)
    doors: dict[int, list[int]] = {}
    for village, share in zip(chosen, weights / max(weights.sum(), 1e-9), strict=True):
        mine = int(total * share)
        parts = int(np.clip(round(mine / HAMLET_DOORS), 1, HAMLETS_PER_VILLAGE))
        doors[int(village)] = [mine // parts] * parts if mine // parts >= SMALLEST else []
    return doors


def _towns(inputs: CountyInputs, ground: Ground, load: tuple[int, float], random: Generator) -> tuple[Site, ...]:
    """Return a town per township that gets at least SMALLEST doors; subdistricts are part of the county town."""
    doors, front = load
    chief = county_town(inputs)
    counts = np.array([sum(v.parent_code == t.code for v in inputs.villages) for t in inputs.townships]) + 1.0
    share = counts * random.uniform(0.7, 1.3, len(counts))
    joined = _joined(ground, chief)
    share[joined] = 0.0
    share[chief] = 0.0
    chief_doors = min(doors * CHIEF_SHARE, LARGE_TOWN + 0.2 * max(doors - 2 * LARGE_TOWN, 0))
    share *= (1 - chief_doors / max(doors, 1)) / max(share.sum(), 1e-9)
    if doors * np.max(share, initial=0) < 3 * SMALLEST:
        share[:] = 0.0
    share[chief] = 1 - share.sum()
    quota = (doors * share).astype(np.int64)
    quota[quota < SMALLEST] = 0
    quota[chief] += doors - quota.sum()
    return tuple(_town(ground, i, (int(quota[i]), front), chief) for i in np.argsort(-quota) if quota[i])


def _joined(ground: Ground, chief: int) -> list[int]:
    """Townships whose seat lies within 3 km of the county town's along the same valley."""
    near = np.hypot(*(ground.seats - ground.seats[chief]).T) < 3000
    return [int(i) for i in np.flatnonzero(near) if i != chief and ground.valleys[i] is ground.valleys[chief]]


def _town(ground: Ground, township: int, load: tuple[int, float], chief: int) -> Site:
    doors, front = load
    valley = ground.valleys[township]
    rows = int(np.clip(round((doors / 85) ** 0.5), 2, 20))
    if township == chief and doors > 900:
        rows = max(rows, 6)
    right = int(rows * (0.45 if doors < 20_000 else 0.9)) if doors > 700 else 0
    length = max(160.0, doors * 190.0 * front / USUAL_FRONT / (75.0 * (rows + right)))
    centre = _centre(ground, township, chief)
    longest = _room_along(ground, township, chief)
    size = TownSize(min(length, longest), rows, right, valley.half_width, longest=longest, front=front)
    return Site(doors, valley, centre, size, township, -1)


def _centre(ground: Ground, township: int, chief: int) -> float:
    """Return where along its valley a town lies: at its seat, the county town between its own and its subdistricts'."""
    valley = ground.valleys[township]
    seats = [township, *(_joined(ground, chief) if township == chief else [])]
    return float(np.mean([valley.nearest(ground.seats[seat]) for seat in seats]))


def _room_along(ground: Ground, township: int, chief: int) -> float:
    """Return how long a town may grow before it meets the next one, its valley's end, or its brook's river."""
    valley, centre = ground.valleys[township], _centre(ground, township, chief)
    joined = _joined(ground, chief)
    others = [i for i in range(len(ground.seats)) if ground.valleys[i] is valley and i != township and i not in joined]
    between = [abs(_centre(ground, i, chief) - centre) / 2 - 130 for i in others]
    mouth = 0.0 if valley is ground.river else DEEPEST
    ends = [centre + 500.0, valley.length - mouth - centre]
    return max(2 * min([*between, *ends]), 300.0)


def _hamlets(
    inputs: CountyInputs, ground: Ground, plan: tuple[tuple[Site, ...], dict[int, list[int]], float], random: Generator
) -> list[Site]:
    towns, hamlets, front = plan
    taken = [town.footprint().buffer(120) for town in towns]
    keep_out = shapely.union_all([waters(ground).buffer(90), main_roads(ground).buffer(70), *taken])
    # Only distances of tens of metres matter: fewer vertices, ten times the speed.
    keep_out = keep_out.simplify(15)
    parents = {t.code: i for i, t in enumerate(inputs.townships)}
    placed: list[tuple[float, float, float]] = []
    sites: list[Site] = []
    grounded = set(ground.owner.tolist())
    for village, doors in sorted(item for item in hamlets.items() if item[0] in grounded):
        spots = _spots(ground, village, keep_out, random)
        township = parents.get(inputs.villages[village].code.at(Level.TOWNSHIP), 0)
        sites.extend(_settle_village((village, township, front), doors, (spots, placed), random))
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
    where: tuple[int, int, float],
    doors: list[int],
    land: tuple[Floats, list[tuple[float, float, float]]],
    random: Generator,
) -> list[Site]:
    village, township, front = where
    spots, placed = land
    sites: list[Site] = []
    for wanted in doors:
        radius = _radius(wanted, front)
        free = spots[:, 2].copy()
        for x, y, r in placed:
            free = np.minimum(free, np.hypot(spots[:, 0] - x, spots[:, 1] - y) - r)
        fits = np.flatnonzero(free >= radius)
        if not len(fits):
            continue
        x, y, _ = spots[fits[int(random.integers(len(fits)))]]
        placed.append((float(x), float(y), radius))
        valley = dry_valley(np.array([x, y]), max(2 * radius, 300.0), random)
        sites.append(Site(wanted, valley, valley.length / 2, _hamlet_size(wanted, front), township, village))
    return sites


def _radius(doors: int, front: float) -> float:
    per_door = 550.0 if doors < FARM_DOORS else 0.75 * GROUND_PER_DOOR * front / USUAL_FRONT
    return 40.0 + float(np.sqrt(doors * per_door))


def _hamlet_size(doors: int, front: float) -> TownSize:
    if doors < FARM_DOORS:
        return TownSize(max(110.0, doors * 5.5), 1 if doors < 90 else 2, 1, 0.0, farms=True)
    # As long as it is deep: a square fits best into a village.
    rows = int(np.clip(round((doors * GROUND_PER_DOOR * front / USUAL_FRONT) ** 0.5 / 164), 1, 9))
    return TownSize(max(150.0, doors * 130.0 * front / USUAL_FRONT / (75.0 * 2 * rows)), rows, rows, 0.0, front=front)


def main_roads(ground: Ground) -> BaseGeometry:
    """Return the roads that lead down every valley, metres; in towns they are the main road."""
    return shapely.union_all([valley_road(valley) for valley in dict.fromkeys((ground.river, *ground.valleys))])


def valley_road(valley: Valley) -> LineString:
    """Return the road along a valley, left of its water, metres."""
    left = main_road_left(valley.half_width)
    return LineString(valley.place(valley.along, np.full(len(valley.along), left)))
