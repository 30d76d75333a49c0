"""Where a door stands: its street, the foot of the perpendicular, the side, and the metres from the start.

Nearness is searched in a conformal plane (ellipsoidal Mercator), in which "nearest" and "perpendicular" are true
everywhere on a town's scale; no length is ever taken from it. The foot is then found again in metres at the door's own
latitude, and the metres from the start are geodesic.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from geo_app.domain.numbering_parts import Parts, cut_streets, nearest_parts
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.position import ELLIPSOID, Position
from geo_app.domain.street import Streets
from geo_app.domain.street_piece import Floats, Geometries, Integers, geodesic_steps
from geo_app.domain.street_start import Vector, axis, ends, is_odd_left, start_ends

Booleans = NDArray[np.bool_]

AXIS_METRES = float(ELLIPSOID.a)
SQUARED_ECCENTRICITY = float(ELLIPSOID.es)
CHUNK = 100_000
"""Doors handled at once, so that memory does not grow with the town."""


@dataclass(frozen=True, slots=True, eq=False)
class Walks:
    """Streets turned so that they run from their start.

    `start_ends`: "first" or "last" as drawn; `lon`, `lat`, `metres`: vertices and geodesic metres from the start,
    street i's from `offsets[i]` to `offsets[i + 1]`; `x`, `y`, `plane`: the same in the search plane, `plane`
    counting on over all streets; `lines`: in the search plane, whole and as `parts`; `closed`: the end is the start.
    """

    start_ends: Sequence[str]
    odd_left: Booleans
    offsets: Integers
    lon: Floats
    lat: Floats
    metres: Floats
    plane: Floats
    lines: Geometries
    parts: Parts
    closed: Booleans


@dataclass(frozen=True, slots=True, eq=False)
class Feet:
    """Where doors stand: street (-1: none), metres from the start, metres from the line, on the left hand or not."""

    street: Integers
    metres: Floats
    distance: Floats
    left: Booleans


def walk_streets(streets: Streets, rules: Sequence[NumberingRule]) -> Walks:
    """Return the streets as they are walked from the start that each one's rule gives. Raises CentreNeeded."""
    at = start_ends(streets, rules)
    order = _turned(streets.offsets, np.array([end == "last" for end in at], dtype=bool))
    lon, lat = streets.lon[order], streets.lat[order]
    street = np.repeat(np.arange(len(streets)), np.diff(streets.offsets))
    x, y = conformal(lon, lat)
    first, last = streets.offsets[:-1], streets.offsets[1:] - 1
    return Walks(
        start_ends=at,
        odd_left=np.array([_odd_left(streets, i, rules[i], end) for i, end in enumerate(at)], dtype=bool),
        offsets=streets.offsets,
        lon=lon,
        lat=lat,
        metres=_running(geodesic_steps(lon, lat), street),
        plane=_counted_on(np.hypot(np.diff(x), np.diff(y)), street),
        lines=np.asarray(shapely.linestrings(x, y, indices=street), dtype=object) if len(lon) else np.empty(0, object),
        parts=cut_streets(x, y, streets.offsets),
        closed=(lon[first] == lon[last]) & (lat[first] == lat[last]),
    )


def conformal(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return plane coordinates in which angles are true and the scale is `plane_scale`."""
    phi = np.radians(np.clip(lat, -89.9, 89.9))
    e = np.sqrt(SQUARED_ECCENTRICITY)
    y = np.arctanh(np.sin(phi)) - e * np.arctanh(e * np.sin(phi))
    return AXIS_METRES * np.radians(lon), AXIS_METRES * y


def plane_scale(lat: Floats) -> Floats:
    """Return how many plane units one metre on the ground is at a latitude."""
    phi = np.radians(np.clip(lat, -89.9, 89.9))
    return np.asarray(np.sqrt(1 - SQUARED_ECCENTRICITY * np.sin(phi) ** 2) / np.cos(phi))


class _Doors(NamedTuple):
    """Doors on their way to their feet: street, position in degrees, metres of a degree east and north there."""

    street: Integers
    lon: Floats
    lat: Floats
    east: Floats
    north: Floats

    def only(self, rows: Integers) -> "_Doors":
        """Return some of the doors."""
        return _Doors(self.street[rows], self.lon[rows], self.lat[rows], self.east[rows], self.north[rows])


class _Found(NamedTuple):
    """Feet on one segment each: part of it before the foot, metres to the line, cross product (left is positive)."""

    part: Floats
    distance: Floats
    cross: Floats


def find_feet(walks: Walks, street: Integers, lon: Floats, lat: Floats) -> Feet:
    """Return the feet of doors on their streets; `street` holds -1 for doors that have none."""
    feet = Feet(
        street=street,
        metres=np.full(len(street), np.nan),
        distance=np.full(len(street), np.inf),
        left=np.zeros(len(street), dtype=bool),
    )
    placed = np.flatnonzero(street >= 0)
    # Street by street: a line that was just looked at is still in the processor's cache.
    placed = placed[np.argsort(street[placed], kind="stable")]
    for start in range(0, len(placed), CHUNK):
        rows = placed[start : start + CHUNK]
        doors = _Doors(street[rows], lon[rows], lat[rows], *metres_per_degree(lat[rows]))
        feet.metres[rows], feet.distance[rows], feet.left[rows] = _foot(walks, doors)
    return feet


def _nearest_segment(walks: Walks, doors: _Doors) -> Integers:
    """Return for each door the vertex before its foot."""
    points = np.asarray(shapely.points(*conformal(doors.lon, doors.lat)), dtype=object)
    part = nearest_parts(walks.parts, doors.street, points)
    along = shapely.line_locate_point(walks.parts.lines[part], points)
    begin = walks.parts.vertex[part]
    segment = np.searchsorted(walks.plane, walks.plane[begin] + along, side="right") - 1
    return np.clip(segment, begin, walks.offsets[doors.street + 1] - 2)


def _foot(walks: Walks, doors: _Doors) -> tuple[Floats, Floats, Booleans]:
    """Find the foot again among the segment and its two neighbours, in metres at the door's own latitude."""
    segment = _nearest_segment(walks, doors)
    begin, end = walks.offsets[doors.street], walks.offsets[doors.street + 1]
    candidates = np.array([np.clip(segment + shift, begin, end - 2) for shift in (-1, 0, 1)])
    each = [_on_segment(walks, vertex, doors) for vertex in candidates]
    # The first of equals: the segment nearer to the start.
    best = np.argmin(np.round([found.distance for found in each], 9), axis=0)
    door = np.arange(len(segment))
    segment = candidates[best, door]
    part, distance, cross = (np.array(columns)[best, door] for columns in zip(*each, strict=True))
    metres = walks.metres[segment] + part * (walks.metres[segment + 1] - walks.metres[segment])
    at_vertex = np.flatnonzero((part <= 0) | (part >= 1))
    vertex = segment[at_vertex] + (part[at_vertex] >= 1)
    cross[at_vertex] = _cross_at_vertex(walks, vertex, doors.only(at_vertex))
    return metres, distance, cross >= -1e-9


def metres_per_degree(lat: Floats) -> tuple[Floats, Floats]:
    """Return the metres of one degree of longitude and of one degree of latitude on the ellipsoid."""
    phi = np.radians(lat)
    w = 1 - SQUARED_ECCENTRICITY * np.sin(phi) ** 2
    east = AXIS_METRES * np.cos(phi) / np.sqrt(w)
    north = AXIS_METRES * (1 - SQUARED_ECCENTRICITY) / w**1.5
    return np.radians(east), np.radians(north)


def _on_segment(walks: Walks, vertex: Integers, doors: _Doors) -> _Found:
    ax, ay = (walks.lon[vertex] - doors.lon) * doors.east, (walks.lat[vertex] - doors.lat) * doors.north
    bx, by = (walks.lon[vertex + 1] - doors.lon) * doors.east, (walks.lat[vertex + 1] - doors.lat) * doors.north
    dx, dy = bx - ax, by - ay
    part = np.clip(-(ax * dx + ay * dy) / (dx * dx + dy * dy), 0.0, 1.0)
    return _Found(part, np.hypot(ax + part * dx, ay + part * dy), dy * ax - dx * ay)


def _cross_at_vertex(walks: Walks, vertex: Integers, doors: _Doors) -> Floats:
    """Return the cross product with the mean of the directions into and out of a vertex."""
    begin, end = walks.offsets[doors.street], walks.offsets[doors.street + 1] - 1
    ring = walks.closed[doors.street]
    before = np.where((vertex == begin) & ring, end, vertex)
    after = np.where((vertex == end) & ring, begin, vertex)
    into_x, into_y = _direction(walks, np.maximum(before - 1, begin), doors)
    out_x, out_y = _direction(walks, np.minimum(after, end - 1), doors)
    px, py = (doors.lon - walks.lon[vertex]) * doors.east, (doors.lat - walks.lat[vertex]) * doors.north
    return np.asarray((into_x + out_x) * py - (into_y + out_y) * px)


def _direction(walks: Walks, vertex: Integers, doors: _Doors) -> tuple[Floats, Floats]:
    dx = (walks.lon[vertex + 1] - walks.lon[vertex]) * doors.east
    dy = (walks.lat[vertex + 1] - walks.lat[vertex]) * doors.north
    length = np.hypot(dx, dy)
    return dx / length, dy / length


def _odd_left(streets: Streets, street: int, rule: NumberingRule, end: str) -> bool:
    if rule.odd_side in {("left",), ("right",)}:
        return rule.odd_side == ("left",)
    return is_odd_left(rule, _walk(*ends(streets, street), end))


def _walk(first: Position, last: Position, end: str) -> Vector:
    return axis(first, last) if end == "first" else axis(last, first)


def _turned(offsets: Integers, turn: Booleans) -> Integers:
    """Return the order of vertices in which the streets marked in `turn` run backwards."""
    order = np.arange(offsets[-1])
    street = np.repeat(np.arange(len(turn)), np.diff(offsets))
    mirrored = offsets[street] + offsets[street + 1] - 1 - order
    return np.where(turn[street], mirrored, order).astype(np.int64)


def _running(steps: Floats, street: Integers) -> Floats:
    """Return running sums that begin at 0 in each street."""
    total = np.concatenate([[0.0], np.cumsum(np.where(street[1:] == street[:-1], steps, 0.0))])
    first = np.searchsorted(street, street, side="left")
    return np.asarray(total[: len(street)] - total[first])


def _counted_on(steps: Floats, street: Integers) -> Floats:
    """Return sums that run on over all streets, with one unit between two, so that one search serves them all."""
    joined = np.where(street[1:] == street[:-1], steps, 1.0)
    return np.concatenate([[0.0], np.cumsum(joined)])[: len(street)]
