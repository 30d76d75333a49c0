"""Doorplates of the Taiwan region with their columns, read for comparison with what the parser finds in their texts."""

import csv
import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geo_app.domain.cleaning import comparable
from geo_app.domain.parsing import ElementKind, ParsedAddress

COUNTIES = ("tw_09020_kinmen", "tw_10017_keelung", "tw_68_taoyuan")
LANE_IN_NUMBER = re.compile(r"(?:[0-9]+衖)?")
FLOORED = re.compile(
    r"[臨附新]?(?P<number>[0-9]+)(?P<sub>(?:之[0-9]+)?)號(?P<after>(?:之[0-9]+)?)"
    r"(?:(?P<below>地下|底)?(?P<floor>[0-9一二三四五六七八九十]+)[樓層])?(?:之(?P<room>[0-9]+))?"
)
DOORS = frozenset({ElementKind.DOOR, ElementKind.SUBDOOR})


@dataclass(frozen=True, slots=True)
class RealPlate:
    """A row: its text and its columns; `number` holds floors and notes, and in places the 衖 before it."""

    text: str
    neighbourhood: str
    road: str
    section: str
    lanes: str
    number: str


def real_plates(folder: Path, county: str) -> Iterator[RealPlate]:
    """Yield the rows of a county; every text ends in its columns joined."""
    with gzip.open(folder / f"taiwan/{county}.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            lane = LANE_IN_NUMBER.match(row["number"])
            assert lane
            lanes = row["lane"] + row["alley"] + row["sub_alley"] + row["tong"] + lane.group()
            number = row["number"][lane.end() :]
            yield RealPlate(row["full_addr"], row["neighborhood"], row["road"], row["section"], lanes, number)


def is_whole(plate: RealPlate, parsed: ParsedAddress) -> bool:
    """Tell whether every column was found: neighbourhood, road, section, lanes, number, sub-number, floor and room."""
    begin = len(plate.text) - len(plate.number)
    head = [element for element in parsed.elements if element.end <= begin]
    tail = [element for element in parsed.elements if element.start >= begin]
    streets = "".join(e.text for e in head if e.kind is ElementKind.ROAD and not e.text.endswith("鄰"))
    lanes = "".join(e.text for e in head if e.kind is ElementKind.SUBROAD)
    return (
        (streets, lanes) == (plate.road + plate.section, plate.lanes)
        and comparable(plate.neighbourhood) == (f"{parsed.parts.neighbourhood}邻" if plate.neighbourhood else "")
        and comparable(plate.section) == (f"{parsed.parts.section}段" if plate.section else "")
        and "".join(e.text for e in tail) == plate.number
        and [e.kind in DOORS for e in tail[:1]] == [True]
        and _numbers_fit(plate.number, parsed)
    )


def _numbers_fit(written: str, parsed: ParsedAddress) -> bool:
    found, parts = FLOORED.fullmatch(written), parsed.parts
    if found is None:
        # A note in brackets, 甲棟, 底層: their places were compared.
        return True
    floor = int(comparable(found["floor"])) if found["floor"] else 0
    sub = (found["sub"] or found["after"]).removeprefix("之")
    return (parts.number, parts.sub_number, parts.floor or 0, parts.room) == (
        *(int(found["number"]), sub),
        *(-floor if found["below"] else floor, found["room"] or ""),
    )
