"""The names the parser knows: divisions of China to the township, and a register's own streets, estates, nicknames."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

from geo_app.domain.cleaning import clean
from geo_app.domain.division_names import short_name, township_stem

CODE_LENGTH = {1: 2, 2: 4, 3: 6, 4: 9, 5: 12}
"""Digits of a division's code that count, by level."""


@dataclass(frozen=True, slots=True)
class KnownDivision:
    """A division: its code without the zeros behind it, level 1 (province) to 5 (village), name as listed."""

    code: str
    level: int
    name: str


@dataclass(frozen=True, slots=True)
class NamedDivision:
    """What a spelling may mean: a division, and whether it was named by its stem alone (沙湾 for 沙湾区)."""

    division: KnownDivision
    short: bool


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Gazetteer:
    """Names to look up; an empty one works: places are then recognised by their form alone.

    `by_code` keeps the divisions, `spellings` what each clean spelling may mean; `lengths` tells, by the first two
    characters, how long the spellings are that begin so, longest first.
    """

    streets: "Names"
    estates: "Names"
    by_code: Mapping[str, KnownDivision] = field(repr=False)
    spellings: Mapping[str, tuple[NamedDivision, ...]] = field(repr=False)
    lengths: Mapping[str, tuple[int, ...]] = field(repr=False)

    @classmethod
    def of(
        cls,
        divisions: Iterable[KnownDivision] = (),
        streets: Iterable[str] = (),
        estates: Iterable[str] = (),
    ) -> Self:
        """Return a gazetteer of divisions, and of the names of streets and estates (nicknames among them)."""
        by_code: dict[str, KnownDivision] = {}
        spellings: dict[str, tuple[NamedDivision, ...]] = {}
        for division in divisions:
            by_code[division.code] = division
            for spelling, short in _spellings(division):
                spellings[spelling] = (*spellings.get(spelling, ()), NamedDivision(division, short))
        return cls(Names.of(streets), Names.of(estates), by_code, spellings, _lengths(spellings))

    def named_at(self, text: str, start: int) -> Iterator[tuple[int, tuple[NamedDivision, ...]]]:
        """Yield where a division's spelling that begins at `start` ends, and what it may mean; longest first."""
        for length in self.lengths.get(text[start : start + 2], ()):
            spelling = text[start : start + length]
            if len(spelling) == length and spelling in self.spellings:
                yield start + length, self.spellings[spelling]

    def name_of(self, code: str, level: int) -> str:
        """Return the name of the division of a level that holds `code`; "" where the list has none."""
        length = CODE_LENGTH[level]
        known = self.by_code.get(code[:length]) if len(code) >= length else None
        return known.name if known and known.level == level else ""


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """Names that are looked up where they begin."""

    names: frozenset[str]
    lengths: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, names: Iterable[str]) -> Self:
        """Return the names in clean spelling; those of one character find nothing."""
        clean_names = frozenset(spelling for name in names if len(spelling := clean(name).text) > 1)
        return cls(clean_names, _lengths(clean_names))

    def end_at(self, text: str, start: int) -> int:
        """Return where the longest name that begins at `start` ends, or `start` for none."""
        for length in self.lengths.get(text[start : start + 2], ()):
            if start + length <= len(text) and text[start : start + length] in self.names:
                return start + length
        return start


def _lengths(spellings: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for spelling in spellings:
        lengths[spelling[:2]].add(len(spelling))
    return {head: tuple(sorted(all_of_it, reverse=True)) for head, all_of_it in lengths.items()}


def _spellings(division: KnownDivision) -> Iterator[tuple[str, bool]]:
    name = clean(division.name).text
    stem = _stem(name, division.level)
    yield name, False
    if name.endswith(("自治州", "自治县")) and len(stem) > 1:
        yield stem + name[-1], False
    if stem == "内蒙古":
        yield "内蒙", True
    if len(stem) > 1 and stem != name:
        yield stem, True


_NATIONS = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|"
    "布朗|撒拉|毛南|仡佬|锡伯|塔吉克|普米|怒|鄂温克|保安|裕固|独龙|各"
)
_REGION = re.compile(
    rf"(?<=.{{2}})(?:(?:{_NATIONS})族?)*(?:自治[区州县旗])$|特别行政区$|(?<=.{{2}})(?:地区|林区|特区|新区)$|"
    rf"[省市县区旗盟]$"
)


def _stem(name: str, level: int) -> str:
    if level == 5:
        return short_name(name)
    if level == 4:
        return township_stem(name)
    return _REGION.sub("", name)
