"""Reading a wall: what the text of a mounted plate says about number, sub-number, suffix and range."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LARGEST_NUMBER = 9999
"""The police's door number field holds 1 to 9999 (standards.md §1.4)."""

_PLAIN = re.compile(r"([0-9]{1,14})([A-Z])?号?")
_SUB = re.compile(r"([0-9]{1,14})号?(?:附|之|-)([0-9]{1,4})号?")
_RANGE = re.compile(r"([0-9]{1,14})号?-([0-9]{1,14})号?")
_LEADING = re.compile(r"\s*(\d{1,14})(?!\d)")
_SAME = str.maketrans({**dict.fromkeys("‐‑‒–—−~", "-"), "號": "号"})
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class WallNumber:
    """What a plate says. `number` None: it does not begin with an integer; `last` is the end of a range, else `number`.

    `sub_number` is a sub-number or a suffix letter in capitals, empty when there is none; `bad` texts are kept as
    they are, and count for parity and order by their leading integer.
    """

    number: int | None
    last: int | None
    sub_number: str = ""
    bad: bool = False

    @property
    def rank(self) -> int:
        """Return the place among the sub-numbers of one number: 0 for none, a letter by its place in the alphabet."""
        if not self.sub_number:
            return 0
        return int(self.sub_number) if self.sub_number.isdigit() else ord(self.sub_number) - ord("A") + 1


@lru_cache(maxsize=65536)
def read_wall(text: str) -> WallNumber:
    """Return what the text on a wall means; blanks, case, width of characters and 号 do not matter.

    `12A` is a suffix; `12附3`, `12-3`, `12之3` a sub-number; `12-16` (second larger, same parity, at most 9999) a
    range; anything else is bad. 0 is bad, because numbers begin at 1.
    """
    plain = _BLANKS.sub("", unicodedata.normalize("NFKC", text)).translate(_SAME).upper()
    span = _RANGE.fullmatch(plain)
    if span and is_range(int(span[1]), int(span[2])):
        return WallNumber(int(span[1]), int(span[2]))
    match = _PLAIN.fullmatch(plain) or _SUB.fullmatch(plain)
    if match is None or int(match[1]) == 0 or _is_zero(match[2]):
        return _bad(text)
    number = int(match[1])
    sub_number = match[2] or ""
    return WallNumber(number, number, str(int(sub_number)) if sub_number.isdigit() else sub_number)


def is_range(first: int, second: int) -> bool:
    """Tell whether `first-second` on a wall is a range of numbers and not a number with a sub-number."""
    return 0 < first < second <= LARGEST_NUMBER and (second - first) % 2 == 0


def _is_zero(sub_number: str | None) -> bool:
    return sub_number is not None and sub_number.isdigit() and int(sub_number) == 0


def _bad(text: str) -> WallNumber:
    # As written: without its blank, 226 ½ would begin with 2261.
    leading = _LEADING.match(text)
    number = int(leading[1]) if leading else None
    return WallNumber(number, number, bad=True)
