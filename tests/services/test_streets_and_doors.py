import pytest
from shapely import LineString
from sqlalchemy import text

from geo_app.domain.access import NotGranted
from geo_app.domain.address_place import PositionNotOnEarth
from geo_app.domain.errors import NotFound
from geo_app.domain.numbering_circumstance import Circumstance, DoorKind, DoorState
from geo_app.domain.position import Position
from geo_app.domain.street_refusals import StreetApproverIsProposer
from geo_app.persistence.entrances import EntranceVersionStale
from geo_app.services import numbering, streets
from geo_app.services.streets import DoorHasAddress, DoorIsPlanned, StreetDrawing, StreetHasNoLine, StreetLineUnusable
from tests.support.example_register import SOUTH, TOWNSHIP, WEST, request

LINE = LineString([(WEST, SOUTH + 0.01), (WEST + 0.001, SOUTH + 0.01)])
HERE = Position(WEST + 0.00015, SOUTH + 0.00008)


def drawing(*lines, name="新华街", division=TOWNSHIP):
    return StreetDrawing(name, division, lines)


def first_door(register, example):
    return register.entrances.of_street(example.street)[0]


def submitted(register, example):
    plan = numbering.draft_plan(register, example.street, request(), example.by_planner())
    numbering.submit_plan(register, plan, example.by_planner(1))
    return plan


def published(register, example):
    plan = submitted(register, example)
    numbering.approve_plan(register, plan, example.by_reviewer(2))
    numbering.publish_plan(register, plan, example.by_reviewer(3))
    return plan


def test_a_drawn_street_has_its_lines_and_a_name_to_be_approved(register, example):
    street = streets.draw_street(register, drawing(LINE), example.by_planner())
    assert [piece.line for piece in register.streets.pieces(street)] == [LINE]
    assert not register.streets.get(street).approved


def test_who_drew_a_street_does_not_approve_its_name(register, example):
    street = streets.draw_street(register, drawing(LINE), example.by_planner())
    register.session.execute(text("update street set proposed_by = :id"), {"id": example.reviewer.account_id})
    with pytest.raises(StreetApproverIsProposer):
        streets.approve_street_name(register, street, example.by_reviewer(2))


def test_a_street_without_a_line_is_refused(register, example):
    with pytest.raises(StreetHasNoLine):
        streets.draw_street(register, drawing(), example.by_planner())


def test_a_line_without_length_is_refused_with_its_place(register, example):
    with pytest.raises(StreetLineUnusable, match="Line 2"):
        streets.draw_street(register, drawing(LINE, LineString([(WEST, SOUTH)] * 2)), example.by_planner())


def test_a_street_of_an_unknown_division_is_refused(register, example):
    with pytest.raises(NotFound, match="511111777"):
        streets.draw_street(register, drawing(LINE, division="511111777"), example.by_planner())


def test_a_stranger_draws_nothing(register, example):
    with pytest.raises(NotGranted):
        streets.draw_street(register, drawing(LINE), example.by_stranger())


def test_a_new_door_is_numbered_by_the_next_plan(register, example):
    door = streets.add_entrance(register, example.street, HERE, example.by_planner())
    content = numbering.preview(register, example.street, request()).content
    assert next(planned for planned in content.doors if planned.door.entrance_id == door).number is not None


@pytest.mark.parametrize("place", [Position(float("nan"), SOUTH), Position(WEST, 95)])
def test_a_door_stands_on_the_earth(register, example, place):
    with pytest.raises(PositionNotOnEarth):
        streets.add_entrance(register, example.street, place, example.by_planner())
    with pytest.raises(PositionNotOnEarth):
        streets.move_entrance(register, first_door(register, example).entrance_id, place, example.by_planner(1))


def test_a_moved_door_of_a_published_street_keeps_its_number(register, example):
    published(register, example)
    door = first_door(register, example)
    # To the other end and the other side, where the rule would give another number.
    streets.move_entrance(
        register, door.entrance_id, Position(WEST + 0.0004, SOUTH - 0.00008), example.by_planner(door.version)
    )
    moved = first_door(register, example)
    planned = numbering.preview(register, example.street, request()).content.doors[0]
    assert (moved.number, planned.number, planned.kept) == (door.number, door.number, True)


def test_a_door_moved_on_an_old_version_is_refused(register, example):
    with pytest.raises(EntranceVersionStale):
        streets.move_entrance(register, first_door(register, example).entrance_id, HERE, example.by_planner(7))


def test_a_removed_door_is_gone_from_the_street(register, example):
    door = first_door(register, example)
    streets.remove_entrance(register, door.entrance_id, example.by_planner(door.version))
    assert door.entrance_id not in {left.entrance_id for left in register.entrances.of_street(example.street)}
    with pytest.raises(NotFound):
        register.entrances.get(door.entrance_id)


def test_a_door_with_an_address_is_not_removed(register, example):
    published(register, example)
    door = first_door(register, example)
    with pytest.raises(DoorHasAddress, match="6号"):
        streets.remove_entrance(register, door.entrance_id, example.by_planner(door.version))


def test_a_door_that_a_submitted_plan_numbers_is_not_removed(register, example):
    plan = submitted(register, example)
    door = first_door(register, example)
    with pytest.raises(DoorIsPlanned, match=str(plan)):
        streets.remove_entrance(register, door.entrance_id, example.by_planner(door.version))


def test_what_is_unusual_about_a_door_changes_its_number_and_its_history_is_kept(register, example):
    first, second = register.entrances.of_street(example.street)[:2]
    illegal = Circumstance(state=DoorState.ILLEGAL, note="城管2018-17号")
    streets.describe_entrance(register, first.entrance_id, illegal, example.by_planner(first.version))
    recessed = Circumstance(kind=DoorKind.RECESSED, of=str(first.entrance_id))
    streets.describe_entrance(register, second.entrance_id, recessed, example.by_planner(second.version))
    content = numbering.preview(register, example.street, request()).content
    doors = {planned.door.entrance_id: planned for planned in content.doors}
    assert doors[first.entrance_id].number is None
    assert "城管2018-17号" in str(doors[first.entrance_id].reason)
    assert ("illegal", first.entrance_id) in {(found.kind, found.entrance_id) for found in content.findings}
    assert register.entrances.get(second.entrance_id).door.circumstance == recessed
    # The example and this change lie in one transaction, so the timeline holds the door as it stands.
    kinds = register.session.execute(text("select count(*) from entrance_timeline where door_state = 'illegal'"))
    assert kinds.scalar() == 1


def test_a_door_belongs_to_a_living_door_and_never_to_itself(register, example):
    door = first_door(register, example)
    for of in ("0", str(door.entrance_id), "moon"):
        with pytest.raises(NotFound):
            streets.describe_entrance(register, door.entrance_id, Circumstance(of=of), example.by_planner(door.version))


def test_who_saw_an_older_door_does_not_describe_it(register, example):
    door = first_door(register, example)
    with pytest.raises(EntranceVersionStale):
        streets.describe_entrance(register, door.entrance_id, Circumstance(), example.by_planner(door.version + 1))
