from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain import numbering_plan_refusals as refusals
from geo_app.domain.access import Actor, ReasonNotStated
from geo_app.domain.access_roles import Permission
from geo_app.domain.errors import DomainError
from geo_app.domain.numbering_plan import (
    CORRECTED_BY,
    MOVES,
    VERB_PERMISSION,
    PlanFacts,
    PlanLife,
    PlanStatus,
    PlanVerb,
    approve_plan,
    correct_plan_approval,
    correct_plan_withdrawal,
    edit_plan,
    mark_undone,
    publish_plan,
    send_back_plan,
    submit_plan,
    undo_plan,
    withdraw_plan,
)

ONE, TWO = Actor(1, "甲", reason="编号"), Actor(2, "乙", reason="复核")
FIT = PlanFacts(doors=12)
DRAFT = PlanLife(5, 7, drafted_by=1)


def plan(status, **fields):
    return PlanLife(5, 7, **({"status": status, "drafted_by": 1, "submitted_by": 1} | fields))


def undo(which, actor=TWO, facts=FIT):
    return undo_plan(which, actor, which.version, facts, new_id=6)


STEPS = {
    PlanVerb.EDIT: lambda p, version, _actor=ONE: edit_plan(p, version),
    PlanVerb.SUBMIT: lambda p, version, actor=ONE: submit_plan(p, actor, version, FIT),
    PlanVerb.SEND_BACK: lambda p, version, actor=TWO: send_back_plan(p, actor, version),
    PlanVerb.APPROVE: lambda p, version, actor=TWO: approve_plan(p, actor, version),
    PlanVerb.CORRECT_APPROVAL: lambda p, version, actor=TWO: correct_plan_approval(p, actor, version),
    PlanVerb.PUBLISH: lambda p, version, actor=TWO: publish_plan(p, actor, version, FIT),
    PlanVerb.WITHDRAW: lambda p, version, actor=ONE: withdraw_plan(p, actor, version),
    PlanVerb.CORRECT_WITHDRAWAL: lambda p, version, actor=ONE: correct_plan_withdrawal(p, actor, version),
    PlanVerb.UNDO: lambda p, version, actor=TWO: undo_plan(p, actor, version, FIT, new_id=6),
}


def test_a_plan_is_drafted_submitted_approved_and_published():
    submitted = submit_plan(DRAFT, ONE, 1, FIT)
    approved = approve_plan(submitted, TWO, 2)
    published = publish_plan(approved, TWO, 3, FIT)
    assert (published.submitted_by, published.approved_by, published.published_by) == (1, 2, 2)
    assert (published.status, published.version) == (PlanStatus.PUBLISHED, 4)


@pytest.mark.parametrize(("verb", "refusal"), [(verb, MOVES[verb].refusal) for verb in PlanVerb])
def test_each_verb_refuses_the_statuses_it_does_not_start_from(verb, refusal):
    for status in set(PlanStatus) - MOVES[verb].start:
        with pytest.raises(refusal):
            STEPS[verb](plan(status), 1)


def test_each_verb_has_a_refusal_of_its_own():
    assert [MOVES[verb].refusal for verb in PlanVerb] == [
        refusals.EditNeedsDraft,
        refusals.SubmitNeedsDraft,
        refusals.SendBackNeedsSubmitted,
        refusals.ApprovePlanNeedsSubmitted,
        refusals.CorrectPlanApprovalNeedsApproved,
        refusals.PublishNeedsApproved,
        refusals.WithdrawNeedsUnpublished,
        refusals.CorrectWithdrawalNeedsWithdrawn,
        refusals.UndoNeedsPublished,
    ]


@pytest.mark.parametrize("verb", list(PlanVerb))
def test_each_verb_refuses_a_stale_version(verb):
    start = next(iter(MOVES[verb].start))
    with pytest.raises(refusals.PlanVersionStale):
        STEPS[verb](plan(start, version=3), 2)


def test_every_verb_has_a_permission_and_a_verb_that_takes_it_back():
    assert set(VERB_PERMISSION) == set(CORRECTED_BY) == set(PlanVerb)
    assert VERB_PERMISSION[PlanVerb.PUBLISH] is Permission.PLAN_PUBLISH


@given(st.lists(st.tuples(st.sampled_from(PlanVerb), st.sampled_from([ONE, TWO])), max_size=25))
def test_nothing_is_published_that_its_submitter_approved(steps):
    current = DRAFT
    for verb, actor in steps:
        if verb is PlanVerb.UNDO:
            continue
        try:
            current = STEPS[verb](current, current.version, actor)
        except DomainError:
            continue
        if current.status in {PlanStatus.APPROVED, PlanStatus.PUBLISHED}:
            assert current.submitted_by is not None
            assert current.approved_by not in {None, current.submitted_by}


@pytest.mark.parametrize(
    ("verb", "status"),
    [
        (PlanVerb.SEND_BACK, PlanStatus.SUBMITTED),
        (PlanVerb.CORRECT_APPROVAL, PlanStatus.APPROVED),
        (PlanVerb.WITHDRAW, PlanStatus.SUBMITTED),
        (PlanVerb.CORRECT_WITHDRAWAL, PlanStatus.WITHDRAWN),
        (PlanVerb.UNDO, PlanStatus.PUBLISHED),
    ],
)
def test_a_step_back_needs_a_reason(verb, status):
    with pytest.raises(ReasonNotStated):
        STEPS[verb](plan(status), 1, replace(ONE, reason=""))


def test_the_submitter_does_not_approve():
    with pytest.raises(refusals.PlanApproverIsSubmitter):
        approve_plan(plan(PlanStatus.SUBMITTED), ONE, 1)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        (PlanFacts(doors=0), refusals.PlanIsEmpty),
        (PlanFacts(doors=1, errors=2), refusals.PlanHasErrors),
        (PlanFacts(doors=1, street_approved=False), refusals.PlanStreetNotApproved),
        (PlanFacts(doors=1, outdated=True), refusals.PlanOutdated),
        (PlanFacts(doors=1, taken=("12号", "14号")), refusals.PlanNumbersTaken),
        (PlanFacts(doors=1, plated_without_mapping=("12号",)), refusals.PlanLosesPlates),
    ],
)
def test_a_plan_that_does_not_fit_is_neither_submitted_nor_published(facts, refusal):
    with pytest.raises(refusal):
        submit_plan(DRAFT, ONE, 1, facts)
    with pytest.raises(refusal):
        publish_plan(plan(PlanStatus.APPROVED), TWO, 1, facts)


def test_a_plan_sent_back_is_edited_and_submitted_again():
    back = send_back_plan(plan(PlanStatus.SUBMITTED), TWO, 1)
    again = submit_plan(edit_plan(back, 2), TWO, 3, FIT)
    assert (again.status, again.submitted_by) == (PlanStatus.SUBMITTED, 2)


def test_a_mistaken_approval_and_a_mistaken_withdrawal_are_taken_back():
    reviewed = correct_plan_approval(plan(PlanStatus.APPROVED, approved_by=2), TWO, 1)
    assert (reviewed.status, reviewed.approved_by) == (PlanStatus.SUBMITTED, None)
    resumed = correct_plan_withdrawal(plan(PlanStatus.WITHDRAWN), ONE, 1)
    assert (resumed.status, resumed.submitted_by) == (PlanStatus.DRAFT, None)


def test_a_published_plan_is_undone_by_a_correcting_plan_that_walks_the_same_road():
    published = plan(PlanStatus.PUBLISHED)
    correcting = undo(published)
    assert (correcting.plan_id, correcting.corrects, correcting.status) == (6, 5, PlanStatus.DRAFT)
    done = replace(correcting, status=PlanStatus.PUBLISHED)
    assert mark_undone(published, done).undone_by == 6


def test_a_plan_is_not_undone_before_its_correcting_plan_is_published():
    published = plan(PlanStatus.PUBLISHED)
    with pytest.raises(refusals.PublishNeedsApproved):
        mark_undone(published, undo(published))


def test_a_plan_is_undone_once():
    undone = plan(PlanStatus.PUBLISHED, undone_by=6)
    with pytest.raises(refusals.PlanAlreadyUndone):
        undo(undone)
    with pytest.raises(refusals.PlanAlreadyUndone):
        mark_undone(undone, plan(PlanStatus.PUBLISHED))


def test_one_correcting_plan_at_a_time():
    with pytest.raises(refusals.PlanAlreadyBeingUndone):
        undo(plan(PlanStatus.PUBLISHED), facts=replace(FIT, undo_in_progress=9))


def test_later_plans_are_undone_first():
    with pytest.raises(refusals.PlanHasSuccessor):
        undo(plan(PlanStatus.PUBLISHED), facts=replace(FIT, later_plan=8))
