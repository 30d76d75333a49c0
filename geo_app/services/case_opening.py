"""Opening a case at the counter: what it is about, which papers were shown, what the citizen takes home."""

from dataclasses import dataclass, replace
from datetime import date

from geo_app.domain import case_refusals as refusals
from geo_app.domain.access import require
from geo_app.domain.access_roles import Permission
from geo_app.domain.address import Decision, Status
from geo_app.domain.address_place import PositionNotOnEarth
from geo_app.domain.case import CaseStatus
from geo_app.domain.case_clock import CaseClock, Pause, due_day
from geo_app.domain.case_kinds import CaseKind, Effect, Subject
from geo_app.domain.case_papers import missing_papers, require_known
from geo_app.domain.case_settings import receipt_number
from geo_app.domain.position import Position
from geo_app.persistence.cases import NewCase
from geo_app.persistence.register import Register


@dataclass(frozen=True, slots=True)
class CaseRequest:
    """What somebody came for: a door of the register or a point (degrees) on a street, or an address.

    `address_id` is the address the case is about; for a divided household or shop, the one it was part of.
    `seen` are the papers that were shown, `shop_name` only what hangs above the shop's door.
    """

    kind: CaseKind
    subject: Subject
    street_id: int | None = None
    entrance_id: int | None = None
    position: Position | None = None
    address_id: str | None = None
    seen: tuple[str, ...] = ()
    shop_name: str = ""
    note: str = ""
    made_up: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a case lies, as ids and as the register reads it."""

    area: str
    county_code: str
    street_id: int | None = None
    division_id: int | None = None
    entrance_id: int | None = None
    position: Position | None = None
    address_text: str = ""
    address_id: str | None = None


def open_case(register: Register, asked: CaseRequest, decision: Decision) -> int:
    """Write a case received on the decision's day and return its id; its address is locked from now on.

    With papers missing it is opened as waiting for them, and the written list is ready.
    Raises NotFound, NotGranted, PaperNotAsked, SplitNeedsNewNumber, SplitNeedsOrigin, KindNeedsAddress, KindNeedsDoor,
    CaseInVillageGroup, CaseAddressNotCurrent, AddressNotTemporary, AddressHasOpenCase, DoorHasNumber,
    DoorOnOtherStreet, DoorHasOpenCase, CaseStreetNotApproved, PositionNotOnEarth.
    """
    _require_sensible(asked)
    place = _place_of_address(register, asked) if asked.kind.needs_address else _place_of_door(register, asked)
    require(decision.actor, Permission.CASE_OPEN, place.area, decision.day)
    case = _new_case(register, asked, place, decision.day)
    case_id = register.cases.add(case, decision.actor.account_id)
    missing = missing_papers(case.required, case.seen)
    if missing:
        register.cases.pause(case_id, decision.day, missing)
    if asked.kind.needs_address and place.address_id:
        register.addresses.set_lock(place.address_id, case.receipt[2])
    register.journal.write(decision.actor.account_id, decision.actor.reason, "open", ("case", case_id))
    return case_id


def _require_sensible(asked: CaseRequest) -> None:
    makes_door = asked.kind.effect in {Effect.MAKE, Effect.MAKE_TEMPORARY}
    if asked.subject.divided and not makes_door:
        raise refusals.SplitNeedsNewNumber(kind=asked.kind.word)
    if asked.subject.divided and not asked.address_id:
        raise refusals.SplitNeedsOrigin
    if asked.kind.needs_address and not asked.address_id:
        raise refusals.KindNeedsAddress(kind=asked.kind.word)
    if makes_door and (asked.street_id is None or (asked.entrance_id is None and asked.position is None)):
        raise refusals.KindNeedsDoor(kind=asked.kind.word)
    if asked.position is not None and not asked.position.on_earth:
        raise PositionNotOnEarth(lon=asked.position.lon, lat=asked.position.lat)


def _place_of_address(register: Register, asked: CaseRequest) -> _Place:
    address_id = asked.address_id or ""
    if register.village_groups.of_address(address_id) is not None:
        raise refusals.CaseInVillageGroup(address=register.addresses.text_of(address_id))
    street_id = register.addresses.street_of(address_id)
    # The street before the address, as everywhere: plans move addresses while they hold the street.
    street = register.streets.lock(street_id)
    address = register.addresses.lock(address_id)
    text = register.addresses.text_of(address_id)
    if address.status is not Status.CURRENT:
        raise refusals.CaseAddressNotCurrent(address=text, status=address.status.word)
    if address.locked_by is not None:
        raise refusals.AddressHasOpenCase(case=address.locked_by)
    if asked.kind is CaseKind.FORMALISE and not register.addresses.is_temporary(address_id):
        raise refusals.AddressNotTemporary(address=text)
    entrance_id = register.addresses.entrance_of(address_id)
    division_id = register.addresses.division_of(address_id)
    return _Place(
        street.area, street.county_code, street_id, division_id, entrance_id, address.position, text, address_id
    )


def _place_of_door(register: Register, asked: CaseRequest) -> _Place:
    street = register.streets.lock(asked.street_id or 0)
    if not street.approved:
        raise refusals.CaseStreetNotApproved(street=street.name)
    origin = _origin(register, asked.address_id) if asked.address_id else ""
    place = _Place(
        street.area, street.county_code, street.id, street.division_id, None, asked.position, origin, asked.address_id
    )
    if asked.entrance_id is None:
        return place
    door = register.entrances.get(asked.entrance_id)
    if door.street_id != street.id:
        raise refusals.DoorOnOtherStreet
    number = register.entrances.number_held(asked.entrance_id)
    if number is not None:
        raise refusals.DoorHasNumber(address=number)
    return replace(place, entrance_id=asked.entrance_id, position=door.door.position)


def _origin(register: Register, address_id: str) -> str:
    address = register.addresses.lock(address_id)
    text = register.addresses.text_of(address_id)
    if address.status is not Status.CURRENT:
        raise refusals.CaseAddressNotCurrent(address=text, status=address.status.word)
    return text


def _new_case(register: Register, asked: CaseRequest, place: _Place, day: date) -> NewCase:
    settings = register.case_settings.in_force(place.county_code)
    required = settings.papers.required(asked.kind, asked.subject)
    seen = require_known(required, asked.seen)
    waits = bool(missing_papers(required, seen))
    clock = CaseClock(day, settings.limits.of(asked.kind), (Pause(day),) if waits else ())
    # Drawn in this transaction: a case that is not written after all leaves no gap.
    [serial] = register.serials.draw(f"receipt:{place.county_code}:{day.year}", 1)
    return NewCase(
        place.county_code,
        (day.year, serial, receipt_number(place.county_code, day.year, serial)),
        asked.kind, asked.subject, required, seen, clock, due_day(clock, settings.calendar),
        CaseStatus.INCOMPLETE if waits else CaseStatus.RECEIVED,
        place.street_id, place.division_id, place.entrance_id,
        None if place.entrance_id is not None else place.position,
        place.address_id, place.address_text, asked.shop_name.strip(), asked.note.strip(), asked.made_up,
    )  # fmt: skip
