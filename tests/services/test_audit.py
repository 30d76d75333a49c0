from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from geo_app.domain.access import NotGranted, ReasonNotStated
from geo_app.domain.access_roles import Role
from geo_app.domain.audit_exception import (
    ExceptionEndsTooEarly,
    ExceptionHasEnded,
    ExceptionHeldAlready,
    ExceptionVersionStale,
    ExceptionWish,
    FindingIsGone,
)
from geo_app.domain.audit_findings import AuditKind
from geo_app.domain.audit_measures import ORDER, PARITY
from geo_app.domain.errors import NotFound
from geo_app.services.audit import accept_exception, audit_street, may_accept, revoke_exception
from tests.support.accounts import actor_of, make_account
from tests.support.audited_street import number_walls, outline_village
from tests.support.example_register import DAY, TOWNSHIP, VILLAGE, living_divisions, make_street

WRONG_SIDE, ODD = 7, "d7"
"""A door of the south, which has even numbers, by its place among the doors."""


@pytest.fixture
def street(register, example):
    return make_street(register, "沫若街", living_divisions(register)[TOWNSHIP], 12, north=0.01)


@pytest.fixture
def doors(register, street):
    return number_walls(register, street, **{ODD: "17"})


def audit(register, example, street, day=DAY):
    return audit_street(register, street, example.planner, day).audit


def wish(example, door, **fields):
    wanted = ExceptionWish(door, AuditKind.WRONG_SIDE, "17", example.planner.account_id)
    return replace(wanted, **fields)


def accept(register, example, door, reason="老门牌，群众要求保留", day=DAY, **fields):
    return accept_exception(register, wish(example, door, **fields), example.by_planner(reason=reason, day=day))


def kinds(found):
    return [(finding.entrance_id, finding.kind.value) for finding in found.findings if finding.severity != "info"]


def test_a_street_says_how_it_is_numbered_and_what_breaks_that(register, example, street, doors):
    found = audit(register, example, street)
    (line,) = found.lines
    assert (line.scheme.odd_side, line.scheme.start) == ("left", "first")
    assert kinds(found) == [(doors[WRONG_SIDE], "wrong_side")]
    assert found.findings[0].proposal.text == "8号"
    assert found.figures[PARITY.name].broken == 1
    assert found.explained == pytest.approx(11 / 12)


def test_the_number_of_an_address_outranks_the_wall(register, example, street, doors):
    register.session.execute(
        text(
            "insert into standard_address (id, county_code, kind, status, street_id, entrance_id, number, number_text,"
            " text, match_key, valid) values ('511111000000019', '511111', 'door', 'current', :street, :door, 8, '8号',"
            " '沫若街8号', '沫若街8号', '[2018-01-01,)')"
        ),
        {"street": street, "door": doors[WRONG_SIDE]},
    )
    assert kinds(audit(register, example, street)) == []


def test_a_street_beside_is_seen_where_it_is_nearer(register, example, street, doors):
    make_street(register, "后街", living_divisions(register)[TOWNSHIP], 12, north=0.01006)
    near = {finding.kind for finding in audit(register, example, street).findings}
    assert "other_street_nearer" in near


def test_a_street_without_doors_or_lines_has_nothing_to_tell(register, example):
    empty = make_street(register, "空街", living_divisions(register)[TOWNSHIP], 0, north=0.02)
    found = audit(register, example, empty)
    assert (found.findings, found.explained, dict(found.figures)) == ((), None, {})


def test_an_accepted_finding_conforms_by_exception_and_is_told_apart(register, example, street, doors):
    before = audit(register, example, street).figures[PARITY.name]
    accept(register, example, doors[WRONG_SIDE])
    found = audit(register, example, street)
    after = found.figures[PARITY.name]
    assert (before.open, before.excepted, after.open, after.excepted) == (1, 0, 0, 1)
    assert (before.share, after.share) == (pytest.approx(11 / 12), 1)
    assert found.findings[0].exception.reason == "老门牌，群众要求保留"


def test_an_exception_ends_on_its_day_and_when_another_number_hangs_there(register, example, street, doors):
    accept(register, example, doors[WRONG_SIDE], until=DAY + timedelta(30))
    assert not audit(register, example, street, DAY + timedelta(29)).findings[0].open
    assert audit(register, example, street, DAY + timedelta(30)).findings[0].open
    number_walls(register, street, **{ODD: "19"})
    assert audit(register, example, street).findings[0].open


def test_a_revoked_exception_opens_the_finding_again_and_can_be_accepted_anew(register, example, street, doors):
    key = accept(register, example, doors[WRONG_SIDE])
    with pytest.raises(ExceptionVersionStale):
        revoke_exception(register, key, example.by_planner(9, reason="误认"))
    with pytest.raises(ReasonNotStated):
        revoke_exception(register, key, example.by_planner(1))
    revoke_exception(register, key, example.by_planner(1, reason="误认"))
    assert audit(register, example, street).findings[0].open
    version = register.audit_exceptions.lock(key).version
    with pytest.raises(ExceptionHasEnded):
        revoke_exception(register, key, example.by_planner(version, reason="误认"))
    accept(register, example, doors[WRONG_SIDE])
    history = register.session.scalars(text("select reason from audit_exception order by id")).all()
    assert len(history) == 2


def test_one_finding_has_one_exception_at_a_time(register, example, street, doors):
    accept(register, example, doors[WRONG_SIDE])
    with pytest.raises(ExceptionHeldAlready):
        accept(register, example, doors[WRONG_SIDE])


def test_only_what_is_found_now_is_accepted(register, example, street, doors):
    with pytest.raises(FindingIsGone):
        accept(register, example, doors[0])
    with pytest.raises(FindingIsGone):
        accept(register, example, doors[WRONG_SIDE], number="16")
    with pytest.raises(FindingIsGone):
        accept(register, example, doors[WRONG_SIDE], kind=AuditKind.OUT_OF_ORDER)
    with pytest.raises(NotFound):
        accept(register, example, 999_999)


def test_an_exception_needs_a_reason_an_owner_and_a_day_to_hold(register, example, street, doors):
    with pytest.raises(ReasonNotStated):
        accept(register, example, doors[WRONG_SIDE], reason=" ")
    with pytest.raises(ExceptionEndsTooEarly):
        accept(register, example, doors[WRONG_SIDE], until=DAY)
    with pytest.raises(NotFound):
        accept(register, example, doors[WRONG_SIDE], owner_id=999_999)


def test_who_may_not_accept_is_refused(register, example, street, doors):
    with pytest.raises(NotGranted):
        accept_exception(register, wish(example, doors[WRONG_SIDE]), example.by_stranger())
    with pytest.raises(NotGranted):
        audit_street(register, street, example.stranger, DAY)
    record = register.streets.get(street)
    assert may_accept(record, example.by_planner())
    assert not may_accept(record, example.by_stranger())


def test_village_staff_see_a_street_whose_doors_stand_in_their_village(register, example, street, doors):
    person = actor_of(register, make_account(register, "villager", Role.VILLAGE, area=VILLAGE))
    with pytest.raises(NotGranted):
        audit_street(register, street, person, person.grants[0].valid_from)
    outline_village(register, living_divisions(register)[VILLAGE])
    assert audit_street(register, street, person, person.grants[0].valid_from).audit.findings


def test_a_door_out_of_order_breaks_the_order(register, example, street):
    number_walls(register, street, d4="99")
    found = audit(register, example, street)
    assert [finding.kind for finding in found.findings if finding.severity != "info"] == [AuditKind.OUT_OF_ORDER]
    assert found.figures[ORDER.name].open == 1
