"""Audits of whole counties: one run a month with its figures, and the findings as of the latest run."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert, text
from sqlalchemy.orm import Session

from geo_app.domain.audit_figures import AreaFigure
from geo_app.domain.audit_findings import AuditKind
from geo_app.domain.audit_ground import NOWHERE
from geo_app.domain.audit_street import StreetFinding
from geo_app.persistence.copying import copy_rows
from geo_app.persistence.message_json import message_to
from geo_app.persistence.tables import AuditRun


@dataclass(frozen=True, slots=True)
class NewRun:
    """A run to be written: the first day of its month, the day it looked at, how much it saw, who asked."""

    county_code: str
    month: date
    as_of: date
    streets: int
    doors: int
    explained: float | None
    account_id: int


@dataclass(frozen=True, slots=True)
class FoundInCounty:
    """A finding with its street, its village (NOWHERE: outside all) and the measures it breaks."""

    street_id: int
    village_id: int
    breaks: Sequence[str]
    finding: StreetFinding


_STAGED = (
    "street_id", "entrance_id", "village_id", "kind", "severity", "number", "message", "proposal", "breaks", "position",
)  # fmt: skip
_STAGE = text("""
    create temporary table found_in_county on commit drop as
    select street_id, entrance_id, village_id, kind, severity, number, message, proposal, breaks, position
    from audit_finding limit 0
""")
_GONE = text("""
    update audit_finding f set gone_on = :day
    where f.county_code = :county and f.gone_on is null and not exists (
        select 1 from found_in_county n where n.entrance_id = f.entrance_id and n.kind = f.kind)
""")
_KEEP = text("""
    insert into audit_finding (county_code, street_id, entrance_id, village_id, kind, severity, number, message,
        proposal, breaks, position, first_seen, last_seen)
    select :county, street_id, entrance_id, village_id, kind, severity, number, message, proposal, breaks, position,
        :day, :day
    from found_in_county
    on conflict (entrance_id, kind) do update set street_id = excluded.street_id, village_id = excluded.village_id,
        severity = excluded.severity, number = excluded.number, message = excluded.message,
        proposal = excluded.proposal, breaks = excluded.breaks, position = excluded.position,
        first_seen = case when audit_finding.gone_on is null then audit_finding.first_seen else excluded.first_seen end,
        last_seen = excluded.last_seen, gone_on = null
""")
_COVERED = """
    exists (select 1 from audit_exception x where x.entrance_id = f.entrance_id and x.kind = f.kind
        and x.number = f.number and x.valid @> cast(:day as date))
"""
_COUNT_AGAIN = text(f"""
    update audit_conformance c set excepted = (
        select count(*) from (
            select 1 from audit_finding f
            where f.county_code = :county and f.gone_on is null and c.measure = any (f.breaks)
                and f.village_id is not distinct from c.village_id
            group by f.entrance_id having bool_and({_COVERED})
        ) doors)
    from audit_finding about
    where about.entrance_id = :entrance and about.kind = :kind and about.gone_on is null
        and c.run_id = (select id from audit_run where county_code = :county order by month desc limit 1)
        and c.measure = any (about.breaks) and c.village_id is not distinct from about.village_id
""")  # noqa: S608  constants; values are bound


class AuditRuns:
    """Writes runs, figures and findings in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def replace(self, run: NewRun, figures: Iterable[AreaFigure]) -> int:
        """Write a run in place of the one its county had in its month, and return its id."""
        self._session.execute(
            delete(AuditRun).where(AuditRun.county_code == run.county_code, AuditRun.month == run.month)
        )
        values = {name: getattr(run, name) for name in NewRun.__slots__}
        run_id = int(self._session.execute(insert(AuditRun).values(**values).returning(AuditRun.id)).scalar_one())
        rows = (
            (run_id, one.measure, _village(one.area), one.figure.tested, one.figure.broken, one.figure.excepted)
            for one in figures
        )
        columns = ("run_id", "measure", "village_id", "tested", "broken", "excepted")
        copy_rows(self._session, "audit_conformance", columns, rows)
        return run_id

    def replace_findings(self, county: str, day: date, found: Iterable[FoundInCounty]) -> None:
        """Write what was found in a county on `day`; what was there before and is not any more is gone on that day."""
        self._session.execute(text("drop table if exists pg_temp.found_in_county"))
        self._session.execute(_STAGE)
        copy_rows(self._session, "found_in_county", _STAGED, (_row(one) for one in found))
        self._session.execute(text("analyze found_in_county"))
        values = {"county": county, "day": day}
        self._session.execute(_GONE, values)
        self._session.execute(_KEEP, values)

    def count_exceptions_again(self, county: str, about: tuple[int, AuditKind], day: date) -> None:
        """Bring the latest figures up to date after an exception about a finding (entrance id, kind) came or ended."""
        entrance_id, kind = about
        values = {"county": county, "entrance": entrance_id, "kind": kind.value, "day": day}
        self._session.execute(_COUNT_AGAIN, values)


def _row(one: FoundInCounty) -> tuple[object, ...]:
    found, place = one.finding, one.finding.position
    message = json.dumps(message_to(found.message), ensure_ascii=False)
    proposal = found.proposal.text if found.proposal else ""
    point = f"SRID=4490;POINT({place.lon!r} {place.lat!r})" if place else None
    breaks = "{" + ",".join(one.breaks) + "}"
    return (
        one.street_id, found.entrance_id, _village(one.village_id), found.kind, found.severity, found.text, message,
        proposal, breaks, point,
    )  # fmt: skip


def _village(area: int) -> int | None:
    return None if area == NOWHERE else area
