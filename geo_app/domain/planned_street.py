"""Numbering one street of the register: lines, doors and what they are called today in, a plan's content out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely

from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.address_text import SubNumberStyle, TextStyle, number_text
from geo_app.domain.adoption_direction import as_walls_run
from geo_app.domain.adoption_mapping import wall_house_number
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering import FAR_METRES, PlannedNumbers, Surroundings, number_streets, street_rules
from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.numbering_position import Walks, walk_streets
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.numbering_standing import Standing
from geo_app.domain.numbering_wall import WallNumber
from geo_app.domain.planned_decided import Decided, decided_elsewhere, entrances_of, without_given_up
from geo_app.domain.planned_door import Door, PlanContent, PlanFinding, PlannedDoor, PlannedLine
from geo_app.domain.planned_score import future_proof_score
from geo_app.domain.street import Streets, build_streets
from geo_app.domain.street_piece import Geometries, StreetPieces

HAND_ELSEWHERE = marked("A number was set by hand for entrance {entrance}, which is not on this street.")
MOVED_ELSEWHERE = marked("Entrance {entrance}, which was to be renumbered, is not on this street.")
ON_TWO_LINES = marked("{text} would stand on two parts of the street that do not touch.")


@dataclass(frozen=True, slots=True)
class StreetFacts:
    """What a street's numbers depend on: pieces of one name, doors, unnamed lanes that open into it (degrees)."""

    pieces: StreetPieces
    doors: Sequence[Door]
    lanes: Geometries = field(default_factory=lambda: np.empty(0, dtype=object))


def plan_street(facts: StreetFacts, rule: NumberingRule, decided: Decided) -> PlanContent:
    """Return the numbers of a street's doors.

    A number of today (current address, else what is on the wall) stays unless the planner decides otherwise for this
    door; what a door gives up goes to no other door by itself.
    Raises CentreNeeded, and RuleValueNotAllowed for a line's own field that cannot be read.
    """
    streets = build_streets(facts.pieces)
    entrances = entrances_of(facts.doors, decided)
    careful = without_given_up(rule, facts.doors, decided)
    planned = number_streets(streets, entrances, careful, Surroundings(lanes=facts.lanes))
    doors = tuple(_doors(planned, facts.doors, (rule, decided)))
    lost = decided_elsewhere(facts.doors, decided, HAND_ELSEWHERE, MOVED_ELSEWHERE)
    findings = (*_findings(planned, facts.doors), *_twice(doors), *lost)
    return PlanContent(doors, findings, lines_of(streets, planned.walks), future_proof_score(doors))


def street_lines(pieces: StreetPieces, rule: NumberingRule, doors: Sequence[PlannedDoor]) -> tuple[PlannedLine, ...]:
    """Return the lines of a street as its plan walks them: by the rule, or as the numbers run that its doors keep.

    Raises what `plan_street` raises.
    """
    streets = build_streets(pieces)
    lon, lat = np.array([(one.door.position.lon, one.door.position.lat) for one in doors]).reshape(-1, 2).T
    kept = [one.text if one.kept else "" for one in doors]
    entrances = Entrances([str(one.door.entrance_id) for one in doors], lon, lat, walls=kept)
    streets = as_walls_run(streets, Standing(entrances), street_rules(streets, rule), FAR_METRES)
    return lines_of(streets, walk_streets(streets, street_rules(streets, rule)))


def lines_of(streets: Streets, walks: Walks) -> tuple[PlannedLine, ...]:
    """Return the walked lines with their keys."""
    ends = zip(walks.offsets[:-1].tolist(), walks.offsets[1:].tolist(), strict=True)
    return tuple(
        PlannedLine(key, tuple(zip(walks.lon[first:last].tolist(), walks.lat[first:last].tolist(), strict=True)))
        for key, (first, last) in zip(streets.ids, ends, strict=True)
    )


def style_of(rule: NumberingRule) -> TextStyle:
    """Return how the rule writes numbers: 12号附3号, 12号之3, or with `-` bare as in Europe: 12-3."""
    return TextStyle(SubNumberStyle(rule.sub_number), generic="" if rule.sub_number == "-" else "号")


def as_pieces(name: str, lines: Sequence[tuple[str, shapely.LineString, Mapping[str, str]]]) -> StreetPieces:
    """Return lines (key, line in degrees, rule fields) as the pieces of one street."""
    column = np.empty(len(lines), dtype=object)
    column[:] = [line for _, line, _ in lines]
    return StreetPieces([key for key, _, _ in lines], [name] * len(lines), column, [fields for _, _, fields in lines])


def _doors(
    planned: PlannedNumbers, doors: Sequence[Door], wishes: tuple[NumberingRule, Decided]
) -> Iterator[PlannedDoor]:
    rule, decided = wishes
    for row, (door, found) in enumerate(zip(doors, planned, strict=True)):
        by_hand = door.entrance_id in decided.hand
        number = house_number(planned.kept.walls.get(row), found.number, found.sub_number)
        street = int(planned.feet.street[row])
        style = style_of(planned.rules[street] if street >= 0 else rule)
        yield PlannedDoor(
            door,
            number,
            number_text(number, style) if number else found.text,
            found.street_id or None,
            found.side or None,
            found.metres,
            kept=found.kept and not by_hand,
            by_hand=by_hand,
            moved=door.entrance_id in decided.moved,
            reason=decided.reason(door, found.reason),
        )


def house_number(wall: WallNumber | None, number: int | None, sub_number: str) -> HouseNumber | None:
    """Return what the engine found as a number of the register, None where a wall cannot be read as one."""
    return wall_house_number(wall or WallNumber(number, number, sub_number))


def _findings(planned: PlannedNumbers, doors: Sequence[Door]) -> Iterator[PlanFinding]:
    by_id = {str(door.entrance_id): door for door in doors}
    for found in planned.findings():
        door = by_id.get(found.entrance_id)
        yield PlanFinding(
            str(found.kind),
            found.severity,
            found.message,
            door.entrance_id if door else None,
            door.position if door else None,
        )


def _twice(doors: Sequence[PlannedDoor]) -> Iterator[PlanFinding]:
    """Yield what the engine cannot see: a number is unique on the whole street, also where its lines do not touch."""
    first: dict[HouseNumber, PlannedDoor] = {}
    for planned in doors:
        if planned.number is None:
            continue
        other = first.setdefault(planned.number, planned)
        if other is not planned and other.line_key != planned.line_key:
            message = Message(ON_TWO_LINES, {"text": planned.text})
            door = planned.door
            yield PlanFinding("duplicate", "error", message, door.entrance_id, door.position)
