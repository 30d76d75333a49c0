"""A corner's second door and a temporary building, as the register has them after plans are published."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from geo_app.domain.numbering_circumstance import Circumstance, DoorKind, DoorState
from geo_app.services import numbering
from tests.support.example_register import SICHUAN, TOWNSHIP, living_divisions, make_street, number_street, request


@pytest.fixture
def corner(register, example):
    """Return a street that crosses the example's, and the second door there of a building with its main door here."""
    crossing = make_street(register, "沫若巷", living_divisions(register)[TOWNSHIP], 4, north=0.002)
    main, second = doors_of(register, example.street)[0], doors_of(register, crossing)[0]
    register.entrances.describe(second, Circumstance(DoorKind.CORNER, of=str(main)))
    return crossing, main, second


def doors_of(register, street):
    rows = register.session.execute(
        text("select id from entrance where street_id = :street order by id"), {"street": street}
    )
    return list(rows.scalars())


def publish(register, example, plan):
    numbering.submit_plan(register, plan, example.by_planner(1))
    numbering.approve_plan(register, plan, example.by_reviewer(2))
    numbering.publish_plan(register, plan, example.by_reviewer(3))


def address(register, door):
    found = (
        "select id, rank, primary_id, temporary from standard_address where entrance_id = :door and status = 'current'"
    )
    return register.session.execute(text(found), {"door": door}).one()


@pytest.mark.parametrize("main_first", [True, False])
def test_the_second_door_of_a_corner_is_secondary_whichever_street_is_published_first(
    register, example, corner, main_first
):
    crossing, main, second = corner
    for street in (example.street, crossing) if main_first else (crossing, example.street):
        number_street(register, example, street)
    assert address(register, main).rank == "primary"
    assert address(register, second)[1:3] == ("secondary", address(register, main).id)


def test_an_undone_main_door_leaves_the_second_an_address_of_its_own(register, example, corner):
    crossing, _, second = corner
    number_street(register, example, crossing)
    number_street(register, example)
    plan = register.session.execute(text("select max(id) from numbering_plan")).scalar_one()
    version = register.plans.get(plan).life.version
    publish(register, example, numbering.undo_plan(register, plan, example.by_planner(version, "编错")))
    assert address(register, second)[1:3] == ("primary", None)


def test_a_corner_that_takes_a_sub_number_stays_an_address_of_its_own(register, example, corner):
    crossing, _, second = corner
    number_street(register, example)
    asked = request(replace(SICHUAN, corner="sub_number"))
    publish(register, example, numbering.draft_plan(register, crossing, asked, example.by_planner()))
    assert address(register, second).rank == "primary"


def test_the_number_of_a_temporary_building_is_marked_so(register, example):
    first, other = doors_of(register, example.street)[:2]
    register.entrances.describe(first, Circumstance(state=DoorState.TEMPORARY))
    asked = request(replace(SICHUAN, temporary="numbered"))
    publish(register, example, numbering.draft_plan(register, example.street, asked, example.by_planner()))
    assert (address(register, first).temporary, address(register, other).temporary) == (True, False)
