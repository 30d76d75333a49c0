"""What a planner decides for single doors of a plan, and the doors as the engines take them with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from geo_app.domain.address_text import number_text
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.numbering_wall import read_wall
from geo_app.domain.planned_door import Door, PlanFinding

MOVED = marked("{old} is given up by the planner's decision: {reason}")
GIVEN_UP = "given up in this plan"


@dataclass(frozen=True, slots=True)
class Decided:
    """What the planner decides for single doors, by entrance id: numbers by hand, and doors to be numbered anew."""

    hand: Mapping[int, str] = field(default_factory=dict)
    moved: frozenset[int] = frozenset()

    def leaves(self, door: Door) -> bool:
        """Tell whether the door gives up what it is called today."""
        return door.entrance_id in self.hand or door.entrance_id in self.moved

    def wall(self, door: Door) -> str:
        """Return what is to stay on the door: the number by hand, else that of today, "" where it is numbered anew."""
        if door.entrance_id in self.hand:
            return self.hand[door.entrance_id]
        return "" if door.entrance_id in self.moved else _number_today(door)

    def reason(self, door: Door, engines: Message) -> Message:
        """Return why the door has its number: the engine's reason, with the number that it gives up."""
        moved = door.entrance_id in self.moved and door.entrance_id not in self.hand
        old = _number_today(door) if moved else ""
        return Message(MOVED, {"old": old, "reason": engines}) if old else engines


def entrances_of(doors: Sequence[Door], decided: Decided) -> Entrances:
    """Return doors as columns, with the numbers they have today or get by hand."""
    count = len(doors)
    return Entrances(
        ids=[str(door.entrance_id) for door in doors],
        lon=np.fromiter((door.position.lon for door in doors), dtype=np.float64, count=count),
        lat=np.fromiter((door.position.lat for door in doors), dtype=np.float64, count=count),
        walls=[decided.wall(door) for door in doors],
        by_hand=np.fromiter((door.entrance_id in decided.hand for door in doors), dtype=bool, count=count),
        circumstances={row: door.circumstance for row, door in enumerate(doors) if not door.circumstance.usual},
    )


def without_given_up(rule: NumberingRule, doors: Sequence[Door], decided: Decided) -> NumberingRule:
    """Return the rule so that what a door gives up goes to no other door by itself."""
    numbers = {number for door in doors if decided.leaves(door) for number in _numbers_of(door)}
    if not numbers:
        return rule
    return replace(rule, skip=rule.skip | numbers, skip_reason=rule.skip_reason or GIVEN_UP)


def decided_elsewhere(doors: Sequence[Door], decided: Decided, by_hand: str, moved: str) -> Iterator[PlanFinding]:
    """Yield a finding for each decision that would be lost in silence; `by_hand` and `moved` are its sentences."""
    here = {door.entrance_id for door in doors}
    for sentence, entrances in ((by_hand, decided.hand.keys()), (moved, decided.moved)):
        for entrance in sorted(entrances - here):
            yield PlanFinding("unknown_entrance", "warning", Message(sentence, {"entrance": entrance}))


def _numbers_of(door: Door) -> tuple[int, ...]:
    wall = read_wall(_number_today(door))
    return () if wall.number is None or wall.bad else (wall.number,)


def _number_today(door: Door) -> str:
    return number_text(door.number) if door.number else door.wall_number or ""
