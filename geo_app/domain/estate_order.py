"""The order in which an estate's buildings are counted: S-shaped through its rows.

Sources differ (standards §1.3): Beijing counts from the north-eastern corner (DB11/T 856-2012), others from the left of
the main gate as one looks in. An estate that stands clearly turned is counted along its own axes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo_app.domain.errors import DomainError
from geo_app.domain.estate_refusals import GateNeeded
from geo_app.domain.estate_rows import Spans, find_rows
from geo_app.domain.local_plane import LocalPlane
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_rule import BUILDING_ORDERS
from geo_app.domain.position import Position

Floats = NDArray[np.float64]

FROM_NORTH_EAST, FROM_GATE_LEFT = BUILDING_ORDERS
CLEARLY_TURNED = 0.6
"""How alike the walls' directions must be (0 to 1, mean resultant length) for an estate to have axes of its own."""

CENTIMETRES = 2
TENTH_OF_DEGREE = 1
SEAM = -44.9
"""Axes are 90° apart, so they are told as -44.9° to 45°: an estate turned by 45° exactly is always read one way."""

ROW_FROM_EAST = marked("Row {row} of {rows} from the north, counted from east to west: building {place} of the row.")
ROW_FROM_WEST = marked("Row {row} of {rows} from the north, counted from west to east: building {place} of the row.")
ROW_FROM_LEFT = marked("Row {row} of {rows} from the gate, counted from left to right: building {place} of the row.")
ROW_FROM_RIGHT = marked("Row {row} of {rows} from the gate, counted from right to left: building {place} of the row.")
_PATTERNS = {FROM_NORTH_EAST: (ROW_FROM_EAST, ROW_FROM_WEST), FROM_GATE_LEFT: (ROW_FROM_LEFT, ROW_FROM_RIGHT)}


class BuildingOrderUnknown(DomainError):
    """Buildings are counted from the north-east or from the left of the gate."""

    pattern = "{order} is no order of buildings; allowed: {allowed}."


@dataclass(frozen=True, slots=True)
class Walk:
    """The S through an estate: rows of places in the list of footprints, in walking order, and the estate's turn.

    `turn` is in degrees against the compass, anticlockwise, 0 where the estate has no axes of its own. `reasons` are
    by place in the list of footprints.
    """

    rows: tuple[tuple[int, ...], ...]
    turn: float
    reasons: tuple[Message, ...]

    @property
    def order(self) -> tuple[int, ...]:
        """Return all places in walking order."""
        return tuple(place for row in self.rows for place in row)


def order_buildings(footprints: Sequence[shapely.Polygon], order: str, gate: Position | None = None) -> Walk:
    """Return the walk through the footprints (degrees); the order of the list never matters.

    Raises BuildingOrderUnknown, GateNeeded.
    """
    if order not in BUILDING_ORDERS:
        raise BuildingOrderUnknown(order=order, allowed=", ".join(BUILDING_ORDERS))
    if order == FROM_GATE_LEFT and gate is None:
        raise GateNeeded
    if not len(footprints):
        return Walk((), 0.0, ())
    plane = LocalPlane.around(shapely.union_all(footprints))
    shapes = [plane.shape_to_metres(footprint) for footprint in footprints]
    turn = estate_turn(shapes)
    spans = _spans(shapes, turn)
    if order == FROM_GATE_LEFT:
        assert gate is not None
        spans = _seen_from_gate(spans, plane.to_metres(np.array([[gate.lon, gate.lat]]))[0], turn)
    rows = _walked(spans)
    return Walk(rows, turn, _reasons(rows, order))


def estate_turn(shapes: Sequence[shapely.Geometry]) -> float:
    """Return by how many degrees the walls (metres) stand turned against the compass; 0 where they do not agree."""
    ends = [shapely.get_coordinates(shape) for shape in shapes]
    walls = np.concatenate([np.diff(corners, axis=0) for corners in ends])
    # Walls stand at right angles, so directions are compared modulo 90°.
    directions = np.exp(4j * np.arctan2(walls[:, 1], walls[:, 0]))
    mean = np.average(directions, weights=np.hypot(walls[:, 0], walls[:, 1]))
    if abs(mean) < CLEARLY_TURNED:
        return 0.0
    turn = round(float(np.degrees(np.angle(mean))) / 4, TENTH_OF_DEGREE)
    return turn if turn > SEAM else turn + 90


def _axes(turn: float) -> Floats:
    """Return the unit vectors towards the estate's east and north, as rows."""
    angle = np.radians(turn)
    return np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])


def _spans(shapes: Sequence[shapely.Geometry], turn: float) -> Spans:
    """Return where the buildings lie to the estate's own east (along) and north (across)."""
    east, north = _axes(turn)
    along, across = np.empty((len(shapes), 3)), np.empty((len(shapes), 3))
    for place, shape in enumerate(shapes):
        corners, centre = shapely.get_coordinates(shape), shapely.get_coordinates(shapely.centroid(shape))[0]
        for span, axis in ((along, east), (across, north)):
            span[place] = (corners @ axis).min(), centre @ axis, (corners @ axis).max()
    return Spans(np.round(across, CENTIMETRES), np.round(along, CENTIMETRES))


def _seen_from_gate(spans: Spans, gate: Floats, turn: float) -> Spans:
    """Return the spans as one sees them who stands in the gate and looks in: the nearest first, the left first."""
    east, north = _axes(turn)
    at_east, at_north = np.round(gate @ east, CENTIMETRES), np.round(gate @ north, CENTIMETRES)
    outside = (
        spans.across[:, 0].min() - at_north,
        at_north - spans.across[:, 2].max(),
        spans.along[:, 0].min() - at_east,
        at_east - spans.along[:, 2].max(),
    )
    # The gate is on the side beyond which it lies furthest, or to which it is nearest: south, north, west, east.
    side = int(np.argmax(outside))
    left = ((-1, spans.along), (1, spans.along), (1, spans.across), (-1, spans.across))[side]
    back = ((-1, spans.across), (1, spans.across), (-1, spans.along), (1, spans.along))[side]
    return Spans(_turned(*back), _turned(*left))


def _turned(sign: int, span: Floats) -> Floats:
    return span if sign > 0 else -span[:, ::-1]


def _walked(spans: Spans) -> tuple[tuple[int, ...], ...]:
    """Return the rows in walking order: the first from its beginning, the next back, and so on."""
    # Ties are broken by position alone, so that the order of the file never shows.
    position = (spans.along[:, 0], spans.across[:, 0], spans.along[:, 1], spans.across[:, 1])
    back = np.lexsort((*(-key for key in position[:2]), -position[2], -position[3]))
    walked = []
    for count, row in enumerate(find_rows(spans, back)):
        sign = -1 if count % 2 == 0 else 1
        order = np.lexsort((-spans.along[row, 0], -spans.across[row, 1], sign * spans.along[row, 1]))
        walked.append(tuple(int(place) for place in row[order]))
    return tuple(walked)


def _reasons(rows: tuple[tuple[int, ...], ...], order: str) -> tuple[Message, ...]:
    told: dict[int, Message] = {}
    for count, row in enumerate(rows):
        pattern = _PATTERNS[order][count % 2]
        for place, building in enumerate(row, 1):
            told[building] = Message(pattern, {"row": count + 1, "rows": len(rows), "place": place})
    return tuple(told[building] for building in sorted(told))
