"""Columns of many addresses read at once: numbers, labels, kinds, texts, as the formatter writes them one by one.

Columns are numpy arrays of n Python texts, "" for what does not exist. Each distinct value is read once: a file of a
million rows has some thousand different numbers.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo_app.domain.address import Kind
from geo_app.domain.address_elements import LARGEST_NUMBER, HouseNumber
from geo_app.domain.address_text import DEFAULT_STYLE, TextStyle, floor_text, match_key, number_text
from geo_app.domain.numbering_wall import WallNumber, read_wall

Texts = NDArray[np.object_]
Mask = NDArray[np.bool_]

GENERIC = {
    "group": ("组", re.compile(r"[组社队邻鄰]$")),
    "building": ("幢", re.compile(r"[幢栋座楼号棟樓號]$")),
    "unit": ("单元", re.compile(r"单元$|[门梯]$")),
    "room": ("室", re.compile(r"[室号户房號戶]$|^之")),
}
"""The word that follows a bare label, and what a label ends in that has its word already."""

WHOLE = re.compile(r"-?[1-9][0-9]{0,2}")


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """Door numbers in columns: digits of number, last of a range and sub-number, suffix, and how they are written.

    `bad` are those that no rule reads; they are kept as written.
    """

    number: Texts
    last: Texts
    suffix: Texts
    sub_number: Texts
    written: Texts
    bad: Mask

    def where_blank(self, others: "Numbers") -> "Numbers":
        """Return these numbers, and the others where nothing is written here."""
        blank = self.written == ""
        return Numbers(
            np.where(blank, others.number, self.number),
            np.where(blank, others.last, self.last),
            np.where(blank, others.suffix, self.suffix),
            np.where(blank, others.sub_number, self.sub_number),
            np.where(blank, others.written, self.written),
            self.bad,
        )


def column(values: list[str]) -> Texts:
    """Return texts as a column."""
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made


def each(values: Texts, read: Callable[[str], str]) -> Texts:
    """Return `read` of each value, having read each distinct one once."""
    given = values.tolist()
    known = {value: read(value) for value in set(given)}
    return column([known[value] for value in given])


def read_numbers(numbers: Texts, sub_numbers: Texts, style: TextStyle = DEFAULT_STYLE) -> Numbers:
    """Return the numbers of a column, with those of a column of sub-numbers beside it."""
    together = np.where((sub_numbers != "") & (numbers != ""), numbers + "附" + sub_numbers, numbers)
    given = together.tolist()
    known = {text: _wall(text, style) for text in set(given)}
    found = [known[text] for text in given]
    columns = [column([row[0][place] for row in found]) for place in range(5)]
    bad = np.fromiter((row[1] for row in found), dtype=bool, count=len(found))
    return Numbers(columns[0], columns[1], columns[2], columns[3], columns[4], bad)


def _wall(text: str, style: TextStyle) -> tuple[tuple[str, ...], bool]:
    if not text:
        return ("", "", "", "", ""), False
    wall = read_wall(text)
    if wall.bad or wall.number is None or max(wall.number, _sub_number(wall)) > LARGEST_NUMBER:
        return ("", "", "", "", text), True
    if wall.last != wall.number:
        return (str(wall.number), str(wall.last), "", "", f"{wall.number}-{wall.last}{style.generic}"), False
    sub_number = _sub_number(wall)
    suffix = "" if sub_number else wall.sub_number
    written = number_text(HouseNumber(wall.number, suffix, sub_number), style)
    return (str(wall.number), "", suffix, str(sub_number or ""), written), False


def _sub_number(wall: WallNumber) -> int:
    return int(wall.sub_number) if wall.sub_number.isdigit() else 0


def labelled(values: Texts, level: str) -> Texts:
    """Return labels with their generic word: "3" of a building is 3幢, 3栋 stays."""
    generic, ready = GENERIC[level]
    return each(values, lambda label: label if not label or ready.search(label) else label + generic)


def floors_of(values: Texts) -> tuple[Texts, Mask]:
    """Return floors as digits with sign, and which values are no floor (0, letters)."""
    bare = each(values, lambda text: text.removesuffix("层").removesuffix("楼"))
    wrong = np.fromiter((bool(text) and not WHOLE.fullmatch(text) for text in bare), dtype=bool, count=len(bare))
    return np.asarray(np.where(wrong, "", bare), dtype=object), wrong


def kinds_of(columns: Mapping[str, Texts]) -> Texts:
    """Return what each row names: its lowest level that exists."""
    kinds = np.full(len(columns["room"]), Kind.DOOR.value, dtype=object)
    for level in (Kind.BUILDING, Kind.UNIT, Kind.ROOM):
        kinds[columns[level.value] != ""] = level.value
    # A whole storey let or owned as one (三樓) is the lowest unit there is, as a room is elsewhere.
    kinds[columns["floor"] != ""] = Kind.ROOM.value
    return kinds


def local_texts(columns: Mapping[str, Texts], style: TextStyle = DEFAULT_STYLE) -> Texts:
    """Return the texts below the township, as `address_text.local_text` writes them.

    `columns`: village, street, group, number (as written), estate, building, unit, floor (digits), room.
    """
    village = np.where(columns["street"] == "", columns["village"], "")
    spoken = each(columns["floor"], lambda floor: floor_text(int(floor), style.floor) if floor else "")
    above_ground = np.fromiter((not floor.startswith("-") for floor in columns["floor"]), bool, len(spoken))
    floor = np.where((columns["room"] != "") & above_ground, "", spoken)
    parts = [village, *(columns[name] for name in ("street", "group", "number", "estate", "building", "unit"))]
    text = np.full(len(floor), "", dtype=object)
    for part in (*parts, floor, columns["room"]):
        text = text + part
    return np.asarray(text, dtype=object)


def match_keys(texts: Texts) -> Texts:
    """Return the match key of each text."""
    return column([match_key(text) for text in texts.tolist()])
