"""Numerals in addresses as values: 二十三 and 23, 负二 and B2."""

import re
from functools import lru_cache

from geo_app.domain.address_text import match_key

_NUMERAL = re.compile(r"[0-9〇零一二三四五六七八九十百千两廿]+")
_HAN = "〇一二三四五六七八九"
_BELOW = re.compile(r"负|地下|^-|^B(?=[0-9]|$)|^底")


@lru_cache(maxsize=50_000)
def digits(text: str) -> str:
    """Return the text with its numerals in Arabic digits; 廿 is 二十."""
    return match_key(text.replace("廿", "二十").replace("两", "二"))


def bare(text: str) -> str:
    """Return the first numeral of a text in digits, "" for none: 第三组 → 3."""
    found = _NUMERAL.search(text)
    return digits(found.group()) if found else ""


def floor_of(text: str) -> int | None:
    """Return the floor a text names; below the ground (负二层, B1, 地下室) negative, None for none."""
    number = bare(text)
    if _BELOW.search(text):
        return -int(number) if number.isdecimal() and int(number) else -1
    return int(number) if number.isdecimal() and int(number) else None


def han_numeral(number: str) -> str:
    """Return 1 to 99 in Chinese numerals, as sections are written; anything else as it is."""
    if not number.isdecimal() or not 0 < int(number) < 100:
        return number
    tens, ones = divmod(int(number), 10)
    head = ("" if tens == 1 else _HAN[tens]) + "十" if tens else ""
    return head + (_HAN[ones] if ones else "")
