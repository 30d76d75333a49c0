"""Why a door has the number it has, in a sentence; made when it is read, so that a million doors stay small."""

from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_gap import Outcome
from geo_app.domain.numbering_rule import NumberingRule

LEFT = marked("left side")
RIGHT = marked("right side")
ODD = marked("odd")
EVEN = marked("even")

KEPT = marked("{text} is on the wall and stays.")
KEPT_WITHOUT_STREET = marked("{text} is on the wall and stays, though no street was found.")
BY_HAND = marked("{text} was set by hand.")

PLACED = marked("{metres} m from the start, {side}; {formula}; {outcome}.")
METRE = marked("the metre number is {target}")
QUANTIFIED = marked("one number every {step} m puts it at {target}")
NOT_TOLD = marked("the walls around it suggest no number")
SEQUENTIAL = marked("the next free {parity} number after reserves")

FREE = marked("that number is free")
TAKEN = marked("that number is taken or not above the one before, so it is {number}")
HELD = marked("kept numbers further on leave room up to {number}")
SUB = marked("no number is left before the next kept one, so it is a sub-number of {number}")
IS = marked("it is {number}")


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
    if outcome == Outcome.SUB_NUMBER:
        return Message(SUB, {"number": number})
    if outcome == Outcome.HELD_BELOW:
        return Message(HELD, {"number": number})
    if rule.continues or not rule.by_distance:
        return Message(IS, {"number": number})
    return Message(FREE) if outcome == Outcome.AS_RULED else Message(TAKEN, {"number": number})
