"""A draft plan that takes up what an audit proposes: the numbers of all findings, or of one door."""

from geo_app.domain.address import Decision
from geo_app.domain.audit_street import AuditedLine, StreetAudit
from geo_app.domain.errors import DomainError
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.persistence.register import Register
from geo_app.services.audit import audit_street
from geo_app.services.numbering import draft_plan
from geo_app.services.numbering_facts import PlanRequest


class NothingProposed(DomainError):
    """A plan is drafted from proposals."""

    pattern = "The audit proposes no number here; open the street on the board and number it by hand."


def draft_from_audit(
    register: Register, about: tuple[int, int | None], rule: NumberingRule, title: str, decision: Decision
) -> int:
    """Draft a plan for a street (`about`: its id, and one door or None for all) and return its id.

    Proposed numbers are set by hand, every other number is kept; the rule starts where the walls do. Findings that an
    exception covers are left alone.
    Raises NotFound, NotGranted, NothingProposed.
    """
    street_id, entrance_id = about
    audit = audit_street(register, street_id, decision.actor, decision.day).audit
    hand = {
        finding.entrance_id: finding.proposal.text
        for finding in audit.findings
        if finding.open and finding.proposal and entrance_id in (None, finding.entrance_id)
    }
    if not hand:
        raise NothingProposed
    return draft_plan(register, street_id, PlanRequest(_as_on_walls(audit, rule), hand, title), decision)


def _as_on_walls(audit: StreetAudit, rule: NumberingRule) -> NumberingRule:
    """Return the rule with start and odd side of a street's longest line, where they are known."""
    lines = sorted(audit.lines, key=_doors, reverse=True)
    if not lines or lines[0].scheme.odd_side not in ("left", "right"):
        return rule
    scheme = lines[0].scheme
    return rule.with_overrides(start=scheme.start or "first", odd_side=scheme.odd_side)


def _doors(line: AuditedLine) -> int:
    return line.scheme.doors
