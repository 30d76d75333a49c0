from datetime import date

import pytest
from sqlalchemy import text

from geo_app.cli.demo import GIS_DATA
from geo_app.domain.demo import generate
from geo_app.domain.division import Division, parse_code
from geo_app.domain.imports import DemoStays
from geo_app.exchange.demo_files import inputs_for, read_shawan, read_upper_levels
from geo_app.exchange.numbering_rules import load_rule
from geo_app.services.accounts import acting_account, local_operator
from geo_app.services.demo import DemoIsLoaded, load_demo
from geo_app.services.demo_accounts import make_demo_accounts
from geo_app.services.demo_divisions import BEGINNING, load_divisions
from geo_app.services.demo_plans import (
    DemoPeople,
    draft_unusual_demo_street,
    publish_demo_groups,
    publish_demo_plans,
)
from geo_app.services.imports_undo import undo_import
from tests.support.accounts import moment

ADDRESSES = 3000


@pytest.fixture(scope="module")
def county():
    return generate(read_shawan(GIS_DATA), addresses=ADDRESSES, seed=3)


@pytest.fixture
def operator(register):
    return local_operator(register, moment(), "test")


@pytest.fixture
def loaded(register, operator, county):
    load_divisions(register, (operator, moment().day), county, GIS_DATA)
    load_demo(register, operator, county, BEGINNING)
    return register


def ask(register, statement):
    return [tuple(row) for row in register.session.execute(text(statement))]


def test_the_demonstration_writes_every_door_on_its_street_or_in_its_group_and_building(loaded):
    placed = "count(*) filter (where num_nonnulls(street_id, village_group_id) = 1)"
    rows = ask(loaded, f"select count(*), {placed}, count(building_id), bool_and(made_up) from entrance")
    assert rows == [(ADDRESSES, ADDRESSES, ADDRESSES, True)]


def test_its_villages_have_groups_with_lanes_and_a_mouth(loaded):
    houses = "select count(*) from entrance e where e.village_group_id = g.id"
    small = f"select count(*), count(mouth), min(({houses})) > 0, bool_and(made_up) from village_group g"
    [(groups, mouths, inhabited, made_up)] = ask(loaded, small)
    assert groups > 20
    assert (mouths, inhabited, made_up) == (groups, True, True)
    assert ask(loaded, "select count(*) from street where kind = 'village_group'") == [(0,)]
    group = ask(loaded, "select village_group_id from entrance group by 1 order by count(*) desc, 1")[1][0]
    assert len(loaded.village_groups.lanes(group)) > 1


def test_streets_lie_in_living_divisions_and_real_names_say_so(loaded):
    lost = "select count(*) from street s left join division d on d.id = division_id and upper_inf(d.valid)"
    assert ask(loaded, f"{lost} where d.id is null") == [(0,)]
    real = {name for (name,) in ask(loaded, "select name from street where not made_up")}
    assert {"沫若大道南段", "茶溪路"} <= real


def test_the_merger_of_the_townships_is_dated_history(loaded):
    ended = "select upper(valid) from division where name = '碧山乡' and level = 'township'"
    assert ask(loaded, ended) == [(date(2019, 12, 13),)]
    assert ask(loaded, "select lower(valid) from division where name = '铜河街道'") == [(date(2019, 12, 13),)]


def test_derived_outlines_say_so_and_the_countys_own_is_real(loaded):
    derived = "select level, bool_and(derived) from division_outline o join division d on d.id = division_id group by 1"
    assert dict(ask(loaded, derived)) == {"county": False, "township": True, "village": True}


def test_a_second_demonstration_of_a_county_is_refused(loaded, operator, county):
    with pytest.raises(DemoIsLoaded):
        load_demo(loaded, operator, county, BEGINNING)


def test_the_demonstration_cannot_be_undone_like_a_file(loaded, operator):
    [(number,)] = ask(loaded, "select id from import_run where layer = 'demo'")
    with pytest.raises(DemoStays):
        undo_import(loaded, operator, number, moment().day)


def test_its_people_have_plans_in_every_state(loaded):
    at = moment()
    make_demo_accounts(loaded, at.day)
    planner, reviewer = (acting_account(loaded, name, at, "test") for name in ("planner1", "reviewer1"))
    people = DemoPeople(planner, reviewer)
    publish_demo_plans(loaded, people, load_rule("sichuan"), at.day, 3)
    draft_unusual_demo_street(loaded, people, load_rule("sichuan"), at.day)
    counted = dict(ask(loaded, "select status, count(*) from numbering_plan group by 1"))
    assert counted == {"published": 3, "approved": 1, "submitted": 2, "draft": 3}
    found = dict(ask(loaded, "select kind, count(*) from plan_finding group by 1"))
    assert {"illegal", "reserved", "temporary"} <= found.keys()
    assert ask(loaded, "select count(*) > 0, bool_and(text like '四川省乐山市沙湾区%') from standard_address") == [
        (True, True)
    ]


def test_its_largest_village_groups_are_numbered_and_the_others_wait(loaded):
    at = moment()
    make_demo_accounts(loaded, at.day)
    planner, reviewer = (acting_account(loaded, name, at, "test") for name in ("planner1", "reviewer1"))
    publish_demo_groups(loaded, DemoPeople(planner, reviewer), load_rule("sichuan"), at.day, 2)
    counted = dict(ask(loaded, "select status, count(*) from numbering_plan group by 1"))
    assert counted == {"published": 2, "approved": 1, "submitted": 1, "draft": 1}
    texts = "select bool_and(text ~ '[村社区][0-9]+组[0-9]+号$') from standard_address where village_group is not null"
    assert ask(loaded, texts) == [(True,)]


def test_any_other_county_can_be_made_up(register, operator):
    code = "511102"
    town, village = (
        Division(parse_code(code + more), name) for more, name in (("004", "大佛街道"), ("004001", "篦子街社区"))
    )
    other = generate(
        inputs_for(code, (*read_upper_levels(GIS_DATA, parse_code(code)), town, village)), addresses=200, seed=1
    )
    load_divisions(register, (operator, moment().day), other, GIS_DATA)
    assert load_demo(register, operator, other, BEGINNING) == 200
    assert ask(register, "select derived from division_outline o join division d on d.id = division_id"
                         " where d.code = '511102'") == [(True,)]  # fmt: skip


@pytest.mark.parametrize("day", [date(2019, 1, 1), date(2019, 12, 13), date(2021, 1, 1), date(2023, 6, 30)])
def test_on_no_day_of_the_demo_does_a_division_lie_in_one_that_is_gone(loaded, day):
    found = {one.id: one for one in loaded.divisions.as_of(day, "")}
    assert all(one.parent_id in found for one in found.values() if one.parent_id is not None)
    assert all(one.code.startswith(found[one.parent_id].code) for one in found.values() if one.parent_id is not None)


def test_a_township_of_the_demo_ends_on_the_day_a_record_abolishes_it(loaded):
    before, after = (loaded.divisions.as_of(day, "511111") for day in (date(2019, 12, 12), date(2019, 12, 13)))
    ended = {one.name for one in before} - {one.name for one in after}
    assert {"龚嘴镇", "轸溪乡", "范店乡", "碧山乡"} <= ended
    assert {"轸溪镇", "铜河街道"} <= {one.name for one in after}
