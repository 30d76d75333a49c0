"""A street cut at a point, and a street made longer: which lines lie before and after, on which part a door stands.

Measured in metres of a plane around the street; the vertices that were drawn stay where they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo_app.domain.errors import DomainError
from geo_app.domain.local_plane import LocalPlane
from geo_app.domain.planned_street import as_pieces
from geo_app.domain.position import Position
from geo_app.domain.street import build_streets
from geo_app.domain.street_piece import geodesic_lengths

FARTHEST_METRES = 50.0
"""A point farther from the street is no point of it."""
SHORTEST_METRES = 1.0
"""What is left on either side of a cut."""
SNAP_METRES = 5.0
"""A drawn extension that ends so near to the street's end is meant to begin there."""
_JOINT_METRES = 0.5
_DISC_METRES = 2.0


class CutOffTheStreet(DomainError):
    """A street is split at a point of its line."""

    pattern = "The point is {metres} m from the street; choose one on its line."


class CutBeyondTheStreet(DomainError):
    """A distance from the start lies within the street's length."""

    pattern = "{metres} m from the start is not on the street, which is {length} m long."


class CutLeavesOnePart(DomainError):
    """After a split there are two streets."""

    pattern = (
        "Cut there, the street still hangs together (a ring, a side branch or its very end); choose another point."
    )


class ExtensionApart(DomainError):
    """An extension begins where the street ends."""

    pattern = "The new line does not begin at an end of the street (the nearest is {metres} m away)."


@dataclass(frozen=True, slots=True, eq=False)
class DrawnPiece:
    """A drawn line of a street in degrees (SRID 4490), by its id in the register."""

    id: int
    line: shapely.LineString


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """A street in two: where, metres from the start, and the lines of either part; a piece may be in both."""

    position: Position
    metres: float
    first: tuple[DrawnPiece, ...]
    second: tuple[DrawnPiece, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Extension:
    """A line as it is added, beginning at the street's end, and whether that is the street's start."""

    line: shapely.LineString
    at_start: bool


def length_metres(pieces: Sequence[DrawnPiece]) -> float:
    """Return the length of the street's main line in geodesic metres."""
    return float(geodesic_lengths(np.array([main_line(pieces)], dtype=object))[0])


def main_line(pieces: Sequence[DrawnPiece]) -> shapely.LineString:
    """Return the longest branch-free line of a street, in the direction of its longest piece."""
    streets = build_streets(as_pieces("", [(str(piece.id), piece.line, {}) for piece in pieces]))
    longest = int(np.argmax(streets.lengths))
    first, last = streets.offsets[longest : longest + 2].tolist()
    return shapely.LineString(np.column_stack([streets.lon[first:last], streets.lat[first:last]]))


def point_at(pieces: Sequence[DrawnPiece], metres: float) -> Position:
    """Return the point so many metres from the start of the street's main line.

    Raises CutBeyondTheStreet.
    """
    line = main_line(pieces)
    plane = LocalPlane.around(line)
    flat = plane.shape_to_metres(line)
    if not 0 < metres < flat.length:
        raise CutBeyondTheStreet(metres=round(metres, 1), length=round(flat.length, 1))
    lon, lat = shapely.get_coordinates(plane.shape_to_degrees(flat.interpolate(metres)))[0].tolist()
    return Position(lon, lat)


def cut(pieces: Sequence[DrawnPiece], position: Position) -> Cut:
    """Return the street in two: the first part holds the start of its main line, the second what is cut off from it.

    Raises CutOffTheStreet, CutLeavesOnePart.
    """
    plane = LocalPlane.around(shapely.union_all([piece.line for piece in pieces]))
    flat = [_flat(plane, piece.line) for piece in pieces]
    asked = shapely.Point(plane.to_metres(np.array([(position.lon, position.lat)]))[0])
    distances = shapely.distance(np.array(flat, dtype=object), asked)
    nearest = int(np.argmin(distances))
    if distances[nearest] > FARTHEST_METRES:
        raise CutOffTheStreet(metres=round(float(distances[nearest])))
    point = flat[nearest].interpolate(flat[nearest].project(asked))
    fragments = [part for piece, line in zip(pieces, flat, strict=True) for part in _fragments(piece, line, point)]
    line = main_line(pieces)
    onward = _cut_off(fragments, plane, point, shapely.Point(line.coords[0]))
    if not onward.any():
        raise CutLeavesOnePart
    lon, lat = shapely.get_coordinates(plane.shape_to_degrees(point))[0].tolist()
    metres = float(_flat(plane, line).project(point))
    sides = list(zip(fragments, onward.tolist(), strict=True))
    first, second = (tuple(f for f, cut_off in sides if cut_off is side) for side in (False, True))
    return Cut(Position(lon, lat), round(metres, 1), first, second)


def on_second(parts: Cut, doors: Sequence[Position]) -> NDArray[np.bool_]:
    """Return for each door whether it stands on the second part: that whose line is nearer; on the cut: the first."""
    if not doors:
        return np.zeros(0, dtype=bool)
    sides = [shapely.union_all([piece.line for piece in side]) for side in (parts.first, parts.second)]
    plane = LocalPlane(parts.position.lon, parts.position.lat)
    places = plane.to_metres(np.array([(door.lon, door.lat) for door in doors]))
    first, second = (shapely.distance(plane.shape_to_metres(side), shapely.points(places)) for side in sides)
    return np.asarray(second < first, dtype=bool)


def extend(pieces: Sequence[DrawnPiece], line: shapely.LineString) -> Extension:
    """Return a drawn line as an extension of the street: beginning exactly at the end it touches.

    Raises ExtensionApart.
    """
    main = main_line(pieces)
    plane = LocalPlane.around(main)
    ends = [shapely.Point(place) for place in plane.to_metres(np.array([main.coords[0], main.coords[-1]]))]
    drawn = _flat(plane, line)
    ways = [
        (end.distance(shapely.Point(way.coords[0])), at_start, way)
        for at_start, end in zip((True, False), ends, strict=True)
        for way in (drawn, drawn.reverse())
    ]
    apart, at_start, way = min(ways, key=lambda found: found[0])
    if apart > SNAP_METRES:
        raise ExtensionApart(metres=round(apart))
    coordinates = list(line.coords if way is drawn else line.reverse().coords)
    coordinates[0] = main.coords[0 if at_start else -1]
    return Extension(shapely.LineString(coordinates), at_start)


def gap_metres(one: Sequence[DrawnPiece], other: Sequence[DrawnPiece]) -> float:
    """Return how many metres lie between two streets; 0 where they touch."""
    lines = [shapely.union_all([piece.line for piece in pieces]) for pieces in (one, other)]
    plane = LocalPlane.around(shapely.union_all(lines))
    return float(shapely.distance(*(plane.shape_to_metres(line) for line in lines)))


def _flat(plane: LocalPlane, line: shapely.LineString) -> shapely.LineString:
    flat = plane.shape_to_metres(line)
    assert isinstance(flat, shapely.LineString)
    return flat


def _fragments(piece: DrawnPiece, flat: shapely.LineString, point: shapely.Point) -> list[DrawnPiece]:
    """Return a piece whole, or cut in two where the point lies on it and not at its end."""
    along = float(flat.project(point))
    if flat.distance(point) > _JOINT_METRES or min(along, flat.length - along) < SHORTEST_METRES:
        return [piece]
    drawn, run = shapely.get_coordinates(piece.line), shapely.get_coordinates(flat)
    reached = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(run, axis=0).T))])
    before = int(np.searchsorted(reached, along, side="right")) - 1
    share = (along - reached[before]) / (reached[before + 1] - reached[before])
    here = drawn[before] + share * (drawn[before + 1] - drawn[before])
    halves = (np.vstack([drawn[: before + 1], here]), np.vstack([here, drawn[before + 1 :]]))
    return [DrawnPiece(piece.id, shapely.LineString(_distinct(half))) for half in halves]


def _distinct(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(coordinates[np.concatenate([[True], np.any(np.diff(coordinates, axis=0) != 0, axis=1)])])


def _cut_off(
    fragments: Sequence[DrawnPiece], plane: LocalPlane, point: shapely.Point, start: shapely.Point
) -> NDArray[np.bool_]:
    """Return which fragments can no longer be reached from the one that holds the start."""
    disc = point.buffer(_DISC_METRES)
    flat = np.array([plane.shape_to_metres(fragment.line) for fragment in fragments], dtype=object)
    bare = shapely.difference(flat, disc)
    # A ring's start may be the cut itself: then the fragment that begins there.
    origin = plane.shape_to_metres(start)
    begins = [(line.distance(origin), shapely.Point(line.coords[0]).distance(origin)) for line in flat]
    reached = np.zeros(len(fragments), dtype=bool)
    reached[min(range(len(fragments)), key=begins.__getitem__)] = True
    one, other = shapely.STRtree(bare).query(bare, predicate="dwithin", distance=_JOINT_METRES)
    while True:
        onward = np.unique(other[reached[one]])
        if reached[onward].all():
            return np.asarray(~reached)
        reached[onward] = True
