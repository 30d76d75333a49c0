"""The table of old and new numbers as a file: CSV with the keys of the API for programs, XLSX with words for people."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from geo_app.domain.adoption_mapping import MappedDoor
from geo_app.domain.message import Message, marked
from geo_app.exchange.export import ExportFormat, format_for, write_layer
from geo_app.exchange.language import render
from geo_app.exchange.refusals import NotWritable

TABLE_FORMATS = (ExportFormat.CSV, ExportFormat.CSV_FOR_EXCEL, ExportFormat.XLSX)
NO_TABLE = marked("a table is written as .csv, .excel.csv or .xlsx")

COLUMNS = {
    "entrance_id": marked("Entrance"),
    "fate": marked("What becomes of it"),
    "old": marked("Old number"),
    "new": marked("New number"),
    "old_text": marked("Old address"),
    "new_text": marked("New address"),
    "alias": marked("Stays findable as"),
    "below": marked("Buildings, units and rooms below"),
    "address_id": marked("Address id"),
    "side": marked("Side"),
    "metres": marked("Distance in metres"),
    "valid_from": marked("Valid from"),
    "reason": marked("Reason"),
}
"""Keys of the columns, and their headings for people."""

SIDES = {"left": marked("left"), "right": marked("right")}


def write_mapping(path: Path, doors: Sequence[MappedDoor], language: str) -> None:
    """Write the table to `path`, in the format of its ending. Raises NotWritable; then nothing is left behind."""
    kind = format_for(path)
    if kind not in TABLE_FORMATS:
        raise NotWritable(name=path.name, problem=Message(NO_TABLE))
    write_layer(path, _frame(doors, kind, language), None, kind)


def mapping_file(name: str, doors: Sequence[MappedDoor], language: str) -> bytes:
    """Return the table as a file of this name holds it. Raises NotWritable."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        write_mapping(path, doors, language)
        return path.read_bytes()


def _frame(doors: Sequence[MappedDoor], kind: ExportFormat, language: str) -> pd.DataFrame:
    frame = pd.DataFrame([_row(door, language) for door in doors], columns=list(COLUMNS), dtype=object)
    if kind is ExportFormat.CSV:
        return frame
    frame["fate"] = [render(door.fate.word, language) for door in doors]
    frame["side"] = [render(Message(SIDES[door.side]), language) if door.side else "" for door in doors]
    return frame.rename(columns={key: render(Message(word), language) for key, word in COLUMNS.items()})


def _row(door: MappedDoor, language: str) -> tuple[object, ...]:
    metres = "" if door.metres is None else f"{door.metres:.2f}"
    return (
        *(door.entrance_id, door.fate.value, door.old, door.new, door.old_text, door.new_text, door.alias, door.below),
        *(door.address_id or "", door.side or "", metres, door.valid_from or "", render(door.reason, language)),
    )
