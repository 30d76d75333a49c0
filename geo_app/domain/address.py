"""A standard address 标准地址 as its life rules see it: kind, rank, status, where it hangs, and what surrounds it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from geo_app.domain.access import Actor
from geo_app.domain.address_elements import ABSENT, Absent, HouseNumber, Label
from geo_app.domain.message import Message, marked
from geo_app.domain.position import Position


class Kind(StrEnum):
    """What an address names."""

    DOOR = "door"
    BUILDING = "building"
    UNIT = "unit"
    ROOM = "room"

    @property
    def word(self) -> Message:
        """Return the kind for a reader."""
        return Message(_WORDS[self])


class Rank(StrEnum):
    """A second door of one place is secondary 辅地址 to its primary 主地址 (GB/T 39609)."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


class Status(StrEnum):
    """Where an address stands in its life."""

    PROPOSED = "proposed"
    CURRENT = "current"
    REJECTED = "rejected"
    RETIRED = "retired"

    @property
    def word(self) -> Message:
        """Return the status for a reader."""
        return Message(_WORDS[self])


class PlaceKind(StrEnum):
    """What an address hangs on."""

    STREET = "street"
    ESTATE = "estate"
    VILLAGE_GROUP = "village_group"


class PlaceStatus(StrEnum):
    """Whether the place's name is approved: no number without an approved name."""

    PROPOSED = "proposed"
    CURRENT = "current"
    RETIRED = "retired"


_WORDS: Mapping[str, str] = {
    Kind.DOOR: marked("door"),
    Kind.BUILDING: marked("building"),
    Kind.UNIT: marked("unit"),
    Kind.ROOM: marked("room"),
    Status.PROPOSED: marked("proposed"),
    Status.CURRENT: marked("current"),
    Status.REJECTED: marked("rejected"),
    Status.RETIRED: marked("retired"),
}

LIVING = frozenset({Status.PROPOSED, Status.CURRENT})
"""The statuses in which an address holds its number."""


@dataclass(frozen=True, slots=True)
class Place:
    """A street, an estate or a village group: the ground on which a number or a label is unique."""

    kind: PlaceKind
    place_id: int
    county_code: str
    name: str
    status: PlaceStatus = PlaceStatus.CURRENT


@dataclass(frozen=True, slots=True)
class Address:
    """One address in its present state.

    `place_id` is None for what hangs under a parent: the parent has it. `position` is None for rooms, which take their
    building's. `valid_to` is the first day it no longer counts. `named_from` is the day from which the present number
    or label counts, None from the beginning. `locked_by` is the number of the open case.
    """

    id: str
    county_code: str
    kind: Kind
    valid_from: date
    place_id: int | None = None
    parent_id: str | None = None
    primary_id: str | None = None
    number: HouseNumber | Absent = ABSENT
    label: Label | Absent = ABSENT
    floor: int | Absent = ABSENT
    position: Position | None = None
    status: Status = Status.PROPOSED
    valid_to: date | None = None
    named_from: date | None = None
    proposed_by: int | None = None
    locked_by: str | None = None
    version: int = 1

    @property
    def rank(self) -> Rank:
        """Return whether it is an address of its own or a second one of another."""
        return Rank.PRIMARY if self.primary_id is None else Rank.SECONDARY

    @property
    def living(self) -> bool:
        """Tell whether it holds its number or label."""
        return self.status in LIVING


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decides (with the reason), from which day it counts, and which version of the address they saw."""

    actor: Actor
    day: date
    version: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the register knows around an address at the moment of a step.

    `place` is where the address lies, or is to lie; for a child that of its parent. `former_place` is the one it
    leaves, for a move to another street only. `numbers_taken` are those of other living doors of the place,
    `labels_taken` the match keys of living siblings of the kind. `numbers_resting` gives for numbers lately retired
    the day from which they are free again. `plated`: a plate with the present number hangs.
    """

    place: Place
    former_place: Place | None = None
    parent: Address | None = None
    primary: Address | None = None
    children: tuple[Address, ...] = ()
    secondaries: tuple[Address, ...] = ()
    numbers_taken: frozenset[HouseNumber] = frozenset()
    labels_taken: frozenset[str] = frozenset()
    numbers_resting: Mapping[HouseNumber, date] = field(default_factory=dict)
    plated: bool = False
    division_current: bool = True
    inside_division: bool = True
