from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain import case as life
from geo_app.domain import case_refusals as refusals
from geo_app.domain.access import Actor, ReasonNotStated
from geo_app.domain.case import CORRECTED_BY, MOVES, CaseLife, CaseStatus, CaseVerb, possible_verbs, road_of
from geo_app.domain.case_kinds import NEEDS, CaseKind, Effect

CLERK = Actor(1, "clerk", reason="查看属实")
REVIEWER = Actor(2, "reviewer", reason="同意")
SILENT = Actor(1, "clerk")

TAKE = {
    CaseVerb.REQUEST_PAPERS: lambda case: life.request_papers(case, case.version, ("户口簿",)),
    CaseVerb.SUPPLEMENT: lambda case: life.supplement(case, case.version, ()),
    CaseVerb.CHECK: lambda case: life.check_site(case, CLERK, case.version),
    CaseVerb.NUMBER: lambda case: life.propose_number(case, case.version),
    CaseVerb.SUBMIT: lambda case: life.submit_case(case, CLERK, case.version),
    CaseVerb.SEND_BACK: lambda case: life.send_back_case(case, REVIEWER, case.version),
    CaseVerb.APPROVE: lambda case: life.approve_case(case, REVIEWER, case.version),
    CaseVerb.REJECT: lambda case: life.reject_case(case, REVIEWER, case.version),
    CaseVerb.WITHDRAW: lambda case: life.withdraw_case(case, CLERK, case.version),
    CaseVerb.CORRECT_END: lambda case: life.correct_end(case, CLERK, case.version),
    CaseVerb.NOTIFY: lambda case: life.issue_notice(case, case.version),
    CaseVerb.FINISH: lambda case: life.finish_case(case, case.version),
}


def received(kind=CaseKind.NEW, **fields):
    return CaseLife(1, kind, opened_by=1, **fields)


@pytest.mark.parametrize("kind", CaseKind)
def test_each_kind_takes_the_steps_of_its_row_and_no_others(kind):
    case = received(kind)
    steps = [CaseVerb.CHECK] * kind.needs_site_check + [CaseVerb.NUMBER] * kind.needs_number
    passed = [case.status]
    for verb in (*steps, CaseVerb.SUBMIT, CaseVerb.APPROVE, CaseVerb.NOTIFY, CaseVerb.FINISH):
        case = TAKE[verb](case)
        passed.append(case.status)
    assert tuple(passed) == road_of(kind)
    assert not case.open


@pytest.mark.parametrize("kind", CaseKind)
@pytest.mark.parametrize("status", CaseStatus)
@pytest.mark.parametrize("verb", CaseVerb)
def test_a_verb_is_taken_exactly_where_the_table_allows_it(kind, status, verb):
    case = received(kind, status=status, site_checked=True, numbered=True, submitted_by=1)
    if verb in possible_verbs(case):
        assert TAKE[verb](case).version == case.version + 1
        return
    refused = (MOVES[verb].refusal, refusals.KindNeedsNoCheck, refusals.KindNeedsNoNumber)
    with pytest.raises(refused):
        TAKE[verb](case)


@given(st.lists(st.sampled_from(CaseVerb), max_size=30), st.sampled_from(CaseKind))
def test_whatever_is_tried_no_case_is_approved_unseen_unnumbered_or_by_its_clerk(verbs, kind):
    case = received(kind)
    for verb in verbs:
        if verb in possible_verbs(case):
            case = TAKE[verb](case)
    if case.status in {CaseStatus.APPROVED, CaseStatus.NOTIFIED, CaseStatus.DONE}:
        assert case.site_checked or not kind.needs_site_check
        assert case.numbered or not kind.needs_number
        assert case.decided_by not in {case.opened_by, case.submitted_by}


def test_every_kind_has_a_row_and_every_effect_a_kind():
    assert set(NEEDS) == set(CaseKind)
    assert {needs.effect for needs in NEEDS.values()} == set(Effect)


def test_every_wrong_step_before_approval_has_its_correcting_verb():
    final = {CaseVerb.APPROVE, CaseVerb.NOTIFY, CaseVerb.FINISH}
    assert set(CORRECTED_BY) == set(CaseVerb) - final
    assert set(CORRECTED_BY.values()) <= set(CaseVerb)


@pytest.mark.parametrize("decider", [1, 3])
def test_neither_who_opened_nor_who_submitted_a_case_decides_it(decider):
    case = received(status=CaseStatus.SUBMITTED, submitted_by=3)
    for decide in (life.approve_case, life.reject_case):
        with pytest.raises(refusals.DeciderIsClerk):
            decide(case, Actor(decider, "x", reason="同意"), case.version)


def test_a_stale_page_is_told_so():
    with pytest.raises(refusals.CaseVersionStale):
        life.submit_case(received(site_checked=True, numbered=True), CLERK, 7)


@pytest.mark.parametrize(
    "step",
    [
        lambda case: life.check_site(case, SILENT, 1),
        lambda case: life.withdraw_case(case, SILENT, 1),
        lambda case: life.reject_case(case, replace(REVIEWER, reason=" "), 1),
    ],
)
def test_what_the_applicant_will_ask_about_needs_a_reason(step):
    with pytest.raises(ReasonNotStated):
        step(received())


def test_a_number_needs_a_site_check_and_a_submission_a_number():
    with pytest.raises(refusals.SiteCheckMissing):
        life.propose_number(received(), 1)
    with pytest.raises(refusals.SiteCheckMissing):
        life.submit_case(received(), CLERK, 1)
    with pytest.raises(refusals.ProposedNumberMissing):
        life.submit_case(received(site_checked=True), CLERK, 1)


def test_a_list_of_missing_papers_names_one():
    with pytest.raises(refusals.NoPaperNamed):
        life.request_papers(received(), 1, ())


def test_papers_that_come_bring_the_case_back_to_where_it_stood():
    case = received(status=CaseStatus.INCOMPLETE, missing=("户口簿",), site_checked=True)
    assert life.supplement(case, 1, ("户口簿",)).status is CaseStatus.INCOMPLETE
    assert life.supplement(case, 1, ()).status is CaseStatus.CHECKED
    ended = replace(case, status=CaseStatus.WITHDRAWN)
    assert life.correct_end(ended, CLERK, 1).status is CaseStatus.INCOMPLETE
