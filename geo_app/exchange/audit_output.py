"""AUDIT.json in the keys of the file contract, piece by piece, so that a large town needs no memory of its own."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from geo_app.domain.audit import Audit, StreetScheme
from geo_app.domain.audit_findings import AuditFinding, AuditKind
from geo_app.exchange.language import render

JsonObject = dict[str, object]


def audit_json(audit: Audit, language: str) -> Iterator[str]:
    """Yield the text of AUDIT.json, one street or finding a line; shares to four decimals, metres to the centimetre."""
    streets = [_street(scheme) for scheme in audit.street_schemes()]
    yield '{"streets": ['
    yield from _lines(streets)
    yield '],\n"findings": ['
    yield from _lines(_finding(finding, language) for finding in audit.findings())
    yield f'],\n"summary": {_text(_summary(audit, len(streets)))}}}\n'


def _street(scheme: StreetScheme) -> JsonObject:
    return {
        "street_id": scheme.street_id,
        "street_name": scheme.street_name,
        "addresses": scheme.addresses,
        "start": scheme.start,
        "start_lon": scheme.start_position.lon,
        "start_lat": scheme.start_position.lat,
        "odd_side": scheme.odd_side,
        "method": scheme.method,
        "metres_per_number": None if scheme.metres_per_number is None else round(scheme.metres_per_number, 2),
        "explained": _share(scheme.explained),
    }


def _finding(finding: AuditFinding, language: str) -> JsonObject:
    return {
        "address_id": finding.address_id,
        "street_id": finding.street_id,
        "street_name": finding.street_name,
        "kind": finding.kind.value,
        "severity": finding.severity,
        "message": render(finding.message, language),
    }


def _summary(audit: Audit, streets: int) -> JsonObject:
    counts = Counter(found.kind for found in audit.found)
    return {
        "addresses": len(audit.addresses),
        "streets": streets,
        "explained": _share(audit.explained),
        "findings": {kind.value: counts[kind] for kind in AuditKind},
    }


def _share(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _lines(objects: Iterable[JsonObject]) -> Iterator[str]:
    between = "\n"
    for one in objects:
        yield between + _text(one)
        between = ",\n"


def _text(one: JsonObject) -> str:
    return json.dumps(one, ensure_ascii=False, allow_nan=False)
