"""Changes of streets, one function per step: submit, approve, reject, withdraw, carry out, undo."""

from collections.abc import Sequence
from dataclasses import replace

from geo_app.domain import street_change as life
from geo_app.domain import street_change_refusals as refusals
from geo_app.domain.access import decide, in_scope, require
from geo_app.domain.access_roles import Permission
from geo_app.domain.address import Decision
from geo_app.domain.errors import DomainError
from geo_app.domain.street_change import CHANGE_MOVES, ChangeLife, ChangeStep, ChangeVerb
from geo_app.domain.street_life import StreetFacts, StreetStatus, require_retirable
from geo_app.domain.street_moves import Clash
from geo_app.domain.street_request import ChangeRequest
from geo_app.persistence.register import Register
from geo_app.persistence.street_changes import ChangeRecord
from geo_app.services.street_carrying import write_outcome
from geo_app.services.street_consequences import Preview, preview_change, preview_undo

STEP_PERMISSION = {
    ChangeStep.APPROVE: Permission.STREET_APPROVE,
    ChangeStep.REJECT: Permission.STREET_APPROVE,
    ChangeStep.WITHDRAW: Permission.STREET_EDIT,
    ChangeStep.CARRY_OUT: Permission.STREET_APPROVE,
    ChangeStep.UNDO: Permission.STREET_EDIT,
}
ON_THE_WAY = ("submitted", "approved")
MOST_NAMED = 5


def submit_change(register: Register, request: ChangeRequest, decision: Decision) -> int:
    """Hand a change over to a second person, its consequences as they stand now, and return its id.

    Raises NotGranted, ReasonNotStated, what `preview_change` raises, and what speaks against the change: names not
    approved, plans on their way, another change on its way, locked addresses, clashing numbers and texts.
    """
    register.streets.lock(request.street_id)
    preview = preview_change(register, request)
    _permit(decision, Permission.STREET_EDIT, _areas(preview))
    change = life.submit_change(ChangeLife(0, request.verb, request.day), decision)
    _require_fit(register, preview, but=0)
    return _add(register, preview, change, decision)


def approve_change(register: Register, change_id: int, decision: Decision) -> ChangeRecord:
    """Approve a change as a second person; from its day on that also carries it out.

    Raises NotFound, NotGranted, what `street_change.approve_change` refuses, ChangeOutdated, and what `submit_change`
    finds against the change.
    """
    change = _hold(register, change_id)
    preview = _preview(register, change)
    _permit(decision, Permission.STREET_APPROVE, _areas(preview))
    after = life.approve_change(change.life, decision)
    _require_same(register, change, preview)
    _require_fit(register, preview, but=change_id)
    register.street_changes.save(after, "decided", decision=decision.actor.reason)
    _record(register, decision, "approve", change)
    if decision.day >= change.life.day:
        _carry_out(register, replace(change, life=after), preview, replace(decision, version=after.version))
    return register.street_changes.get(change_id)


def reject_change(register: Register, change_id: int, decision: Decision) -> None:
    """Reject a change as a second person; nothing happened.

    Raises NotFound, NotGranted and what `street_change.reject_change` refuses.
    """
    change = _hold(register, change_id)
    _permit(decision, Permission.STREET_APPROVE, [change.area])
    after = life.reject_change(change.life, decision)
    register.street_changes.save(after, "decided", decision=decision.actor.reason)
    _record(register, decision, "reject", change)


def withdraw_change(register: Register, change_id: int, decision: Decision) -> None:
    """Take a change back before it happens.

    Raises NotFound, NotGranted and what `street_change.withdraw_change` refuses.
    """
    change = _hold(register, change_id)
    _permit(decision, Permission.STREET_EDIT, [change.area])
    register.street_changes.save(life.withdraw_change(change.life, decision), "")
    _record(register, decision, "withdraw", change)


def carry_out_change(register: Register, change_id: int, decision: Decision) -> ChangeRecord:
    """Carry out an approved change as a whole, on its day or later.

    Raises NotFound, NotGranted, what `street_change.carry_out_change` refuses, ChangeOutdated, what `submit_change`
    finds against the change, NumberAlreadyTaken, AddressTextTaken, StreetNameTaken, CodeFieldTooWide.
    """
    change = _hold(register, change_id)
    preview = _preview(register, change)
    _permit(decision, Permission.STREET_APPROVE, _areas(preview))
    _require_same(register, change, preview)
    _require_fit(register, preview, but=change_id)
    _carry_out(register, change, preview, decision)
    return register.street_changes.get(change_id)


def undo_change(register: Register, change_id: int, decision: Decision) -> int:
    """Submit the change that takes back one that was carried out, and return its id; it walks the same road.

    Raises NotFound, NotGranted, what `street_change.undo_change` refuses, and what `submit_change` finds against it.
    """
    change = _hold(register, change_id)
    later, correcting = register.street_changes.later(change), register.street_changes.correcting(change_id)
    undoing = life.undo_change(change.life, decision, later, correcting)
    # A wrong change is taken back from today on; a wrong correction as if it had never been.
    preview = preview_undo(register, change)
    preview = replace(preview, request=replace(preview.request, day=decision.day))
    _permit(decision, Permission.STREET_EDIT, _areas(preview))
    _require_fit(register, preview, but=0)
    return _add(register, preview, undoing, decision)


def preview_of(register: Register, change: ChangeRecord) -> Preview:
    """Return what a change on its way would do as things stand. Raises what `preview_change` raises."""
    return _preview(register, change)


def is_outdated(register: Register, change: ChangeRecord) -> bool:
    """Tell whether streets, doors or addresses changed since the change was submitted."""
    return register.street_changes.state(_streets(change)) != change.computed_on


def steps_for(change: ChangeRecord, decision: Decision) -> list[ChangeStep]:
    """Return what the actor may do to the change now: the buttons of its page."""
    return [step for step in ChangeStep if _may(change, step, decision)]


def _carry_out(register: Register, change: ChangeRecord, preview: Preview, decision: Decision) -> None:
    after = life.carry_out_change(change.life, decision)
    other_id, snapshot = write_outcome(register, change, preview, decision)
    register.street_changes.save(after, "carried_out", other_id=other_id, before=snapshot.to_mapping())
    _record(register, decision, change.life.verb.value, change)


def _may(change: ChangeRecord, step: ChangeStep, decision: Decision) -> bool:
    permission = STEP_PERMISSION[step]
    allowed = decide(decision.actor.grants, permission, change.area, decision.day).allowed
    if change.life.status not in CHANGE_MOVES[step].start or not (allowed and in_scope(decision.actor, permission)):
        return False
    if step in {ChangeStep.APPROVE, ChangeStep.REJECT}:
        return change.life.submitted_by != decision.actor.account_id
    if step is ChangeStep.CARRY_OUT:
        return change.life.day <= decision.day
    return step is not ChangeStep.UNDO or (change.life.undone_by is None and change.life.corrects is None)


def _hold(register: Register, change_id: int) -> ChangeRecord:
    # Streets before changes, always: two steps on one street wait for each other and never in a circle.
    register.streets.hold(_streets(register.street_changes.get(change_id)))
    return register.street_changes.lock(change_id)


def _preview(register: Register, change: ChangeRecord) -> Preview:
    if change.life.corrects is None:
        return preview_change(register, change.request)
    return preview_undo(register, register.street_changes.get(change.life.corrects))


def _streets(change: ChangeRecord) -> list[int]:
    other = change.other_id or change.request.other_id
    return [change.street_id, *([other] if other is not None else [])]


def _areas(preview: Preview) -> list[str]:
    """Return where the actor needs the right: of each street, and of where it goes."""
    others = [preview.other.area] if preview.other else []
    target = preview.request.division_code if preview.request.verb is ChangeVerb.TRANSFER else ""
    return [preview.street.area, *others, *([target] if target else [])]


def _permit(decision: Decision, permission: Permission, areas: Sequence[str]) -> None:
    for area in areas:
        require(decision.actor, permission, area, decision.day)


def _add(register: Register, preview: Preview, change: ChangeLife, decision: Decision) -> int:
    street, request = preview.street, preview.request
    record = ChangeRecord(
        replace(change, day=request.day), request, street.county_code, street.area, street.id, request.other_id,
        street.name, register.street_changes.state(preview.streets), decision.actor.reason, "", None, {}, {},
    )  # fmt: skip
    change_id = register.street_changes.add(record)
    detail = {"change": change_id, "verb": change.verb.value}
    register.journal.write(
        decision.actor.account_id, decision.actor.reason, "submit_change", ("street", street.id), detail
    )
    return change_id


def _require_same(register: Register, change: ChangeRecord, preview: Preview) -> None:
    if register.street_changes.state(preview.streets) != change.computed_on:
        raise refusals.ChangeOutdated


def _require_fit(register: Register, preview: Preview, *, but: int) -> None:
    _require_living(preview)
    pending = register.street_changes.pending(preview.streets, but=but)
    if pending is not None:
        raise refusals.StreetChangePending(change=pending, name=preview.street.name)
    ending = preview.request.verb in {ChangeVerb.MERGE, ChangeVerb.RETIRE}
    plans = register.street_changes.open_plans(preview.streets, ("draft", *ON_THE_WAY) if ending else ON_THE_WAY)
    if plans and preview.request.verb is not ChangeVerb.EXTEND:
        raise refusals.StreetChangeHasOpenPlans(count=plans)
    locked = register.street_moves.locked(preview.outcome.moved)
    if locked is not None:
        raise refusals.StreetChangeMeetsLockedAddress(text=locked[0], case=locked[1])
    _require_no_clash(preview.clashes, refusals.StreetNumbersClash)
    _require_no_clash(preview.texts_taken, refusals.StreetTextsClash)


def _require_no_clash(clashes: Sequence[Clash], refusal: type[DomainError]) -> None:
    if clashes:
        named = "、".join(clash.text for clash in clashes[:MOST_NAMED])
        raise refusal(texts=named + ("…" if len(clashes) > MOST_NAMED else ""))


def _require_living(preview: Preview) -> None:
    request = preview.request
    if request.verb is ChangeVerb.UNDO:
        return
    for street in (preview.street, *([preview.other] if preview.other else [])):
        if street.life.status is not StreetStatus.CURRENT:
            raise refusals.ChangeNeedsApprovedName(name=street.name, status=street.life.status.word)
        # A correction has no day: the name was never another one.
        if request.verb is not ChangeVerb.CORRECT_NAME and request.day < street.valid_from:
            start = street.valid_from
            raise refusals.StreetChangesBeforeBeginning(name=street.name, start=start, day=request.day)
    if request.verb is ChangeVerb.RETIRE:
        require_retirable(preview.street.life, request.day, StreetFacts(living_addresses=len(preview.outcome.moved)))


def _record(register: Register, decision: Decision, verb: str, change: ChangeRecord) -> None:
    reason, detail = decision.actor.reason or change.reason, {"change": change.life.change_id}
    register.journal.write(decision.actor.account_id, reason, verb, ("street", change.street_id), detail)
