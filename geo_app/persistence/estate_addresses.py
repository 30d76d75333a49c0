"""The addresses of an estate's plan, all at once: proposed, made current, taken back, in a few statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from geo_app.domain.address_elements import AddressElements, HouseNumber
from geo_app.domain.address_text import match_key, number_text
from geo_app.domain.estate_address import EstateAddress
from geo_app.domain.position import Position
from geo_app.persistence.copying import copy_rows
from geo_app.persistence.estates import point
from geo_app.persistence.reservations import Proposal, named_clashes

_COLUMNS = (
    "id", "county_code", "kind", "status", "parent_id", "division_id", "street_id", "street_name", "estate_name",
    "number", "suffix", "sub_number", "number_text", "building", "unit", "floor", "room", "text", "match_key",
    "position", "valid", "proposed_by",
)  # fmt: skip
_DOOR = text("""
    select id, status, standard_code, division_id, text, st_x(position) as lon, st_y(position) as lat
    from standard_address
    where street_id = :street and kind = 'door' and number = :number and suffix is not distinct from :suffix
        and sub_number is not distinct from :sub_number and number_last is null and status in ('proposed', 'current')
""")
_ONE_DOOR = text("""
    select id, status, standard_code, division_id, text, st_x(position) as lon, st_y(position) as lat
    from standard_address where id = :id
""")
_BELOW = text("""
    with recursive below as (
        select id, kind, parent_id, status from standard_address where id = any(cast(:ids as char(15)[]))
        union all
        select a.id, a.kind, a.parent_id, a.status from standard_address a join below on a.parent_id = below.id
        where a.status in ('proposed', 'current')
    )
    select id, kind, parent_id, status from below order by left(id, 14) collate "C"
""")
_LIVING_AT_GATE = text("""
    select count(*) from standard_address where parent_id = :gate and status in ('proposed', 'current')
        and not (id = any(cast(:but as char(15)[])))
""")
_NICKNAMES = text("""
    insert into address_alias (address_id, kind, text, match_key, valid, source)
    select a.id, 'nickname', x.alias, x.alias_key, daterange(:day, null), :source
    from unnest(cast(:keys as text[]), cast(:aliases as text[]), cast(:alias_keys as text[]))
        as x(key, alias, alias_key)
    join standard_address a on a.county_code = :county and a.match_key = x.key and a.status = 'current'
""")
_END_NICKNAMES = text("""
    update address_alias set valid = daterange(lower(valid), greatest(lower(valid), :day))
    where source = :source and address_id = any(cast(:ids as char(15)[]))
""")
_HANG_GATE = text("update standard_address set entrance_id = :entrance where id = :id")
_ENTRANCE = text("select entrance_id from standard_address where id = :id")
_NEW_BUILDINGS = text("""
    with wanted as (
        select id, nextval('building_id_seq') as building_id from planned_building
        where plan_id = :plan and building_id is null and address_is_new
    ), made as (
        insert into building (id, county_code, outline, name, storeys, made_up, valid, source_key)
        select w.building_id, :county, p.outline, p.name, cast(p.spec->>'floors' as bigint), e.made_up,
            daterange(:day, null), 'estate-plan-' || p.plan_id || '-' || p.key
        from wanted w join planned_building p on p.id = w.id join estate_plan ep on ep.id = p.plan_id
        join estate e on e.id = ep.estate_id
        returning id
    )
    update planned_building p set building_id = w.building_id
    from wanted w, (select count(*) from made) as written where p.id = w.id
""")
_END_BUILDINGS = text("""
    update building set valid = daterange(lower(valid), greatest(lower(valid), :day))
    where county_code = :county and source_key like 'estate-plan-' || :plan || '-%' and upper_inf(valid)
""")
_JOURNAL = text("""
    insert into change_entry (account_id, reason, verb, subject_kind, subject_key, detail)
    select :account, :reason, :verb, 'address', id, jsonb_build_object('estate_plan', cast(:plan as bigint))
    from unnest(cast(:ids as text[])) as x(id)
""")


@dataclass(frozen=True, slots=True)
class GateDoor:
    """A door address that may be an estate's gate."""

    id: str
    status: str
    standard_code: str | None
    division_id: int | None
    text: str
    position: Position | None


@dataclass(frozen=True, slots=True)
class AddressBelow:
    """An address in a tree of them."""

    id: str
    kind: str
    parent_id: str | None
    status: str


@dataclass(frozen=True, slots=True)
class EstateGround:
    """What all addresses of an estate have in common."""

    county_code: str
    division_id: int
    street_id: int
    street_name: str


class EstateAddresses:
    """Writes the addresses of estates in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def door(self, street_id: int, number: HouseNumber) -> GateDoor | None:
        """Return the living address of a street with this number."""
        values = {
            "street": street_id, "number": number.number, "suffix": number.suffix or None,
            "sub_number": number.sub_number or None,
        }  # fmt: skip
        row = self._session.execute(_DOOR, values).one_or_none()
        return _door(row) if row else None

    def door_of(self, address_id: str) -> GateDoor:
        """Return an address that is known to be a gate."""
        return _door(self._session.execute(_ONE_DOOR, {"id": address_id}).one())

    def reserve(
        self, ground: EstateGround, addresses: Iterable[tuple[str, str | None, EstateAddress]], proposal: Proposal
    ) -> None:
        """Write proposed addresses, each with its id and the id of the one above.

        Raises:
            NumberAlreadyTaken, AddressTextTaken: the database has the last word.
        """
        rows = (_row(ground, one, proposal) for one in addresses)
        with named_clashes(ground.street_name):
            copy_rows(self._session, "standard_address", _COLUMNS, rows)

    def below(self, addresses: Sequence[str]) -> list[AddressBelow]:
        """Return these addresses and all living ones that hang under them, in the order of their serials."""
        rows = self._session.execute(_BELOW, {"ids": list(addresses)})
        return [AddressBelow(row.id, row.kind, row.parent_id, row.status) for row in rows]

    def others_at_gate(self, gate: str, addresses: Sequence[str]) -> int:
        """Return how many living addresses hang directly on the gate, `addresses` left out."""
        return int(self._session.execute(_LIVING_AT_GATE, {"gate": gate, "but": list(addresses)}).scalar_one())

    def hang_gate(self, address_id: str, entrance_id: int) -> None:
        """Write which door on the ground has the gate's address."""
        self._session.execute(_HANG_GATE, {"id": address_id, "entrance": entrance_id})

    def entrance_of(self, address_id: str) -> int | None:
        """Return the door on the ground that has an address."""
        return self._session.execute(_ENTRANCE, {"id": address_id}).scalar()

    def add_nicknames(self, county_code: str, plan_id: int, names: Mapping[str, str], day: date) -> None:
        """Write other names of current addresses: text of the address → what people call it."""
        values = {
            "keys": [match_key(one) for one in names], "aliases": list(names.values()),
            "alias_keys": [match_key(one) for one in names.values()],
        }  # fmt: skip
        source = _source(plan_id)
        self._session.execute(_NICKNAMES, {**values, "county": county_code, "day": day, "source": source})

    def end_nicknames(self, plan_id: int, addresses: Sequence[str], day: date) -> None:
        """Write that the names a plan gave end."""
        self._session.execute(_END_NICKNAMES, {"source": _source(plan_id), "ids": list(addresses), "day": day})

    def write_buildings(self, county_code: str, plan_id: int, day: date) -> None:
        """Write the footprints that a plan drew as buildings of the register."""
        self._session.execute(_NEW_BUILDINGS, {"plan": plan_id, "county": county_code, "day": day})

    def end_buildings(self, county_code: str, plan_id: int, day: date) -> None:
        """Write that the buildings a plan drew end."""
        self._session.execute(_END_BUILDINGS, {"plan": plan_id, "county": county_code, "day": day})

    def journal(self, addresses: Sequence[str], verb: str, plan_id: int, who: tuple[int, str]) -> None:
        """Record the same step for many addresses; `who` is account id and reason."""
        account, reason = who
        values = {"account": account, "reason": reason, "verb": verb, "plan": plan_id, "ids": list(addresses)}
        self._session.execute(_JOURNAL, values)


def _source(plan_id: int) -> str:
    return f"estate plan {plan_id}"


def _door(row: Row[Any]) -> GateDoor:
    position = None if row.lon is None else Position(row.lon, row.lat)
    return GateDoor(row.id, row.status, row.standard_code, row.division_id, row.text, position)


def _row(
    ground: EstateGround, address: tuple[str, str | None, EstateAddress], proposal: Proposal
) -> tuple[object, ...]:
    id_, parent, one = address
    elements = one.elements
    number = elements.number
    assert isinstance(number, HouseNumber)
    return (
        id_, ground.county_code, one.kind.value, "proposed", parent, ground.division_id, ground.street_id,
        elements.street, _written(elements, "estate"), number.number, number.suffix or None,
        number.sub_number or None, number_text(number),
        *(_written(elements, name) for name in ("building", "unit", "floor", "room")), one.text, match_key(one.text),
        point(one.position), f"[{proposal.day},)", proposal.account_id,
    )  # fmt: skip


def _written(elements: AddressElements, name: str) -> str | None:
    value = getattr(elements, name)
    return str(value) if value else None
