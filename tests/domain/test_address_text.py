import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.address_elements import AddressElements, DivisionNames, HouseNumber, Label
from geo_app.domain.address_text import (
    FloorStyle,
    SubNumberStyle,
    TextStyle,
    floor_text,
    local_text,
    match_key,
    number_text,
    standard_text,
)

TOWN = DivisionNames("四川省", "乐山市", "沙湾区", "铜河街道", "沫东社区")
VILLAGE = DivisionNames("四川省", "乐山市", "沙湾区", "太平镇", "万坪村")


def flat(**more):
    street = {"street": "沫若大道南段", "number": HouseNumber(139, sub_number=2)}
    house = {"building": Label("3", "幢"), "unit": Label("2", "单元"), "room": Label("501", "室")}
    return AddressElements(TOWN, **(street | house | more))


def test_the_standard_text_runs_from_the_province_to_the_room():
    assert standard_text(flat()) == "四川省乐山市沙湾区铜河街道沫若大道南段139号附2号3幢2单元501室"


def test_a_village_address_names_village_group_and_number():
    farm = AddressElements(VILLAGE, group="3组", number=HouseNumber(25))
    assert standard_text(farm) == "四川省乐山市沙湾区太平镇万坪村3组25号"
    assert local_text(farm) == "万坪村3组25号"


def test_an_estate_stands_behind_its_gate_number():
    gate = AddressElements(TOWN, street="南街", number=HouseNumber(12), estate="沫东花园", building=Label("A", "座"))
    assert local_text(gate) == "南街12号沫东花园A座"


def test_an_estate_without_a_street_names_its_community():
    assert local_text(AddressElements(TOWN, estate="沫东花园")) == "沫东社区沫东花园"


def test_a_floor_above_ground_is_written_only_without_a_room():
    assert local_text(flat(floor=5)).endswith("3幢2单元501室")
    assert local_text(AddressElements(TOWN, street="南街", number=HouseNumber(1), floor=5)) == "南街1号5层"


def test_a_room_below_ground_always_shows_its_floor():
    assert local_text(flat(floor=-1, room=Label("101", "室"))).endswith("3幢2单元负一层101室")


@pytest.mark.parametrize(
    ("style", "texts"),
    [
        (TextStyle(), ("12号", "12A号", "12号附3号")),
        (TextStyle(SubNumberStyle.DASH), ("12号", "12A号", "12-3号")),
        (TextStyle(SubNumberStyle.DASH, generic=""), ("12", "12A", "12-3")),
        (TextStyle(SubNumberStyle.ZHI), ("12号", "12A号", "12号之3")),
    ],
)
def test_sub_numbers_are_written_by_the_district_s_rule(style, texts):
    numbers = (HouseNumber(12), HouseNumber(12, "A"), HouseNumber(12, sub_number=3))
    assert tuple(number_text(number, style) for number in numbers) == texts


@pytest.mark.parametrize(
    ("floor", "signed", "han", "letter"),
    [
        (-1, "-1层", "负一层", "B1层"),
        (-10, "-10层", "负十层", "B10层"),
        (-12, "-12层", "负十二层", "B12层"),
        (-20, "-20层", "负二十层", "B20层"),
        (3, "3层", "3层", "3层"),
    ],
)
def test_floors_below_ground_have_three_spellings(floor, signed, han, letter):
    assert [floor_text(floor, style) for style in FloorStyle] == [signed, han, letter]


@given(st.integers(-99, 99).filter(bool))
def test_all_spellings_of_a_floor_have_one_key(floor):
    assert {match_key(floor_text(floor, style)) for style in FloorStyle} == {f"{floor}层"}


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        ("沫若大道１３９号　附２号", "沫若大道139号附2号"),
        ("沫若大道一百三十九号附二号", "沫若大道139号附2号"),
        ("万坪村三组二十五号", "万坪村3组25号"),
        ("a座 1204室", "A座1204室"),
        ("一〇八号", "108号"),
        ("一千零二十号", "1020号"),
        ("十二幢", "12幢"),
        ("二十号", "20号"),
        ("百货大楼", "百货大楼"),
        ("一百百号", "一百百号"),
        ("千佛路12－3", "千佛路12-3"),
        ("12—3号", "12-3号"),
        ("B2楼", "-2层"),
    ],
)
def test_spellings_of_one_address_meet_in_one_key(spelling, key):
    assert match_key(spelling) == key


@given(st.text(alphabet="零〇一二三四五六七八九十百千负B1２号楼层幢 a－", max_size=12))
def test_the_key_of_a_key_is_itself(text):
    assert match_key(match_key(text)) == match_key(text)


def _spoken(number):
    parts, zero = "", False
    for power, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            parts += ("零" if zero else "") + "〇一二三四五六七八九"[digit] + word
        zero = bool(parts) and not digit
    return parts.removeprefix("一") if parts.startswith("一十") else parts


@given(st.integers(1, 9999))
def test_every_spoken_door_number_becomes_its_digits(number):
    assert match_key(f"{_spoken(number)}号") == f"{number}号"
