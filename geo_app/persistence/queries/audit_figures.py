"""Figures of the audits of a county: the months there are, villages of one month, the whole over all months."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session
from sqlalchemy.types import Text

from geo_app.domain.audit_figures import Figure


@dataclass(frozen=True, slots=True)
class MonthRun:
    """An audit that was run: its month (first day), the day it looked at, doors, share explained, when it ran."""

    id: int
    month: date
    as_of: date
    streets: int
    doors: int
    explained: float | None
    ran_at: datetime


@dataclass(frozen=True, slots=True)
class VillageFigure:
    """A figure of a village; without code: doors outside every village. `township` is the name of what it lies in."""

    measure: str
    division_id: int | None
    code: str
    name: str
    township: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class MonthFigure:
    """A figure of all villages together in a month."""

    month: date
    measure: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class VillageShape:
    """The outline of a village as GeoJSON text (SRID 4490), simplified; `derived`: nobody surveyed it."""

    division_id: int
    name: str
    shape: str
    derived: bool


_RUNS = text("""
    select id, month, as_of, streets, doors, explained, ran_at from audit_run
    where county_code = :county order by month desc
""")
# Who reads a part of the county sees its villages; doors outside all are the county's as a whole.
_SEEN = "exists (select 1 from unnest(:areas) area where starts_with(coalesce(d.code, r.county_code), area))"
_VILLAGES = text(f"""
    select c.measure, d.id, coalesce(d.code, '') as code, coalesce(d.name, '') as name,
        coalesce(p.name, '') as township, c.tested, c.broken, c.excepted
    from audit_conformance c join audit_run r on r.id = c.run_id
    left join division d on d.id = c.village_id left join division p on p.id = d.parent_id
    where r.id = :run and {_SEEN} order by d.code nulls last, c.measure
""").bindparams(bindparam("areas", type_=ARRAY(Text)))  # noqa: S608  constants; values are bound
_MONTHS = text(f"""
    select r.month, c.measure, sum(c.tested) as tested, sum(c.broken) as broken, sum(c.excepted) as excepted
    from audit_conformance c join audit_run r on r.id = c.run_id left join division d on d.id = c.village_id
    where r.county_code = :county and {_SEEN} group by r.month, c.measure order by r.month
""").bindparams(bindparam("areas", type_=ARRAY(Text)))  # noqa: S608  constants; values are bound
# About ten metres: the map shows a county, not a border.
_SHAPES = text("""
    select d.id, d.name, st_asgeojson(st_multi(st_simplifypreservetopology(o.outline, 0.0001)), 6) as shape, o.derived
    from division_outline o join division d on d.id = o.division_id
    where d.level = 'village' and left(d.code, 6) = :county and upper_inf(d.valid) order by d.id
""")


def audit_months(session: Session, county: str) -> list[MonthRun]:
    """Return the audits of a county, the latest month first."""
    return [MonthRun(*row) for row in session.execute(_RUNS, {"county": county})]


def village_figures(session: Session, run_id: int, areas: Iterable[str]) -> list[VillageFigure]:
    """Return the figures of a run in the villages that `areas` (prefixes of codes) cover, by code."""
    rows = session.execute(_VILLAGES, {"run": run_id, "areas": sorted(areas)})
    return [
        VillageFigure(
            row.measure, row.id, row.code, row.name, row.township, Figure(row.tested, row.broken, row.excepted)
        )
        for row in rows
    ]


def month_figures(session: Session, county: str, areas: Iterable[str]) -> list[MonthFigure]:
    """Return the figures of all months of a county, over the villages that `areas` cover, the earliest first."""
    rows = session.execute(_MONTHS, {"county": county, "areas": sorted(areas)})
    return [MonthFigure(row.month, row.measure, Figure(*map(int, row[2:]))) for row in rows]


def village_shapes(session: Session, county: str) -> list[VillageShape]:
    """Return the outlines of a county's villages as they are today."""
    return [VillageShape(*row) for row in session.execute(_SHAPES, {"county": county})]
