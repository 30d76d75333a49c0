"""Village groups on real ground: clusters of houses among lanes without a name, walked from the nearest named street.

The reference goes from each house to the nearest one that has no number yet, over whatever lies between. What is
compared is the straight way from house to house in either order: the lanes cost a little, and a clerk can walk them.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import shapely

from geo_app.domain.local_plane import LocalPlane
from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.position import Position
from geo_app.domain.village_houses import Lanes
from geo_app.domain.village_numbering import NumberedGroup, number_village
from geo_app.exchange.numbering_table import FileTable, read_every_row
from geo_app.exchange.vector_options import ReadOptions, Shape
from tests.measure import Figure
from tests.support.real_data import FOLDER

TOWN = "liechtenstein"
NEIGHBOURS = 45.0
"""Metres within which two houses belong to one cluster."""

LANE = 60.0
"""A house belongs to a lane without a name when that is its nearest line, and no farther than this."""

SIZES = (8, 300)
NO_LANES = Lanes([], np.empty(0, dtype=object))
USUAL = NumberingRule()


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """Houses about lanes without a name, and where one comes in."""

    houses: Entrances
    lanes: Lanes
    mouth: Position


def figures() -> Iterator[Figure]:
    clusters = list(read_clusters(FOLDER / "osm"))
    houses = sum(len(cluster.houses) for cluster in clusters)
    begin = time.perf_counter()
    groups = [numbered(cluster) for cluster in clusters]
    seconds = time.perf_counter() - begin
    broken = sum(violations(cluster, group) for cluster, group in zip(clusters, groups, strict=True))
    yield Figure(
        f"{len(clusters)} clusters, {houses} houses: numbers unique, rising along the walk, alike for any order of the"
        " rows, unmoved by a house added",
        f"{broken} broken", "", "0", broken == 0,
    )  # fmt: skip
    without = sum(house.number is None for group in groups for house in group)
    yield Figure("houses left without a number", str(without), "", "0", without == 0)
    own = sum(straight(group) for group in groups)
    near = sum(straight(number_village(c.houses, NO_LANES, c.mouth, USUAL)) for c in clusters)
    along = sum(group.walk.metres for group in groups)
    yield Figure(
        "straight way from house to house in the order of the numbers", f"{own / 1000:.1f} km ({own / near:.2f} ×)",
        f"from house to nearest house {near / 1000:.1f} km",
    )  # fmt: skip
    yield Figure("the walk itself along the lanes, ways back included", f"{along / 1000:.1f} km")
    yield Figure("numbering all of them", f"{seconds:.2f} s, {1000 * seconds / len(clusters):.1f} ms a cluster")


def read_clusters(folder: Path) -> Iterator[Cluster]:
    """Yield the clusters of a town, by their first house."""
    lines = read_every_row(folder / f"{TOWN}_streets.geojson.gz", Shape.LINES, ReadOptions())
    built = read_every_row(folder / f"{TOWN}_buildings.geojson.gz", Shape.POLYGONS, ReadOptions())
    plane = LocalPlane.around(shapely.multipoints(shapely.centroid(built.geometry)))
    named = np.array([bool(name) for name in lines.needed("name")])
    metric = shapely.transform(lines.geometry, plane.to_metres)
    houses = shapely.transform(shapely.centroid(built.geometry), plane.to_metres)
    rows = _at_lanes(houses, metric, named)
    streets = shapely.STRtree(metric[named])
    for members in _together(houses, rows):
        if SIZES[0] <= len(members) <= SIZES[1]:
            ground = shapely.convex_hull(shapely.multipoints(houses[members])).buffer(LANE)
            near = np.flatnonzero(~named & shapely.intersects(metric, ground))
            way = shapely.shortest_line(
                shapely.multilinestrings(metric[near]), metric[named][streets.nearest(shapely.centroid(ground))]
            )
            yield _cluster(built, (houses[members], members), (lines, near), (plane, shapely.get_point(way, 0)))


def _at_lanes(houses: np.ndarray, lines: np.ndarray, named: np.ndarray) -> np.ndarray:
    house, line = shapely.STRtree(lines).query_nearest(houses, max_distance=LANE, all_matches=False)
    return house[~named[line]]


def _together(houses: np.ndarray, rows: np.ndarray) -> Iterator[list[int]]:
    clusters = shapely.get_parts(shapely.union_all(shapely.buffer(houses[rows], NEIGHBOURS / 2, quad_segs=4)))
    house, cluster = shapely.STRtree(clusters).query(houses[rows], predicate="intersects")
    found: dict[int, list[int]] = {}
    for i, j in zip(rows[house].tolist(), cluster.tolist(), strict=True):
        found.setdefault(j, []).append(i)
    return iter(sorted(found.values()))


def _cluster(
    built: FileTable,
    members: tuple[np.ndarray, list[int]],
    drawn: tuple[FileTable, np.ndarray],
    place: tuple[LocalPlane, shapely.Point],
) -> Cluster:
    houses, rows = members
    lines, near = drawn
    plane, mouth = place
    lon, lat = plane.to_degrees(shapely.get_coordinates(houses)).T
    ids = built.needed("osm_id")
    entrances = Entrances([ids[row] for row in rows], lon, lat, walls=[""] * len(rows))
    lanes = Lanes([lines.needed("osm_id")[row] for row in near.tolist()], lines.geometry[near])
    ((east, north),) = plane.to_degrees(shapely.get_coordinates(mouth))
    return Cluster(entrances, lanes, Position(float(east), float(north)))


def numbered(cluster: Cluster) -> NumberedGroup:
    return number_village(cluster.houses, cluster.lanes, cluster.mouth, USUAL)


def straight(group: NumberedGroup) -> float:
    """Return the metres from the mouth from house to house in the order of the walk."""
    rows = [spot.row for spot in group.walk.spots]
    places = np.column_stack([group.houses.lon[rows], group.houses.lat[rows]])
    metres = np.vstack([[0.0, 0.0], group.walk.plane.to_metres(places)])
    return float(np.hypot(*np.diff(metres, axis=0).T).sum())


def violations(cluster: Cluster, group: NumberedGroup) -> int:
    """Return how many promises are broken on a cluster."""
    texts = {house.entrance_id: house.text for house in group}
    walked = [house.number or 0 for house in sorted(group, key=lambda house: house.place or 0) if house.place]
    unique = len({text for text in texts.values() if text}) == sum(bool(text) for text in texts.values())
    return sum(
        not held
        for held in (
            unique,
            all(before < after for before, after in pairwise(walked)),
            texts == {house.entrance_id: house.text for house in numbered(_backwards(cluster))},
            _unmoved(cluster),
        )
    )


def _backwards(cluster: Cluster) -> Cluster:
    lanes = Lanes(cluster.lanes.ids[::-1], cluster.lanes.lines[::-1])
    return Cluster(_chosen(cluster.houses, slice(None, None, -1)), lanes, cluster.mouth)


def _unmoved(cluster: Cluster) -> bool:
    """Tell whether the last house, added to the numbered others, changes none of their numbers."""
    others = replace(cluster, houses=_chosen(cluster.houses, slice(-1)))
    before = [house.text for house in numbered(others)]
    after = replace(cluster, houses=replace(cluster.houses, walls=[*before, ""]))
    *again, added = (house.text for house in numbered(after))
    return again == before and added not in before


def _chosen(houses: Entrances, rows: slice) -> Entrances:
    assert houses.walls is not None
    return Entrances(houses.ids[rows], houses.lon[rows], houses.lat[rows], walls=houses.walls[rows])
