"""Counter cases, one function per step: papers, site check, number, submission, decision, notice, end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from geo_app.domain import case as life
from geo_app.domain.access import decide, in_scope, require
from geo_app.domain.access_roles import Permission
from geo_app.domain.address import Decision
from geo_app.domain.case import DECIDED, DECISIONS, CaseLife, CaseVerb
from geo_app.domain.case_clock import Pause, Standing, days_left, due_day, standing
from geo_app.domain.case_number import NEW_DOOR, NumberProposal, require_hand_reason
from geo_app.domain.case_papers import alternatives, missing_papers, read_requirements, require_known
from geo_app.domain.case_refusals import (
    AddressHasOpenCase,
    CaseStreetNotApproved,
    DoorGetsNoNumber,
    DoorHasNumber,
    NumberUnchangedInCase,
)
from geo_app.domain.case_settings import CaseSettings
from geo_app.persistence.cases import CaseNumber, CaseRecord, CaseStep
from geo_app.persistence.register import Register
from geo_app.persistence.streets import StreetRecord
from geo_app.services import case_addresses
from geo_app.services.case_numbers import CaseDoor, propose_door_number


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as it is shown: its record, how it stands with time, what is still missing, what was done."""

    case: CaseRecord
    standing: Standing
    days_left: int | None
    missing: tuple[str, ...]
    steps: list[CaseStep]


def read_case(register: Register, case_id: int, decision: Decision) -> CaseView:
    """Return a case that the actor may see. Raises NotFound, NotGranted."""
    case = register.cases.get(case_id)
    require(decision.actor, Permission.CASE_READ, case.area, decision.day)
    settings = register.case_settings.in_force(case.county_code)
    left = days_left(case.due_on, decision.day, settings.calendar) if case.due_on and not _decided(case) else None
    missing = missing_papers(case.required, case.seen)
    return CaseView(case, standing_of(case, decision.day, settings), left, missing, register.cases.steps(case_id))


def standing_of(case: CaseRecord, today: date, settings: CaseSettings) -> Standing:
    """Return how a case stands with time on a day."""
    if _decided(case):
        return Standing.STOPPED
    return standing(case.due_on, today, settings.calendar, settings.limits.near_days)


def request_papers(register: Register, case_id: int, papers: Sequence[str], decision: Decision) -> None:
    """Ask for papers in writing; the clock stands until they come. Papers the list did not know are added to it.

    Raises NotFound, NotGranted, PaperNameMalformed, TooManyPapers and what `case.request_papers` refuses.
    """
    _, case = _hold(register, case_id)
    _permit(decision, CaseVerb.REQUEST_PAPERS, case)
    wanted = read_requirements(papers)
    after = life.request_papers(case.life, decision.version, wanted)
    register.cases.pause(case_id, decision.day, wanted)
    required = tuple(dict.fromkeys((*case.required, *wanted)))
    asked_again = {paper for requirement in wanted for paper in alternatives(requirement)}
    seen = [paper for paper in case.seen if paper not in asked_again]
    register.cases.save(after, papers_required=list(required), papers_seen=seen, due_on=None)
    _record(register, decision, CaseVerb.REQUEST_PAPERS, case_id)


def supplement_papers(register: Register, case_id: int, seen: Sequence[str], decision: Decision) -> None:
    """Take papers that were missing; once all are there the clock runs on.

    Raises NotFound, NotGranted, PaperNotAsked, CaseVersionStale, SupplementNeedsIncomplete.
    """
    _, case = _hold(register, case_id)
    _permit(decision, CaseVerb.SUPPLEMENT, case)
    shown = require_known(case.required, (*case.seen, *seen))
    missing = missing_papers(case.required, shown)
    after = life.supplement(case.life, decision.version, missing)
    pauses = case.clock.pauses
    if not missing:
        register.cases.resume(case_id, decision.day)
        pauses = tuple(Pause(pause.asked_on, pause.supplied_on or decision.day) for pause in pauses)
    register.cases.save(after, papers_seen=list(shown), due_on=_due(register, case, pauses))
    _record(register, decision, CaseVerb.SUPPLEMENT, case_id)


def check_site(register: Register, case_id: int, decision: Decision) -> None:
    """Record what was seen on site, as the actor's reason.

    Raises NotFound, NotGranted and what `case.check_site` refuses.
    """
    _, case = _hold(register, case_id)
    _permit(decision, CaseVerb.CHECK, case)
    register.cases.save(life.check_site(case.life, decision.actor, decision.version))
    _record(register, decision, CaseVerb.CHECK, case_id)


def preview_number(register: Register, case_id: int, by_hand: str, decision: Decision) -> NumberProposal:
    """Return the number the rule gives to the door of a case, or how one chosen by hand would stand.

    Raises NotFound, NotGranted, DoorOnOtherStreet, CentreNeeded.
    """
    case = register.cases.get(case_id)
    require(decision.actor, Permission.CASE_READ, case.area, decision.day)
    return propose_door_number(register, _street(register, case), door_of(case), by_hand)


def propose_number(register: Register, case_id: int, by_hand: str, decision: Decision) -> None:
    """Write the number for the door of a case: the rule's, or one chosen by hand with the actor's reason.

    Raises NotFound, NotGranted, DoorGetsNoNumber, HandNumberNeedsReason, NumberUnchangedInCase and what
    `case.propose_number` refuses.
    """
    street, case = _hold(register, case_id)
    _permit(decision, CaseVerb.NUMBER, case)
    assert street is not None
    proposed = _chosen(register, (street, case), by_hand.strip(), decision.actor.reason)
    if proposed.number is None:
        raise DoorGetsNoNumber(reason=proposed.reason)
    after = life.propose_number(case.life, decision.version)
    number = CaseNumber(proposed.number, proposed.text, proposed.reason, proposed.by_hand)
    register.cases.save_number(after, number)
    _record(register, decision, CaseVerb.NUMBER, case_id)


def submit_case(register: Register, case_id: int, decision: Decision) -> None:
    """Hand a case over for approval; its number is reserved, a point on the map becomes a door.

    Raises NotFound, NotGranted, CaseStreetNotApproved, DoorHasNumber, NumberAlreadyTaken, AddressTextTaken,
    StreetHasNoTownship and what `case.submit_case` refuses.
    """
    street, case = _hold(register, case_id)
    _permit(decision, CaseVerb.SUBMIT, case)
    after = life.submit_case(case.life, decision.actor, decision.version)
    if street is not None and case.number is not None:
        _reserve(register, (street, case), after, decision)
    else:
        register.cases.save(after)
    _record(register, decision, CaseVerb.SUBMIT, case_id)


def send_back_case(register: Register, case_id: int, decision: Decision) -> None:
    """Give a submitted case back to the counter; its number is free again.

    Raises NotFound, NotGranted and what `case.send_back_case` refuses.
    """
    _, case = _hold(register, case_id)
    _permit(decision, CaseVerb.SEND_BACK, case)
    after = life.send_back_case(case.life, decision.actor, decision.version)
    case_addresses.release_number(register, case)
    register.cases.save(after, reserved_id=None, new_text="")
    _record(register, decision, CaseVerb.SEND_BACK, case_id)


def approve_case(register: Register, case_id: int, decision: Decision) -> None:
    """Approve a case as a second person and carry it out in the register, in one transaction.

    Raises NotFound, NotGranted, DoorHasNumber, what `case.approve_case` and `case_addresses.carry_out` refuse.
    """
    street, case = _hold(register, case_id)
    _permit(decision, CaseVerb.APPROVE, case)
    after = life.approve_case(case.life, decision.actor, decision.version)
    _require_unnumbered(register, case)
    reason = decision.actor.reason.strip() or case.receipt
    carried = replace(decision, actor=replace(decision.actor, reason=reason))
    case_addresses.carry_out(register, street, case, carried)
    result = _result_of(case)
    register.cases.save(after, decided_on=decision.day, address_id=result)
    if result is not None:
        _unlock(register, result, case)
        register.journal.write(decision.actor.account_id, reason, case.life.kind.value, ("address", result))
    _record(register, decision, CaseVerb.APPROVE, case_id)


def reject_case(register: Register, case_id: int, decision: Decision) -> None:
    """Refuse a case as a second person; its number is free, its address unlocked.

    Raises NotFound, NotGranted and what `case.reject_case` refuses.
    """
    _, case = _hold(register, case_id)
    _permit(decision, CaseVerb.REJECT, case)
    after = life.reject_case(case.life, decision.actor, decision.version)
    _break_off(register, case, after, decision)
    _record(register, decision, CaseVerb.REJECT, case_id)


def withdraw_case(register: Register, case_id: int, decision: Decision) -> None:
    """End a case on the applicant's wish; its number is free, its address unlocked.

    Raises NotFound, NotGranted and what `case.withdraw_case` refuses.
    """
    _, case = _hold(register, case_id)
    _permit(decision, CaseVerb.WITHDRAW, case)
    after = life.withdraw_case(case.life, decision.actor, decision.version)
    _break_off(register, case, after, decision)
    _record(register, decision, CaseVerb.WITHDRAW, case_id)


def correct_case_end(register: Register, case_id: int, decision: Decision) -> None:
    """Take up a case again that was refused or withdrawn by mistake; its address is locked again.

    Raises NotFound, NotGranted, AddressHasOpenCase, DoorHasOpenCase and what `case.correct_end` refuses.
    """
    _, case = _hold(register, case_id)
    _permit(decision, CaseVerb.CORRECT_END, case)
    after = life.correct_end(case.life, decision.actor, decision.version)
    if case.life.kind.needs_address and case.address_id is not None:
        held = register.addresses.lock(case.address_id).locked_by
        if held is not None:
            raise AddressHasOpenCase(case=held)
        register.addresses.set_lock(case.address_id, case.receipt)
    register.cases.save(after, decided_on=None, due_on=_due(register, case, case.clock.pauses))
    _record(register, decision, CaseVerb.CORRECT_END, case_id)


def issue_notice(register: Register, case_id: int, decision: Decision) -> None:
    """Number the notice of an approved case; gapless within county and year.

    Raises NotFound, NotGranted, CaseVersionStale, NoticeNeedsApproval.
    """
    _, case = _hold(register, case_id)
    _permit(decision, CaseVerb.NOTIFY, case)
    after = life.issue_notice(case.life, decision.version)
    year = decision.day.year
    # Drawn in this transaction: a notice that is not issued after all leaves no gap.
    [serial] = register.serials.draw(f"notice:{case.county_code}:{year}", 1)
    register.cases.save(after, notice_year=year, notice_serial=serial, notified_on=decision.day)
    _record(register, decision, CaseVerb.NOTIFY, case_id)


def finish_case(register: Register, case_id: int, decision: Decision) -> None:
    """Close a case whose notice was handed over.

    Raises NotFound, NotGranted, CaseVersionStale, FinishNeedsNotice.
    """
    _, case = _hold(register, case_id)
    _permit(decision, CaseVerb.FINISH, case)
    register.cases.save(life.finish_case(case.life, decision.version))
    _record(register, decision, CaseVerb.FINISH, case_id)


def verbs_for(case: CaseRecord, decision: Decision) -> list[CaseVerb]:
    """Return what the actor may do to the case now: the buttons of its page."""
    return [verb for verb in life.possible_verbs(case.life) if _may(case, verb, decision)]


def door_of(case: CaseRecord) -> CaseDoor:
    """Return the door of a case: the register's, or the point that was shown on the map."""
    assert case.position is not None
    return CaseDoor(case.entrance_id or NEW_DOOR, case.position)


def _may(case: CaseRecord, verb: CaseVerb, decision: Decision) -> bool:
    permission = life.permission_for(verb)
    allowed = decide(decision.actor.grants, permission, case.area, decision.day).allowed
    if not allowed or not in_scope(decision.actor, permission):
        return False
    first = {case.life.opened_by, case.life.submitted_by}
    return verb not in DECISIONS - {CaseVerb.SEND_BACK} or decision.actor.account_id not in first


def _permit(decision: Decision, verb: CaseVerb, case: CaseRecord) -> None:
    require(decision.actor, life.permission_for(verb), case.area, decision.day)


def _hold(register: Register, case_id: int) -> tuple[StreetRecord | None, CaseRecord]:
    # The street before the case, always: two steps on one street wait for each other and never in a circle.
    street_id = register.cases.get(case_id).street_id
    street = register.streets.lock(street_id) if street_id is not None else None
    return street, register.cases.lock(case_id)


def _street(register: Register, case: CaseRecord) -> StreetRecord:
    assert case.street_id is not None
    return register.streets.get(case.street_id)


def _chosen(register: Register, about: tuple[StreetRecord, CaseRecord], by_hand: str, why: str) -> NumberProposal:
    street, case = about
    proposed = propose_door_number(register, street, door_of(case))
    if by_hand:
        chosen = propose_door_number(register, street, door_of(case), by_hand)
        require_hand_reason(chosen.text, proposed.text, why)
        proposed = chosen if chosen.number != proposed.number else proposed
    if case.address_id and case.life.kind.needs_address:
        present = register.addresses.lock(case.address_id).number
        if present == proposed.number:
            raise NumberUnchangedInCase(number=proposed.text)
    return proposed


def _reserve(register: Register, about: tuple[StreetRecord, CaseRecord], after: CaseLife, decision: Decision) -> None:
    street, case = about
    if not street.approved:
        raise CaseStreetNotApproved(street=street.name)
    _require_unnumbered(register, case)
    placed = case
    if case.entrance_id is None and not case.life.kind.needs_address:
        assert case.position is not None
        entrance = register.entrances.add(case.county_code, street.id, case.position, decision.day)
        placed = replace(case, entrance_id=entrance)
    address = case_addresses.reserve_number(register, street, placed, decision)
    register.cases.save(after, entrance_id=placed.entrance_id, reserved_id=address.id, new_text=address.text)


def _require_unnumbered(register: Register, case: CaseRecord) -> None:
    """Check that nobody numbered the door meanwhile; an address that is changed is numbered by itself."""
    if case.life.kind.needs_address or case.entrance_id is None:
        return
    number = register.entrances.number_held(case.entrance_id)
    if number is not None:
        raise DoorHasNumber(address=number)


def _result_of(case: CaseRecord) -> str | None:
    """Return the address that the case is about once it is approved."""
    return case.address_id if case.life.kind.needs_address else case.reserved_id


def _unlock(register: Register, address_id: str, case: CaseRecord) -> None:
    if register.addresses.lock(address_id).locked_by == case.receipt:
        register.addresses.set_lock(address_id, None)


def _break_off(register: Register, case: CaseRecord, after: CaseLife, decision: Decision) -> None:
    case_addresses.release_number(register, case)
    if case.life.kind.needs_address and case.address_id is not None:
        _unlock(register, case.address_id, case)
    register.cases.save(after, reserved_id=None, new_text="", decided_on=decision.day)


def _due(register: Register, case: CaseRecord, pauses: tuple[Pause, ...]) -> date | None:
    """Return the last day of a case with these pauses."""
    calendar = register.case_settings.in_force(case.county_code).calendar
    return due_day(replace(case.clock, pauses=pauses), calendar)


def _decided(case: CaseRecord) -> bool:
    return case.life.status in DECIDED


def _record(register: Register, decision: Decision, verb: CaseVerb, case_id: int) -> None:
    register.journal.write(decision.actor.account_id, decision.actor.reason, verb.value, ("case", case_id))
