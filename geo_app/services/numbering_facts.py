"""What a numbering plan is computed from and judged by, read from the register."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from geo_app.domain.address_text import number_text
from geo_app.domain.numbering_plan import PlanFacts
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.planned_decided import Decided
from geo_app.domain.planned_door import PlanContent, PlannedDoor
from geo_app.domain.planned_street import StreetFacts, plan_street
from geo_app.persistence.plans import PlanRecord
from geo_app.persistence.register import Register
from geo_app.persistence.streets import StreetRecord
from geo_app.services.numbering_places import (
    PlanPlace,
    is_approved,
    lines_of_place,
    numbers_of,
    numbers_taken,
    pieces_of,
    state_of,
)


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What a planner asks for: a rule, numbers set by hand (entrance id → as a plate reads), a title.

    `moved`: doors (entrance ids) that give up their number and are numbered anew.
    """

    rule: NumberingRule
    hand: Mapping[int, str] = field(default_factory=dict)
    title: str = ""
    moved: frozenset[int] = frozenset()


def compute(register: Register, place: PlanPlace, request: PlanRequest) -> PlanContent:
    """Return the numbers of a place's doors as they stand now; nothing is written.

    Raises:
        CentreNeeded, RuleValueNotAllowed: see `plan_street`.
    """
    return numbers_of(register, place, request.rule, Decided(request.hand, request.moved))


def walls_today(register: Register, street: StreetRecord, rule: NumberingRule) -> PlanContent:
    """Return a street as it is numbered today, seen as a plan that changes nothing; `rule` says where it starts.

    Raises what `compute` raises.
    """
    doors = register.entrances.of_street(street.id)
    numbered = [door for door in doors if door.number is not None or door.wall_number]
    content = plan_street(StreetFacts(pieces_of(register, street), numbered), rule, Decided())
    bare = (PlannedDoor(door) for door in doors if door.number is None and not door.wall_number)
    return replace(content, doors=(*content.doors, *bare))


def stored_content(register: Register, place: PlanPlace, plan: PlanRecord) -> PlanContent:
    """Return doors and findings of a stored plan, with the lines as its rule walks them."""
    plan_id = plan.life.plan_id
    rule = NumberingRule.from_mapping(plan.rule)
    doors = tuple(register.plans.doors(plan_id))
    lines = lines_of_place(register, place, rule, doors)
    return PlanContent(doors, tuple(register.plans.findings(plan_id)), lines)


@dataclass(frozen=True, slots=True)
class Changes:
    """What publishing does to a place: doors that get an address, get another number, or lose their address."""

    new: tuple[PlannedDoor, ...]
    renumbered: tuple[PlannedDoor, ...]
    ended: tuple[PlannedDoor, ...]

    @property
    def numbers(self) -> tuple[PlannedDoor, ...]:
        """Return the doors that get a number which they have not yet."""
        return (*self.new, *self.renumbered)

    @property
    def moving(self) -> list[str]:
        """Return the current addresses that let go of their numbers."""
        return [door.door.address_id for door in (*self.renumbered, *self.ended) if door.door.address_id]

    @property
    def reserved(self) -> list[str]:
        """Return the proposed addresses that hold numbers of the plan."""
        return [door.address_id for door in self.numbers if door.address_id]

    def __bool__(self) -> bool:
        return bool(self.new or self.renumbered or self.ended)


def changes_of(plan: PlanRecord, doors: Sequence[PlannedDoor]) -> Changes:
    """Return what publishing the plan does; only a correcting plan takes addresses away."""
    changing = [door for door in doors if door.changes]
    ended = [door for door in doors if plan.life.corrects and door.number is None and door.door.numbered]
    return Changes(
        tuple(door for door in changing if not door.door.numbered),
        tuple(door for door in changing if door.door.numbered),
        tuple(ended),
    )


def facts_of(register: Register, place: PlanPlace, plan: PlanRecord, changes: Changes) -> PlanFacts:
    """Return what the life of a plan asks the register before it is submitted or published."""
    own = [*changes.moving, *changes.reserved]
    taken = numbers_taken(register, place, but=own)
    errors = 0 if plan.life.corrects else _errors(register, plan)
    return PlanFacts(
        doors=len(changes.numbers) + len(changes.ended),
        errors=errors,
        street_approved=is_approved(place),
        outdated=state_of(register, place) != plan.computed_on,
        taken=tuple(number_text(door.number) for door in changes.numbers if door.number and door.number in taken),
    )


def _errors(register: Register, plan: PlanRecord) -> int:
    return sum(finding.severity == "error" for finding in register.plans.findings(plan.life.plan_id))
