from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from geo_app.domain.access import NotGranted
from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.address_place import NumberAlreadyTaken, PositionOutsideDivision
from geo_app.domain.address_refusals import AddressLocked, EndsBeforeBeginning
from geo_app.domain.errors import NotFound
from geo_app.domain.position import Position
from geo_app.persistence.paging import Paging
from geo_app.persistence.queries.address_list import AddressFilter
from geo_app.services import addresses, numbering
from geo_app.services.addresses import AsOf, SeveralAddresses
from tests.support.example_register import DAY, SOUTH, TOWNSHIP, WEST, make_example, request

LATER = DAY + timedelta(400)
NOW = datetime(2100, 1, 1, tzinfo=UTC)


def publish(register, example, day=DAY, **fields):
    plan = numbering.draft_plan(register, example.street, request(**fields), example.by_planner())
    numbering.submit_plan(register, plan, example.by_planner(1))
    numbering.approve_plan(register, plan, example.by_reviewer(2))
    numbering.publish_plan(register, plan, example.by_reviewer(3, day=day))


@pytest.fixture
def address(register, example):
    """The address with number 1."""
    publish(register, example)
    return listed(register, example)[0]


def listed(register, example):
    return register.addresses.page(AddressFilter(street_id=example.street), Paging()).items


def read(register, key, day=LATER):
    return addresses.read_address(register, key, AsOf(day, NOW))


def test_an_old_number_finds_the_door_under_its_new_one(register, example, address):
    door = register.session.scalar(text("select entrance_id from standard_address where number = 1"))
    publish(register, example, LATER, hand={door: "21号"})
    found = read(register, "铜河路1号")
    assert (found.address.id, found.address.number) == (address.id, HouseNumber(21))


def test_an_old_name_that_leads_to_several_doors_is_told(register, example, address):
    other = listed(register, example)[1]
    for one in (address, other):
        register.session.execute(
            text(
                "insert into address_alias (address_id, kind, text, match_key, valid)"
                " values (:id, 'nickname', '老供销社', '老供销社', '(,)')"
            ),
            {"id": one.id},
        )
    with pytest.raises(SeveralAddresses, match=other.id):
        read(register, "老供销社")


def test_a_split_address_names_its_successors(register, example, address):
    other = listed(register, example)[1]
    register.session.execute(
        text(
            "insert into address_succession (predecessor_id, successor_id, happened_on)"
            " values (:one, :other, current_date)"
        ),
        {"one": address.id, "other": other.id},
    )
    assert read(register, address.id).successors == [other.id]


def test_a_retired_address_gives_its_number_free(register, example, address):
    addresses.retire_address(register, address.id, example.by_planner(address.version, "拆除", LATER))
    assert [one.status for one in listed(register, example) if one.id == address.id] == ["retired"]
    assert read(register, address.id).address.status == "retired"
    assert read(register, address.id, LATER - timedelta(1)).address.status == "current"
    assert HouseNumber(1) not in register.reservations.numbers_taken(example.street, but=[])


def test_a_mistaken_retirement_is_taken_back_as_if_it_had_never_been(register, example, address):
    addresses.retire_address(register, address.id, example.by_planner(address.version, "拆除", LATER))
    addresses.correct_address_retirement(register, address.id, example.by_planner(address.version + 1, "未拆除", LATER))
    found = read(register, address.id, LATER).address
    assert (found.status, found.valid_from, found.valid_to) == ("current", DAY, None)


def test_a_number_given_to_another_door_since_does_not_come_back(register, example, address):
    addresses.retire_address(register, address.id, example.by_planner(address.version, "拆除", LATER))
    other = listed(register, example)[1]
    addresses.correct_address_number(register, other.id, HouseNumber(1), example.by_planner(other.version, "录错"))
    with pytest.raises(NumberAlreadyTaken):
        addresses.correct_address_retirement(
            register, address.id, example.by_planner(address.version + 1, "未拆除", LATER)
        )


def test_rooms_follow_a_corrected_number_without_a_day_of_its_own(register, example, address):
    register.session.execute(
        text(
            "insert into standard_address (id, county_code, kind, status, parent_id, room, text, match_key, valid)"
            " select '511111099999901', county_code, 'room', 'current', id, '101室', text || '101室',"
            " match_key || '101室', valid from standard_address where number = 1"
        )
    )
    addresses.correct_address_number(register, address.id, HouseNumber(31), example.by_planner(address.version, "录错"))
    room = read(register, "511111099999901", DAY).address
    assert (room.text, room.valid_from) == ("四川省乐山市沙湾区沙湾镇铜河路31号101室", DAY)


def test_an_address_does_not_end_before_it_begins(register, example, address):
    with pytest.raises(EndsBeforeBeginning):
        addresses.retire_address(register, address.id, example.by_planner(address.version, "拆除", DAY))


def test_a_locked_address_is_not_corrected(register, example, address):
    register.session.execute(text("update standard_address set locked_for = '案7' where number = 1"))
    with pytest.raises(AddressLocked, match="案7"):
        addresses.correct_address_number(
            register, address.id, HouseNumber(31), example.by_planner(address.version + 1, "录错")
        )


def test_a_position_outside_its_division_is_refused(register, example, address):
    register.session.execute(
        text(
            "insert into division_outline (division_id, outline) select id, st_multi(st_makeenvelope("
            ":west, :south, :east, :north, 4490)) from division where code = :code"
        ),
        {"west": WEST - 0.01, "south": SOUTH - 0.01, "east": WEST + 0.01, "north": SOUTH + 0.01, "code": TOWNSHIP},
    )
    with pytest.raises(PositionOutsideDivision):
        addresses.correct_address_position(
            register, address.id, Position(104, 30), example.by_planner(address.version, "定位错误")
        )


def test_doors_are_named_after_the_village_in_whose_outline_they_lie(register, example):
    register.session.execute(
        text(
            "insert into division_outline (division_id, outline) select id, st_multi(st_makeenvelope("
            ":west, :south, :east, :north, 4490)) from division where level = 'village'"
        ),
        {"west": WEST - 0.01, "south": SOUTH, "east": WEST + 0.01, "north": SOUTH + 0.01},
    )
    publish(register, example)
    codes = {address.number_text: address.standard_code for address in listed(register, example)}
    assert {codes[number][6:12] for number in ("2号", "4号", "6号")} == {"100001"}
    assert {codes[number][6:12] for number in ("1号", "3号", "5号")} == {"100000"}


def test_a_stranger_changes_no_address(register, example, address):
    with pytest.raises(NotGranted):
        addresses.retire_address(register, address.id, example.by_stranger(address.version))


@pytest.mark.parametrize("key", ["511111000000000", "不存在的地名"])
def test_an_unknown_key_is_not_found(register, example, key):
    with pytest.raises(NotFound):
        read(register, key)


def test_what_we_believed_before_a_correction_is_still_told(committed_database):
    with committed_database.transaction() as register:
        example = make_example(register)
        publish(register, example)
    with committed_database.transaction() as register:
        address = listed(register, example)[0]
        before = register.session.scalar(text("select clock_timestamp()"))
    with committed_database.transaction() as register:
        addresses.correct_address_number(
            register, address.id, HouseNumber(31), example.by_planner(address.version, "录错")
        )
    with committed_database.transaction() as register:
        believed = addresses.read_address(register, address.id, AsOf(DAY, before)).address
        assert (believed.number, read(register, address.id, DAY).address.number) == (HouseNumber(1), HouseNumber(31))
