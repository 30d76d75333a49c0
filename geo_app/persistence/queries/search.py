"""What searching asks of the register: addresses by their place and number, many at once; which streets are in use."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, TextClause, text
from sqlalchemy.orm import Session

from geo_app.domain.matching_asked import DoorKey
from geo_app.domain.matching_candidate import AddressRow
from geo_app.domain.matching_places import Division, PlaceName
from geo_app.domain.position import Position

ROWS_PER_KEY = 60
"""One number of one street in one register; more of them are a tower asked for without its floor."""


ROOMS_SHOWN = 6

_FIELDS = """
    a.id, coalesce(a.standard_code, ''), a.text, a.status, coalesce(a.division_id, 0), coalesce(a.street_name, ''),
    coalesce(a.village_group, a.neighbourhood, ''), coalesce(a.estate_name, ''), coalesce(a.number, 0),
    coalesce(a.number_last, 0), coalesce(a.sub_number, 0),
    coalesce(a.suffix, ''), coalesce(a.number_text, ''), coalesce(a.building, ''), coalesce(a.unit, ''),
    coalesce(a.floor, 0), coalesce(a.room, '')
"""
_ASKED = """
    unnest(cast(:asking as int[]), cast(:street as text[]), cast(:division_id as bigint[]), cast(:estate as text[]),
        cast(:number as bigint[]), cast(:sub_number as bigint[]), cast(:suffix as text[]), cast(:building as text[]),
        cast(:unit as text[]), cast(:floor as bigint[]), cast(:room as text[]))
    as k(asking, street, division_id, estate, number, sub_number, suffix, building, unit, floor, room)
"""
# Labels lose their generic here as `matching_names.bare_label` does it: 3幢, 3栋 and 3号楼 are 3.
_BARE = "regexp_replace({column}, '^[之-]|(单元|號樓|号楼|[幢栋座楼室号户房门棟樓號戶門])$', '', 'g')"
_INSIDE = f"""
    (a.building is null or {_BARE.format(column="a.building")} = k.building)
    and (a.unit is null or {_BARE.format(column="a.unit")} = k.unit or (k.unit = '' and k.room <> ''))
    and (a.floor is null or a.floor = k.floor or (k.floor = 0 and k.room <> ''))
    and (a.room is null or {_BARE.format(column="a.room")} = k.room)
    and a.status in ('current', 'retired')
"""
_BY_NUMBER = "a.number = k.number and coalesce(a.sub_number, 0) = k.sub_number and coalesce(a.suffix, '') = k.suffix"
_WHERE = {
    "street": f"a.street_name = k.street and {_BY_NUMBER}",
    "division_id": f"a.division_id = k.division_id and a.street_name is null and {_BY_NUMBER}",
    "estate": "a.estate_name = k.estate and a.estate_name is not null",
}
_LOOK_UP = {
    place: text(
        f"select k.asking, {_FIELDS} from {_ASKED} cross join lateral"  # noqa: S608  constants; values are bound
        f" (select * from standard_address a where {where} and {_INSIDE} limit {ROWS_PER_KEY}) a"
    )
    for place, where in _WHERE.items()
}

_BY_ID = text(f"select k.asking, {_FIELDS} from unnest(cast(:asking as int[]), cast(:ids as text[])) as k(asking, id)"  # noqa: S608  constants; values are bound
              " join standard_address a on a.id = cast(k.id as char(15))")  # fmt: skip
_PLACES = text("""
    select division_id, coalesce(street_name, '') as street, coalesce(estate_name, '') as estate from address_place
    where written >= :since
""")
_LIMIT = text("select set_config('statement_timeout', :limit, true)")
_HORIZON = text("select cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint)")
_DIVISIONS = text("""
    with recursive used as (
        select distinct division_id as id from address_place where division_id is not null
        union
        select d.parent_id from used join division d on d.id = used.id where d.parent_id is not null
    )
    select d.id, d.parent_id, d.code, d.level, d.name from used join division d on d.id = used.id
""")


def look_up(session: Session, keys: Sequence[DoorKey]) -> list[AddressRow]:
    """Return the addresses at many doors: each door itself, and what of it fits the floor and room asked for."""
    return [AddressRow(*row) for row in _each_place(session, _LOOK_UP, keys)]


def _each_place(
    session: Session, statements: Mapping[str, TextClause], keys: Sequence[DoorKey]
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of the statements for streets, for villages and for estates, of the keys that are such."""
    for place, statement in statements.items():
        wanted = [key for key in keys if getattr(key, place)]
        if wanted:
            columns = {name: [getattr(key, name) for key in wanted] for name in DoorKey.__slots__}
            yield from (tuple(row) for row in session.execute(statement, columns))


def by_id(session: Session, asked: Sequence[tuple[int, str]]) -> list[AddressRow]:
    """Return addresses by id; `asked` are who asks, and for which id."""
    values = {"asking": [asking for asking, _ in asked], "ids": [key for _, key in asked]}
    return [AddressRow(*row) for row in session.execute(_BY_ID, values)]


def limit_time(session: Session, seconds: float) -> None:
    """Let no statement of the running transaction take longer."""
    session.execute(_LIMIT, {"limit": f"{seconds * 1000:.0f}ms"})


def horizon(session: Session) -> int:
    """Return the number of the oldest transaction that may still write: who has read now asks from there next time."""
    return int(session.scalar(_HORIZON) or 0)


def places_since(session: Session, since: int) -> list[PlaceName]:
    """Return the streets and estates that transactions from number `since` on have listed."""
    return [
        PlaceName(row.division_id or 0, row.street, row.estate) for row in session.execute(_PLACES, {"since": since})
    ]


LEVELS = {"province": 1, "city": 2, "county": 3, "township": 4, "village": 5, "grid_cell": 6}


def divisions_in_use(session: Session) -> list[Division]:
    """Return the divisions that addresses lie in, and all above them."""
    return [_division(row) for row in session.execute(_DIVISIONS)]


def _division(row: Row[tuple[int, int | None, str, str, str]]) -> Division:
    return Division(row.id, row.parent_id, row.code, LEVELS[row.level], row.name)


_LOOK_INSIDE = {
    place: text(f"""
        select k.asking, {_FIELDS}, a.n from {_ASKED} cross join lateral (
            select *, count(*) over () as n from standard_address a where {where}
                and (k.building = '' or {_BARE.format(column="a.building")} = k.building)
                and coalesce(a.room, a.unit, a.building, cast(a.floor as text)) is not null and a.status = 'current'
            order by a.floor nulls first, a.number_text, a.id limit {ROOMS_SHOWN}
        ) a
    """)  # noqa: S608  constants; values are bound
    for place, where in _WHERE.items()
}
_FORMER = text(f"""
    select k.asking, x.kind, x.text, x.until, {_FIELDS}
    from unnest(cast(:asking as int[]), cast(:tail as text[])) as k(asking, tail)
    cross join lateral (
        select address_id, kind, text, upper(valid) as until from address_alias
        where reverse(match_key) collate "C" >= reverse(k.tail) collate "C"
            and reverse(match_key) collate "C" < (reverse(k.tail) || chr(1114111)) collate "C"
        limit {ROWS_PER_KEY}
    ) x
    join standard_address a on a.id = x.address_id
""")  # noqa: S608  constants; values are bound
_SUCCESSORS = text(f"""
    with recursive later as (
        select predecessor_id as first, successor_id as id, happened_on from address_succession
        where predecessor_id = any(cast(:ids as char(15)[]))
        union
        select later.first, s.successor_id, s.happened_on
        from later join address_succession s on s.predecessor_id = later.id
    )
    select later.first, later.happened_on, {_FIELDS}
    from later join standard_address a on a.id = later.id where a.status = 'current'
""")  # noqa: S608  constants; values are bound
_RANGES = text("""
    select k.asking, r.first, r.last from unnest(cast(:asking as int[]), cast(:street as text[])) as k(asking, street)
    cross join lateral (select min(number) as first, max(number) as last from standard_address a
        where a.street_name = k.street and a.status = 'current') r
    where r.first is not null
""")


@dataclass(frozen=True, slots=True)
class FormerName:
    """What an address was called, until when, and the address as it is now."""

    kind: str
    text: str
    until: date | None
    row: AddressRow


@dataclass(frozen=True, slots=True)
class Successor:
    """The living address that an ended one is found at, and since when."""

    ended: str
    day: date
    row: AddressRow


def inside(session: Session, keys: Sequence[DoorKey]) -> list[tuple[AddressRow, int]]:
    """Return what stands inside doors, the first few of each, with how many there are."""
    return [(AddressRow(*row[:-1]), row[-1]) for row in _each_place(session, _LOOK_INSIDE, keys)]


def former_names(session: Session, tails: Sequence[tuple[int, str]]) -> list[FormerName]:
    """Return the addresses that were once called something ending so; `tails` are who asks, and for which ending."""
    values = {"asking": [asking for asking, _ in tails], "tail": [tail for _, tail in tails]}
    return [
        FormerName(row[1], row[2], row[3], AddressRow(row[0], *row[4:])) for row in session.execute(_FORMER, values)
    ]


def successors(session: Session, ids: Sequence[str]) -> list[Successor]:
    """Return the living addresses at the end of the chain of each ended one."""
    return [
        Successor(row[0], row[1], AddressRow(-1, *row[2:])) for row in session.execute(_SUCCESSORS, {"ids": list(ids)})
    ]


def number_ranges(session: Session, streets: Sequence[tuple[int, str]]) -> dict[int, tuple[int, int]]:
    """Return the lowest and the highest number of streets; `streets` are who asks, and for which."""
    values = {"asking": [asking for asking, _ in streets], "street": [street for _, street in streets]}
    return {row.asking: (row.first, row.last) for row in session.execute(_RANGES, values)}


_DIVISION_AT = text("""
    with recursive chain as (
        select d.id, d.parent_id, d.level, d.name from division d where d.id = coalesce(
            (select d.id from division_outline o join division d on d.id = o.division_id
            where st_intersects(o.outline, st_setsrid(st_makepoint(:lon, :lat), 4490)) and upper_inf(d.valid)
            order by length(d.code) desc, d.id limit 1), :otherwise)
        union all
        select d.id, d.parent_id, d.level, d.name from chain join division d on d.id = chain.parent_id
    )
    select name from chain where name !~ '^[0-9]+$'
    order by array_position(array['province', 'city', 'county', 'township', 'village', 'grid_cell'], level)
""")


def division_names_at(session: Session, position: Position, otherwise: int) -> list[str]:
    """Return the names of the divisions whose outline holds a position, else of the division `otherwise`."""
    values = {"lon": position.lon, "lat": position.lat, "otherwise": otherwise}
    return [row.name for row in session.execute(_DIVISION_AT, values)]
