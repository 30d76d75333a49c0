"""Audits as the API shows them: GeoJSON layers and figures, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from geo_app.domain.audit_figures import Figure
from geo_app.domain.audit_measures import BY_NAME
from geo_app.domain.audit_street import AuditedDoor, AuditedLine, StreetAudit, StreetFinding
from geo_app.domain.position import Position
from geo_app.exchange.language import render
from geo_app.persistence.queries.street_list import StreetListing
from geo_app.web.language import language
from geo_app.web.streets_models import item


def shown_audit(street: StreetListing, audit: StreetAudit) -> dict[str, Any]:
    """Return the audit of a street; findings of doors without a place on earth are left out of the layer."""
    placed = [finding for finding in audit.findings if finding.position is not None]
    return {
        "street": item(street),
        "lines": {"features": [_line(line) for line in audit.lines]},
        "doors": {"features": [_door(door) for door in audit.doors]},
        "findings": {"features": [_finding(finding) for finding in placed]},
        "figures": shown_figures(audit.figures),
        "explained": audit.explained,
    }


def shown_figures(figures: Mapping[str, Figure]) -> list[dict[str, Any]]:
    """Return figures by measure."""
    return [
        {
            "measure": name,
            "title": render(BY_NAME[name].title, language()),
            "tested": figure.tested,
            "open": figure.open,
            "excepted": figure.excepted,
            "share": figure.share,
        }
        for name, figure in figures.items()
    ]


def _line(line: AuditedLine) -> dict[str, Any]:
    scheme = line.scheme
    properties = {
        "line_key": scheme.street_id,
        "start": scheme.start,
        "odd_side": scheme.odd_side,
        "method": scheme.method,
        "metres_per_number": scheme.metres_per_number,
        "explained": scheme.explained,
        "doors": scheme.doors,
    }
    return {"geometry": {"coordinates": list(line.positions)}, "properties": properties}


def _door(door: AuditedDoor) -> dict[str, Any]:
    properties = {"entrance_id": door.entrance_id, "text": door.text, "number": door.number}
    return {"geometry": _point(door.position), "properties": properties}


def _finding(finding: StreetFinding) -> dict[str, Any]:
    assert finding.position is not None
    proposal = finding.proposal
    properties = {
        "entrance_id": finding.entrance_id,
        "text": finding.text,
        "kind": finding.kind,
        "severity": finding.severity,
        "message": render(finding.message, language()),
        "proposal": proposal.text if proposal else None,
        "proposal_reason": render(proposal.reason, language()) if proposal else None,
        "state": "open" if finding.open else "exception",
        "exception_id": finding.exception.id if finding.exception else None,
    }
    return {"geometry": _point(finding.position), "properties": properties}


def _point(place: Position) -> dict[str, Any]:
    return {"coordinates": (place.lon, place.lat)}
