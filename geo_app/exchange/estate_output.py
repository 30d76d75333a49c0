"""An estate's plan as tables: one row a building, and one row an address down to the room."""

from collections.abc import Iterator

import pandas as pd

from geo_app.domain.address_text import floor_text
from geo_app.domain.estate import ROOM_WORD, UNIT_WORD
from geo_app.domain.estate_numbering import NumberedBuilding, NumberedEstate
from geo_app.exchange.language import render
from geo_app.exchange.numbering_output import Cells
from geo_app.exchange.report import harmless

BUILDING_COLUMNS = (
    *("building_id", "place", "row", "number", "text", "kept", "reason", "units", "floors", "rooms", "unit_reason"),
    *("lon", "lat"),
)
ROOM_COLUMNS = ("building_id", "building", "unit", "floor", "floor_sign", "room", "signed", "text")
FINDING_COLUMNS = ("building_ids", "kind", "severity", "message")


def building_rows(numbered: NumberedEstate, language: str) -> Iterator[Cells]:
    """Yield the heading and one row per building, in walking order; `lon`, `lat` a point inside it in degrees."""
    yield BUILDING_COLUMNS
    for place, one in enumerate(numbered.buildings, 1):
        spec, position = one.building.spec, one.position
        yield (
            harmless(one.building.key), place, one.row, one.number.text, one.number.text + numbered.estate.word,
            str(bool(one.building.kept)).lower(), render(one.number.reason, language), spec.units,
            len(spec.all_floors), spec.rooms_in_building, render(one.places.reason, language) if spec.units > 1 else "",
            f"{position.lon:.8f}", f"{position.lat:.8f}",
        )  # fmt: skip


def room_rows(numbered: NumberedEstate) -> Iterator[Cells]:
    """Yield the heading and one row per room: building, unit, signed floor (no 0), its sign, room, how all reads."""
    yield ROOM_COLUMNS
    for one in numbered.buildings:
        yield from _rooms_of(one, one.number.text + numbered.estate.word)


def _rooms_of(one: NumberedBuilding, building: str) -> Iterator[Cells]:
    for unit in one.units:
        name = unit.name + UNIT_WORD if unit.place else ""
        for floor in unit.floors:
            spoken = floor_text(floor.number) if floor.number < 0 else ""
            for room in floor.rooms:
                text = f"{building}{name}{spoken}{room.label}{ROOM_WORD}"
                sign = floor.sign.text if floor.sign else ""
                yield harmless(one.building.key), building, name, floor.number, sign, room.label, room.signed, text


def finding_rows(numbered: NumberedEstate, language: str) -> Iterator[Cells]:
    """Yield the heading and one row per finding."""
    yield FINDING_COLUMNS
    for found in numbered.findings:
        yield harmless(" ".join(found.keys)), found.kind, found.severity.value, render(found.message, language)


def room_frame(numbered: NumberedEstate) -> pd.DataFrame:
    """Return the rooms as a frame of texts, for files that people open."""
    heading, *rows = room_rows(numbered)
    return pd.DataFrame(rows, columns=[str(name) for name in heading])
