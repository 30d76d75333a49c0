"""What is unusual about a door 门点情况: what it is, whether its building may stand, how wide its front is.

Most doors have none of this, so circumstances are kept by row for the few that have.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message, marked


class DoorKind(StrEnum):
    """What an entrance is; `land` is no door but a wall or open land that keeps numbers free."""

    DOOR = "door"
    STAIR = "stair"
    RECESSED = "recessed"
    LANE = "lane"
    CORNER = "corner"
    LAND = "land"

    @property
    def word(self) -> Message:
        """Return the kind for a reader."""
        return Message(_KIND_WORDS[self])


class DoorState(StrEnum):
    """Whether the building behind a door may have a number."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    ILLEGAL = "illegal"
    DEMOLISHED = "demolished"

    @property
    def word(self) -> Message:
        """Return the state for a reader."""
        return Message(_STATE_WORDS[self])


_KIND_WORDS = {
    DoorKind.DOOR: marked("ordinary door"),
    DoorKind.STAIR: marked("stair door on the street"),
    DoorKind.RECESSED: marked("recessed front"),
    DoorKind.LANE: marked("mouth of a lane without a name"),
    DoorKind.CORNER: marked("second door of a corner building"),
    DoorKind.LAND: marked("wall or open land"),
}
_STATE_WORDS = {
    DoorState.PERMANENT: marked("permanent"),
    DoorState.TEMPORARY: marked("temporary building"),
    DoorState.ILLEGAL: marked("illegal building"),
    DoorState.DEMOLISHED: marked("demolished"),
}
_CHINESE: Mapping[str, str] = MappingProxyType(
    {
        "门": "door",
        "普通门": "door",
        "楼梯口": "stair",
        "凹进门面": "recessed",
        "无名巷口": "lane",
        "拐角第二门": "corner",
        "围墙": "land",
        "空地": "land",
        "正式": "permanent",
        "临时": "temporary",
        "临建": "temporary",
        "违建": "illegal",
        "已拆除": "demolished",
    }
)
"""What a clerk's table says for the values."""

LONGEST_FRONT_METRES = 10_000.0


class CircumstanceNotKnown(DomainError):
    """A column of circumstances holds one of a few words."""

    pattern = "{value} is no value for {column}; allowed: {allowed}."


class FrontNotMetres(DomainError):
    """A front is measured in metres."""

    pattern = "{value} is no width of a front; write metres, for example 40."


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What is unusual about one door.

    `front_metres`: width of its front, wall or open land, 0 where unknown, half of it to either side of the door;
    `of`: id of the entrance that it belongs to (the front before it, the lane it lies in, the corner's main door,
    the demolished door it replaces), "" for none; `note`: reason or number of a decision.
    """

    kind: DoorKind = DoorKind.DOOR
    state: DoorState = DoorState.PERMANENT
    front_metres: float = 0.0
    of: str = ""
    note: str = ""

    @property
    def usual(self) -> bool:
        """Tell whether nothing is unusual; a note alone changes no number."""
        plain = self.kind is DoorKind.DOOR and self.state is DoorState.PERMANENT
        return plain and not self.front_metres and not self.of


def read_kind(text: str) -> DoorKind:
    """Return the kind that a table names, in English or Chinese; blank: a door. Raises CircumstanceNotKnown."""
    word = text.strip().lower()
    try:
        return DoorKind(_CHINESE.get(word, word) or DoorKind.DOOR)
    except ValueError as unknown:
        raise CircumstanceNotKnown(value=text, column="door_kind", allowed=", ".join(DoorKind)) from unknown


def read_state(text: str) -> DoorState:
    """Return the state that a table names, in English or Chinese; blank: permanent. Raises CircumstanceNotKnown."""
    word = text.strip().lower()
    try:
        return DoorState(_CHINESE.get(word, word) or DoorState.PERMANENT)
    except ValueError as unknown:
        raise CircumstanceNotKnown(value=text, column="door_state", allowed=", ".join(DoorState)) from unknown


def read_front(text: str) -> float:
    """Return metres of front; blank: 0. Raises FrontNotMetres."""
    try:
        metres = float(text.strip() or 0)
    except ValueError as unknown:
        raise FrontNotMetres(value=text) from unknown
    # Written so that a NaN fails too.
    if not 0 <= metres <= LONGEST_FRONT_METRES:
        raise FrontNotMetres(value=text)
    return metres
