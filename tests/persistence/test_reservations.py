import pytest

from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.address_id import make_id
from geo_app.domain.address_place import NumberAlreadyTaken
from geo_app.domain.position import Position
from geo_app.persistence.reservations import AddressTextTaken, DoorAddress, PlaceOfAddresses, Proposal
from tests.support.example_register import COUNTY, DAY, SOUTH, WEST


@pytest.fixture
def reserve(register, example):
    """Reserve numbers on the example's street: (serial, number, text)."""
    street = PlaceOfAddresses(COUNTY, "铜河路", example.street, "铜河路")
    division = register.streets.get(example.street).division_id
    doors = register.entrances.of_street(example.street)

    def write(*wanted):
        addresses = [
            DoorAddress(
                make_id(COUNTY, serial), doors[0].entrance_id, division, number, "", text, Position(WEST, SOUTH)
            )
            for serial, number, text in wanted
        ]
        register.reservations.reserve(street, addresses, Proposal(example.planner.account_id, DAY))

    return write


def test_a_number_is_held_once(register, reserve):
    reserve((1, HouseNumber(12), "甲"))
    with pytest.raises(NumberAlreadyTaken, match="12号附3号 is taken on “铜河路”"), register.session.begin_nested():
        reserve((2, HouseNumber(12, sub_number=3), "乙"), (3, HouseNumber(12, sub_number=3), "丙"))
    with pytest.raises(NumberAlreadyTaken, match="12号"), register.session.begin_nested():
        reserve((4, HouseNumber(12), "丁"))


def test_a_text_is_held_once_in_any_spelling(register, reserve):
    reserve((1, HouseNumber(12), "铜河路12号"))
    with pytest.raises(AddressTextTaken, match="铜河路12号"), register.session.begin_nested():
        reserve((2, HouseNumber(14), "铜河路１２号"))


def test_a_number_and_its_suffix_and_sub_numbers_are_different_numbers(register, example, reserve):
    numbers = {HouseNumber(12), HouseNumber(12, "A"), HouseNumber(12, sub_number=1), HouseNumber(12, "A", 1)}
    reserve(*((serial, number, str(serial)) for serial, number in enumerate(numbers, 1)))
    assert register.reservations.numbers_taken(example.street, but=[]) == numbers


def test_a_text_with_tabs_and_backslashes_arrives_as_it_was_written(register, example, reserve):
    reserve((1, HouseNumber(12), "a\tb\\n\nc"))
    assert register.session.connection().exec_driver_sql("select text from standard_address").scalar() == "a\tb\\n\nc"


def test_serials_of_a_series_never_come_twice(register):
    assert list(register.serials.draw("address:511111", 3)) == [1, 2, 3]
    assert list(register.serials.draw("address:511111", 2)) == [4, 5]
    assert list(register.serials.draw("address:511102", 1)) == [1]
