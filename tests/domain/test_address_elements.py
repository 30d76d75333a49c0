import pytest

from geo_app.domain.address_elements import (
    ABSENT,
    AddressElements,
    DivisionNames,
    ElementBlank,
    FloorZeroDoesNotExist,
    GroupWithoutVillage,
    HouseNumber,
    Label,
    NumberNotStated,
    NumberOutOfRange,
    PlaceNotStated,
    PlaceStatedTwice,
    SubNumberOutOfRange,
    SuffixMalformed,
    read_label,
)

TOWN = DivisionNames("四川省", "乐山市", "沙湾区", "铜河街道")
VILLAGE = DivisionNames("四川省", "乐山市", "沙湾区", "太平镇", "万坪村")


def test_an_absent_level_is_falsy_and_says_so():
    assert not ABSENT
    assert ABSENT.value == "无"


def test_numbers_sort_as_doors_stand():
    numbers = [HouseNumber(128), HouseNumber(9, "B"), HouseNumber(9, sub_number=2), HouseNumber(9)]
    assert sorted(numbers) == [HouseNumber(9), HouseNumber(9, sub_number=2), HouseNumber(9, "B"), HouseNumber(128)]


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_a_door_number_is_one_to_9999(number):
    with pytest.raises(NumberOutOfRange):
        HouseNumber(number)


@pytest.mark.parametrize("sub_number", [-1, 10_000])
def test_a_sub_number_is_at_most_9999(sub_number):
    with pytest.raises(SubNumberOutOfRange):
        HouseNumber(1, sub_number=sub_number)


@pytest.mark.parametrize("suffix", ["a", "ABC", "子", "1", " "])
def test_a_suffix_is_letters_or_a_heavenly_stem(suffix):
    with pytest.raises(SuffixMalformed):
        HouseNumber(1, suffix)


@pytest.mark.parametrize("suffix", ["", "A", "AB", "甲", "癸"])
def test_usual_suffixes_are_accepted(suffix):
    assert HouseNumber(1, suffix).suffix == suffix


def test_there_is_no_floor_zero():
    with pytest.raises(FloorZeroDoesNotExist):
        AddressElements(TOWN, street="南街", number=HouseNumber(1), floor=0)


@pytest.mark.parametrize("floor", [-2, -1, 1, 120])
def test_floors_below_and_above_the_ground_exist(floor):
    assert AddressElements(TOWN, street="南街", number=HouseNumber(1), floor=floor).floor == floor


@pytest.mark.parametrize("blank", ["", " ", "\u3000"])
def test_a_blank_element_is_refused_everywhere(blank):
    with pytest.raises(ElementBlank):
        Label(blank, "幢")
    with pytest.raises(ElementBlank):
        DivisionNames("四川省", "乐山市", "沙湾区", blank)
    with pytest.raises(ElementBlank):
        AddressElements(TOWN, street=blank, number=HouseNumber(1))


@pytest.mark.parametrize(
    ("text", "own", "generic"),
    [
        ("3幢", "3", "幢"),
        ("A座", "A", "座"),
        ("12号楼", "12", "号楼"),
        ("2单元", "2", "单元"),
        ("天府阁", "天府阁", ""),
    ],
)
def test_a_label_is_read_back_as_it_was_written(text, own, generic):
    label = read_label(text)
    assert (label, str(label)) == (Label(own, generic), text)


def test_a_generic_word_alone_is_no_label():
    with pytest.raises(ElementBlank):
        read_label("单元")


def test_an_address_needs_a_street_a_group_or_an_estate():
    with pytest.raises(PlaceNotStated):
        AddressElements(TOWN, number=HouseNumber(1))


def test_an_address_is_not_on_a_street_and_in_a_group_at_once():
    with pytest.raises(PlaceStatedTwice):
        AddressElements(VILLAGE, street="南街", group="3组", number=HouseNumber(1))


def test_a_group_needs_its_village():
    with pytest.raises(GroupWithoutVillage):
        AddressElements(TOWN, group="3组", number=HouseNumber(1))


def test_a_street_without_a_number_finds_no_door():
    with pytest.raises(NumberNotStated):
        AddressElements(TOWN, street="南街")


def test_an_estate_needs_no_number():
    assert AddressElements(TOWN, estate="沫东花园", building=Label("3", "幢")).number is ABSENT
