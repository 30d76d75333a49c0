"""Street names that look or sound alike 重名、近似名: which of a county's a person may take for one another, and why.

Near linear: names are compared where they share a key (`alike_keys`), never all with all. Names that differ in an
ordinal or a compass word only (一巷 and 四巷, 人民东路 and 人民西路) are a series and not alike.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import combinations

from geo_app.domain.address_text import match_key
from geo_app.domain.message import Message, marked
from geo_app.domain.street_alike_tables import FINALS, INITIALS, SHAPES
from geo_app.domain.street_name_parts import stem_of
from geo_app.domain.street_pinyin import plain_form, spell

SERIES = frozenset("0123456789〇零一二两三四五六七八九十百第东西南北中上下前后左右内外")
"""What tells the members of a series apart."""

LARGEST_SHELF = 2_000
"""Names that share one key beyond this many are no likeness but a fashion; they are not compared by it."""

_LONG_STEM = 3


class Likeness(StrEnum):
    """Why two names may be taken for one another, the gravest first."""

    SAME = "same"
    SAME_SOUND = "same_sound"
    SHAPE = "shape"
    GENERIC = "generic"
    NEAR_SOUND = "near_sound"
    ORDER = "order"
    ONE_CHARACTER = "one_character"

    @property
    def word(self) -> Message:
        """Return the reason for a reader."""
        return Message(_WORDS[self])

    @property
    def severity(self) -> str:
        """Return error (the law forbids it), warning (choose another), info (look twice)."""
        return _SEVERITIES[self]


_WORDS = {
    Likeness.SAME: marked("same name"),
    Likeness.SAME_SOUND: marked("sounds the same"),
    Likeness.SHAPE: marked("looks nearly the same"),
    Likeness.GENERIC: marked("same proper name, other generic name"),
    Likeness.NEAR_SOUND: marked("sounds nearly the same here"),
    Likeness.ORDER: marked("same characters in another order"),
    Likeness.ONE_CHARACTER: marked("one character apart"),
}
_SEVERITIES = {
    Likeness.SAME: "error",
    Likeness.SAME_SOUND: "warning",
    Likeness.SHAPE: "warning",
    Likeness.GENERIC: "warning",
    Likeness.NEAR_SOUND: "info",
    Likeness.ORDER: "info",
    Likeness.ONE_CHARACTER: "info",
}
GRAVITY = {likeness: place for place, likeness in enumerate(Likeness)}


@dataclass(frozen=True, slots=True)
class SpokenName:
    """A name as it is compared, and its syllables without tones."""

    name: str
    syllables: tuple[str, ...]

    @property
    def near(self) -> tuple[str, ...]:
        """Return the syllables as a Sichuan ear keeps them apart."""
        return tuple(near_sound(syllable) for syllable in self.syllables)


@dataclass(frozen=True, slots=True)
class AlikePair:
    """Two names, by their places in the list given, and why they are alike."""

    one: int
    other: int
    likeness: Likeness


@lru_cache(maxsize=50_000)
def spoken(name: str) -> SpokenName:
    """Return a name with the sounds that the spelling rules propose."""
    return SpokenName(match_key(name), tuple(plain_form(syllable.reading) for syllable in spell(name).syllables))


def alike_keys(name: str) -> frozenset[str]:
    """Return keys of a name: two names that are alike in any way share one at least."""
    said = spoken(name)
    keys = {f"sound {''.join(said.near)}", f"order {''.join(sorted(said.name))}", f"stem {stem_of(said.name)}"}
    keys |= {f"shape {said.name[:i]}{o}{said.name[i + 1 :]}" for i, c in _shaped(said.name) for o in (*SHAPES[c], c)}
    if len(stem_of(said.name)) >= _LONG_STEM:
        keys |= {f"gap {said.name[:i]}?{said.name[i + 1 :]}" for i in range(len(stem_of(said.name)))}
    return frozenset(keys)


def likeness(one: str, other: str) -> Likeness | None:
    """Return the gravest reason why two names are alike; None: they are not."""
    first, second = spoken(one), spoken(other)
    if first.name == second.name:
        return Likeness.SAME
    if _series(first.name, second.name):
        return None
    return next((found for found, holds in _TESTS if holds(first, second)), None)


def alike_to(name: str, others: Iterable[str]) -> list[tuple[str, Likeness]]:
    """Return those of `others` that are alike to `name`, the gravest first; a name spelled exactly so among them."""
    found = [(other, reason) for other in others if (reason := likeness(name, other)) is not None]
    return sorted(found, key=lambda pair: (GRAVITY[pair[1]], pair[0]))


def alike_pairs(names: Sequence[str]) -> list[AlikePair]:
    """Return all pairs of alike names, the gravest first."""
    shelves: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        for key in alike_keys(name):
            shelves[key].append(place)
    pairs = {pair for shelf in shelves.values() if 1 < len(shelf) <= LARGEST_SHELF for pair in combinations(shelf, 2)}
    return sorted(_judged(names, pairs), key=lambda pair: (GRAVITY[pair.likeness], pair.one, pair.other))


def near_sound(syllable: str) -> str:
    """Return a syllable without tone as Sichuan ears keep it apart: zhang and zan are one, so are niu and liu."""
    initial = next((i for i in ("zh", "ch", "sh") if syllable.startswith(i)), syllable[:1])
    final = syllable[len(initial) :]
    # hu and fu are confused; ha and fa are not.
    folded = initial if initial == "h" and not final.startswith("u") else INITIALS.get(initial, initial)
    if initial == "h" and folded == "f":
        final = final[1:] or "u"
    return folded + next((final.removesuffix(long) + short for long, short in _FINALS if final.endswith(long)), final)


_FINALS = tuple(sorted(FINALS.items(), key=lambda pair: -len(pair[0])))


def _judged(names: Sequence[str], pairs: Iterable[tuple[int, int]]) -> Iterator[AlikePair]:
    for one, other in pairs:
        found = likeness(names[one], names[other])
        if found is not None:
            yield AlikePair(one, other, found)


def _shaped(name: str) -> list[tuple[int, str]]:
    return [(place, character) for place, character in enumerate(name) if character in SHAPES]


def _series(one: str, other: str) -> bool:
    """Tell whether names differ in ordinals or compass words only."""
    bare = ["".join(c for c in name if c not in SERIES) for name in (one, other)]
    return bare[0] == bare[1] and sorted(one) != sorted(other)


def _differing(one: str, other: str) -> int | None:
    """Return the place of the one character in which names of one length differ, None where it is not exactly one."""
    if len(one) != len(other):
        return None
    places = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return places[0] if len(places) == 1 else None


def _shape_alike(one: SpokenName, other: SpokenName) -> bool:
    place = _differing(one.name, other.name)
    return place is not None and other.name[place] in SHAPES.get(one.name[place], ())


def _one_apart(one: SpokenName, other: SpokenName) -> bool:
    place, shorter = _differing(one.name, other.name), min(len(stem_of(said.name)) for said in (one, other))
    if place is None or shorter < _LONG_STEM or place >= shorter:
        return False
    return not {one.name[place], other.name[place]} & SERIES


_TESTS: tuple[tuple[Likeness, Callable[[SpokenName, SpokenName], bool]], ...] = (
    (Likeness.SAME_SOUND, lambda one, other: one.syllables == other.syllables),
    (Likeness.SHAPE, _shape_alike),
    (Likeness.GENERIC, lambda one, other: stem_of(one.name) == stem_of(other.name)),
    (Likeness.NEAR_SOUND, lambda one, other: one.near == other.near),
    (Likeness.ORDER, lambda one, other: sorted(one.name) == sorted(other.name)),
    (Likeness.ONE_CHARACTER, _one_apart),
)
