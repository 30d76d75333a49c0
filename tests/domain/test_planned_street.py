import numpy as np
import pytest
from shapely import LineString

from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.planned_decided import Decided
from geo_app.domain.planned_door import Door, PlannedDoor
from geo_app.domain.planned_score import future_proof_score
from geo_app.domain.planned_street import StreetFacts, as_pieces, plan_street, street_lines
from geo_app.domain.position import Position

LON, LAT = 103.55, 29.41
RULE = NumberingRule(start=("west",))
NORTH, SOUTH = 0.00008, -0.00008


def line(east, length=10, north=0.0):
    return LineString([(LON + east * 0.0001, LAT + north), (LON + (east + length) * 0.0001, LAT + north)])


def door(entrance, east, side, **fields):
    return Door(entrance, Position(LON + east * 0.0001, LAT + side), 1, **fields)


ONE_LINE = (("1", line(0)),)


def planned(*doors, lines=ONE_LINE, rule=RULE, hand=None, moved=()):
    pieces = as_pieces("正街", [(key, piece, {}) for key, piece in lines])
    return plan_street(StreetFacts(pieces, doors), rule, Decided(hand or {}, frozenset(moved)))


def texts(content):
    return [planned.text for planned in content.doors]


def test_doors_get_numbers_along_the_street():
    content = planned(door(1, 1, NORTH), door(2, 3, NORTH), door(3, 2, SOUTH))
    assert texts(content) == ["1号", "3号", "2号"]
    assert [found.number for found in content.doors] == [HouseNumber(1), HouseNumber(3), HouseNumber(2)]
    assert content.counts() == {"doors": 3, "numbered": 3, "kept": 0, "by_hand": 0, "renumbered": 0, "unnumbered": 0}


def test_the_number_of_an_address_is_kept_and_outranks_the_wall():
    content = planned(door(1, 1, NORTH, address_id="a", number=HouseNumber(5), wall_number="9"), door(2, 3, NORTH))
    assert texts(content) == ["5号", "7号"]
    assert [found.kept for found in content.doors] == [True, False]


def test_a_number_set_by_hand_outranks_the_address():
    content = planned(door(1, 1, NORTH, address_id="a", number=HouseNumber(5)), hand={1: "7附2"})
    (found,) = content.doors
    assert (found.text, found.number) == ("7号附2号", HouseNumber(7, sub_number=2))
    assert (found.kept, found.by_hand) == (False, True)


def test_a_number_set_by_hand_for_a_door_elsewhere_is_told():
    (finding,) = planned(door(1, 1, NORTH), hand={7: "12"}).findings
    assert (finding.kind, finding.severity, finding.message.values) == ("unknown_entrance", "warning", {"entrance": 7})


def test_a_letter_on_the_wall_is_a_suffix():
    (found,) = planned(door(1, 1, NORTH, wall_number="7a")).doors
    assert (found.number, found.text) == (HouseNumber(7, "A"), "7A号")


@pytest.mark.parametrize("wall", ["七巧板", "0", "12345", "附3"])
def test_what_is_no_number_makes_no_address(wall):
    content = planned(door(1, 1, NORTH, wall_number=wall))
    assert content.doors[0].number is None
    assert content.findings


def test_a_finding_carries_its_door_and_place():
    far = door(1, 1, 0.01)
    (finding,) = planned(far).findings
    assert (finding.kind, finding.entrance_id, finding.position) == ("no_street", 1, far.position)
    assert planned(far).errors == 1


def test_one_number_on_two_parts_of_a_street_is_an_error():
    lines = (("1", line(0)), ("2", line(0, north=0.01)))
    content = planned(door(1, 1, NORTH), door(2, 1, 0.01 + NORTH), lines=lines)
    assert texts(content) == ["1号", "1号"]
    (finding,) = content.findings
    assert (finding.kind, finding.severity, finding.entrance_id) == ("duplicate", "error", 2)


def test_a_street_without_lines_numbers_nothing():
    content = planned(door(1, 1, NORTH), lines=())
    assert [found.number for found in content.doors] == [None]


def test_lines_run_from_the_start_of_the_rule():
    pieces = as_pieces("正街", [("1", line(0), {})])
    assert street_lines(pieces, RULE, ())[0].positions[0] == pytest.approx((LON, LAT))
    assert street_lines(pieces, NumberingRule(start=("east",)), ())[0].positions[-1] == pytest.approx((LON, LAT))


def test_a_style_with_dashes_writes_no_generic_word():
    rule = RULE.with_overrides(sub_number="-")
    assert texts(planned(door(1, 1, NORTH), hand={1: "12附3"}, rule=rule)) == ["12-3"]


def test_lanes_without_a_name_get_a_reserve():
    lane = np.empty(1, dtype=object)
    lane[0] = LineString([(LON + 0.0002, LAT), (LON + 0.0002, LAT + 0.001)])
    facts = StreetFacts(as_pieces("正街", [("1", line(0), {})]), (door(1, 1, NORTH), door(2, 3, NORTH)), lane)
    content = plan_street(facts, RULE.with_overrides(reserve_lane=1), Decided())
    assert texts(content) == ["1号", "5号"]


def numbered(entrance, number, metres):
    stands = door(entrance, 0, NORTH)
    return PlannedDoor(stands, HouseNumber(number), "", "1", "left", metres)


def test_the_score_counts_stretches_with_room_for_another_door():
    score = future_proof_score([numbered(1, 1, 0.0), numbered(2, 3, 10.0), numbered(3, 9, 20.0)])
    assert score == {"future_proof": 0.5, "stretches": 2, "full": 1, "free": 2}


def test_a_street_without_stretches_has_room():
    assert future_proof_score([numbered(1, 1, 0.0)])["future_proof"] == 1.0
