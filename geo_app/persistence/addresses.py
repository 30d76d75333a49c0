"""Standard addresses in the register, one at a time: found, read as of a day, changed and corrected."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select, text, update
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_app.domain.address import Address, Kind, Place, PlaceKind, PlaceStatus, Status, Surroundings
from geo_app.domain.address_alias import Alias, AliasKind
from geo_app.domain.address_elements import ABSENT, HouseNumber
from geo_app.domain.errors import NotFound
from geo_app.domain.message import Message, marked
from geo_app.domain.position import Position
from geo_app.persistence.entrances import house_number
from geo_app.persistence.paging import COUNTED, Page, Paging
from geo_app.persistence.queries import address_list
from geo_app.persistence.reservations import named_clashes
from geo_app.persistence.streets import STREET
from geo_app.persistence.tables import AddressAlias, AddressSuccession, StandardAddress, Street
from geo_app.persistence.village_groups import GroupOfAddress, VillageGroups

ADDRESS = marked("address")


@dataclass(frozen=True, slots=True)
class AddressVersion:
    """What an address was from one day on (to the day before `valid_to`), as believed from one instant to another."""

    id: str
    standard_code: str | None
    code_scheme: str | None
    kind: str
    rank: str
    status: str
    street_id: int | None
    entrance_id: int | None
    division_id: int | None
    street_name: str | None
    number: HouseNumber | None
    number_text: str | None
    text: str
    position: Position | None
    version: int
    valid_from: date | None
    valid_to: date | None
    recorded_from: datetime
    recorded_to: datetime | None
    temporary: bool = False


@dataclass(frozen=True, slots=True)
class AddressStep:
    """Who did what to an address, and why."""

    at: datetime
    account: str
    verb: str
    reason: str


@dataclass(frozen=True, slots=True)
class AddressText:
    """What changes together with a number: how it is written, and the text."""

    number_text: str
    text: str
    match_key: str


_VERSION = """
    select id, standard_code, code_scheme, kind, rank, status, street_id, entrance_id, division_id, street_name, number,
        suffix, sub_number, number_text, text, st_x(position) as lon, st_y(position) as lat, version, valid, recorded,
        temporary
    from standard_address_timeline where id = :id
"""
# Taking a retirement back leaves the days before it believed twice, alike; the latest belief counts.
_AS_OF = text(
    f"{_VERSION} and valid @> cast(:day as date) and recorded @> cast(:known_at as timestamptz)"
    " order by lower(recorded) desc limit 1"
)
_ALL = text(f"{_VERSION} and not isempty(valid) order by lower(recorded), lower(valid)")
_FIND = text("""
    select id from standard_address where id = :key
    union select id from standard_address where standard_code = :key
    limit 20
""")
_FIND_BY_TEXT = text("""
    select id from standard_address where match_key = :match_key and status in ('proposed', 'current') limit 20
""")
# An address that ended is found at those that took its place, at itself where nothing did.
_FIND_BY_OLD_TEXT = text("""
    with recursive found as (
        select address_id as id from address_alias where match_key = :match_key
        union
        select s.successor_id from found join address_succession s on s.predecessor_id = found.id
    )
    select id from found where not exists (select from address_succession s where s.predecessor_id = found.id)
    order by id limit 20
""")
_CURRENT_SINCE = text("""
    select min(lower(valid)) from standard_address_timeline
    where id = :id and status = 'current' and upper_inf(recorded)
""")
_NAME_BEGAN = text("""
    select coalesce(max(lower(old.valid)), min(lower(own.valid)))
    from standard_address own
    left join standard_address_history old on old.id = own.id and old.status = 'current' and upper_inf(old.recorded)
        and upper(old.valid) = lower(own.valid)
    where own.id = :id
""")
_INSIDE = text("""
    select coalesce(bool_or(st_intersects(o.outline, st_setsrid(st_makepoint(:lon, :lat), 4490))), true)
    from division_outline o where o.division_id = :division
""")


class Addresses:
    """Finds and changes single addresses in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def page(self, wanted: address_list.AddressFilter, paging: Paging) -> Page[address_list.AddressListing]:
        """Return one page of addresses: on a street by number, else by id."""
        statement, values = address_list.statement(wanted)
        found = self._session.execute(text(statement), {**values, "size": paging.size, "start": paging.start})
        statement, values = address_list.count(wanted)
        total = self._session.execute(text(statement), {**values, "counted": COUNTED}).scalar_one()
        return Page(tuple(address_list.listing(row) for row in found), total, paging)

    def find(self, key: str, match_key: str) -> list[str]:
        """Return the ids of addresses with this id or standard code, else this text, else this former text."""
        values = {"key": key, "match_key": match_key}
        for statement in (_FIND, _FIND_BY_TEXT, _FIND_BY_OLD_TEXT):
            found = [row.id for row in self._session.execute(statement, values)]
            if found:
                return found
        return []

    def as_of(self, address_id: str, day: date, known_at: datetime) -> AddressVersion | None:
        """Return what held on `day` as believed at `known_at`; None where nothing did."""
        row = self._session.execute(_AS_OF, {"id": address_id, "day": day, "known_at": known_at}).one_or_none()
        return _version(row) if row else None

    def versions(self, address_id: str) -> list[AddressVersion]:
        """Return all that was ever believed about an address, the earliest belief first."""
        return [_version(row) for row in self._session.execute(_ALL, {"id": address_id})]

    def steps(self, address_id: str) -> list[AddressStep]:
        """Return what was done to an address, the latest first."""
        rows = self._session.execute(
            text("""
                select c.at, a.display_name, c.verb, c.reason from change_entry c join account a on a.id = c.account_id
                where c.subject_kind = 'address' and c.subject_key = :id order by c.id desc limit 200
            """),
            {"id": address_id},
        )
        return [AddressStep(row.at, row.display_name, row.verb, row.reason) for row in rows]

    def aliases(self, address_id: str) -> list[Alias]:
        """Return what else an address is or was called."""
        rows = self._session.scalars(
            select(AddressAlias).where(AddressAlias.address_id == address_id).order_by(AddressAlias.id)
        )
        return [_alias(row) for row in rows if row.kind in AliasKind.__members__.values()]

    def successors(self, address_id: str) -> list[str]:
        """Return the addresses that took the place of one."""
        return list(
            self._session.scalars(
                select(AddressSuccession.successor_id)
                .where(AddressSuccession.predecessor_id == address_id)
                .order_by(AddressSuccession.successor_id)
            )
        )

    def lock(self, address_id: str) -> Address:
        """Return an address as its life rules see it, and hold it.

        Raises:
            NotFound: there is none.
        """
        row = self._session.scalars(
            select(StandardAddress)
            .where(StandardAddress.id == address_id)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        ).one_or_none()
        if row is None:
            raise NotFound(what=Message(ADDRESS), key=address_id)
        return self._living(row)

    def surroundings(self, address: Address) -> Surroundings:
        """Return what the life rules ask about around an address of a street or a village group.

        Raises:
            NotFound: it lies on neither, so only its parent's verbs apply.
        """
        group = VillageGroups(self._session).of_address(address.id)
        if group is not None:
            return self._around_in_group(address, group)
        street = self._session.get(Street, address.place_id) if address.place_id is not None else None
        if street is None:
            raise NotFound(what=Message(STREET), key=address.place_id)
        status = PlaceStatus.CURRENT if street.naming == "approved" else PlaceStatus.PROPOSED
        place = Place(PlaceKind.STREET, street.id, street.county_code, street.name, status)
        return Surroundings(
            place,
            children=self._related(StandardAddress.parent_id, address.id),
            secondaries=self._related(StandardAddress.primary_id, address.id),
            numbers_taken=self._numbers(StandardAddress.street_id == street.id, StandardAddress.id != address.id),
        )

    def _around_in_group(self, address: Address, group: GroupOfAddress) -> Surroundings:
        others = self._numbers(
            StandardAddress.division_id == group.division_id,
            StandardAddress.village_group == group.name,
            StandardAddress.street_id.is_(None),
            StandardAddress.id != address.id,
        )
        return Surroundings(
            Place(PlaceKind.VILLAGE_GROUP, group.division_id, address.county_code, group.name),
            children=self._related(StandardAddress.parent_id, address.id),
            secondaries=self._related(StandardAddress.primary_id, address.id),
            numbers_taken=others,
        )

    def street_of(self, address_id: str) -> int:
        """Return the street that an address lies on.

        Raises:
            NotFound: there is no such address, or it lies on no street.
        """
        street = self._value(StandardAddress.street_id, address_id)
        if street is None:
            raise NotFound(what=Message(ADDRESS), key=address_id)
        return int(street)

    def division_of(self, address_id: str) -> int | None:
        """Return the division that an address names."""
        division = self._value(StandardAddress.division_id, address_id)
        return None if division is None else int(division)

    def number_text_of(self, address_id: str) -> str:
        """Return how its number is written, "" for none."""
        return str(self._value(StandardAddress.number_text, address_id) or "")

    def _value(self, column: Any, address_id: str) -> Any:
        return self._session.execute(select(column).where(StandardAddress.id == address_id)).scalar_one_or_none()

    def lies_inside(self, division_id: int | None, position: Position) -> bool:
        """Tell whether the position lies in the division's outline; without an outline nothing speaks against it."""
        values = {"lon": position.lon, "lat": position.lat, "division": division_id}
        return bool(self._session.execute(_INSIDE, values).scalar_one())

    def end(self, address: Address, day: date) -> None:
        """Write a retirement: from `day` the address is retired, before it was current."""
        self._update(address, status=address.status.value, valid=Range(day, None))

    def name_began(self, address_id: str) -> date:
        """Return from which day a retired address last had its number."""
        began: date = self._session.execute(_NAME_BEGAN, {"id": address_id}).scalar_one()
        return began

    def revive(self, address: Address, began: date, street_name: str) -> None:
        """Write that an address never ended: it has its number since `began`.

        Raises:
            NumberAlreadyTaken, AddressTextTaken: the database has the last word.
        """
        with named_clashes(street_name):
            self._update(address, status=Status.CURRENT.value, valid=Range(began, None))

    def correct_number(self, address: Address, written: AddressText, street_name: str) -> None:
        """Write the number that the address should have had all along.

        Raises:
            NumberAlreadyTaken, AddressTextTaken: the database has the last word.
        """
        number = address.number
        assert isinstance(number, HouseNumber)
        with named_clashes(street_name):
            self._update(
                address, number=number.number, suffix=number.suffix or None, sub_number=number.sub_number or None,
                number_last=None, number_text=written.number_text, text=written.text, match_key=written.match_key,
            )  # fmt: skip

    def correct_position(self, address: Address) -> None:
        """Write where the address was all along."""
        place = address.position
        assert place is not None
        self._update(address, position=f"SRID=4490;POINT({place.lon!r} {place.lat!r})")

    def set_lock(self, address_id: str, case: str | None) -> None:
        """Write which open case locks the address; None: none any more."""
        self._session.execute(update(StandardAddress).where(StandardAddress.id == address_id).values(locked_for=case))

    def is_temporary(self, address_id: str) -> bool:
        """Tell whether the address has a temporary number."""
        return bool(self._value(StandardAddress.temporary, address_id))

    def set_temporary(self, address_id: str, day: date, *, temporary: bool) -> None:
        """Write that the number is temporary, or formal, from `day` on."""
        begins = func.daterange(func.greatest(func.lower(StandardAddress.valid), day), None)
        self._session.execute(
            update(StandardAddress).where(StandardAddress.id == address_id).values(temporary=temporary, valid=begins)
        )

    def text_of(self, address_id: str) -> str:
        """Return how the address reads today.

        Raises:
            NotFound: there is none.
        """
        found = self._value(StandardAddress.text, address_id)
        if found is None:
            raise NotFound(what=Message(ADDRESS), key=address_id)
        return str(found)

    def code_of(self, address_id: str) -> str:
        """Return the standard code of the address, "" before it has one."""
        return str(self._value(StandardAddress.standard_code, address_id) or "")

    def entrance_of(self, address_id: str) -> int | None:
        """Return the door to which the address belongs."""
        found = self._value(StandardAddress.entrance_id, address_id)
        return None if found is None else int(found)

    def move_with_entrance(self, entrance_id: int, position: Position) -> list[str]:
        """Write where the living addresses of a door stand, number unchanged; return their ids."""
        rows = self._session.execute(
            text("""
                update standard_address set position = st_setsrid(st_makepoint(:lon, :lat), 4490)
                where entrance_id = :entrance and kind = 'door' and status in ('proposed', 'current')
                returning id
            """),
            {"lon": position.lon, "lat": position.lat, "entrance": entrance_id},
        )
        return [row.id for row in rows]

    def _update(self, address: Address, **values: Any) -> None:
        self._session.execute(
            update(StandardAddress)
            .where(StandardAddress.id == address.id)
            .values(**values)
            .execution_options(synchronize_session=False)
        )

    def _related(self, column: Any, address_id: str) -> tuple[Address, ...]:
        rows = self._session.scalars(select(StandardAddress).where(column == address_id)).all()
        return tuple(self._living(row) for row in rows)

    def _numbers(self, *of: ColumnElement[bool]) -> frozenset[HouseNumber]:
        rows = self._session.execute(
            select(StandardAddress.number, StandardAddress.suffix, StandardAddress.sub_number).where(
                *of, StandardAddress.kind == "door", StandardAddress.status.in_(("proposed", "current"))
            )
        )
        return frozenset(number for row in rows if (number := house_number(*row)))

    def _living(self, row: StandardAddress) -> Address:
        began = self._session.execute(_CURRENT_SINCE, {"id": row.id}).scalar()
        start = row.valid.lower or date.min
        position = self._session.execute(
            select(func.st_x(StandardAddress.position), func.st_y(StandardAddress.position)).where(
                StandardAddress.id == row.id
            )
        ).one()
        status = Status(row.status)
        found = Address(
            row.id, row.county_code, Kind(row.kind), began or start, row.street_id, row.parent_id, row.primary_id,
            house_number(row.number, row.suffix, row.sub_number) or ABSENT,
            position=None if position[0] is None else Position(*position),
            status=status, named_from=start, proposed_by=row.proposed_by, locked_by=row.locked_for,
            version=row.version,
        )  # fmt: skip
        return replace(found, valid_to=start) if status is Status.RETIRED else found


def _version(row: Row[Any]) -> AddressVersion:
    return AddressVersion(
        row.id, row.standard_code, row.code_scheme, row.kind, row.rank, row.status, row.street_id, row.entrance_id,
        row.division_id, row.street_name, house_number(row.number, row.suffix, row.sub_number), row.number_text,
        row.text, None if row.lon is None else Position(row.lon, row.lat), row.version, row.valid.lower,
        row.valid.upper, row.recorded.lower, row.recorded.upper, row.temporary,
    )  # fmt: skip


def _alias(row: AddressAlias) -> Alias:
    return Alias(row.address_id, AliasKind(row.kind), row.text, row.valid.lower, row.valid.upper)
