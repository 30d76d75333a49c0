import numpy as np
import pytest
import shapely

from geo_app.domain.numbering import Surroundings, number_streets
from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.numbering_reserve import Frontage
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.position import Position
from tests.support.street_sketch import AS_DRAWN, at, doors, entrances, kinds, numbers, plan, streets


def test_odd_numbers_stand_on_the_left_and_even_ones_on_the_right():
    street = doors(" a    b ", ">>>>>>>>", "   c   d")
    assert numbers(street) == {"a": "1", "b": "3", "c": "2", "d": "4"}
    assert numbers(street, odd_side="right") == {"a": "2", "b": "4", "c": "1", "d": "3"}


def test_numbers_run_from_the_end_that_the_rule_names():
    street = doors(" a    b ", ">>>>>>>>")
    assert numbers(street, start="east") == {"b": "2", "a": "4"}
    assert numbers(street, start="west") == {"a": "1", "b": "3"}
    assert numbers(street, start="last") == {"b": "2", "a": "4"}


def test_a_pair_of_starts_goes_by_the_main_axis():
    rule = NumberingRule(start=("east", "south"))
    upright = streets([at(0, 0), at(0, 9)])
    assert plan(doors(" a  b ", "<<<<<<"), rule).walks.start_ends == ["first"]
    assert number_streets(upright, entrances((1, 2)), rule).walks.start_ends == ["first"]
    assert number_streets(streets([at(0, 9), at(0, 0)]), entrances((1, 2)), rule).walks.start_ends == ["last"]


def test_a_compass_side_is_odd_whichever_way_the_street_is_drawn():
    for drawn in (">>>>>>>>", "<<<<<<<<"):
        street = doors(" a    b ", drawn, "   c   d")
        assert numbers(street, start="west", odd_side="south") == {"a": "2", "b": "4", "c": "1", "d": "3"}


def test_numbers_run_outward_from_a_centre():
    street = doors(" a    b ", ">>>>>>>>")
    assert numbers(street, AS_DRAWN.with_overrides(centre=Position(*at(9, 0))), start="centre") == {"a": "4", "b": "2"}


def test_a_lane_begins_at_its_mouth():
    lane, road = [at(0, 9), at(0, 0)], [at(-9, 0), at(0, 0), at(9, 0)]
    both = streets(lane, road, names=["巷", "路"])
    planned = number_streets(both, entrances((1, 2), (1, 7)), NumberingRule(start=("junction",)))
    assert planned.walks.start_ends[both.names.index("巷")] == "last"
    assert [door.metres for door in planned] == pytest.approx([20, 70], abs=0.1)


def test_the_four_methods_follow_their_formulas():
    street = doors("   a      b", ">>>>>>>>>>>", "   c      d")
    assert numbers(street, method="metre") == {"a": "31", "b": "101", "c": "30", "d": "100"}
    assert numbers(street, method="quantified", step=2) == {"a": "31", "b": "101", "c": "32", "d": "102"}
    assert numbers(street, method="base_interval") == {"a": "3", "b": "11", "c": "4", "d": "12"}
    assert numbers(street, method="sequential") == {"a": "1", "b": "3", "c": "2", "d": "4"}


@pytest.mark.parametrize(
    ("metres", "step", "odd", "even"),
    [(0.3, 2, 1, 2), (1.99, 2, 1, 2), (2.01, 2, 3, 4), (45, 20, 5, 6), (45, 10, 9, 10)],
)
def test_quantified_gives_one_number_a_side_for_each_step(metres, step, odd, even):
    street = streets([at(0, 0), at(10, 0)])
    both = entrances((metres / 10, 1), (metres / 10, -1))
    planned = number_streets(street, both, AS_DRAWN.with_overrides(method="quantified", step=step))
    assert [door.number for door in planned] == [odd, even]


def test_a_number_that_is_taken_moves_to_the_next_higher_of_its_parity():
    street = streets([at(0, 0), at(10, 0)])
    close = entrances((3.01, 1), (3.02, 1), (3.03, 1))
    planned = number_streets(street, close, AS_DRAWN.with_overrides(method="metre"))
    assert [door.number for door in planned] == [31, 33, 35]
    assert kinds(planned) == [("d0", "stacked"), ("d1", "stacked"), ("d2", "displaced"), ("d2", "stacked")]


def test_equal_metres_go_to_the_nearer_door_first_and_then_by_id():
    street = streets([at(0, 0), at(10, 0)])
    planned = number_streets(street, entrances((3, 2), (3, 1), (3, 2), ids=["10", "7", "9"]), AS_DRAWN)
    assert {door.entrance_id: door.number for door in planned} == {"7": 1, "9": 3, "10": 5}


def test_a_new_number_fits_between_its_kept_neighbours():
    street = doors(" a b c ", ">>>>>>>", walls={"a": "11", "c": "15"})
    assert numbers(street) == {"a": "11", "b": "13", "c": "15"}


def test_no_room_gives_sub_numbers_of_the_lower():
    street = doors("abcde", ">>>>>", walls={"a": "11", "e": "13"})
    assert numbers(street) == {"a": "11", "b": "11附1", "c": "11附2", "d": "11附3", "e": "13"}


def test_free_numbers_go_first_and_the_rest_are_sub_numbers_of_the_one_before():
    street = doors("abcde", ">>>>>", walls={"a": "11", "e": "15"})
    assert numbers(street) == {"a": "11", "b": "13", "c": "13附1", "d": "13附2", "e": "15"}


def test_equal_neighbours_give_a_sub_number():
    street = doors("a b c d", ">>>>>>>", walls={"a": "11", "c": "11"})
    assert numbers(street) == {"a": "11", "b": "11附1", "c": "11", "d": "13"}


def test_sub_numbers_never_fall_behind_those_on_the_wall():
    street = doors("abcdefg", ">>>>>>>", walls={"a": "11附5", "c": "11", "d": "11", "f": "13"})
    assert numbers(street) | {"b": "", "e": ""} == {
        "a": "11附5",
        "b": "",
        "c": "11",
        "d": "11",
        "e": "",
        "f": "13",
        "g": "15",
    }
    assert (numbers(street)["b"], numbers(street)["e"]) == ("11附6", "11附7")


def test_a_hyphened_sub_number_is_never_one_that_reads_as_a_range():
    street = doors("abcdefghi", ">>>>>>>>>", walls={"a": "1", "i": "3"})
    assert list(numbers(street, sub_number="-").values()) == [
        "1",
        "1-1",
        "1-2",
        "1-4",
        "1-6",
        "1-8",
        "1-10",
        "1-12",
        "3",
    ]


def test_no_room_before_the_first_kept_number_leaves_the_door_without_one():
    street = doors("abc", ">>>", walls={"c": "3"})
    assert numbers(street) == {"a": "1", "b": "1附1", "c": "3"}
    crowded = doors("ab", ">>", walls={"b": "1"})
    planned = plan(crowded)
    assert [door.text for door in planned] == ["", "1"]
    assert kinds(planned) == [("a", "no_free_number")]
    assert "first kept number" in str(planned.planned(0).reason)


def test_a_range_takes_all_its_numbers():
    street = doors("a b c", ">>>>>", walls={"a": "11-15"})
    assert numbers(street) == {"a": "11-15", "b": "17", "c": "19"}


def test_a_kept_number_out_of_order_stays_and_is_found():
    street = doors("a b c d e", ">>>>>>>>>", walls={"a": "1", "b": "99", "c": "5", "e": "9"})
    planned = plan(street)
    assert {door.entrance_id: door.number for door in planned} == {"a": 1, "b": 99, "c": 5, "d": 7, "e": 9}
    assert kinds(planned) == [("b", "kept_out_of_order")]


def test_kept_doors_within_a_tenth_of_a_metre_may_stand_in_any_order():
    street = streets([at(0, 0), at(10, 0)])
    walls = ["1", "5", "3", "7"]
    beside = entrances((1, 1), (3, 1), (3.005, 1), (5, 1), walls=walls)
    apart = entrances((1, 1), (3, 1), (3.5, 1), (5, 1), walls=walls)
    assert kinds(number_streets(street, beside, AS_DRAWN)) == [("d1", "stacked"), ("d2", "stacked")]
    assert kinds(number_streets(street, apart, AS_DRAWN)) == [("d1", "kept_out_of_order")]


def test_a_kept_number_on_the_side_of_the_other_parity_stays_and_bounds_nothing():
    street = doors("a b c", ">>>>>", walls={"a": "1", "b": "8"})
    planned = plan(street)
    assert [door.number for door in planned] == [1, 8, 3]
    assert kinds(planned) == [("b", "kept_out_of_order")]


def test_distance_methods_are_held_below_kept_numbers_and_told_so():
    street = doors("a    b    c", ">>>>>>>>>>>", walls={"a": "1", "c": "7"})
    planned = plan(street, AS_DRAWN.with_overrides(method="metre"))
    assert [door.number for door in planned] == [1, 5, 7]
    assert ("b", "displaced") in kinds(planned)
    assert "leave room up to 5" in str(planned.planned(1).reason)


def test_numbers_are_unique_within_a_group_of_branches():
    trunk, branch = [at(0, 0), at(5, 0), at(10, 0)], [at(5, 0), at(5, 6)]
    planned = number_streets(streets(trunk, branch), entrances((1, 1), (9, 1), (4, 3), (4, 5)), AS_DRAWN)
    assert len({door.street_id for door in planned}) == 2
    assert len({door.number for door in planned}) == 4


def test_namesakes_that_do_not_touch_are_numbered_apart():
    here, there = [at(0, 0), at(5, 0)], [at(50, 0), at(55, 0)]
    planned = number_streets(streets(here, there), entrances((1, 1), (51, 1)), AS_DRAWN)
    assert [door.number for door in planned] == [1, 1]


def test_a_door_goes_to_the_street_of_its_name_and_never_silently_to_another():
    two = streets([at(0, 0), at(9, 0)], [at(0, 3), at(9, 3)], names=["甲路", "乙路"])
    named = entrances((2, 1), (4, 1), (6, 1), street_names=["乙路", "丙路", ""])
    planned = number_streets(two, named, AS_DRAWN)
    assert [door.street_name for door in planned] == ["乙路", "丙路", "甲路"]
    assert [door.number for door in planned] == [2, None, 1]
    assert kinds(planned) == [("d0", "other_street_nearer"), ("d1", "unknown_street")]


def test_a_door_far_from_every_street_is_not_numbered_but_keeps_its_number():
    far = entrances((2, 11), (2, 12), (2, 9), walls=["", "77", ""])
    planned = number_streets(streets([at(0, 0), at(9, 0)]), far, AS_DRAWN)
    assert [(door.text, door.kept) for door in planned] == [("", False), ("77", True), ("1号", False)]
    assert kinds(planned) == [("d0", "no_street"), ("d1", "no_street")]
    near = number_streets(streets([at(0, 0), at(9, 0)]), far, AS_DRAWN, Surroundings(far=130))
    assert [door.text for door in near] == ["3号", "77", "1号"]


def test_a_door_beyond_the_boxes_of_the_search_is_found_when_far_allows():
    planned = number_streets(
        streets([at(0, 0), at(9, 0)]), entrances((2, 40), (2, 60)), AS_DRAWN, Surroundings(far=500)
    )
    assert [door.number for door in planned] == [1, None]


def test_numbers_above_9999_are_not_given():
    planned = number_streets(
        streets([at(0, 0), at(1010, 0)]), entrances((999.7, 1), (1005, 1)), AS_DRAWN.with_overrides(method="metre")
    )
    assert planned.planned(0).number == 9997
    assert planned.planned(1).number is None
    assert kinds(planned) == [("d1", "number_too_large")]


def test_a_kept_number_above_9999_stays_and_is_found():
    planned = plan(doors("a b", ">>>", walls={"a": "10001"}))
    assert [door.number for door in planned] == [10001, None]
    assert kinds(planned) == [("a", "number_too_large"), ("b", "number_too_large")]


def test_a_bad_number_is_kept_as_text_and_counts_by_its_leading_integer():
    planned = plan(doors("a b c", ">>>>>", walls={"a": "附3", "b": "5 bis"}))
    assert [(door.number, door.text) for door in planned] == [(None, "附3"), (5, "5 bis"), (7, "7号")]
    assert kinds(planned) == [("a", "bad_number"), ("b", "bad_number")]


def test_one_number_twice_in_a_group_is_found_at_both_doors():
    planned = plan(doors("a b c", ">>>>>", walls={"a": "1", "b": "5-9", "c": "7"}))
    assert kinds(planned) == [("b", "duplicate"), ("c", "duplicate")]


def test_a_number_set_by_hand_is_kept_with_its_own_reason():
    sketch = doors("a b c", ">>>>>", walls={"b": "9"})
    by_hand = np.array([False, True, False])
    spots = sketch.entrances
    fixed = Entrances(spots.ids, spots.lon, spots.lat, walls=spots.walls, by_hand=by_hand)
    planned = number_streets(sketch.streets, fixed, AS_DRAWN)
    assert [door.number for door in planned] == [1, 9, 11]
    assert str(planned.planned(1).reason) == "9 was set by hand."


def test_skipped_numbers_are_left_out():
    street = doors("abcd", ">>>>")
    rule = AS_DRAWN.with_overrides(skip=[3, 5], skip_reason="asked for")
    assert list(numbers(street, rule).values()) == ["1", "7", "9", "11"]


def test_a_one_sided_street_keeps_one_parity():
    street = doors("a b c", ">>>>>", " d   ")
    assert numbers(street, one_sided=True) == {"a": "1", "d": "3", "b": "5", "c": "7"}


def test_an_open_frontage_reserves_a_number_for_each_four_metres():
    street = doors("a     b", ">>>>>>>")
    around = Surroundings(frontages=[Frontage(0, left=True, from_metres=10, to_metres=23)])
    planned = plan(street, AS_DRAWN.with_overrides(reserve_metres=4), around)
    assert [door.number for door in planned] == [1, 9]
    assert [door.number for door in plan(street, AS_DRAWN, around)] == [1, 3]


def test_an_unnamed_lane_reserves_a_number_on_its_side():
    street = doors("a     b", ">>>>>>>", "c     d")
    lane = np.array([shapely.LineString([at(3, -1), at(3, 4)]), shapely.LineString([at(3, 50), at(9, 50)])])
    planned = plan(street, AS_DRAWN.with_overrides(reserve_lane=1), Surroundings(lanes=lane))
    assert {door.entrance_id: door.number for door in planned} == {"a": 1, "b": 5, "c": 2, "d": 4}


def test_reserves_give_way_before_a_sub_number_is_given():
    street = doors("a  b  c", ">>>>>>>", walls={"c": "5"})
    around = Surroundings(frontages=[Frontage(0, left=True, from_metres=5, to_metres=25)])
    planned = plan(street, AS_DRAWN.with_overrides(reserve_metres=4), around)
    assert [door.number for door in planned] == [1, 3, 5]


def test_a_door_without_a_usable_position_is_found_and_stays_in_its_row():
    nowhere = Entrances(["x", "y"], np.array([np.nan, 200.0]), np.array([29.4, 29.4]), walls=["", "8"])
    planned = number_streets(streets([at(0, 0), at(9, 0)]), nowhere, AS_DRAWN)
    assert [(door.entrance_id, door.text) for door in planned] == [("x", ""), ("y", "8")]
    assert kinds(planned) == [("x", "no_street"), ("y", "no_street")]


def test_pieces_that_disagree_follow_the_longest_and_are_found():
    long, short = [at(0, 0), at(6, 0)], [at(6, 0), at(9, 0)]
    both = streets(long, short, overrides=[{"odd_side": "right", "step": "5"}, {"odd_side": "left"}])
    planned = number_streets(both, entrances((1, 1)), AS_DRAWN)
    assert planned.planned(0).number == 2
    (finding,) = planned.findings()
    assert (finding.kind, finding.street_name, finding.entrance_id) == ("conflicting_rule", "铜河路", "")
    assert "right, left" in str(finding.message)


def test_an_empty_town_gives_an_empty_plan():
    planned = number_streets(streets(), entrances((1, 1)), AS_DRAWN)
    assert kinds(planned) == [("d0", "no_street")]
    assert list(number_streets(streets(), entrances(), AS_DRAWN)) == []
    assert list(number_streets(streets([at(0, 0), at(9, 0)]), entrances(), AS_DRAWN)) == []


def test_reasons_tell_distance_side_formula_and_outcome():
    street = doors("   a", ">>>>", "   b")
    first = plan(street, AS_DRAWN.with_overrides(method="quantified")).planned(0)
    assert str(first.reason) == (
        "30 m from the start, left side; one number every 2 m puts it at 31; that number is free."
    )
    assert str(plan(street).planned(1).reason).endswith("the next free even number after reserves; it is 2.")


def test_only_the_doors_that_would_pass_a_kept_number_leave_their_formula():
    street = streets([at(0, 0), at(40, 0)])
    walls = ["1", "", "", "101"]
    squeezed = entrances((0, 1), (3, 1), (20, 1), (30, 1), walls=walls)
    planned = number_streets(street, squeezed, AS_DRAWN.with_overrides(method="metre"))
    assert [door.number for door in planned] == [1, 31, 99, 101]


def test_kept_doors_at_one_place_count_in_the_order_of_their_numbers():
    street = streets([at(0, 0), at(9, 0)])
    spots = entrances((1, 1), (3, 1), (3, 2), (5, 1), (7, 1), walls=["1", "5", "3", "", "7"])
    planned = number_streets(street, spots, AS_DRAWN)
    assert [door.text for door in planned] == ["1", "5", "3", "5号附1号", "7"]
    assert kinds(planned) == []


def test_doors_on_one_point_are_stacked_only_if_their_numbers_differ():
    street = streets([at(0, 0), at(9, 0)])
    same = entrances((3, 1), (3, 1), walls=["11", "11"])
    assert kinds(number_streets(street, same, AS_DRAWN)) == [("d0", "duplicate"), ("d1", "duplicate")]
    subs = entrances((3, 1), (3, 1), walls=["11附1", "11附2"])
    assert kinds(number_streets(street, subs, AS_DRAWN)) == [("d0", "stacked"), ("d1", "stacked")]
    apart = entrances((3, 1), (3.04, 1), (3.1, 1))
    assert kinds(number_streets(street, apart, AS_DRAWN)) == [("d0", "stacked"), ("d1", "stacked")]


def test_new_sub_numbers_on_one_point_are_stacked():
    sketch = streets([at(0, 0), at(9, 0)])
    crowded = entrances((1, 1), (3, 1), (3, 1), (5, 1), walls=["11", "", "", "13"])
    planned = number_streets(sketch, crowded, AS_DRAWN)
    assert [door.text for door in planned] == ["11", "11号附1号", "11号附2号", "13"]
    assert kinds(planned) == [("d1", "stacked"), ("d2", "stacked")]


def test_between_kept_numbers_above_9999_nothing_is_given():
    planned = plan(doors("a b c", ">>>>>", walls={"a": "10001", "c": "10001"}))
    assert planned.planned(1).number is None
    assert ("b", "number_too_large") in kinds(planned)


def test_a_named_door_far_from_its_street_is_told_so():
    planned = number_streets(streets([at(0, 0), at(9, 0)]), entrances((2, 11), street_names=["铜河路"]), AS_DRAWN)
    assert [str(f.message) for f in planned.findings()] == [
        "No street named 铜河路 lies within 100 m, so the entrance was not numbered."
    ]


def test_a_pair_of_odd_sides_goes_by_the_main_axis():
    rule = AS_DRAWN.with_overrides(odd_side="left,right")
    upright = streets([at(0, 0), at(0, 9)])
    assert plan(doors(" a ", ">>>"), rule).planned(0).number == 1
    assert number_streets(upright, entrances((-1, 2)), rule).planned(0).number == 2


def test_reserves_count_only_where_the_rule_has_them():
    street = doors("a     b", ">>>>>>>")
    lane = np.array([shapely.LineString([at(3, -1), at(3, 4)])])
    around = Surroundings(lanes=lane, frontages=[Frontage(0, left=True, from_metres=10, to_metres=23)])
    assert [door.number for door in plan(street, AS_DRAWN, around)] == [1, 3]
    by_distance = AS_DRAWN.with_overrides(method="metre", reserve_lane=1, reserve_metres=4)
    assert [door.number for door in plan(street, by_distance, around)] == [1, 61]
