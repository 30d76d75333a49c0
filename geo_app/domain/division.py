"""Divisions of six levels and their codes: GB/T 2260, GB/T 10114-2003 and the statistical village codes."""

import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from itertools import pairwise

from shapely.geometry import MultiPolygon, Polygon

from geo_app.domain.errors import DomainError

CODE_LENGTHS = {2: 1, 4: 2, 6: 3, 9: 4, 12: 5, 15: 6}
"""Digits of a code → level; 2 + 2 + 2 (GB/T 2260), + 3 (GB/T 10114), + 3 village, + 3 grid cell of this register."""


class DivisionCodeMalformed(DomainError):
    """The text is no division code of any level."""

    pattern = "{code} is no division code: 2, 4, 6, 9, 12 or 15 digits, no part zero but a missing county's."


class Level(IntEnum):
    """The six levels of design.md §2, from the largest to the smallest."""

    PROVINCE = 1
    CITY = 2
    COUNTY = 3
    TOWNSHIP = 4
    VILLAGE = 5
    GRID_CELL = 6


LEVEL_OF_LENGTH = {length: Level(number) for length, number in CODE_LENGTHS.items()}


class DivisionKind(StrEnum):
    """What a division is by the range of its last three digits (GB/T 10114-2003; NBS village codes)."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    SUBDISTRICT = "subdistrict"  # 街道, 001-099
    TOWN = "town"  # 镇, 100-199
    RURAL_TOWNSHIP = "rural_township"  # 乡, 200-399
    TOWNSHIP_LIKE = "township_like"  # 类似乡级单位, 400-599
    COMMUNITY = "community"  # 居委会, 001-199
    VILLAGE = "village"  # 村委会, 200-399
    VILLAGE_LIKE = "village_like"  # 类似村级单位, 400-599
    GRID_CELL = "grid_cell"
    UNKNOWN = "unknown"  # 600-999: no standard gives a meaning


TOWNSHIP_RANGES = (
    (1, 99, DivisionKind.SUBDISTRICT),
    (100, 199, DivisionKind.TOWN),
    (200, 399, DivisionKind.RURAL_TOWNSHIP),
    (400, 599, DivisionKind.TOWNSHIP_LIKE),
)
"""Third part of a township code (GB/T 10114-2003, standards.md §2.1)."""

COUNTY_PLACE = 2
"""Which part of a code, from 0, is the county's."""

VILLAGE_RANGES = (
    (1, 199, DivisionKind.COMMUNITY),
    (200, 399, DivisionKind.VILLAGE),
    (400, 599, DivisionKind.VILLAGE_LIKE),
)
"""Fourth part of a village code (statistical division codes, standards.md §2.1)."""


@dataclass(frozen=True, slots=True, order=True)
class DivisionCode:
    """A well-formed division code; make one with `parse_code`."""

    text: str

    def __str__(self) -> str:
        """Return the digits."""
        return self.text

    @property
    def level(self) -> Level:
        """Return the level that the number of digits means."""
        return LEVEL_OF_LENGTH[len(self.text)]

    @property
    def parent(self) -> "DivisionCode | None":
        """Return the code one level up; a province has none; 441900003, in a city without counties, has 4419."""
        shorter = [length for length in CODE_LENGTHS if length < len(self.text)]
        return DivisionCode(_without_padding(self.text[: max(shorter)])) if shorter else None

    @property
    def kind(self) -> DivisionKind:
        """Return the kind by the range of the last part."""
        if self.level is Level.TOWNSHIP:
            return _kind_in(TOWNSHIP_RANGES, int(self.text[-3:]))
        if self.level is Level.VILLAGE:
            return _kind_in(VILLAGE_RANGES, int(self.text[-3:]))
        return DivisionKind[self.level.name]

    def at(self, level: Level) -> "DivisionCode":
        """Return the code of the division of `level` that this one lies in; `level` must not be below its own."""
        length = next(digits for digits, number in CODE_LENGTHS.items() if number == level)
        if length > len(self.text):
            raise DivisionCodeMalformed(code=self.text)
        return DivisionCode(self.text[:length])

    def lies_in(self, other: "DivisionCode") -> bool:
        """Tell whether this code stands under `other`, or is it."""
        return self.text.startswith(other.text)


def parse_code(text: str) -> DivisionCode:
    """Return the code in `text`; codes padded with zeros to 6 or 12 digits (510000, 511111000000) are shortened.

    Raises DivisionCodeMalformed for anything else. A part of zeros in the middle is not a code.
    """
    digits = text.strip()
    if not re.fullmatch(r"[0-9]{2,15}", digits) or len(digits) not in CODE_LENGTHS:
        raise DivisionCodeMalformed(code=text)
    short = _without_padding(digits)
    # A city without counties (东莞 4419) has 00 in the county's place of its towns' codes.
    if any(set(part) == {"0"} for place, part in enumerate(_parts(short)) if place != COUNTY_PLACE):
        raise DivisionCodeMalformed(code=text)
    return DivisionCode(short)


def _parts(digits: str) -> list[str]:
    lengths = [0, *(length for length in CODE_LENGTHS if length <= len(digits))]
    return [digits[a:b] for a, b in pairwise(lengths)]


def _without_padding(digits: str) -> str:
    parts = _parts(digits)
    # Only the padded forms that registers print; a 9-digit code ending in 000 names nothing.
    while len(digits) in {6, 12} and len(parts) > 1 and set(parts[-1]) == {"0"}:
        parts.pop()
    return "".join(parts)


def _kind_in(ranges: tuple[tuple[int, int, DivisionKind], ...], number: int) -> DivisionKind:
    return next((kind for low, high, kind in ranges if low <= number <= high), DivisionKind.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Division:
    """A division as one list or register names it.

    `valid_from` and `valid_to` are days (Asia/Shanghai), None where not known or still in force.
    """

    code: DivisionCode
    name: str
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""

    @property
    def level(self) -> Level:
        """Return the level of the code."""
        return self.code.level

    @property
    def parent_code(self) -> DivisionCode | None:
        """Return the code one level up."""
        return self.code.parent

    @property
    def kind(self) -> DivisionKind:
        """Return the kind by the code's range."""
        return self.code.kind


@dataclass(frozen=True, slots=True)
class Outline:
    """The ground of a division in degrees of SRID 4490; `derived` when nobody surveyed it."""

    code: DivisionCode
    shape: Polygon | MultiPolygon
    derived: bool
    source: str = ""
