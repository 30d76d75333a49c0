"""Address texts of a file taken apart: the columns that a file of elements would have had.

The text itself stays as it is written; its street is road, section and lanes together (中山路二段208巷), for each
lane has numbers of its own. A neighbourhood 鄰 of the Taiwan
region is kept apart from the groups of a village: no number is counted in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from geo_app.domain.address_columns import Numbers, column
from geo_app.domain.address_elements import LARGEST_NUMBER
from geo_app.domain.parsing import Element, ElementKind, Gazetteer, ParsedAddress, parse
from geo_app.persistence.bulk_staging import Texts

_STREET = (ElementKind.ROAD, ElementKind.SUBROAD)
_DOOR = (ElementKind.DOOR, ElementKind.SUBDOOR)
_GROUPS = ("组", "社", "队", "邻", "鄰")
_INNER = frozenset({ElementKind.BUILDING, ElementKind.UNIT, ElementKind.FLOOR, ElementKind.ROOM})
_NAMES = ("town", "village", "group", "street", "estate", "building", "unit", "floor", "room", "above", "neighbourhood")


@dataclass(frozen=True, slots=True, eq=False)
class TakenApart:
    """Columns of n texts: places and labels as a file would give them, and the door numbers."""

    columns: Mapping[str, Texts]
    numbers: Numbers


def take_apart(texts: Texts, county_code: str) -> TakenApart:
    """Return the elements of each text; of the divisions those below the county of the load."""
    read = [_read(parse(text, _NO_NAMES), county_code) for text in texts.tolist()]
    labels = {name: column([row[0][place] for row in read]) for place, name in enumerate(_NAMES)}
    digits = [column([row[1][place] for row in read]) for place in range(5)]
    number, last, suffix, sub_number, written = digits
    return TakenApart(labels, Numbers(number, last, suffix, sub_number, written, np.zeros(len(read), dtype=bool)))


_NO_NAMES = Gazetteer.of()


def _read(parsed: ParsedAddress, county_code: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    parts, elements = parsed.parts, parsed.elements
    streets = [one for one in elements if one.kind in _STREET]
    group = f"{parts.group}组" if parts.group else ""
    neighbourhood = f"{parts.neighbourhood}鄰" if parts.neighbourhood else ""
    # By convention a group or neighbourhood stands for the road.
    streets = [one for one in streets if not one.text.endswith(_GROUPS)]
    labels = (
        _town(parsed, county_code),
        _written(elements, ElementKind.VILLAGE),
        group,
        "".join(one.text for one in streets),
        _written(elements, ElementKind.ESTATE) + _written(elements, ElementKind.SUBESTATE),
        _written(elements, ElementKind.BUILDING),
        _written(elements, ElementKind.UNIT),
        str(parts.floor or ""),
        _written(elements, ElementKind.ROOM),
        _above(parsed),
        neighbourhood,
    )
    return labels, _number(parsed)


def _town(parsed: ParsedAddress, county_code: str) -> str:
    """Return the township with what stands between it and the county of the load: 710000 has 桃園市桃園區 below it."""
    kinds = [ElementKind.TOWNSHIP]
    if county_code.endswith("00"):
        kinds.insert(0, ElementKind.COUNTY)
    if county_code.endswith("0000"):
        kinds.insert(0, ElementKind.CITY)
    return "".join(_written(parsed.elements, kind) for kind in kinds)


def _written(elements: tuple[Element, ...], kind: ElementKind) -> str:
    return next((one.text for one in elements if one.kind is kind), "")


def _above(parsed: ParsedAddress) -> str:
    """Return the text of what a building, unit, floor or room hangs under; "" for a door."""
    inner = [one for one in parsed.elements if one.kind in _INNER]
    if not inner:
        return ""
    # A floor is no level of its own: the room on it hangs under what stands before the floor.
    lowest = inner[-2] if [one.kind for one in inner[-2:]] == [ElementKind.FLOOR, ElementKind.ROOM] else inner[-1]
    return parsed.text[: lowest.start]


def _number(parsed: ParsedAddress) -> tuple[str, ...]:
    """Return digits of number, last of a range, suffix and sub-number, and how the text writes it to its end."""
    parts = parsed.parts
    door = next((one for one in reversed(parsed.elements) if one.kind in _DOOR), None)
    written = parsed.text[door.start :].strip() if door else ""
    sub = parts.sub_number if parts.sub_number.isdecimal() and int(parts.sub_number) <= LARGEST_NUMBER else ""
    if parts.number is None or not 0 < parts.number <= LARGEST_NUMBER:
        return "", "", "", "", written
    suffix = parts.suffix or ("" if sub else parts.sub_number)
    return str(parts.number), str(parts.number_last or ""), suffix, sub, written
