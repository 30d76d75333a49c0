"""The standard text of a parsed address in the one formatter's style, its divisions completed where they are sure."""

from collections.abc import Mapping
from functools import lru_cache

from geo_app.domain.address_elements import LARGEST_NUMBER, HouseNumber
from geo_app.domain.address_text import floor_text, number_text
from geo_app.domain.parsing_elements import AddressParts
from geo_app.domain.parsing_gazetteer import Gazetteer
from geo_app.domain.parsing_numerals import han_numeral
from geo_app.domain.parsing_scan import Value

LEVELS = ("province", "city", "county", "township")


@lru_cache(maxsize=10_000)
def official_names(codes: tuple[str, ...], gazetteer: Gazetteer) -> Mapping[str, str]:
    """Return, by level, the name that all of the divisions `codes` have above them (and themselves) in the list."""
    names = {}
    for level, field in enumerate(LEVELS, 1):
        of_each = {gazetteer.name_of(code, level) for code in codes}
        if len(of_each) == 1 and (name := of_each.pop()):
            names[field] = name
    return names


def complete(values: dict[str, Value], codes: tuple[str, ...], gazetteer: Gazetteer) -> None:
    """Fill in the divisions that the list knows above those named, and official names for short ones.

    `codes` are the divisions that the named ones may be: only what all of them agree on is filled in, and a name that
    is stated whole stays (渝北区, though the list of today has another for its townships).
    """
    for field, name in official_names(codes, gazetteer).items():
        if name.startswith(str(values.get(field, ""))):
            values[field] = name


def standard_text(parts: AddressParts) -> str:
    """Return the text of the parts in the formatter's order: divisions, street and number, estate, building to room."""
    village = "" if parts.road else parts.village
    neighbourhood = f"{parts.neighbourhood}邻" if parts.neighbourhood and not parts.road else ""
    above = parts.province + parts.city + parts.county + parts.township + village + neighbourhood
    return (
        above
        + _street(parts)
        + _counted(parts.group, "组")
        + _number(parts)
        + parts.estate
        + parts.subestate
        + _inside(parts)
    )


def _street(parts: AddressParts) -> str:
    section = f"{han_numeral(parts.section)}段" if parts.section else ""
    lanes = _counted(parts.lane, "巷") + _counted(parts.alley, "弄") + _counted(parts.sub_alley, "衖")
    return parts.road + section + lanes


def _counted(value: str, generic: str) -> str:
    return value + generic if value.isdecimal() else value


def _number(parts: AddressParts) -> str:
    if parts.number is None:
        return ""
    if parts.number_last is not None:
        return f"{parts.number}-{parts.number_last}号"
    sub = int(parts.sub_number) if parts.sub_number.isdecimal() else 0
    if not (1 <= parts.number <= LARGEST_NUMBER and sub <= LARGEST_NUMBER and len(parts.suffix) < 2):
        return f"{parts.number}{parts.suffix}号" + (f"附{parts.sub_number}号" if parts.sub_number else "")
    return number_text(HouseNumber(parts.number, parts.suffix, sub))


def _inside(parts: AddressParts) -> str:
    building = f"{parts.building}幢" if _is_label(parts.building) else parts.building
    unit = f"{parts.unit}单元" if parts.unit else ""
    floor = floor_text(parts.floor) if parts.floor and (not parts.room or parts.floor < 0) else ""
    room = f"{parts.room}室" if _is_label(parts.room) else parts.room
    return building + unit + floor + room


def _is_label(value: str) -> bool:
    return bool(value) and (value.isascii() or value in "甲乙丙丁戊东南西北中前后")
