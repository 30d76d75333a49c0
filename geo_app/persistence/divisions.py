"""Divisions in the register: as of a day, through time, with their outlines and successions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely
from geoalchemy2.shape import from_shape
from sqlalchemy import Row, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_app.domain.division import Level
from geo_app.domain.division_register import DivisionCodeTaken
from geo_app.domain.errors import NotFound
from geo_app.domain.message import Message, marked
from geo_app.domain.position import SRID
from geo_app.persistence.paging import Page, Paging
from geo_app.persistence.tables import DivisionOutline, DivisionSuccession

DIVISION = marked("division")

_COLUMNS = "r.id, r.code, r.level, r.name, r.parent_id, r.version, lower(r.valid) as since, upper(r.valid) as until"
_AS_OF = """
    select distinct on (r.code, r.id) {columns} from division_timeline r
    where r.valid @> cast(:day as date) and upper_inf(r.recorded) and r.code like :prefix
    order by r.code, r.id, lower(r.recorded) desc
""".replace("{columns}", _COLUMNS)
_FILTERED = """
    select found.*, count(*) over () as total from ({as_of}) found
    where position(:name in found.name) > 0 and (:level = '' or found.level = :level)
    order by found.code, found.id limit :size offset :start
""".replace("{as_of}", _AS_OF)
_ONE = "select {columns} from division r where r.id = :id".replace("{columns}", _COLUMNS)
_LIVING = "select {columns} from division r where r.code = :code and upper_inf(r.valid)".replace("{columns}", _COLUMNS)
_BELOW = """
    select {columns} from division r where r.parent_id = :id and upper_inf(r.valid) order by r.code
""".replace("{columns}", _COLUMNS)
_VERSIONS = """
    select distinct on (lower(r.valid)) {columns} from division_timeline r
    where r.id = :id and upper_inf(r.recorded) and not isempty(r.valid) order by lower(r.valid), lower(r.recorded) desc
""".replace("{columns}", _COLUMNS)
_SUCCESSIONS = """
    select s.id, s.kind, s.happened_on, s.certainty, s.note, s.source, s.detail, s.predecessor_id, s.successor_id,
        old.name as old_name, old.code as old_code, new.name as new_name, new.code as new_code
    from division_succession s left join division old on old.id = s.predecessor_id
    left join division new on new.id = s.successor_id
"""
_OF_DIVISION = _SUCCESSIONS + " where :id in (s.predecessor_id, s.successor_id) order by s.happened_on, s.id"
_OPEN = (
    _SUCCESSIONS
    + """
    where s.certainty = 'proposed' and (old.code like :prefix or new.code like :prefix)
    order by coalesce(old.code, new.code), s.id
"""
)
_ONE_SUCCESSION = _SUCCESSIONS + " where s.id = :id for update of s"
_END = text("""
    update division set valid = daterange(lower(valid), greatest(lower(valid), cast(:day as date)))
    where id = :id
""")
_CHANGE = text("""
    update division set name = :name, parent_id = :parent, code = :code,
        valid = daterange(greatest(lower(valid), cast(:day as date)), null), import_id = coalesce(:import, import_id)
    where id = :id
""")
_OUTLINE = text("""
    select st_asgeojson(outline, 7) as shape, derived, source, lower(valid) as since, version
    from division_outline where division_id = :id
""")
_ANSWERED = text("""
    update division_succession set certainty = 'decided', note = :note
    where successor_id = :id and predecessor_id is null and certainty = 'proposed'
""")


@dataclass(frozen=True, slots=True)
class DivisionRecord:
    """A division as it stands, or stood: `since` the first day of these values, `until` the first day after, if any."""

    id: int
    code: str
    level: Level
    name: str
    parent_id: int | None
    version: int
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class SuccessionRecord:
    """Who followed whom; `detail` holds the reasons, the proposal and the candidates of an open question."""

    id: int
    kind: str
    happened_on: date
    certainty: str
    note: str
    source: str
    detail: Mapping[str, Any]
    predecessor: tuple[int, str, str] | None
    successor: tuple[int, str, str] | None


@dataclass(frozen=True, slots=True)
class DivisionFilter:
    """Which divisions are asked for: code begins so, name contains, level by name ("village"); empty: all."""

    under: str = ""
    name: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class NewSuccession:
    """A succession to be written; `certainty` is certain, proposed or decided."""

    kind: str
    happened_on: date
    certainty: str
    predecessor_id: int | None
    successor_id: int | None
    source: str = ""
    detail: Mapping[str, Any] | None = None
    import_id: int | None = None


@dataclass(frozen=True, slots=True)
class OutlineRecord:
    """The present outline as GeoJSON text in degrees (SRID 4490), whether it was derived, and from where it is."""

    shape: str
    derived: bool
    source: str
    since: date | None
    version: int


class Divisions:
    """Reads and changes divisions in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def as_of(self, day: date, prefix: str) -> list[DivisionRecord]:
        """Return the divisions whose code begins so, as they stood on `day` by what is known now, by code."""
        return [_record(row) for row in self._session.execute(text(_AS_OF), {"day": day, "prefix": f"{prefix}%"})]

    def page_as_of(self, day: date, asked: DivisionFilter, paging: Paging) -> Page[DivisionRecord]:
        """Return one page of the divisions that fit, as they stood on `day`, by code."""
        values = {"prefix": f"{asked.under}%", "name": asked.name, "level": asked.level}
        limits = {"day": day, "size": paging.size, "start": paging.start}
        rows = self._session.execute(text(_FILTERED), values | limits).all()
        return Page(tuple(_record(row) for row in rows), rows[0].total if rows else 0, paging)

    def get(self, division_id: int) -> DivisionRecord:
        """Return a division, living or ended.

        Raises NotFound.
        """
        row = self._session.execute(text(_ONE), {"id": division_id}).one_or_none()
        if row is None:
            raise NotFound(what=Message(DIVISION), key=division_id)
        return _record(row)

    def lock(self, division_id: int) -> DivisionRecord:
        """Return a division and hold it.

        Raises NotFound.
        """
        self._session.execute(text("select 1 from division where id = :id for no key update"), {"id": division_id})
        return self.get(division_id)

    def living(self, code: str) -> DivisionRecord | None:
        """Return the living division of a code."""
        found = self._session.execute(text(_LIVING), {"code": code}).one_or_none()
        return _record(found) if found else None

    def name_of(self, code: str) -> str:
        """Return the name of the living division with `code`; "" where there is none."""
        found = self.living(code)
        return found.name if found else ""

    def below(self, division_id: int) -> list[DivisionRecord]:
        """Return the living divisions that lie directly in a division, by code."""
        return [_record(row) for row in self._session.execute(text(_BELOW), {"id": division_id})]

    def versions(self, division_id: int) -> list[DivisionRecord]:
        """Return what a division was called through time, by what is known now, the earliest first."""
        return [_record(row) for row in self._session.execute(text(_VERSIONS), {"id": division_id})]

    def change(self, record: DivisionRecord, day: date, import_id: int | None = None) -> None:
        """Write code, name and parent that a division has from `day` on.

        Raises DivisionCodeTaken.
        """
        values = {"id": record.id, "code": record.code, "name": record.name, "parent": record.parent_id}
        try:
            self._session.execute(_CHANGE, {**values, "day": day, "import": import_id})
        except IntegrityError as clash:
            raise DivisionCodeTaken(code=record.code, name=record.name) from clash

    def end(self, division_id: int, day: date) -> None:
        """End a division on `day`."""
        self._session.execute(_END, {"id": division_id, "day": day})

    def mark(self, division_id: int, import_id: int) -> None:
        """Note that an import ended a division, so that its undo brings it back."""
        self._session.execute(
            text("update division set import_id = :import where id = :id"), {"id": division_id, "import": import_id}
        )

    def link(self, succession: NewSuccession) -> int:
        """Write who followed whom, and return its number."""
        values = {name: getattr(succession, name) for name in NewSuccession.__slots__}
        statement = insert(DivisionSuccession).values(**values).returning(DivisionSuccession.id)
        return int(self._session.execute(statement).scalar_one())

    def successions(self, division_id: int) -> list[SuccessionRecord]:
        """Return what a division came from and became."""
        return [_succession(row) for row in self._session.execute(text(_OF_DIVISION), {"id": division_id})]

    def open_questions(self, prefix: str) -> list[SuccessionRecord]:
        """Return the successions of an area that a person has to decide."""
        return [_succession(row) for row in self._session.execute(text(_OPEN), {"prefix": f"{prefix}%"})]

    def question(self, succession_id: int) -> SuccessionRecord:
        """Return one succession, and hold it.

        Raises NotFound.
        """
        row = self._session.execute(text(_ONE_SUCCESSION), {"id": succession_id}).one_or_none()
        if row is None:
            raise NotFound(what=Message(marked("succession")), key=succession_id)
        return _succession(row)

    def decide(self, succession_id: int, kind: str, successor_id: int | None, note: str) -> None:
        """Write what a person decided."""
        self._session.execute(
            update(DivisionSuccession)
            .where(DivisionSuccession.id == succession_id)
            .values(kind=kind, successor_id=successor_id, note=note, certainty="decided")
        )

    def answer_founding(self, successor_id: int, note: str) -> None:
        """Close the question where a division came from, once somebody decided what became part of it."""
        self._session.execute(_ANSWERED, {"id": successor_id, "note": note})

    def outline(self, division_id: int) -> OutlineRecord | None:
        """Return the present outline."""
        row = self._session.execute(_OUTLINE, {"id": division_id}).one_or_none()
        return OutlineRecord(row.shape, row.derived, row.source, row.since, row.version) if row else None

    def draw(self, division_id: int, shape: shapely.MultiPolygon, day: date, origin: tuple[str, int | None]) -> bool:
        """Write an outline that holds from `day` on; return whether it differs from the present one.

        `origin` is its source and import.
        """
        source, import_id = origin
        there = self._session.execute(
            select(DivisionOutline.id, func.lower(DivisionOutline.valid).label("since"),
                   func.st_orderingequals(DivisionOutline.outline, from_shape(shape, SRID)).label("same"))
            .where(DivisionOutline.division_id == division_id)
        ).one_or_none()  # fmt: skip
        values = {"outline": from_shape(shape, SRID), "derived": False, "source": source, "import_id": import_id}
        if there is None:
            statement = insert(DivisionOutline).values(
                division_id=division_id, valid=func.daterange(day, None), **values
            )
            self._session.execute(statement)
            return True
        if there.same:
            return False
        valid = func.daterange(func.greatest(func.lower(DivisionOutline.valid), day), None)
        self._session.execute(
            update(DivisionOutline).where(DivisionOutline.id == there.id).values(valid=valid, **values)
        )
        return True


def _record(row: Row[Any]) -> DivisionRecord:
    return DivisionRecord(
        row.id, row.code, Level[row.level.upper()], row.name, row.parent_id, row.version, row.since, row.until
    )


def _succession(row: Row[Any]) -> SuccessionRecord:
    old = (row.predecessor_id, row.old_code, row.old_name) if row.predecessor_id else None
    new = (row.successor_id, row.new_code, row.new_name) if row.successor_id else None
    return SuccessionRecord(
        row.id, row.kind, row.happened_on, row.certainty, row.note, row.source, row.detail or {}, old, new
    )
