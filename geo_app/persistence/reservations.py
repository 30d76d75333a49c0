"""Addresses of a whole plan at once: reserved, published, renumbered, ended; in a few statements for any number."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from psycopg2.errors import UniqueViolation
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.address_place import NumberAlreadyTaken
from geo_app.domain.address_text import match_key, number_text
from geo_app.domain.errors import Conflict
from geo_app.domain.position import Position
from geo_app.persistence.copying import copy_rows


class AddressTextTaken(Conflict):
    """One text finds one address in a county."""

    pattern = "Another address already reads “{text}”."


@dataclass(frozen=True, slots=True)
class DoorAddress:
    """What a door's address is to read: elements, text as the formatter wrote it, and where the door stands."""

    id: str
    entrance_id: int | None
    division_id: int
    number: HouseNumber
    number_text: str
    text: str
    position: Position


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who proposes addresses, and from which day."""

    account_id: int
    day: date


@dataclass(frozen=True, slots=True)
class PlaceOfAddresses:
    """The street, or the village group, that all addresses of a call stand on; `name` as a person knows it."""

    county_code: str
    name: str
    street_id: int | None = None
    street_name: str | None = None
    village_group: str | None = None


_RENUMBER = text("""
    update standard_address a set status = 'current', number = x.number, suffix = x.suffix, sub_number = x.sub_number,
        number_last = null, number_text = x.number_text, text = x.text, match_key = x.match_key
    from unnest(cast(:ids as char(15)[]), cast(:numbers as bigint[]), cast(:suffixes as text[]),
        cast(:sub_numbers as bigint[]), cast(:number_texts as text[]), cast(:texts as text[]), cast(:keys as text[]))
        as x(id, number, suffix, sub_number, number_text, text, match_key)
    where a.id = x.id
""")
_SET_ASIDE = text("""
    update standard_address set status = 'retired', valid = daterange(greatest(lower(valid), :day), null)
    where id = any(cast(:ids as char(15)[]))
""")
_PUBLISH = text("""
    update standard_address a set status = 'current', standard_code = x.code,
        code_scheme = case when x.code is not null then :scheme end,
        valid = daterange(greatest(lower(a.valid), :day), null)
    from unnest(cast(:ids as char(15)[]), cast(:codes as text[])) as x(id, code)
    where a.id = x.id
""")
_REJECT = text("update standard_address set status = 'rejected' where id = any(cast(:ids as char(15)[]))")
_DROP = text("delete from standard_address where id = any(cast(:ids as char(15)[]))")
_LIVING_BELOW = text("""
    select count(*) from standard_address
    where parent_id = any(cast(:ids as char(15)[])) and status in ('proposed', 'current')
""")
_OWN_TEXTS = text("select id, text from standard_address where id = any(cast(:ids as char(15)[]))")
_BELOW = """
    with recursive below as (
        select id, id as top from standard_address where id = any(cast(:ids as char(15)[]))
        union all
        select a.id, below.top from standard_address a join below on a.parent_id = below.id
        where a.status in ('proposed', 'current')
    )
"""
_HOLD_BELOW = text(f"""{_BELOW}
    update standard_address a
    set match_key = a.id, valid = daterange(greatest(lower(a.valid), :day), null)
    from below where a.id = below.id and below.id <> below.top
""")  # noqa: S608  constants; values are bound
_NEW_BELOW = text(f"""{_BELOW}
    select a.id, case when starts_with(a.text, old.text) then top.text || substr(a.text, length(old.text) + 1)
        else a.text end as text
    from below
    join standard_address a on a.id = below.id
    join standard_address top on top.id = below.top
    join unnest(cast(:ids as char(15)[]), cast(:old as text[])) as old(id, text) on old.id = below.top
    where below.id <> below.top
""")  # noqa: S608  constants; values are bound
_CARRY_BELOW = text("""
    update standard_address a set text = x.text, match_key = x.key
    from unnest(cast(:ids as char(15)[]), cast(:texts as text[]), cast(:keys as text[])) as x(id, text, key)
    where a.id = x.id
""")
_TAKEN = text("""
    select number, suffix, sub_number from standard_address
    where street_id = :street and kind = 'door' and status in ('proposed', 'current')
        and not (id = any(cast(:but as char(15)[])))
""")
_PROPOSED = text("""
    select entrance_id, number_text from standard_address
    where street_id = :street and kind = 'door' and status = 'proposed' and entrance_id is not null
""")
_HELD_FOR_CASE = text("""
    select locked_for from standard_address
    where entrance_id = any(:entrances) and status = 'proposed' and locked_for is not null limit 1
""")
_TAKEN_IN_GROUP = text("""
    select number, suffix, sub_number from standard_address
    where division_id = :division and village_group = :group and street_id is null and kind = 'door'
        and status in ('proposed', 'current') and not (id = any(cast(:but as char(15)[])))
""")
_LOCKED = text("""
    select locked_for from standard_address
    where id = any(cast(:ids as char(15)[])) and locked_for is not null limit 1
""")
_JOURNAL = text("""
    insert into change_entry (account_id, reason, verb, subject_kind, subject_key, detail)
    select :account, :reason, :verb, 'address', id, jsonb_build_object('plan', cast(:plan as bigint))
    from unnest(cast(:ids as text[])) as x(id)
""")
_COLUMNS = (
    "id", "county_code", "kind", "status", "division_id", "street_id", "entrance_id", "street_name",
    "village_group", "number", "suffix", "sub_number", "number_text", "text", "match_key", "position", "valid",
    "proposed_by",
)  # fmt: skip


class Reservations:
    """Writes the addresses of plans in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def numbers_taken(self, street_id: int, *, but: Sequence[str]) -> set[HouseNumber]:
        """Return the numbers of the street that living addresses hold, `but` these addresses."""
        rows = self._session.execute(_TAKEN, {"street": street_id, "but": list(but)})
        return {HouseNumber(row.number, row.suffix or "", row.sub_number or 0) for row in rows if row.number}

    def numbers_taken_in_group(self, division_id: int, group: str, *, but: Sequence[str]) -> set[HouseNumber]:
        """Return the numbers of a village's group that living addresses hold, `but` these addresses."""
        rows = self._session.execute(_TAKEN_IN_GROUP, {"division": division_id, "group": group, "but": list(but)})
        return {HouseNumber(row.number, row.suffix or "", row.sub_number or 0) for row in rows if row.number}

    def locked_case(self, addresses: Sequence[str]) -> str | None:
        """Return the case that locks one of these addresses."""
        return self._session.execute(_LOCKED, {"ids": list(addresses)}).scalar()

    def numbers_proposed(self, street_id: int) -> dict[int, str]:
        """Return the numbers, as plates read, that proposed addresses hold on a street, by entrance id."""
        rows = self._session.execute(_PROPOSED, {"street": street_id})
        return {row.entrance_id: row.number_text for row in rows}

    def case_at_doors(self, entrances: Sequence[int]) -> str | None:
        """Return the case that holds a number for one of these doors."""
        return self._session.execute(_HELD_FOR_CASE, {"entrances": list(entrances)}).scalar()

    def reserve(self, place: PlaceOfAddresses, addresses: Sequence[DoorAddress], proposal: Proposal) -> None:
        """Write proposed addresses, which hold their numbers from now on.

        Raises:
            NumberAlreadyTaken, AddressTextTaken: the database has the last word.
        """
        with named_clashes(place.name):
            copy_rows(self._session, "standard_address", _COLUMNS, (_row(place, one, proposal) for one in addresses))

    def release(self, addresses: Sequence[str]) -> None:
        """Reject proposed addresses; their numbers are free at once, their ids are never used again."""
        self._session.execute(_REJECT, {"ids": list(addresses)})

    def publish(self, codes: Mapping[str, str | None], scheme: str, day: date) -> None:
        """Make proposed addresses current from `day` with their standard codes; None where a scheme codes them not."""
        with named_clashes(""):
            self._session.execute(
                _PUBLISH, {"ids": list(codes), "codes": list(codes.values()), "scheme": scheme, "day": day}
            )

    def drop_reservations(self, addresses: Sequence[str]) -> None:
        """Remove proposals that only kept a number free for an address which has its own id; history keeps them."""
        self._session.execute(_DROP, {"ids": list(addresses)})

    def set_aside(self, addresses: Sequence[str], day: date) -> None:
        """Retire current addresses from `day`: for ever, or until `renumber` in the same transaction.

        Numbers go round in a plan (1 becomes 3, 3 becomes 5), so all are let go before any is given again.
        """
        self._session.execute(_SET_ASIDE, {"ids": list(addresses), "day": day})

    def living_below(self, addresses: Sequence[str]) -> int:
        """Return how many living addresses hang under these."""
        return int(self._session.execute(_LIVING_BELOW, {"ids": list(addresses)}).scalar_one())

    def hold_texts_below(self, addresses: Sequence[str], day: date) -> dict[str, str]:
        """Let go of the texts of all that hangs under these addresses, and return the addresses' own texts by id.

        As with numbers, texts go round; `carry_texts_below` gives the new ones in the same transaction.
        """
        values = {"ids": list(addresses)}
        own = self._session.execute(_OWN_TEXTS, values)
        texts: dict[str, str] = {row.id: row.text for row in own}
        self._session.execute(_HOLD_BELOW, {**values, "day": day})
        return texts

    def carry_texts_below(self, old_texts: Mapping[str, str]) -> None:
        """Write the new texts of all that hangs under addresses whose texts were `old_texts` (by id).

        Raises:
            AddressTextTaken: the database has the last word.
        """
        values = {"ids": list(old_texts), "old": list(old_texts.values())}
        new = {row.id: row.text for row in self._session.execute(_NEW_BELOW, values)}
        keys = [match_key(one) for one in new.values()]
        with named_clashes(""):
            self._session.execute(_CARRY_BELOW, {"ids": list(new), "texts": list(new.values()), "keys": keys})

    def renumber(self, place: PlaceOfAddresses, addresses: Sequence[DoorAddress]) -> None:
        """Give addresses that were set aside their new numbers.

        Raises:
            NumberAlreadyTaken, AddressTextTaken: the database has the last word.
        """
        values = {
            "ids": [one.id for one in addresses],
            "numbers": [one.number.number for one in addresses],
            "suffixes": [one.number.suffix or None for one in addresses],
            "sub_numbers": [one.number.sub_number or None for one in addresses],
            "number_texts": [one.number_text for one in addresses],
            "texts": [one.text for one in addresses],
            "keys": [match_key(one.text) for one in addresses],
        }
        with named_clashes(place.name):
            self._session.execute(_RENUMBER, values)

    def journal(self, addresses: Sequence[str], verb: str, plan_id: int, who: tuple[int, str]) -> None:
        """Record the same step for many addresses; `who` is account id and reason."""
        account, reason = who
        values = {"account": account, "reason": reason, "verb": verb, "plan": plan_id, "ids": list(addresses)}
        self._session.execute(_JOURNAL, values)


@contextmanager
def named_clashes(place_name: str) -> Iterator[None]:
    """Turn a broken unique index into the refusal that a person understands.

    Raises:
        NumberAlreadyTaken, AddressTextTaken: by the index.
    """
    try:
        yield
    except UniqueViolation as clash:
        raise _refusal(clash, place_name) from clash
    except IntegrityError as clash:
        if not isinstance(clash.orig, UniqueViolation):
            raise
        raise _refusal(clash.orig, place_name) from clash


NUMBER_INDEXES = ("uq_standard_address_door", "uq_standard_address_group_door")
"""The indexes that say whose a number is; number, suffix and sub-number are their last columns."""


def _refusal(clash: UniqueViolation, place_name: str) -> Conflict:
    found = re.search(r"\)=\((.*)\) already", clash.diag.message_detail or "")
    parts = [part.strip() for part in found[1].split(",")] if found else []
    if clash.diag.constraint_name in NUMBER_INDEXES and len(parts) >= 4:
        number, suffix, sub_number = ("" if part == "null" else part for part in parts[-3:])
        taken = HouseNumber(int(number), suffix, int(sub_number or 0))
        return NumberAlreadyTaken(number=number_text(taken), place=place_name)
    return AddressTextTaken(text=parts[-1] if parts else "")


def _row(place: PlaceOfAddresses, address: DoorAddress, proposal: Proposal) -> tuple[object, ...]:
    number, position = address.number, address.position
    return (
        address.id, place.county_code, "door", "proposed", address.division_id, place.street_id, address.entrance_id,
        place.street_name, place.village_group, number.number, number.suffix or None, number.sub_number or None,
        address.number_text, address.text, match_key(address.text),
        f"SRID=4490;POINT({position.lon!r} {position.lat!r})", f"[{proposal.day},)", proposal.account_id,
    )  # fmt: skip
