"""Audits of the demonstration: of this month and the two before, by the register's own history, and one exception."""

from dataclasses import replace
from datetime import date, timedelta

from geo_app.domain.access import Actor
from geo_app.domain.address import Decision
from geo_app.domain.audit_exception import ExceptionWish
from geo_app.domain.audit_findings import AuditKind
from geo_app.persistence.register import Register
from geo_app.services.audit import accept_exception, audit_street
from geo_app.services.audit_county import CountyAuditOrder, audit_county, month_of

EARLIER_MONTHS = 2
ACCEPTED = AuditKind.WRONG_SIDE
REASON = "老门牌，住户要求保留（演示）"


def months_until(today: date) -> list[date]:
    """Return the last days of the months before today's, and today."""
    days = [today]
    for _ in range(EARLIER_MONTHS):
        days.append(month_of(days[-1]) - timedelta(days=1))
    return days[::-1]


def audit_demo(register: Register, planner: Actor, county: str, today: date) -> None:
    """Audit the county for each of the months, today's last; then accept the first door on the wrong side."""
    for day in months_until(today):
        audit_county(register, planner, CountyAuditOrder(county, month_of(day), today), _quiet)
    street_id = register.demo.street_with_finding(ACCEPTED.value)
    if street_id is None:
        return
    audit = audit_street(register, street_id, planner, today).audit
    found = next(finding for finding in audit.findings if finding.kind is ACCEPTED)
    wish = ExceptionWish(found.entrance_id, found.kind, found.text, planner.account_id)
    accept_exception(register, wish, Decision(replace(planner, reason=REASON), today, 0))


def _quiet(_done: int, _total: int) -> None:
    """Tell nobody: the demonstration is loaded by a command that says when it is done."""
