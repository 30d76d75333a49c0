"""Cleaning 清洗: a line as people write it, made readable for rules, with the place of each character kept.

Small named steps: those on one character are folded into one table (each distinct character is cleaned once), those on
the text run only where a quick look says there is work.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce

from opencc import OpenCC

from geo_app.domain.address_text import match_key

LONGEST = 200
"""Characters of a line that are read; no address is longer, and hostile text costs no more."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean text; `origin[i]` is the place of its character i in the line as given."""

    text: str
    origin: Sequence[int]


def clean(line: str) -> Cleaned:
    """Return the line half-width, in simplified script and upper case, with plain dashes and brackets.

    A blank stays, as one, only where it parts two words or two numbers. Of a line longer than `LONGEST` the rest is
    left out.
    """
    line = line[:LONGEST]
    even = line.translate(_EVEN)
    if _UNEVEN not in even and not _UNTIDY.search(even):
        return Cleaned(even, range(len(even)))
    return reduce(lambda cleaned, step: step(cleaned), TEXT_STEPS, _character_by_character(line))


def comparable(text: str) -> str:
    """Return the spelling under which texts are compared: the match key of the clean text.

    Traditional and simplified script, widths, 二段 and 2段, blanks make no difference.
    """
    return match_key(clean(text).text)


# Steps on one character.


def half_width(character: str) -> str:
    """Ａ → A, （ → (, ㈠ → (一)."""
    return unicodedata.normalize("NFKC", character)


def simplified(text: str) -> str:
    """號 → 号, 臺 → 台, 峯 → 峰: by OpenCC's table."""
    return text if text.isascii() else _TO_SIMPLIFIED.convert(text)


def upper_case(text: str) -> str:
    """a座 → A座."""
    return text.upper()


def variants(text: str) -> str:
    """Characters written for others: ㄧ for 一, 橦 for 幢, 〸 for 十, Japanese 単 and 号's old forms."""
    return text.translate(_VARIANTS)


def plain_marks(text: str) -> str:
    """Dashes, brackets and separators each as one; ① counts lines, it is no part of a number."""
    return text.translate(_MARKS)


def visible(text: str) -> str:
    """Nothing for control characters, marks of direction, zero widths; every kind of blank as one."""
    if len(text) == 1 and (text.isspace() or unicodedata.category(text) in {"Zs", "Zl", "Zp"}):
        return " "
    return "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Cn"} and c not in _FILLERS)


_TO_SIMPLIFIED = OpenCC("t2s")
_VARIANTS = str.maketrans(
    {"ㄧ": "一", "橦": "幢", "憧": "幢", "〸": "十", "単": "单", "圑": "团", "ㆍ": "·", "囯": "国", "巿": "市"}
)
_MARKS = str.maketrans(
    dict.fromkeys("‐‑‒–—―−﹣~～－─", "-")
    | dict.fromkeys("[{【〔〖《〈「『<", "(")
    | dict.fromkeys("]}】〕〗》〉」』>", ")")
    | dict.fromkeys("、，﹐､", ",")
    | dict.fromkeys("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑", "·")
    | {"＃": "#", "﹟": "#", "。": ".", "｡": ".", "；": ";", "：": ":"}
)
_FILLERS = "\u115f\u1160\u3164\uffa0\u034f"
CHARACTER_STEPS: tuple[Callable[[str], str], ...] = (
    *(visible, plain_marks, half_width, variants, simplified, upper_case, plain_marks),
)
_UNEVEN = "\0"


def _spelled(character: str) -> str:
    return reduce(lambda text, step: step(text), CHARACTER_STEPS, character)


class _EvenTable(dict[int, str]):
    """Character → its one clean character, or a mark that it is none or several; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        spelled = _spelled(chr(code))
        self[code] = spelled if len(spelled) == 1 else _UNEVEN
        return self[code]


_EVEN = _EvenTable()


def _character_by_character(line: str) -> Cleaned:
    spelled = [_spelled(character) for character in line]
    return Cleaned("".join(spelled), [place for place, text in enumerate(spelled) for _ in text])


# Steps on the text.


def without_idle_blanks(cleaned: Cleaned) -> Cleaned:
    """12 号 → 12号; 沙湾区 铜河路 keeps its blank; 铜 河 路, spaced out whole, keeps none."""
    text = cleaned.text
    parting = {found.start() for found in _PARTING_BLANK.finditer(text)}
    if len(parting) > len(_TOUCHING.findall(text)):  # most characters stand alone
        parting = set()
    kept = [place for place, character in enumerate(text) if character != " " or place in parting]
    return _only(cleaned, kept)


def digits_misread(cleaned: Cleaned) -> Cleaned:
    """1O2号 → 102号, l2号 → 12号: letters that were digits, as optical reading slips; between digits or before 号."""
    text = _ROUND_SLIP.sub("0", cleaned.text)
    return Cleaned(_UPRIGHT_SLIP.sub("1", text), cleaned.origin)


def words_misread(cleaned: Cleaned) -> Cleaned:
    """3纽 → 3组, 2单圆 → 2单元, 12呈 → 12号, 401宝 → 401室: words behind a number that a scanner takes for another."""
    return Cleaned(_WORD_SLIP.sub(lambda found: _SLIPS[found.group()], cleaned.text), cleaned.origin)


TEXT_STEPS: tuple[Callable[[Cleaned], Cleaned], ...] = (without_idle_blanks, digits_misread, words_misread)
_PARTING_BLANK = re.compile(r"(?<=[\u3400-\u9fff)]) +(?=[\u3400-\u9fff(])|(?<=[0-9A-Z]) +(?=[0-9A-Z])")
_TOUCHING = re.compile(r"(?<=[\u3400-\u9fff])(?=[\u3400-\u9fff])")
_ROUND_SLIP = re.compile(r"(?<=[0-9])O(?=[0-9号])|(?<![A-Z0-9])O(?=[0-9]+号)")
_UPRIGHT_SLIP = re.compile(r"(?<![A-Z])[IL](?=[0-9]+号)|(?<=附)[IL](?=号)|(?<=[0-9])[IL](?=[0-9]|号)")
_SLIPS = {
    "纽": "组",
    "且": "组",
    "圆": "元",
    "无": "元",
    "兀": "元",
    "呈": "号",
    "宝": "室",
    "撞": "幢",
    "瞳": "幢",
    "懂": "栋",
    "衬": "村",
}
_WORD_SLIP = re.compile(
    r"(?<=[0-9一二三四五六七八九十])(?:[纽且](?=[0-9]|$)|呈(?=$|[附0-9])|宝(?=$)|[撞瞳懂](?=[0-9]|$))"
    r"|(?<=[0-9一二三四五六七八九十]单)[圆无兀](?=[0-9]|$)|"
    r"(?<=[\u3400-\u9fff]{2})衬(?=[0-9一二三四五六七八九十]+[组社纽])"
)
_UNTIDY = re.compile(r" |[0-9][OIL]|[IL][0-9]|附[IL]|[纽且呈宝撞瞳懂衬]|单[圆无兀]|O[0-9]")


def _only(cleaned: Cleaned, kept: list[int]) -> Cleaned:
    origin = cleaned.origin
    return Cleaned("".join(cleaned.text[place] for place in kept), [origin[place] for place in kept])
