"""The number proposed to a case: what the engine gives one door, why, and who stands before and after it."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.case_refusals import HandNumberNeedsReason
from geo_app.domain.message import Message
from geo_app.domain.planned_door import PlanContent, PlanFinding, PlannedDoor
from geo_app.domain.position import Position

NEW_DOOR = 0
"""Entrance id of a door that is only a point on the map yet."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The next numbered door on the same side, and how many metres of street lie between."""

    text: str
    metres: float
    position: Position


@dataclass(frozen=True, slots=True)
class NumberProposal:
    """A door's number (None: none is free, `reason` says why), its neighbours, and what is doubtful about it.

    `metres` from the street's start; `side` left or right as one walks from there; both empty off the street.
    """

    number: HouseNumber | None
    text: str
    reason: Message
    position: Position
    side: str | None = None
    metres: float | None = None
    before: Neighbour | None = None
    after: Neighbour | None = None
    findings: tuple[PlanFinding, ...] = ()
    by_hand: bool = False


def proposal_of(content: PlanContent, entrance_id: int) -> NumberProposal:
    """Return what a street's plan gives the door `entrance_id`, seen with the doors beside it."""
    own = next(door for door in content.doors if door.door.entrance_id == entrance_id)
    beside = sorted(_beside(content.doors, own), key=lambda door: door.metres or 0.0)
    before = [door for door in beside if (door.metres or 0.0) <= (own.metres or 0.0)]
    after = [door for door in beside if (door.metres or 0.0) > (own.metres or 0.0)]
    return NumberProposal(
        own.number,
        own.text,
        own.reason,
        own.door.position,
        own.side,
        own.metres,
        _neighbour(before[-1], own) if before else None,
        _neighbour(after[0], own) if after else None,
        tuple(found for found in content.findings if found.entrance_id == entrance_id),
        own.by_hand,
    )


def require_hand_reason(chosen: str, proposed: str, why: str) -> None:
    """Check that whoever chose another number than the rule's said why.

    Raises HandNumberNeedsReason.
    """
    if chosen != proposed and not why.strip():
        raise HandNumberNeedsReason(number=chosen, proposed=proposed or "—")


def _beside(doors: Sequence[PlannedDoor], own: PlannedDoor) -> list[PlannedDoor]:
    """Return the doors on the same side of the same line whose numbers are settled: kept, or set by hand."""
    return [
        door
        for door in doors
        if door is not own
        and (door.line_key, door.side) == (own.line_key, own.side)
        and door.number is not None
        and (door.kept or door.by_hand)
    ]


def _neighbour(door: PlannedDoor, own: PlannedDoor) -> Neighbour:
    return Neighbour(door.text, round(abs((door.metres or 0.0) - (own.metres or 0.0)), 1), door.door.position)
