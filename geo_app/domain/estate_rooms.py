"""Units, floors and rooms of a building, unfolded from what a planner says of it.

A room is called floor + two digits, left to right: 101, 102 … 1201 (DB11/T 856-2012). Where a floor has more than 99
rooms, all rooms of the building have three digits behind the floor, so that none is called like another. The floor is
kept beside the room and never computed from it. Below the ground the room bears the floor's sign: -101.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from geo_app.domain.estate import (
    HIGHEST_FLOOR,
    LOWEST_FLOOR,
    MOST_ROOMS_IN_UNIT,
    MOST_UNITS,
    BuildingSpec,
    FloorSign,
)
from geo_app.domain.estate_refusals import (
    FloorMissingWithoutReason,
    FloorNotInBuilding,
    FloorSignWithoutReason,
    TooManyFloors,
    TooManyRoomsInUnit,
    TooManyUnits,
    UnitNamesDoNotFit,
)
from geo_app.domain.numbering_rule import ROOMS

USUAL_DIGITS = 2


@dataclass(frozen=True, slots=True)
class EstateRoom:
    """A room: what it is called without 室, its floor, its place on the floor from the left, and as the sign has it.

    `signed` is "" where the floor's sign is its number; else the room as people read it there (12A01).
    """

    label: str
    floor: int
    place: int
    signed: str = ""


@dataclass(frozen=True, slots=True)
class EstateFloor:
    """A floor of one unit: its number (no 0), its sign where that differs, its rooms from left to right."""

    number: int
    rooms: tuple[EstateRoom, ...]
    sign: FloorSign | None = None


@dataclass(frozen=True, slots=True)
class EstateUnit:
    """A unit: its place in the building from 1 (0: the building has no units), its name, its floors from the lowest."""

    place: int
    name: str
    floors: tuple[EstateFloor, ...]

    @property
    def rooms(self) -> Iterator[EstateRoom]:
        """Yield the rooms, floor by floor."""
        return (room for floor in self.floors for room in floor.rooms)


def unfold(spec: BuildingSpec, building: str = "", room_rule: str = ROOMS[0]) -> tuple[EstateUnit, ...]:
    """Return the units of a building with their floors and rooms; `building` is its number for what is refused.

    Raises TooManyUnits, TooManyFloors, TooManyRoomsInUnit, FloorMissingWithoutReason, FloorSignWithoutReason,
    FloorNotInBuilding, UnitNamesDoNotFit.
    """
    require_possible(spec, building)
    floors = tuple(_floor(spec, floor, _LABELS[room_rule](spec)) for floor in spec.all_floors)
    names = spec.unit_names or tuple(str(place) for place in range(1, spec.units + 1))
    if not spec.units:
        return (EstateUnit(0, "", floors),)
    return tuple(EstateUnit(place, name, floors) for place, name in enumerate(names, 1))


def require_possible(spec: BuildingSpec, building: str) -> None:
    """Check the figures before anything is unfolded. Raises what `unfold` raises."""
    if not 0 <= spec.units <= MOST_UNITS:
        raise TooManyUnits(building=building, count=spec.units, most=MOST_UNITS)
    if not (0 <= spec.floors <= HIGHEST_FLOOR and 0 <= spec.underground <= -LOWEST_FLOOR):
        raise TooManyFloors(building=building, lowest=LOWEST_FLOOR, highest=HIGHEST_FLOOR)
    if spec.rooms_in_unit > MOST_ROOMS_IN_UNIT:
        raise TooManyRoomsInUnit(building=building, count=spec.rooms_in_unit, most=MOST_ROOMS_IN_UNIT)
    names = spec.unit_names
    if names and (len(set(names)) != spec.units or len(names) != spec.units or not all(map(str.strip, names))):
        raise UnitNamesDoNotFit(building=building, units=spec.units, names=", ".join(names))
    _require_floors(spec, building)


def _require_floors(spec: BuildingSpec, building: str) -> None:
    span = {*range(-spec.underground, 0), *range(1, spec.floors + 1)}
    for floor, reason in spec.missing.items():
        if floor not in span:
            raise FloorNotInBuilding(building=building, floor=floor)
        if not reason.strip():
            raise FloorMissingWithoutReason(building=building, floor=floor)
    for floor, sign in spec.signs.items():
        if floor not in spec.all_floors:
            raise FloorNotInBuilding(building=building, floor=floor)
        if not sign.reason.strip():
            raise FloorSignWithoutReason(building=building, floor=floor, sign=sign.text)
    absent = next((floor for floor in spec.rooms_on if floor not in spec.all_floors), None)
    if absent is not None:
        raise FloorNotInBuilding(building=building, floor=absent)


def _floor(spec: BuildingSpec, floor: int, label: Callable[[str, int], str]) -> EstateFloor:
    sign = spec.signs.get(floor)
    rooms = tuple(
        EstateRoom(label(str(floor), place), floor, place, label(sign.text, place) if sign else "")
        for place in range(1, spec.rooms_of(floor) + 1)
    )
    return EstateFloor(floor, rooms, sign)


def _floor_and_digits(spec: BuildingSpec) -> Callable[[str, int], str]:
    """Return how a room is called; one width for all floors, or 1101 would be two rooms."""
    width = max(USUAL_DIGITS, *(len(str(spec.rooms_of(floor))) for floor in (*spec.all_floors, 1)))
    return lambda floor, place: f"{floor}{place:0{width}d}"


_LABELS: Mapping[str, Callable[[BuildingSpec], Callable[[str, int], str]]] = {ROOMS[0]: _floor_and_digits}
"""How rooms are called, by the rule's field `room`."""
