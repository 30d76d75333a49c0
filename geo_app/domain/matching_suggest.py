"""Suggestions while a person types: streets, villages and estates by Chinese, pinyin or initials, from the second sign.

All names of a register stand in one sorted list under each of their spellings; what begins with the typed text is one
slice of it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from geo_app.domain.cleaning import comparable
from geo_app.domain.matching_names import HYPHENS, road_as_written
from geo_app.domain.matching_places import Places
from geo_app.domain.street_pinyin import plain_form
from geo_app.domain.street_readings import usual_readings

SHORTEST = 2
LONGEST = 60
MOST_LOOKED_AT = 1000
_LAST = "\U0010ffff"
_LATIN = re.compile(r"(?P<name>[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü' ]+)\s*(?P<rest>[0-9].*)?")
_NUMBER = re.compile(r"(?P<name>.*?)(?P<number>[0-9]{1,4})(?:[-之](?P<sub>[0-9]{0,4}))?号?(?P<inside>.*)")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: a name or its beginning (Chinese key, or Latin letters), digits of a number, what is inside."""

    name: str
    latin: bool
    number: str = ""
    sub_number: str = ""
    inside: str = ""


def typed(text: str) -> Typed:
    """Return what was typed so far; 铜河路12 is a street with a number that may go on."""
    key = text[:LONGEST].strip().lower()
    latin = _LATIN.fullmatch(key)
    if latin:
        name = plain_form(latin["name"]).replace(" ", "")
        return _with_number(name, latin["rest"] or "", latin=True)
    return _with_number("", comparable(text[:LONGEST]).translate(HYPHENS), latin=False)


def _with_number(name: str, rest: str, *, latin: bool) -> Typed:
    found = _NUMBER.fullmatch(rest)
    if found is None or not (name or found["name"]):
        return Typed(name or rest, latin)
    return Typed(name or found["name"], latin, found["number"], found["sub"] or "", found["inside"])


class Named(StrEnum):
    """What a name names."""

    STREET = "street"
    ESTATE = "estate"
    VILLAGE = "village"


@dataclass(slots=True)
class Spellings:
    """The names of a register in one sorted list of their spellings; grows with the register."""

    _keys: list[tuple[str, int, Named, str]] = field(default_factory=list)
    _standing: dict[tuple[Named, str], dict[str, None]] = field(default_factory=dict)
    _taken: int = 0

    def follow(self, places: Places) -> None:
        """Take in what the places have got since the last time."""
        if self._taken == len(places.known):
            return
        before = len(self._keys)
        for place in islice(places.known, self._taken, None):
            where = places.chain(place.division_id)
            self._add(Named.STREET, road_as_written(place.street), where.title)
            self._add(Named.ESTATE, place.estate, where.title)
            self._add(Named.VILLAGE, where.village_name, where.title)
        self._taken = len(places.known)
        if len(self._keys) > before:
            self._keys.sort()

    def _add(self, kind: Named, name: str, where: str) -> None:
        if not name:
            return
        if (kind, name) not in self._standing:
            self._standing[kind, name] = {}
            self._keys += [(key, place, kind, name) for place, key in enumerate(spellings(name))]
        self._standing[kind, name][where] = None

    def begun(self, beginning: str, limit: int) -> list[tuple[Named, str]]:
        """Return the names one of whose spellings begins so; those that begin so themselves, and short ones, first."""
        if len(beginning) < SHORTEST:
            return []
        start = bisect_left(self._keys, (beginning,))
        end = bisect_left(self._keys, (beginning + _LAST,), lo=start)
        # Of thousands that begin with two letters nobody reads more than the first.
        some = sorted(self._keys[start : min(end, start + MOST_LOOKED_AT)], key=lambda one: (one[1], len(one[0]), one))
        return list(dict.fromkeys((kind, name) for _, _, kind, name in some))[:limit]

    def all_names(self) -> Iterator[tuple[Named, str]]:
        """Yield every name once."""
        return iter(self._standing)

    def standing(self, kind: Named, name: str) -> list[str]:
        """Return the divisions in which something is called so."""
        return list(self._standing.get((kind, name), ()))


def spellings(name: str) -> Iterator[str]:
    """Yield the spellings under which a name is found: itself, its pinyin, its initials, its later characters."""
    key = comparable(name).translate(HYPHENS)
    yield key
    read = [plain_form(one) for one in usual_readings(key)]
    yield "".join(read)
    yield "".join(one[0] for one in read)
    for start in range(1, len(key) - 1):
        yield key[start:]
