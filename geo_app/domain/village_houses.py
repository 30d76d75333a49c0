"""Where the houses of a village group stand on its walk, in the order in which one comes to them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry import LineString, Point

from geo_app.domain.local_plane import LocalPlane
from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.position import Position
from geo_app.domain.street_piece import Floats, Geometries, Integers, line_problem, natural_key
from geo_app.domain.village_lanes import Network, lay_network
from geo_app.domain.village_walk import Walked, clockwise_from_behind, heading_at, walk

FAR_METRES = 100.0
"""A house farther than this from every lane is reached from the nearest house instead."""

NEIGHBOUR_METRES = 300.0
"""A house without a lane belongs to the walk when another house of it stands so near."""

AROUND_METRES = 300.0
"""Lanes farther than this from all that lies between the mouth and the houses belong to somebody else."""

END_METRES = 0.01
"""A house stands at the end of a lane when its path leaves the lane there, to the centimetre."""

MOUTH = Point(0.0, 0.0)
"""The mouth is where the plane of metres has its centre."""


@dataclass(frozen=True, slots=True, eq=False)
class Lanes:
    """Lanes as columns: id, line in degrees (SRID 4490); a MultiLineString's parts are lanes of one id."""

    ids: Sequence[str]
    lines: Geometries


@dataclass(frozen=True, slots=True)
class Spot:
    """A house on the walk: row, metres walked to it, the lane's id ("" without one), side, metres from the lane.

    `branch`: 0 on the main lane, -1 without lanes; `stretch`: which part of the walk; `after`: for a house without a
    lane the row of the house from which it is reached, and `apart` the metres between them.
    """

    row: int
    metres: float
    lane: str
    side: str
    apart: float
    branch: int
    stretch: int
    after: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class VillageWalk:
    """The walk through a group: houses in order, the stretches walked, in metres of `plane`.

    `gaps`: where one walks over open ground because no lane is drawn; `mouth_apart`: metres from mouth to lanes, None
    without lanes: then the walk goes from house to nearest house.
    """

    plane: LocalPlane
    spots: Sequence[Spot]
    stretches: Sequence[Walked] = ()
    lanes: Sequence[str] = ()
    gaps: Sequence[LineString] = ()
    mouth_apart: float | None = None

    @property
    def metres(self) -> float:
        """Return how far one walks from the mouth to the last house."""
        return self.spots[-1].metres if self.spots else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class _Ground:
    """Houses and lanes in metres from the mouth, both in the order of their ids; `rows` of the houses in the input."""

    rows: Integers
    keys: Sequence[tuple[int, int, str]]
    points: Geometries
    ids: Sequence[str]
    lines: Geometries


@dataclass(frozen=True, slots=True)
class _Foot:
    """Where a house's path meets a lane: indices in the ground, metres to the lane, stretch, metres from its end 0."""

    house: int
    lane: int
    apart: float
    stretch: int
    along: float


def walk_village(houses: Entrances, lanes: Lanes, mouth: Position) -> VillageWalk:
    """Return the walk from the mouth past all houses that can be reached; the order of the rows never matters."""
    plane = LocalPlane(mouth.lon, mouth.lat)
    ground = _ground(houses, lanes, plane)
    lane, apart = _nearest_lanes(ground)
    if not (lane >= 0).any():
        return VillageWalk(plane, tuple(_from_house_to_house(ground)))
    network = lay_network(ground.lines, MOUTH)
    feet = list(_feet(ground, network, (lane, apart)))
    on: dict[int, list[float]] = defaultdict(list)
    for foot in feet:
        on[foot.stretch].append(foot.along)
    walked = walk(network, on)
    spots = _with_followers(ground, _in_walking_order(ground, feet, walked))
    mouth_apart = float(shapely.distance(Point(network.mouth), MOUTH))
    return VillageWalk(plane, tuple(spots), walked, _lanes_under(ground, walked), network.gaps, mouth_apart)


def _ground(houses: Entrances, lanes: Lanes, plane: LocalPlane) -> _Ground:
    rows = np.flatnonzero(houses.on_earth)
    with np.errstate(invalid="ignore"):
        metres = plane.to_metres(np.column_stack([houses.lon[rows], houses.lat[rows]]))
    good = np.isfinite(metres).all(axis=1)
    rows, metres = rows[good], metres[good]
    keys = [natural_key(houses.ids[row]) for row in rows.tolist()]
    order = sorted(range(len(rows)), key=lambda i: (keys[i], houses.wall(int(rows[i])), *metres[i].tolist()))
    points = np.asarray(shapely.points(metres[order]), dtype=object)
    hull = shapely.convex_hull(shapely.multipoints([MOUTH, *points]))
    ids, lines = _lanes_around(lanes, plane, hull)
    return _Ground(rows[order], [keys[i] for i in order], points, ids, lines)


def _lanes_around(lanes: Lanes, plane: LocalPlane, hull: shapely.Geometry) -> tuple[list[str], Geometries]:
    usable = [i for i, line in enumerate(lanes.lines) if line_problem(line) is None]
    parts, of = shapely.get_parts(shapely.force_2d(lanes.lines[usable]), return_index=True)
    parts = shapely.transform(parts, plane.to_metres)
    ids = [lanes.ids[usable[i]] for i in of.tolist()]
    near = (shapely.length(parts) > 0) & (shapely.distance(parts, hull) <= AROUND_METRES)
    shapes = shapely.to_wkb(parts)
    order = sorted(np.flatnonzero(near).tolist(), key=lambda i: (natural_key(ids[i]), shapes[i]))
    return [ids[i] for i in order], parts[order]


def _nearest_lanes(ground: _Ground) -> tuple[Integers, Floats]:
    """Return for each house the index of the nearest lane (-1: none within reach) and the metres to it."""
    nearest = np.full(len(ground.points), -1, dtype=np.int64)
    apart = np.full(len(ground.points), np.inf)
    if len(ground.lines) and len(ground.points):
        tree = shapely.STRtree(ground.lines)
        (house, lane), distance = tree.query_nearest(ground.points, max_distance=FAR_METRES, return_distance=True)
        # Of lanes equally near the first stays: it is written last.
        order = np.lexsort((-lane, house))
        nearest[house[order]], apart[house[order]] = lane[order], distance[order]
    return nearest, apart


def _feet(ground: _Ground, network: Network, nearest: tuple[Integers, Floats]) -> Iterator[_Foot]:
    """Yield where the houses that stand at lanes turn off the network."""
    lane, apart = nearest
    houses = np.flatnonzero(lane >= 0)
    own = ground.lines[lane[houses]]
    turnings = shapely.line_interpolate_point(own, shapely.line_locate_point(own, ground.points[houses]))
    stretches = np.array(network.stretches, dtype=object)
    stretch = _first_nearest(stretches, turnings)
    along = shapely.line_locate_point(stretches[stretch], turnings)
    columns = (houses.tolist(), lane[houses].tolist(), apart[houses].tolist(), stretch.tolist(), along.tolist())
    yield from (_Foot(*values) for values in zip(*columns, strict=True))


def _first_nearest(lines: Geometries, points: Geometries) -> Integers:
    """Return for each point the index of the nearest line, of lines equally near the first."""
    point, line = shapely.STRtree(lines).query_nearest(points)
    nearest = np.zeros(len(points), dtype=np.int64)
    order = np.lexsort((-line, point))
    nearest[point[order]] = line[order]
    return nearest


def _in_walking_order(ground: _Ground, feet: Sequence[_Foot], walked: Sequence[Walked]) -> list[Spot]:
    place_of = {one.way.stretch: place for place, one in enumerate(walked)}
    met = []
    for foot in feet:
        place = place_of[foot.stretch]
        spot, order = _spot(ground, foot, (place, walked[place]))
        met.append((place, order, ground.keys[foot.house], foot.house, spot))
    return [spot for *_, spot in sorted(met, key=lambda one: one[:-1])]


def _spot(ground: _Ground, foot: _Foot, on: tuple[int, Walked]) -> tuple[Spot, tuple[int, float]]:
    """Return a house on its stretch of the walk, and its order there: to the centimetre, then the nearer one.

    About the end of a dead end the houses are met from left to right, as one turns round.
    """
    place, walked = on
    along = foot.along if walked.way.entry == 0 else walked.line.length - foot.along
    heading = heading_at(walked.line, along - 0.5, along + 0.5)
    at = walked.line.interpolate(along)
    house = ground.points[foot.house]
    aside = (house.x - at.x, house.y - at.y)
    side = "left" if heading[0] * aside[1] - heading[1] * aside[0] >= 0 else "right"
    turning = walked.dead_end and along >= walked.line.length - END_METRES
    beside = clockwise_from_behind(heading, aside) if turning else round(foot.apart, 2)
    metres = round(walked.begins + along, 2)
    row, lane = int(ground.rows[foot.house]), ground.ids[foot.lane]
    return Spot(row, metres, lane, side, foot.apart, walked.branch, place), (round(along * 100), beside)


def _with_followers(ground: _Ground, spots: Sequence[Spot]) -> Iterator[Spot]:
    """Yield the houses on the walk, behind each those without a lane that are reached from it."""
    index = {int(row): i for i, row in enumerate(ground.rows.tolist())}
    met = {spot.row for spot in spots}
    followers: dict[int, list[tuple[float, int]]] = defaultdict(list)
    alone = [i for i, row in enumerate(ground.rows.tolist()) if row not in met]
    hosts = [index[spot.row] for spot in spots]
    while alone and hosts:
        near = _hosts_of(ground, alone, hosts)
        for house, (host, apart) in near.items():
            followers[host].append((apart, house))
        hosts, alone = list(near), [house for house in alone if house not in near]
    for spot in spots:
        yield spot
        yield from _followed(ground, followers, (index[spot.row], spot))


def _hosts_of(ground: _Ground, alone: Sequence[int], hosts: Sequence[int]) -> dict[int, tuple[int, float]]:
    """Return for houses without a lane the nearest of `hosts` within reach, with the metres to it."""
    tree = shapely.STRtree(ground.points[list(hosts)])
    (house, host), distance = tree.query_nearest(
        ground.points[list(alone)], max_distance=NEIGHBOUR_METRES, return_distance=True
    )
    near: dict[int, tuple[int, float]] = {}
    for i, j, apart in sorted(zip(house.tolist(), host.tolist(), distance.tolist(), strict=True)):
        near.setdefault(alone[i], (hosts[j], apart))
    return near


def _followed(
    ground: _Ground, followers: Mapping[int, Sequence[tuple[float, int]]], host: tuple[int, Spot]
) -> Iterator[Spot]:
    house, spot = host
    for apart, follower in sorted(followers.get(house, ())):
        own = replace(spot, row=int(ground.rows[follower]), apart=apart, lane="", after=spot.row)
        yield own
        yield from _followed(ground, followers, (follower, own))


def _from_house_to_house(ground: _Ground) -> Iterator[Spot]:
    """Yield the houses as one goes without lanes: each time to the nearest that has no number yet."""
    left = np.ones(len(ground.points), dtype=bool)
    x, y = shapely.get_x(ground.points), shapely.get_y(ground.points)
    here, metres, after = (0.0, 0.0), 0.0, None
    for _ in range(len(ground.points)):
        distance = np.hypot(x - here[0], y - here[1])
        nearest = int(np.argmin(np.where(left, np.round(distance, 2), np.inf)))
        left[nearest] = False
        here, metres = (float(x[nearest]), float(y[nearest])), metres + float(distance[nearest])
        row = int(ground.rows[nearest])
        yield Spot(row, round(metres, 2), "", "", float(distance[nearest]), -1, -1, after)
        after = row


def _lanes_under(ground: _Ground, walked: Sequence[Walked]) -> tuple[str, ...]:
    """Return the id of the drawn lane under each stretch of the walk."""
    middles = np.array([one.line.interpolate(0.5, normalized=True) for one in walked], dtype=object)
    return tuple(ground.ids[i] for i in _first_nearest(ground.lines, middles).tolist())
