"""The elements of an address 地址要素: stored apart, typed, and explicit about the levels that do not exist.

Mandatory by police practice: the divisions down to the village or community where there is one, then street and
number, or village group and number, or an estate; lower levels only where they physically exist.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message, marked

LARGEST_NUMBER = 9999
"""Door numbers, sub-numbers alike, run from 1 to this (police practice: four digits)."""


class Absent(Enum):
    """The level does not exist here; an unknown level is something else and is not an address yet."""

    ABSENT = "无"

    def __bool__(self) -> bool:
        """Return False, so that `element or default` reads naturally."""
        return False


ABSENT: Final = Absent.ABSENT
"""The one value of `Absent`."""


class NumberOutOfRange(DomainError):
    """A door number is 1 to 9999."""

    pattern = "Door number {number} is outside 1 to 9999."


class SubNumberOutOfRange(DomainError):
    """A sub-number is 1 to 9999."""

    pattern = "Sub-number {number} is outside 1 to 9999."


class SuffixMalformed(DomainError):
    """A suffix is one or two Latin letters or a heavenly stem."""

    pattern = "“{suffix}” cannot follow a door number: use one or two letters, or 甲 to 癸."


class FloorZeroDoesNotExist(DomainError):
    """Floors are counted -2, -1, 1, 2 and so on."""

    pattern = "There is no floor 0: below floor 1 comes floor -1."


class ElementBlank(DomainError):
    """An element is written or stated as absent, never left blank."""

    pattern = "The {element} is blank; write it, or state that there is none."


class PlaceNotStated(DomainError):
    """An address lies on a street, in a village group or in an estate."""

    pattern = "An address needs a street, a village group or an estate."


class PlaceStatedTwice(DomainError):
    """Streets and village groups are numbered apart, so a number belongs to one of them."""

    pattern = "An address lies on a street or in a village group, not in both: {street}, {group}."


class GroupWithoutVillage(DomainError):
    """A group is counted within its village."""

    pattern = "Group “{group}” needs the name of its village."


class NumberNotStated(DomainError):
    """A street or a village group alone finds no door."""

    pattern = "An address on “{place}” needs a number."


_WORDS: Mapping[str, str] = {
    "province": marked("province"),
    "city": marked("city"),
    "county": marked("county"),
    "township": marked("township"),
    "village": marked("village"),
    "street": marked("street"),
    "group": marked("village group"),
    "estate": marked("estate"),
}
_GENERIC = re.compile("(?:单元|号楼|[幢栋座楼室号户铺门])$")
_SUFFIX = re.compile(r"[A-Z]{1,2}|[甲乙丙丁戊己庚辛壬癸]")


@dataclass(frozen=True, slots=True, order=True)
class HouseNumber:
    """A door number 门牌号: number, suffix (A, 甲; "" for none) and sub-number (附3; 0 for none), sorted as they stand.

    Raises NumberOutOfRange, SuffixMalformed, SubNumberOutOfRange when made.
    """

    number: int
    suffix: str = ""
    sub_number: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.number <= LARGEST_NUMBER:
            raise NumberOutOfRange(number=self.number)
        if self.suffix and not _SUFFIX.fullmatch(self.suffix):
            raise SuffixMalformed(suffix=self.suffix)
        if not 0 <= self.sub_number <= LARGEST_NUMBER:
            raise SubNumberOutOfRange(number=self.sub_number)


@dataclass(frozen=True, slots=True)
class Label:
    """What a building, unit or room is called: its own part and its generic word ("3" 幢, "A" 座, "2" 单元, "501" 室).

    Raises ElementBlank when the own part is blank.
    """

    text: str
    generic: str

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ElementBlank(element=self.generic)

    def __str__(self) -> str:
        return self.text + self.generic


@dataclass(frozen=True, slots=True)
class DivisionNames:
    """The names of the divisions above an address; a village name may be absent (a door of a street office)."""

    province: str
    city: str
    county: str
    township: str
    village: str | Absent = ABSENT

    def __post_init__(self) -> None:
        for element in ("province", "city", "county", "township", "village"):
            _require_written(element, getattr(self, element))


@dataclass(frozen=True, slots=True)
class AddressElements:
    """All elements of one address; each level that does not exist is `ABSENT`, never None and never blank.

    `floor` is signed and skips 0; it is stored, never computed from the room's number (a thirteenth room on floor 9
    and floors above 99 make that wrong).
    Raises the refusals of this module when made.
    """

    divisions: DivisionNames
    street: str | Absent = ABSENT
    group: str | Absent = ABSENT
    estate: str | Absent = ABSENT
    number: HouseNumber | Absent = ABSENT
    building: Label | Absent = ABSENT
    unit: Label | Absent = ABSENT
    floor: int | Absent = ABSENT
    room: Label | Absent = ABSENT

    def __post_init__(self) -> None:
        for element in ("street", "group", "estate"):
            _require_written(element, getattr(self, element))
        _require_one_place(self)
        if self.floor is not ABSENT:
            require_floor(self.floor)


def read_label(text: str) -> Label:
    """Return the label that is written as `text`; a generic word that is not known stays in the own part.

    Raises ElementBlank when nothing but a generic word is written.
    """
    found = _GENERIC.search(text)
    cut = found.start() if found else len(text)
    return Label(text[:cut], text[cut:])


def require_floor(floor: int) -> int:
    """Return `floor` if such a floor can exist.

    Raises FloorZeroDoesNotExist.
    """
    if floor == 0:
        raise FloorZeroDoesNotExist
    return floor


def _require_written(element: str, value: str | Absent) -> None:
    if value is not ABSENT and not value.strip():
        raise ElementBlank(element=Message(_WORDS[element]))


def _require_one_place(elements: AddressElements) -> None:
    street, group, estate = elements.street, elements.group, elements.estate
    if street is ABSENT and group is ABSENT and estate is ABSENT:
        raise PlaceNotStated
    if street is not ABSENT and group is not ABSENT:
        raise PlaceStatedTwice(street=street, group=group)
    if group is not ABSENT and elements.divisions.village is ABSENT:
        raise GroupWithoutVillage(group=group)
    if estate is ABSENT and elements.number is ABSENT:
        raise NumberNotStated(place=street or group)
