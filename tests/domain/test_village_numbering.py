from dataclasses import replace

from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.numbering_circumstance import Circumstance, DoorKind, DoorState
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.position import Position
from geo_app.domain.village_numbering import number_village
from tests.support.hamlet_sketch import Hamlet, hamlet, houses, in_order, kinds, lanes, numbered, numbers
from tests.support.street_sketch import at

LANE = hamlet("  b  d e",
              "*-------",
              " a c    f")  # fmt: skip

ILLEGAL = Circumstance(state=DoorState.ILLEGAL, note="城管认定书7号")

FORK = hamlet("  b       e  ",
              "*----+-------",
              "  a  |c   f  ",
              "     |d      ")  # fmt: skip


def test_the_doors_of_one_lane_are_numbered_as_one_walks_in_from_the_mouth():
    assert numbers(LANE) == {"a": "1", "b": "2", "c": "3", "d": "4", "e": "5", "f": "6"}


def test_a_side_lane_is_walked_where_it_leaves_and_the_main_lane_goes_on():
    assert in_order(FORK) == "abcdef"


def test_the_lane_that_leads_farthest_is_the_main_lane_whatever_its_direction():
    drawn = hamlet(" a  b   ",
                   "*--+-----",
                   "   |c   ",
                   "   |    ",
                   "   |d   ",
                   "   +--- ",
                   "     e f",
                   )  # fmt: skip
    assert in_order(drawn) == "abcdef"


def test_side_lanes_of_one_junction_are_walked_from_left_to_right():
    drawn = hamlet("   |b      ",
                   "   |       ",
                   "  a|       ",
                   "   |       ",
                   "*--+-------",
                   "   |     e ",
                   "  c|       ",
                   "   |       ",
                   "   |d      ")  # fmt: skip
    assert in_order(drawn) == "abcde"


def test_a_ring_off_the_lane_is_walked_clockwise():
    drawn = hamlet("   b   c   ",
                   "  +----+   ",
                   "  |    |   ",
                   " a|    |d  ",
                   "  |    |   ",
                   "  +-+--+   ",
                   "    | e    ",
                   "   f|      ",
                   "    |      ",
                   "    *      ")  # fmt: skip
    assert in_order(drawn) == "fabcde"


def test_a_lane_that_closes_a_ring_is_walked_from_its_end_nearer_to_the_mouth():
    drawn = hamlet("    b c d    ",
                   "   +------+  ",
                   "   |      |  ",
                   "  a|      |e ",
                   "   |      |  ",
                   "*--+------+------",
                   "      f         g")  # fmt: skip
    assert in_order(drawn) == "abcdefg"


def test_round_the_end_of_a_dead_end_the_houses_are_met_from_left_to_right():
    drawn = hamlet("        b ",
                   "  a       ",
                   "*------- c",
                   "          ",
                   "        d ")  # fmt: skip
    assert in_order(drawn) == "abcd"


def test_a_lane_without_houses_is_not_walked():
    drawn = hamlet("      |     ",
                   "      |     ",
                   "      |     ",
                   "*-----+---  ",
                   "  a     b   ")  # fmt: skip
    group = numbered(drawn)
    assert [house.metres for house in group] == [20, 80]
    assert {one.branch for one in group.walk.stretches} == {0}


def test_the_way_back_out_of_a_side_lane_is_walked_too():
    drawn = hamlet("*---+------",
                   "    |   b  ",
                   "    |      ",
                   "   a|      ")  # fmt: skip
    assert {house.entrance_id: house.metres for house in numbered(drawn)} == {"a": 70, "b": 140}


def test_a_mouth_in_the_middle_of_a_lane_opens_to_both_sides():
    drawn = hamlet(" a    b      c",
                   "--------------",
                   "     *        ")  # fmt: skip
    assert in_order(drawn) == "abc"


def test_a_lane_that_stops_short_of_another_opens_into_it():
    drawn = Hamlet(
        houses(["a", "b", "c"], [at(2, 0.5), at(5.5, 4), at(9, 0.5)]),
        lanes([at(0, 0), at(10, 0)], [at(5, 0.1), at(5, 5)]),
        Position(*at(0, 0)),
    )
    assert in_order(drawn) == "abc"
    assert kinds(numbered(drawn)) == []


def test_a_house_far_from_every_lane_follows_the_house_it_is_reached_from():
    drawn = hamlet("               ",
                   "x              ",
                   "               ", *["               "] * 12,
                   "*--------------",
                   "  a          b ")  # fmt: skip
    assert in_order(drawn) == "axb"
    assert kinds(numbered(drawn)) == [("x", "far_from_lane")]


def test_a_house_that_nothing_leads_to_is_a_finding_and_not_numbered():
    drawn = hamlet("x              ", *["               "] * 45,
                   "*--------------",
                   "  a          b ")  # fmt: skip
    assert numbers(drawn) == {"x": "", "a": "1", "b": "2"}
    assert kinds(numbered(drawn)) == [("x", "no_lane")]


def test_without_lanes_the_walk_goes_from_house_to_nearest_house():
    drawn = hamlet("*  a     b",
                   "          ",
                   "   c     d")  # fmt: skip
    assert in_order(drawn) == "acdb"
    assert kinds(numbered(drawn)) == [("", "no_lanes")]


def test_a_gap_between_lanes_is_walked_over_and_told():
    drawn = hamlet("*-----      ------",
                   "   a          b   ")  # fmt: skip
    group = numbered(drawn)
    assert numbers(drawn) == {"a": "1", "b": "2"}
    assert kinds(group) == [("", "lane_gap")]
    assert group.findings[0].place is not None


def test_kept_numbers_stay_and_a_house_between_them_takes_a_sub_number():
    assert numbers(LANE.kept({"a": "1", "b": "2", "d": "3", "e": "4", "f": "5"}))["c"] == "2附1"


def test_a_house_between_kept_ones_takes_a_free_number_first():
    assert numbers(LANE.kept({"a": "1", "b": "2", "d": "5", "e": "6", "f": "7"}))["c"] == "3"


def test_a_house_added_later_follows_the_last_where_the_rule_says_so():
    drawn = LANE.kept({"a": "1", "b": "2", "d": "3", "e": "4", "f": "5"})
    assert numbers(drawn, village_added="last")["c"] == "6"
    assert kinds(numbered(drawn, village_added="last")) == []


def test_where_nothing_is_free_before_the_first_number_a_house_follows_the_last():
    drawn = LANE.kept({"b": "1", "c": "2", "d": "3", "e": "4", "f": "5"})
    assert numbers(drawn)["a"] == "6"
    assert kinds(numbered(drawn)) == [("a", "at_the_end")]


def test_kept_numbers_out_of_order_and_twice_are_findings_and_stay():
    drawn = LANE.kept({"a": "1", "b": "9", "c": "2", "d": "3", "e": "3"})
    group = numbered(drawn)
    assert numbers(drawn) == {"a": "1", "b": "9", "c": "2", "d": "3", "e": "3", "f": "4"}
    assert kinds(group) == [("d", "duplicate"), ("e", "duplicate"), ("b", "kept_out_of_order")]


def test_a_wall_that_is_no_number_stays_as_text():
    drawn = LANE.kept({"a": "老屋"})
    assert numbers(drawn)["a"] == "老屋"
    assert numbers(drawn)["b"] == "1"
    assert kinds(numbered(drawn)) == [("a", "bad_number")]


def test_two_houses_on_one_spot_are_a_finding():
    rows = [0, 0, 2, 3, 4, 5]
    heap = replace(LANE.houses, lon=LANE.houses.lon[rows], lat=LANE.houses.lat[rows])
    drawn = replace(LANE, houses=heap)
    assert [kind for _, kind in kinds(numbered(drawn))] == ["stacked", "stacked"]


def test_numbers_are_kept_free_after_every_so_many_houses():
    assert numbers(LANE, village_reserve=2, village_every=3) == {
        "a": "1", "b": "2", "c": "3", "d": "6", "e": "7", "f": "8",
    }  # fmt: skip


def test_an_empty_plot_keeps_a_number_free():
    drawn = hamlet("*----------------",
                   " a b         c   ")  # fmt: skip
    assert numbers(drawn, village_plot=25) == {"a": "1", "b": "2", "c": "6"}


def test_odd_numbers_stand_on_the_left_where_the_rule_parts_the_sides():
    assert numbers(LANE, village="group_odd_even") == {"b": "1", "d": "3", "e": "5", "a": "2", "c": "4", "f": "6"}


def test_skipped_numbers_are_passed_over():
    assert numbers(LANE, skip="4", skip_reason="村民会议")["d"] == "5"


def test_a_number_given_elsewhere_in_the_group_is_not_given_again():
    group = number_village(LANE.houses, LANE.lanes, LANE.mouth, NumberingRule(), frozenset({HouseNumber(2)}))
    assert sorted(house.text for house in group) == ["1号", "3号", "4号", "5号", "6号", "7号"]


def test_each_house_says_why():
    reasons = {house.entrance_id: str(house.reason) for house in numbered(FORK)}
    assert reasons["a"] == "House 1 of the walk, 20 m along the main lane; it is 1."
    assert reasons["d"] == "House 4 of the walk, 70 m, on side lane 1; it is 4."


def described(drawn: Hamlet, **states: Circumstance) -> Hamlet:
    rows = {drawn.houses.ids.index(house): one for house, one in states.items()}
    return replace(drawn, houses=replace(drawn.houses, circumstances=rows))


def test_a_house_that_may_have_no_number_gets_none_and_the_others_close_up():
    drawn = described(LANE, b=ILLEGAL, d=Circumstance(DoorKind.LAND))
    assert numbers(drawn) == {"a": "1", "b": "", "c": "2", "d": "", "e": "3", "f": "4"}
    assert kinds(numbered(drawn)) == [("b", "illegal"), ("d", "reserved")]
    assert "城管认定书7号" in str(numbered(drawn).findings[0].message.values["note"])


def test_a_demolished_houses_number_is_given_to_no_other_house():
    gone = described(LANE.kept({"a": "1", "b": "2", "d": "4"}), b=Circumstance(state=DoorState.DEMOLISHED))
    assert numbers(gone) == {"a": "1", "b": "", "c": "3", "d": "4", "e": "5", "f": "6"}
    assert kinds(numbered(gone)) == [("b", "retired")]


def test_a_temporary_house_is_numbered_where_the_rule_says_so():
    shed = described(LANE, c=Circumstance(state=DoorState.TEMPORARY))
    assert numbers(shed, temporary="none")["c"] == ""
    assert numbers(shed, temporary="numbered")["c"] == "3"


def test_an_illegal_house_keeps_what_hangs_on_it_until_somebody_decides():
    assert numbers(described(LANE.kept({"b": "9"}), b=ILLEGAL))["b"] == "9"
