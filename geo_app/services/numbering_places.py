"""What a numbering plan numbers: the doors of a street, or the houses of a village group."""

from collections.abc import Iterable, Sequence

import numpy as np

from geo_app.domain.address import PlaceKind
from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.numbering_plan import PlanLife
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.planned_decided import Decided
from geo_app.domain.planned_door import Door, PlanContent, PlannedDoor, PlannedLine
from geo_app.domain.planned_street import StreetFacts, as_pieces, plan_street, street_lines
from geo_app.domain.planned_village import GroupFacts, group_lines, plan_group
from geo_app.domain.street_piece import StreetPieces
from geo_app.persistence.register import Register
from geo_app.persistence.reservations import PlaceOfAddresses
from geo_app.persistence.streets import StreetRecord
from geo_app.persistence.village_groups import VillageGroupRecord

PlanPlace = StreetRecord | VillageGroupRecord
"""The ground on which a number is unique."""


def kind_of(place: PlanPlace) -> PlaceKind:
    """Return which of the two a place is."""
    return PlaceKind.VILLAGE_GROUP if isinstance(place, VillageGroupRecord) else PlaceKind.STREET


def place_of(register: Register, plan: PlanLife) -> PlanPlace:
    """Return the street or the village group of a plan. Raises NotFound."""
    places = register.village_groups if plan.place_kind is PlaceKind.VILLAGE_GROUP else register.streets
    return places.get(plan.place_id)


def hold_place(register: Register, plan: PlanLife) -> PlanPlace:
    """Return the place of a plan and hold it. Raises NotFound."""
    places = register.village_groups if plan.place_kind is PlaceKind.VILLAGE_GROUP else register.streets
    return places.lock(plan.place_id)


def state_of(register: Register, place: PlanPlace) -> str:
    """Return a mark that changes whenever the place, its lines, its doors or their addresses do."""
    if isinstance(place, VillageGroupRecord):
        return register.village_groups.state(place.id)
    return register.streets.state(place.id)


def numbers_of(register: Register, place: PlanPlace, rule: NumberingRule, decided: Decided) -> PlanContent:
    """Return the numbers of a place's doors as they stand now; nothing is written.

    Raises:
        CentreNeeded, RuleValueNotAllowed: see `plan_street`.
    """
    if isinstance(place, VillageGroupRecord):
        return plan_group(_group_facts(register, place), rule, decided)
    return plan_street(street_facts(register, place), rule, decided)


def street_facts(register: Register, street: StreetRecord, extra: Sequence[Door] = ()) -> StreetFacts:
    """Return what a street's numbers depend on, with `extra` doors beside those of the register."""
    lanes = register.streets.lanes_near(street.id)
    column = np.empty(len(lanes), dtype=object)
    column[:] = lanes
    return StreetFacts(pieces_of(register, street), [*register.entrances.of_street(street.id), *extra], column)


def pieces_of(register: Register, street: StreetRecord) -> StreetPieces:
    """Return the pieces of a street, each with the rule's fields that are its own."""
    pieces = register.streets.pieces(street.id)
    return as_pieces(
        street.name,
        [(str(piece.id), piece.line, {name: str(value) for name, value in piece.rule.items()}) for piece in pieces],
    )


def lines_of_place(
    register: Register, place: PlanPlace, rule: NumberingRule, doors: Sequence[PlannedDoor]
) -> tuple[PlannedLine, ...]:
    """Return the lines of a place in the order and direction of the numbers that a plan gives to its `doors`."""
    if isinstance(place, VillageGroupRecord):
        return group_lines(_group_facts(register, place))
    return street_lines(pieces_of(register, place), rule, doors)


def in_walking_order(place: PlanPlace, doors: Iterable[PlannedDoor]) -> list[PlannedDoor]:
    """Return doors as one walks: line after line of a street, into the lanes and out again in a village group."""
    line_by_line = not isinstance(place, VillageGroupRecord)

    def order(planned: PlannedDoor) -> tuple[str, float, int, int, int]:
        line = planned.line_key or "" if line_by_line else ""
        number = planned.number or planned.door.number
        ranks = (number.number, number.sub_number) if number else (0, 0)
        return line, planned.metres or 0.0, *ranks, planned.door.entrance_id

    return sorted(doors, key=order)


def numbers_taken(register: Register, place: PlanPlace, *, but: Sequence[str]) -> set[HouseNumber]:
    """Return the numbers that living addresses of the place hold, `but` these addresses."""
    if isinstance(place, VillageGroupRecord):
        return register.reservations.numbers_taken_in_group(place.division_id, place.name, but=but)
    return register.reservations.numbers_taken(place.id, but=but)


def is_approved(place: PlanPlace) -> bool:
    """Tell whether doors may be numbered here; a group's name comes with its village."""
    return isinstance(place, VillageGroupRecord) or place.approved


def name_of(place: PlanPlace) -> str:
    """Return the name by which a person knows the place: 铜河路, 万坪村3组."""
    return place.full_name if isinstance(place, VillageGroupRecord) else place.name


def address_place(place: PlanPlace) -> PlaceOfAddresses:
    """Return the place as its addresses are written."""
    if isinstance(place, VillageGroupRecord):
        return PlaceOfAddresses(place.county_code, place.full_name, village_group=place.name)
    return PlaceOfAddresses(place.county_code, place.name, place.id, place.name)


def _group_facts(register: Register, group: VillageGroupRecord) -> GroupFacts:
    doors = register.entrances.of_group(group.id)
    lanes = [(str(lane.id), lane.line) for lane in register.village_groups.lanes(group.id)]
    own = [door.address_id for door in doors if door.address_id]
    others = numbers_taken(register, group, but=own)
    return GroupFacts(lanes, doors, group.mouth, frozenset(others))
