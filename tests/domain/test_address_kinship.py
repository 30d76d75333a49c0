import pytest

from geo_app.domain import address_kinship as kinship
from geo_app.domain.address import Kind, Status
from geo_app.domain.address_life import propose
from geo_app.domain.errors import NotFound
from tests.support.addresses import around, child, current_door, decision, door, draft


def proposed_under(parent, kind=Kind.BUILDING, **fields):
    return propose(draft(child(kind, parent, **fields)), decision(), around(parent=parent))


def second_door(primary, **fields):
    return propose(draft(door("second", primary_id="door", **fields)), decision(), around(primary=primary))


@pytest.mark.parametrize(
    ("kind", "parent_kind"),
    [(kind, parent) for kind, parents in kinship.PARENTS.items() for parent in sorted(parents)],
)
def test_the_levels_go_down_from_door_to_room(kind, parent_kind):
    parent = current_door(kind=parent_kind)
    assert proposed_under(parent, kind).parent_id == parent.id


@pytest.mark.parametrize(
    ("kind", "parent_kind"),
    [
        (kind, parent)
        for kind, parents in kinship.PARENTS.items()
        for parent in Kind
        if parent not in parents and kind is not Kind.DOOR
    ],
)
def test_a_level_does_not_hang_on_a_lower_one(kind, parent_kind):
    with pytest.raises(kinship.ParentKindWrong):
        proposed_under(current_door(kind=parent_kind), kind)


def test_a_door_has_no_parent():
    with pytest.raises(kinship.DoorHasNoParent):
        proposed_under(current_door(), Kind.DOOR)


@pytest.mark.parametrize("kind", [Kind.UNIT, Kind.ROOM])
def test_a_unit_or_room_needs_a_parent(kind):
    alone = child(kind, door(), parent_id=None, place_id=7)
    with pytest.raises(kinship.ParentMissing):
        propose(draft(alone), decision(), around())


def test_a_building_may_stand_on_its_estate_without_a_door():
    alone = child(Kind.BUILDING, door(), parent_id=None, place_id=7)
    assert propose(draft(alone), decision(), around()).parent_id is None


def test_the_parent_named_is_the_parent_loaded():
    with pytest.raises(NotFound):
        propose(draft(child(Kind.BUILDING, door())), decision(), around())


@pytest.mark.parametrize("status", [Status.REJECTED, Status.RETIRED])
def test_nothing_lives_under_an_ended_parent(status):
    with pytest.raises(kinship.ParentNotLiving):
        proposed_under(door(status=status))


def test_nothing_hangs_on_a_secondary_door():
    with pytest.raises(kinship.ParentIsSecondary):
        proposed_under(current_door(primary_id="first"))


def test_parent_and_child_lie_in_one_county():
    with pytest.raises(kinship.ParentInAnotherCounty):
        proposed_under(current_door(county_code="511102"))


def test_a_child_states_no_street_of_its_own():
    with pytest.raises(kinship.PlaceComesFromParent):
        proposed_under(current_door(), place_id=7)


def test_a_second_door_names_its_first():
    assert second_door(current_door()).primary_id == "door"


def test_a_second_door_without_a_first_is_refused():
    with pytest.raises(kinship.PrimaryMissing):
        second_door(None)


def test_only_a_door_can_be_secondary():
    parent = current_door()
    building = child(Kind.BUILDING, parent, primary_id="door")
    with pytest.raises(kinship.OnlyDoorsAreSecondary):
        propose(draft(building), decision(), around(parent=parent, primary=parent))


def test_an_address_is_not_secondary_to_itself():
    with pytest.raises(kinship.PrimaryIsItself):
        second_door(current_door("second"))


def test_a_primary_is_a_door():
    with pytest.raises(kinship.PrimaryNotADoor):
        second_door(child(Kind.BUILDING, door()))


def test_secondaries_do_not_form_chains():
    with pytest.raises(kinship.PrimaryIsSecondary):
        second_door(current_door(primary_id="zero"))


@pytest.mark.parametrize("status", [Status.REJECTED, Status.RETIRED])
def test_a_second_door_needs_a_living_first(status):
    with pytest.raises(kinship.PrimaryNotLiving):
        second_door(door(status=status))
