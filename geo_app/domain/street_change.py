"""A change of a street 街路变更: submitted with its consequences seen, decided on by a second person, done whole.

*Changing* (rename, extend, split, merge, transfer, retire) is what the world did: old names, texts and codes stay
findable as aliases with dates. *Correcting the name* is what the register had wrong: the misspelt name never held and
is no former name, though it still finds the doors (alias `misspelt`). Each change that was carried out is undone by a
correcting one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from geo_app.domain import street_change_refusals as refusals
from geo_app.domain.access import require_reason
from geo_app.domain.address import Decision
from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message, marked


class ChangeVerb(StrEnum):
    """What is to happen to a street."""

    RENAME = "rename"
    CORRECT_NAME = "correct_name"
    EXTEND = "extend"
    SPLIT = "split"
    MERGE = "merge"
    TRANSFER = "transfer"
    RETIRE = "retire"
    UNDO = "undo"

    @property
    def word(self) -> Message:
        """Return the verb for a reader."""
        return Message(_VERB_WORDS[self])


class ChangeStatus(StrEnum):
    """Where a change stands."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    CARRIED_OUT = "carried_out"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def word(self) -> Message:
        """Return the status for a reader."""
        return Message(_STATUS_WORDS[self])


class StreetPart(StrEnum):
    """Which part of a street goes to another division; first and second are counted from its start."""

    WHOLE = "whole"
    FIRST = "first"
    SECOND = "second"


_VERB_WORDS = {
    ChangeVerb.RENAME: marked("rename"),
    ChangeVerb.CORRECT_NAME: marked("correct the name"),
    ChangeVerb.EXTEND: marked("extend"),
    ChangeVerb.SPLIT: marked("split"),
    ChangeVerb.MERGE: marked("merge"),
    ChangeVerb.TRANSFER: marked("change of division"),
    ChangeVerb.RETIRE: marked("retire"),
    ChangeVerb.UNDO: marked("take back"),
}
_STATUS_WORDS = {
    ChangeStatus.SUBMITTED: marked("submitted"),
    ChangeStatus.APPROVED: marked("approved"),
    ChangeStatus.CARRIED_OUT: marked("carried out"),
    ChangeStatus.REJECTED: marked("rejected"),
    ChangeStatus.WITHDRAWN: marked("withdrawn"),
}


@dataclass(frozen=True, slots=True)
class ChangeLife:
    """A change as its life rules see it; account ids, None until the step was taken."""

    change_id: int
    verb: ChangeVerb
    day: date
    status: ChangeStatus = ChangeStatus.SUBMITTED
    version: int = 1
    submitted_by: int | None = None
    decided_by: int | None = None
    carried_out_by: int | None = None
    corrects: int | None = None
    undone_by: int | None = None


class ChangeStep(StrEnum):
    """What can be done to a change."""

    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    CARRY_OUT = "carry_out"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class _Move:
    start: frozenset[ChangeStatus]
    to: ChangeStatus
    refusal: type[DomainError]


_S, _A, _C, _J, _W = (frozenset({status}) for status in ChangeStatus)
CHANGE_MOVES: Mapping[ChangeStep, _Move] = {
    ChangeStep.APPROVE: _Move(_S, ChangeStatus.APPROVED, refusals.ApproveChangeNeedsSubmitted),
    ChangeStep.REJECT: _Move(_S, ChangeStatus.REJECTED, refusals.RejectChangeNeedsSubmitted),
    ChangeStep.WITHDRAW: _Move(_S | _A, ChangeStatus.WITHDRAWN, refusals.WithdrawChangeNeedsOpen),
    ChangeStep.CARRY_OUT: _Move(_A, ChangeStatus.CARRIED_OUT, refusals.CarryOutNeedsApproved),
    ChangeStep.UNDO: _Move(_C, ChangeStatus.CARRIED_OUT, refusals.UndoChangeNeedsCarriedOut),
}
"""From where to where each step leads, and who refuses otherwise."""


def submit_change(change: ChangeLife, decision: Decision) -> ChangeLife:
    """Return a new change as submitted by the actor. Raises ReasonNotStated."""
    require_reason(decision.actor)
    return replace(change, status=ChangeStatus.SUBMITTED, submitted_by=decision.actor.account_id)


def approve_change(change: ChangeLife, decision: Decision) -> ChangeLife:
    """Return the change approved by a second person.

    Raises StreetChangeVersionStale, ApproveChangeNeedsSubmitted, ChangeApproverIsSubmitter.
    """
    moved = _begin(change, ChangeStep.APPROVE, decision)
    _require_second_person(change, decision)
    return replace(moved, decided_by=decision.actor.account_id)


def reject_change(change: ChangeLife, decision: Decision) -> ChangeLife:
    """Return the change rejected by a second person.

    Raises StreetChangeVersionStale, RejectChangeNeedsSubmitted, ChangeApproverIsSubmitter, ReasonNotStated.
    """
    moved = _begin(change, ChangeStep.REJECT, decision)
    _require_second_person(change, decision)
    require_reason(decision.actor)
    return replace(moved, decided_by=decision.actor.account_id)


def withdraw_change(change: ChangeLife, decision: Decision) -> ChangeLife:
    """Return the change taken back before it happened.

    Raises StreetChangeVersionStale, WithdrawChangeNeedsOpen, ReasonNotStated.
    """
    moved = _begin(change, ChangeStep.WITHDRAW, decision)
    require_reason(decision.actor)
    return moved


def carry_out_change(change: ChangeLife, decision: Decision) -> ChangeLife:
    """Return the change as carried out, on its day or later.

    Raises StreetChangeVersionStale, CarryOutNeedsApproved, ChangeNotYetDue.
    """
    moved = _begin(change, ChangeStep.CARRY_OUT, decision)
    if decision.day < change.day:
        raise refusals.ChangeNotYetDue(day=change.day)
    return replace(moved, carried_out_by=decision.actor.account_id)


def undo_change(change: ChangeLife, decision: Decision, later: int | None, correcting: int | None) -> ChangeLife:
    """Return the change that takes another one back, to be submitted.

    `later` is a later change of the same streets, `correcting` one that takes this one back already.
    Raises StreetChangeVersionStale, UndoChangeNeedsCarriedOut, ChangeAlreadyUndone, ChangeHasSuccessor,
    ReasonNotStated.
    """
    _begin(change, ChangeStep.UNDO, decision)
    if correcting is not None or change.undone_by is not None:
        raise refusals.ChangeAlreadyUndone(change=correcting or change.undone_by)
    if later is not None:
        raise refusals.ChangeHasSuccessor(change=later)
    return submit_change(ChangeLife(0, ChangeVerb.UNDO, decision.day, corrects=change.change_id), decision)


def _begin(change: ChangeLife, step: ChangeStep, decision: Decision) -> ChangeLife:
    if decision.version != change.version:
        raise refusals.StreetChangeVersionStale(current=change.version, given=decision.version)
    move = CHANGE_MOVES[step]
    if change.status not in move.start:
        raise move.refusal(status=change.status.word)
    return replace(change, status=move.to, version=change.version + 1)


def _require_second_person(change: ChangeLife, decision: Decision) -> None:
    if decision.actor.account_id == change.submitted_by:
        raise refusals.ChangeApproverIsSubmitter
