"""A street name taken apart: the proper name 专名, what modifies, ordinals, and the generic name 通名.

After the spelling rules for Chinese place names (中国地名汉语拼音字母拼写规则, 1984): proper and generic name stand
apart; a modifier of one syllable joins the generic (人民｜南路), a longer one stands apart (人民｜东南｜路); a generic
that has become part of the name stays in it (解放桥｜路); ordinals of streets are digits (二｜马路), dates are words
(五一｜路).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from geo_app.domain.street_readings import numeral_value


class PartKind(StrEnum):
    """What a part of a name is."""

    PROPER = "proper"
    ORDINAL = "ordinal"
    MODIFIER = "modifier"
    GENERIC = "generic"


@dataclass(frozen=True, slots=True)
class NamePart:
    """One written word of a name, from `start` up to `end` (characters of the name)."""

    kind: PartKind
    text: str
    start: int

    @property
    def end(self) -> int:
        """Return the first character after it."""
        return self.start + len(self.text)


GENERICS = (
    *(
        "高速公路",
        "快速路",
        "高架桥",
        "立交桥",
        "步行街",
        "隧道",
        "公路",
        "马路",
        "大道",
        "大街",
        "大桥",
        "胡同",
        "广场",
        "新村",
        "小区",
        "村道",
        "乡道",
        "县道",
    ),
    *("路", "街", "巷", "道", "弄", "里", "段", "条", "桥", "坊", "村", "组", "社", "坝", "坡", "堤", "埂", "线"),
)
"""Generic names, longer ones before those they end in."""

_STREETS = ("大道", "大街", "马路", "路", "街", "巷", "道", "胡同", "弄", "村", "社区")
_BELOW = frozenset({"段", "巷", "弄", "条", "里", "路", "街", "组", "社", "胡同"})
"""Generics that may follow a whole street name: 文豪路一巷, 沙湾大道南段."""
_MODIFIERS = "东西南北中上下前后左右内外大小新老正直横纵支环侧旁"
_WITH_ORDINAL = "环马横纵支"
"""三环路, 二马路, 一支路: a modifier between ordinal and generic."""
_COMPASS = ("东南", "西南", "东北", "西北", "东西", "南北")
_LONG_MODIFIERS = (*_COMPASS, "滨河", "滨江", "沿江", "沿河", "临江", "环城")
_NUMERALS = "〇零一二两三四五六七八九十百0123456789０１２３４５６７８９"
_ORDINAL = re.compile(f"(?:第)?([{_NUMERALS}]+)$")
_WORDS_OF_NUMERALS = ("统一", "专一", "太一", "唯一", "同一", "万一", "天一", "不二", "十字", "百一")
_DATES = frozenset({"一二九", "九一八", "一二一", "五一二"})
_TOGETHER = frozenset("村社坝")
"""Names of villages are one word."""


def name_parts(name: str) -> tuple[NamePart, ...]:
    """Return the written words of a name, from left to right; together they are the whole name."""
    return tuple(part for part in _parts(name) if part.text)


def generic_of(name: str) -> str:
    """Return the generic name at the end, "" for none."""
    return next((g for g in GENERICS if name.endswith(g) and len(name) > len(g)), "")


def stem_of(name: str) -> str:
    """Return the name without the generic at its end: what two streets of other kinds may share."""
    return name.removesuffix(generic_of(name))


def _parts(name: str) -> list[NamePart]:
    generic = generic_of(name)
    if not generic or (generic in _TOGETHER and not _ordinal_at_end(name.removesuffix(generic))):
        return [NamePart(PartKind.PROPER, name, 0)]
    generic, stem = _with_modifier(name.removesuffix(generic), generic)
    longer = next((m for m in _LONG_MODIFIERS if stem.endswith(m) and len(stem) >= len(m) + 2), "")
    stem = stem.removesuffix(longer)
    ordinal = "" if longer else _ordinal(stem, generic)
    rest = stem.removesuffix(ordinal)
    return [
        *_rest(rest, generic if ordinal or generic[0] in _MODIFIERS or generic == "段" else ""),
        NamePart(PartKind.ORDINAL, ordinal, len(rest)),
        NamePart(PartKind.MODIFIER, longer, len(rest)),
        NamePart(PartKind.GENERIC, generic, len(name) - len(generic)),
    ]


def _with_modifier(stem: str, generic: str) -> tuple[str, str]:
    """Return the generic with the modifier of one syllable before it, and what is left of the stem."""
    before, modifier = stem[:-1], stem[-1:]
    after_ordinal = modifier in tuple(_WITH_ORDINAL) and _ordinal_at_end(before)
    # 建新路 is no 新路 of 建: a proper name has two syllables at least. 朝阳门内 is a place, so 内 stays with it.
    modifies = modifier in tuple(_MODIFIERS) and len(before) >= 2 and not before.endswith("门")
    if after_ordinal or (modifies and before not in {"东西", "南北"} and stem[-2:] not in _COMPASS):
        return modifier + generic, before
    return generic, stem


def _rest(rest: str, tail: str) -> list[NamePart]:
    """Return the words before a tail: a whole street's name where the tail divides a street, else one word."""
    side = rest[-1:] if rest[-1:] in tuple(_MODIFIERS) and rest[:-1].endswith(_STREETS) else ""
    street = rest.removesuffix(side)
    if tail and tail.lstrip(_MODIFIERS) in _BELOW and street.endswith(_STREETS):
        return [*_parts(street), NamePart(PartKind.MODIFIER, side, len(street))]
    return [NamePart(PartKind.PROPER, rest, 0)]


def _ordinal(stem: str, generic: str) -> str:
    """Return the ordinal at the end of what stands before a generic, "" for none."""
    found = _ordinal_at_end(stem)
    if not found or stem.endswith(_WORDS_OF_NUMERALS):
        return ""
    # 五一, 三八, 九一八 are days; 590 and 12 count. A lane or a section is always counted.
    bare = found.removeprefix("第")
    a_day = len(bare) == 2 and not set(bare) & set("十百〇零0") and not bare.isascii()
    counted = generic.lstrip(_MODIFIERS) in {"段", "巷", "弄", "条", "组", "社"} and len(stem) > len(found)
    return "" if (a_day and not counted) or bare in _DATES else found


def _ordinal_at_end(stem: str) -> str:
    found = _ORDINAL.search(stem)
    return found.group() if found and numeral_value(found[1]) is not None else ""
