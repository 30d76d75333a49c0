"""The papers of a case as PDF: its receipt, the written list of missing papers, its notice."""

from geo_app.domain.access import require
from geo_app.domain.access_roles import Permission
from geo_app.domain.address import Decision
from geo_app.domain.case_kinds import CaseKind
from geo_app.domain.case_papers import missing_papers
from geo_app.domain.case_settings import Office, notice_number
from geo_app.domain.errors import DomainError
from geo_app.domain.position import Position
from geo_app.exchange.case_prints import (
    CaseHead,
    MissingPapers,
    Notice,
    Receipt,
    print_missing_papers,
    print_notice,
    print_receipt,
)
from geo_app.exchange.language import render
from geo_app.maps.case_sketch import REACH, Sketch, SketchDoor, SketchLine, case_sketch
from geo_app.persistence.cases import CaseRecord
from geo_app.persistence.queries.case_ground import GroundDoor, case_ground
from geo_app.persistence.register import Register


class NoticeNotIssued(DomainError):
    """A notice has a number and a day, or it is none."""

    pattern = "Case {case} has no notice yet; issue it first."


class NothingMissing(DomainError):
    """A written list names what is missing."""

    pattern = "No paper is missing in case {case}, so there is no list to print."


def case_receipt(register: Register, case_id: int, decision: Decision) -> bytes:
    """Return the receipt of a case. Raises NotFound, NotGranted."""
    case, office = _case(register, case_id, decision)
    missing = missing_papers(case.required, case.seen)
    clock = case.clock
    return print_receipt(
        Receipt(_head(register, case, office), clock.received_on, clock.limit_days, case.due_on, case.seen, missing)
    )


def case_missing_papers(register: Register, case_id: int, decision: Decision) -> bytes:
    """Return the written list of the papers that a case waits for. Raises NotFound, NotGranted, NothingMissing."""
    case, office = _case(register, case_id, decision)
    missing = missing_papers(case.required, case.seen)
    if not missing:
        raise NothingMissing(case=case.receipt)
    asked_on = max((pause.asked_on for pause in case.clock.pauses), default=case.clock.received_on)
    return print_missing_papers(MissingPapers(_head(register, case, office), missing, asked_on))


def case_notice(register: Register, case_id: int, decision: Decision) -> bytes:
    """Return the notice of a case; printed again it is the same, but for what changed around the door.

    Raises NotFound, NotGranted, NoticeNotIssued.
    """
    case, office = _case(register, case_id, decision)
    if case.notice is None or case.notified_on is None or case.decided_on is None or case.address_id is None:
        raise NoticeNotIssued(case=case.receipt)
    return print_notice(
        Notice(
            _head(register, case, office),
            case.life.kind,
            notice_number(office.notice_word, *case.notice),
            case.address_id,
            register.addresses.code_of(case.address_id),
            case.address_text if case.new_text else "",
            _sketch(register, case, case.position) if case.position else "",
            case.decided_on,
            case.notified_on,
        )
    )


def _case(register: Register, case_id: int, decision: Decision) -> tuple[CaseRecord, Office]:
    case = register.cases.get(case_id)
    require(decision.actor, Permission.CASE_READ, case.area, decision.day)
    return case, register.case_settings.in_force(case.county_code).office


def _head(register: Register, case: CaseRecord, office: Office) -> CaseHead:
    kind, subject = render(case.life.kind.word, "zh"), render(case.subject.word, "zh")
    name = office.name_in(register.divisions.name_of(case.county_code))
    return CaseHead(
        name, office.legal_basis, office.counter, case.receipt, kind, subject, case.text, case.shop_name, case.made_up
    )


def _sketch(register: Register, case: CaseRecord, place: Position) -> str:
    ground = case_ground(register.session, place, REACH)
    lines = [SketchLine(line.name, line.line, line.street_id == case.street_id) for line in ground.lines]
    doors = [SketchDoor(door.position, door.text) for door in ground.doors if _beside(door, case)]
    return case_sketch(Sketch(place, _number_of(case), lines, ground.buildings, doors))


def _beside(door: GroundDoor, case: CaseRecord) -> bool:
    return door.street_id == case.street_id


def _number_of(case: CaseRecord) -> str:
    """Return what stands at the door in the sketch: its number, without the street's name."""
    if case.number is not None:
        return case.number.text
    return case.address_text.rpartition(case.street_name or "")[2] if case.life.kind is not CaseKind.NEW else ""
