from dataclasses import replace
from datetime import date

import pytest

from geo_app.domain import street_change_refusals as refusals
from geo_app.domain.access import ReasonNotStated
from geo_app.domain.street_change import (
    CHANGE_MOVES,
    ChangeLife,
    ChangeStatus,
    ChangeStep,
    ChangeVerb,
    approve_change,
    carry_out_change,
    reject_change,
    submit_change,
    undo_change,
    withdraw_change,
)
from tests.support.addresses import DAY, PROPOSER, decision

STEPS = {
    ChangeStep.APPROVE: (approve_change, refusals.ApproveChangeNeedsSubmitted),
    ChangeStep.REJECT: (reject_change, refusals.RejectChangeNeedsSubmitted),
    ChangeStep.WITHDRAW: (withdraw_change, refusals.WithdrawChangeNeedsOpen),
    ChangeStep.CARRY_OUT: (carry_out_change, refusals.CarryOutNeedsApproved),
    ChangeStep.UNDO: (lambda c, why: undo_change(c, why, None, None), refusals.UndoChangeNeedsCarriedOut),
}


def change(status=ChangeStatus.SUBMITTED, **fields):
    return ChangeLife(**({"change_id": 3, "verb": ChangeVerb.RENAME, "day": DAY, "status": status} | fields))


def test_a_change_is_submitted_approved_and_carried_out():
    new = submit_change(change(), decision(change(), actor=PROPOSER))
    approved = approve_change(new, decision(new))
    done = carry_out_change(approved, decision(approved))
    assert [one.status for one in (new, approved, done)] == ["submitted", "approved", "carried_out"]
    assert new.submitted_by != approved.decided_by == done.carried_out_by


@pytest.mark.parametrize("step", list(ChangeStep))
def test_each_step_refuses_other_statuses_and_stale_versions(step):
    take, refusal = STEPS[step]
    for status in ChangeStatus:
        if status not in CHANGE_MOVES[step].start:
            with pytest.raises(refusal):
                take(change(status), decision(change(status)))
    start = change(next(iter(CHANGE_MOVES[step].start)))
    with pytest.raises(refusals.StreetChangeVersionStale):
        take(start, replace(decision(start), version=99))


@pytest.mark.parametrize("take", [approve_change, reject_change])
def test_who_submitted_a_change_does_not_decide_on_it(take):
    new = submit_change(change(), decision(change(), actor=PROPOSER))
    with pytest.raises(refusals.ChangeApproverIsSubmitter):
        take(new, decision(new, actor=PROPOSER))


def test_a_change_is_not_carried_out_before_its_day():
    approved = change(ChangeStatus.APPROVED, day=date(2999, 1, 1))
    with pytest.raises(refusals.ChangeNotYetDue):
        carry_out_change(approved, decision(approved))


def test_a_submission_states_its_reason():
    silent = decision(change())
    with pytest.raises(ReasonNotStated):
        submit_change(change(), replace(silent, actor=replace(silent.actor, reason=" ")))


def test_every_verb_and_status_has_its_word():
    assert len({str(one.word) for one in (*ChangeVerb, *ChangeStatus)}) == len(ChangeVerb) + len(ChangeStatus)
