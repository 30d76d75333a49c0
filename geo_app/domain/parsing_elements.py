"""What a parsed address is made of: elements with their places in the text, and the values apart.

The kinds are those of the command line's contract (reference/parsing.md says which is which).
"""

from dataclasses import dataclass
from enum import StrEnum


class ElementKind(StrEnum):
    """What a piece of an address is."""

    COUNTRY = "country"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    DEVZONE = "devzone"
    TOWNSHIP = "township"
    VILLAGE = "village"
    ROAD = "road"
    SUBROAD = "subroad"
    DOOR = "door"
    SUBDOOR = "subdoor"
    ESTATE = "estate"
    SUBESTATE = "subestate"
    BUILDING = "building"
    UNIT = "unit"
    FLOOR = "floor"
    ROOM = "room"
    PERSON = "person"
    ASSIST = "assist"
    REDUNDANT = "redundant"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Element:
    """A piece of the text as given, from `start` up to `end` (code points)."""

    kind: ElementKind
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AddressParts:
    """The values of an address apart; "" and None for what is not stated.

    Texts are half-width, upper case, in simplified script, with numerals as Arabic digits. `section`, `lane`, `alley`,
    `sub_alley`, `neighbourhood`, `group`, `building`, `unit` and `room` hold the bare numeral (二段 is "2", 12巷 "12",
    三组 "3", 5幢 "5"); one with a name keeps it whole (lane "文化巷", building "综合楼"). `road` stands without its
    section. `floor` is signed and skips 0. `number_last` is the end of a range (12-16号).
    """

    province: str = ""
    city: str = ""
    county: str = ""
    township: str = ""
    village: str = ""
    group: str = ""
    neighbourhood: str = ""
    road: str = ""
    section: str = ""
    lane: str = ""
    alley: str = ""
    sub_alley: str = ""
    number: int | None = None
    number_last: int | None = None
    suffix: str = ""
    sub_number: str = ""
    estate: str = ""
    subestate: str = ""
    building: str = ""
    unit: str = ""
    floor: int | None = None
    room: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class ParsedAddress:
    """A text taken apart; every character that is not a blank stands in one element or in `rest`."""

    text: str
    elements: tuple[Element, ...]
    parts: AddressParts
    standard_text: str
    rest: str
