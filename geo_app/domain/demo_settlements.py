"""Settlements side by side: where two come into each other's way, the larger one stays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo_app.domain.demo_doors import Settled
from geo_app.domain.demo_ground import Ground
from geo_app.domain.demo_layout import Layout
from geo_app.domain.demo_sites import Site, main_roads
from geo_app.domain.demo_valley import Bend
from geo_app.domain.demo_values import Floats

ROAD_EDGE = 5.0
"""Metres from the middle of a valley road within which nothing is built."""

SLICE = 300.0
"""Metres of the slices a settlement's ground is taken in."""

APART = 12.0
"""Metres two settlements keep apart."""


@dataclass(frozen=True)
class Settlement:
    """A settlement with everything on it, still in metres."""

    site: Site
    layout: Layout
    bend: Bend
    settled: Settled


def free_buildings(ground: Ground, settlements: Sequence[Settlement]) -> list[NDArray[np.bool_]]:
    """Return for each settlement which buildings stand off the valley roads and clear of larger settlements."""
    roads = main_roads(ground).buffer(ROAD_EDGE)
    shapely.prepare(roads)
    hulls = np.array([_hull(s) for s in settlements], dtype=object)
    tree = shapely.STRtree(hulls)
    free = []
    for i, settlement in enumerate(settlements):
        larger = [j for j in tree.query(hulls[i], predicate="intersects") if _outranks(settlements, int(j), i)]
        off_road = ~shapely.intersects(roads, shapely.polygons(settlement.settled.corners))
        free.append(off_road & _clear_of(settlement, hulls[larger]))
    return free


def _hull(settlement: Settlement) -> shapely.Geometry:
    """Return the ground of a settlement by slices across its valley: a bent town covers no more than it has."""
    doors = settlement.settled.doors
    slices = np.floor(_projected(settlement, doors) / SLICE).astype(np.int64)
    hulls = [shapely.convex_hull(shapely.MultiPoint(doors[slices == k])) for k in np.unique(slices)]
    return shapely.union_all(hulls).buffer(APART)


def _projected(settlement: Settlement, points: Floats) -> Floats:
    """Return metres along the straight line from end to end of the settlement's valley stretch."""
    half = settlement.site.size.length / 2
    ends = settlement.site.valley.place(settlement.site.centre + np.array([-half, half]), np.zeros(2))
    direction = (ends[1] - ends[0]) / np.hypot(*(ends[1] - ends[0]))
    return np.asarray((points - ends[0]) @ direction)


def _outranks(settlements: Sequence[Settlement], one: int, other: int) -> bool:
    return (settlements[one].site.doors, -one) > (settlements[other].site.doors, -other)


def _clear_of(settlement: Settlement, hulls: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Tell which buildings stand on streets that enter none of `hulls`: a street with a gap in it would look odd."""
    clear = np.ones(len(settlement.settled.street), dtype=bool)
    if len(hulls):
        buildings = shapely.polygons(settlement.settled.corners)
        lines = np.array(list(_lines(settlement)), dtype=object)
        entering = np.asarray(shapely.intersects(lines[:, None], hulls[None, :])).any(axis=1)
        walls = np.asarray(shapely.intersects(np.asarray(buildings)[:, None], hulls[None, :])).any(axis=1)
        clear = ~np.asarray(entering)[settlement.settled.street] & ~walls
    return clear


def _lines(settlement: Settlement) -> Iterator[shapely.LineString]:
    for street in settlement.layout.streets:
        yield shapely.LineString(settlement.bend(street.path[:, 0], street.path[:, 1]))
