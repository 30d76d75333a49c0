"""What changes do to addresses, on made-up streets: none lost, every old text leads to exactly who had it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString

from geo_app.domain.address import Kind
from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.position import Position
from geo_app.domain.street_change import ChangeVerb, StreetPart
from geo_app.domain.street_change_refusals import ChangeLacksField, RenumberedDoorUnknown, SplitNamesAlike
from geo_app.domain.street_cut import DrawnPiece
from geo_app.domain.street_moves import Standing, number_clashes, retell, text_clashes
from geo_app.domain.street_outcome import Ground, StreetNow, StreetState, outcome_of
from geo_app.domain.street_request import ChangeRequest, NewName, Notice, require_complete
from geo_app.domain.street_undo import Before, Snapshot, undo_outcome

ABOVE, THERE = "四川省乐山市沙湾区沙湾镇", "四川省乐山市沙湾区嘉农镇"
DAY = date(2026, 3, 1)
WEST, SOUTH, LENGTH = 103.55, 29.41, 0.006


def street(key, name, doors, *, south=SOUTH):
    """Return a street from west to east with doors (number, share of the way), a room in every third of them."""
    line = LineString([(WEST, south), (WEST + LENGTH, south)])
    standing, places = [], {}
    for row, (number, share) in enumerate(doors):
        entrance = key * 1000 + row
        places[entrance] = Position(WEST + LENGTH * share, south + 0.00005)
        text = f"{ABOVE}{name}{number}号"
        door = Standing(
            f"{key}-{row}", f"{key}-{row}", Kind.DOOR, key, name, HouseNumber(number), f"{number}号", text, ABOVE, 1,
            None, entrance, places[entrance],
        )  # fmt: skip
        standing.append(door)
        if row % 3 == 0:
            room = replace(door, id=f"{door.id}-301", kind=Kind.ROOM, number=None, number_text="", text=text + "301室")
            standing.append(replace(room, entrance_id=None, position=None))
    return StreetNow(StreetState(key, name, "", 1), [DrawnPiece(key, line)], places, standing)


DOORS = st.lists(
    st.tuples(st.integers(1, 400), st.floats(0.01, 0.99)), min_size=1, max_size=25, unique_by=lambda door: door[0]
)


def request(verb, **fields):
    return ChangeRequest(verb, 1, DAY, **fields)


def split_at(share, **fields):
    point = Position(WEST + LENGTH * share, SOUTH)
    return request(ChangeVerb.SPLIT, at=point, **{"second_name": NewName("新街"), **fields})


def nothing_lost(ground, outcome):
    standing = [*ground.street.standing, *(ground.other.standing if ground.other else ())]
    assert sorted(one.before.id for one in outcome.moved) == sorted(one.id for one in standing)
    olds = [one.before.text for one in outcome.moved]
    assert sorted(olds) == sorted(one.text for one in standing)


@given(DOORS, st.floats(0.05, 0.95))
def test_a_split_loses_no_address_and_what_hangs_below_stays_with_its_door(doors, share):
    ground = Ground(street(1, "南街", doors))
    outcome = outcome_of(split_at(share), ground)
    nothing_lost(ground, outcome)
    by_id = {one.before.id: one for one in outcome.moved}
    for one in outcome.moved:
        door = by_id[one.before.top_id].after
        assert one.after.street_id == door.street_id
        assert one.after.text.startswith(door.text)
        assert one.after.text.removeprefix(door.text) == one.before.text.removeprefix(
            by_id[one.before.top_id].before.text
        )
    assert not number_clashes(outcome.moved)
    assert not text_clashes(outcome.moved, {})


@given(DOORS, DOORS)
def test_a_merger_shows_every_clash_and_nothing_else(doors, others):
    ground = Ground(street(1, "南街", doors), street(2, "北街", others, south=SOUTH + 0.001))
    outcome = outcome_of(request(ChangeVerb.MERGE, other_id=2), ground)
    nothing_lost(ground, outcome)
    both = {number for number, _ in doors} & {number for number, _ in others}
    assert {clash.text for clash in number_clashes(outcome.moved)} == {f"南街{number}号" for number in both}
    assert all(one.after.street_id == 1 for one in outcome.moved)


@given(DOORS, DOORS)
def test_a_merger_and_its_undoing_bring_every_text_back_to_exactly_who_had_it(doors, others):
    moved = {number for number, _ in doors} & {number for number, _ in others}
    ground = Ground(street(1, "南街", doors), street(2, "北街", others, south=SOUTH + 0.001))
    clashing = [one for one in ground.other.standing if one.number and one.number.number in moved]
    numbers = {one.id: HouseNumber(1000 + row) for row, one in enumerate(clashing)}
    outcome = outcome_of(request(ChangeVerb.MERGE, other_id=2), replace(ground, numbers=numbers))
    assert not number_clashes(outcome.moved)
    past = {
        one.before.id: Before(
            one.before.street_id, one.before.number, 1, ABOVE, one.before.text, one.after.text,
        )
        for one in outcome.moved
    }  # fmt: skip
    snapshot = Snapshot([ground.street.state, ground.other.state])
    back = undo_outcome(snapshot, past, [one.after for one in outcome.moved])
    assert {one.after.id: one.after.text for one in back.moved} == {
        one.before.id: one.before.text for one in outcome.moved
    }
    assert {one.after.id: one.after.number for one in back.moved if one.after.kind is Kind.DOOR} == {
        one.before.id: one.before.number for one in outcome.moved if one.before.kind is Kind.DOOR
    }


def test_a_new_door_of_the_street_that_a_split_made_goes_to_the_heir_when_it_is_undone():
    made = StreetState(9, "新街", "", 1, ended=True)
    snapshot = Snapshot([StreetState(1, "南街", "", 1), made])
    newcomer = street(9, "新街", [(7, 0.5)]).standing
    assert [one.after.text for one in undo_outcome(snapshot, {}, newcomer).moved] == [
        f"{ABOVE}南街7号", f"{ABOVE}南街7号301室",
    ]  # fmt: skip


def test_a_part_that_goes_to_another_township_reads_its_name():
    ground = Ground(street(1, "南街", [(1, 0.2), (2, 0.8)]), division=(5, THERE))
    point = Position(WEST + LENGTH * 0.5, SOUTH)
    outcome = outcome_of(
        request(ChangeVerb.TRANSFER, at=point, part=StreetPart.FIRST, division_code="511111101"), ground
    )
    doors = [one.after for one in outcome.moved if one.after.kind is Kind.DOOR]
    assert [door.text for door in doors] == [f"{THERE}南街1号", f"{ABOVE}南街2号"]
    assert [door.division_id for door in doors] == [5, 1]
    assert not outcome.streets


def test_the_parts_of_a_split_street_have_names_of_their_own():
    with pytest.raises(SplitNamesAlike):
        outcome_of(split_at(0.5, name=NewName("新街")), Ground(street(1, "南街", [(1, 0.2)])))


def test_a_number_for_a_door_elsewhere_is_refused():
    with pytest.raises(RenumberedDoorUnknown):
        outcome_of(
            request(ChangeVerb.RENAME, name=NewName("新街")),
            Ground(street(1, "南街", [(1, 0.2)]), numbers={"7-7": HouseNumber(3)}),
        )


@pytest.mark.parametrize("verb", [v for v in ChangeVerb if v not in {ChangeVerb.RETIRE, ChangeVerb.UNDO}])
def test_a_change_names_what_it_needs(verb):
    with pytest.raises(ChangeLacksField):
        require_complete(request(verb))


def test_what_stands_behind_the_number_stays():
    assert retell(f"{ABOVE}南街1号阳光小区2幢", (ABOVE, "南街1号"), (THERE, "北街3号")) == f"{THERE}北街3号阳光小区2幢"
    assert retell("南街1号", (ABOVE, "南街1号"), (ABOVE, "北街1号")) == "北街1号"
    assert retell("老供销社", (ABOVE, "南街1号"), (ABOVE, "北街1号")) == f"{ABOVE}北街1号"


def test_a_request_is_read_back_as_it_was_kept():
    asked = split_at(
        0.5, line=LineString([(1, 2), (3, 4)]), renumber={"1-1": "7"}, notice=Notice("东起", "区政府", "3号")
    )
    assert ChangeRequest.from_mapping(asked.to_mapping()) == asked
