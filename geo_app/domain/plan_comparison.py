"""Two plans of one street side by side: what each door is called, what each changes on the walls, which is better."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from geo_app.domain.address_text import number_text
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_wall import read_wall
from geo_app.domain.planned_door import Door, PlanContent, PlanFinding, PlannedDoor
from geo_app.domain.planned_score import Stretch, stretches_of


class Better(StrEnum):
    """Which of two plans has the better figure."""

    ONE = "one"
    OTHER = "other"
    NEITHER = "neither"


class Criterion(StrEnum):
    """What two plans are weighed by."""

    NUMBERED = "numbered"
    RENUMBERED = "renumbered"
    ERRORS = "errors"
    WARNINGS = "warnings"
    FUTURE_PROOF = "future_proof"
    FREE = "free"

    @property
    def word(self) -> Message:
        """Return what is weighed, for a reader."""
        return Message(_CRITERION_WORDS[self])


_CRITERION_WORDS = {
    Criterion.NUMBERED: marked("doors with a number"),
    Criterion.RENUMBERED: marked("doors that are called otherwise today: plates to change"),
    Criterion.ERRORS: marked("errors"),
    Criterion.WARNINGS: marked("warnings"),
    Criterion.FUTURE_PROOF: marked("share of stretches that can take another door"),
    Criterion.FREE: marked("free numbers between doors"),
}


class Effect(StrEnum):
    """What a plan does to a door, beside what it is called today."""

    SAME = "same"
    NEW = "new"
    RENUMBERED = "renumbered"
    TAKEN_BACK = "taken_back"
    NONE = "none"

    @property
    def word(self) -> Message:
        """Return the effect for a reader."""
        return Message(_EFFECT_WORDS[self])


_EFFECT_WORDS = {
    Effect.SAME: marked("stays"),
    Effect.NEW: marked("first number"),
    Effect.RENUMBERED: marked("plate to change"),
    Effect.TAKEN_BACK: marked("loses its number"),
    Effect.NONE: marked("stays without a number"),
}


MORE_IS_BETTER = frozenset({Criterion.NUMBERED, Criterion.FUTURE_PROOF, Criterion.FREE})
"""Of the others less is better."""


@dataclass(frozen=True, slots=True)
class ComparedDoor:
    """A door in both plans; None: the plan does not know it, for it was added later."""

    door: Door
    one: PlannedDoor | None
    other: PlannedDoor | None

    @property
    def today(self) -> str:
        """Return what the door is called today: its address, else its wall, else nothing."""
        return number_text(self.door.number) if self.door.number else self.door.wall_number or ""

    @property
    def place(self) -> PlannedDoor:
        """Return where it stands along the street, as the first plan that knows it says."""
        known = self.one or self.other
        assert known is not None
        return known

    @property
    def differs(self) -> bool:
        """Tell whether the two plans number the door differently."""
        return _number_of(self.one) != _number_of(self.other)


@dataclass(frozen=True, slots=True)
class ComparedStretch:
    """The street between two doors, and the free numbers there in each plan; None: it is cut otherwise there."""

    stretch: Stretch
    one: int | None
    other: int | None


@dataclass(frozen=True, slots=True)
class Weighed:
    """One criterion: its figure in each plan (None: there is nothing to measure), and which is better."""

    criterion: Criterion
    one: float | None
    other: float | None

    @property
    def better(self) -> Better:
        """Return which plan has the better figure."""
        if self.one is None or self.other is None or self.one == self.other:
            return Better.NEITHER
        return Better.ONE if (self.one > self.other) == (self.criterion in MORE_IS_BETTER) else Better.OTHER


@dataclass(frozen=True, slots=True)
class PlanComparison:
    """Two plans compared; doors in walking order of the first."""

    doors: tuple[ComparedDoor, ...]
    stretches: tuple[ComparedStretch, ...]
    weighed: tuple[Weighed, ...]
    only_in_one: tuple[PlanFinding, ...]
    only_in_other: tuple[PlanFinding, ...]
    in_both: tuple[PlanFinding, ...]

    @property
    def differing(self) -> int:
        """Return how many doors the two plans number differently."""
        return sum(door.differs for door in self.doors)


def compare_contents(one: PlanContent, other: PlanContent) -> PlanComparison:
    """Return two plans of one street, door by door; near linear in the doors."""
    ours, theirs = _findings(one), _findings(other)
    return PlanComparison(
        doors=tuple(_doors(one, other)),
        stretches=tuple(_stretches(one, other)),
        weighed=_weighed(one, other),
        only_in_one=tuple(finding for key, finding in ours.items() if key not in theirs),
        only_in_other=tuple(finding for key, finding in theirs.items() if key not in ours),
        in_both=tuple(finding for key, finding in ours.items() if key in theirs),
    )


def _doors(one: PlanContent, other: PlanContent) -> Iterator[ComparedDoor]:
    ours, theirs = _by_entrance(one), _by_entrance(other)
    known = [*ours.values(), *(door for key, door in theirs.items() if key not in ours)]
    for planned in sorted(known, key=_place):
        key = planned.door.entrance_id
        yield ComparedDoor(planned.door, ours.get(key), theirs.get(key))


def _by_entrance(content: PlanContent) -> dict[int, PlannedDoor]:
    return {planned.door.entrance_id: planned for planned in content.doors}


def _place(planned: PlannedDoor) -> tuple[str, float, int]:
    metres = planned.metres if planned.metres is not None else float("inf")
    return planned.line_key or "\uffff", metres, planned.door.entrance_id


def _number_of(planned: PlannedDoor | None) -> object:
    if planned is None:
        return None
    return planned.number or (planned.text or None)


def _stretches(one: PlanContent, other: PlanContent) -> Iterator[ComparedStretch]:
    ours = {stretch.ends: stretch for stretch in stretches_of(one.doors)}
    theirs = {stretch.ends: stretch for stretch in stretches_of(other.doors)}
    for ends, stretch in (ours | {ends: theirs[ends] for ends in theirs.keys() - ours.keys()}).items():
        yield ComparedStretch(stretch, _free(ours, ends), _free(theirs, ends))


def _free(stretches: Mapping[frozenset[int], Stretch], ends: frozenset[int]) -> int | None:
    return stretches[ends].free if ends in stretches else None


def _findings(content: PlanContent) -> dict[tuple[str, int | None], PlanFinding]:
    # Sentences name numbers and would differ between plans: a finding is the same by kind and door.
    return {(finding.kind, finding.entrance_id): finding for finding in content.findings}


def _weighed(one: PlanContent, other: PlanContent) -> tuple[Weighed, ...]:
    ours, theirs = _figures(one), _figures(other)
    return tuple(Weighed(criterion, ours[criterion], theirs[criterion]) for criterion in Criterion)


def _figures(content: PlanContent) -> Mapping[Criterion, float | None]:
    free = [stretch.free for stretch in stretches_of(content.doors)]
    return {
        Criterion.NUMBERED: sum(door.number is not None for door in content.doors),
        Criterion.RENUMBERED: renumbered(content.doors),
        Criterion.ERRORS: sum(finding.severity == "error" for finding in content.findings),
        Criterion.WARNINGS: sum(finding.severity == "warning" for finding in content.findings),
        Criterion.FUTURE_PROOF: round(sum(room > 0 for room in free) / len(free), 3) if free else None,
        Criterion.FREE: sum(free),
    }


def renumbered(doors: Iterable[PlannedDoor]) -> int:
    """Return how many doors that are called something today would be called something else: plates to change."""
    return sum(effect_of(door) is Effect.RENUMBERED for door in doors)


def effect_of(planned: PlannedDoor) -> Effect:
    """Return what a plan does to a door; a plate on the wall counts where there is no address yet."""
    door = planned.door
    if planned.number is None and not planned.text:
        return Effect.TAKEN_BACK if door.number is not None else Effect.NONE
    if door.number is not None:
        return Effect.SAME if planned.number == door.number else Effect.RENUMBERED
    if not door.wall_number:
        return Effect.NEW
    return Effect.SAME if read_wall(planned.text) == read_wall(door.wall_number) else Effect.RENUMBERED
