"""The standard text 标准地址文本, by one formatter, and the key under which any spelling of it is found."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce

from geo_app.domain.address_elements import ABSENT, Absent, AddressElements, HouseNumber


class SubNumberStyle(StrEnum):
    """How a sub-number is written: 12号附3号, 12-3号, 12号之3; the first is usual in Sichuan."""

    FU = "附"
    DASH = "-"
    ZHI = "之"


class FloorStyle(StrEnum):
    """How a floor below the ground is written: -1层, 负一层, B1层."""

    SIGNED = "signed"
    HAN = "han"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """A district's way of writing; `generic` is the word behind a door number (号, or nothing)."""

    sub_number: SubNumberStyle = SubNumberStyle.FU
    floor: FloorStyle = FloorStyle.HAN
    generic: str = "号"


DEFAULT_STYLE = TextStyle()
"""沙湾区: 139号附2号, 负一层."""


def standard_text(elements: AddressElements, style: TextStyle = DEFAULT_STYLE) -> str:
    """Return the full standard text, from the province down to the lowest level that exists.

    A floor is written where there is no room, and always below the ground, where room numbers repeat those above.
    """
    divisions = elements.divisions
    above = (divisions.province, divisions.city, divisions.county, divisions.township)
    return "".join(above) + local_text(elements, style)


def local_text(elements: AddressElements, style: TextStyle = DEFAULT_STYLE) -> str:
    """Return the text without the divisions above the village: what neighbours say and a plate shows.

    On a street the village or community is left out: the street already finds the door.
    """
    village = elements.divisions.village if elements.street is ABSENT else ABSENT
    number = elements.number if elements.number is ABSENT else number_text(elements.number, style)
    parts = (
        *(village, elements.street, elements.group, number, elements.estate),
        *(elements.building, elements.unit, _floor(elements, style), elements.room),
    )
    return "".join(str(part) for part in parts if part is not ABSENT)


def number_text(number: HouseNumber, style: TextStyle = DEFAULT_STYLE) -> str:
    """Return a door number as a plate reads: 139号, 12A号, 139号附2号, 12-3号, 12号之3."""
    head = f"{number.number}{number.suffix}"
    if not number.sub_number:
        return head + style.generic
    if style.sub_number is SubNumberStyle.DASH:
        return f"{head}-{number.sub_number}{style.generic}"
    tail = style.generic if style.sub_number is SubNumberStyle.FU else ""
    return f"{head}{style.generic}{style.sub_number}{number.sub_number}{tail}"


def floor_text(floor: int, style: FloorStyle = FloorStyle.HAN) -> str:
    """Return a floor as people write it: 5层, and below the ground -1层, 负一层 or B1层."""
    if floor > 0 or style is FloorStyle.SIGNED:
        return f"{floor}层"
    return f"B{-floor}层" if style is FloorStyle.LETTER else f"负{_han(-floor)}层"


def style_like(written: str) -> TextStyle:
    """Return the style in which a number is written already, so that a new one is written alike."""
    generic = "号" if "号" in written or not written else ""
    styles = (style for style in (SubNumberStyle.DASH, SubNumberStyle.ZHI) if style.value in written)
    return TextStyle(next(styles, SubNumberStyle.FU), generic=generic)


def match_key(text: str) -> str:
    """Return the spelling under which an address is compared (police practice).

    Half-width, upper case, dashes alike, Chinese numerals as Arabic digits, floors below the ground as -1层, no blanks.
    A key is compared, never shown; taking the key of a key changes nothing.
    """
    return reduce(lambda written, step: step(written), _STEPS, text)


_DIGITS = {han: value for value, han in enumerate("〇一二三四五六七八九")} | {"零": 0}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = re.compile("[〇零一二三四五六七八九十百千]+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣", "-"))
_BELOW_GROUND = re.compile(r"(?:负|(?<![A-Z0-9])B)(\d+)[层楼F]")


def _half_width(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_DASHES)


def _without_blanks(text: str) -> str:
    return "".join(text.split())


def _arabic(text: str) -> str:
    return _NUMERAL.sub(lambda found: _numeral(found.group()), text)


def _below_ground(text: str) -> str:
    return _BELOW_GROUND.sub(r"-\1层", text)


_STEPS: tuple[Callable[[str], str], ...] = (_half_width, str.upper, _without_blanks, _arabic, _below_ground)


def _numeral(han: str) -> str:
    """Return a run of numerals in Arabic digits; a run that is no number (百 of 百货) stays as it is."""
    if not any(letter in _POWERS for letter in han):
        return "".join(str(_DIGITS[letter]) for letter in han)
    total, digit, last_power = 0, None, 10_000
    for letter in han:
        if letter in _DIGITS:
            digit = _DIGITS[letter]
            continue
        power = _POWERS[letter]
        # Only 十 may begin a number; powers fall from left to right.
        if power >= last_power or (digit is None and (power != 10 or total)):
            return han
        total, digit, last_power = total + (1 if digit is None else digit) * power, None, power
    return str(total + (digit or 0))


def _han(number: int) -> str:
    """Return 1 to 99 in Chinese numerals, as floors are spoken."""
    numerals = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not tens:
        return numerals[ones]
    return ("" if tens == 1 else numerals[tens]) + "十" + (numerals[ones] if ones else "")


def _floor(elements: AddressElements, style: TextStyle) -> str | Absent:
    floor = elements.floor
    if floor is ABSENT or (elements.room is not ABSENT and floor > 0):
        return ABSENT
    return floor_text(floor, style.floor)
