"""The life of a numbering plan 编号方案: draft → submitted → approved → published, or withdrawn.

Submitting reserves the numbers, publishing makes them addresses; a published plan is undone as a whole by a correcting
plan. The numbers themselves are `numbering`'s business.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from geo_app.domain.access import Actor, require_reason
from geo_app.domain.access_roles import Permission
from geo_app.domain.address import PlaceKind
from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_plan_refusals import (
    ApprovePlanNeedsSubmitted,
    CorrectPlanApprovalNeedsApproved,
    CorrectWithdrawalNeedsWithdrawn,
    EditNeedsDraft,
    PlanAlreadyBeingUndone,
    PlanAlreadyUndone,
    PlanApproverIsSubmitter,
    PlanHasErrors,
    PlanHasSuccessor,
    PlanIsEmpty,
    PlanLosesPlates,
    PlanNumbersTaken,
    PlanOutdated,
    PlanStreetNotApproved,
    PlanVersionStale,
    PublishNeedsApproved,
    SendBackNeedsSubmitted,
    SubmitNeedsDraft,
    UndoNeedsPublished,
    WithdrawNeedsUnpublished,
)


class PlanStatus(StrEnum):
    """Where a plan stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def word(self) -> Message:
        """Return the status for a reader."""
        return Message(_STATUS_WORDS[self])


_STATUS_WORDS = {
    PlanStatus.DRAFT: marked("a draft"),
    PlanStatus.SUBMITTED: marked("submitted"),
    PlanStatus.APPROVED: marked("approved"),
    PlanStatus.PUBLISHED: marked("published"),
    PlanStatus.WITHDRAWN: marked("withdrawn"),
}


class PlanVerb(StrEnum):
    """What can be done to a plan."""

    EDIT = "edit"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    CORRECT_APPROVAL = "correct_approval"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    CORRECT_WITHDRAWAL = "correct_withdrawal"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class PlanLife:
    """The part of a plan that its life rules know; account ids, None until the step was taken.

    `place_id` is that of the street, the village group or the estate that it numbers. `corrects` is the plan this one
    undoes; `undone_by` the published plan that undid this one.
    """

    plan_id: int
    place_id: int
    version: int = 1
    status: PlanStatus = PlanStatus.DRAFT
    drafted_by: int | None = None
    submitted_by: int | None = None
    approved_by: int | None = None
    published_by: int | None = None
    corrects: int | None = None
    undone_by: int | None = None
    place_kind: PlaceKind = PlaceKind.STREET


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What the register knows about a plan at the moment of a step.

    `taken` are numbers, as texts, that others hold; `plated_without_mapping` doors, as texts; `later_plan` was
    published on the same place afterwards and not undone; `undo_in_progress` is an unpublished plan that corrects
    this one.
    """

    doors: int
    errors: int = 0
    street_approved: bool = True
    outdated: bool = False
    taken: tuple[str, ...] = ()
    plated_without_mapping: tuple[str, ...] = ()
    later_plan: int | None = None
    undo_in_progress: int | None = None


@dataclass(frozen=True, slots=True)
class _Move:
    start: frozenset[PlanStatus]
    to: PlanStatus
    refusal: type[DomainError]


_D, _S, _A, _P, _W = PlanStatus
MOVES: Mapping[PlanVerb, _Move] = {
    PlanVerb.EDIT: _Move(frozenset({_D}), _D, EditNeedsDraft),
    PlanVerb.SUBMIT: _Move(frozenset({_D}), _S, SubmitNeedsDraft),
    PlanVerb.SEND_BACK: _Move(frozenset({_S}), _D, SendBackNeedsSubmitted),
    PlanVerb.APPROVE: _Move(frozenset({_S}), _A, ApprovePlanNeedsSubmitted),
    PlanVerb.CORRECT_APPROVAL: _Move(frozenset({_A}), _S, CorrectPlanApprovalNeedsApproved),
    PlanVerb.PUBLISH: _Move(frozenset({_A}), _P, PublishNeedsApproved),
    PlanVerb.WITHDRAW: _Move(frozenset({_D, _S, _A}), _W, WithdrawNeedsUnpublished),
    PlanVerb.CORRECT_WITHDRAWAL: _Move(frozenset({_W}), _D, CorrectWithdrawalNeedsWithdrawn),
    PlanVerb.UNDO: _Move(frozenset({_P}), _P, UndoNeedsPublished),
}
"""From where to where each verb leads, and who refuses otherwise."""

VERB_PERMISSION: Mapping[PlanVerb, Permission] = {
    PlanVerb.EDIT: Permission.PLAN_DRAFT,
    PlanVerb.SUBMIT: Permission.PLAN_SUBMIT,
    PlanVerb.SEND_BACK: Permission.PLAN_APPROVE,
    PlanVerb.APPROVE: Permission.PLAN_APPROVE,
    PlanVerb.CORRECT_APPROVAL: Permission.PLAN_APPROVE,
    PlanVerb.PUBLISH: Permission.PLAN_PUBLISH,
    PlanVerb.WITHDRAW: Permission.PLAN_SUBMIT,
    PlanVerb.CORRECT_WITHDRAWAL: Permission.PLAN_DRAFT,
    PlanVerb.UNDO: Permission.PLAN_UNDO,
}
"""What the caller must ask `access.require` for before the verb."""

CORRECTED_BY: Mapping[PlanVerb, PlanVerb] = {
    PlanVerb.EDIT: PlanVerb.EDIT,
    PlanVerb.SUBMIT: PlanVerb.SEND_BACK,
    PlanVerb.SEND_BACK: PlanVerb.SUBMIT,
    PlanVerb.APPROVE: PlanVerb.CORRECT_APPROVAL,
    PlanVerb.CORRECT_APPROVAL: PlanVerb.APPROVE,
    PlanVerb.PUBLISH: PlanVerb.UNDO,
    PlanVerb.WITHDRAW: PlanVerb.CORRECT_WITHDRAWAL,
    PlanVerb.CORRECT_WITHDRAWAL: PlanVerb.WITHDRAW,
    PlanVerb.UNDO: PlanVerb.WITHDRAW,
}
"""The verb that takes back a wrong step; a wrong undo is withdrawn while its correcting plan is a draft."""


def edit_plan(plan: PlanLife, version: int) -> PlanLife:
    """Return the plan after an edit of its rule, doors or numbers; `version` is the one the editor saw.

    Raises PlanVersionStale, EditNeedsDraft.
    """
    return _moved(plan, PlanVerb.EDIT, version)


def submit_plan(plan: PlanLife, actor: Actor, version: int, facts: PlanFacts) -> PlanLife:
    """Return the plan submitted for review; its numbers are to be reserved as proposed addresses.

    Raises PlanVersionStale, SubmitNeedsDraft, PlanIsEmpty, PlanHasErrors, PlanStreetNotApproved, PlanOutdated,
    PlanLosesPlates, PlanNumbersTaken.
    """
    moved = _moved(plan, PlanVerb.SUBMIT, version)
    _require_fit(facts)
    return replace(moved, submitted_by=actor.account_id)


def send_back_plan(plan: PlanLife, actor: Actor, version: int) -> PlanLife:
    """Return the plan as a draft again, its reservations to be freed; by a reviewer, or by its own submitter.

    Raises PlanVersionStale, SendBackNeedsSubmitted, ReasonNotStated.
    """
    moved = _moved(plan, PlanVerb.SEND_BACK, version)
    require_reason(actor)
    return replace(moved, submitted_by=None)


def approve_plan(plan: PlanLife, actor: Actor, version: int) -> PlanLife:
    """Return the plan approved by a second person.

    Raises PlanVersionStale, ApprovePlanNeedsSubmitted, PlanApproverIsSubmitter.
    """
    moved = _moved(plan, PlanVerb.APPROVE, version)
    if actor.account_id == plan.submitted_by:
        raise PlanApproverIsSubmitter
    return replace(moved, approved_by=actor.account_id)


def correct_plan_approval(plan: PlanLife, actor: Actor, version: int) -> PlanLife:
    """Return the plan as submitted again: the approval was a mistake.

    Raises PlanVersionStale, CorrectPlanApprovalNeedsApproved, ReasonNotStated.
    """
    moved = _moved(plan, PlanVerb.CORRECT_APPROVAL, version)
    require_reason(actor)
    return replace(moved, approved_by=None)


def publish_plan(plan: PlanLife, actor: Actor, version: int, facts: PlanFacts) -> PlanLife:
    """Return the plan published, its addresses to become current; the approver may publish.

    Raises PlanVersionStale, PublishNeedsApproved and what the facts refuse, see `submit_plan`.
    """
    moved = _moved(plan, PlanVerb.PUBLISH, version)
    _require_fit(facts)
    return replace(moved, published_by=actor.account_id)


def withdraw_plan(plan: PlanLife, actor: Actor, version: int) -> PlanLife:
    """Return the plan withdrawn, its reservations to be freed.

    Raises PlanVersionStale, WithdrawNeedsUnpublished, ReasonNotStated.
    """
    moved = _moved(plan, PlanVerb.WITHDRAW, version)
    require_reason(actor)
    return moved


def correct_plan_withdrawal(plan: PlanLife, actor: Actor, version: int) -> PlanLife:
    """Return a withdrawn plan as a draft: the withdrawal was a mistake.

    Raises PlanVersionStale, CorrectWithdrawalNeedsWithdrawn, ReasonNotStated.
    """
    moved = _moved(plan, PlanVerb.CORRECT_WITHDRAWAL, version)
    require_reason(actor)
    return replace(moved, submitted_by=None, approved_by=None)


def undo_plan(plan: PlanLife, actor: Actor, version: int, facts: PlanFacts, *, new_id: int) -> PlanLife:
    """Return the draft `new_id` that undoes a published plan as a whole; it walks the same road to publication.

    Raises PlanVersionStale, UndoNeedsPublished, ReasonNotStated, PlanAlreadyUndone, PlanAlreadyBeingUndone,
    PlanHasSuccessor.
    """
    _moved(plan, PlanVerb.UNDO, version)
    require_reason(actor)
    if plan.undone_by is not None:
        raise PlanAlreadyUndone(plan=plan.plan_id, by=plan.undone_by)
    if facts.undo_in_progress is not None:
        raise PlanAlreadyBeingUndone(by=facts.undo_in_progress)
    if facts.later_plan is not None:
        raise PlanHasSuccessor(later=facts.later_plan)
    return PlanLife(
        new_id,
        plan.place_id,
        drafted_by=actor.account_id,
        corrects=plan.plan_id,
        place_kind=plan.place_kind,
    )


def mark_undone(plan: PlanLife, correcting: PlanLife) -> PlanLife:
    """Return `plan` as undone by the published `correcting` plan.

    Raises PublishNeedsApproved while that one is not published, PlanAlreadyUndone.
    """
    if correcting.status is not PlanStatus.PUBLISHED:
        raise PublishNeedsApproved(status=correcting.status.word)
    if plan.undone_by is not None:
        raise PlanAlreadyUndone(plan=plan.plan_id, by=plan.undone_by)
    return replace(plan, undone_by=correcting.plan_id, version=plan.version + 1)


def _moved(plan: PlanLife, verb: PlanVerb, version: int) -> PlanLife:
    if version != plan.version:
        raise PlanVersionStale(current=plan.version, given=version)
    move = MOVES[verb]
    if plan.status not in move.start:
        raise move.refusal(status=plan.status.word)
    return replace(plan, status=move.to, version=plan.version + 1)


def _require_fit(facts: PlanFacts) -> None:
    if not facts.doors:
        raise PlanIsEmpty
    if facts.errors:
        raise PlanHasErrors(count=facts.errors)
    if not facts.street_approved:
        raise PlanStreetNotApproved
    if facts.outdated:
        raise PlanOutdated
    if facts.plated_without_mapping:
        raise PlanLosesPlates(doors=", ".join(facts.plated_without_mapping))
    if facts.taken:
        raise PlanNumbersTaken(numbers=", ".join(facts.taken))
