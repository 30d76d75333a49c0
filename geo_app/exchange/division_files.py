"""Division lists, outlines and recorded changes, read from files."""

import csv
import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry import MultiPolygon, Polygon, shape

from geo_app.domain.division import Division, DivisionCode, DivisionCodeMalformed, Outline, parse_code
from geo_app.domain.division_changes import RecordedChange, read_change
from geo_app.domain.errors import UnreadableInput
from geo_app.domain.message import Message, marked

COLUMN_FORMS = (
    (("village_code12", "village_name"), ("town_code9", "town_name"), ("county_code6", "county_name")),
    (("town_code9", "town_name"), ("county_code6", "county_name")),
    (("code", "name"),),
)
"""Pairs of code and name columns, most telling form first; one row may name a village, its township and its county."""

LARGEST_FILE = 200_000_000
"""Bytes after unpacking; the whole country to the village is 30 million. More is refused (archive bombs)."""

NOT_A_CODE = marked("This is no division code.")
CORRECT_CODE = marked("Correct it: 2, 4, 6, 9, 12 or 15 digits.")
NO_NAME = marked("The name is empty.")
ADD_NAME = marked("Fill in the official name.")
TWO_NAMES = marked("The code stands for {other} further up.")
CHOOSE_NAME = marked("Keep one of the two rows.")
NO_OUTLINE = marked("The geometry is no polygon.")
DRAW_OUTLINE = marked("Give a polygon or a multipolygon in longitude and latitude.")
NOT_UNDERSTOOD = marked("No change could be read from the sentence.")
REWRITE = marked("Write: A village and B village merged into C (A村、B村合并为C村).")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that could not be used: `row` from 1 after the heading, column, the value as it stands, why, what to do."""

    row: int
    column: str
    value: str
    problem: Message
    suggestion: Message


@dataclass(frozen=True, slots=True)
class DivisionList:
    """The divisions of a file, each code once, and the rows that were unusable."""

    divisions: tuple[Division, ...]
    problems: tuple[RowProblem, ...]


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file by column; UTF-8 (with or without mark) or GB18030, `.gz` unpacked.

    Raises UnreadableInput for a missing, oversized or empty file, or one that is no text.
    """
    text = _text(_bytes(path), path)
    reader = csv.DictReader(StringIO(text, newline=""))
    if not reader.fieldnames:
        raise UnreadableInput(name=path.name, problem=Message(marked("it is empty.")))
    try:
        return [{key: value or "" for key, value in row.items() if key} for row in reader]
    except csv.Error as broken:
        raise UnreadableInput(name=path.name, problem=str(broken)) from broken


def _bytes(path: Path) -> bytes:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (OSError, EOFError) as broken:
        raise UnreadableInput(name=path.name, problem=str(broken)) from broken
    if len(content) > LARGEST_FILE:
        raise UnreadableInput(name=path.name, problem=Message(marked("it is too large.")))
    return content


def _text(content: bytes, path: Path) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableInput(name=path.name, problem=Message(marked("it is neither UTF-8 nor GB18030 text.")))


def read_division_list(path: Path) -> DivisionList:
    """Return the divisions of a list in one of COLUMN_FORMS; townships and counties named beside villages come too."""
    rows = read_rows(path)
    columns = _columns(rows, path)
    found: dict[DivisionCode, Division] = {}
    problems = [
        problem
        for number, row in enumerate(rows, start=1)
        for pair in columns
        for problem in _take(found, row, pair, (number, path.name))
    ]
    return DivisionList(tuple(sorted(found.values(), key=lambda d: d.code)), tuple(problems))


def _columns(rows: list[dict[str, str]], path: Path) -> list[tuple[str, str]]:
    heading = rows[0].keys() if rows else set()
    for form in COLUMN_FORMS:
        if set(form[0]) <= set(heading):
            return [pair for pair in form if set(pair) <= set(heading)]
    problem = Message(marked("it has no columns code and name (or village_code12 and village_name)."))
    raise UnreadableInput(name=path.name, problem=problem)


def _take(
    found: dict[DivisionCode, Division], row: Mapping[str, str], pair: tuple[str, str], origin: tuple[int, str]
) -> Iterator[RowProblem]:
    code_column, name_column = pair
    number, source = origin
    name = row[name_column].strip()
    try:
        code = parse_code(row[code_column])
    except DivisionCodeMalformed:
        yield _problem(number, code_column, row, (NOT_A_CODE, CORRECT_CODE))
        return
    if not name:
        yield _problem(number, name_column, row, (NO_NAME, ADD_NAME))
        return
    known = found.setdefault(code, Division(code, name, source=source))
    if known.name != name:
        reason = Message(TWO_NAMES, {"other": known.name})
        yield RowProblem(number, name_column, name, reason, Message(CHOOSE_NAME))


def _problem(number: int, column: str, row: Mapping[str, str], sentences: tuple[str, str]) -> RowProblem:
    problem, suggestion = sentences
    return RowProblem(number, column, row[column], Message(problem), Message(suggestion))


@dataclass(frozen=True, slots=True)
class OutlineFile:
    """The outlines of a file and the features that were unusable (`row` counts features from 1)."""

    outlines: tuple[Outline, ...]
    problems: tuple[RowProblem, ...]


def read_outlines(path: Path) -> OutlineFile:
    """Return the outlines of a GeoJSON file in CGCS2000 degrees; the code is the property `adcode` or `code`.

    Raises UnreadableInput for anything that is no feature collection.
    """
    try:
        features = list(json.loads(_text(_bytes(path), path))["features"])
    except (ValueError, KeyError, TypeError) as broken:
        problem = Message(marked("it is no GeoJSON feature collection."))
        raise UnreadableInput(name=path.name, problem=problem) from broken
    outlines: list[Outline] = []
    problems: list[RowProblem] = []
    for number, feature in enumerate(features, start=1):
        read = _outline(feature, number, path.name)
        (outlines if isinstance(read, Outline) else problems).append(read)  # type: ignore[arg-type]
    return OutlineFile(tuple(outlines), tuple(problems))


def _outline(feature: Mapping[str, Any], number: int, source: str) -> Outline | RowProblem:
    properties = feature.get("properties") or {}
    text = str(properties.get("adcode") or properties.get("code") or "")
    try:
        code = parse_code(text)
    except DivisionCodeMalformed:
        return RowProblem(number, "code", text, Message(NOT_A_CODE), Message(CORRECT_CODE))
    try:
        polygon = shape(feature["geometry"])
    except (ShapelyError, TypeError, ValueError, AttributeError, KeyError, IndexError):
        polygon = None
    if not isinstance(polygon, Polygon | MultiPolygon) or polygon.is_empty:
        return RowProblem(number, "geometry", text, Message(NO_OUTLINE), Message(DRAW_OUTLINE))
    return Outline(code, polygon, derived=False, source=source)


def read_changes(path: Path) -> tuple[tuple[RecordedChange, ...], tuple[RowProblem, ...]]:
    """Return the recorded changes of a CSV file with the columns `date, text, source`, and the rows not understood."""
    changes: list[RecordedChange] = []
    problems: list[RowProblem] = []
    for number, row in enumerate(read_rows(path), start=1):
        read = read_change(row.get("date", ""), row.get("text", ""), row.get("source", ""))
        changes.extend(read)
        if not read:
            problems.append(RowProblem(number, "text", row.get("text", ""), Message(NOT_UNDERSTOOD), Message(REWRITE)))
    return tuple(changes), tuple(problems)


def read_areas(paths: Iterable[Path]) -> dict[DivisionCode, float]:
    """Return square kilometres by code from facts files with `area_km2`; a code stated twice keeps the first figure."""
    areas: dict[DivisionCode, float] = {}
    for row in (row for path in paths for row in read_rows(path)):
        code = row.get("village_code12") or row.get("town_code9") or ""
        area = row.get("area_km2", "")
        if code and area:
            areas.setdefault(parse_code(code), float(area))
    return areas
