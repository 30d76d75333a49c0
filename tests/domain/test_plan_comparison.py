import pytest

from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.message import Message
from geo_app.domain.plan_comparison import Better, Criterion, Effect, compare_contents, effect_of, renumbered
from geo_app.domain.planned_door import Door, PlanContent, PlanFinding, PlannedDoor
from geo_app.domain.planned_score import stretches_of
from geo_app.domain.position import Position


def planned(entrance, number=None, *, wall=None, current=None, text=None, metres=None, side="left"):
    door = Door(entrance, Position(103.55, 29.41), 1, wall, "a" if current else None, current)
    written = text if text is not None else (f"{number}号" if number else "")
    house = HouseNumber(number) if number else None
    return PlannedDoor(door, house, written, "1", side, metres if metres is not None else entrance * 10.0)


def content(*doors, findings=()):
    return PlanContent(tuple(doors), tuple(findings))


def finding(kind, entrance, severity="warning"):
    return PlanFinding(kind, severity, Message("x"), entrance)


def weighed(found, criterion):
    return next(one for one in found.weighed if one.criterion is criterion)


@pytest.mark.parametrize(
    ("door", "effect"),
    [
        (planned(1, 3), Effect.NEW),
        (planned(1, 3, wall="3号"), Effect.SAME),
        (planned(1, 3, wall=" ３ "), Effect.SAME),
        (planned(1, 5, wall="3"), Effect.RENUMBERED),
        (planned(1, 5, current=HouseNumber(3), wall="5"), Effect.RENUMBERED),
        (planned(1, 3, current=HouseNumber(3), wall="5"), Effect.SAME),
        (planned(1, wall="3"), Effect.NONE),
        (planned(1, current=HouseNumber(3)), Effect.TAKEN_BACK),
        (planned(1), Effect.NONE),
        (planned(1, text="后门", wall="后门"), Effect.SAME),
    ],
)
def test_what_a_plan_does_to_a_door_is_said_beside_what_it_is_called_today(door, effect):
    assert effect_of(door) is effect


def test_a_door_differs_where_the_numbers_do_and_not_where_only_places_do():
    one = content(planned(1, 1), planned(2, 3), planned(3, 5))
    other = content(planned(1, 1, metres=99), planned(2, 5), planned(4, 7))
    found = compare_contents(one, other)
    assert [(door.door.entrance_id, door.differs) for door in found.doors] == [
        (1, False),
        (2, True),
        (3, True),
        (4, True),
    ]
    assert found.differing == 3
    assert found.doors[3].one is None


def test_findings_are_the_same_by_kind_and_door():
    one = content(findings=[finding("stacked", 1), finding("displaced", 2)])
    other = content(findings=[finding("stacked", 1), finding("displaced", 3)])
    found = compare_contents(one, other)
    assert [one.entrance_id for one in found.only_in_one] == [2]
    assert [one.entrance_id for one in found.only_in_other] == [3]
    assert [one.entrance_id for one in found.in_both] == [1]


def test_fewer_plates_to_change_and_more_room_are_better():
    walls = {"wall": "1"}
    one = content(planned(1, 1, **walls), planned(2, 3))
    other = content(planned(1, 5, **walls), planned(2, 15))
    found = compare_contents(one, other)
    assert weighed(found, Criterion.RENUMBERED).better is Better.ONE
    assert weighed(found, Criterion.FREE).better is Better.OTHER
    assert weighed(found, Criterion.NUMBERED).better is Better.NEITHER
    assert renumbered(other.doors) == 1


def test_a_stretch_is_the_same_in_both_plans_between_the_same_doors_whatever_the_start():
    one = content(planned(1, 1), planned(2, 7), planned(3, 9))
    other = content(planned(1, 5, side="right"), planned(2, 3, side="right"), planned(3, 1, side="right"))
    rooms = {stretch.stretch.ends: (stretch.one, stretch.other) for stretch in compare_contents(one, other).stretches}
    assert rooms == {frozenset({1, 2}): (2, 0), frozenset({2, 3}): (0, 0)}


def test_a_plan_beside_itself_differs_in_nothing():
    plan = content(planned(1, 1), planned(2, 7), findings=[finding("stacked", 1)])
    found = compare_contents(plan, plan)
    assert found.differing == 0
    assert {one.better for one in found.weighed} == {Better.NEITHER}
    assert not found.only_in_one + found.only_in_other


def test_stretches_lie_between_neighbours_by_number():
    (stretch,) = stretches_of([planned(2, 9, metres=40), planned(1, 1, metres=10)])
    assert (stretch.low.text, stretch.high.text, stretch.free, stretch.metres) == ("1号", "9号", 3, 30)


def test_doors_that_nothing_numbers_have_no_stretch():
    found = compare_contents(content(planned(1)), content(planned(1)))
    assert found.stretches == ()
    assert weighed(found, Criterion.FUTURE_PROOF).one is None
    assert weighed(found, Criterion.FUTURE_PROOF).better is Better.NEITHER
