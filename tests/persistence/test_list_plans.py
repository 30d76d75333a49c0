"""No list reads a whole table: what the server does with each query, on a few thousand rows."""

import importlib
import json

import pytest
from sqlalchemy import create_engine, text

from geo_app.persistence.queries import address_list, plan_list, street_list
from geo_app.persistence.queries.address_list import AddressFilter
from geo_app.persistence.queries.plan_list import PlanFilter
from geo_app.persistence.queries.street_list import StreetFilter
from tests.support.database import cloned
from tests.support.example_register import COUNTY, make_actor, make_divisions

ROWS = """
insert into street (county_code, division_id, name)
    select '511111', (select id from division where level = 'township'), '第' || i || '街'
    from generate_series(1, 3000) i;
insert into street_piece (county_code, street_id, line)
    select '511111', i, st_setsrid(
        st_makeline(st_makepoint(103 + i * 0.0001, 29), st_makepoint(103 + i * 0.0001, 29.01)), 4490)
    from generate_series(1, 3000) i;
insert into entrance (county_code, street_id, position)
    select '511111', 1 + i / 4, st_setsrid(st_makepoint(103 + i * 0.00001, 29.005), 4490)
    from generate_series(0, 9999) i;
insert into standard_address (id, county_code, status, street_id, entrance_id, number, text, match_key, position)
    select '511111' || lpad(i::text, 9, '0'), '511111', case when i % 500 = 0 then 'retired' else 'current' end,
        1 + i / 4, i + 1, i % 4, '第' || i / 4 || '街' || i % 4 || '号', '第' || i / 4 || '街' || i % 4 || '号',
        st_setsrid(st_makepoint(103 + i * 0.00001, 29.005), 4490)
    from generate_series(0, 9999) i;
insert into address_alias (address_id, kind, text, match_key, valid)
    select id, 'old_text', '旧' || text, '旧' || match_key, '[2018-01-01,2020-01-01)' from standard_address;
insert into numbering_plan (county_code, street_id, rule, status, created_by)
    select '511111', 1 + i % 3000, '{}', case when i % 100 = 0 then 'submitted' else 'published' end,
        (select id from account limit 1)
    from generate_series(1, 4000) i;
insert into planned_door (plan_id, entrance_id, reason) select 1 + i / 4, i + 1, '{}' from generate_series(0, 9999) i;
"""
PAGE = {"size": 50, "start": 0}
LARGE = {"street_piece", "entrance", "standard_address", "address_alias", "numbering_plan", "planned_door"}


@pytest.fixture(scope="module")
def filled(cluster):
    with cloned(cluster) as database:
        with database.transaction() as register:
            make_divisions(register)
            make_actor(register, "planner", None)
            register.session.execute(text(ROWS))
        owner = create_engine(database.logins.owner, isolation_level="AUTOCOMMIT")
        with owner.connect() as connection:
            connection.execute(text("analyze"))
        owner.dispose()
        yield database


def scans(plan):
    if plan["Node Type"] == "Seq Scan":
        yield plan["Relation Name"]
    for below in plan.get("Plans", ()):
        yield from scans(below)


def read_whole(database, statement, values):
    """Return the tables that the query reads from end to end."""
    with database.engine.connect() as connection:
        answer = connection.execute(text("explain (format json) " + statement), values).scalar_one()
    return set(scans((json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]))


@pytest.mark.parametrize(
    "wanted",
    [
        AddressFilter(),
        AddressFilter(street_id=700),
        AddressFilter(street_id=700, status="current"),
        AddressFilter(text="第1234街"),
        AddressFilter(status="retired"),
        AddressFilter(status="proposed"),
        AddressFilter(bounds=(103.01, 29.0, 103.011, 29.01)),
    ],
)
def test_a_page_of_addresses_reads_only_its_rows(filled, wanted):
    statement, values = address_list.statement(wanted)
    assert read_whole(filled, statement, {**values, **PAGE}) == set()


@pytest.mark.parametrize(
    "wanted", [StreetFilter(), StreetFilter(name="第12"), StreetFilter(division=COUNTY), StreetFilter(state="none")]
)
def test_a_page_of_streets_reads_only_its_rows(filled, wanted):
    statement, values = street_list.statement(wanted)
    assert not read_whole(filled, statement, {**values, **PAGE}) & LARGE


@pytest.mark.parametrize("wanted", [PlanFilter(), PlanFilter(street_id=700), PlanFilter("submitted", 700)])
def test_a_page_of_plans_reads_only_its_rows(filled, wanted):
    statement, values = plan_list.statement(wanted)
    assert not read_whole(filled, statement, {**values, **PAGE}) & LARGE


def test_plans_of_a_rare_status_are_found_by_an_index(filled):
    statement, values = plan_list.statement(PlanFilter("submitted"))
    assert "numbering_plan" not in read_whole(filled, statement, {**values, **PAGE})


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("entrances", "_OF_STREET"),
        ("entrances", "_ONE"),
        ("entrances", "_HELD"),
        ("entrances", "_PLANNED"),
        ("plans", "_DOORS"),
        ("streets", "_STATE"),
        ("streets", "_LANES"),
        ("addresses", "_ALL"),
        ("addresses", "_FIND"),
        ("reservations", "_TAKEN"),
    ],
)
def test_what_a_step_of_a_plan_reads_is_found_by_an_index(filled, module, name):
    statement = getattr(importlib.import_module(f"geo_app.persistence.{module}"), name).text
    values = {"key": 700, "plan": 700, "street": 700, "id": "511111000000700", "match_key": "x", "but": []}
    values = {one: value for one, value in values.items() if f":{one}" in statement}
    if name == "_FIND":
        values["key"] = "511111000000700"
    assert not read_whole(filled, statement, values) & LARGE
