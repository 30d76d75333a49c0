"""The audit of a whole county: figures by measure and village for a month, and the findings as of today."""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from geo_app.domain.access import Actor, require
from geo_app.domain.access_roles import Permission
from geo_app.domain.audit import Audit
from geo_app.domain.audit_figures import figures_by_area
from geo_app.domain.audit_ground import AuditGround
from geo_app.domain.audit_measures import applicable, breaks
from geo_app.domain.audit_street import StreetFinding, street_findings
from geo_app.domain.errors import DomainError
from geo_app.domain.street_piece import Integers
from geo_app.persistence.audit_runs import FoundInCounty, NewRun
from geo_app.persistence.queries.audit_ground import county_ground
from geo_app.persistence.register import Register

Tell = Callable[[int, int], None]
"""Takes how many doors are done, and how many there are."""


class MonthNotBegun(DomainError):
    """What will be cannot be audited."""

    pattern = "{month} has not begun; choose this month or an earlier one."


class CountyHasNoDoors(DomainError):
    """Where nothing is registered there is nothing to audit."""

    pattern = "County {county} had no door in the register on {day}; load its doors first, or choose a later month."


@dataclass(frozen=True, slots=True)
class CountyAuditOrder:
    """Which county, which month (its first day), seen from which day."""

    county: str
    month: date
    today: date

    @property
    def as_of(self) -> date:
        """Return the day whose register is audited: today, or the last day of an earlier month.

        Raises MonthNotBegun.
        """
        if self.month > self.today:
            raise MonthNotBegun(month=f"{self.month:%Y-%m}")
        return min(self.today, self.month.replace(day=monthrange(self.month.year, self.month.month)[1]))

    @property
    def is_current(self) -> bool:
        """Tell whether it looks at the register as it stands today."""
        return self.as_of == self.today


@dataclass(frozen=True, slots=True)
class CountyAudited:
    """What an audit of a county did: its run, how many doors, how many findings."""

    run_id: int
    doors: int
    findings: int


def month_of(day: date) -> date:
    """Return the first day of a day's month, by which figures are kept."""
    return day.replace(day=1)


def audit_county(register: Register, actor: Actor, order: CountyAuditOrder, tell: Tell) -> CountyAudited:
    """Audit a county and keep its figures in place of those its month had.

    Today's audit replaces the findings too; one of an earlier month reads the register as it was on the month's last
    day, by what is known now, and keeps figures alone.
    Raises NotGranted, MonthNotBegun, CountyHasNoDoors.
    """
    require(actor, Permission.AUDIT_RUN, order.county, order.today)
    register.imports.take_time()
    day = order.as_of
    ground = county_ground(register.session, order.county, day)
    doors = len(ground.doors)
    if not doors:
        raise CountyHasNoDoors(county=order.county, day=day)
    tell(0, doors)
    audit, areas = ground.audit(), ground.areas()
    held = register.audit_exceptions.held(order.county, day)
    tell(doors // 3, doors)
    findings = tuple(street_findings(audit, held, day))
    tell(2 * doors // 3, doors)
    accepted = {place for place, finding in enumerate(findings) if not finding.open}
    run = NewRun(order.county, order.month, day, len(ground.streets), doors, audit.explained, actor.account_id)
    run_id = register.audit_runs.replace(run, figures_by_area(audit, areas, accepted))
    if order.is_current:
        register.audit_runs.replace_findings(order.county, day, _located(ground, audit, areas, findings))
    tell(doors, doors)
    about = {"month": f"{order.month:%Y-%m}", "doors": doors}
    register.journal.write(actor.account_id, actor.reason, "audit", ("county", order.county), about)
    return CountyAudited(run_id, doors, len(findings))


def _located(
    ground: AuditGround, audit: Audit, areas: Integers, findings: tuple[StreetFinding, ...]
) -> Iterator[FoundInCounty]:
    applies = applicable(audit)
    for found, finding in zip(audit.found, findings, strict=True):
        broken = [measure for measure in breaks(found) if applies[measure][found.row]]
        yield FoundInCounty(ground.street_of(found.row), int(areas[found.row]), broken, finding)
