"""A whole estate numbered: the walk, each building's number with its reason, its units and rooms, what is wrong."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import shapely

from geo_app.domain.estate import MOST_BUILDINGS, MOST_ROOMS, Estate, EstateBuilding
from geo_app.domain.estate_findings import EstateFinding, Severity, estate_findings
from geo_app.domain.estate_numbers import BuildingNumber, kept_free, number_buildings
from geo_app.domain.estate_order import order_buildings
from geo_app.domain.estate_refusals import BuildingShapeUnusable, TooManyBuildings, TooManyRooms
from geo_app.domain.estate_rooms import EstateUnit, require_possible, unfold
from geo_app.domain.estate_units import Ground, UnitPlaces, unit_places
from geo_app.domain.message import Message
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.position import Position


@dataclass(frozen=True, slots=True)
class NumberedBuilding:
    """A building with its number, the row it stands in (from 1), and what is inside."""

    building: EstateBuilding
    number: BuildingNumber
    row: int
    units: tuple[EstateUnit, ...]
    places: UnitPlaces

    @property
    def position(self) -> Position:
        """Return a point inside the footprint (degrees)."""
        point = shapely.point_on_surface(self.building.footprint)
        return Position(point.x, point.y)


@dataclass(frozen=True, slots=True)
class NumberedEstate:
    """All numbers of an estate; `buildings` in walking order, `turn` in degrees, see `estate_order.Walk`."""

    estate: Estate
    buildings: tuple[NumberedBuilding, ...]
    findings: tuple[EstateFinding, ...] = ()
    turn: float = 0.0
    gaps: Mapping[int, Message] = field(default_factory=dict)

    @property
    def errors(self) -> int:
        """Return how many findings keep the plan from being submitted."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def new(self) -> tuple[NumberedBuilding, ...]:
        """Return the buildings that have no address yet."""
        return tuple(one for one in self.buildings if one.building.address_id is None)

    def counts(self) -> dict[str, int]:
        """Return how many buildings, units and rooms there are, and how many buildings are kept or set by hand."""
        counted = Counter(buildings=0, units=0, rooms=0, kept=0, by_hand=0)
        for one in self.buildings:
            spec = one.building.spec
            counted.update(buildings=1, units=spec.units, rooms=spec.rooms_in_building)
            counted.update(kept=bool(one.building.kept), by_hand=bool(one.building.hand and not one.building.kept))
        return dict(counted)


def number_estate(estate: Estate, rule: NumberingRule) -> NumberedEstate:
    """Return the numbers of all buildings, units and rooms; the order in which buildings are listed never matters.

    An estate without buildings has no numbers.
    Raises TooManyBuildings, TooManyRooms, BuildingShapeUnusable, GateNeeded, SkippedNumberWithoutReason,
    BuildingNumberMalformed and what `estate_rooms.unfold` raises.
    """
    _require_possible(estate)
    if not estate.buildings:
        return NumberedEstate(estate, ())
    footprints = [building.footprint for building in estate.buildings]
    walk = order_buildings(footprints, rule.building_order, estate.gate.position)
    skipped = kept_free(estate.reserved, rule.skip, rule.skip_reason)
    numbers = number_buildings(estate.buildings, walk, skipped)
    ground = Ground.of(footprints, estate.gate.position)
    numbered = []
    for row, places in enumerate(walk.rows, 1):
        for place in places:
            number = numbers.numbers[place]
            numbered.append(_inside(estate.buildings[place], (number, row), rule, ground))
    gaps = {gap.number: gap.reason for gap in numbers.gaps}
    return NumberedEstate(estate, tuple(numbered), estate_findings(estate, numbers), walk.turn, gaps)


def _require_possible(estate: Estate) -> None:
    if len(estate.buildings) > MOST_BUILDINGS:
        raise TooManyBuildings(count=len(estate.buildings), most=MOST_BUILDINGS)
    for place, building in enumerate(estate.buildings, 1):
        name = building.given or building.name or str(place)
        if not usable(building.footprint):
            raise BuildingShapeUnusable(building=name)
        require_possible(building.spec, name)
    rooms = sum(building.spec.rooms_in_building for building in estate.buildings)
    if rooms > MOST_ROOMS:
        raise TooManyRooms(count=rooms, most=MOST_ROOMS)


def usable(footprint: shapely.Geometry) -> bool:
    """Tell whether a shape is one sound area within ±180 and ±90 degrees."""
    if not isinstance(footprint, shapely.Polygon) or not footprint.is_valid or footprint.area <= 0:
        return False
    west, south, east, north = footprint.bounds
    return bool(west >= -180 and east <= 180 and south >= -90 and north <= 90)


def _inside(
    building: EstateBuilding, named: tuple[BuildingNumber, int], rule: NumberingRule, ground: Ground
) -> NumberedBuilding:
    number, row = named
    spec = building.spec
    units = unfold(spec, number.text, rule.room)
    places = unit_places(building.footprint, spec.units, spec.unit_order or rule.unit_order, ground)
    return NumberedBuilding(building, number, row, units, places)
