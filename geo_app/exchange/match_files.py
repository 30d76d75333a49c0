"""Files of texts to be matched, row by row: each row in, the same row out with columns behind it; memory bounded.

Unlike `read_chunks`, no row of a table is left out, or answers would not stand beside their questions; wholly blank
lines are no rows.
"""

import csv
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

import xlsxwriter

from geo_app.domain.message import Message, marked
from geo_app.exchange.archive import OpenedFile, opened_safely
from geo_app.exchange.csv_table import DELIMITERS, HEADING_LENGTH
from geo_app.exchange.export import CELL_LENGTH, SHEET_ROWS
from geo_app.exchange.refusals import ColumnMissing, FileDamaged, FileIsEmpty, NotWritable
from geo_app.exchange.source import Format, encoding_of
from geo_app.exchange.table import header_names
from geo_app.exchange.tables import chunks_of
from geo_app.exchange.whole import written_whole

ADDED = ("address_id", "standard_code", "standard_text", "grade", "score", "reasons", "rest", "candidates")
"""The columns that matching adds, in their order."""
FOR_EXCEL = ("utf-8-sig", "gb18030")
"""Encodings of files that came from Excel; what goes back bears the mark by which Excel knows UTF-8."""

SHOWN = 8
FIRST_COLUMN = None
"""Whichever column comes first, for whoever looks at a file before choosing."""

Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class TextFile:
    """An opened file of texts: its heading, which column holds the text, whether it came from Excel, its rows."""

    heading: list[str]
    column: int
    from_excel: bool
    rows: Iterator[list[str]]

    def text_of(self, row: Cells) -> str:
        """Return the text of a row; "" where the row is too short."""
        return row[self.column] if self.column < len(row) else ""


@contextmanager
def opened_texts(path: Path, column: str | None, sheet: str = "") -> Iterator[TextFile]:
    """Yield the file's rows, to be read once. Raises ColumnMissing, and what refuses a file as a whole."""
    with opened_safely(path, sheet) as file:
        if file.format is Format.CSV:
            yield from _csv(file, column)
        else:
            yield _workbook(file, column, sheet)


@dataclass(frozen=True, slots=True)
class FirstRows:
    """The heading of a file of texts and the first of its rows."""

    name: str
    heading: list[str]
    rows: list[list[str]]

    def require(self, column: str) -> None:
        """Raise ColumnMissing where there is no such column."""
        _place(self.heading, column, self.name)


def first_rows(path: Path, count: int = SHOWN) -> FirstRows:
    """Return the heading and first rows. Raises what refuses a file as a whole."""
    with opened_safely(path, "") as file:
        if file.format is Format.CSV:
            with closing(_csv(file, FIRST_COLUMN)) as opening:
                given = next(opening)
                return FirstRows(path.name, given.heading, list(islice(given.rows, count)))
        table = next(chunks_of(file, "", count)).columns
        return FirstRows(path.name, list(map(str, table.columns)), table.to_numpy().tolist())


def _csv(file: OpenedFile, column: str | None) -> Generator[TextFile]:
    encoding = encoding_of(file.path, file.name)
    with file.path.open(encoding=encoding, newline="") as text:
        head = text.read(HEADING_LENGTH)
        text.seek(0)
        first = next((line for line in head.splitlines() if line.strip()), "")
        delimiter = max(DELIMITERS, key=first.count)
        rows = _rows(csv.reader(text, delimiter=delimiter), file.name)
        heading = next(rows, None)
        if heading is None:
            raise FileIsEmpty(name=file.name)
        names = header_names(heading, file.name)
        yield TextFile(names, _place(names, column, file.name), encoding in FOR_EXCEL, rows)


def _rows(lines: Iterator[list[str]], file_name: str) -> Iterator[list[str]]:
    """Yield the rows that hold something. Raises FileDamaged, also for a cell of more than 131,072 characters."""
    try:
        yield from (row for row in lines if any(cell.strip() for cell in row))
    except csv.Error as broken:
        raise FileDamaged(name=file_name, detail=str(broken)) from broken


def _workbook(file: OpenedFile, column: str | None, sheet: str) -> TextFile:
    tables = chunks_of(file, sheet, SHEET_ROWS)
    first = next(tables)
    names = [str(name) for name in first.columns.columns]

    def rows() -> Iterator[list[str]]:
        for table in (first, *tables):
            yield from (list(row) for row in table.columns.itertuples(index=False, name=None))

    return TextFile(names, _place(names, column, file.name), from_excel=True, rows=rows())


def _place(names: list[str], column: str | None, file_name: str) -> int:
    if column is FIRST_COLUMN:
        return 0
    if column not in names:
        raise ColumnMissing(name=file_name, column=column, columns=", ".join(names))
    return names.index(column)


def heading_with(added: Cells, heading: Cells) -> list[str]:
    """Return the heading with our columns behind; one of the file's that is called like ours is told apart."""
    return [*(f"{name}_in_file" if name in added else name for name in heading), *added]


class RowWriter(Protocol):
    """Takes rows one by one."""

    def writerow(self, row: Cells, /) -> object:
        """Write a row."""


@contextmanager
def written_rows(path: Path, *, from_excel: bool) -> Iterator[RowWriter]:
    """Yield what takes rows for a CSV or XLSX file; it is written whole or not at all. Raises NotWritable."""
    with written_whole(path) as draft:
        if path.suffix.lower() == ".xlsx":
            with xlsxwriter.Workbook(str(draft), {"constant_memory": True, "strings_to_formulas": False}) as book:
                yield _Sheet(path.name, book)
        else:
            with draft.open("w", encoding="utf-8-sig" if from_excel else "utf-8", newline="") as text:
                yield csv.writer(text, lineterminator="\r\n" if from_excel else "\n")


class _Sheet:
    """A worksheet that takes rows; every value is text, and none a formula."""

    def __init__(self, name: str, book: xlsxwriter.Workbook) -> None:
        self._name = name
        self._sheet = book.add_worksheet()
        self._text = book.add_format({"num_format": "@"})
        self._row = 0

    def writerow(self, row: Cells, /) -> None:
        if self._row > SHEET_ROWS:
            raise NotWritable(
                name=self._name, problem=Message(marked("a worksheet takes {rows} rows"), {"rows": SHEET_ROWS})
            )
        for column, value in enumerate(row):
            self._sheet.write_string(self._row, column, value[:CELL_LENGTH], self._text)
        self._row += 1
