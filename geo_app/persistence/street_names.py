"""Names of streets in the register: their spellings, former names, and the index of those that are alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class NamedStreet:
    """A living street with its name and where it lies."""

    id: int
    name: str
    pinyin: str
    division: str | None
    division_code: str | None
    naming: str


@dataclass(frozen=True, slots=True)
class NameIndexed:
    """What the index keeps of a street's name."""

    street_id: int
    name: str
    pinyin: str
    plain: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamePeriod:
    """A name that a street has or had, in [since, until); `kind` is "name" or that of a former one."""

    kind: str
    name: str
    pinyin: str
    since: date | None
    until: date | None
    change_id: int | None


_LIVING = "upper_inf(s.valid)"
_COLUMNS = "s.id, s.name, s.pinyin, s.naming, d.name as division, d.code as division_code"
_UNINDEXED = text(f"""
    select s.id, s.name, s.pinyin from street s left join street_name_index i on i.street_id = s.id
    where s.county_code = :county and {_LIVING}
        and (i.name is distinct from s.name or i.pinyin is distinct from s.pinyin)
    order by s.id limit :most
""")  # noqa: S608  constants; values are bound
_INDEX = text("""
    insert into street_name_index (street_id, name, pinyin, plain, keys)
    select x.id, x.name, x.pinyin, x.plain, string_to_array(x.keys, '|')
    from unnest(cast(:ids as bigint[]), cast(:names as text[]), cast(:pinyins as text[]), cast(:plains as text[]),
        cast(:keys as text[])) as x(id, name, pinyin, plain, keys)
    on conflict (street_id) do update set name = excluded.name, pinyin = excluded.pinyin, plain = excluded.plain,
        keys = excluded.keys
""")
_CANDIDATES = text(f"""
    select {_COLUMNS} from street_name_index i join street s on s.id = i.street_id
    left join division d on d.id = s.division_id
    where i.keys && cast(:keys as text[]) and s.county_code = :county and {_LIVING} order by s.name, s.id limit :most
""")  # noqa: S608  constants; values are bound
_ALL = text(f"""
    select {_COLUMNS} from street s left join division d on d.id = s.division_id
    where s.county_code = :county and {_LIVING} order by s.name, s.id
""")  # noqa: S608  constants; values are bound
_UNSPELLED = text("select id, name from street where county_code = :county and pinyin = '' and upper_inf(valid)")
_SPELL = text("""
    update street s set pinyin = x.pinyin from unnest(cast(:ids as bigint[]), cast(:pinyins as text[])) as x(id, pinyin)
    where s.id = x.id
""")
_PERIODS = text("""
    select 'name' as kind, name, pinyin, lower(valid) as since, upper(valid) as until, null as change_id
    from street where id = :street
    union all
    select kind, name, pinyin, lower(valid), upper(valid), change_id from street_alias where street_id = :street
    order by until desc nulls first, since desc nulls last
""")


class StreetNames:
    """Reads and writes names of streets in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def unindexed(self, county_code: str, most: int) -> list[tuple[int, str, str]]:
        """Return streets (id, name, pinyin) whose name the index does not know yet."""
        rows = self._session.execute(_UNINDEXED, {"county": county_code, "most": most})
        return [(row.id, row.name, row.pinyin) for row in rows]

    def index(self, names: Sequence[NameIndexed]) -> None:
        """Write what the index keeps of names."""
        values = {
            "ids": [one.street_id for one in names],
            "names": [one.name for one in names],
            "pinyins": [one.pinyin for one in names],
            "plains": [one.plain for one in names],
            "keys": ["|".join(one.keys) for one in names],
        }
        self._session.execute(_INDEX, values)

    def candidates(self, county_code: str, keys: Iterable[str], most: int = 500) -> list[NamedStreet]:
        """Return the streets of a county that share a key with a name."""
        values = {"county": county_code, "keys": list(keys), "most": most}
        return [_named(row) for row in self._session.execute(_CANDIDATES, values)]

    def all_of(self, county_code: str) -> list[NamedStreet]:
        """Return the living streets of a county by name."""
        return [_named(row) for row in self._session.execute(_ALL, {"county": county_code})]

    def counties(self) -> list[str]:
        """Return the codes of the counties that have streets."""
        return list(self._session.scalars(text("select distinct county_code from street order by 1")))

    def unspelled(self, county_code: str) -> list[tuple[int, str]]:
        """Return the living streets (id, name) without a roman spelling."""
        return [(row.id, row.name) for row in self._session.execute(_UNSPELLED, {"county": county_code})]

    def spell(self, pinyins: Sequence[tuple[int, str]]) -> None:
        """Write the roman spelling of streets by id: how a name is read, so no new day begins."""
        values = {"ids": [key for key, _ in pinyins], "pinyins": [pinyin for _, pinyin in pinyins]}
        self._session.execute(_SPELL, values)

    def periods(self, street_id: int) -> list[NamePeriod]:
        """Return what a street is and was called, the present name first."""
        return [NamePeriod(*row) for row in self._session.execute(_PERIODS, {"street": street_id})]


def _named(row: Row[Any]) -> NamedStreet:
    return NamedStreet(row.id, row.name, row.pinyin, row.division, row.division_code, row.naming)
