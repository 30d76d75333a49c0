"""Roman spelling 罗马字母拼写 of street names: proposed, with choices for polyphones; typed ones checked.

After the spelling rules for Chinese place names (中国地名汉语拼音字母拼写规则, 1984; GB 17733): words as
`street_name_parts` cuts them, each with a capital; an apostrophe before a syllable that begins with a, o or e; tones of
the standard reading.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from geo_app.domain.errors import DomainError
from geo_app.domain.street_name_parts import NamePart, PartKind, name_parts
from geo_app.domain.street_readings import choices_of, numeral_value, readings_of, usual_readings

_TONES = dict.fromkeys((0x0300, 0x0301, 0x0304, 0x030C))
_APOSTROPHES = "'’ʼ`‘＇"
_ONE_APOSTROPHE = {ord(mark): "'" for mark in _APOSTROPHES}
_PLAIN = {ord("ü"): "v", ord("Ü"): "v"} | {ord(mark): "" for mark in _APOSTROPHES}
_VOWELS_FIRST = re.compile("[aoeāáǎàōóǒòēéěè]")
_BETWEEN = re.compile(rf"[\s\-{_APOSTROPHES}]+")


class PinyinDiffers(DomainError):
    """A typed spelling spells the characters of the name, one syllable each."""

    pattern = "“{spelling}” does not spell “{name}”: at “{character}” {readings} is expected."


class PinyinTooLong(DomainError):
    """A typed spelling ends with the name's last character."""

    pattern = "“{spelling}” goes on after the last character of “{name}”: “{rest}” is too much."


class PinyinMissesTones(DomainError):
    """Names on signs and in notices carry tone marks."""

    pattern = "“{spelling}” has no tone marks; write it as in “{example}”."


@dataclass(frozen=True, slots=True)
class Syllable:
    """One character and how it is read; several `choices` where a clerk may have to decide (a polyphone)."""

    character: str
    reading: str
    choices: tuple[str, ...]

    @property
    def polyphone(self) -> bool:
        """Tell whether a person should look."""
        return len(self.choices) > 1


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name's roman spelling, its syllables one a character, and its plain form for searching and sorting."""

    text: str
    plain: str
    syllables: tuple[Syllable, ...] = field(default=(), repr=False)

    @property
    def doubtful(self) -> bool:
        """Tell whether a polyphone stands in it."""
        return any(syllable.polyphone for syllable in self.syllables)


def spell(name: str, chosen: Mapping[int, str] | None = None) -> Spelling:
    """Return the spelling that the rules propose; `chosen` gives readings by place of the character (from 0).

    Raises PinyinDiffers where a chosen reading is none of its character.
    """
    usual = usual_readings(name)
    syllables = tuple(_syllable(name, place, usual[place], chosen or {}) for place in range(len(name)))
    text = " ".join(_word(part, syllables) for part in name_parts(name))
    return Spelling(text, plain_form(text), syllables)


def check_spelling(name: str, typed: str) -> Spelling:
    """Return a typed spelling, if it spells the name's characters; word breaks and capitals are the clerk's.

    Raises PinyinDiffers, PinyinTooLong, PinyinMissesTones.
    """
    text = " ".join(unicodedata.normalize("NFC", typed).translate(_ONE_APOSTROPHE).split())
    letters = _BETWEEN.sub("", text).lower()
    proposal = spell(name)
    if letters == _BETWEEN.sub("", proposal.plain) != _BETWEEN.sub("", proposal.text).lower():
        raise PinyinMissesTones(spelling=text, example=proposal.text)
    read = _read(name, letters, text)
    return Spelling(text, plain_form(text), tuple(_chosen(s, r) for s, r in zip(proposal.syllables, read, strict=True)))


def plain_form(spelling: str) -> str:
    """Return a spelling without tones, apostrophes and capitals, words apart: what is typed to search."""
    bare = unicodedata.normalize("NFC", unicodedata.normalize("NFD", spelling).translate(_TONES))
    return bare.translate(_PLAIN).lower()


def _syllable(name: str, place: int, usual: str, chosen: Mapping[int, str]) -> Syllable:
    character = name[place]
    reading = chosen.get(place) or usual
    if reading != usual and reading not in readings_of(character):
        raise _differs(name, place, reading)
    return Syllable(character, reading, choices_of(character, usual))


def _word(part: NamePart, syllables: tuple[Syllable, ...]) -> str:
    if part.kind is PartKind.ORDINAL:
        number = numeral_value(part.text.removeprefix("第")) or ""
        return f"Dì-{number}" if part.text.startswith("第") else number
    word = ""
    for syllable in syllables[part.start : part.end]:
        # Of two vowels that meet the second begins a syllable: Xī'ān, not Xiān. After a digit nothing can be misread.
        between = "'" if word[-1:].isalpha() and _VOWELS_FIRST.match(syllable.reading) else ""
        word += between + syllable.reading
    return word[:1].upper() + word[1:]


def _read(name: str, letters: str, text: str) -> list[str]:
    """Return the reading of each character that the letters spell; a number stands at its first character."""
    # Characters read, letters used → how. A character has few readings, so there are few ways.
    ways: dict[tuple[int, int], list[str]] = {(0, 0): []}
    furthest = 0
    for place in range(len(name)):
        for at in [used for read, used in ways if read == place]:
            furthest = place
            for characters, reading in _spelled(name, place):
                if letters.startswith(reading, at):
                    rest = [""] * (characters - 1)
                    ways.setdefault((place + characters, at + len(reading)), [*ways[place, at], reading, *rest])
    if (len(name), len(letters)) in ways:
        return ways[len(name), len(letters)]
    whole = [used for read, used in ways if read == len(name)]
    if whole:
        raise PinyinTooLong(spelling=text, name=name, rest=letters[max(whole) :])
    raise _differs(name, furthest, text)


def _spelled(name: str, place: int) -> list[tuple[int, str]]:
    """Return what may stand at a character: so many characters, read so; digits for a numeral, itself for a letter."""
    readings = [(1, reading) for reading in readings_of(name[place]) or (name[place].lower(),)]
    last = place
    while last < len(name) and numeral_value(name[place : last + 1]) is not None:
        last += 1
        readings.append((last - place, numeral_value(name[place:last]) or ""))
    return readings


def _chosen(syllable: Syllable, reading: str) -> Syllable:
    if reading not in readings_of(syllable.character):
        return syllable  # a digit is no reading
    return Syllable(syllable.character, reading, tuple(dict.fromkeys((reading, *syllable.choices))))


def _differs(name: str, place: int, spelling: str) -> PinyinDiffers:
    readings = " / ".join(reading for _, reading in _spelled(name, place))
    return PinyinDiffers(spelling=spelling, name=name, character=name[place], readings=readings)
