"""Roads between settlements: down the valleys from town to town, and from every hamlet to the nearest road."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.random import Generator
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from geo_app.domain.demo_values import Floats

SHORTEST = 60.0
"""Metres of the shortest piece of road worth keeping."""

OFF_WALLS = 3.5
"""Metres a road's middle keeps from any wall."""

TRIED = 12
"""Nearest places a hamlet's road may lead to before it is given up."""


def open_stretches(road: LineString, towns: Sequence[Floats], county: BaseGeometry) -> Iterator[LineString]:
    """Yield the pieces of a valley road outside its towns; `towns` are the end points of main roads (2, 2) on it."""
    spans = sorted(tuple(sorted(road.project(shapely.Point(end)) for end in ends)) for ends in towns)
    start = 0.0
    for low, high in [*spans, (road.length, road.length)]:
        if low - start > SHORTEST:
            piece = shapely.intersection(substring(road, start, low), county)
            yield from (part for part in shapely.get_parts(piece) if part.length > SHORTEST)
        start = max(start, high)


def joined_to(road: LineString, other: LineString) -> LineString:
    """Return `road` with its last point led on to the nearest one of `other`, within 900 m."""
    end = shapely.Point(road.coords[-1])
    target = other.interpolate(other.project(end))
    return LineString([*road.coords, target.coords[0]]) if 1 < end.distance(target) < 900 else road


@dataclass
class Network:
    """What hamlets can be joined to: `points` (n, 2) on roads, and the ground of every settlement to keep off."""

    points: Floats
    owners: np.ndarray
    grounds: shapely.STRtree
    walls: shapely.STRtree

    @classmethod
    def of(cls, roads: Sequence[LineString], grounds: Sequence[BaseGeometry], walls: shapely.STRtree) -> "Network":
        """Return a network of `roads`; `grounds` count as the settlements do, roads belong to none (-1)."""
        spread = [shapely.get_coordinates(shapely.segmentize(road, 60.0)) for road in roads]
        points = np.vstack([np.zeros((0, 2)), *spread])
        return cls(points, np.full(len(points), -1), shapely.STRtree(grounds), walls)

    def join(self, settlement: int, ends: Floats, random: Generator) -> LineString | None:
        """Return a winding road from one of `ends` of a settlement to the network; its own points then belong to it."""
        distances = np.hypot(*(self.points[:, None, :] - ends[None, :, :]).transpose(2, 0, 1))
        nearest = np.argsort(distances.min(axis=1), kind="stable")[: TRIED * 8 : 8]
        for target in nearest:
            start = ends[int(np.argmin(distances[target]))]
            road = winding(start, self.points[target], random)
            hit = set(self.grounds.query(road, predicate="intersects").tolist())
            walls = self.walls.query(road, predicate="dwithin", distance=OFF_WALLS)
            if hit <= {settlement, int(self.owners[target])} and not len(walls):
                self._grow(settlement, np.vstack([shapely.get_coordinates(road), ends]))
                return road
        return None

    def _grow(self, settlement: int, points: Floats) -> None:
        self.points = np.vstack([self.points, points])
        self.owners = np.append(self.owners, np.full(len(points), settlement))


def winding(start: Floats, end: Floats, random: Generator) -> LineString:
    """Return a country road between two places, metres."""
    way = end - start
    length = float(np.hypot(*way))
    share = np.linspace(0, 1, max(3, int(length / 25)))
    left = np.array([-way[1], way[0]]) / max(length, 1.0)
    taper = np.sin(np.pi * share)
    lateral = taper * (
        0.07 * length * np.sin(random.uniform(1.5, 3.0) * np.pi * share + random.uniform(0, 6.28))
        + min(18.0, 0.03 * length) * np.sin(length / 45 * share + random.uniform(0, 6.28))
    )
    return LineString(start + share[:, None] * way + lateral[:, None] * left)
