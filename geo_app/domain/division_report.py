"""What became of each division between two lists: the values of the report."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from geo_app.domain.division import Division
from geo_app.domain.division_changes import PlaceName, RecordedChange
from geo_app.domain.message import Message


class SuccessionKind(StrEnum):
    """What happened to a division."""

    UNCHANGED = "unchanged"
    RENAME = "rename"
    RECODE = "recode"  # another code, with or without another kind of name
    TRANSFER = "transfer"  # to another township
    MERGE = "merge"
    SPLIT = "split"
    ABOLISH = "abolish"
    ESTABLISH = "establish"


class Certainty(StrEnum):
    """Whether the lists and records prove it."""

    CERTAIN = "certain"
    TO_DECIDE = "to_decide"


@dataclass(frozen=True, slots=True)
class SuccessionItem:
    """One event: `predecessors` (old list) became `successors` (new list).

    `candidates` are new divisions a person may choose as successors instead; `day` is the recorded day, as precise
    as known ("2020"), empty where nothing is recorded. `heir` is the predecessor that by its own evidence goes on as
    the successor while the others join it. `joins` is the living division that a predecessor is proposed to be part
    of, though the successor of another item. `own` are the reasons of each predecessor where several became one.
    """

    kind: SuccessionKind
    predecessors: tuple[Division, ...]
    successors: tuple[Division, ...]
    certainty: Certainty
    reasons: tuple[Message, ...]
    proposal: Message
    candidates: tuple[Division, ...] = ()
    day: str = ""
    heir: Division | None = None
    joins: Division | None = None
    own: tuple[tuple[Message, ...], ...] = ()

    def reasons_about(self, predecessor: Division | None) -> tuple[Message, ...]:
        """Return the reasons that speak of `predecessor`; all of them where the event has only one."""
        if predecessor is None or not self.own:
            return self.reasons
        return self.own[self.predecessors.index(predecessor)]


@dataclass(frozen=True, slots=True)
class PartMove:
    """A recorded move of some groups of `predecessor`, whose rest is an item of its own."""

    predecessor: Division
    place: PlaceName
    target: PlaceName
    change: RecordedChange


@dataclass(frozen=True, slots=True)
class SuccessionReport:
    """Every old division is predecessor of exactly one item, every new one successor of exactly one."""

    items: tuple[SuccessionItem, ...]
    part_moves: tuple[PartMove, ...]

    @property
    def certain(self) -> tuple[SuccessionItem, ...]:
        """Return what the lists and records prove."""
        return tuple(item for item in self.items if item.certainty is Certainty.CERTAIN)

    @property
    def to_decide(self) -> tuple[SuccessionItem, ...]:
        """Return what a person must decide."""
        return tuple(item for item in self.items if item.certainty is Certainty.TO_DECIDE)

    def counts(self) -> Counter[tuple[SuccessionKind, Certainty]]:
        """Return the number of items by kind and certainty."""
        return Counter((item.kind, item.certainty) for item in self.items)
