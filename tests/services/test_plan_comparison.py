import pytest
from sqlalchemy import text

from geo_app.domain.errors import NotFound
from geo_app.domain.plan_comparison import Better, Criterion
from geo_app.services import numbering
from geo_app.services.plan_comparison import PlanOfAnotherStreet, compare_plans, latest_plan, plans_of
from tests.support.example_register import TOWNSHIP, living_divisions, make_street, request


def draft(register, example, **fields):
    return numbering.draft_plan(register, example.street, request(**fields), example.by_planner())


def from_the_west(register, example):
    return draft(register, example, rule=request().rule.with_overrides(start="first"), title="西起")


def on_walls(register, **walls):
    for entrance, number in walls.items():
        register.session.execute(
            text("update entrance set wall_number = :number where id = :id"),
            {"number": number, "id": int(entrance[1:])},
        )


def doors(register, example):
    return [door.entrance_id for door in register.entrances.of_street(example.street)]


def test_two_drafts_of_one_street_are_compared_door_by_door(register, example):
    one, other = draft(register, example), from_the_west(register, example)
    found = compare_plans(register, example.street, one, other).comparison
    assert {(door.one.text, door.other.text) for door in found.doors if door.differs} >= {("6号", "1号")}
    assert compare_plans(register, example.street, one, one).comparison.differing == 0


def test_a_plan_is_compared_with_what_is_on_the_wall(register, example):
    keys = doors(register, example)
    on_walls(register, **{f"e{keys[0]}": "6", f"e{keys[1]}": "5号"})
    plan = draft(register, example, hand={keys[0]: "16号"})
    view = compare_plans(register, example.street, plan, None)
    assert view.other.plan is None
    by_door = {door.door.entrance_id: door for door in view.comparison.doors}
    assert (by_door[keys[0]].one.text, by_door[keys[0]].other.text) == ("16号", "6号")
    assert not by_door[keys[1]].differs
    assert by_door[keys[2]].other.text == ""
    weighed = {one.criterion: one for one in view.comparison.weighed}
    assert weighed[Criterion.NUMBERED].better is Better.ONE
    assert weighed[Criterion.RENUMBERED].better is Better.OTHER


def test_a_plan_of_another_street_is_refused(register, example):
    plan = draft(register, example)
    elsewhere = make_street(register, "别处路", living_divisions(register)[TOWNSHIP], 4, north=0.01)
    with pytest.raises(PlanOfAnotherStreet):
        compare_plans(register, elsewhere, plan, None)


def test_a_plan_that_is_not_there_is_not_found(register, example):
    with pytest.raises(NotFound):
        compare_plans(register, example.street, 999_999, None)


def test_a_comparison_begins_with_the_latest_plan_that_was_not_withdrawn(register, example):
    one, other = draft(register, example), draft(register, example)
    assert latest_plan(plans_of(register, example.street)) == other
    version = register.plans.get(other).life.version
    numbering.withdraw_plan(register, other, example.by_planner(version, reason="改线"))
    assert latest_plan(plans_of(register, example.street)) == one
    assert latest_plan(()) is None
