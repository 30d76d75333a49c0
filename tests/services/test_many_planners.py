"""Sixty-four planners at once on one street: the database has the last word, and each is told what happened."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from geo_app.domain.errors import DomainError
from geo_app.domain.position import Position
from geo_app.persistence.paging import Paging
from geo_app.persistence.queries.plan_list import PlanFilter
from geo_app.services import numbering
from geo_app.services.streets import move_entrance
from tests.support.counter import open_case, submit
from tests.support.example_register import SOUTH, WEST, make_example, request

PLANNERS = 64
DOORS = 8


@pytest.fixture
def example(committed_database):
    with committed_database.transaction() as register:
        return make_example(register, DOORS)


def at_once(work):
    """Run `work(0)` to `work(63)` at once; return for each what it returned, or the name of the refusal."""

    def told(planner):
        try:
            return work(planner)
        except DomainError as refusal:
            return type(refusal).__name__

    with ThreadPoolExecutor(PLANNERS) as pool:
        return list(pool.map(told, range(PLANNERS)))


def in_one_step(database, step, *arguments):
    with database.transaction() as register:
        return step(register, *arguments)


def numbers_held(database):
    with database.transaction() as register:
        rows = register.session.execute(
            text("select number, suffix, sub_number from standard_address where status in ('proposed', 'current')")
        )
        return Counter(tuple(row) for row in rows)


def test_no_number_is_given_twice_and_each_planner_is_told(committed_database, example):
    def plan_through(planner):
        hand = {1 + planner % DOORS: f"{20 + planner}号"}
        plan = in_one_step(
            committed_database, numbering.draft_plan, example.street, request(hand=hand), example.by_planner()
        )
        in_one_step(committed_database, numbering.submit_plan, plan, example.by_planner(1))
        in_one_step(committed_database, numbering.approve_plan, plan, example.by_reviewer(2))
        in_one_step(committed_database, numbering.publish_plan, plan, example.by_reviewer(3))
        return "published"

    told = Counter(at_once(plan_through))
    assert told["published"] >= 1
    assert set(told) <= {"published", "PlanOutdated", "PlanNumbersTaken", "NumberAlreadyTaken"}
    held = numbers_held(committed_database)
    assert set(held.values()) == {1}
    with committed_database.transaction() as register:
        published = register.plans.page(PlanFilter("published"), Paging()).total
        doors = register.entrances.of_street(example.street)
        twice = register.session.scalar(
            text(
                "select count(*) from (select entrance_id from standard_address where status = 'current'"
                " group by entrance_id having count(*) > 1) found"
            )
        )
    assert published == told["published"]
    assert all(door.numbered for door in doors)
    assert twice == 0


def test_no_revision_of_a_draft_is_lost(committed_database, example):
    plan = in_one_step(committed_database, numbering.draft_plan, example.street, request(), example.by_planner())

    def revise(planner):
        asked = request(title=f"第{planner}稿")
        in_one_step(committed_database, numbering.revise_plan, plan, asked, example.by_planner(1))
        return planner

    told = at_once(revise)
    (winner,) = [answer for answer in told if isinstance(answer, int)]
    assert told.count("PlanVersionStale") == PLANNERS - 1
    with committed_database.transaction() as register:
        assert register.plans.get(plan).title == f"第{winner}稿"
        assert register.plans.get(plan).life.version == 2


def test_a_plan_is_published_once(committed_database, example):
    plan = in_one_step(committed_database, numbering.draft_plan, example.street, request(), example.by_planner())
    in_one_step(committed_database, numbering.submit_plan, plan, example.by_planner(1))
    in_one_step(committed_database, numbering.approve_plan, plan, example.by_reviewer(2))
    told = at_once(lambda _: in_one_step(committed_database, numbering.publish_plan, plan, example.by_reviewer(3)))
    assert Counter(told) == {None: 1, "PlanVersionStale": PLANNERS - 1}
    assert sum(numbers_held(committed_database).values()) == DOORS


def test_a_door_is_moved_by_the_first_only(committed_database, example):
    door = 1

    def move(planner):
        place = Position(WEST + planner * 1e-6, SOUTH)
        in_one_step(committed_database, move_entrance, door, place, example.by_planner(1))
        return place

    told = at_once(move)
    (winner,) = [answer for answer in told if isinstance(answer, Position)]
    assert told.count("EntranceVersionStale") == PLANNERS - 1
    with committed_database.transaction() as register:
        assert register.entrances.get(door).door.position == winner


def test_of_many_clerks_one_gets_the_number_and_receipts_have_no_gaps(committed_database, example):
    def counter(clerk):
        place = Position(WEST + 0.00015 + clerk * 0.000002, SOUTH + 0.00009)
        with committed_database.transaction() as register:
            case = open_case(register, example, position=place)
        with committed_database.transaction() as register:
            submit(register, example, case, by_hand="55号")
        return "submitted"

    told = Counter(at_once(counter))
    assert told == {"submitted": 1, "NumberAlreadyTaken": PLANNERS - 1}
    with committed_database.transaction() as register:
        serials = register.session.scalars(text("select receipt_serial from counter_case order by 1")).all()
    assert serials == list(range(1, PLANNERS + 1))
