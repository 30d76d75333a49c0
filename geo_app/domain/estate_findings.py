"""What is wrong with an estate's plan: footprints that overlap or lie outside, numbers given twice, gaps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely

from geo_app.domain.estate import Estate
from geo_app.domain.estate_numbers import BuildingNumbers
from geo_app.domain.local_plane import LocalPlane
from geo_app.domain.message import Message, marked
from geo_app.domain.position import Position, metres_between

OVERLAP_SHARE = 0.05
"""Drawn walls seldom meet to the decimetre; more than this share of the smaller building is an overlap."""

OUTSIDE_SHARE = 0.05
GATE_FAR_METRES = 60.0
SMALL_SQUARE_METRES = 12.0

OVERLAP = marked("{one} and {other} overlap by {share} % of the smaller one.")
OUTSIDE = marked("{building} stands outside the estate's boundary.")
PARTLY_OUTSIDE = marked("{building} stands to {share} % outside the estate's boundary.")
TWICE = marked("{one} and {other} have the same number.")
GAP = marked("Number {number} is not used: {reason}.")
GATE_FAR = marked("The gate is {metres} m away from the nearest building.")
SMALL = marked("{building} has only {area} m²: is it a building that needs a number?")
NO_ROOMS = marked("{building} has no room.")


class Severity(StrEnum):
    """How much a finding matters: an error keeps the plan from being submitted."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class EstateFinding:
    """A broken quality rule: its kind, how much it matters, a sentence, and the buildings (keys) it concerns."""

    kind: str
    severity: Severity
    message: Message
    keys: tuple[str, ...] = ()


def estate_findings(estate: Estate, numbers: BuildingNumbers) -> tuple[EstateFinding, ...]:
    """Return what is wrong with an estate that has these numbers, the worst first."""
    if not estate.buildings:
        return ()
    plane = LocalPlane.around(shapely.union_all([building.footprint for building in estate.buildings]))
    shapes = np.array([plane.shape_to_metres(building.footprint) for building in estate.buildings], dtype=object)
    look = _Look(estate, numbers, plane, shapes)
    found = [*_twice(look), *_overlapping(look), *_outside(look), *_gate(look), *_small(look), *_empty(look)]
    found += [
        EstateFinding("gap", Severity.INFO, Message(GAP, {"number": gap.number, "reason": gap.reason}))
        for gap in numbers.gaps
    ]
    order = list(Severity)
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    estate: Estate
    numbers: BuildingNumbers
    plane: LocalPlane
    shapes: "np.ndarray[tuple[int], np.dtype[np.object_]]"

    def name(self, place: int) -> str:
        return self.numbers.numbers[place].text + self.estate.word

    def keys(self, *places: int) -> tuple[str, ...]:
        return tuple(self.estate.buildings[place].key for place in places)


def _twice(look: _Look) -> Iterator[EstateFinding]:
    seen: dict[str, int] = {}
    for place, number in enumerate(look.numbers.numbers):
        other = seen.setdefault(number.text.upper(), place)
        if other != place:
            told = Message(TWICE, {"one": look.name(other), "other": look.name(place)})
            yield EstateFinding("number_twice", Severity.ERROR, told, look.keys(other, place))


def _overlapping(look: _Look) -> Iterator[EstateFinding]:
    tree = shapely.STRtree(look.shapes)
    for one, other in sorted(map(tuple, tree.query(look.shapes, predicate="intersects").T.tolist())):
        if one >= other:
            continue
        shared = shapely.area(shapely.intersection(look.shapes[one], look.shapes[other]))
        share = shared / min(shapely.area(look.shapes[one]), shapely.area(look.shapes[other]))
        if share > OVERLAP_SHARE:
            values = {"one": look.name(one), "other": look.name(other), "share": round(share * 100)}
            yield EstateFinding("overlap", Severity.WARNING, Message(OVERLAP, values), look.keys(one, other))


def _outside(look: _Look) -> Iterator[EstateFinding]:
    if look.estate.boundary is None:
        return
    boundary = look.plane.shape_to_metres(look.estate.boundary)
    for place, shape in enumerate(look.shapes):
        share = 1 - shapely.area(shapely.intersection(shape, boundary)) / shapely.area(shape)
        if share > OUTSIDE_SHARE:
            pattern = OUTSIDE if share > 1 - OUTSIDE_SHARE else PARTLY_OUTSIDE
            told = Message(pattern, {"building": look.name(place), "share": round(share * 100)})
            yield EstateFinding("outside", Severity.WARNING, told, look.keys(place))


def _gate(look: _Look) -> Iterator[EstateFinding]:
    gate = look.estate.gate.position
    if gate is None:
        return
    metres = _from_gate(look, gate)
    if metres > GATE_FAR_METRES:
        yield EstateFinding("gate_far", Severity.WARNING, Message(GATE_FAR, {"metres": round(metres)}))


def _from_gate(look: _Look, gate: Position) -> float:
    """Return metres from the gate to the boundary's line, else to the nearest building."""
    ground: Sequence[shapely.Geometry] = [building.footprint for building in look.estate.buildings]
    ground = [look.estate.boundary.exterior] if look.estate.boundary is not None else ground
    near = [shapely.get_coordinates(shapely.shortest_line(shapely.Point(gate.lon, gate.lat), one))[1] for one in ground]
    return min(metres_between(gate, Position(*place)) for place in near)


def _small(look: _Look) -> Iterator[EstateFinding]:
    for place, shape in enumerate(look.shapes):
        if shapely.area(shape) < SMALL_SQUARE_METRES:
            told = Message(SMALL, {"building": look.name(place), "area": round(shapely.area(shape))})
            yield EstateFinding("small", Severity.INFO, told, look.keys(place))


def _empty(look: _Look) -> Iterator[EstateFinding]:
    for place, building in enumerate(look.estate.buildings):
        if building.spec.rooms_in_building == 0:
            told = Message(NO_ROOMS, {"building": look.name(place)})
            yield EstateFinding("no_rooms", Severity.INFO, told, look.keys(place))
