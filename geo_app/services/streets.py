"""Streets and doors: draw a street, approve its name, add, move, describe and remove doors."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import shapely

from geo_app.domain.access import require
from geo_app.domain.access_roles import Permission
from geo_app.domain.address import Decision
from geo_app.domain.address_place import PositionNotOnEarth
from geo_app.domain.errors import DomainError, NotFound
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_circumstance import Circumstance
from geo_app.domain.position import Position
from geo_app.domain.street_group import touching_groups
from geo_app.domain.street_life import (
    StreetFacts,
    StreetLife,
    StreetStatus,
    approve_street,
    correct_street_name,
    correct_street_rejection,
    propose_street,
    reject_street,
)
from geo_app.domain.street_outcome import StreetState
from geo_app.domain.street_piece import line_problem
from geo_app.domain.street_pinyin import check_spelling, spell
from geo_app.domain.street_request import Notice
from geo_app.persistence.register import Register
from geo_app.persistence.streets import NewStreet
from geo_app.services.street_names import index_names

NO_NOTICE = Notice()
DIVISION = marked("division")


class StreetHasNoLine(DomainError):
    """A street lies somewhere."""

    pattern = "A street needs at least one drawn line."


class StreetLineUnusable(DomainError):
    """A line has length and stands on the earth."""

    pattern = "Line {line} cannot be used: {problem}"


class StreetLinesApart(DomainError):
    """Lines of one name that do not touch are two streets: namesakes."""

    pattern = "The lines do not touch; draw them as one street, or as two streets."


class NameIsApproved(DomainError):
    """An approved name is changed with its consequences seen."""

    pattern = "The name “{name}” is approved; rename the street instead, so that its addresses follow."


class DoorHasAddress(DomainError):
    """A door that people are sent to does not vanish."""

    pattern = "The door has the address {number}; retire that first."


class DoorIsPlanned(DomainError):
    """A door that a submitted plan numbers does not vanish under the reviewer."""

    pattern = "Plan {plan} is about to number this door; withdraw it or wait."


@dataclass(frozen=True, slots=True)
class StreetDrawing:
    """A street as drawn: name, code of its division, lines in degrees (SRID 4490).

    An empty spelling is proposed by the rules; `location` says in words where the street runs.
    """

    name: str
    division_code: str
    lines: Sequence[shapely.LineString]
    kind: str = "street"
    pinyin: str = ""
    location: str = ""


def draw_street(register: Register, drawing: StreetDrawing, decision: Decision) -> int:
    """Write a street, its name yet to be approved, and return its id.

    Raises NotFound, NotGranted, StreetNameMalformed, StreetHasNoLine, StreetLineUnusable, StreetLinesApart,
    StreetNameTaken, PinyinDiffers, PinyinTooLong, PinyinMissesTones.
    """
    division = register.streets.division_of(drawing.division_code)
    if division is None:
        raise NotFound(what=Message(DIVISION), key=drawing.division_code)
    require(decision.actor, Permission.STREET_EDIT, drawing.division_code, decision.day)
    _require_usable(drawing.lines)
    division_id, county_code = division
    facts = StreetFacts(register.streets.names_beside(division_id))
    proposed = propose_street(StreetLife(0, drawing.name.strip(), decision.day), decision, facts)
    typed = drawing.pinyin.strip()
    pinyin = check_spelling(proposed.name, typed).text if typed else spell(proposed.name).text
    street = NewStreet(
        county_code, division_id, proposed.name, drawing.kind, decision.actor.account_id, pinyin, drawing.location
    )
    street_id = register.streets.draw(street, drawing.lines, decision.day)
    index_names(register, county_code)
    _record(register, decision, "draw", ("street", street_id))
    return street_id


def approve_street_name(register: Register, street_id: int, decision: Decision, notice: Notice = NO_NOTICE) -> None:
    """Approve a street's name: from now on its doors can be numbered; `notice` is what the public notice tells.

    Raises NotFound, NotGranted, StreetVersionStale, ApproveStreetNeedsProposed, StreetApproverIsProposer,
    StreetNameTaken.
    """
    street = register.streets.lock(street_id)
    require(decision.actor, Permission.STREET_APPROVE, street.area, decision.day)
    facts = StreetFacts(register.streets.names_beside(street.division_id, but=street_id))
    approve_street(street.life, decision, facts)
    register.streets.approve_name(street_id, decision.day, notice)
    _record(register, decision, "approve", ("street", street_id))


def reject_street_name(register: Register, street_id: int, decision: Decision) -> None:
    """Reject a proposed name; the street stays drawn and waits for another name.

    Raises NotFound, NotGranted, StreetVersionStale, RejectStreetNeedsProposed, ReasonNotStated.
    """
    street = register.streets.lock(street_id)
    require(decision.actor, Permission.STREET_APPROVE, street.area, decision.day)
    reject_street(street.life, decision)
    register.streets.set_naming(street_id, "rejected")
    _record(register, decision, "reject", ("street", street_id))


def propose_other_name(register: Register, street_id: int, name: str, decision: Decision) -> None:
    """Propose another name for a street whose name is proposed or was rejected; nothing was numbered under it.

    Raises NotFound, NotGranted, StreetVersionStale, CorrectStreetNameNeedsLiving, ReasonNotStated, StreetNameUnchanged,
    StreetNameMalformed, StreetNameTaken.
    """
    street = register.streets.lock(street_id)
    require(decision.actor, Permission.STREET_EDIT, street.area, decision.day)
    facts = StreetFacts(register.streets.names_beside(street.division_id, but=street_id))
    before = street.life
    if before.status is StreetStatus.CURRENT:
        raise NameIsApproved(name=street.name)
    if before.status is StreetStatus.REJECTED:
        before = replace(correct_street_rejection(before, decision, StreetFacts()), version=before.version)
    after = correct_street_name(before, name.strip(), decision, facts)
    state = StreetState(street_id, after.name, spell(after.name).text, street.division_id)
    register.street_writes.rewrite(state, date.min)
    register.streets.propose(street_id, decision.actor.account_id)
    index_names(register, street.county_code)
    _record(register, decision, "propose", ("street", street_id))


def add_entrance(register: Register, street_id: int, position: Position, decision: Decision) -> int:
    """Write a new door of a street and return its id; it has no number until a plan gives one.

    Raises NotFound, NotGranted, PositionNotOnEarth.
    """
    _require_on_earth(position)
    street = register.streets.lock(street_id)
    require(decision.actor, Permission.ENTRANCE_EDIT, street.area, decision.day)
    entrance_id = register.entrances.add(street.county_code, street_id, position, decision.day)
    _record(register, decision, "add", ("entrance", entrance_id))
    return entrance_id


def move_entrance(register: Register, entrance_id: int, position: Position, decision: Decision) -> None:
    """Write where a door stands; a door that has a number keeps it wherever it goes, and its address goes with it.

    It may stand on a street or in a village group.

    Raises NotFound, NotGranted, EntranceVersionStale, PositionNotOnEarth.
    """
    _require_on_earth(position)
    _hold_door(register, entrance_id, decision)
    register.entrances.move(entrance_id, position)
    for address_id in register.addresses.move_with_entrance(entrance_id, position):
        _record(register, decision, "move", ("address", address_id))
    _record(register, decision, "move", ("entrance", entrance_id))


def describe_entrance(register: Register, entrance_id: int, circumstance: Circumstance, decision: Decision) -> None:
    """Write what is unusual about a door; a number that it has stays until a plan or a case decides.

    Raises NotFound, also for the door it is to belong to, NotGranted, EntranceVersionStale.
    """
    _hold_door(register, entrance_id, decision)
    register.entrances.describe(entrance_id, circumstance)
    _record(register, decision, "describe", ("entrance", entrance_id))


def remove_entrance(register: Register, entrance_id: int, decision: Decision) -> None:
    """End a door that has no address; one added today never was.

    Raises NotFound, NotGranted, EntranceVersionStale, DoorHasAddress, DoorIsPlanned.
    """
    _hold_door(register, entrance_id, decision)
    require_free_of_numbers(register, entrance_id)
    register.entrances.remove(entrance_id, decision.day)
    _record(register, decision, "remove", ("entrance", entrance_id))


def require_free_of_numbers(register: Register, entrance_id: int) -> None:
    """Check that no number hangs on a door, and none is on its way. Raises DoorHasAddress, DoorIsPlanned."""
    number = register.entrances.number_held(entrance_id)
    if number is not None:
        raise DoorHasAddress(number=number)
    plan = register.entrances.plan_about_to_number(entrance_id)
    if plan is not None:
        raise DoorIsPlanned(plan=plan)


def _hold_door(register: Register, entrance_id: int, decision: Decision) -> None:
    record = register.entrances.get(entrance_id)
    area = record.county_code
    if record.street_id is not None:
        # The street first, as everywhere: plans are computed while nobody moves its doors.
        area = register.streets.lock(record.street_id).area
    if record.village_group_id is not None:
        area = register.village_groups.lock(record.village_group_id).area
    require(decision.actor, Permission.ENTRANCE_EDIT, area, decision.day)
    register.entrances.lock(entrance_id, decision.version)


def _require_usable(lines: Sequence[shapely.LineString]) -> None:
    if not lines:
        raise StreetHasNoLine
    for count, line in enumerate(lines, 1):
        problem = line_problem(line)
        if problem is not None:
            raise StreetLineUnusable(line=count, problem=problem)
    column = np.empty(len(lines), dtype=object)
    column[:] = lines
    if touching_groups([""] * len(lines), column).max() > 0:
        raise StreetLinesApart


def _require_on_earth(position: Position) -> None:
    if not position.on_earth:
        raise PositionNotOnEarth(lon=position.lon, lat=position.lat)


def _record(register: Register, decision: Decision, verb: str, subject: tuple[str, object]) -> None:
    register.journal.write(decision.actor.account_id, decision.actor.reason, verb, subject)
