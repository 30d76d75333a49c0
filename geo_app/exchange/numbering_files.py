"""Streets and entrances from files, in the file contract of `geo-app number`."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import shapely

from geo_app.domain.errors import DomainError, UnreadableInput
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_circumstance import Circumstance, read_front, read_kind, read_state
from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.numbering_rule import read_field
from geo_app.domain.street_piece import Floats, Geometries, StreetPieces, line_problem
from geo_app.exchange.numbering_table import FileTable
from geo_app.exchange.report import RowProblem

STREET_FIELDS = (
    "method",
    "start",
    "odd_side",
    "step",
    "one_sided",
    "sub_number",
    "reserve_lane",
    "reserve_metres",
    "existing",
)
"""Rule fields that may stand as columns on the lines."""

CIRCUMSTANCE_FIELDS = ("door_kind", "door_state", "front_metres", "door_of", "note")
"""Columns of entrances that tell what is unusual about a door, see `numbering_circumstance`."""

NOT_A_POINT = marked("The geometry is not a point.")
NO_POINT = marked("The entrance has no position.")
OFF_THE_EARTH = marked("The coordinates are not degrees on the earth.")
NO_LINES = marked("it holds no lines")
NO_POINTS = marked("it holds no points")
NO_ID = marked("The entrance has no id.")
ID_TWICE = marked("This id stands on more than one entrance.")

REDRAW = marked("Draw the line again, or delete the row.")
LOCATE = marked("Give longitude and latitude in degrees.")
NAME_IT = marked("Give every entrance an id of its own; the row was used all the same.")
TAKEN_AS_USUAL = marked("Correct the value; the door was numbered as an ordinary one.")
FIELD_LEFT_OUT = marked("Correct the value; the rule's own was used.")


@dataclass(frozen=True, slots=True)
class PieceFields:
    """Columns that lines may have beside their name: how each value is read, and what to say when it cannot be.

    A reader returns the one spelling of the value, so that 2 and 2.0 do not disagree; it raises a DomainError.
    """

    readers: Mapping[str, Callable[[str], str]]
    advice: str


@dataclass(frozen=True, slots=True, eq=False)
class StreetFile:
    """The named lines of a file, its unnamed lines as lanes, and how many lines were ignored (no name, or an area)."""

    pieces: StreetPieces
    lanes: Geometries
    ignored: int
    problems: Sequence[RowProblem]


@dataclass(frozen=True, slots=True, eq=False)
class EntranceFile:
    """All rows of a file as entrances, in its order; those without a usable position hold NaN."""

    entrances: Entrances
    problems: Sequence[RowProblem]


def street_file(table: FileTable, fields: PieceFields | None = None) -> StreetFile:
    """Return the streets of a table with `name` and, if it has them, `id`, `area` and `fields`, by default a rule's.

    Lines of a file without `id` are known by their row. Raises ColumnMissing for `name`, UnreadableInput for no line.
    """
    names = [tidy(name) for name in table.needed("name")]
    _need_shapes(table, (1, 5), NO_LINES)
    ids = table.column("id") or [str(row) for row in range(1, len(table) + 1)]
    areas = table.column("area") or [""] * len(table)
    unnamed = np.array([not name or area == "yes" for name, area in zip(names, areas, strict=True)], dtype=bool)
    faults = [line_problem(line) for line in table.geometry]
    good = [row for row, fault in enumerate(faults) if fault is None]
    problems = [
        RowProblem(int(table.rows[row]), "geometry", names[row], fault, Message(REDRAW))
        for row, fault in enumerate(faults)
        if fault is not None and not unnamed[row]
    ]
    named = [row for row in good if not unnamed[row]]
    overrides, wrong = _overrides(table, named, fields or RULE_FIELDS)
    pieces = StreetPieces([ids[r] for r in named], [names[r] for r in named], table.geometry[named], overrides)
    lanes = shapely.get_parts(table.geometry[[r for r in good if not names[r] and areas[r] != "yes"]])
    return StreetFile(pieces, lanes, int(unnamed.sum()), [*table.problems, *problems, *wrong])


def entrance_file(table: FileTable) -> EntranceFile:
    """Return the entrances of a table with `id` and, if it has them, `street`, `number` and what is unusual.

    Raises ColumnMissing where there is no column `id`, UnreadableInput where there is no point.
    """
    ids = [cell.strip() for cell in table.needed("id")]
    _need_shapes(table, (0, 4), NO_POINTS)
    lon, lat, faults = _positions(table.geometry)
    told = {problem.row for problem in table.problems}
    problems = [*table.problems]
    problems += [
        RowProblem(int(table.rows[row]), "geometry", ids[row], fault, Message(LOCATE))
        for row, fault in faults.items()
        if int(table.rows[row]) not in told
    ]
    times = Counter(ids)
    for row, identifier in enumerate(ids):
        if not identifier or times[identifier] > 1:
            fault = Message(ID_TWICE if identifier else NO_ID)
            problems.append(RowProblem(int(table.rows[row]), "id", identifier, fault, Message(NAME_IT)))
    names = table.column("street")
    named = [tidy(name) for name in names] if names is not None else None
    circumstances, wrong = _circumstances(table)
    entrances = Entrances(ids, lon, lat, named, table.column("number"), circumstances=circumstances)
    problems += wrong
    return EntranceFile(entrances, sorted(problems, key=lambda problem: problem.row))


def _circumstances(table: FileTable) -> tuple[dict[int, Circumstance], list[RowProblem]]:
    """Return what is unusual, by row; a value that cannot be read is a problem, and its door a usual one."""
    kinds, states, fronts, owners, notes = (table.column(name) or () for name in CIRCUMSTANCE_FIELDS)
    told = {row for cells in (kinds, states, fronts, owners) for row, cell in enumerate(cells) if cell.strip()}
    found: dict[int, Circumstance] = {}
    problems: list[RowProblem] = []
    for row in sorted(told):
        kind, state, front, of, note = (cells[row] if cells else "" for cells in (kinds, states, fronts, owners, notes))
        try:
            one = Circumstance(read_kind(kind), read_state(state), read_front(front), of.strip(), note.strip())
        except DomainError as refusal:
            values, line = refusal.message.values, int(table.rows[row])
            column = str(values.get("column", "front_metres"))
            advice = Message(TAKEN_AS_USUAL)
            problems.append(RowProblem(line, column, str(values["value"]), refusal.message, advice))
        else:
            if not one.usual:
                found[row] = one
    return found, problems


def _need_shapes(table: FileTable, kinds: tuple[int, ...], problem: str) -> None:
    """Refuse a file that has geometries, but none of the kinds that were asked for (GEOS type numbers)."""
    found = shapely.get_type_id(table.geometry)
    if (found >= 0).any() and not np.isin(found, kinds).any():
        raise UnreadableInput(name=table.name, problem=Message(problem))


def tidy(name: str) -> str:
    """Return a street's name without outer blanks, its characters composed (NFC), as names are compared."""
    return unicodedata.normalize("NFC", name).strip()


def _overrides(
    table: FileTable, rows: Sequence[int], fields: PieceFields
) -> tuple[list[Mapping[str, str]], list[RowProblem]]:
    problems: list[RowProblem] = []
    overrides: list[dict[str, str]] = [{} for _ in rows]
    for field, read in fields.readers.items():
        column = table.column(field) or ()
        for place, row in enumerate(rows if column else ()):
            value = column[row].strip()
            if not value:
                continue
            try:
                overrides[place][field] = read(value)
            except DomainError as refusal:
                advice = Message(fields.advice)
                problems.append(RowProblem(int(table.rows[row]), field, value, refusal.message, advice))
    return list(overrides), problems


def _canonical(field: str, text: str) -> str:
    value = read_field(field, text)
    if isinstance(value, tuple):
        return ",".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value).lower()


RULE_FIELDS = PieceFields({field: partial(_canonical, field) for field in STREET_FIELDS}, FIELD_LEFT_OUT)


def _positions(geometry: Geometries) -> tuple[Floats, Floats, dict[int, Message]]:
    lon, lat = np.full(len(geometry), np.nan), np.full(len(geometry), np.nan)
    kinds = shapely.get_type_id(geometry)
    single = (kinds == 0) | ((kinds == 4) & (shapely.get_num_geometries(geometry) == 1))
    empty = (kinds == -1) | shapely.is_empty(geometry)
    points = np.flatnonzero(single & ~empty)
    lon[points], lat[points] = shapely.get_coordinates(geometry[points]).T
    bad = ~((np.abs(lon) <= 180) & (np.abs(lat) <= 90))
    faults: dict[int, Message] = {}
    for row in np.flatnonzero(bad).tolist():
        kind = NO_POINT if empty[row] else OFF_THE_EARTH if single[row] else NOT_A_POINT
        faults[row] = Message(kind)
    lon[bad] = lat[bad] = np.nan
    return lon, lat, faults
