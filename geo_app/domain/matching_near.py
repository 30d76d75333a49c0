"""Names one slip away: one character wrong, missing or too much, found without comparing with every name.

Each name is kept under itself less each of its characters; two names one slip apart meet under such a key. A dictionary
of 6,000 roads has some 25,000 keys, and a look-up costs microseconds whatever its size.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from pypinyin import Style, pinyin

NUMERALS = frozenset("0123456789〇零一二三四五六七八九十百千")
LONGEST = 24
"""Characters of a name that is compared; no road's name is longer, and hostile ones are."""


class Slip(StrEnum):
    """How a name was missed; by a numeral it was hardly missed: 一街, 二街 and 十二街 are streets of a series."""

    SOUND = "sound"
    WRONG = "wrong"
    MISSING = "missing"
    EXTRA = "extra"
    NUMERAL = "numeral"


@dataclass(slots=True)
class NearNames:
    """A growing dictionary of names, and the keys under which near ones meet."""

    names: set[str] = field(default_factory=set)
    keys: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, names: Iterable[str]) -> None:
        """Take names in."""
        for name in names:
            if name and name not in self.names and len(name) <= LONGEST:
                self.names.add(name)
                for key in {name, *_shortened(name)}:
                    self.keys[key].append(name)

    def near(self, name: str) -> list[tuple[str, Slip]]:
        """Return the names one slip away, each with the slip, in the order of the dictionary; not the name itself."""
        if not name or len(name) > LONGEST:
            return []
        found = dict.fromkeys(known for key in (name, *_shortened(name)) for known in self.keys.get(key, ()))
        slips = ((known, slip_between(name, known)) for known in found if known != name)
        return [(known, slip) for known, slip in slips if slip is not None]


def slip_between(said: str, known: str) -> Slip | None:
    """Return the one slip by which `said` stands for `known`, None where it takes more than one."""
    if len(said) == len(known):
        differing = [pair for pair in zip(said, known, strict=True) if pair[0] != pair[1]]
        return _wrong(*differing[0]) if len(differing) == 1 else None
    short, long = sorted((said, known), key=len)
    lacking = next((long[place] for place, less in enumerate(_shortened(long)) if less == short), "")
    if len(short) + 1 != len(long) or not lacking:
        return None
    if lacking in NUMERALS:
        return Slip.NUMERAL
    return Slip.MISSING if len(said) < len(known) else Slip.EXTRA


def _wrong(said: str, known: str) -> Slip:
    if said in NUMERALS and known in NUMERALS:
        return Slip.NUMERAL
    return Slip.SOUND if sounds_alike(said, known) else Slip.WRONG


def sounds_alike(one: str, other: str) -> bool:
    """Tell whether two characters share a reading, tones apart."""
    return not readings(one).isdisjoint(readings(other))


@lru_cache(maxsize=8192)
def readings(character: str) -> frozenset[str]:
    """Return the readings of a character without tones; what is no Chinese character reads as itself."""
    return frozenset(pinyin(character, style=Style.NORMAL, heteronym=True)[0])


def _shortened(name: str) -> Iterator[str]:
    return (name[:place] + name[place + 1 :] for place in range(len(name)))
