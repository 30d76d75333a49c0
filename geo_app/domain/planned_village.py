"""Numbering one village group of the register: lanes, houses and their numbers of today in, a plan's content out."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.ops import substring

from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.address_text import number_text
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.planned_decided import Decided, decided_elsewhere, entrances_of, without_given_up
from geo_app.domain.planned_door import Door, PlanContent, PlanFinding, PlannedDoor, PlannedLine
from geo_app.domain.planned_street import house_number, style_of
from geo_app.domain.position import Position
from geo_app.domain.village_houses import Lanes, VillageWalk, walk_village
from geo_app.domain.village_numbering import NumberedGroup, number_village

NO_MOUTH = marked("The group has no mouth yet; set on the map where one comes in to its lanes.")
NOT_WALKED = marked("Not numbered yet: the walk begins at the mouth.")
HAND_ELSEWHERE = marked("A number was set by hand for entrance {entrance}, which is not in this group.")
MOVED_ELSEWHERE = marked("Entrance {entrance}, which was to be renumbered, is not in this group.")
TWICE = marked("{text} would be on two houses of this group.")

FOOTPATH = "path"
"""Key of the line from house to house where no lane was drawn."""


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What a group's numbers depend on: lanes (degrees), houses, the mouth, numbers that others in the group hold."""

    lanes: Sequence[tuple[str, shapely.LineString]]
    doors: Sequence[Door]
    mouth: Position | None
    others: AbstractSet[HouseNumber] = frozenset()


def plan_group(facts: GroupFacts, rule: NumberingRule, decided: Decided) -> PlanContent:
    """Return the numbers of a group's houses.

    A number of today (current address, else what is on the wall) stays unless the planner decides otherwise for this
    house; what a house gives up goes to no other house by itself.
    """
    if facts.mouth is None:
        return _without_mouth(facts)
    houses, careful = entrances_of(facts.doors, decided), without_given_up(rule, facts.doors, decided)
    group = number_village(houses, _lanes(facts), facts.mouth, careful, facts.others)
    doors = tuple(_doors(group, facts.doors, decided))
    lost = decided_elsewhere(facts.doors, decided, HAND_ELSEWHERE, MOVED_ELSEWHERE)
    findings = (*_findings(group, facts.doors), *_twice(doors), *lost)
    return PlanContent(doors, findings, tuple(_lines(group.walk, facts.doors)))


def group_lines(facts: GroupFacts) -> tuple[PlannedLine, ...]:
    """Return the lanes in the order and direction of the walk; the last one ends at the last house."""
    if facts.mouth is None:
        return ()
    walk = walk_village(entrances_of(facts.doors, Decided()), _lanes(facts), facts.mouth)
    return tuple(_lines(walk, facts.doors))


def _lanes(facts: GroupFacts) -> Lanes:
    column = np.empty(len(facts.lanes), dtype=object)
    column[:] = [line for _, line in facts.lanes]
    return Lanes([key for key, _ in facts.lanes], column)


def _without_mouth(facts: GroupFacts) -> PlanContent:
    doors = tuple(
        PlannedDoor(
            door, door.number, number_text(door.number) if door.number else "", kept=door.numbered,
            reason=Message(NOT_WALKED),
        )
        for door in facts.doors
    )  # fmt: skip
    return PlanContent(doors, (PlanFinding("no_mouth", "error", Message(NO_MOUTH)),))


def _doors(group: NumberedGroup, doors: Sequence[Door], decided: Decided) -> Iterator[PlannedDoor]:
    style = style_of(group.rule)
    for row, (door, found) in enumerate(zip(doors, group, strict=True)):
        by_hand = door.entrance_id in decided.hand
        number = house_number(group.kept.walls.get(row), found.number, found.sub_number)
        yield PlannedDoor(
            door,
            number,
            number_text(number, style) if number else found.text,
            found.lane or None,
            found.side or None,
            found.metres,
            kept=found.kept and not by_hand,
            by_hand=by_hand,
            moved=door.entrance_id in decided.moved,
            reason=decided.reason(door, found.reason),
        )


def _findings(group: NumberedGroup, doors: Sequence[Door]) -> Iterator[PlanFinding]:
    by_id = {str(door.entrance_id): door for door in doors}
    for found in group.findings:
        door = by_id.get(found.entrance_id)
        place = Position(*found.place) if found.place else door.position if door else None
        yield PlanFinding(str(found.kind), found.severity, found.message, door.entrance_id if door else None, place)


def _twice(doors: Sequence[PlannedDoor]) -> Iterator[PlanFinding]:
    """Yield what is read alike though it is written otherwise; the same text twice is a finding of the engine's."""
    first: dict[HouseNumber, PlannedDoor] = {}
    for planned in doors:
        if planned.number is None:
            continue
        other = first.setdefault(planned.number, planned)
        if other is not planned and not (planned.kept and other.kept):
            message = Message(TWICE, {"text": planned.text})
            yield PlanFinding("duplicate", "error", message, planned.door.entrance_id, planned.door.position)


def _lines(walk: VillageWalk, doors: Sequence[Door]) -> Iterator[PlannedLine]:
    for lane, stretch in zip(walk.lanes, walk.stretches, strict=True):
        walked = substring(stretch.line, 0.0, stretch.reach)
        if walked.length > 0:
            degrees = walk.plane.to_degrees(shapely.get_coordinates(walked))
            yield PlannedLine(lane, tuple((lon, lat) for lon, lat in degrees.tolist()))
    if walk.spots and not walk.stretches:
        houses = (doors[spot.row].position for spot in walk.spots)
        path = [(walk.plane.lon, walk.plane.lat), *((house.lon, house.lat) for house in houses)]
        yield PlannedLine(FOOTPATH, tuple(path))
