"""The addresses of a changed street, all at once: read, held, moved, remembered under their old names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from geo_app.domain.address import Kind
from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.address_text import match_key
from geo_app.domain.position import Position
from geo_app.domain.street_moves import Moved, Standing
from geo_app.persistence.entrances import house_number
from geo_app.persistence.queries.division_chain import division_chains
from geo_app.persistence.reservations import named_clashes

_FIRST = HouseNumber(1)
_ABOVE = ("province", "city", "county", "township")

# What stands on the street itself, then what hangs under it; a room that names the street hangs under its building.
_COLUMNS = """
    a.id, a.kind, a.number, a.suffix, a.sub_number, coalesce(a.number_text, '') as number_text, a.text, a.division_id,
    a.standard_code, a.entrance_id, st_x(a.position) as lon, st_y(a.position) as lat
"""
# "not in": a partial index on the living statuses would be read whole for each door while statistics are young.
_STANDING = text(f"""
    with recursive standing as (
        select a.id as top_id, a.street_name, a.division_id as lying_in, {_COLUMNS} from standard_address a
        where a.street_id = :street and a.status not in ('retired', 'rejected') and not exists (
            select from standard_address p where p.id = a.parent_id and p.street_id = a.street_id
                and p.status in ('proposed', 'current'))
        union all
        select standing.top_id, coalesce(a.street_name, standing.street_name),
            coalesce(a.division_id, standing.lying_in), {_COLUMNS}
        from standard_address a join standing on a.parent_id = standing.id
        where a.status not in ('retired', 'rejected')
    )
    select * from standing
""")  # noqa: S608  constants; values are bound
_TAKEN = text("""
    select a.match_key, a.id from standard_address a
    join unnest(cast(:keys as text[])) as x(key) on a.match_key = x.key
    where a.county_code = :county and a.status in ('proposed', 'current') and not (a.id = any(cast(:but as char(15)[])))
""")
_LOCKED = text("""
    select text, locked_for from standard_address
    where id = any(cast(:ids as char(15)[])) and locked_for is not null order by id limit 1
""")
# As texts and numbers may go round among the addresses, those in the way let go first.
_HOLD = text("""
    update standard_address set match_key = id, number = -number, valid = daterange(greatest(lower(valid), :day), null)
    where id = any(cast(:ids as char(15)[]))
""")
_MOVE = text("""
    update standard_address a set
        street_id = case when a.street_id is not null then x.street_id end,
        street_name = case when a.street_name is not null then x.street_name end,
        division_id = x.division_id,
        number = case when a.number is not null then x.number end,
        suffix = case when a.number is not null then x.suffix end,
        sub_number = case when a.number is not null then x.sub_number end,
        number_last = case when not x.renumbered then a.number_last end,
        number_text = case when a.number_text is not null then x.number_text end,
        text = x.text, match_key = x.match_key, standard_code = coalesce(x.code, a.standard_code),
        valid = daterange(greatest(lower(a.valid), :day), null)
    from unnest(cast(:ids as char(15)[]), cast(:streets as bigint[]), cast(:street_names as text[]),
        cast(:divisions as bigint[]), cast(:numbers as bigint[]), cast(:suffixes as text[]),
        cast(:sub_numbers as bigint[]), cast(:renumbered as boolean[]), cast(:number_texts as text[]),
        cast(:texts as text[]), cast(:keys as text[]), cast(:codes as text[]))
        as x(id, street_id, street_name, division_id, number, suffix, sub_number, renumbered, number_text, text,
            match_key, code)
    where a.id = x.id
""")
_REMEMBER = text("""
    insert into address_alias (address_id, kind, text, match_key, valid, source)
    select a.id, x.kind, x.text, x.match_key,
        daterange(case when x.kind <> 'misspelt' and lower(a.valid) < :day then lower(a.valid) end,
            greatest(lower(a.valid), :day)), :source
    from unnest(cast(:ids as char(15)[]), cast(:kinds as text[]), cast(:texts as text[]), cast(:keys as text[]))
        as x(id, kind, text, match_key)
    join standard_address a on a.id = x.id
    where a.status = 'current'
""")
_JOURNAL = text("""
    insert into change_entry (account_id, reason, verb, subject_kind, subject_key, detail)
    select :account, :reason, :verb, 'address', id, jsonb_build_object('street_change', cast(:change as bigint))
    from unnest(cast(:ids as text[])) as x(id)
""")


@dataclass(frozen=True, slots=True)
class Remembered:
    """What an address was called: the kind of alias, and the text."""

    address_id: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Writing:
    """For which change, by whom (account id and reason), and from which day; the earliest day: as if ever so."""

    change_id: int
    verb: str
    account_id: int
    reason: str
    day: date


class StreetMoves:
    """Reads and moves the addresses of whole streets in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def standing(self, street_id: int) -> list[Standing]:
        """Return the living addresses of a street and below, doors by number, what hangs under each behind it."""
        rows = self._session.execute(_STANDING, {"street": street_id}).all()
        above = self.above({row.lying_in for row in rows if row.lying_in is not None})
        return in_order([_standing(row, street_id, above.get(row.lying_in, "")) for row in rows])

    def above(self, divisions: Iterable[int]) -> dict[int, str]:
        """Return the text that addresses of a division begin with, by its id."""
        chains = division_chains(self._session, sorted(divisions))
        return {key: "".join(chain.names.get(level, "") for level in _ABOVE) for key, chain in chains.items()}

    def taken_texts(self, county_code: str, moved: Sequence[Moved]) -> dict[str, str]:
        """Return the match keys of the new texts that addresses beyond these have, with those addresses' ids."""
        keys = [match_key(one.after.text) for one in moved if one.reads_otherwise]
        values = {"keys": keys, "county": county_code, "but": [one.before.id for one in moved]}
        return {row.match_key: row.id for row in self._session.execute(_TAKEN, values)} if keys else {}

    def locked(self, moved: Sequence[Moved]) -> tuple[str, str] | None:
        """Return text and case of one of these addresses that a case locks."""
        row = self._session.execute(_LOCKED, {"ids": [one.before.id for one in moved if one.changed]}).one_or_none()
        return (row.text, row.locked_for) if row else None

    def write(self, moved: Sequence[Moved], codes: Mapping[str, str], writing: Writing) -> None:
        """Move the addresses; `codes` are new standard codes by address id.

        Raises:
            NumberAlreadyTaken, AddressTextTaken: the database has the last word.
        """
        changed = [one for one in moved if one.changed]
        if not changed:
            return
        self._session.execute(_HOLD, {"ids": _in_the_way(changed), "day": writing.day})
        with named_clashes(changed[0].after.street_name):
            self._session.execute(_MOVE, {**_columns(changed, codes), "day": writing.day})
        values = {"account": writing.account_id, "reason": writing.reason, "change": writing.change_id}
        ids = [one.before.id for one in changed]
        self._session.execute(_JOURNAL, {**values, "verb": f"street_{writing.verb}", "ids": ids})

    def remember(self, names: Sequence[Remembered], day: date, source: str) -> None:
        """Write what current addresses were called until `day` as aliases; call before they are moved."""
        if names:
            values = {
                "ids": [one.address_id for one in names],
                "kinds": [one.kind for one in names],
                "texts": [one.text for one in names],
                "keys": [match_key(one.text) for one in names],
            }
            self._session.execute(_REMEMBER, {**values, "day": day, "source": source})


def in_order(standing: Sequence[Standing]) -> list[Standing]:
    """Return addresses as a list shows them: doors by number, and behind each what hangs under it."""
    places = {one.id: (one.number is None, one.number or _FIRST, one.id) for one in standing if one.id == one.top_id}
    return sorted(standing, key=lambda one: (places[one.top_id], one.id != one.top_id, one.text, one.id))


def _in_the_way(changed: Sequence[Moved]) -> list[str]:
    """Return the addresses whose present text or number another of them is about to get."""
    texts = {match_key(one.after.text) for one in changed if one.reads_otherwise}
    numbers = {(one.after.street_id, one.after.number) for one in changed if _renumbered(one)}
    return [
        one.before.id
        for one in changed
        if match_key(one.before.text) in texts
        or (_renumbered(one) and (one.before.street_id, one.before.number) in numbers)
    ]


def _renumbered(one: Moved) -> bool:
    return (one.before.street_id, one.before.number) != (one.after.street_id, one.after.number)


def _columns(changed: Sequence[Moved], codes: Mapping[str, str]) -> dict[str, Any]:
    after = [one.after for one in changed]
    return {
        "ids": [one.id for one in after],
        "streets": [one.street_id for one in after],
        "street_names": [one.street_name for one in after],
        "divisions": [one.division_id for one in after],
        "numbers": [one.number.number if one.number else None for one in after],
        "suffixes": [one.number.suffix or None if one.number else None for one in after],
        "sub_numbers": [one.number.sub_number or None if one.number else None for one in after],
        "renumbered": [one.before.number != one.after.number for one in changed],
        "number_texts": [one.number_text for one in after],
        "texts": [one.text for one in after],
        "keys": [match_key(one.text) for one in after],
        "codes": [codes.get(one.id) for one in after],
    }


def _standing(row: Row[Any], street_id: int, above: str) -> Standing:
    return Standing(
        row.id, row.top_id, Kind(row.kind), street_id, row.street_name or "",
        house_number(row.number, row.suffix, row.sub_number), row.number_text, row.text, above, row.division_id,
        row.standard_code, row.entrance_id, None if row.lon is None else Position(row.lon, row.lat),
    )  # fmt: skip
