"""What searching and looking round a position give to pages and programs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from geo_app.domain.matching import Answer
from geo_app.domain.message import marked
from geo_app.domain.position import Position

SIDES = {"left": marked("left side"), "right": marked("right side")}
"""Sides of a street, as one walks from its start."""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a text and where its addresses are; not `complete`: the time allowed did not do for all of it."""

    answer: Answer
    positions: Mapping[str, Position] = field(default_factory=dict)
    complete: bool = True


@dataclass(frozen=True, slots=True)
class NearAddress:
    """An address near a position: how many metres away, and on which side of its street as one walks from the start."""

    id: str
    standard_code: str | None
    kind: str
    text: str
    division_id: int
    position: Position
    metres: float
    side: str | None


@dataclass(frozen=True, slots=True)
class Nearby:
    """The nearest addresses, and the names of the divisions that hold the position, from the province down."""

    addresses: list[NearAddress]
    divisions: list[str]
