"""An estate 小区/院落 as a planner describes it: its gate, its buildings, their units, floors and rooms.

Shops on the ground floor with street numbers of their own belong to the street, not to the estate.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import shapely

from geo_app.domain.address_code import DEFAULT_SCHEME, CodeLevel
from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.position import Position

MOST_BUILDINGS = DEFAULT_SCHEME.largest(CodeLevel.BUILDING)
MOST_UNITS = DEFAULT_SCHEME.largest(CodeLevel.UNIT)
MOST_ROOMS_IN_UNIT = DEFAULT_SCHEME.largest(CodeLevel.ROOM)
MOST_ROOMS = 20_000
"""Rooms of one plan: more than the largest estates of the district, few enough to be looked through."""

HIGHEST_FLOOR = 200
LOWEST_FLOOR = -9

BUILDING_WORDS = ("幢", "栋", "号楼", "座")
UNIT_WORD, ROOM_WORD = "单元", "室"


@dataclass(frozen=True, slots=True)
class FloorSign:
    """What the lift and the stairs call a floor (12A for the 13th), and why it is not its number."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class BuildingSpec:
    """What is inside a building, the same in each unit.

    `units` 0: rooms hang on the building itself. `floors` counts upwards from 1, `underground` downwards from -1;
    `rooms` and `underground_rooms` are rooms a floor of one unit, `rooms_on` the floors that differ. `missing` are
    floors the building does not have, `signs` floors whose sign differs from their number, each with its reason.
    `unit_order` "" follows the rule; `unit_names` are names by hand, in the order of the units.
    """

    units: int = 1
    floors: int = 6
    underground: int = 0
    rooms: int = 2
    underground_rooms: int = 0
    rooms_on: Mapping[int, int] = field(default_factory=dict)
    missing: Mapping[int, str] = field(default_factory=dict)
    signs: Mapping[int, FloorSign] = field(default_factory=dict)
    unit_order: str = ""
    unit_names: tuple[str, ...] = ()

    @property
    def all_floors(self) -> tuple[int, ...]:
        """Return the floors that exist, from the lowest up; there is no floor 0."""
        span = (*range(-self.underground, 0), *range(1, self.floors + 1))
        return tuple(floor for floor in span if floor not in self.missing)

    def rooms_of(self, floor: int) -> int:
        """Return how many rooms a unit has on a floor."""
        return self.rooms_on.get(floor, self.rooms if floor > 0 else self.underground_rooms)

    @property
    def rooms_in_unit(self) -> int:
        """Return how many rooms a unit has."""
        return sum(map(self.rooms_of, self.all_floors))

    @property
    def rooms_in_building(self) -> int:
        """Return how many rooms the building has."""
        return self.rooms_in_unit * max(1, self.units)


@dataclass(frozen=True, slots=True)
class EstateBuilding:
    """A building to be numbered.

    `footprint` is in degrees (SRID 4490). `kept` is the number it has already ("" for none: it gets one), `hand` one
    that the planner chose. `name` is what the file or the builder calls it; `building_id` and `address_id` are the
    register's, where it knows the building.
    """

    key: str
    footprint: shapely.Polygon
    spec: BuildingSpec = field(default_factory=BuildingSpec)
    kept: str = ""
    hand: str = ""
    name: str = ""
    building_id: int | None = None
    address_id: str | None = None

    @property
    def given(self) -> str:
        """Return the number that the order does not decide."""
        return self.kept or self.hand


@dataclass(frozen=True, slots=True)
class Gate:
    """The main gate: where it is (degrees), on which street of the register, and its number there."""

    position: Position | None = None
    street_id: int | None = None
    number: HouseNumber | None = None


@dataclass(frozen=True, slots=True)
class Estate:
    """All that a plan numbers: buildings in any order, gate, boundary, numbers kept free with their reasons."""

    buildings: tuple[EstateBuilding, ...] = ()
    gate: Gate = Gate()
    boundary: shapely.Polygon | None = None
    reserved: Mapping[int, str] = field(default_factory=dict)
    word: str = BUILDING_WORDS[0]
