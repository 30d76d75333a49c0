"""What the engine would put on the doors that an audit found wrong; every other number stays as it is."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from geo_app.domain.audit import Audit
from geo_app.domain.audit_findings import AuditFound, AuditKind
from geo_app.domain.message import Message
from geo_app.domain.numbering import Surroundings, number_streets
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.street_piece import natural_key

RENUMBERED = frozenset(
    {AuditKind.MISSING, AuditKind.BAD_NUMBER, AuditKind.WRONG_SIDE, AuditKind.OUT_OF_ORDER, AuditKind.DUPLICATE}
)
"""Kinds that another number would mend; the others ask for a look at the place or at the line."""

DEFAULT = NumberingRule()


@dataclass(frozen=True, slots=True)
class Proposal:
    """The number that a door would get: the text of the plate and the engine's reason."""

    text: str
    reason: Message


def proposals(audit: Audit, rule: NumberingRule = DEFAULT) -> dict[int, Proposal]:
    """Return proposals by row of the address, where the street's own scheme is known.

    Start, odd side and method are the street's as audited, all else is `rule`'s. Of a number that is there twice, the
    door that it fits keeps it; where it fits both, the first by id.
    """
    rows = sorted(set(_renumbered(audit)))
    walls = [audit.addresses.wall(row) for row in range(len(audit.addresses))]
    for row in rows:
        walls[row] = ""
    streets = replace(audit.streets, overrides=[_fields(audit, street) for street in range(len(audit.streets))])
    plan = number_streets(streets, replace(audit.addresses, walls=walls), rule, Surroundings(audit.far))
    planned = ((row, plan.text_at(row)) for row in rows)
    return {row: Proposal(text, plan.reason_at(row)) for row, text in planned if text}


def _renumbered(audit: Audit) -> Iterator[int]:
    known = audit.schemes.known
    stray = {found.row for found in audit.found if found.stray}
    for found in audit.found:
        street = audit.places.feet.street[found.row]
        if found.kind in RENUMBERED and street >= 0 and known[street] and not _keeps(audit, found, stray):
            yield found.row


def _keeps(audit: Audit, found: AuditFound, stray: AbstractSet[int]) -> bool:
    """Tell whether a door keeps a number that another has too."""
    if found.kind is not AuditKind.DUPLICATE or found.stray:
        return False
    mine, others = audit.addresses.ids[found.row], audit.addresses.ids[found.other]
    return found.other in stray or natural_key(mine) <= natural_key(others)


def _fields(audit: Audit, street: int) -> dict[str, str]:
    """Return a street's scheme as the fields of a rule."""
    schemes = audit.schemes
    return {
        "start": "last" if schemes.direction[street] < 0 else "first",
        "odd_side": "left" if schemes.odd_left[street] else "right",
        "method": audit.methods[street] or "sequential",
    }
