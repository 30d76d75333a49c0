"""Counter cases in the register: found, opened, taken a step further."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.case import DECIDED, CaseLife, CaseStatus
from geo_app.domain.case_clock import CaseClock, Pause
from geo_app.domain.case_kinds import CaseKind, Subject
from geo_app.domain.case_refusals import DoorHasOpenCase
from geo_app.domain.errors import NotFound
from geo_app.domain.message import Message, marked
from geo_app.domain.position import Position
from geo_app.persistence.entrances import house_number
from geo_app.persistence.message_json import message_from, message_to
from geo_app.persistence.paging import COUNTED, Page, Paging
from geo_app.persistence.queries import case_list
from geo_app.persistence.tables import CasePause, CounterCase

CASE = marked("case")


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case to be opened; `position` (degrees) of a door that is only a point on the map yet."""

    county_code: str
    receipt: tuple[int, int, str]
    kind: CaseKind
    subject: Subject
    required: tuple[str, ...]
    seen: tuple[str, ...]
    clock: CaseClock
    due_on: date | None
    status: CaseStatus
    street_id: int | None = None
    division_id: int | None = None
    entrance_id: int | None = None
    position: Position | None = None
    address_id: str | None = None
    address_text: str = ""
    shop_name: str = ""
    note: str = ""
    made_up: bool = False


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """The number proposed to a case, and why."""

    number: HouseNumber
    text: str
    reason: Message
    by_hand: bool


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A case as it stands; `area` is the code of its street's division, else of its own or its county.

    `position` in degrees; `notice` is year and serial; `asked` are the papers of the pause that is open.
    """

    life: CaseLife
    county_code: str
    receipt: str
    subject: Subject
    area: str
    required: tuple[str, ...]
    seen: tuple[str, ...]
    clock: CaseClock
    due_on: date | None
    opened_at: datetime
    street_id: int | None = None
    street_name: str | None = None
    division_id: int | None = None
    entrance_id: int | None = None
    position: Position | None = None
    address_id: str | None = None
    address_text: str = ""
    reserved_id: str | None = None
    number: CaseNumber | None = None
    new_text: str = ""
    notice: tuple[int, int] | None = None
    decided_on: date | None = None
    notified_on: date | None = None
    shop_name: str = ""
    note: str = ""
    made_up: bool = False
    people: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Return what the case is about: its new address, else the one it has, else its street."""
        return (
            self.new_text or self.address_text or (self.street_name or "") + (self.number.text if self.number else "")
        )


@dataclass(frozen=True, slots=True)
class CaseStep:
    """Who did what in a case, and why."""

    at: datetime
    account: str
    verb: str
    reason: str


class Cases:
    """Finds, opens and changes cases in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, case_id: int) -> CaseRecord:
        """Return a case.

        Raises:
            NotFound: there is none.
        """
        row = self._session.execute(text(case_list.ONE), {"case": case_id}).one_or_none()
        if row is None:
            raise NotFound(what=Message(CASE), key=case_id)
        return record_of(row)

    def lock(self, case_id: int) -> CaseRecord:
        """Return a case and hold it, after its street: whoever holds a street may take its cases, never the reverse.

        Raises:
            NotFound: there is none.
        """
        self._session.execute(select(CounterCase.id).where(CounterCase.id == case_id).with_for_update(key_share=True))
        return self.get(case_id)

    def by_receipt(self, receipt: str) -> int:
        """Return the id of the case with this receipt number.

        Raises:
            NotFound: there is none.
        """
        found = self._session.execute(text(case_list.BY_RECEIPT), {"receipt": receipt}).scalar_one_or_none()
        if found is None:
            raise NotFound(what=Message(CASE), key=receipt)
        return int(found)

    def page(self, wanted: case_list.CaseFilter, paging: Paging) -> Page[CaseRecord]:
        """Return one page of cases."""
        statement, values = case_list.statement(wanted)
        found = self._session.execute(text(statement), {**values, "size": paging.size, "start": paging.start})
        statement, values = case_list.count(wanted)
        total = self._session.execute(text(statement), {**values, "counted": COUNTED}).scalar_one()
        return Page(tuple(record_of(row) for row in found), total, paging)

    def undecided(self, county_code: str) -> list[CaseRecord]:
        """Return the cases of a county whose clock runs or is paused, and hold them."""
        query = (
            select(CounterCase.id)
            .where(CounterCase.county_code == county_code, CounterCase.status.not_in(sorted(DECIDED)))
            .order_by(CounterCase.id)
            .with_for_update(key_share=True)
        )
        return [self.get(case_id) for case_id in self._session.scalars(query)]

    def open_at_entrance(self, entrance_id: int) -> str | None:
        """Return the receipt number of the undecided case for a door."""
        return self._session.execute(
            select(CounterCase.receipt).where(
                CounterCase.entrance_id == entrance_id, CounterCase.status.not_in(sorted(DECIDED))
            )
        ).scalar()

    def add(self, case: NewCase, account_id: int) -> int:
        """Write a new case and return its id.

        Raises:
            DoorHasOpenCase: somebody opened one for the same door.
        """
        year, serial, receipt = case.receipt
        values = {
            "county_code": case.county_code, "receipt_year": year, "receipt_serial": serial, "receipt": receipt,
            "kind": case.kind.value, "subject": case.subject.value, "status": case.status.value,
            "street_id": case.street_id, "division_id": case.division_id, "entrance_id": case.entrance_id,
            "position": _ewkt(case.position), "address_id": case.address_id, "address_text": case.address_text,
            "shop_name": case.shop_name, "note": case.note, "papers_required": list(case.required),
            "papers_seen": list(case.seen), "received_on": case.clock.received_on,
            "limit_days": case.clock.limit_days, "due_on": case.due_on, "opened_by": account_id,
            "made_up": case.made_up,
        }  # fmt: skip
        with self._one_case_a_door():
            return int(
                self._session.execute(insert(CounterCase).values(**values).returning(CounterCase.id)).scalar_one()
            )

    def save(self, life: CaseLife, **values: Any) -> None:
        """Write a step: the life after it, and what else it changed, by column.

        Raises:
            DoorHasOpenCase: it comes back to a door for which another case is open.
        """
        step = (
            update(CounterCase)
            .where(CounterCase.id == life.case_id)
            .values(
                status=life.status.value, version=life.version, site_checked=life.site_checked,
                submitted_by=life.submitted_by, decided_by=life.decided_by, **values,
            )
        )  # fmt: skip
        with self._one_case_a_door():
            self._session.execute(step)

    @contextmanager
    def _one_case_a_door(self) -> Iterator[None]:
        try:
            with self._session.begin_nested():
                yield
        except IntegrityError as clash:
            door = re.search(r"\(entrance_id\)=\((\d+)\)", str(clash.orig))
            if door is None:
                raise
            raise DoorHasOpenCase(case=self.open_at_entrance(int(door[1])) or "") from clash

    def save_number(self, life: CaseLife, number: CaseNumber) -> None:
        """Write the number proposed to a case."""
        house = number.number
        self.save(
            life, number=house.number, suffix=house.suffix or None, sub_number=house.sub_number or None,
            number_text=number.text, number_reason=message_to(number.reason), by_hand=number.by_hand,
        )  # fmt: skip

    def forget_reservation(self, case_id: int) -> None:
        """Write that the case holds no proposed address any more, before that one is removed."""
        self._session.execute(update(CounterCase).where(CounterCase.id == case_id).values(reserved_id=None))

    def set_due(self, case_id: int, due_on: date | None) -> None:
        """Write a case's last day; its version stays, for nobody took a step."""
        self._session.execute(update(CounterCase).where(CounterCase.id == case_id).values(due_on=due_on))

    def pause(self, case_id: int, day: date, papers: Sequence[str]) -> None:
        """Write that papers were asked for in writing."""
        self._session.execute(insert(CasePause).values(case_id=case_id, asked_on=day, papers=list(papers)))

    def resume(self, case_id: int, day: date) -> None:
        """Write that the papers that were missing have come."""
        self._session.execute(
            update(CasePause)
            .where(CasePause.case_id == case_id, CasePause.supplied_on.is_(None))
            .values(supplied_on=day)
        )

    def steps(self, case_id: int) -> list[CaseStep]:
        """Return what was done in a case, the latest first."""
        rows = self._session.execute(
            text("""
                select c.at, a.display_name, c.verb, c.reason from change_entry c join account a on a.id = c.account_id
                where c.subject_kind = 'case' and c.subject_key = :key order by c.id desc limit 200
            """),
            {"key": str(case_id)},
        )
        return [CaseStep(row.at, row.display_name, row.verb, row.reason) for row in rows]


def record_of(row: Row[Any]) -> CaseRecord:
    """Return a row of `case_list` as a value."""
    pauses = [(_day(asked), _day(came), tuple(papers)) for asked, came, papers in row.pauses]
    missing = next((papers for _, came, papers in pauses if came is None), ())
    number = house_number(row.number, row.suffix, row.sub_number)
    life = CaseLife(
        row.id, CaseKind(row.kind), row.version, CaseStatus(row.status), missing, row.site_checked,
        number is not None, row.opened_by, row.submitted_by, row.decided_by,
    )  # fmt: skip
    clock = CaseClock(
        row.received_on, row.limit_days, tuple(Pause(asked, came) for asked, came, _ in pauses if asked is not None)
    )
    return CaseRecord(
        life, row.county_code, row.receipt, Subject(row.subject), row.area, tuple(row.papers_required),
        tuple(row.papers_seen), clock, row.due_on, row.opened_at, row.street_id, row.street_name, row.division_id,
        row.entrance_id, None if row.lon is None else Position(row.lon, row.lat), row.address_id, row.address_text,
        row.reserved_id, _number(row, number), row.new_text,
        (row.notice_year, row.notice_serial) if row.notice_serial else None, row.decided_on, row.notified_on,
        row.shop_name, row.note, row.made_up,
        {step: name for step in ("opened", "submitted", "decided") if (name := getattr(row, f"{step}_name"))},
    )  # fmt: skip


def _number(row: Row[Any], number: HouseNumber | None) -> CaseNumber | None:
    if number is None:
        return None
    return CaseNumber(number, row.number_text, message_from(row.number_reason), row.by_hand)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _ewkt(position: Position | None) -> str | None:
    return f"SRID=4490;POINT({position.lon!r} {position.lat!r})" if position else None
