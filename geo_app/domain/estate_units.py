"""Where the units of a building are, and from which end they are counted.

Units lie one beside the other along the building's long side. A building that runs east and west is counted from its
western or its eastern end, as the rule says. In one that runs north and south neither end is west: it is counted from
the end nearer to the gate (`west_to_east`) or from the other one (`east_to_west`); without a gate from the south, as
streets are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo_app.domain.local_plane import LocalPlane
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_rule import UNIT_ORDERS
from geo_app.domain.position import Position

Floats = NDArray[np.float64]

WEST_TO_EAST, EAST_TO_WEST = UNIT_ORDERS
DECIMETRES = 1

FROM_WEST = marked("Units are counted from west to east.")
FROM_EAST = marked("Units are counted from east to west.")
FROM_GATE = marked("The building runs north and south: its units are counted from the end nearer to the gate.")
TO_GATE = marked("The building runs north and south: its units are counted from the end farther from the gate.")
FROM_SOUTH = marked("The building runs north and south: its units are counted from south to north.")
FROM_NORTH = marked("The building runs north and south: its units are counted from north to south.")


@dataclass(frozen=True, slots=True)
class UnitPlaces:
    """The middle of each unit (degrees) in the order of the units, and why this order."""

    positions: tuple[Position, ...]
    reason: Message


@dataclass(frozen=True, slots=True)
class Ground:
    """The plane in which an estate is measured, and its gate there (metres; None without one)."""

    plane: LocalPlane
    gate: Floats | None = None

    @classmethod
    def of(cls, footprints: Sequence[shapely.Polygon], gate: Position | None) -> "Ground":
        """Return the ground of an estate with these footprints (degrees)."""
        plane = LocalPlane.around(shapely.union_all(footprints))
        return cls(plane, None if gate is None else plane.to_metres(np.array([[gate.lon, gate.lat]]))[0])


def unit_places(footprint: shapely.Polygon, units: int, order: str, ground: Ground) -> UnitPlaces:
    """Return where the units of a footprint (degrees) are, the first one first."""
    plane = ground.plane
    shape = plane.shape_to_metres(footprint)
    middle, half = _long_axis(shape)
    if abs(half[0]) >= abs(half[1]):
        reason = FROM_WEST if order == WEST_TO_EAST else FROM_EAST
        forward = half if (half[0] > 0) == (order == WEST_TO_EAST) else -half
    else:
        forward, reason = _along_meridian((middle, half), order, ground.gate)
    shares = (2 * np.arange(units) + 1) / max(units, 1) - 1
    points = [_inside(shape, middle + share * forward) for share in shares]
    degrees = plane.to_degrees(np.array(points).reshape(-1, 2))
    return UnitPlaces(tuple(Position(float(lon), float(lat)) for lon, lat in degrees), Message(reason))


def _long_axis(shape: shapely.Geometry) -> tuple[Floats, Floats]:
    """Return the middle of the tightest rectangle around `shape` (metres), and the way from there to its far end."""
    corners = shapely.get_coordinates(shapely.oriented_envelope(shape))
    sides = np.diff(corners[:3], axis=0)
    long_side = sides[int(np.argmax(np.round(np.hypot(sides[:, 0], sides[:, 1]), DECIMETRES)))]
    return corners[:4].mean(axis=0), long_side / 2


def _along_meridian(axis: tuple[Floats, Floats], order: str, gate: Floats | None) -> tuple[Floats, str]:
    middle, half = axis
    north = half if half[1] > 0 else -half
    if gate is None:
        return (north, FROM_SOUTH) if order == WEST_TO_EAST else (-north, FROM_NORTH)
    ends = np.round([np.hypot(*(middle - north - gate)), np.hypot(*(middle + north - gate))], DECIMETRES)
    away = north if ends[0] <= ends[1] else -north
    return (away, FROM_GATE) if order == WEST_TO_EAST else (-away, TO_GATE)


def _inside(shape: shapely.Geometry, point: Floats) -> Floats:
    """Return `point`, or where it is nearest to in a shape that is bent around it."""
    if shapely.contains_xy(shape, *point):
        return point
    near = shapely.shortest_line(shape, shapely.Point(point))
    return np.asarray(shapely.get_coordinates(near)[0])
