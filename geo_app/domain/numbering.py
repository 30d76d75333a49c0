"""Numbering doors: streets, entrances and a rule in; a number, a sub-number or a finding for every door out.

Pure and deterministic: the order of the rows never matters, the same input gives the same plan. The work is done on
columns; values for single doors (`PlannedNumber`, `Finding`) are made when somebody asks for them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from geo_app.domain.adoption import NOTHING, Continued, continue_streets
from geo_app.domain.adoption_direction import as_walls_run
from geo_app.domain.bulk import collector_paused
from geo_app.domain.message import Message
from geo_app.domain.numbering_circumstance import DoorKind, DoorState
from geo_app.domain.numbering_entrance import Entrances, KeptNumbers, read_kept, walking_order
from geo_app.domain.numbering_faults import faults, told
from geo_app.domain.numbering_findings import Finding, Found, Kind
from geo_app.domain.numbering_gap import Outcome
from geo_app.domain.numbering_place import Places, place_doors
from geo_app.domain.numbering_position import Booleans, Feet, Walks, walk_streets
from geo_app.domain.numbering_reason import (
    BY_HAND,
    KEPT,
    KEPT_WITHOUT_STREET,
    LEFT,
    OLD_NUMBER,
    PLACED,
    RIGHT,
    SHARING,
    formula_of,
    outcome_of,
    use_of,
    with_circumstance,
)
from geo_app.domain.numbering_reserve import (
    Frontage,
    ReservedPlaces,
    ReserveKind,
    Walked,
    passed_by,
    reserves_for_frontages,
    reserves_for_lanes,
)
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.numbering_sequence import Allocation, Held, Sides, allocate, side_columns
from geo_app.domain.numbering_standing import Standing, settle, unusual, why_left_out
from geo_app.domain.numbering_wall import read_wall
from geo_app.domain.numbering_wording import worded
from geo_app.domain.position import ELLIPSOID
from geo_app.domain.street import Streets
from geo_app.domain.street_piece import Geometries

FAR_METRES = 100.0
"""A door farther than this from every street it may stand on is not numbered (cli.md, `no_street`)."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else the rule looks at: `far` metres, unnamed lanes (LineStrings in degrees), walls and open land."""

    far: float = FAR_METRES
    lanes: Geometries = field(default_factory=lambda: np.empty(0, dtype=object))
    frontages: Sequence[Frontage] = ()


@dataclass(frozen=True, slots=True)
class PlannedNumber:
    """The number of one door.

    `side`: "left", "right" as walked from the start, "" without a street; `metres`: geodesic from the start, to the
    centimetre, None without a street; `number`: None where there is none; `sub_number`: digits or a suffix letter, "";
    `text`: as the plate reads, for a kept number as on the wall.
    """

    entrance_id: str
    street_id: str
    street_name: str
    side: str
    metres: float | None
    number: int | None
    sub_number: str
    text: str
    kept: bool
    reason: Message


@dataclass(frozen=True, slots=True, eq=False)
class PlannedNumbers:
    """The plan: columns by row of the entrances, in input order, and the findings."""

    streets: Streets
    rule: NumberingRule
    rules: Sequence[NumberingRule]
    standing: Standing
    walks: Walks
    places: Places
    kept: KeptNumbers
    sides: Sides
    allocation: Allocation
    reserved: ReservedPlaces
    found: Sequence[Found]
    far: float
    continued: Continued = NOTHING

    def __len__(self) -> int:
        return len(self.entrances)

    def __iter__(self) -> Iterator[PlannedNumber]:
        return (self.planned(row) for row in range(len(self)))

    @property
    def entrances(self) -> Entrances:
        """Return the doors with the walls that count."""
        return self.standing.entrances

    @property
    def feet(self) -> Feet:
        """Return street, metres, distance and side of each door."""
        return self.places.feet

    def findings(self) -> Iterator[Finding]:
        """Yield the findings, in the order of the entrances and then those about streets."""
        return (worded(self, found) for found in self.found)

    def planned(self, row: int) -> PlannedNumber:
        """Return the number of one door as a value."""
        street = int(self.feet.street[row])
        placed = street >= 0
        number, sub_number = self.number_at(row)
        return PlannedNumber(
            entrance_id=self.entrances.ids[row],
            street_id=self.streets.ids[street] if placed else "",
            street_name=self.street_name_at(row),
            side=("left" if self.feet.left[row] else "right") if placed else "",
            metres=float(self.sides.centimetres[row]) / 100 if placed else None,
            number=number,
            sub_number=sub_number,
            text=self.text_at(row),
            kept=bool(self.kept.kept[row]),
            reason=self.reason_at(row),
        )

    def number_at(self, row: int) -> tuple[int | None, str]:
        """Return number and sub-number of a door; None and "" where there is none."""
        wall = self.kept.walls.get(row)
        if wall is not None:
            return wall.number, wall.sub_number
        number, sub_number = int(self.allocation.number[row]), int(self.allocation.sub_number[row])
        return number or None, str(sub_number) if sub_number else ""

    def text_at(self, row: int) -> str:
        """Return what the plate reads, "" where the door has no number."""
        if self.kept.kept[row]:
            return self.entrances.wall(row)
        number = int(self.allocation.number[row])
        rule = self.rules[self.feet.street[row]] if number else None
        return rule.text_of(number, int(self.allocation.sub_number[row])) if rule else ""

    def street_name_at(self, row: int) -> str:
        """Return the name of the door's street, or of the one it claims."""
        street = int(self.feet.street[row])
        if street >= 0:
            return self.streets.names[street]
        return self.entrances.street_names[row] if self.entrances.street_names is not None else ""

    def reason_at(self, row: int) -> Message:
        """Return why the door has its number, or why it has none."""
        if self.kept.kept[row]:
            return self._kept_reason(row)
        outcome = Outcome(int(self.allocation.outcome[row]))
        number, target = int(self.allocation.number[row]), int(self.sides.target[row])
        if not number:
            return self._problem(row)
        rule = self.rules[self.feet.street[row]]
        values = {
            "metres": f"{self.sides.centimetres[row] / 100:.2f}".rstrip("0").rstrip("."),
            "side": Message(LEFT if self.feet.left[row] else RIGHT),
            "formula": self.continued.said(row) or formula_of(rule, target),
            "outcome": use_of(used, number) if (used := self._use_of(row)) else outcome_of(rule, outcome, number),
        }
        pattern = SHARING if outcome is Outcome.SHARED else PLACED
        return with_circumstance(Message(pattern, values), self.entrances.circumstances.get(row))

    def _use_of(self, row: int) -> ReserveKind | None:
        """Return what the number of a door was kept free for; None: nothing, or there was no number left for it."""
        return self.reserved.used.get(row) if not self.allocation.sub_number[row] else None

    def _kept_reason(self, row: int) -> Message:
        values = {"text": self.entrances.wall(row)}
        if self.entrances.is_by_hand(row):
            return Message(BY_HAND, values)
        if self.standing.has_old_number(row):
            return Message(OLD_NUMBER, values | {"note": self.entrances.circumstances[row].note.strip()})
        return Message(KEPT if self.feet.street[row] >= 0 else KEPT_WITHOUT_STREET, values)

    def _problem(self, row: int) -> Message:
        one = self.entrances.circumstances.get(row)
        left_out = why_left_out(one, self.rule) if one is not None else None
        if left_out is not None:
            return worded(self, Found(left_out, row)).message
        stopping = (Kind.NO_STREET, Kind.UNKNOWN_STREET, Kind.NO_FREE_NUMBER, Kind.NUMBER_TOO_LARGE)
        found = next(kind for kind in stopping if self._has(kind, row))
        return worded(self, Found(found, row)).message

    def _has(self, kind: Kind, row: int) -> bool:
        outcomes = {Kind.NO_FREE_NUMBER: Outcome.NO_FREE_NUMBER, Kind.NUMBER_TOO_LARGE: Outcome.TOO_LARGE}
        if kind in outcomes:
            return bool(self.allocation.outcome[row] == outcomes[kind])
        unknown = bool(self.places.unknown_name[row])
        return self.feet.street[row] < 0 and (unknown == (kind == Kind.UNKNOWN_STREET))


@collector_paused()
def number_streets(
    streets: Streets,
    entrances: Entrances,
    rule: NumberingRule,
    surroundings: Surroundings = Surroundings(),
) -> PlannedNumbers:
    """Return the plan for all entrances; rule fields on the streets override `rule`.

    Raises CentreNeeded, and RuleValueNotAllowed for a street's field that cannot be read.
    """
    standing = settle(entrances, rule)
    entrances = standing.entrances
    streets = as_walls_run(streets, standing, street_rules(streets, rule), surroundings.far)
    rules = street_rules(streets, rule)
    walks = walk_streets(streets, rules)
    places = place_doors(streets, walks, standing, surroundings.far)
    kept = read_kept(entrances)
    sides = _sides(standing, rule, (streets, rules), odd_doors(places.feet, walks, rules), places.feet)
    continued = continue_streets(sides, kept, entrances, rules)
    sides = replace(sides, target=continued.targets(sides.target))
    reserved = _reserved(entrances, places.feet, sides, (walks, rules), surroundings)
    allocation = allocate(sides, kept, rules, _held(standing, reserved))
    found = [*faults(entrances, places, (kept, sides, allocation), rules), *unusual(standing, rule)]
    results = (kept, sides, allocation, reserved, told(found, streets), surroundings.far, continued)
    return PlannedNumbers(streets, rule, rules, standing, walks, places, *results)


def _sides(
    standing: Standing, rule: NumberingRule, ruled: tuple[Streets, Sequence[NumberingRule]], odd: Booleans, feet: Feet
) -> Sides:
    """Return the columns for allocation; in their order stand the doors that get a number of the street's sequence."""
    streets, rules = ruled
    sides = side_columns(standing.entrances, feet, streets.groups, rules, odd)
    if not standing.entrances.circumstances:
        return sides
    apart = standing.left_out(rule)
    apart[list(standing.attached)] = True
    return replace(sides, order=sides.order[~apart[sides.order]])


def _reserved(
    entrances: Entrances,
    feet: Feet,
    sides: Sides,
    ruled: tuple[Walks, Sequence[NumberingRule]],
    surroundings: Surroundings,
) -> ReservedPlaces:
    walks, rules = ruled
    fronts = [*surroundings.frontages, *_fronts(entrances, feet)]
    reserves = reserves_for_frontages(fronts, rules)
    if len(surroundings.lanes):
        reserves += reserves_for_lanes(surroundings.lanes, walks, rules)
    lanes = {row for row, one in entrances.circumstances.items() if one.kind is DoorKind.LANE}
    return passed_by(reserves, rules, Walked(sides.order, feet.street, feet.left, feet.metres, lanes))


def _fronts(entrances: Entrances, feet: Feet) -> Iterator[Frontage]:
    """Yield the fronts of doors that stand on a street, half to either side of the door."""
    for row, one in entrances.circumstances.items():
        stands = (
            one.front_metres and feet.street[row] >= 0 and one.state not in {DoorState.ILLEGAL, DoorState.DEMOLISHED}
        )
        if stands:
            here, half = float(feet.metres[row]), one.front_metres / 2
            yield Frontage(int(feet.street[row]), bool(feet.left[row]), max(0.0, here - half), here + half)


def _held(standing: Standing, reserved: ReservedPlaces) -> Held:
    """Return what numbers must mind; doors that share a number come by their distance from the door that has it."""
    doors, attached = standing.entrances, standing.attached
    if not attached and not standing.retired:
        return Held(reserved)
    rows = np.array(sorted(attached), dtype=np.int64)
    owners = np.array([attached[row] for row in rows.tolist()], dtype=np.int64)
    away = np.zeros(len(doors), dtype=np.int64)
    steps = np.asarray(ELLIPSOID.inv(doors.lon[rows], doors.lat[rows], doors.lon[owners], doors.lat[owners])[2])
    away[rows] = np.rint(np.nan_to_num(steps, nan=0.0, posinf=0.0) * 100)
    ordered = [row for row in walking_order(doors, (away,)).tolist() if row in attached]
    retired = {row: read_wall(text) for row, text in standing.retired.items()}
    return Held(reserved, retired, {row: attached[row] for row in ordered})


def street_rules(streets: Streets, rule: NumberingRule) -> list[NumberingRule]:
    """Return the rule of each street: the given one with the street's own fields. Raises RuleValueNotAllowed."""
    known: dict[tuple[tuple[str, str], ...], NumberingRule] = {(): rule}
    rules = []
    for fields in streets.overrides:
        key = tuple(sorted(fields.items()))
        if key not in known:
            known[key] = rule.with_overrides(**fields)
        rules.append(known[key])
    return rules


def odd_doors(feet: Feet, walks: Walks, rules: Sequence[NumberingRule]) -> Booleans:
    """Return where doors take odd numbers: on the odd side; on a one-sided street, where most of its doors stand."""
    placed = feet.street >= 0
    odd = np.zeros(len(feet.street), dtype=bool)
    odd[placed] = feet.left[placed] == walks.odd_left[feet.street[placed]]
    one_sided = np.array([rule.one_sided for rule in rules] or [False], dtype=bool)
    if one_sided.any():
        street = feet.street[placed]
        doors = np.bincount(street, minlength=len(rules))
        mostly = 2 * np.bincount(street, weights=odd[placed], minlength=len(rules)) >= doors
        odd[placed] = np.where(one_sided[street], mostly[street], odd[placed])
    return odd
