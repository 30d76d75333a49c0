"""Streets and their drawn lines in the register."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import shapely
from geoalchemy2.shape import from_shape, to_shape
from sqlalchemy import Select, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_app.domain.address_text import match_key
from geo_app.domain.errors import NotFound
from geo_app.domain.message import Message, marked
from geo_app.domain.position import SRID
from geo_app.domain.street_life import StreetLife, StreetStatus
from geo_app.domain.street_refusals import StreetNameTaken
from geo_app.domain.street_request import Notice
from geo_app.persistence.paging import COUNTED, Page, Paging
from geo_app.persistence.queries import street_list
from geo_app.persistence.tables import Division, Street, StreetPiece

STREET = marked("street")


@dataclass(frozen=True, slots=True)
class StreetRecord:
    """A street as it stands; `area` is the code of its division, else of its county."""

    id: int
    county_code: str
    name: str
    kind: str
    naming: str
    version: int
    valid_from: date
    proposed_by: int | None = None
    division_id: int | None = None
    division_code: str | None = None
    division_name: str | None = None
    pinyin: str = ""
    location: str = ""
    valid_to: date | None = None

    @property
    def living(self) -> bool:
        """Tell whether the street has not ended."""
        return self.valid_to is None

    @property
    def area(self) -> str:
        """Return where a permission is asked for."""
        return self.division_code or self.county_code

    @property
    def approved(self) -> bool:
        """Tell whether doors may be numbered here."""
        return self.naming == "approved"

    @property
    def life(self) -> StreetLife:
        """Return the street as its life rules see it."""
        status = StreetStatus.CURRENT if self.approved else StreetStatus(self.naming)
        return StreetLife(
            self.id, self.name, self.valid_from, status, proposed_by=self.proposed_by, version=self.version
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """A drawn line of a street in degrees (SRID 4490), and the rule fields written on it."""

    id: int
    line: shapely.LineString
    rule: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NewStreet:
    """A street to be drawn."""

    county_code: str
    division_id: int | None
    name: str
    kind: str
    proposed_by: int
    pinyin: str = ""
    location: str = ""


class Streets:
    """Finds, locks and draws streets in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, street_id: int) -> StreetRecord:
        """Return a living street.

        Raises:
            NotFound: there is none.
        """
        return self._one(street_id, lock=False)

    def lock(self, street_id: int) -> StreetRecord:
        """Return a living street and hold it: two planners on one street go one after the other.

        Raises:
            NotFound: there is none.
        """
        return self._one(street_id, lock=True)

    def any(self, street_id: int) -> StreetRecord:
        """Return a street, living or not.

        Raises:
            NotFound: this id was never given.
        """
        return self._fetched(_streets().where(Street.id == street_id), street_id)

    def hold(self, street_ids: Sequence[int]) -> None:
        """Hold streets, living or not, by id: two changes wait for each other, never in a circle."""
        ids = sorted(set(street_ids))
        self._session.execute(
            select(Street.id).where(Street.id.in_(ids)).order_by(Street.id).with_for_update(key_share=True)
        )

    def _one(self, street_id: int, *, lock: bool) -> StreetRecord:
        query = _streets().where(Street.id == street_id, func.upper_inf(Street.valid))
        if lock:
            # NO KEY UPDATE: rows that merely refer to the street are written freely meanwhile.
            query = query.with_for_update(of=Street, key_share=True)
        return self._fetched(query, street_id)

    def _fetched(self, query: Select[Street, str, str], street_id: int) -> StreetRecord:
        row = self._session.execute(query.execution_options(populate_existing=True)).one_or_none()
        if row is None:
            raise NotFound(what=Message(STREET), key=street_id)
        street, code, name = row
        return _record(street, code, name)

    def pieces(self, street_id: int) -> list[Piece]:
        """Return the drawn lines of a street, in the order they were drawn."""
        rows = self._session.execute(
            select(StreetPiece.id, StreetPiece.line, StreetPiece.rule)
            .where(StreetPiece.street_id == street_id, func.upper_inf(StreetPiece.valid))
            .order_by(StreetPiece.id)
        )
        return [Piece(row.id, cast("shapely.LineString", to_shape(row.line)), row.rule or {}) for row in rows]

    def lanes_near(self, street_id: int) -> list[shapely.LineString]:
        """Return the unnamed lanes that open into a street: for each the rules may keep a number free."""
        rows = self._session.execute(_LANES, {"street": street_id})
        return [cast("shapely.LineString", shapely.from_wkb(bytes(row.line))) for row in rows]

    def page(self, wanted: street_list.StreetFilter, paging: Paging) -> Page[street_list.StreetListing]:
        """Return one page of the living streets, by name (pinyin)."""
        statement, values = street_list.statement(wanted)
        found = self._session.execute(text(statement), {**values, "size": paging.size, "start": paging.start})
        statement, values = street_list.count(wanted)
        total = self._session.execute(text(statement), {**values, "counted": COUNTED}).scalar_one()
        return Page(tuple(street_list.listing(row) for row in found), total, paging)

    def listing(self, street_id: int) -> street_list.StreetListing:
        """Return one living street as the list shows it.

        Raises:
            NotFound: there is none.
        """
        row = self._session.execute(text(street_list.ONE), {"street": street_id}).one_or_none()
        if row is None:
            raise NotFound(what=Message(STREET), key=street_id)
        return street_list.listing(row)

    def draw(self, street: NewStreet, lines: Sequence[shapely.LineString], day: date) -> int:
        """Write a street with its lines, as the next namesake where the county has the name already; return its id.

        Raises:
            StreetNameTaken: somebody was faster.
        """
        valid = func.daterange(day, None)
        namesake = select(func.coalesce(func.max(Street.namesake), 0) + 1).where(
            Street.county_code == street.county_code, Street.name == street.name, func.upper_inf(Street.valid)
        )
        try:
            street_id = self._session.execute(
                insert(Street)
                .values(
                    county_code=street.county_code, division_id=street.division_id, name=street.name, kind=street.kind,
                    naming="proposed",
                    pinyin=street.pinyin, location=street.location, proposed_by=street.proposed_by,
                    namesake=namesake.scalar_subquery(), valid=valid,
                )
                .returning(Street.id)
            ).scalar_one()  # fmt: skip
        except IntegrityError as clash:
            raise StreetNameTaken(name=street.name) from clash
        for line in lines:
            self._session.execute(
                insert(StreetPiece).values(
                    county_code=street.county_code, street_id=street_id, line=from_shape(line, SRID), valid=valid
                )
            )
        return int(street_id)

    def approve_name(self, street_id: int, day: date, notice: Notice) -> None:
        """Write that the street's name is approved from `day` on, and what its notice says."""
        begins = func.daterange(func.greatest(func.lower(Street.valid), day), None)
        told = {"approving_body": notice.approving_body, "legal_basis": notice.legal_basis, "approved_on": day}
        self._session.execute(
            update(Street).where(Street.id == street_id).values(naming="approved", valid=begins, **told)
        )

    def propose(self, street_id: int, account_id: int) -> None:
        """Write that the street's name is proposed by an account, and waits for a second person."""
        self._session.execute(
            update(Street).where(Street.id == street_id).values(naming="proposed", proposed_by=account_id)
        )

    def set_naming(self, street_id: int, naming: str) -> None:
        """Write that a name is proposed, approved or rejected: knowledge of its case, so no new day begins."""
        self._session.execute(update(Street).where(Street.id == street_id).values(naming=naming))

    def names_beside(self, division_id: int | None, *, but: int | None = None) -> frozenset[str]:
        """Return the names, as match keys, of the living streets of a division, `but` one."""
        names = self._session.scalars(
            select(Street.name).where(
                Street.division_id == division_id, Street.id.is_distinct_from(but), func.upper_inf(Street.valid)
            )
        )
        return frozenset(match_key(name) for name in names)

    def division_of(self, code: str) -> tuple[int, str] | None:
        """Return id and county code of the living division with `code`."""
        found = self._session.execute(
            select(Division.id, Division.code).where(Division.code == code, func.upper_inf(Division.valid))
        ).one_or_none()
        return (found.id, found.code[:6]) if found else None

    def state(self, street_id: int) -> str:
        """Return a mark that changes whenever the street, its lines, its doors or their addresses do."""
        return str(self._session.execute(_STATE, {"street": street_id}).scalar_one())


_STATE = text("""
    select md5(concat_ws('|',
        (select version from street where id = :street),
        (select string_agg(id || ':' || version, ',' order by id) from street_piece
            where street_id = :street and upper_inf(valid)),
        (select string_agg(id || ':' || version, ',' order by id) from entrance
            where street_id = :street and upper_inf(valid)),
        (select string_agg(id || ':' || version, ',' order by id) from standard_address
            where street_id = :street and kind = 'door' and status = 'current')))
""")


# About a metre in degrees: drawn ends seldom meet the other line to the last digit.
_LANES = text("""
    select distinct on (lane.id) st_asbinary(lane.line) as line
    from street_piece own join street_piece lane on st_dwithin(own.line, lane.line, 0.00001)
    where own.street_id = :street and upper_inf(own.valid) and lane.street_id is null and upper_inf(lane.valid)
    order by lane.id
""")


def _streets() -> Select[Street, str, str]:
    return select(Street, Division.code, Division.name).outerjoin(Division, Division.id == Street.division_id)


def _record(street: Street, code: str | None, name: str | None) -> StreetRecord:
    return StreetRecord(
        street.id, street.county_code, street.name, street.kind, street.naming, street.version,
        street.valid.lower or date.min, street.proposed_by, street.division_id, code, name, street.pinyin,
        street.location, street.valid.upper,
    )  # fmt: skip
