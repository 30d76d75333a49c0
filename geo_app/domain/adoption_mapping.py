"""The table of old and new numbers 新旧门牌对照表: what a plan does with the number that each door has."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from geo_app.domain.address_elements import LARGEST_NUMBER, HouseNumber
from geo_app.domain.address_text import TextStyle, number_text
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_wall import WallNumber, read_wall


class Fate(StrEnum):
    """What becomes of a door's number."""

    KEPT = "kept"
    REGISTERED = "registered"
    NEW = "new"
    RENUMBERED = "renumbered"
    ENDED = "ended"
    WITHOUT = "without"

    @property
    def word(self) -> Message:
        """Return the fate for a reader."""
        return Message(_WORDS[self])

    @property
    def is_told(self) -> bool:
        """Tell whether whoever lives behind the door gets a notice."""
        return self in {Fate.NEW, Fate.RENUMBERED}


_WORDS = {
    Fate.KEPT: marked("stays"),
    Fate.REGISTERED: marked("stays, entered from the wall"),
    Fate.NEW: marked("newly numbered"),
    Fate.RENUMBERED: marked("number changes"),
    Fate.ENDED: marked("address ends"),
    Fate.WITHOUT: marked("has none"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """What a door is called today: the number of its address, None without one, and what hangs on its wall."""

    number: HouseNumber | None
    wall: str = ""

    def text(self, style: TextStyle) -> str:
        """Return the number as it is written, that of the wall where there is no address, else the wall's text."""
        number = self.number or wall_house_number(read_wall(self.wall))
        return number_text(number, style) if number else self.wall.strip()


@dataclass(frozen=True, slots=True)
class MappedDoor:
    """One row of the table: what a door was called and what it is to be called, as numbers and as full addresses.

    `address_id`: of the address that goes through the change, None before a new one is submitted; `below`: how many
    buildings, units and rooms get a new text with it; `valid_from`: None before publication; empty texts: none.
    """

    entrance_id: int
    fate: Fate
    old: str
    new: str
    old_text: str = ""
    new_text: str = ""
    address_id: str | None = None
    side: str | None = None
    metres: float | None = None
    below: int = 0
    valid_from: date | None = None
    reason: Message = field(default_factory=lambda: Message(""))

    @property
    def alias(self) -> str:
        """Return the old text that stays findable because the number changes, "" where nothing is left behind."""
        return self.old_text if self.fate is Fate.RENUMBERED else ""


def fate_of(held: Held, number: HouseNumber | None) -> Fate:
    """Return what becomes of a door that is `held` and is to have `number`."""
    if number is None:
        return Fate.ENDED if held.number else Fate.WITHOUT
    if held.number:
        return Fate.KEPT if number == held.number else Fate.RENUMBERED
    if not held.wall.strip():
        return Fate.NEW
    return Fate.REGISTERED if wall_house_number(read_wall(held.wall)) == number else Fate.RENUMBERED


def wall_house_number(wall: WallNumber) -> HouseNumber | None:
    """Return the number that a wall shows, the first of a range; None where it cannot be a door's number."""
    if wall.bad or wall.number is None or not 1 <= wall.number <= LARGEST_NUMBER:
        return None
    if wall.sub_number.isdigit():
        return HouseNumber(wall.number, sub_number=int(wall.sub_number))
    return HouseNumber(wall.number, suffix=wall.sub_number)
