from dataclasses import replace

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.estate import BuildingSpec, Estate, EstateBuilding, FloorSign, Gate
from geo_app.domain.estate_address import read_gate_number
from geo_app.domain.estate_name import alike, propose_estate
from geo_app.domain.estate_numbering import number_estate
from geo_app.domain.estate_numbers import BuildingNumberMalformed, read_building_number
from geo_app.domain.estate_refusals import (
    BuildingShapeUnusable,
    EstateNameMalformed,
    FloorMissingWithoutReason,
    FloorNotInBuilding,
    FloorSignWithoutReason,
    FloorTextMalformed,
    GateNumberMalformed,
    SkippedNumberWithoutReason,
    TooManyBuildings,
    TooManyFloors,
    TooManyRooms,
    TooManyRoomsInUnit,
    TooManyUnits,
    UnitNamesDoNotFit,
)
from geo_app.domain.estate_rooms import unfold
from geo_app.domain.estate_spec import read_spec, written_spec
from geo_app.domain.estate_units import Ground, unit_places
from geo_app.domain.numbering_rule import NumberingRule, RuleValueNotAllowed
from tests.support.estate_sketch import buildings_of, sketch

RULE = NumberingRule()
ROWS = ("aa bb cc", "        ", "dd ee ff")


def numbered(*lines, reserved=None, rule=RULE, **kept):
    shapes, gate = sketch(*lines)
    return number_estate(Estate(buildings_of(shapes, **kept), Gate(gate), reserved=reserved or {}), rule)


def numbers(estate):
    return {one.building.key: one.number.text for one in estate.buildings}


def kinds(estate):
    return [(finding.kind, finding.severity.value) for finding in estate.findings]


def test_buildings_are_numbered_along_the_walk():
    assert numbers(numbered(*ROWS)) == {"c": "1", "b": "2", "a": "3", "d": "4", "e": "5", "f": "6"}


def test_a_kept_number_stays_and_the_others_fill_in_around_it():
    estate = numbered(*ROWS, d="2", f="A座")
    assert numbers(estate) == {"c": "1", "b": "3", "a": "4", "d": "2", "e": "5", "f": "A"}
    assert estate.counts()["kept"] == 2


def test_a_gap_below_a_kept_number_is_explained():
    estate = numbered("aa bb", b="5")
    assert numbers(estate) == {"a": "1", "b": "5"}
    assert list(estate.gaps) == [2, 3, 4]
    assert "5" in str(estate.gaps[2])


def test_a_number_is_kept_free_with_a_reason_and_not_without():
    estate = numbered(*ROWS, reserved={4: "二期"})
    assert list(numbers(estate).values()) == ["1", "2", "3", "5", "6", "7"]
    assert str(estate.gaps[4]) == "kept free: 二期"
    assert kinds(estate) == [("gap", "info")]
    with pytest.raises(SkippedNumberWithoutReason):
        numbered(*ROWS, reserved={4: " "})


def test_four_is_skipped_only_where_the_rule_records_why():
    rule = replace(RULE, skip=frozenset({4}), skip_reason="县地名办〔2024〕1号")
    estate = numbered(*ROWS, rule=rule)
    assert "4" not in numbers(estate).values()
    assert "县地名办" in str(estate.gaps[4])


def test_one_number_given_twice_is_an_error_to_be_solved():
    estate = numbered(*ROWS, a="2", f="2")
    assert kinds(estate)[0] == ("number_twice", "error")
    assert estate.errors == 1


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 12).map(str), max_size=6), st.sets(st.integers(1, 9)))
def test_no_new_number_is_given_twice_or_skips_one_without_a_reason(kept, reserved):
    estate = numbered(*ROWS, reserved=dict.fromkeys(reserved, "预留"), **kept)
    new = [int(one.number.text) for one in estate.buildings if not one.building.kept]
    assert len(set(new)) == len(new)
    assert new == sorted(new)
    assert not set(new) & ({int(number) for number in kept.values()} | reserved)
    used = {int(one.number.text) for one in estate.buildings}
    assert {*used, *estate.gaps} >= set(range(1, max(used) + 1))


@pytest.mark.parametrize(
    ("text", "read"), [("3幢", "3"), ("03", "3"), (" A座", "A"), ("12号楼", "12"), ("南3栋", "南3")]
)
def test_a_building_number_is_read_without_its_word(text, read):
    assert read_building_number(text) == read


def test_a_building_number_is_no_sentence():
    with pytest.raises(BuildingNumberMalformed):
        numbered("aa", a="3/4?")


def test_what_stands_wrong_is_found():
    shapes, gate = sketch("aa", "  ", "bb", turned=0)
    twin = shapely.affinity.translate(shapes["a"], 0.00005, 0)
    buildings = (*buildings_of(shapes), EstateBuilding("t", twin), EstateBuilding("s", shapes["b"].buffer(-0.00002)))
    ground = shapes["a"].buffer(0.00012)
    estate = number_estate(Estate(buildings, Gate(gate), ground), RULE)
    assert {kind for kind, _ in kinds(estate)} >= {"overlap", "outside"}


def test_shapes_that_are_no_ground_plan_are_refused():
    crossed = shapely.Polygon([(103, 29), (103.001, 29.001), (103.001, 29), (103, 29.001)])
    with pytest.raises(BuildingShapeUnusable, match="x"):
        number_estate(Estate((EstateBuilding("k", crossed, name="x"),)), RULE)


def test_units_floors_and_rooms_unfold():
    (unit, _) = unfold(BuildingSpec(units=2, floors=12, rooms=2, rooms_on={1: 0, 12: 3}))
    labels = [room.label for room in unit.rooms]
    assert labels[:3] == ["201", "202", "301"]
    assert labels[-3:] == ["1201", "1202", "1203"]
    assert unit.floors[0].rooms == ()


def test_a_building_without_units_has_rooms_of_its_own():
    (only,) = unfold(BuildingSpec(units=0, floors=1, rooms=1))
    assert (only.place, [room.label for room in only.rooms]) == (0, ["101"])


def test_floors_below_the_ground_skip_zero_and_bear_their_sign():
    (unit,) = unfold(BuildingSpec(floors=1, rooms=1, underground=2, underground_rooms=2))
    assert [floor.number for floor in unit.floors] == [-2, -1, 1]
    assert [room.label for room in unit.rooms] == ["-201", "-202", "-101", "-102", "101"]


def test_floors_above_99_and_more_than_99_rooms_a_floor_stay_unique():
    (tall,) = unfold(BuildingSpec(floors=120, rooms=2))
    assert {(room.floor, room.label) for room in tall.rooms} >= {(10, "1001"), (100, "10001"), (101, "10101")}
    (wide,) = unfold(BuildingSpec(floors=3, rooms=4, rooms_on={1: 120}))
    labels = [room.label for room in wide.rooms]
    assert labels[0] == "1001"
    assert labels[119:121] == ["1120", "2001"]
    assert len(set(labels)) == len(labels)


@given(st.integers(1, 200), st.integers(1, 4), st.integers(0, 9), st.integers(1, 190))
def test_no_room_is_called_like_another_of_its_unit(floors, rooms, underground, most):
    spec = BuildingSpec(floors=floors, rooms=rooms, underground=underground, underground_rooms=1, rooms_on={1: most})
    if spec.rooms_in_unit <= 999:
        labels = [room.label for room in unfold(spec)[0].rooms]
        assert len(set(labels)) == len(labels) == spec.rooms_in_unit


def test_a_floor_left_out_and_a_floor_called_otherwise_keep_their_reasons():
    spec = BuildingSpec(floors=14, rooms=1, missing={4: "电梯无此层"}, signs={13: FloorSign("12A", "电梯标注")})
    (unit,) = unfold(spec)
    assert 4 not in [floor.number for floor in unit.floors]
    thirteenth = next(room for room in unit.rooms if room.floor == 13)
    assert (thirteenth.label, thirteenth.signed) == ("1301", "12A01")


@pytest.mark.parametrize(
    ("spec", "refusal"),
    [
        (BuildingSpec(units=100), TooManyUnits),
        (BuildingSpec(floors=201), TooManyFloors),
        (BuildingSpec(underground=10), TooManyFloors),
        (BuildingSpec(floors=100, rooms=10), TooManyRoomsInUnit),
        (BuildingSpec(missing={4: ""}), FloorMissingWithoutReason),
        (BuildingSpec(missing={9: "无"}), FloorNotInBuilding),
        (BuildingSpec(signs={9: FloorSign("8A", "标注")}), FloorNotInBuilding),
        (BuildingSpec(signs={4: FloorSign("3A", " ")}), FloorSignWithoutReason),
        (BuildingSpec(rooms_on={-1: 2}), FloorNotInBuilding),
        (BuildingSpec(units=2, unit_names=("甲",)), UnitNamesDoNotFit),
        (BuildingSpec(units=2, unit_names=("甲", "甲")), UnitNamesDoNotFit),
    ],
)
def test_a_building_that_cannot_be_is_refused_by_name(spec, refusal):
    with pytest.raises(refusal, match="7"):
        unfold(spec, "7")


def test_a_plan_that_nobody_could_look_through_is_refused():
    shapes, _ = sketch("a b c d e f g h i j k l m n o p q r s t u v")
    spec = BuildingSpec(units=10, floors=99, rooms=1)
    with pytest.raises(TooManyRooms):
        number_estate(Estate(tuple(EstateBuilding(key, one, spec) for key, one in shapes.items())), RULE)
    many = tuple(EstateBuilding(str(place), shapes["a"]) for place in range(1000))
    with pytest.raises(TooManyBuildings):
        number_estate(Estate(many), RULE)


def units_of(lines, order, *, gate=True):
    shapes, at = sketch(*lines)
    places = unit_places(shapes["a"], 2, order, Ground.of(list(shapes.values()), at if gate else None))
    first, last = places.positions
    return first, last, str(places.reason)


def test_units_run_along_the_long_side():
    first, last, reason = units_of(["aaaa"], "west_to_east")
    assert first.lon < last.lon
    assert reason == "Units are counted from west to east."
    first, last, _ = units_of(["aaaa"], "east_to_west")
    assert first.lon > last.lon


@pytest.mark.parametrize(
    ("order", "gate", "southwards"),
    [
        ("west_to_east", True, True), ("east_to_west", True, False),
        ("west_to_east", False, False), ("east_to_west", False, True),
    ],
)  # fmt: skip
def test_units_of_a_block_that_runs_north_and_south_are_counted_from_the_gate(order, gate, southwards):
    first, last, reason = units_of(["!", " ", "a", "a", "a"], order, gate=gate)
    assert (first.lat > last.lat) is southwards
    assert "north and south" in reason


def test_a_unit_stands_in_its_building_though_the_building_is_bent():
    bent = shapely.Polygon(
        [(103, 29), (103.001, 29), (103.001, 29.001), (103.0009, 29.001), (103.0009, 29.0001), (103, 29.0001)]
    )
    places = unit_places(bent, 3, "west_to_east", Ground.of([bent], None))
    assert all(bent.buffer(1e-7).contains(shapely.Point(place.lon, place.lat)) for place in places.positions)


def test_what_a_clerk_writes_is_read_and_written_back():
    fields = {
        "units": "3",
        "floors": 18,
        "rooms_on": "1：0，5-7:4; -1:2",
        "missing": "14:图纸无",
        "signs": "13:12A:电梯标注",
    }
    spec = read_spec({**fields, "underground": 1, "unit_names": "甲、乙、丙", "unit_order": "east_to_west"})
    assert spec.rooms_on == {1: 0, 5: 4, 6: 4, 7: 4, -1: 2}
    assert spec.signs == {13: FloorSign("12A", "电梯标注")}
    assert spec.unit_names == ("甲", "乙", "丙")
    assert read_spec(written_spec(spec)) == spec
    assert read_spec({"rooms": ""}) == BuildingSpec()


@pytest.mark.parametrize("text", ["一楼:2", "0:2", "7-5:2", "1:x", "1:99999", "999:1"])
def test_a_text_that_says_nothing_is_refused_with_an_example(text):
    with pytest.raises(FloorTextMalformed, match="1:0"):
        read_spec({"rooms_on": text})


def test_figures_and_choices_of_a_building_are_checked():
    with pytest.raises(RuleValueNotAllowed):
        read_spec({"units": "-1"})
    with pytest.raises(RuleValueNotAllowed):
        read_spec({"unit_order": "clockwise"})
    with pytest.raises(FloorTextMalformed):
        read_spec({"signs": "13::"})


def test_a_gates_number_is_a_door_number():
    assert read_gate_number("18附2") == HouseNumber(18, sub_number=2)
    assert read_gate_number("18a号") == HouseNumber(18, "A")
    assert read_gate_number(" ") is None
    with pytest.raises(GateNumberMalformed):
        read_gate_number("十八")


def test_names_that_sound_or_look_alike_are_found():
    names = ["阳光花园", "阳光苑", "洋光小区", "月光花园"]
    assert alike("阳光花园", names) == ["洋光小区", "阳光苑"]


def test_a_name_is_a_name():
    for name in ("", "123", "阳" * 41, "<b>"):
        with pytest.raises(EstateNameMalformed):
            propose_estate(name, None, ())
