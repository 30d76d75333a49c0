from datetime import date

import pytest
from sqlalchemy import text

from geo_app.domain.access import NotGranted
from geo_app.domain.audit_exception import ExceptionWish
from geo_app.domain.audit_findings import AuditKind
from geo_app.domain.audit_measures import NUMBERED, PARITY
from geo_app.services.audit import accept_exception, revoke_exception
from geo_app.services.audit_county import (
    CountyAuditOrder,
    CountyHasNoDoors,
    MonthNotBegun,
    audit_county,
    month_of,
)
from tests.support.audited_street import number_walls, outline_village
from tests.support.example_register import COUNTY, DAY, TOWNSHIP, VILLAGE, living_divisions, make_street

TODAY = DAY.replace(day=20)


@pytest.fixture
def street(register, example):
    divisions = living_divisions(register)
    outline_village(register, divisions[VILLAGE])
    return make_street(register, "沫若街", divisions[TOWNSHIP], 12, north=0.01)


@pytest.fixture
def doors(register, street):
    return number_walls(register, street, d7="17")


def run(register, example, month=None, today=TODAY):
    told = []
    order = CountyAuditOrder(COUNTY, month or month_of(today), today)
    done = audit_county(register, example.planner, order, lambda doors, total: told.append((doors, total)))
    assert told[-1] == (done.doors, done.doors)
    return done


def figure(register, measure, month=None):
    statement = text("""
        select c.tested, c.broken, c.excepted, d.code from audit_conformance c join audit_run r on r.id = c.run_id
        left join division d on d.id = c.village_id
        where c.measure = :measure and r.month = :month
    """)
    return register.session.execute(statement, {"measure": measure, "month": month or month_of(TODAY)}).all()


def findings(register):
    statement = text("""
        select kind, first_seen, last_seen, gone_on, proposal from audit_finding
        where severity <> 'info' and kind <> 'missing'
    """)
    return register.session.execute(statement).all()


def test_a_county_has_figures_by_measure_and_village(register, example, doors):
    done = run(register, example)
    assert done.doors == 18
    assert figure(register, PARITY.name) == [(12, 1, 0, VILLAGE)]
    assert figure(register, NUMBERED.name) == [(18, 6, 0, VILLAGE)]
    assert findings(register) == [("wrong_side", TODAY, TODAY, None, "8号")]


def test_doors_outside_every_village_are_counted_apart(register, example):
    run(register, example)
    assert figure(register, NUMBERED.name) == [(6, 6, 0, None)]


def test_a_second_run_in_a_month_replaces_the_figures_and_earlier_months_stay(register, example, street, doors):
    run(register, example)
    number_walls(register, street)
    run(register, example, today=TODAY.replace(day=25))
    assert figure(register, PARITY.name) == [(12, 0, 0, VILLAGE)]
    number_walls(register, street, d7="17")
    run(register, example, today=date(2024, 4, 2))
    assert figure(register, PARITY.name) == [(12, 0, 0, VILLAGE)]
    assert figure(register, PARITY.name, date(2024, 4, 1)) == [(12, 1, 0, VILLAGE)]


def test_a_finding_that_is_not_there_any_more_is_gone_and_may_come_back(register, example, street, doors):
    run(register, example)
    number_walls(register, street)
    later = TODAY.replace(day=25)
    run(register, example, today=later)
    assert findings(register) == [("wrong_side", TODAY, TODAY, later, "8号")]
    number_walls(register, street, d7="17")
    again = TODAY.replace(day=28)
    run(register, example, today=again)
    assert findings(register) == [("wrong_side", again, again, None, "8号")]


def test_an_exception_changes_the_latest_figures_at_once(register, example, doors):
    run(register, example)
    wish = ExceptionWish(doors[7], AuditKind.WRONG_SIDE, "17", example.planner.account_id)
    key = accept_exception(register, wish, example.by_planner(reason="保留", day=TODAY))
    assert figure(register, PARITY.name) == [(12, 1, 1, VILLAGE)]
    revoke_exception(register, key, example.by_planner(1, reason="误认", day=TODAY))
    assert figure(register, PARITY.name) == [(12, 1, 0, VILLAGE)]
    accept_exception(register, wish, example.by_planner(reason="保留", day=TODAY))
    run(register, example)
    assert figure(register, PARITY.name) == [(12, 1, 1, VILLAGE)]


def test_an_earlier_month_reads_the_register_as_it_was_then_and_leaves_findings_alone(register, example, doors):
    # The world changed on 15 February: another number hangs there since.
    register.session.execute(
        text("update entrance set wall_number = '8', valid = '[2024-02-15,)' where id = :id"), {"id": doors[7]}
    )
    run(register, example, date(2024, 1, 1))
    run(register, example, date(2024, 2, 1))
    assert figure(register, PARITY.name, date(2024, 1, 1)) == [(12, 1, 0, VILLAGE)]
    assert figure(register, PARITY.name, date(2024, 2, 1)) == [(12, 0, 0, VILLAGE)]
    assert findings(register) == []


def test_doors_that_came_later_are_not_in_an_earlier_month(register, example, street):
    register.session.execute(
        text("insert into entrance (county_code, street_id, position, valid) select county_code, street_id, position,"
             " '[2024-03-05,)' from entrance where street_id = :street"),
        {"street": street},
    )  # fmt: skip
    assert run(register, example, date(2024, 2, 1)).doors == 18
    assert run(register, example).doors == 30


def test_a_month_to_come_and_a_county_without_doors_are_refused(register, example):
    with pytest.raises(MonthNotBegun, match="2024-04"):
        run(register, example, date(2024, 4, 1))
    with pytest.raises(CountyHasNoDoors):
        run(register, example, date(2017, 1, 1))


def test_who_may_not_audit_is_refused(register, example):
    with pytest.raises(NotGranted):
        audit_county(register, example.stranger, CountyAuditOrder(COUNTY, month_of(TODAY), TODAY), lambda *_: None)
