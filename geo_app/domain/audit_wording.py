"""Findings of an audit in words: the sentence of each kind, filled from the audit it was found in."""

from typing import TYPE_CHECKING

from geo_app.domain import audit_findings as words
from geo_app.domain.audit_findings import AUDIT_SEVERITY, AuditFinding, AuditFound, AuditKind
from geo_app.domain.message import Message
from geo_app.domain.numbering_gap import STEP
from geo_app.domain.numbering_reason import LEFT, RIGHT
from geo_app.domain.numbering_stacked import STACKED_METRES
from geo_app.domain.position import metres_between

if TYPE_CHECKING:
    from geo_app.domain.audit import Audit


def worded(audit: "Audit", found: AuditFound) -> AuditFinding:
    """Return a finding of `audit` as a value with its sentence."""
    row, street = found.row, int(audit.places.feet.street[found.row])
    position = audit.position_at(row)
    return AuditFinding(
        row=row,
        address_id=audit.addresses.ids[row],
        street=street,
        street_id=audit.streets.ids[street] if street >= 0 else None,
        street_name=audit.street_name_at(row),
        kind=found.kind,
        severity=AUDIT_SEVERITY[found.kind],
        message=_SENTENCES[found.kind](audit, found),
        position=position if position.on_earth else None,
    )


def _far_from_street(audit: "Audit", found: AuditFound) -> Message:
    name = audit.street_name_at(found.row)
    if not audit.position_at(found.row).on_earth:
        return Message(words.NO_POSITION)
    if audit.places.unknown_name[found.row]:
        return Message(words.UNKNOWN_NAME, {"street": name})
    values = {"far": f"{audit.far:g}", "street": name}
    return Message(words.NAME_NOT_NEAR if name else words.NOTHING_NEAR, values)


def _missing(_audit: "Audit", _found: AuditFound) -> Message:
    return Message(words.MISSING)


def _bad_number(audit: "Audit", found: AuditFound) -> Message:
    return Message(words.BAD_NUMBER, _text(audit, found.row))


def _duplicate(audit: "Audit", found: AuditFound) -> Message:
    metres = metres_between(audit.position_at(found.row), audit.position_at(found.other))
    values = {"metres": f"{metres:.0f}", "other": audit.addresses.ids[found.other]}
    return Message(words.STRAY_DUPLICATE if found.stray else words.DUPLICATE, {**_text(audit, found.row), **values})


def _wrong_side(audit: "Audit", found: AuditFound) -> Message:
    odd = audit.points.odd[found.row]
    odd_left = audit.schemes.odd_left[audit.points.street[found.row]]
    side = Message(LEFT if odd == odd_left else RIGHT)
    return Message(words.ODD_ON_EVEN_SIDE if odd else words.EVEN_ON_ODD_SIDE, {**_text(audit, found.row), "side": side})


def _out_of_order(audit: "Audit", found: AuditFound) -> Message:
    before, after = int(audit.sides.before[found.other]), int(audit.sides.after[found.other])
    if before < 0 or after < 0:
        beside = audit.wall(before if before >= 0 else after)
        return Message(words.OUT_OF_ORDER_AT_END, {**_text(audit, found.row), "neighbour": beside})
    values = {"before": audit.wall(before), "after": audit.wall(after)}
    return Message(words.OUT_OF_ORDER, {**_text(audit, found.row), **values})


def _outside_range(audit: "Audit", found: AuditFound) -> Message:
    street = audit.points.street[found.row]
    assert audit.ranges is not None
    low, high = int(audit.ranges.low[street]), int(audit.ranges.high[street])
    return Message(words.OUTSIDE_RANGE, {**_text(audit, found.row), "low": low, "high": high})


def _stacked(audit: "Audit", found: AuditFound) -> Message:
    return Message(words.STACKED, {"other": audit.addresses.ids[found.other], "limit": f"{STACKED_METRES:g}"})


def _other_street_nearer(audit: "Audit", found: AuditFound) -> Message:
    return Message(words.OTHER_NEARER, {"other": audit.streets.names[found.other]})


def _gap(audit: "Audit", found: AuditFound) -> Message:
    skipped = int(audit.kept.number[found.row] - audit.kept.last[found.other]) // STEP - 1
    return Message(words.GAP, {**_text(audit, found.row), "before": audit.wall(found.other), "count": skipped})


def _text(audit: "Audit", row: int) -> dict[str, object]:
    return {"text": audit.wall(row)}


_SENTENCES = {
    AuditKind.FAR_FROM_STREET: _far_from_street,
    AuditKind.MISSING: _missing,
    AuditKind.BAD_NUMBER: _bad_number,
    AuditKind.DUPLICATE: _duplicate,
    AuditKind.WRONG_SIDE: _wrong_side,
    AuditKind.OUT_OF_ORDER: _out_of_order,
    AuditKind.OUTSIDE_RANGE: _outside_range,
    AuditKind.STACKED: _stacked,
    AuditKind.OTHER_STREET_NEARER: _other_street_nearer,
    AuditKind.GAP: _gap,
}
