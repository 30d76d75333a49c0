"""Numbering plans, one function per step: preview, draft, revise, submit, approve, publish, withdraw, undo."""

from dataclasses import dataclass, replace
from typing import Protocol

from geo_app.domain import numbering_plan as life
from geo_app.domain.access import Actor, decide, in_scope, require
from geo_app.domain.address import Decision
from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.address_text import TextStyle, number_text
from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_plan import MOVES, VERB_PERMISSION, PlanFacts, PlanLife, PlanVerb
from geo_app.domain.planned_door import PlanContent, PlannedDoor
from geo_app.persistence.entrances import house_number
from geo_app.persistence.plans import NewPlan, PlanRecord
from geo_app.persistence.register import Register
from geo_app.services import numbering_addresses as addresses
from geo_app.services.numbering_facts import PlanRequest, changes_of, compute, facts_of, stored_content
from geo_app.services.numbering_places import PlanPlace, hold_place, in_walking_order, kind_of, place_of, state_of

AS_BEFORE = marked("As it was before plan {plan}.")
NONE_BEFORE = marked("It had no number before plan {plan}.")


class CorrectingPlanIsFixed(DomainError):
    """A correcting plan takes back another one as a whole."""

    pattern = "This plan takes back plan {plan} as a whole; its numbers cannot be edited."


class Planned(Protocol):
    """A plan of a street, a village group or an estate, as far as its buttons are concerned."""

    @property
    def life(self) -> PlanLife:
        """Return where it stands."""

    @property
    def area(self) -> str:
        """Return where a permission is asked for."""


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as it is shown: its street or village group, its record (None for a preview), its content."""

    place: PlanPlace
    content: PlanContent
    plan: PlanRecord | None = None


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """What undoing a published plan would change: doors with the number they get back (none: they had none before)."""

    place: PlanPlace
    plan: PlanRecord
    doors: tuple[PlannedDoor, ...]

    @property
    def losing(self) -> int:
        """Return how many doors lose their address."""
        return sum(door.number is None for door in self.doors)


def preview(register: Register, street_id: int, request: PlanRequest) -> PlanView:
    """Return the numbers that a rule would give; nothing is written.

    Raises NotFound, CentreNeeded, RuleValueNotAllowed.
    """
    place = register.streets.get(street_id)
    return PlanView(place, compute(register, place, request))


def read_plan(register: Register, plan_id: int) -> PlanView:
    """Return a stored plan. Raises NotFound."""
    plan = register.plans.get(plan_id)
    place = place_of(register, plan.life)
    return PlanView(place, stored_content(register, place, plan), plan)


def draft_plan(register: Register, street_id: int, request: PlanRequest, decision: Decision) -> int:
    """Write the numbers that a rule gives as a draft and return its id.

    Raises NotFound, NotGranted, CentreNeeded, RuleValueNotAllowed.
    """
    return draft_on(register, register.streets.lock(street_id), request, decision)


def draft_on(register: Register, place: PlanPlace, request: PlanRequest, decision: Decision) -> int:
    """Write a draft for a place that the caller holds, and return its id. Raises what `draft_plan` raises."""
    _permit(decision, PlanVerb.EDIT, place.area)
    plan_id = register.plans.add(_new(register, place, request), decision.actor.account_id)
    register.plans.replace_content(plan_id, compute(register, place, request))
    _record(register, decision, "draft", plan_id)
    return plan_id


def revise_plan(register: Register, plan_id: int, request: PlanRequest, decision: Decision) -> None:
    """Compute a draft again, on its place as it stands now.

    Raises NotFound, NotGranted, PlanVersionStale, EditNeedsDraft, CorrectingPlanIsFixed and what `draft_plan` raises.
    """
    place, plan = _hold(register, plan_id)
    _permit(decision, PlanVerb.EDIT, plan.area)
    after = life.edit_plan(plan.life, decision.version)
    if plan.life.corrects:
        raise CorrectingPlanIsFixed(plan=plan.life.corrects)
    register.plans.revise(after, _new(register, place, request))
    register.plans.replace_content(plan_id, compute(register, place, request))
    _record(register, decision, "revise", plan_id)


def submit_plan(register: Register, plan_id: int, decision: Decision) -> None:
    """Hand a draft over for review; its numbers are reserved from now on.

    Raises NotFound, NotGranted, what `numbering_plan.submit_plan` refuses, NumberAlreadyTaken, AddressTextTaken,
    StreetHasNoTownship.
    """
    place, plan = _hold(register, plan_id)
    _permit(decision, PlanVerb.SUBMIT, plan.area)
    changes = changes_of(plan, register.plans.doors(plan_id))
    facts = facts_of(register, place, plan, changes)
    after = life.submit_plan(plan.life, decision.actor, decision.version, facts)
    addresses.reserve(register, place, plan, changes, decision)
    register.plans.save(plan.life, after)
    _record(register, decision, "submit", plan_id)


def send_back_plan(register: Register, plan_id: int, decision: Decision) -> None:
    """Give a submitted plan back to its planner; its numbers are free again.

    Raises NotFound, NotGranted, PlanVersionStale, SendBackNeedsSubmitted, ReasonNotStated.
    """
    _, plan = _hold(register, plan_id)
    _permit(decision, PlanVerb.SEND_BACK, plan.area)
    after = life.send_back_plan(plan.life, decision.actor, decision.version)
    addresses.release(register, plan, register.plans.doors(plan_id))
    register.plans.save(plan.life, after)
    _record(register, decision, "send_back", plan_id)


def approve_plan(register: Register, plan_id: int, decision: Decision) -> None:
    """Approve a submitted plan, as a second person.

    Raises NotFound, NotGranted, PlanVersionStale, ApprovePlanNeedsSubmitted, PlanApproverIsSubmitter.
    """
    _, plan = _hold(register, plan_id)
    _permit(decision, PlanVerb.APPROVE, plan.area)
    register.plans.save(plan.life, life.approve_plan(plan.life, decision.actor, decision.version))
    _record(register, decision, "approve", plan_id)


def publish_plan(register: Register, plan_id: int, decision: Decision) -> None:
    """Make an approved plan official from the decision's day; a correcting plan undoes the plan it corrects.

    Raises NotFound, NotGranted, what `numbering_plan.publish_plan` refuses, AddressLocked, NumberAlreadyTaken,
    AddressTextTaken, CodeFieldTooWide.
    """
    place, plan = _hold(register, plan_id)
    _permit(decision, PlanVerb.PUBLISH, plan.area)
    changes = changes_of(plan, register.plans.doors(plan_id))
    facts = facts_of(register, place, plan, changes)
    after = life.publish_plan(plan.life, decision.actor, decision.version, facts)
    addresses.publish(register, place, plan, changes, decision)
    corrected = register.plans.lock(plan.life.corrects).life if plan.life.corrects else None
    register.plans.save(plan.life, after)
    if corrected is not None:
        register.plans.save(corrected, life.mark_undone(corrected, after))
    _record(register, decision, "publish", plan_id)


def correct_plan_approval(register: Register, plan_id: int, decision: Decision) -> None:
    """Take a mistaken approval back; the plan is submitted again and keeps its numbers reserved.

    Raises NotFound, NotGranted, PlanVersionStale, CorrectPlanApprovalNeedsApproved, ReasonNotStated.
    """
    _, plan = _hold(register, plan_id)
    _permit(decision, PlanVerb.CORRECT_APPROVAL, plan.area)
    register.plans.save(plan.life, life.correct_plan_approval(plan.life, decision.actor, decision.version))
    _record(register, decision, "correct_approval", plan_id)


def correct_plan_withdrawal(register: Register, plan_id: int, decision: Decision) -> None:
    """Take a mistaken withdrawal back; the plan is a draft again, its numbers are not reserved.

    Raises NotFound, NotGranted, PlanVersionStale, CorrectWithdrawalNeedsWithdrawn, ReasonNotStated.
    """
    _, plan = _hold(register, plan_id)
    _permit(decision, PlanVerb.CORRECT_WITHDRAWAL, plan.area)
    register.plans.save(plan.life, life.correct_plan_withdrawal(plan.life, decision.actor, decision.version))
    _record(register, decision, "correct_withdrawal", plan_id)


def withdraw_plan(register: Register, plan_id: int, decision: Decision) -> None:
    """Take a plan back before it is published; its numbers are free again.

    Raises NotFound, NotGranted, PlanVersionStale, WithdrawNeedsUnpublished, ReasonNotStated.
    """
    _, plan = _hold(register, plan_id)
    _permit(decision, PlanVerb.WITHDRAW, plan.area)
    after = life.withdraw_plan(plan.life, decision.actor, decision.version)
    addresses.release(register, plan, register.plans.doors(plan_id))
    register.plans.save(plan.life, after)
    _record(register, decision, "withdraw", plan_id)


def preview_undo(register: Register, plan_id: int, decision: Decision) -> UndoPreview:
    """Return what undoing a published plan would change, door by door; nothing is written.

    Raises what `undo_plan` raises.
    """
    plan = register.plans.get(plan_id)
    place = place_of(register, plan.life)
    _require_undoable(register, plan, replace(decision, version=plan.life.version))
    changing = in_walking_order(place, (door for door in _as_before(register, plan) if not door.kept))
    return UndoPreview(place, plan, tuple(changing))


def undo_plan(register: Register, plan_id: int, decision: Decision) -> int:
    """Draft the plan that takes back a published one as a whole, and return its id; it walks the same road.

    Raises NotFound, NotGranted and what `numbering_plan.undo_plan` refuses.
    """
    place, plan = _hold(register, plan_id)
    _require_undoable(register, plan, decision)
    draft = NewPlan(
        plan.county_code, place.id, plan.title, plan.rule, state_of(register, place), plan_id, plan.life.place_kind
    )
    correcting = register.plans.add(draft, decision.actor.account_id)
    register.plans.replace_content(correcting, PlanContent(tuple(_as_before(register, plan))))
    _record(register, decision, "undo", plan_id)
    return correcting


def verbs_for(plan: Planned, decision: Decision) -> list[str]:
    """Return what the actor may do to the plan now: the buttons of its page."""
    return [verb.value for verb in PlanVerb if _may(plan, verb, decision)]


def _may(plan: Planned, verb: PlanVerb, decision: Decision) -> bool:
    if plan.life.status not in MOVES[verb].start or not _decided(decision, verb, plan.area):
        return False
    if verb is PlanVerb.APPROVE:
        return plan.life.submitted_by != decision.actor.account_id
    if verb is PlanVerb.UNDO:
        return plan.life.undone_by is None
    return not (verb is PlanVerb.EDIT and plan.life.corrects)


def _decided(decision: Decision, verb: PlanVerb, area: str) -> bool:
    permission = VERB_PERMISSION[verb]
    verdict = decide(decision.actor.grants, permission, area, decision.day)
    return verdict.allowed and in_scope(decision.actor, permission)


def _require_undoable(register: Register, plan: PlanRecord, decision: Decision) -> None:
    _permit(decision, PlanVerb.UNDO, plan.area)
    facts = PlanFacts(
        doors=0,
        later_plan=register.plans.published_after(plan.life),
        undo_in_progress=register.plans.unpublished_correcting(plan.life.plan_id),
    )
    life.undo_plan(plan.life, decision.actor, decision.version, facts, new_id=0)


def _permit(decision: Decision, verb: PlanVerb, area: str) -> None:
    require(decision.actor, VERB_PERMISSION[verb], area, decision.day)


def _hold(register: Register, plan_id: int) -> tuple[PlanPlace, PlanRecord]:
    # The place before the plan, always: two steps on one street wait for each other and never in a circle.
    place = hold_place(register, register.plans.get(plan_id).life)
    return place, register.plans.lock(plan_id)


def _new(register: Register, place: PlanPlace, request: PlanRequest) -> NewPlan:
    rule, state = request.rule.to_mapping(), state_of(register, place)
    title, kind = request.title.strip(), kind_of(place)
    return NewPlan(place.county_code, place.id, title, rule, state, place_kind=kind)


def _record(register: Register, decision: Decision, verb: str, plan_id: int) -> None:
    actor: Actor = decision.actor
    register.journal.write(actor.account_id, actor.reason, verb, ("plan", plan_id))


def _as_before(register: Register, plan: PlanRecord) -> list[PlannedDoor]:
    plan_id = plan.life.plan_id
    before, style = register.plans.before(plan_id), addresses.style_of_plan(plan)
    # An address that ended since stays ended: the plan is taken back, not what was done after it.
    doors = [planned for planned in register.plans.doors(plan_id) if planned.door.numbered]
    pasts = ((planned, before[planned.door.entrance_id]) for planned in doors)
    return [_door_before(planned, house_number(**past) if past else None, (plan_id, style)) for planned, past in pasts]


def _door_before(planned: PlannedDoor, number: HouseNumber | None, undone: tuple[int, TextStyle]) -> PlannedDoor:
    plan_id, style = undone
    return replace(
        planned,
        number=number,
        text=number_text(number, style) if number else "",
        kept=number is not None and number == planned.door.number,
        by_hand=False,
        reason=Message(AS_BEFORE if number else NONE_BEFORE, {"plan": plan_id}),
        address_id=None,
    )
