"""Which divisions doors lie in, and the names and codes from the province down to one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_app.domain.position import Position

_OF_DOORS = text("""
    select e.id as entrance_id, found.id, found.code
    from entrance e
    left join lateral (
        select d.id, d.code from division_outline o join division d on d.id = o.division_id
        where st_intersects(o.outline, e.position) and d.level in ('township', 'village') and upper_inf(d.valid)
            and left(d.code, 6) = e.county_code
        order by length(d.code) desc, d.id limit 1
    ) found on true
    where e.id = any(:entrances)
""")

_OF_POSITION = text("""
    select d.id, d.code from division_outline o join division d on d.id = o.division_id
    where st_intersects(o.outline, st_setsrid(st_makepoint(:lon, :lat), 4490)) and d.level in ('township', 'village')
        and upper_inf(d.valid) and left(d.code, 6) = :county
    order by length(d.code) desc, d.id limit 1
""")

_CHAINS = text("""
    with recursive chain as (
        select id as lowest, id, parent_id, level, name, code from division where id = any(:divisions)
        union all
        select chain.lowest, d.id, d.parent_id, d.level, d.name, d.code
        from chain join division d on d.id = chain.parent_id
    )
    select lowest, level, name, code from chain
""")


@dataclass(frozen=True, slots=True)
class DivisionChain:
    """A division with all above it: names by level, and its own code."""

    id: int
    code: str
    names: Mapping[str, str]


def divisions_of_doors(session: Session, entrances: Sequence[int]) -> dict[int, tuple[int, str] | None]:
    """Return for each entrance id the lowest township or village (id, code) whose outline it lies in; None: in none."""
    rows = session.execute(_OF_DOORS, {"entrances": list(entrances)})
    return {row.entrance_id: (row.id, row.code) if row.id else None for row in rows}


def division_of_position(session: Session, county_code: str, position: Position) -> tuple[int, str] | None:
    """Return the lowest township or village (id, code) whose outline holds a position; None: none does."""
    values = {"county": county_code, "lon": position.lon, "lat": position.lat}
    row = session.execute(_OF_POSITION, values).one_or_none()
    return (row.id, row.code) if row else None


def division_chains(session: Session, divisions: Sequence[int]) -> dict[int, DivisionChain]:
    """Return the chain of each division by its id."""
    names: dict[int, dict[str, str]] = {}
    codes: dict[int, str] = {}
    for row in session.execute(_CHAINS, {"divisions": list(divisions)}):
        names.setdefault(row.lowest, {})[row.level] = row.name
        if len(row.code) > len(codes.get(row.lowest, "")):
            codes[row.lowest] = row.code
    return {lowest: DivisionChain(lowest, codes[lowest], found) for lowest, found in names.items()}
