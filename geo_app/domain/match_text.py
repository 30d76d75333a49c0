"""Texts that matching was unsure of, or found nothing for: which of them may be kept, and how they are counted.

What people search for is counted without who asked. A text is kept only when all of it was understood as an address:
whoever pastes a name, a phone or an ID number with it is not found here again.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from geo_app.domain.address_text import match_key
from geo_app.domain.matching import Answer
from geo_app.domain.matching_grade import Grade
from geo_app.domain.parsing import ElementKind, Gazetteer, ParsedAddress, parse
from geo_app.domain.parsing_words import SURNAMES

LONGEST = 100
"""Characters of a text that is kept."""
MOST_KEPT = 20_000
"""Different texts that one batch hands on; a list that nobody works off helps nobody."""
FREQUENT = 3
"""How often a text that was not found must have been asked for before it waits to be looked at."""

_STRUCTURE = frozenset(
    {
        *(ElementKind.VILLAGE, ElementKind.ROAD, ElementKind.SUBROAD, ElementKind.DOOR, ElementKind.SUBDOOR),
        *(ElementKind.ESTATE, ElementKind.SUBESTATE),
    }
)
_FOREIGN = frozenset({ElementKind.PERSON, ElementKind.OTHER})
_NAMES = frozenset({ElementKind.ESTATE, ElementKind.SUBESTATE})
_LONG_NUMBER = re.compile(r"\d(?:[ -]?[\dX]){6,}")
_CONTACT = re.compile("联系|电话|手机|微信|姓名|身份证|先生|女士|小姐|收件|收货")
_SHORTEST_NAME, _LONGEST_NAME = 2, 3
_PLACE_ENDINGS = frozenset("院店厅园场站所部校楼厦馆社厂行庙寺桥局库房坊城苑府居")


class MatchSource(StrEnum):
    """Where an answer was given."""

    SEARCH = "search"
    PROGRAM = "program"
    BATCH = "batch"


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text that was not surely matched: its grade, how often it came, ids of addresses that may be meant."""

    text: str
    key: str
    grade: Grade
    count: int = 1
    candidates: tuple[str, ...] = ()


@dataclass(slots=True)
class MatchTally:
    """Counts answers by grade, and keeps the texts that a person may look at."""

    gazetteer: Gazetteer
    grades: Counter[Grade] = field(default_factory=Counter)
    _counts: Counter[str] = field(default_factory=Counter)
    _kept: dict[str, KeptText] = field(default_factory=dict)

    def take(self, text: str, answer: Answer) -> None:
        """Take note of an answer."""
        self.grades[answer.grade] += 1
        if answer.grade in (Grade.EXACT, Grade.SURE) or len(text) > LONGEST:
            return
        key = match_key(text)
        if key not in self._kept and not (len(self._kept) < MOST_KEPT and may_be_kept(parse(text, self.gazetteer))):
            return
        self._counts[key] += 1
        self._kept[key] = KeptText(text.strip(), key, answer.grade, 1, tuple(one.row.id for one in answer.candidates))

    def kept(self) -> Iterator[KeptText]:
        """Yield the texts with how often they came."""
        for key, one in self._kept.items():
            yield KeptText(one.text, key, one.grade, self._counts[key], one.candidates)


def may_be_kept(parsed: ParsedAddress) -> bool:
    """Tell whether a text is an address and nothing else: no person, no phone, no ID number, nothing left over."""
    plain = unicodedata.normalize("NFKC", parsed.text).upper()
    return (
        looks_like_address(parsed)
        and not parsed.rest
        and not _LONG_NUMBER.search(plain)
        and not _CONTACT.search(plain)
        and not any(element.kind in _NAMES and _may_be_a_name(element.text) for element in parsed.elements)
    )


def looks_like_address(parsed: ParsedAddress) -> bool:
    """Tell whether a text names a place, and no person, phone or code beside it."""
    kinds = {element.kind for element in parsed.elements}
    return bool(kinds & _STRUCTURE) and not kinds & _FOREIGN


def _may_be_a_name(text: str) -> bool:
    """Tell whether a place of two or three characters begins with a surname and ends like no place: 张三, not 王店."""
    short = _SHORTEST_NAME <= len(text) <= _LONGEST_NAME
    return short and text[0] in SURNAMES and text[-1] not in _PLACE_ENDINGS
