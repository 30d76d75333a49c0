"""Worksheets as tables of text: what Excel made of a value is turned back where it can be, and told where not."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from itertools import chain, islice

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from geo_app.domain.message import Message, marked
from geo_app.exchange.archive import OpenedFile
from geo_app.exchange.refusals import FileDamaged, FileIsEmpty, LayerMissing, LockedInside
from geo_app.exchange.report import RowProblem, Severity
from geo_app.exchange.source import SourceFile
from geo_app.exchange.table import Table, header_names

Cell = str | float | bool | datetime | date | time | timedelta

TITLE_ROWS = 10
"""A heading is looked for in so many rows: tables of offices often begin with a title."""

EXACT = 1e15
"""Excel keeps 15 digits of a number; longer codes lose the rest unless they are text."""


def workbook_chunks(file: OpenedFile, sheet: str, rows: int) -> Iterator[Table]:
    """Yield the worksheet `sheet` (else the first visible one with cells) in chunks of at most `rows` rows.

    Raises LayerMissing, FileIsEmpty, LockedInside, FileDamaged.
    """
    try:
        with closing(CalamineWorkbook.from_path(str(file.path))) as book:
            chosen, notices = _chosen(book, sheet, file.name)
            yield from _chunks(file, chosen, notices, rows)
    except PasswordError as locked:
        raise LockedInside(name=file.name) from locked
    except CalamineError as broken:
        raise FileDamaged(name=file.name, detail=str(broken)) from broken


def _chosen(book: CalamineWorkbook, sheet: str, name: str) -> tuple[CalamineSheet, tuple[Message, ...]]:
    visible = [meta.name for meta in book.sheets_metadata if meta.visible is SheetVisibleEnum.Visible]
    if sheet and sheet not in book.sheet_names:
        raise LayerMissing(name=name, layer=sheet, layers=", ".join(visible))
    if sheet:
        return book.get_sheet_by_name(sheet), ()
    full = [found for found in map(book.get_sheet_by_name, visible) if found.start]
    if not full:
        raise FileIsEmpty(name=name)
    others = ", ".join(found.name for found in full[1:])
    told = Message(
        marked("Only the worksheet {sheet} was read, not: {others}."), {"sheet": full[0].name, "others": others}
    )
    return full[0], (told,) if others else ()


def _chunks(file: OpenedFile, sheet: CalamineSheet, notices: tuple[Message, ...], rows: int) -> Iterator[Table]:
    source = SourceFile(file.name, file.sha256, file.size, file.format)
    lines = enumerate(_filled(sheet), start=1)
    first = list(islice(lines, TITLE_ROWS))
    place = _heading_place([cells for _, cells in first])
    if any(_written(cells) for _, cells in first[:place]):
        notices = (*notices, Message(marked("{count} rows above the heading were skipped."), {"count": place}))
    names = header_names([_text(cell) for cell in first[place][1]], file.name)
    body = chain(first[place + 1 :], lines)
    chunk = list(islice(body, rows))
    yield _table(chunk, names, source, notices)
    while chunk := list(islice(body, rows)):
        yield _table(chunk, names, source, ())


def _filled(sheet: CalamineSheet) -> Iterator[list[Cell]]:
    """Yield the rows; a cell merged over several rows has its value in each of them, as a person reads it."""
    left = sheet.start[1] if sheet.start else 0
    width = sheet.end[1] if sheet.end else 0
    spans = {
        (top, column): bottom
        for (top, column), (bottom, _) in sheet.merged_cell_ranges or ()
        if bottom > top and left <= column <= width
    }
    starts: dict[int, list[int]] = {}
    for top, column in spans:
        starts.setdefault(top, []).append(column)
    open_spans: dict[int, tuple[int, Cell]] = {}
    for row, cells in enumerate(sheet.iter_rows()):
        for column, (bottom, value) in open_spans.items():
            if row <= bottom and cells[column] == "":
                cells[column] = value
        for column in starts.get(row, ()):
            open_spans[column - left] = (spans[row, column], cells[column - left])
        yield cells


def _heading_place(lines: list[list[Cell]]) -> int:
    """Return which of the first lines is the heading: the first that fills most of the width, not a lone title."""
    width = max((_written(cells) for cells in lines), default=0)
    return next((place for place, cells in enumerate(lines) if _written(cells) * 5 >= width * 3), 0)


def _written(cells: list[Cell]) -> int:
    return sum(cell != "" for cell in cells)


def _table(
    chunk: list[tuple[int, list[Cell]]], names: list[str], source: SourceFile, notices: tuple[Message, ...]
) -> Table:
    chunk = [(row, cells) for row, cells in chunk if _written(cells)]
    rows = np.array([row for row, _ in chunk], dtype=np.int64)
    cells = zip(*(cells for _, cells in chunk), strict=True) if chunk else ([] for _ in names)
    columns, problems = {}, []
    for name, column in zip(names, map(list, cells), strict=True):
        columns[name] = pd.Series([_text(cell) for cell in column], dtype=object)
        problems += [*_dated(name, column, rows), *_cut_off(name, column, rows)]
    return Table(pd.DataFrame(columns), rows, source, tuple(problems), notices)


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds").removesuffix(" 00:00:00")
    return str(cell)


def _dated(name: str, column: list[Cell], rows: NDArray[np.int64]) -> Iterator[RowProblem]:
    """A few dates among other values were numbers like 12-14 before Excel saw them; a column of dates is one."""
    dates = [(place, cell) for place, cell in enumerate(column) if isinstance(cell, date)]
    if not dates or len(dates) * 2 > _written(column):
        return
    for place, day in dates:
        yield RowProblem(
            int(rows[place]),
            name,
            _text(day),
            Message(marked("Excel has turned this value into a date.")),
            Message(marked("Perhaps {text} was meant; format the column as text."), {"text": f"{day.month}-{day.day}"}),
            Severity.WARNING,
        )


def _cut_off(name: str, column: list[Cell], rows: NDArray[np.int64]) -> Iterator[RowProblem]:
    for place, cell in enumerate(column):
        if isinstance(cell, float) and abs(cell) >= EXACT:
            yield RowProblem(
                int(rows[place]),
                name,
                _text(cell),
                Message(marked("Excel keeps only 15 digits of a number; the last ones are lost.")),
                Message(marked("Format the column as text and enter the value again.")),
                Severity.WARNING,
            )
