"""Estates drawn as text: each letter is a building, as wide and deep as its letters reach; a cell is 10 m × 10 m.

`!` is the gate. North is up.
"""

import shapely

from geo_app.domain.estate import EstateBuilding
from geo_app.domain.local_plane import LocalPlane
from geo_app.domain.position import Position

CELL = 10.0
WALL = 1.0
PLANE = LocalPlane(103.55, 29.41)


def sketch(*lines: str, turned: float = 0.0) -> tuple[dict[str, shapely.Polygon], Position | None]:
    """Return the footprints by letter and the gate, turned by so many degrees anticlockwise."""
    cells: dict[str, list[tuple[float, float]]] = {}
    for row, line in enumerate(lines):
        for column, letter in enumerate(line):
            if letter != " ":
                cells.setdefault(letter, []).append((column * CELL, -row * CELL))
    shapes = {letter: _placed(places, turned) for letter, places in sorted(cells.items())}
    gate = shapes.pop("!", None)
    return shapes, None if gate is None else Position(gate.centroid.x, gate.centroid.y)


def _placed(places: list[tuple[float, float]], turned: float) -> shapely.Polygon:
    (west, south), (east, north) = (tuple(pick(axis) for axis in zip(*places, strict=True)) for pick in (min, max))
    box = shapely.box(west + WALL, south + WALL, east + CELL - WALL, north + CELL - WALL)
    return PLANE.shape_to_degrees(shapely.affinity.rotate(box, turned, origin=(0, 0)))


def buildings_of(shapes: dict[str, shapely.Polygon], **kept: str) -> tuple[EstateBuilding, ...]:
    return tuple(EstateBuilding(letter, shape, kept=kept.get(letter, "")) for letter, shape in shapes.items())
