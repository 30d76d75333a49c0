"""Plans of estates, one function per step: preview, draft, revise, submit, approve, publish, withdraw, undo."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from geo_app.domain import numbering_plan as life
from geo_app.domain.access import Actor, require
from geo_app.domain.address import Decision
from geo_app.domain.estate import Estate
from geo_app.domain.estate_findings import EstateFinding, Severity
from geo_app.domain.estate_numbering import NumberedEstate, number_estate
from geo_app.domain.estate_plan import EstateFacts, publish_estate_plan, submit_estate_plan
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_plan import VERB_PERMISSION, PlanFacts, PlanLife, PlanVerb
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.persistence.estate_plans import EstatePlanRecord, NewEstatePlan, StoredEstate
from geo_app.persistence.estates import EstateRecord
from geo_app.persistence.register import Register
from geo_app.services import estate_addresses as addresses
from geo_app.services.estates import names_alike
from geo_app.services.numbering import CorrectingPlanIsFixed

ALIKE = marked("The county has an estate whose name looks or sounds alike: {name}.")
AS_STORED = marked("As it was when the plan was stored.")


@dataclass(frozen=True, slots=True)
class EstateRequest:
    """What a planner asks for: an estate as drawn, a rule, a title."""

    estate: Estate
    rule: NumberingRule = field(default_factory=NumberingRule)
    title: str = ""


@dataclass(frozen=True, slots=True)
class EstateView:
    """A plan as it is shown: its estate in the register, its numbers, its record (None for a preview)."""

    estate: EstateRecord
    numbered: NumberedEstate
    plan: EstatePlanRecord | None = None
    stored: StoredEstate | None = None


def preview(register: Register, estate_id: int, request: EstateRequest) -> EstateView:
    """Return the numbers that a rule would give; nothing is written.

    Raises NotFound and what `number_estate` raises.
    """
    estate = register.estates.get(estate_id)
    return EstateView(estate, _numbered(register, estate, _settled(register, estate_id, request)))


def read_plan(register: Register, plan_id: int) -> EstateView:
    """Return a stored plan. Raises NotFound."""
    plan = register.estate_plans.get(plan_id)
    estate = register.estates.get(plan.estate_id)
    stored = register.estate_plans.content(plan_id)
    request = EstateRequest(stored.estate, NumberingRule.from_mapping(plan.rule))
    return EstateView(estate, _as_stored(_numbered(register, estate, request), stored), plan, stored)


def next_estate(register: Register, estate_id: int) -> Estate:
    """Return what a new plan begins with: the buildings that are official now, with their numbers kept."""
    latest = register.estate_plans.latest_published(estate_id)
    if latest is None:
        return Estate()
    stored = register.estate_plans.content(latest)
    kept = (replace(one, kept=stored.numbers[one.key], hand="") for one in stored.estate.buildings)
    return replace(stored.estate, buildings=tuple(kept))


def draft_plan(register: Register, estate_id: int, request: EstateRequest, decision: Decision) -> int:
    """Write the numbers of an estate as a draft and return its id.

    Raises NotFound, NotGranted and what `number_estate` raises.
    """
    estate = register.estates.lock(estate_id)
    _permit(decision, PlanVerb.EDIT, estate.area)
    request = _settled(register, estate_id, request)
    numbered = _numbered(register, estate, request)
    plan_id = register.estate_plans.add(_new(estate, request), numbered, decision.actor.account_id)
    _record(register, decision, "draft", plan_id)
    return plan_id


def revise_plan(register: Register, plan_id: int, request: EstateRequest, decision: Decision) -> None:
    """Compute a draft again from what the planner drew.

    Raises NotFound, NotGranted, PlanVersionStale, EditNeedsDraft, CorrectingPlanIsFixed and what `draft_plan` raises.
    """
    estate, plan = _hold(register, plan_id)
    _permit(decision, PlanVerb.EDIT, plan.area)
    after = life.edit_plan(plan.life, decision.version)
    if plan.life.corrects:
        raise CorrectingPlanIsFixed(plan=plan.life.corrects)
    request = _settled(register, estate.id, request)
    register.estate_plans.revise(after, _new(estate, request), _numbered(register, estate, request))
    _record(register, decision, "revise", plan_id)


def submit_plan(register: Register, plan_id: int, decision: Decision) -> None:
    """Hand a draft over for review; its addresses are proposed and hold their texts from now on.

    Raises NotFound, NotGranted, what `submit_estate_plan` refuses, GateNumberElsewhere, NumberAlreadyTaken,
    AddressTextTaken, StreetHasNoTownship.
    """
    estate, plan = _hold(register, plan_id)
    _permit(decision, PlanVerb.SUBMIT, plan.area)
    view = read_plan(register, plan_id)
    after = submit_estate_plan(plan.life, decision.actor, decision.version, _facts(register, estate, view))
    if not plan.life.corrects:
        addresses.reserve(register, estate, plan, view.numbered, decision)
    register.estate_plans.save(plan.life, after)
    _record(register, decision, "submit", plan_id)


def publish_plan(register: Register, plan_id: int, decision: Decision) -> None:
    """Make an approved plan official from the decision's day; a correcting plan takes back the plan it corrects.

    Raises NotFound, NotGranted, what `publish_estate_plan` refuses, AddressLocked, EstateRoomsInUse,
    CodeFieldTooWide.
    """
    estate, plan = _hold(register, plan_id)
    _permit(decision, PlanVerb.PUBLISH, plan.area)
    view = read_plan(register, plan_id)
    after = publish_estate_plan(plan.life, decision.actor, decision.version, _facts(register, estate, view))
    if plan.life.corrects:
        corrected = register.estate_plans.lock(plan.life.corrects)
        addresses.take_back(register, estate, corrected, decision)
        register.estate_plans.save(corrected.life, life.mark_undone(corrected.life, after))
    else:
        addresses.publish(register, estate, plan, view.numbered, decision)
    register.estate_plans.save(plan.life, after)
    _record(register, decision, "publish", plan_id)


def send_back_plan(register: Register, plan_id: int, decision: Decision) -> None:
    """Give a submitted plan back to its planner; its addresses are free again.

    Raises NotFound, NotGranted, PlanVersionStale, SendBackNeedsSubmitted, ReasonNotStated.
    """
    _step(register, plan_id, decision, PlanVerb.SEND_BACK, life.send_back_plan)


def approve_plan(register: Register, plan_id: int, decision: Decision) -> None:
    """Approve a submitted plan, as a second person.

    Raises NotFound, NotGranted, PlanVersionStale, ApprovePlanNeedsSubmitted, PlanApproverIsSubmitter.
    """
    _step(register, plan_id, decision, PlanVerb.APPROVE, life.approve_plan)


def correct_plan_approval(register: Register, plan_id: int, decision: Decision) -> None:
    """Take a mistaken approval back; the plan is submitted again and keeps its addresses reserved.

    Raises NotFound, NotGranted, PlanVersionStale, CorrectPlanApprovalNeedsApproved, ReasonNotStated.
    """
    _step(register, plan_id, decision, PlanVerb.CORRECT_APPROVAL, life.correct_plan_approval)


def withdraw_plan(register: Register, plan_id: int, decision: Decision) -> None:
    """Take a plan back before it is published; its addresses are free again.

    Raises NotFound, NotGranted, PlanVersionStale, WithdrawNeedsUnpublished, ReasonNotStated.
    """
    _step(register, plan_id, decision, PlanVerb.WITHDRAW, life.withdraw_plan)


def correct_plan_withdrawal(register: Register, plan_id: int, decision: Decision) -> None:
    """Take a mistaken withdrawal back; the plan is a draft again.

    Raises NotFound, NotGranted, PlanVersionStale, CorrectWithdrawalNeedsWithdrawn, ReasonNotStated.
    """
    _step(register, plan_id, decision, PlanVerb.CORRECT_WITHDRAWAL, life.correct_plan_withdrawal)


def undo_plan(register: Register, plan_id: int, decision: Decision) -> int:
    """Draft the plan that takes back a published one as a whole, and return its id; it walks the same road.

    Raises NotFound, NotGranted and what `numbering_plan.undo_plan` refuses.
    """
    estate, plan = _hold(register, plan_id)
    _permit(decision, PlanVerb.UNDO, plan.area)
    facts = PlanFacts(
        doors=0,
        later_plan=register.estate_plans.published_after(plan_id),
        undo_in_progress=register.estate_plans.unpublished_correcting(plan_id),
    )
    life.undo_plan(plan.life, decision.actor, decision.version, facts, new_id=0)
    numbered = read_plan(register, plan_id).numbered
    draft = NewEstatePlan(estate.county_code, estate.id, plan.title, plan.rule, estate.version, plan_id)
    correcting = register.estate_plans.add(draft, numbered, decision.actor.account_id)
    _record(register, decision, "undo", plan_id)
    return correcting


Verb = Callable[[PlanLife, Actor, int], PlanLife]
FREEING = frozenset({PlanVerb.SEND_BACK, PlanVerb.WITHDRAW})
"""Steps after which a plan's addresses are free again."""


def _step(register: Register, plan_id: int, decision: Decision, verb: PlanVerb, take: Verb) -> None:
    _, plan = _hold(register, plan_id)
    _permit(decision, verb, plan.area)
    after = take(plan.life, decision.actor, decision.version)
    if verb in FREEING:
        addresses.release(register, plan)
    register.estate_plans.save(plan.life, after)
    _record(register, decision, verb.value, plan_id)


def _hold(register: Register, plan_id: int) -> tuple[EstateRecord, EstatePlanRecord]:
    # Street, estate, plan, always in this order: steps wait for each other and never in a circle.
    plan = register.estate_plans.get(plan_id)
    if plan.gate.street_id is not None:
        register.streets.lock(plan.gate.street_id)
    return register.estates.lock(plan.estate_id), register.estate_plans.lock(plan_id)


def _permit(decision: Decision, verb: PlanVerb, area: str) -> None:
    require(decision.actor, VERB_PERMISSION[verb], area, decision.day)


def _settled(register: Register, estate_id: int, request: EstateRequest) -> EstateRequest:
    """Return the request with the register's own word on buildings that have addresses: they stay as they are.

    Raises NotFound for a street or a building that the register has not.
    """
    if request.estate.gate.street_id is not None:
        register.streets.get(request.estate.gate.street_id)
    register.estate_plans.require_buildings({one.building_id for one in request.estate.buildings} - {None})
    known = {one.key: one for one in next_estate(register, estate_id).buildings}
    buildings = (known.get(one.key, replace(one, address_id=None)) for one in request.estate.buildings)
    return replace(request, estate=replace(request.estate, buildings=tuple(buildings)))


def _numbered(register: Register, estate: EstateRecord, request: EstateRequest) -> NumberedEstate:
    numbered = number_estate(request.estate, request.rule)
    found = [
        EstateFinding("name_alike", Severity.WARNING, Message(ALIKE, {"name": name}))
        for name in names_alike(register, estate)
    ]
    return replace(numbered, findings=(*numbered.findings, *found))


def _as_stored(numbered: NumberedEstate, stored: StoredEstate) -> NumberedEstate:
    """Return the estate with the numbers it was stored with, should a later version of the rules count otherwise."""
    found = []
    for one in numbered.buildings:
        text = stored.numbers[one.building.key]
        if one.number.text != text:
            number = replace(one.number, text=text, reason=Message(AS_STORED))
            found.append(replace(one, number=number))
        else:
            found.append(one)
    return replace(numbered, buildings=tuple(found))


def _facts(register: Register, estate: EstateRecord, view: EstateView) -> EstateFacts:
    assert view.plan is not None
    gate = view.plan.gate
    street = register.streets.get(gate.street_id) if gate.street_id is not None else None
    return EstateFacts(
        estate.name,
        buildings=len(view.numbered.buildings),
        new=len(addresses.made_by(view.numbered, view.stored)),
        errors=view.numbered.errors,
        name_approved=estate.approved,
        street=street.name if street else "",
        street_approved=street is not None and street.approved,
        gate_numbered=gate.number is not None and gate.position is not None,
        outdated=view.plan.computed_on != estate.version,
        corrects=view.plan.life.corrects is not None,
    )


def _new(estate: EstateRecord, request: EstateRequest) -> NewEstatePlan:
    rule = request.rule.to_mapping()
    return NewEstatePlan(estate.county_code, estate.id, request.title.strip(), rule, estate.version)


def _record(register: Register, decision: Decision, verb: str, plan_id: int) -> None:
    register.journal.write(decision.actor.account_id, decision.actor.reason, verb, ("estate_plan", plan_id))
