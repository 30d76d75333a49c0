"""Addresses of real rows as people write them wrongly: each corruption a small function, the truth known.

A corruption keeps some of a row's elements in its text; the truth is every row of the register that has these elements
alike, so that what is ambiguous is known to be.
"""

import csv
import gzip
import random
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from opencc import OpenCC
from pypinyin import lazy_pinyin

SIMPLE = OpenCC("t2s").convert
DIVISIONS = ("town",)
LOCAL = ("road", "section", "lane", "alley", "number")
ALL = ("city", "town", "village", "group", *LOCAL)
HAN = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Doorplate:
    """A row of the published list, its text taken apart as its columns say."""

    text: str
    city: str
    town: str
    village: str
    group: str
    road: str
    section: str
    lane: str
    alley: str
    number: str

    @property
    def local(self) -> str:
        return self.road + self.section + self.lane + self.alley + self.number


@dataclass(frozen=True)
class Query:
    """A text that is asked, the class it belongs to, and the texts that are right: none, one, or several alike."""

    kind: str
    text: str
    right: tuple[str, ...]
    doubtful: bool = False


@dataclass(eq=False)
class Plates:
    """The rows of the register, to be asked what else is as right."""

    rows: list[Doorplate]
    _alike: dict[tuple[str, ...], dict[tuple[str, ...], list[str]]] = field(default_factory=dict)

    def alike(self, row: Doorplate, fields: tuple[str, ...]) -> tuple[str, ...]:
        if fields not in self._alike:
            found = defaultdict(list)
            for one in self.rows:
                found[tuple(getattr(one, name) for name in fields)].append(one.text)
            self._alike[fields] = found
        return tuple(dict.fromkeys(self._alike[fields].get(tuple(getattr(row, name) for name in fields), ())))

    @cached_property
    def roads(self) -> dict[str, set[str]]:
        """The roads of each town, in simplified script."""
        found = defaultdict(set)
        for one in self.rows:
            found[one.city + one.town].add(one.road)
        return {town: {SIMPLE(road) for road in roads if road} for town, roads in found.items()}

    @cached_property
    def letters(self) -> list[str]:
        """The characters that roads are written with."""
        return sorted({letter for roads in self.roads.values() for road in roads for letter in road})

    @cached_property
    def homophones(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for letter in self.letters:
            found[lazy_pinyin(letter)[0]].append(letter)
        return found

    @cached_property
    def largest(self) -> dict[tuple[str, str], int]:
        """The largest number of each road of a town, whatever its lanes."""
        found = defaultdict(int)
        for one in self.rows:
            key = one.city + one.town, one.road
            found[key] = max(found[key], leading(one.number))
        return found

    @cached_property
    def texts(self) -> frozenset[str]:
        return frozenset(one.text for one in self.rows)

    @cached_property
    def doors_with_floors(self) -> frozenset[str]:
        return frozenset(door_of(one.text) for one in self.rows if not one.number.endswith("號"))


def read_plates(path: Path) -> list[Doorplate]:
    """Read a list; a village is what stands between the town's name and the neighbourhood."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [one for row in csv.DictReader(file) if (one := _plate(row)) is not None]


def _plate(row: dict[str, str]) -> Doorplate | None:
    local = "".join(row[name] for name in ("road", "section", "lane", "alley", "sub_alley", "tong", "number"))
    head = row["full_addr"].removesuffix(local)
    group = row["neighborhood"]
    if head == row["full_addr"] or not head.endswith(group) or row["sub_alley"] or row["tong"]:
        return None
    names = head.removesuffix(group)
    city, rest = names[:3], names[3:]
    cut = next((place for place in range(1, len(rest)) if rest[place] in "區鎮鄉市"), 0) + 1
    return Doorplate(
        row["full_addr"], city, rest[:cut], rest[cut:], group, row["road"], row["section"], row["lane"], row["alley"],
        row["number"],
    )  # fmt: skip


def leading(number: str) -> int:
    digits = ""
    for letter in number:
        if not letter.isascii() or not letter.isdigit():
            break
        digits += letter
    return int(digits or 0)


def door_of(text: str) -> str:
    return text[: text.index("號") + 1] if "號" in text else text


# The corruptions: a row in, a text and the elements it keeps out; None where the row has nothing to corrupt.

Corrupted = tuple[str, tuple[str, ...]] | None
Corruption = Callable[[Doorplate, random.Random, Plates], Corrupted]


def exact(row: Doorplate, rng: random.Random, plates: Plates) -> Corrupted:
    return row.text, ALL


def full_width(row: Doorplate, rng: random.Random, plates: Plates) -> Corrupted:
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isdigit() else c for c in row.text), ALL


def section_digits(row: Doorplate, rng: random.Random, plates: Plates) -> Corrupted:
    digits = section_in_digits(row.section)
    if not digits:
        return None
    return row.text.replace(row.road + row.section, row.road + digits, 1), ALL


def section_in_digits(section: str) -> str:
    """二段 → 2段; "" for none, and for a section with a name."""
    known = len(section) == 2 and section[0] in HAN
    return f"{HAN.index(section[0])}段" if known else ""


def floor_digits(row: Doorplate, rng: random.Random, plates: Plates) -> Corrupted:
    """十二樓 → 12樓, 3F."""
    _, found, tail = row.number.partition("號")
    floor = next((number for number in range(2, 41) if tail.startswith(spoken(number) + "樓")), None)
    if not found or floor is None:
        return None
    rest = tail[len(spoken(floor)) + 1 :]
    return row.text.removesuffix(tail) + f"{floor}{rng.choice('樓樓F')}" + rest, ALL


def spoken(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else HAN[tens] + "十") + (HAN[ones] if ones else "")


def simplified(row: Doorplate, rng: random.Random, plates: Plates) -> Corrupted:
    return SIMPLE(row.text), ALL


def hyphen(row: Doorplate, rng: random.Random, plates: Plates) -> Corrupted:
    if "之" not in row.number.split("號")[0]:
        return None
    return row.text.removesuffix(row.number) + row.number.replace("之", "-", 1), ALL


def city_dropped(row: Doorplate, rng: random.Random, plates: Plates) -> Corrupted:
    return row.text.removeprefix(row.city), ALL[1:]


def divisions_dropped(row: Doorplate, rng: random.Random, plates: Plates) -> Corrupted:
    return row.text.removeprefix(row.city + row.town), ("village", "group", *LOCAL)


def village_dropped(row: Doorplate, rng: random.Random, plates: Plates) -> Corrupted:
    return (row.city + row.town + row.local, ("city", "town", *LOCAL)) if row.road else None


def group_dropped(row: Doorplate, rng: random.Random, plates: Plates) -> Corrupted:
    return row.city + row.town + row.village + row.local, ("city", "town", "village", *LOCAL)


def village_after_road(row: Doorplate, rng: random.Random, plates: Plates) -> Corrupted:
    if not row.road:
        return None
    street = row.local.removesuffix(row.number)
    return row.city + row.town + street + row.village + row.group + row.number, ALL


def road_wrong(row: Doorplate, rng: random.Random, plates: Plates) -> Corrupted:
    road = one_wrong(row, rng, plates)
    return (row.text.replace(row.group + row.road, row.group + road, 1), ALL) if road else None


def road_missing(row: Doorplate, rng: random.Random, plates: Plates) -> Corrupted:
    road = one_missing(row, rng, plates)
    return (row.text.replace(row.group + row.road, row.group + road, 1), ALL) if road else None


def road_wrong_town_only(row: Doorplate, rng: random.Random, plates: Plates) -> Corrupted:
    road = one_wrong(row, rng, plates)
    return (row.city + row.town + road + row.local.removeprefix(row.road), ("city", "town", *LOCAL)) if road else None


def road_and_number(row: Doorplate, rng: random.Random, plates: Plates) -> Corrupted:
    return (row.local, LOCAL) if row.road else None


def combined(row: Doorplate, rng: random.Random, plates: Plates) -> Corrupted:
    """City, 里 and 鄰 dropped, a wrong character, simplified, sections and widths changed, a hyphen for 之."""
    road = one_wrong(row, rng, plates) or one_missing(row, rng, plates)
    if not road:
        return None
    section = section_in_digits(row.section) or row.section
    text = row.town + road + section + row.lane + row.alley + row.number.replace("之", "-", 1)
    text = SIMPLE(text)
    return full_width(replace(row, text=text), rng, plates)[0], ("town", *LOCAL)


def one_wrong(row: Doorplate, rng: random.Random, plates: Plates) -> str:
    """One character of the road's own name replaced: by one that sounds the same, or by any."""
    if len(row.road) < 3:
        return ""
    place = rng.randrange(len(row.road) - 1)
    old = row.road[place]
    alike = plates.homophones[lazy_pinyin(old)[0]] if rng.random() < 0.3 else plates.letters
    others = [letter for letter in alike if letter != SIMPLE(old)]
    if not others:
        return ""
    return _where_nearest(row, row.road[:place] + rng.choice(others) + row.road[place + 1 :], plates)


def one_missing(row: Doorplate, rng: random.Random, plates: Plates) -> str:
    if len(row.road) < 4:
        return ""
    place = rng.randrange(len(row.road) - 1)
    return _where_nearest(row, row.road[:place] + row.road[place + 1 :], plates)


def _where_nearest(row: Doorplate, road: str, plates: Plates) -> str:
    """Return the misspelt road, "" where another road of the town is as near."""
    said, meant = SIMPLE(road), SIMPLE(row.road)
    near = [other for other in plates.roads[row.city + row.town] if other != meant and within_one(said, other)]
    return "" if near or said == meant else road


def within_one(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= 1
    short, long = sorted((one, other), key=len)
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


FORMATS: dict[str, Corruption] = {
    "exact": exact, "full width": full_width, "section digits": section_digits, "floor digits": floor_digits,
    "simplified": simplified, "hyphen": hyphen, "city dropped": city_dropped,
    "city and town dropped": divisions_dropped, "village dropped": village_dropped,
    "neighbourhood dropped": group_dropped,
}  # fmt: skip
SLIPS: dict[str, Corruption] = {
    "road, one wrong": road_wrong, "road, one missing": road_missing, "road wrong, town only": road_wrong_town_only,
    "village after road": village_after_road,
}  # fmt: skip
OTHERS: dict[str, Corruption] = {"road and number": road_and_number, "combined": combined}


def corrupted(kind: str, corruption: Corruption, plates: Plates, count: int, rng: random.Random) -> Iterator[Query]:
    """Yield `count` queries of a kind."""
    made = 0
    while made < count:
        row = rng.choice(plates.rows)
        found = corruption(row, rng, plates)
        if found is None:
            continue
        text, fields = found
        yield Query(kind, text, plates.alike(row, fields))
        made += 1


def appended(plates: Plates, count: int, rng: random.Random) -> Iterator[Query]:
    """A floor or room behind a door: right is the door; doubtful where the register knows floors in it."""
    made = 0
    while made < count:
        row = rng.choice(plates.rows)
        if not row.number.endswith("號") or len(plates.alike(row, ALL)) != 1:
            continue
        inner = rng.choice(("三樓", "五樓", "二樓之3", "十二樓", "七樓之1"))
        if row.text + inner in plates.texts:
            continue
        yield Query("floor appended", row.text + inner, (row.text,), door_of(row.text) in plates.doors_with_floors)
        made += 1


def beyond(plates: Plates, count: int, rng: random.Random) -> Iterator[Query]:
    """Numbers that no door of the street has, far beyond its last."""
    made = 0
    while made < count:
        row = rng.choice(plates.rows)
        if not row.road or not leading(row.number):
            continue
        number = plates.largest[row.city + row.town, row.road] + rng.randrange(50, 900)
        village = rng.random() < 0.5
        head = row.text.removesuffix(row.local) if village else row.city + row.town
        yield Query("number beyond", head + row.local.removesuffix(row.number) + f"{number}號", ())
        made += 1


def elsewhere(plates: Plates, strangers: Sequence[Doorplate], count: int, rng: random.Random) -> Iterator[Query]:
    """Roads of another county behind the town's name, as near to one of the town's own roads as chance will have it."""
    made = 0
    while made < count:
        row, stranger = rng.choice(plates.rows), rng.choice(strangers)
        if not stranger.road or SIMPLE(stranger.road) in plates.roads[row.city + row.town]:
            continue
        head = row.text.removesuffix(row.local) if rng.random() < 0.5 else row.city + row.town
        yield Query("road of another county", head + stranger.local, ())
        made += 1


def normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
