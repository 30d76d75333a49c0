from dataclasses import replace
from datetime import date

import pytest

from geo_app.domain import address_place as rules
from geo_app.domain.address import Kind, PlaceStatus
from geo_app.domain.address_elements import ABSENT, FloorZeroDoesNotExist, HouseNumber, Label
from geo_app.domain.address_life import propose
from geo_app.domain.position import Position
from tests.support.addresses import HERE, STREET, around, child, current_door, decision, door, draft

PARENT = current_door()


def proposed(address, **facts):
    return propose(draft(address), decision(), around(**facts))


def proposed_room(**fields):
    return proposed(child(Kind.ROOM, PARENT, **fields), parent=PARENT)


def test_no_number_without_an_approved_name():
    with pytest.raises(rules.PlaceNotApproved):
        proposed(door(), place=replace(STREET, status=PlaceStatus.PROPOSED))


def test_a_retired_street_gets_no_new_number():
    with pytest.raises(rules.PlaceRetired):
        proposed(door(), place=replace(STREET, status=PlaceStatus.RETIRED))


def test_street_and_address_lie_in_one_county():
    with pytest.raises(rules.PlaceInAnotherCounty):
        proposed(door(), place=replace(STREET, county_code="511102"))


def test_an_abolished_village_gets_no_new_address():
    with pytest.raises(rules.DivisionAbolished):
        proposed(door(), division_current=False)


def test_a_door_needs_a_number():
    with pytest.raises(rules.DoorNeedsNumber):
        proposed(door(number=ABSENT))


def test_a_door_has_no_name():
    with pytest.raises(rules.LabelNotForDoors):
        proposed(door(label=Label("3", "幢")))


def test_a_room_has_no_door_number():
    with pytest.raises(rules.NumberOnlyForDoors):
        proposed_room(number=HouseNumber(1))


def test_a_room_needs_a_name():
    with pytest.raises(rules.LabelMissing):
        proposed_room(label=ABSENT)


def test_a_number_is_taken_once_on_a_street():
    with pytest.raises(rules.NumberAlreadyTaken):
        proposed(door(), numbers_taken=frozenset({HouseNumber(12)}))


@pytest.mark.parametrize("other", [HouseNumber(12, "A"), HouseNumber(12, sub_number=1), HouseNumber(14)])
def test_suffix_and_sub_number_make_another_number(other):
    assert proposed(door(), numbers_taken=frozenset({other})).number == HouseNumber(12)


def test_a_name_is_taken_once_among_siblings_in_any_spelling():
    with pytest.raises(rules.LabelAlreadyTaken):
        proposed(
            child(Kind.ROOM, PARENT, label=Label("五〇一", "室")), parent=PARENT, labels_taken=frozenset({"501室"})
        )


def test_a_retired_number_rests_and_then_is_free():
    resting = {HouseNumber(12): date(2026, 6, 1)}
    with pytest.raises(rules.NumberResting):
        proposed(door(), numbers_resting=resting)
    free = propose(draft(door()), decision(day=date(2026, 6, 1)), around(numbers_resting=resting))
    assert free.number == HouseNumber(12)


def test_only_a_room_lies_on_a_floor():
    with pytest.raises(rules.FloorOnlyForRooms):
        proposed(door(floor=1))
    assert proposed_room(floor=-1).floor == -1


def test_no_room_lies_on_floor_zero():
    with pytest.raises(FloorZeroDoesNotExist):
        proposed_room(floor=0)


@pytest.mark.parametrize("position", [Position(200, 29), Position(103, 91), Position(float("nan"), 29)])
def test_a_position_is_in_degrees(position):
    with pytest.raises(rules.PositionNotOnEarth):
        proposed(door(position=position))


def test_a_door_lies_in_its_division():
    with pytest.raises(rules.PositionOutsideDivision):
        proposed(door(), inside_division=False)


def test_a_room_takes_its_position_from_its_building():
    with pytest.raises(rules.RoomHasNoPosition):
        proposed_room(position=HERE)
