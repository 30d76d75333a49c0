"""The audit of one street of the register as people look at it: scheme, doors, findings, proposals, exceptions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import cos, radians

import numpy as np

from geo_app.domain.audit import Audit, StreetScheme
from geo_app.domain.audit_exception import HeldException
from geo_app.domain.audit_figures import Figure, figures_by_area, total
from geo_app.domain.audit_findings import AuditFinding, AuditKind
from geo_app.domain.audit_proposal import RENUMBERED, Proposal, proposals
from geo_app.domain.message import Message
from geo_app.domain.numbering_wall import read_wall
from geo_app.domain.position import Position

Positions = tuple[tuple[float, float], ...]

Held = Mapping[tuple[int, AuditKind], HeldException]
"""Exceptions that hold on the day of the audit, by entrance id and kind."""


@dataclass(frozen=True, slots=True)
class AuditedLine:
    """A branch-free line of the street with its scheme; positions in degrees (SRID 4490), as its numbers rise."""

    scheme: StreetScheme
    positions: Positions

    @property
    def start(self) -> str | None:
        """Return by which end the numbers start: east, west, south, north; None where no direction can be told."""
        if self.scheme.start is None:
            return None
        (lon, lat), (other_lon, other_lat) = self.positions[0], self.positions[-1]
        east, north = (lon - other_lon) * cos(radians(lat)), lat - other_lat
        if abs(east) >= abs(north):
            return "east" if east > 0 else "west"
        return "north" if north > 0 else "south"


@dataclass(frozen=True, slots=True)
class AuditedDoor:
    """A door: where it stands, what it is called, its whole number (None: none that can be read)."""

    entrance_id: int
    position: Position
    text: str
    number: int | None


@dataclass(frozen=True, slots=True)
class StreetFinding:
    """A finding: the door and its number, what the engine would propose, the exception that covers it."""

    entrance_id: int
    text: str
    kind: AuditKind
    severity: str
    message: Message
    position: Position | None
    proposal: Proposal | None = None
    exception: HeldException | None = None

    @property
    def open(self) -> bool:
        """Tell whether nobody accepted it."""
        return self.exception is None


@dataclass(frozen=True, slots=True)
class StreetAudit:
    """All that an audit says about one street.

    `figures` by measure; `explained`: share of the doors that the scheme explains, None without any.
    """

    lines: tuple[AuditedLine, ...]
    doors: tuple[AuditedDoor, ...]
    findings: tuple[StreetFinding, ...]
    figures: Mapping[str, Figure]
    explained: float | None


def read_street(audit: Audit, label: str, held: Held, day: date) -> StreetAudit:
    """Return the street called `label` in an audit whose addresses are its doors (ids: entrance ids)."""
    findings = tuple(street_findings(audit, held, day))
    accepted = {place for place, finding in enumerate(findings) if not finding.open}
    everywhere = np.zeros(len(audit.addresses), dtype=np.int64)
    return StreetAudit(
        lines=tuple(_lines(audit, label)),
        doors=tuple(_doors(audit)),
        findings=findings,
        figures=total(figures_by_area(audit, everywhere, accepted)),
        explained=audit.explained,
    )


def street_findings(audit: Audit, held: Held, day: date) -> Iterator[StreetFinding]:
    """Yield the findings of an audit of the register, in the order of its addresses."""
    proposed = proposals(audit)
    for found in audit.findings():
        yield _finding(audit, found, proposed.get(found.row), held, day)


def _finding(audit: Audit, found: AuditFinding, proposal: Proposal | None, held: Held, day: date) -> StreetFinding:
    entrance_id, text = int(found.address_id), audit.wall(found.row)
    exception = held.get((entrance_id, found.kind))
    covered = exception is not None and exception.covers(text, day)
    return StreetFinding(
        entrance_id,
        text,
        found.kind,
        found.severity,
        found.message,
        found.position,
        proposal if found.kind in RENUMBERED and proposal and read_wall(proposal.text) != read_wall(text) else None,
        exception if covered else None,
    )


def _doors(audit: Audit) -> Iterator[AuditedDoor]:
    for row, entrance_id in enumerate(audit.addresses.ids):
        number = int(audit.kept.number[row])
        yield AuditedDoor(int(entrance_id), audit.position_at(row), audit.wall(row), number if number >= 0 else None)


def _lines(audit: Audit, label: str) -> Iterator[AuditedLine]:
    streets = audit.streets
    for scheme in audit.street_schemes():
        if scheme.street_name != label:
            continue
        span = slice(int(streets.offsets[scheme.street]), int(streets.offsets[scheme.street + 1]))
        positions = tuple(zip(streets.lon[span].tolist(), streets.lat[span].tolist(), strict=True))
        yield AuditedLine(scheme, positions[::-1] if scheme.start == "last" else positions)
