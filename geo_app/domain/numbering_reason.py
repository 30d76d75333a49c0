"""Why a door has the number it has, in a sentence; made when it is read, so that a million doors stay small."""

from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_circumstance import Circumstance, DoorKind, DoorState
from geo_app.domain.numbering_gap import Outcome
from geo_app.domain.numbering_reserve import ReserveKind
from geo_app.domain.numbering_rule import NumberingRule

LEFT = marked("left side")
RIGHT = marked("right side")
ODD = marked("odd")
EVEN = marked("even")

KEPT = marked("{text} is on the wall and stays.")
KEPT_WITHOUT_STREET = marked("{text} is on the wall and stays, though no street was found.")
BY_HAND = marked("{text} was set by hand.")

PLACED = marked("{metres} m from the start, {side}; {formula}; {outcome}.")
SHARING = marked("{metres} m from the start, {side}; {outcome}.")
METRE = marked("the metre number is {target}")
QUANTIFIED = marked("one number every {step} m puts it at {target}")
NOT_TOLD = marked("the walls around it suggest no number")
SEQUENTIAL = marked("the next free {parity} number after reserves")

FREE = marked("that number is free")
TAKEN = marked("that number is taken or not above the one before, so it is {number}")
HELD = marked("kept numbers further on leave room up to {number}")
SUB = marked("no number is left before the next kept one, so it is a sub-number of {number}")
IS = marked("it is {number}")
COVERED = marked("its front also covers {number}, which is free")
SHARED = marked("it shares number {number} and takes a sub-number")
LAND_USED = marked("a number kept free for the wall or open land here is used: {number}")
LANE_USED = marked("the number kept free for this lane is used: {number}")

OLD_NUMBER = marked("{text} is the old number of the demolished building, given again by decision: {note}")
AND = marked("{reason} {more}")
STAIR = marked("A stair door on the street has a number of its own.")
RECESSED = marked("A recessed front takes a sub-number of the front before it.")
CORNER = marked("Second door of a corner building: a secondary address.")
TEMPORARY = marked("Temporary building: the plate is marked 临.")


def formula_of(rule: NumberingRule, target: int) -> Message:
    """Return what the rule says about a door, as part of a sentence."""
    if rule.continues:
        return Message(NOT_TOLD)
    if rule.method == "sequential":
        return Message(SEQUENTIAL, {"parity": Message(ODD if target % 2 else EVEN)})
    if rule.method == "metre":
        return Message(METRE, {"target": target})
    return Message(QUANTIFIED, {"step": f"{rule.interval:g}", "target": target})


def outcome_of(rule: NumberingRule, outcome: Outcome, number: int) -> Message:
    """Return what came of it, as part of a sentence."""
    if outcome in _OUTCOMES:
        return Message(_OUTCOMES[outcome], {"number": number})
    if rule.continues or not rule.by_distance:
        return Message(IS, {"number": number})
    return Message(FREE) if outcome == Outcome.AS_RULED else Message(TAKEN, {"number": number})


def use_of(kind: ReserveKind, number: int) -> Message:
    """Return that a number is used for which it was kept free, as part of a sentence."""
    return Message(LANE_USED if kind is ReserveKind.LANE else LAND_USED, {"number": number})


def with_circumstance(reason: Message, one: Circumstance | None) -> Message:
    """Return a reason with what the door's circumstances add to it."""
    if one is None:
        return reason
    more = TEMPORARY if one.state is DoorState.TEMPORARY else _KINDS.get(one.kind)
    return reason if more is None else Message(AND, {"reason": reason, "more": Message(more)})


_OUTCOMES = {
    Outcome.SUB_NUMBER: SUB,
    Outcome.HELD_BELOW: HELD,
    Outcome.COVERED: COVERED,
    Outcome.SHARED: SHARED,
}
_KINDS = {DoorKind.STAIR: STAIR, DoorKind.RECESSED: RECESSED, DoorKind.CORNER: CORNER}
