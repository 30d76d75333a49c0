"""Findings in words: the sentence of each kind, filled from the plan it was found in."""

from typing import TYPE_CHECKING

from geo_app.domain import numbering_findings as words
from geo_app.domain.message import Message
from geo_app.domain.numbering_findings import SEVERITY, Finding, Found, Kind
from geo_app.domain.numbering_reserve import kept_free
from geo_app.domain.numbering_stacked import STACKED_METRES
from geo_app.domain.numbering_wall import LARGEST_NUMBER

if TYPE_CHECKING:
    from geo_app.domain.numbering import PlannedNumbers


def worded(plan: "PlannedNumbers", found: Found) -> Finding:
    """Return a finding of `plan` as a value with its sentence."""
    if found.kind == Kind.CONFLICTING_RULE:
        conflict = plan.streets.disagreements[found.other]
        values = {"field": conflict.field, "values": ", ".join(conflict.values)}
        name = plan.streets.names[conflict.street]
        return Finding("", name, found.kind, SEVERITY[found.kind], Message(words.CONFLICT, values))
    entrance, name = plan.entrances.ids[found.row], plan.street_name_at(found.row)
    return Finding(entrance, name, found.kind, SEVERITY[found.kind], _SENTENCES[found.kind](plan, found))


def _no_street(plan: "PlannedNumbers", found: Found) -> Message:
    if not plan.entrances.on_earth[found.row]:
        return Message(words.NO_POSITION)
    kept, name = plan.kept.kept[found.row], plan.street_name_at(found.row)
    values = {"far": f"{plan.far:g}", "street": name}
    if name:
        return Message(words.NAME_NOT_NEAR_KEPT if kept else words.NAME_NOT_NEAR, values)
    return Message(words.NOTHING_NEAR_KEPT if kept else words.NOTHING_NEAR, values)


def _unknown_street(plan: "PlannedNumbers", found: Found) -> Message:
    pattern = words.UNKNOWN_NAME_KEPT if plan.kept.kept[found.row] else words.UNKNOWN_NAME
    return Message(pattern, {"street": plan.street_name_at(found.row)})


def _no_free_number(plan: "PlannedNumbers", found: Found) -> Message:
    owner = plan.standing.attached.get(found.row)
    return (
        Message(words.NO_FREE) if owner is None else Message(words.OWNER_WITHOUT, {"other": plan.entrances.ids[owner]})
    )


def _number_too_large(plan: "PlannedNumbers", found: Found) -> Message:
    if plan.kept.kept[found.row]:
        return Message(words.TOO_LARGE_KEPT, {"number": int(plan.kept.number[found.row]), "largest": LARGEST_NUMBER})
    return Message(words.TOO_LARGE, {"largest": LARGEST_NUMBER})


def _kept_out_of_order(plan: "PlannedNumbers", found: Found) -> Message:
    wrong_side = plan.kept.number[found.row] % 2 != plan.sides.odd[found.row]
    return Message(words.WRONG_PARITY if wrong_side else words.OUT_OF_ORDER, _text(plan, found))


def _duplicate(plan: "PlannedNumbers", found: Found) -> Message:
    return Message(words.DUPLICATE, {**_text(plan, found), "other": plan.entrances.ids[found.other]})


def _displaced(plan: "PlannedNumbers", found: Found) -> Message:
    return Message(words.DISPLACED, {**_text(plan, found), "target": int(plan.sides.target[found.row])})


def _stacked(plan: "PlannedNumbers", found: Found) -> Message:
    return Message(words.STACKED, {"other": plan.entrances.ids[found.other], "limit": f"{STACKED_METRES:g}"})


def _other_street_nearer(plan: "PlannedNumbers", found: Found) -> Message:
    return Message(words.OTHER_NEARER, {"other": plan.streets.names[found.other]})


def _bad_number(plan: "PlannedNumbers", found: Found) -> Message:
    return Message(words.BAD_NUMBER, _text(plan, found))


def _illegal(plan: "PlannedNumbers", found: Found) -> Message:
    values = {"text": plan.text_at(found.row), "note": _note(plan, found)}
    return Message(words.ILLEGAL_KEPT if plan.kept.kept[found.row] else words.ILLEGAL, values)


def _temporary(plan: "PlannedNumbers", found: Found) -> Message:
    text = plan.text_at(found.row)
    return Message(
        words.TEMPORARY_NUMBERED if text else words.TEMPORARY_NONE, {"text": text, "note": _note(plan, found)}
    )


def _retired(plan: "PlannedNumbers", found: Found) -> Message:
    standing, note = plan.standing, _note(plan, found)
    if found.other < 0:
        text = standing.retired.get(found.row, "")
        return Message(words.RETIRED if text else words.DEMOLISHED, {"text": text, "note": note})
    values = {"text": standing.former[found.other], "other": plan.entrances.ids[found.other], "note": note}
    return Message(
        words.OLD_NUMBER_DECIDED if standing.has_old_number(found.row) else words.OLD_NUMBER_UNDECIDED, values
    )


def _reserved(plan: "PlannedNumbers", found: Found) -> Message:
    street, front = int(plan.feet.street[found.row]), plan.entrances.circumstances[found.row].front_metres
    rule = plan.rules[street] if street >= 0 else None
    if rule is None or rule.by_distance or not kept_free(front, rule.reserve_metres):
        return Message(words.LAND)
    values = {
        "metres": f"{front:g}",
        "count": kept_free(front, rule.reserve_metres),
        "every": f"{rule.reserve_metres:g}",
    }
    return Message(words.RESERVED, values)


def _secondary(plan: "PlannedNumbers", found: Found) -> Message:
    return Message(words.SECONDARY, _text(plan, found))


def _reason_missing(_plan: "PlannedNumbers", _found: Found) -> Message:
    return Message(words.REASON_MISSING)


def _unknown_entrance(plan: "PlannedNumbers", found: Found) -> Message:
    return Message(words.UNKNOWN_ENTRANCE, {"of": plan.entrances.circumstances[found.row].of})


def _note(plan: "PlannedNumbers", found: Found) -> str:
    return plan.entrances.circumstances[found.row].note.strip()


def _text(plan: "PlannedNumbers", found: Found) -> dict[str, object]:
    return {"text": plan.text_at(found.row)}


_SENTENCES = {
    Kind.NO_STREET: _no_street,
    Kind.UNKNOWN_STREET: _unknown_street,
    Kind.NO_FREE_NUMBER: _no_free_number,
    Kind.NUMBER_TOO_LARGE: _number_too_large,
    Kind.KEPT_OUT_OF_ORDER: _kept_out_of_order,
    Kind.DUPLICATE: _duplicate,
    Kind.DISPLACED: _displaced,
    Kind.STACKED: _stacked,
    Kind.OTHER_STREET_NEARER: _other_street_nearer,
    Kind.BAD_NUMBER: _bad_number,
    Kind.ILLEGAL: _illegal,
    Kind.TEMPORARY: _temporary,
    Kind.RETIRED: _retired,
    Kind.RESERVED: _reserved,
    Kind.SECONDARY: _secondary,
    Kind.REASON_MISSING: _reason_missing,
    Kind.UNKNOWN_ENTRANCE: _unknown_entrance,
}
