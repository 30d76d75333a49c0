import pytest

from geo_app.domain.numbering import number_streets
from geo_app.domain.numbering_action import (
    NumberUnreadable,
    PositionUnusable,
    start_swapped,
    with_door_moved,
    with_number_by_hand,
    with_plan_kept,
    with_street_fields,
)
from geo_app.domain.numbering_future import future_proof_score
from geo_app.domain.numbering_rule import RuleFieldUnknown, RuleValueNotAllowed
from geo_app.domain.position import Position
from tests.support.street_sketch import AS_DRAWN, at, doors, entrances, plan, streets

SKETCH = doors("a  b  c", ">>>>>>>")


def texts(planned) -> dict[str, str]:
    return {door.entrance_id: door.text.removesuffix("号") for door in planned}


def test_swapping_the_start_numbers_from_the_other_end():
    before = plan(SKETCH)
    swapped = start_swapped(before, 0)
    after = number_streets(swapped, SKETCH.entrances, AS_DRAWN)
    assert texts(after) == {"a": "6", "b": "4", "c": "2"}
    again = number_streets(start_swapped(after, 0), SKETCH.entrances, AS_DRAWN)
    assert texts(again) == texts(before)


def test_fields_of_one_street_are_checked_before_they_are_set():
    with pytest.raises(RuleFieldUnknown):
        with_street_fields(SKETCH.streets, 0, {"colour": "red"})
    with pytest.raises(RuleValueNotAllowed):
        with_street_fields(SKETCH.streets, 0, {"start": "up"})


def test_a_number_set_by_hand_is_fixed_and_can_be_given_back_to_the_rule():
    fixed = with_number_by_hand(SKETCH.entrances, 1, "11")
    by_hand = number_streets(SKETCH.streets, fixed, AS_DRAWN)
    assert texts(by_hand) == {"a": "1", "b": "11", "c": "13"}
    assert str(by_hand.planned(1).reason) == "11 was set by hand."
    freed = with_number_by_hand(fixed, 1, "")
    assert texts(number_streets(SKETCH.streets, freed, AS_DRAWN)) == texts(plan(SKETCH))


def test_text_that_is_no_number_is_refused_by_hand():
    with pytest.raises(NumberUnreadable, match="附3"):
        with_number_by_hand(SKETCH.entrances, 1, "附3")


def test_a_door_that_is_dragged_is_numbered_where_it_is_put():
    moved = with_door_moved(SKETCH.entrances, 0, Position(*at(5, -2)))
    assert texts(number_streets(SKETCH.streets, moved, AS_DRAWN)) == {"a": "2", "b": "1", "c": "3"}
    with pytest.raises(PositionUnusable):
        with_door_moved(SKETCH.entrances, 0, Position(200, 0))


def test_a_plan_that_is_kept_reads_as_before():
    planned = plan(SKETCH)
    assert texts(number_streets(SKETCH.streets, with_plan_kept(planned), AS_DRAWN)) == texts(planned)


def test_the_score_is_the_share_of_metres_where_another_door_gets_its_own_number():
    roomy = future_proof_score(plan(doors("a  b  c", ">>>>>>>", walls={"a": "1", "b": "5", "c": "7"})))
    assert [(s.from_number, s.to_number, s.free) for s in roomy.stretches] == [(1, 5, 1), (5, 7, 0)]
    assert roomy.score == pytest.approx(0.5)
    assert future_proof_score(plan(SKETCH)).score == 0


def test_numbers_of_other_branches_and_ranges_leave_no_room():
    branches = streets([at(0, 0), at(5, 0), at(10, 0)], [at(5, 0), at(5, 6)])
    spots = entrances((1, 1), (9, 1), (4, 3), walls=["1", "9", "3-5"])
    stretches = future_proof_score(number_streets(branches, spots, AS_DRAWN)).stretches
    assert [(s.from_number, s.to_number, s.free) for s in stretches] == [(1, 9, 1)]


def test_a_street_with_one_number_has_no_score():
    assert future_proof_score(plan(doors("a ", ">>"))).score is None


def test_equal_numbers_leave_no_room_between_them():
    stretches = future_proof_score(plan(doors("a  b", ">>>>", walls={"a": "5", "b": "5"}))).stretches
    assert [s.free for s in stretches] == [0]
