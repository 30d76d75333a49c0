"""Made-up estates of the demonstration: slabs in rows on open ground beside a street."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
import shapely.affinity
from numpy.typing import NDArray

from geo_app.domain.estate import BuildingSpec, EstateBuilding, FloorSign
from geo_app.domain.local_plane import LocalPlane
from geo_app.domain.position import Position

Floats = NDArray[np.float64]

STEP = 25.0
"""Metres along a street from one try to the next."""

SETBACK = 14.0
GATE_SETBACK = 5.0
MARGIN = 8.0
SLAB_DEPTH = 12.0
PITCH = 30.0


@dataclass(frozen=True, slots=True)
class DemoGround:
    """Open ground beside a street: its number there, boundary and gate (degrees), and how to draw on it in metres."""

    street_id: int
    boundary: shapely.Polygon
    gate: Position
    plane: LocalPlane
    corner: tuple[float, float]
    angle: float

    def drawn(self, shape: shapely.Polygon) -> shapely.Polygon:
        """Return `shape`, drawn in metres along the street and away from it, where it stands (degrees)."""
        turned = shapely.affinity.rotate(shape, self.angle, origin=(0, 0), use_radians=True)
        moved = shapely.affinity.translate(turned, *self.corner)
        return shapely.transform(moved, self.plane.to_degrees)


def open_ground(
    streets: Sequence[tuple[int, shapely.LineString]],
    obstacles: Sequence[shapely.Geometry],
    size: tuple[float, float],
) -> DemoGround | None:
    """Return the first ground of `size` (metres along the street, and deep) beside a street that nothing stands on.

    Lines and obstacles are in degrees; the streets are tried in their order.
    """
    if not streets:
        return None
    plane = LocalPlane.around(shapely.union_all([line for _, line in streets]))
    column = np.empty(len(obstacles), dtype=object)
    column[:] = obstacles
    tree = shapely.STRtree(shapely.transform(column, plane.to_metres))
    for street_id, line in streets:
        for corner, angle in _tries(shapely.transform(line, plane.to_metres), size[0]):
            ground = DemoGround(street_id, shapely.box(0, 0, 1, 1), Position(0, 0), plane, corner, angle)
            boundary = ground.drawn(shapely.box(0, SETBACK - 2, size[0], SETBACK + size[1]))
            if not len(tree.query(plane.shape_to_metres(boundary), predicate="intersects")):
                gate = shapely.centroid(ground.drawn(shapely.Point(size[0] / 2, GATE_SETBACK).buffer(0.5)))
                return DemoGround(street_id, boundary, Position(gate.x, gate.y), plane, corner, angle)
    return None


def _tries(line: shapely.LineString, width: float) -> Iterator[tuple[tuple[float, float], float]]:
    """Yield where a ground may begin on the line (metres) and the direction of its front, both sides in turn."""
    for metres in np.arange(STEP, line.length - width, STEP):
        start, end = (
            shapely.get_coordinates(shapely.line_interpolate_point(line, m))[0] for m in (metres, metres + width)
        )
        for first, last in ((start, end), (end, start)):
            way = last - first
            yield (float(first[0]), float(first[1])), float(np.arctan2(way[1], way[0]))


def slabs(ground: DemoGround, rows: int, columns: int, specs: Sequence[BuildingSpec]) -> tuple[EstateBuilding, ...]:
    """Return `rows` × `columns` slabs on the ground, their insides taken from `specs` in turn."""
    width = 38.0
    found = []
    for row in range(rows):
        for column in range(columns):
            west, south = MARGIN + column * (width + 12), SETBACK + MARGIN + row * PITCH
            shape = shapely.box(west, south, west + width - 4 * (row % 2), south + SLAB_DEPTH)
            spec = specs[(row * columns + column) % len(specs)]
            found.append(EstateBuilding(f"demo-{row}-{column}", ground.drawn(shape), spec))
    return tuple(found)


GARDEN = (
    BuildingSpec(units=2, floors=6, rooms=2),
    BuildingSpec(units=3, floors=6, rooms=2),
    BuildingSpec(units=1, floors=18, underground=1, rooms=4, underground_rooms=2, rooms_on={1: 2}),
)
TOWERS = (
    BuildingSpec(units=1, floors=26, rooms=4, signs={13: FloorSign("12A", "电梯标注")}),
    BuildingSpec(units=2, floors=11, rooms=2, missing={4: "图纸及电梯均无4层"}),
)
"""Insides of the two estates: an older garden estate, and towers whose builder was afraid of numbers."""
