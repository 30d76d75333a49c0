from datetime import date

import pytest

from geo_app.domain import address_kinship as kinship
from geo_app.domain import address_place as rules
from geo_app.domain.access import ReasonNotStated
from geo_app.domain.address import Kind, Rank, Status
from geo_app.domain.address_alias import AliasKind
from geo_app.domain.address_change import (
    correct_floor,
    correct_label,
    correct_number,
    correct_parent,
    correct_place,
    correct_position,
    make_primary,
    make_secondary,
    readdress,
    relabel,
    relocate,
    renumber,
)
from geo_app.domain.address_elements import HouseNumber, Label
from geo_app.domain.address_refusals import ChangesBeforeBeginning
from geo_app.domain.position import Position
from tests.support.addresses import (
    DAY,
    HERE,
    OTHER_STREET,
    START,
    STREET,
    around,
    child,
    current_door,
    decision,
    door,
)

N14 = HouseNumber(14)
THERE = Position(103.56, 29.42)
MOVE = {"place": OTHER_STREET, "former_place": STREET}
BUILDING = child(Kind.BUILDING, door(), status=Status.CURRENT, position=HERE)
ROOM = child(Kind.ROOM, door(), status=Status.CURRENT, floor=1)


def test_a_renumbered_door_stays_findable_under_its_old_number():
    changed = renumber(current_door(), N14, decision(), around(plated=True))
    assert changed.address.number == N14
    alias = changed.alias
    assert (alias.kind, alias.text) == (AliasKind.OLD_NUMBER, "南街12号")
    assert (alias.valid_from, alias.valid_to) == (START, DAY)


def test_a_second_renumbering_begins_its_alias_where_the_first_ended():
    once = renumber(current_door(), N14, decision(), around()).address
    later = date(2026, 5, 1)
    twice = renumber(once, HouseNumber(16), decision(once, day=later), around())
    assert (twice.alias.text, twice.alias.valid_from, twice.alias.valid_to) == ("南街14号", DAY, later)


def test_a_number_of_one_day_is_kept_without_a_beginning():
    changed = renumber(current_door(), N14, decision(day=START), around())
    assert (changed.alias.valid_from, changed.alias.valid_to) == (None, START)


def test_a_readdressed_door_keeps_the_old_street_in_its_alias():
    changed = readdress(current_door(), N14, decision(), around(**MOVE))
    assert (changed.address.place_id, changed.address.number) == (8, N14)
    assert changed.alias.text == "南街12号"


def test_a_renamed_building_keeps_its_old_name():
    changed = relabel(BUILDING, Label("5", "幢"), decision(), around())
    assert (str(changed.address.label), changed.alias.kind, changed.alias.text) == ("5幢", AliasKind.OLD_NAME, "3幢")


def test_a_door_moves_on_the_ground():
    assert relocate(current_door(), THERE, decision(), around()).position == THERE


def test_a_second_door_becomes_secondary_and_primary_again():
    second = make_secondary(current_door("second"), decision(), around(primary=current_door()))
    assert (second.rank, second.primary_id) == (Rank.SECONDARY, "door")
    assert make_primary(second, decision(second)).rank is Rank.PRIMARY


def test_corrections_leave_the_address_as_it_should_have_been():
    assert correct_number(door(), N14, decision(), around()).number == N14
    assert correct_place(door(), N14, decision(), around(**MOVE)).place_id == 8
    assert correct_label(BUILDING, Label("5", "幢"), decision(), around()).label == Label("5", "幢")
    assert correct_floor(ROOM, -1, decision()).floor == -1
    assert correct_position(door(), THERE, decision(), around()).position == THERE


def test_a_room_hung_on_the_wrong_door_is_hung_on_the_right_one():
    right = current_door("right")
    assert correct_parent(ROOM, decision(), around(parent=right)).parent_id == "right"


def test_a_building_may_turn_out_to_stand_on_its_estate():
    moved = correct_parent(BUILDING, decision(), around())
    assert (moved.parent_id, moved.place_id) == (None, STREET.place_id)


def test_a_corrected_parent_is_another_one():
    with pytest.raises(kinship.ParentUnchanged):
        correct_parent(ROOM, decision(), around(parent=current_door()))


def test_a_door_is_not_hung_on_anything():
    with pytest.raises(kinship.DoorHasNoParent):
        correct_parent(current_door(), decision(), around(parent=current_door("other")))


def test_a_current_room_is_not_hung_on_a_proposed_door():
    with pytest.raises(kinship.ParentNotCurrent):
        correct_parent(ROOM, decision(), around(parent=door("right")))


def test_a_proposed_room_may_be_hung_on_a_proposed_door():
    room = child(Kind.ROOM, door())
    assert correct_parent(room, decision(), around(parent=door("right"))).parent_id == "right"


def test_a_number_taken_away_by_mistake_goes_back_at_once():
    mistaken = renumber(current_door(), N14, decision(), around()).address
    resting = {HouseNumber(12): date(2030, 1, 1)}
    back = correct_number(mistaken, HouseNumber(12), decision(mistaken), around(numbers_resting=resting))
    assert back.number == HouseNumber(12)


def test_nothing_changes_before_it_begins():
    with pytest.raises(ChangesBeforeBeginning):
        renumber(current_door(), N14, decision(day=date(2025, 1, 1)), around())


def test_a_new_number_is_a_new_one():
    with pytest.raises(rules.NumberUnchanged):
        renumber(current_door(), HouseNumber(12), decision(), around())


def test_a_new_number_is_free():
    with pytest.raises(rules.NumberAlreadyTaken):
        renumber(current_door(), N14, decision(), around(numbers_taken=frozenset({N14})))


def test_a_building_is_not_renumbered():
    with pytest.raises(rules.NumberOnlyForDoors):
        renumber(BUILDING, N14, decision(), around())


def test_a_number_on_the_wall_is_not_corrected_away():
    with pytest.raises(rules.NumberIsOnTheWall):
        correct_number(current_door(), N14, decision(), around(plated=True))
    with pytest.raises(rules.NumberIsOnTheWall):
        correct_place(current_door(), N14, decision(), around(**MOVE, plated=True))


def test_a_move_needs_another_street():
    with pytest.raises(rules.PlaceUnchanged):
        readdress(current_door(), N14, decision(), around())


def test_a_child_moves_with_its_parent():
    with pytest.raises(rules.PlaceOnlyOfTopLevel):
        readdress(BUILDING, N14, decision(), around(**MOVE))


def test_a_door_is_not_renamed():
    with pytest.raises(rules.LabelNotForDoors):
        relabel(current_door(), Label("5", "幢"), decision(), around())


def test_a_new_name_is_a_new_one():
    with pytest.raises(rules.LabelUnchanged):
        relabel(BUILDING, Label("3", "幢"), decision(), around())


def test_a_name_on_the_wall_is_not_corrected_away():
    with pytest.raises(rules.LabelIsOnTheWall):
        correct_label(BUILDING, Label("5", "幢"), decision(), around(plated=True))


def test_a_corrected_floor_is_another_one():
    with pytest.raises(rules.FloorUnchanged):
        correct_floor(ROOM, 1, decision())


def test_a_new_position_is_another_one():
    with pytest.raises(rules.PositionUnchanged):
        correct_position(current_door(), HERE, decision(), around())


def test_a_primary_address_does_not_become_primary():
    with pytest.raises(kinship.AlreadyPrimary):
        make_primary(current_door(), decision())


def test_an_address_does_not_become_secondary_to_its_primary_again():
    with pytest.raises(kinship.AlreadySecondary):
        make_secondary(current_door("second", primary_id="door"), decision(), around(primary=current_door()))


def test_a_door_with_houses_behind_it_does_not_become_secondary():
    with pytest.raises(kinship.HasLivingChildren):
        make_secondary(current_door("second"), decision(), around(primary=current_door(), children=(BUILDING,)))


def test_a_current_door_does_not_become_secondary_to_a_proposed_one():
    with pytest.raises(kinship.PrimaryNotCurrent):
        make_secondary(current_door("second"), decision(), around(primary=door()))


@pytest.mark.parametrize(
    "change",
    [
        lambda why: renumber(current_door(), N14, why, around()),
        lambda why: readdress(current_door(), N14, why, around(**MOVE)),
        lambda why: relabel(BUILDING, Label("5", "幢"), why, around()),
        lambda why: relocate(current_door(), THERE, why, around()),
        lambda why: correct_floor(ROOM, 2, why),
    ],
)
def test_every_change_needs_a_reason(change):
    with pytest.raises(ReasonNotStated):
        change(decision(reason=""))
