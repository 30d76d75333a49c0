from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from geo_app.domain.access import NotGranted
from geo_app.domain.address_alias import AliasKind
from geo_app.domain.address_place import NumberAlreadyTaken
from geo_app.domain.address_refusals import AddressLocked
from geo_app.domain.case import CaseStatus, CaseVerb
from geo_app.domain.case_clock import Standing, WorkCalendar
from geo_app.domain.case_kinds import CaseKind, Subject
from geo_app.domain.case_papers import PaperNotAsked, PaperRules
from geo_app.domain.case_refusals import (
    AddressHasOpenCase,
    AddressNotTemporary,
    CaseAddressNotCurrent,
    CaseStreetNotApproved,
    DeciderIsClerk,
    DoorGetsNoNumber,
    DoorHasNumber,
    DoorHasOpenCase,
    DoorOnOtherStreet,
    HandNumberNeedsReason,
    KindNeedsAddress,
    KindNeedsDoor,
    NumberUnchangedInCase,
    SplitNeedsNewNumber,
    SplitNeedsOrigin,
)
from geo_app.domain.case_settings import CaseLimits, CaseSettings
from geo_app.domain.errors import Conflict
from geo_app.persistence.paging import Paging
from geo_app.persistence.queries.case_list import CaseFilter
from geo_app.services import case_settings, cases, numbering
from geo_app.services.addresses import retire_address
from tests.support.counter import AT_THE_LINE, approve, numbered_address, open_case, propose, submit, take, version
from tests.support.example_register import COUNTY, DAY, TOWNSHIP, living_divisions, make_street, request

LATER = DAY + timedelta(40)


def case_of(register, case):
    return register.cases.get(case)


def address(register, id_):
    return register.session.execute(
        text("select status, text, temporary, locked_for, number from standard_address where id = :id"), {"id": id_}
    ).one()


@pytest.mark.parametrize("kind", CaseKind)
def test_each_kind_walks_from_the_counter_to_the_hand_over(register, example, kind):
    fields = {}
    if kind.needs_address:
        made = CaseKind.TEMPORARY if kind is CaseKind.FORMALISE else CaseKind.NEW
        fields = {"address_id": numbered_address(register, example, made)}
    case = open_case(register, example, kind, day=LATER, **fields)
    submit(register, example, case, by_hand="88号" if kind is CaseKind.CHANGE else "", day=LATER)
    for verb in (CaseVerb.APPROVE, CaseVerb.NOTIFY, CaseVerb.FINISH):
        take(register, example, case, verb, day=LATER)
    done = case_of(register, case)
    assert done.life.status is CaseStatus.DONE
    assert address(register, done.address_id).locked_for is None
    assert len(register.cases.steps(case)) == 5 + kind.needs_site_check + kind.needs_number - 0


def test_a_new_door_gets_a_number_between_its_neighbours_and_an_address_when_a_second_person_agrees(register, example):
    numbering_of_the_street(register, example)
    case = open_case(register, example)
    submit(register, example, case)
    waiting = case_of(register, case)
    assert address(register, waiting.reserved_id).status == "proposed"
    assert address(register, waiting.reserved_id).locked_for == waiting.receipt
    take(register, example, case, CaseVerb.APPROVE)
    made = address(register, case_of(register, case).address_id)
    assert (made.status, made.temporary, made.locked_for) == ("current", False, None)
    assert made.text.startswith("四川省乐山市沙湾区沙湾镇铜河路")


def numbering_of_the_street(register, example):
    """Publish the numbers of all six doors."""
    plan = numbering.draft_plan(register, example.street, request(), example.by_planner())
    numbering.submit_plan(register, plan, example.by_planner(1))
    numbering.approve_plan(register, plan, example.by_reviewer(2))
    numbering.publish_plan(register, plan, example.by_reviewer(3))


def test_where_no_number_is_free_the_door_gets_a_sub_number_and_its_neighbours_are_shown(register, example):
    numbering_of_the_street(register, example)
    case = open_case(register, example)
    take(register, example, case, CaseVerb.CHECK)
    shown = cases.preview_number(register, case, "", example.by_planner())
    assert "附" in shown.text
    assert shown.before.text
    assert shown.after.text
    assert shown.before.metres + shown.after.metres == pytest.approx(9.7, abs=0.3)


def test_a_temporary_number_is_marked_and_made_formal_by_a_case_of_its_own(register, example):
    made = numbered_address(register, example, CaseKind.TEMPORARY)
    assert address(register, made).temporary
    approve(register, example, open_case(register, example, CaseKind.FORMALISE, address_id=made, day=LATER), day=LATER)
    assert not address(register, made).temporary
    days = register.session.execute(
        text("select temporary, lower(valid) from standard_address_timeline where id = :id and upper_inf(recorded)"
             " and status = 'current' and not isempty(valid) order by 2"),
        {"id": made},
    ).all()  # fmt: skip
    assert [tuple(row) for row in days][-1] == (False, LATER)


def test_a_formal_number_is_not_made_formal_again(register, example):
    made = numbered_address(register, example)
    with pytest.raises(AddressNotTemporary):
        open_case(register, example, CaseKind.FORMALISE, address_id=made)


def test_a_change_keeps_the_address_and_leaves_its_old_number_and_text_as_aliases(register, example):
    made = numbered_address(register, example)
    old = address(register, made)
    case = open_case(register, example, CaseKind.CHANGE, address_id=made, day=LATER)
    approve(register, example, case, by_hand="77号", day=LATER)
    assert case_of(register, case).address_id == made
    assert address(register, made).number == 77
    called = {alias.kind: alias.text for alias in register.addresses.aliases(made)}
    assert called[AliasKind.OLD_TEXT] == old.text
    assert old.text.endswith(called[AliasKind.OLD_NUMBER])
    assert register.session.execute(text("select count(*) from standard_address")).scalar() == 1


def test_a_change_must_change_the_number(register, example):
    made = numbered_address(register, example)
    case = open_case(register, example, CaseKind.CHANGE, address_id=made, day=LATER)
    take(register, example, case, CaseVerb.CHECK)
    with pytest.raises(NumberUnchangedInCase):
        propose(register, example, case)


def test_a_cancelled_address_is_retired_from_the_day_of_the_decision(register, example):
    made = numbered_address(register, example)
    approve(register, example, open_case(register, example, CaseKind.CANCEL, address_id=made, day=LATER), day=LATER)
    assert address(register, made).status == "retired"


@pytest.mark.parametrize("kind", [CaseKind.REISSUE, CaseKind.PROOF])
def test_a_reissue_and_a_proof_leave_the_address_as_it_is(register, example, kind):
    made = numbered_address(register, example)
    before = address(register, made)
    approve(register, example, open_case(register, example, kind, address_id=made, day=LATER), day=LATER)
    assert address(register, made) == before


def test_an_address_is_locked_while_its_case_is_open(register, example):
    made = numbered_address(register, example)
    case = open_case(register, example, CaseKind.CANCEL, address_id=made, day=LATER)
    with pytest.raises(AddressHasOpenCase):
        open_case(register, example, CaseKind.REISSUE, address_id=made, day=LATER)
    locked = example.by_planner(register.addresses.lock(made).version, reason="拆除", day=LATER)
    with pytest.raises(AddressLocked):
        retire_address(register, made, locked)
    take(register, example, case, CaseVerb.WITHDRAW)
    assert address(register, made).locked_for is None


def test_a_withdrawn_case_is_taken_up_again_and_locks_its_address_again(register, example):
    made = numbered_address(register, example)
    case = open_case(register, example, CaseKind.CANCEL, address_id=made, day=LATER)
    take(register, example, case, CaseVerb.WITHDRAW)
    take(register, example, case, CaseVerb.CORRECT_END)
    assert address(register, made).locked_for == case_of(register, case).receipt
    take(register, example, case, CaseVerb.REJECT)
    open_case(register, example, CaseKind.CANCEL, address_id=made, day=LATER)
    with pytest.raises(AddressHasOpenCase):
        take(register, example, case, CaseVerb.CORRECT_END)


@pytest.mark.parametrize("verb", [CaseVerb.SEND_BACK, CaseVerb.REJECT, CaseVerb.WITHDRAW])
def test_a_number_is_free_again_when_its_case_goes_no_further(register, example, verb):
    case = submit(register, example, open_case(register, example), by_hand="55号")
    reserved = case_of(register, case).reserved_id
    take(register, example, case, verb)
    assert address(register, reserved).status == "rejected"
    other = open_case(register, example, entrance_id=first_door(register, example), position=None)
    submit(register, example, other, by_hand="55号")


def first_door(register, example):
    return register.entrances.of_street(example.street)[0].entrance_id


def test_two_cases_cannot_hold_one_number(register, example):
    submit(register, example, open_case(register, example), by_hand="55号")
    other = open_case(register, example, entrance_id=first_door(register, example), position=None)
    with pytest.raises(NumberAlreadyTaken), register.session.begin_nested():
        submit(register, example, other, by_hand="55号")


def test_a_plan_cannot_number_a_door_for_which_a_case_holds_a_number(register, example):
    case = open_case(register, example, entrance_id=first_door(register, example), position=None)
    submit(register, example, case, by_hand="55号")
    plan = numbering.draft_plan(register, example.street, request(), example.by_planner())
    with pytest.raises(AddressLocked):
        numbering.submit_plan(register, plan, example.by_planner(1))


def test_a_door_that_a_plan_numbered_meanwhile_is_not_numbered_again(register, example):
    case = open_case(register, example, entrance_id=first_door(register, example), position=None)
    numbering_of_the_street(register, example)
    with pytest.raises(DoorHasNumber):
        submit(register, example, case, by_hand="55号")


def test_a_number_by_hand_needs_a_reason(register, example):
    case = open_case(register, example)
    take(register, example, case, CaseVerb.CHECK)
    with pytest.raises(HandNumberNeedsReason):
        propose(register, example, case, by_hand="99号")


def test_a_door_far_from_its_street_gets_no_number(register, example):
    far = further_north(0.01)
    case = open_case(register, example, position=far)
    take(register, example, case, CaseVerb.CHECK)
    with pytest.raises(DoorGetsNoNumber):
        propose(register, example, case)


def further_north(north):
    return replace(AT_THE_LINE, lat=AT_THE_LINE.lat + north)


def test_the_first_person_does_not_decide(register, example):
    case = submit(register, example, open_case(register, example))
    account = case_of(register, case).life.opened_by
    register.session.execute(text("update counter_case set submitted_by = :one"), {"one": example.reviewer.account_id})
    assert account == example.planner.account_id
    with pytest.raises(DeciderIsClerk):
        take(register, example, case, CaseVerb.APPROVE)


def test_a_clerk_has_no_right_to_decide_and_a_stranger_none_to_open(register, example):
    case = submit(register, example, open_case(register, example))
    with pytest.raises(NotGranted):
        cases.approve_case(register, case, example.by_planner(version(register, case)))
    with pytest.raises(NotGranted):
        cases.read_case(register, case, example.by_stranger())


def test_missing_papers_stop_the_clock_until_they_come(register, example):
    case = open_case(register, example, seen=("门牌号申请表",))
    opened = cases.read_case(register, case, example.by_planner())
    assert opened.standing is Standing.PAUSED
    assert [paper.split("/")[0] for paper in opened.missing] == ["不动产权证书", "户口簿"]
    give(register, example, case, "不动产权证书", DAY + timedelta(3))
    assert case_of(register, case).life.status is CaseStatus.INCOMPLETE
    give(register, example, case, "户口簿", DAY + timedelta(7))
    again = case_of(register, case)
    assert again.life.status is CaseStatus.RECEIVED
    assert again.due_on == date(2024, 3, 29)  # 15 working days after Friday the 8th


def give(register, example, case, paper, day):
    decision = example.by_planner(version(register, case), day=day)
    cases.supplement_papers(register, case, [paper], decision)


def test_a_paper_that_the_list_does_not_know_can_be_asked_for_in_writing(register, example):
    case = open_case(register, example)
    cases.request_papers(register, case, ["邻居见证书"], example.by_planner(version(register, case)))
    assert case_of(register, case).life.missing == ("邻居见证书",)
    with pytest.raises(PaperNotAsked):
        give(register, example, case, "别的", DAY)
    give(register, example, case, "邻居见证书", DAY)
    assert case_of(register, case).life.status is CaseStatus.RECEIVED


def test_receipts_run_without_gaps_within_county_and_year(register, example):
    first = open_case(register, example)
    with pytest.raises(PaperNotAsked), register.session.begin_nested():
        open_case(register, example, seen=("电影票",))
    next_year = open_case(register, example, day=DAY + timedelta(366))
    receipts = [case_of(register, case).receipt for case in (first, next_year)]
    assert receipts == ["511111-2024-00001", "511111-2025-00001"]
    assert case_of(register, open_case(register, example)).receipt == "511111-2024-00002"


def test_a_door_has_one_open_case_at_a_time(register, example):
    door = first_door(register, example)
    case = open_case(register, example, entrance_id=door, position=None)
    with pytest.raises(DoorHasOpenCase):
        open_case(register, example, entrance_id=door, position=None)
    take(register, example, case, CaseVerb.WITHDRAW)
    open_case(register, example, entrance_id=door, position=None)
    with pytest.raises(DoorHasOpenCase):
        take(register, example, case, CaseVerb.CORRECT_END)


def test_notices_are_numbered_when_they_are_issued(register, example):
    cases_done = [approve(register, example, open_case(register, example)) for _ in range(2)]
    for case in reversed(cases_done):
        take(register, example, case, CaseVerb.NOTIFY)
    assert [case_of(register, case).notice for case in cases_done] == [(2024, 2), (2024, 1)]


@pytest.mark.parametrize(
    ("refusal", "asked"),
    [
        (SplitNeedsNewNumber, {"kind": CaseKind.CANCEL, "subject": Subject.SPLIT_SHOP, "address_id": "x"}),
        (SplitNeedsOrigin, {"subject": Subject.SPLIT_HOUSEHOLD}),
        (KindNeedsAddress, {"kind": CaseKind.REISSUE}),
        (KindNeedsDoor, {"position": None}),
    ],
)
def test_a_case_names_what_it_is_about(register, example, refusal, asked):
    with pytest.raises(refusal):
        open_case(register, example, **asked)


def test_a_divided_shop_names_the_address_it_was_part_of(register, example):
    made = numbered_address(register, example)
    case = open_case(register, example, CaseKind.NEW, Subject.SPLIT_SHOP, address_id=made)
    assert case_of(register, case).address_text.endswith("号")
    assert address(register, made).locked_for is None


def test_what_ended_or_is_only_proposed_is_no_subject_of_a_case(register, example):
    case = submit(register, example, open_case(register, example))
    with pytest.raises(CaseAddressNotCurrent):
        open_case(register, example, CaseKind.REISSUE, address_id=case_of(register, case).reserved_id)


def test_a_door_of_another_street_is_refused(register, example):
    other = make_street(register, "文豪路", living_divisions(register)[TOWNSHIP], 2, north=0.01)
    with pytest.raises(DoorOnOtherStreet):
        open_case(register, example, entrance_id=register.entrances.of_street(other)[0].entrance_id, position=None)


def test_no_number_without_an_approved_name(register, example):
    register.session.execute(text("update street set naming = 'proposed'"))
    with pytest.raises(CaseStreetNotApproved):
        open_case(register, example)


def test_another_calendar_moves_the_last_days_of_open_cases(register, example):
    case = open_case(register, example)
    before = case_of(register, case).due_on
    holiday = WorkCalendar(frozenset({before}))
    case_settings.set_case_section(register, COUNTY, holiday, example.by_reviewer(0, "清明节"))
    assert case_of(register, case).due_on > before
    with pytest.raises(Conflict):
        case_settings.set_case_section(register, COUNTY, holiday, example.by_reviewer(0, "清明节"))


def test_settings_are_kept_whole_and_count_for_new_cases(register, example):
    papers = PaperRules({CaseKind.NEW: ("申请表",)}, {})
    case_settings.set_case_section(register, COUNTY, papers, example.by_reviewer(0, "简化材料"))
    limits = CaseLimits({**CaseSettings().limits.days, CaseKind.NEW: 1}, 0)
    case_settings.set_case_section(register, COUNTY, limits, example.by_reviewer(0, "压缩时限"))
    case = case_of(register, open_case(register, example, seen=("申请表",)))
    assert (case.required, case.due_on) == (("申请表",), date(2024, 3, 4))
    with pytest.raises(NotGranted):
        case_settings.set_case_section(register, COUNTY, limits, example.by_planner(1, "我也想"))


def test_the_work_list_begins_with_what_is_due_next(register, example):
    late = open_case(register, example, day=DAY - timedelta(60))
    waiting = open_case(register, example, seen=())
    new = open_case(register, example)
    ended = open_case(register, example)
    take(register, example, ended, CaseVerb.WITHDRAW)
    found = register.cases.page(CaseFilter(("511111",)), Paging())
    assert [case.life.case_id for case in found.items] == [late, new, waiting, ended]
    overdue = register.cases.page(CaseFilter(("",), overdue_on=DAY, open=True), Paging())
    assert [case.life.case_id for case in overdue.items] == [late]
    assert register.cases.page(CaseFilter(("999",)), Paging()).total == 0
    assert register.cases.page(CaseFilter(("",), text="00001", mine=example.planner.account_id), Paging()).total == 1
