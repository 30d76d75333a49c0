"""Names as matching compares them: a street's key, cut into its road and what follows; a division's name and its stem.

Keys are what `cleaning.comparable` makes of a name. 中山路二段208巷154弄 is the road 中山路 with the tail
2段208巷154弄: a person misspells the road and leaves out pieces of the tail, so the two are looked up apart.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from geo_app.domain.cleaning import clean, comparable
from geo_app.domain.parsing import AddressParts

_TAIL = re.compile(r"\d+段|(?<![\d-])\d[\d-]*[巷弄衖]")
_WRITTEN_TAIL = re.compile(r"[一二三四五六七八九十0-9]+段|[0-9][0-9之-]*[巷弄衖]")
HYPHENS = str.maketrans({"之": "-"})
_DIVISION = re.compile(
    r"(?P<stem>(?:[^省市区县州盟旗镇乡]|镇(?=[区市乡])|市(?=[区镇])){1,10}?)"
    r"(?P<generic>特别行政区|自治[区州县]|街道|镇(?![区市乡])|市(?![区镇])|[省区县州盟旗乡])"
)
"""平镇区 and 北镇市 hold another generic in their names, 乐山市市中区 two divisions."""
_GENERIC = re.compile(r"(?<=.)(?:社区|居委会|村委会|民委员会|[村里])$")
_LOWER = ("镇", "乡", "街道", "区", "市")
"""Generics that a township may have had at different times; those above it, 县 and 市 alike."""
_UPPER = ("县", "市", "自治县", "州", "自治州")


@dataclass(frozen=True, slots=True)
class StreetKey:
    """A street as it is compared: the road, and sections and lanes off it ("" for none)."""

    road: str
    tail: str

    @property
    def whole(self) -> str:
        """Return road and tail as one text."""
        return self.road + self.tail


def street_key(name: str) -> StreetKey:
    """Return the key of a street's name as the register writes it."""
    return split_street(comparable(name).translate(HYPHENS))


def split_street(key: str) -> StreetKey:
    """Return a key cut before its first section, lane or alley that has a number."""
    found = _TAIL.search(key, 1) if key else None
    return StreetKey(key[: found.start()], key[found.start() :]) if found else StreetKey(key, "")


def asked_street(parts: AddressParts) -> str:
    """Return the key of the street that a text states, "" for none; 2巷10号 of a village is on the street 2巷."""
    pieces = ((parts.section, "段"), (parts.lane, "巷"), (parts.alley, "弄"), (parts.sub_alley, "衖"))
    return (name_key(parts.road) + "".join(map(_with_generic, pieces))).translate(HYPHENS)


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """Return the key of a road's or estate's name; a register has few, and files ask for them again and again."""
    return comparable(name) if name else ""


def _with_generic(piece: tuple[str, str]) -> str:
    value, generic = piece
    if not value or value.isascii():
        return value and value + generic
    return name_key(value if value.endswith(generic) else value + generic)


def road_as_written(street: str) -> str:
    """Return the road of a street as the register writes it, without its sections and lanes that have numbers."""
    found = _WRITTEN_TAIL.search(street, 1)
    return street[: found.start()] if found else street


@dataclass(frozen=True, slots=True)
class DivisionChain:
    """The divisions above an address: names down to the township, each as stem and generic, and the village's stem.

    `title` and `village_name` are as the register writes them, `written` and `village` as they are compared.
    """

    title: str
    written: str
    names: tuple[tuple[str, str], ...]
    village: str
    village_name: str = ""

    def holds_text(self, text: str) -> bool:
        """Tell whether a piece of text is nothing but names of these divisions."""
        return text in self.written or village_stem(text) == self.village or self.holds(text)

    def ends_with(self, text: str) -> bool:
        """Tell whether a piece of text names the lowest of these divisions, whatever stands before it."""
        return any(text.endswith(stem + generic) for stem, generic in self.names[-1:])

    def holds(self, name: str) -> bool:
        """Tell whether a stated division may be one of these: by its name, its bare stem, or an older generic."""
        if name in self.written:
            return True
        stem, generic = _stem_and_generic(name)
        return any(_may_be(place, (stem, generic), known, self.names) for place, known in enumerate(self.names))


def division_chain(names: list[str], village: str) -> DivisionChain:
    """Return the chain of names from the province down to the township, and the village ("" for none)."""
    written = "".join(map(comparable, names))
    cut = tuple((found["stem"], found["generic"]) for found in _DIVISION.finditer(written))
    return DivisionChain("".join(names), written, cut, village_stem(village), village)


def division_pieces(name: str) -> list[tuple[str, str]]:
    """Return the divisions that a name holds, each with its generic: 桃園市桃園區 is 桃园市 and 桃园区."""
    return [(found.group(), found["generic"]) for found in _DIVISION.finditer(clean(name).text)]


@lru_cache(maxsize=65_536)
def village_stem(name: str) -> str:
    """Return a village's name without its generic: 铜街子社区, 铜街子村 and 铜街子 are one."""
    return _GENERIC.sub("", comparable(name)) if name else ""


def _stem_and_generic(name: str) -> tuple[str, str]:
    found = _DIVISION.fullmatch(name)
    return (found["stem"], found["generic"]) if found else (name, "")


def _may_be(place: int, asked: tuple[str, str], known: tuple[str, str], names: tuple[tuple[str, str], ...]) -> bool:
    if asked[0] != known[0]:
        return False
    same_kind = _LOWER if place == len(names) - 1 else _UPPER
    return not asked[1] or asked[1] == known[1] or (asked[1] in same_kind and known[1] in same_kind)


@lru_cache(maxsize=16_384)
def bare_label(text: str) -> str:
    """Return a building's, unit's or room's own part: 3幢, 3栋 and 3号楼 are 3."""
    return BARE(comparable(text)) if text else ""


_LABEL = re.compile(r"^[之-]|(?:单元|号楼|[幢栋座楼棟室号户房门])$")
BARE: Callable[[str], str] = lambda text: _LABEL.sub("", text)  # noqa: E731  shared with the query's keys
