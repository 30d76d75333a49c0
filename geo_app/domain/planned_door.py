"""A numbering plan's content 编号方案内容: doors with their numbers, findings, and the lines that are numbered."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.adoption_mapping import Fate, Held, fate_of
from geo_app.domain.message import Message
from geo_app.domain.numbering_circumstance import Circumstance
from geo_app.domain.position import Position


@dataclass(frozen=True, slots=True)
class Door:
    """A door of a street as the register has it; `number` is that of its current address, `wall_number` what hangs.

    `circumstance`: what is unusual; what the door belongs to is an entrance id as text.
    """

    entrance_id: int
    position: Position
    version: int
    wall_number: str | None = None
    address_id: str | None = None
    number: HouseNumber | None = None
    circumstance: Circumstance = field(default_factory=Circumstance)

    @property
    def numbered(self) -> bool:
        """Tell whether the door has a current address."""
        return self.address_id is not None


@dataclass(frozen=True, slots=True)
class PlannedDoor:
    """One door of a plan: where it stands, its number (None: it gets none) and why.

    `side` is left or right as one walks from the start, `metres` geodesic from it. `moved`: the planner takes the door
    off the number it has, and it is numbered anew. `address_id` is the address that holds the number: reserved since
    submission, current since publication.
    """

    door: Door
    number: HouseNumber | None = None
    text: str = ""
    line_key: str | None = None
    side: str | None = None
    metres: float | None = None
    kept: bool = False
    by_hand: bool = False
    moved: bool = False
    reason: Message = field(default_factory=lambda: Message(""))
    address_id: str | None = None

    @property
    def changes(self) -> bool:
        """Tell whether publishing does something for this door."""
        return self.number is not None and self.number != self.door.number

    @property
    def fate(self) -> Fate:
        """Return what the plan does with the number that the door has today."""
        return fate_of(Held(self.door.number, self.door.wall_number or ""), self.number)


@dataclass(frozen=True, slots=True)
class PlanFinding:
    """A broken quality rule in a plan, with the door and the place it concerns."""

    kind: str
    severity: str
    message: Message
    entrance_id: int | None = None
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A branch-free line of the street in the direction of its numbers; positions in degrees (SRID 4490)."""

    key: str
    positions: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class PlanContent:
    """Everything a plan says, before or after it is stored."""

    doors: tuple[PlannedDoor, ...] = ()
    findings: tuple[PlanFinding, ...] = ()
    lines: tuple[PlannedLine, ...] = ()
    score: Mapping[str, float] = field(default_factory=dict)

    @property
    def errors(self) -> int:
        """Return how many findings keep the plan from being submitted."""
        return sum(finding.severity == "error" for finding in self.findings)

    def counts(self) -> dict[str, int]:
        """Return how many doors there are, numbered, kept, set by hand, changed and left without a number."""
        numbered = sum(door.number is not None for door in self.doors)
        return {
            "doors": len(self.doors),
            "numbered": numbered,
            "kept": sum(door.kept for door in self.doors),
            "by_hand": sum(door.by_hand for door in self.doors),
            "renumbered": sum(door.fate is Fate.RENUMBERED for door in self.doors),
            "unnumbered": len(self.doors) - numbered,
        }
