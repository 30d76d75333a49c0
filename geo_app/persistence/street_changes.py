"""Changes of streets in the register: their life, what was asked, what each did to every address."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, text, update
from sqlalchemy.orm import Session

from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.errors import NotFound
from geo_app.domain.message import Message, marked
from geo_app.domain.street_change import ChangeLife, ChangeStatus, ChangeVerb
from geo_app.domain.street_moves import Moved
from geo_app.domain.street_request import ChangeRequest
from geo_app.persistence.copying import copy_rows
from geo_app.persistence.paging import COUNTED, Page, Paging
from geo_app.persistence.tables import StreetChange

CHANGE = marked("change of a street")


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """A change with what was asked; `area` is the code of its street's division, `people` display names by step."""

    life: ChangeLife
    request: ChangeRequest
    county_code: str
    area: str
    street_id: int
    other_id: int | None
    street_name: str
    computed_on: str
    reason: str
    decision: str
    before: Mapping[str, Any] | None
    people: Mapping[str, str]
    times: Mapping[str, datetime]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What a change did to one address; `number` what it had, as columns."""

    address_id: str
    kind: str
    old_street_id: int | None
    old_text: str
    new_text: str
    old_code: str | None
    new_code: str | None
    number: HouseNumber | None
    old_division_id: int | None


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Which changes are wanted: of a street, in a state, under a division's code."""

    street_id: int | None = None
    status: str = ""
    division: str = ""


_STEPS = ("submitted", "decided", "carried_out")
_SELECT = """
    select c.*, coalesce(d.code, c.county_code) as area, u.id as undone_by,
        ps.display_name as submitted_name, pd.display_name as decided_name, pc.display_name as carried_out_name
    from street_change c join street s on s.id = c.street_id left join division d on d.id = s.division_id
    left join street_change u on u.corrects_id = c.id and u.status = 'carried_out'
    left join account ps on ps.id = c.submitted_by left join account pd on pd.id = c.decided_by
    left join account pc on pc.id = c.carried_out_by
"""
_ONE = text(f"{_SELECT} where c.id = :change")
_WHERE = """
    where (cast(:street as bigint) is null or c.street_id = :street or c.other_id = :street)
        and (:status = '' or c.status = :status)
        and (:division = '' or coalesce(d.code, c.county_code) like :division || '%')
"""
_PAGE = text(f"{_SELECT} {_WHERE} order by c.id desc limit :size offset :start")
_COUNT = text(f"select count(*) from (select 1 from ({_SELECT} {_WHERE}) w limit :counted) found")  # noqa: S608  constants; values are bound
_PENDING = text("""
    select id from street_change where status in ('submitted', 'approved')
        and (street_id = any(:streets) or other_id = any(:streets)) and id <> :but order by id limit 1
""")
_LATER = text("""
    select max(c.id) from street_change c
    left join street_change u on u.corrects_id = c.id and u.status = 'carried_out'
    where c.status = 'carried_out' and c.verb <> 'undo' and u.id is null and c.id > :change
        and (c.street_id = any(:streets) or c.other_id = any(:streets))
""")
_CORRECTING = text("""
    select id from street_change where corrects_id = :change and status in ('submitted', 'approved', 'carried_out')
    limit 1
""")
_LINES = text("""
    select address_id, kind, old_street_id, old_text, new_text, old_code, new_code, old_number, old_division_id
    from street_change_line where change_id = :change order by place limit :size offset :start
""")
_STATE = text("""
    select md5(concat_ws('|',
        (select string_agg(id || ':' || version, ',' order by id) from street where id = any(:streets)),
        (select string_agg(id || ':' || version, ',' order by id) from street_piece
            where street_id = any(:streets) and upper_inf(valid)),
        (select string_agg(id || ':' || version, ',' order by id) from entrance
            where street_id = any(:streets) and upper_inf(valid)),
        (select string_agg(id || ':' || version, ',' order by id) from standard_address
            where street_id = any(:streets) and status in ('proposed', 'current'))))
""")
_OPEN_PLANS = text("""
    select count(*) from numbering_plan where street_id = any(:streets) and status = any(:statuses)
""")
_LINE_COLUMNS = (
    "change_id", "address_id", "place", "kind", "old_street_id", "new_street_id", "old_text", "new_text", "old_code",
    "new_code", "old_number", "old_division_id",
)  # fmt: skip
EVERYTHING = 1_000_000
"""More addresses than any street has."""


class StreetChanges:
    """Finds, locks and writes changes of streets in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, change_id: int) -> ChangeRecord:
        """Return a change.

        Raises:
            NotFound: there is none.
        """
        row = self._session.execute(_ONE, {"change": change_id}).one_or_none()
        if row is None:
            raise NotFound(what=Message(CHANGE), key=change_id)
        return _record(row)

    def lock(self, change_id: int) -> ChangeRecord:
        """Return a change and hold it, after its streets: who holds a street may take its changes, never the reverse.

        Raises:
            NotFound: there is none.
        """
        self._session.execute(
            select(StreetChange.id).where(StreetChange.id == change_id).with_for_update(key_share=True)
        )
        return self.get(change_id)

    def page(self, wanted: ChangeFilter, paging: Paging) -> Page[ChangeRecord]:
        """Return one page of changes, the latest first."""
        values = {"street": wanted.street_id, "status": wanted.status, "division": wanted.division}
        found = self._session.execute(_PAGE, {**values, "size": paging.size, "start": paging.start})
        total = self._session.execute(_COUNT, {**values, "counted": COUNTED}).scalar_one()
        return Page(tuple(_record(row) for row in found), total, paging)

    def add(self, record: ChangeRecord) -> int:
        """Write a submitted change and return its id."""
        life = record.life
        return int(
            self._session.execute(
                insert(StreetChange)
                .values(
                    county_code=record.county_code, verb=life.verb.value, street_id=record.street_id,
                    other_id=record.other_id, street_name=record.street_name, day=life.day,
                    request=record.request.to_mapping(), computed_on=record.computed_on, reason=record.reason,
                    submitted_by=life.submitted_by, corrects_id=life.corrects,
                )
                .returning(StreetChange.id)
            ).scalar_one()
        )  # fmt: skip

    def save(self, life: ChangeLife, step: str, **values: Any) -> None:
        """Write where a change stands after a step (decided, carried_out), which happens now."""
        people = {"decided_by": life.decided_by, "carried_out_by": life.carried_out_by}
        happened = {f"{step}_at": text("now()")} if step else {}
        self._session.execute(
            update(StreetChange)
            .where(StreetChange.id == life.change_id)
            .values(status=life.status.value, version=life.version, **people, **happened, **values)
        )

    def pending(self, streets: Iterable[int], *, but: int = 0) -> int | None:
        """Return a change of one of these streets that is under way."""
        return self._session.execute(_PENDING, {"streets": list(streets), "but": but}).scalar()

    def later(self, change: ChangeRecord) -> int | None:
        """Return the latest change of the same streets that came after this one and still stands."""
        streets = [one for one in (change.street_id, change.other_id) if one is not None]
        return self._session.execute(_LATER, {"change": change.life.change_id, "streets": streets}).scalar()

    def correcting(self, change_id: int) -> int | None:
        """Return the change that takes this one back, or is about to."""
        return self._session.execute(_CORRECTING, {"change": change_id}).scalar()

    def state(self, streets: Iterable[int]) -> str:
        """Return a mark that changes whenever the streets, their lines, doors or addresses do."""
        return str(self._session.execute(_STATE, {"streets": sorted(streets)}).scalar_one())

    def open_plans(self, streets: Iterable[int], statuses: Sequence[str]) -> int:
        """Return how many numbering plans of these streets stand in one of `statuses`."""
        values = {"streets": list(streets), "statuses": list(statuses)}
        return int(self._session.execute(_OPEN_PLANS, values).scalar_one())

    def write_lines(self, change_id: int, moved: Sequence[Moved], codes: Mapping[str, str]) -> None:
        """Keep what the change does to each address."""
        rows = (_line_row(change_id, place, one, codes) for place, one in enumerate(moved) if one.changed)
        copy_rows(self._session, "street_change_line", _LINE_COLUMNS, rows)

    def count_lines(self, change_id: int) -> int:
        """Return how many addresses a change changed."""
        count = text("select count(*) from street_change_line where change_id = :change")
        return int(self._session.execute(count, {"change": change_id}).scalar_one())

    def lines(self, change_id: int, paging: Paging | None = None) -> list[ChangeLine]:
        """Return what a change did to addresses, all of them or a page."""
        asked = paging or Paging(size=EVERYTHING)
        found = self._session.execute(_LINES, {"change": change_id, "size": asked.size, "start": asked.start})
        return [_line(row) for row in found]


def _record(row: Row[Any]) -> ChangeRecord:
    life = ChangeLife(
        row.id, ChangeVerb(row.verb), row.day, ChangeStatus(row.status), row.version, row.submitted_by, row.decided_by,
        row.carried_out_by, row.corrects_id, row.undone_by,
    )  # fmt: skip
    kept = row._mapping  # noqa: SLF001  SQLAlchemy's public name
    return ChangeRecord(
        life, ChangeRequest.from_mapping(row.request), row.county_code, row.area, row.street_id, row.other_id,
        row.street_name, row.computed_on, row.reason, row.decision, row.before,
        people={step: kept[f"{step}_name"] for step in _STEPS if kept[f"{step}_name"]},
        times={step: kept[f"{step}_at"] for step in _STEPS if kept[f"{step}_at"]},
    )  # fmt: skip


def _line_row(change_id: int, place: int, one: Moved, codes: Mapping[str, str]) -> tuple[object, ...]:
    before, after = one.before, one.after
    number = before.number
    kept = (
        f'{{"number": {number.number}, "suffix": "{number.suffix}", "sub_number": {number.sub_number}}}'
        if number
        else None
    )
    return (
        change_id, before.id, place, before.kind.value, before.street_id, after.street_id, before.text, after.text,
        before.code, codes.get(before.id, before.code), kept, before.division_id,
    )  # fmt: skip


def _line(row: Row[Any]) -> ChangeLine:
    number = HouseNumber(**row.old_number) if row.old_number else None
    return ChangeLine(
        row.address_id, row.kind, row.old_street_id, row.old_text, row.new_text, row.old_code, row.new_code, number,
        row.old_division_id,
    )  # fmt: skip
