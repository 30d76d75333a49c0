"""Delimited text in chunks: encoding and delimiter recognised, no value interpreted, no row lost in silence."""

import csv
import re
import shutil
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo_app.domain.message import Message, marked
from geo_app.exchange.archive import OpenedFile
from geo_app.exchange.refusals import FileDamaged, FileIsEmpty, HeadingTooLong, QuoteNotClosed
from geo_app.exchange.report import RowProblem, Severity
from geo_app.exchange.source import BLOCK, SourceFile, encoding_of
from geo_app.exchange.table import Table, header_names

DELIMITERS = ",;\t|"
HEADING_LENGTH = 1 << 16
"""Characters; a longer first line is no heading, and would make a column of each comma."""

LONG_ROW = re.compile(r"line (\d+): expected (\d+) fields, saw (\d+)")
UNCLOSED = re.compile(r"EOF inside string starting at row (\d+)")
RUN_ON_LINES = 20
"""A cell of more lines than this has swallowed rows: a quotation mark is missing or too much."""

READ_AS_GB18030 = Message(marked("The text was read as GB18030 (GBK)."))
"""Told because the guess can be wrong for Western files in other old encodings."""


@dataclass(frozen=True, slots=True)
class _Heading:
    names: list[str]
    row: int
    delimiter: str


def csv_chunks(file: OpenedFile, rows: int) -> Iterator[Table]:
    """Yield the file in chunks of at most `rows` rows.

    Raises FileIsEmpty, HeadingTooLong, QuoteNotClosed, TextUnreadable, NotWhatItSays, FileDamaged.
    """
    encoding = encoding_of(file.path, file.name)
    heading = _heading(file, encoding)
    source = SourceFile(file.name, file.sha256, file.size, file.format, encoding)
    notices = (READ_AS_GB18030,) if encoding == "gb18030" else ()
    row = heading.row
    for frame, problems in _frames(file, encoding, heading, rows):
        numbers = _row_numbers(row, len(frame), {problem.row for problem in problems})
        row = int(numbers[-1]) + 1 if len(numbers) else row
        # The heading comes through as a row of its own, see _frames.
        full = _with_text(frame) & (numbers > heading.row)
        columns, numbers = frame[full].reset_index(drop=True), numbers[full]
        yield Table(columns, numbers, source, (*problems, *_run_on(columns, numbers)), notices)
        notices = ()


def _heading(file: OpenedFile, encoding: str) -> _Heading:
    with file.path.open(encoding=encoding) as text:
        head = text.read(HEADING_LENGTH)
    lines = head.split("\n")
    blank = next((place for place, line in enumerate(lines) if line.strip()), len(lines))
    if blank == len(lines) - 1 and len(head) == HEADING_LENGTH:
        raise HeadingTooLong(name=file.name, limit=HEADING_LENGTH)
    if blank == len(lines):
        raise FileIsEmpty(name=file.name)
    rest = "\n".join(lines[blank:])
    # A heading may be longer than a line: offices break it within a cell.
    cells = {mark: next(csv.reader(StringIO(rest), delimiter=mark)) for mark in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda mark: len(cells[mark]))
    return _Heading(header_names(cells[delimiter], file.name), blank + 1, delimiter)


def _frames(
    file: OpenedFile, encoding: str, heading: _Heading, rows: int
) -> Iterator[tuple[pd.DataFrame, tuple[RowProblem, ...]]]:
    path, encoding = _from_heading(file, encoding, heading)
    try:
        with pd.read_csv(
            path,
            encoding=encoding,
            sep=heading.delimiter,
            # Read as a row: pandas takes a first data row that is too long for one with an index, and shifts the names.
            header=None,
            dtype=object,
            na_filter=False,
            skip_blank_lines=False,
            on_bad_lines="warn",
            chunksize=rows,
        ) as reader:
            yield from _with_problems(iter(reader), heading, file.name)
    except pd.errors.ParserError as broken:
        unclosed = UNCLOSED.search(str(broken))
        if unclosed:
            raise QuoteNotClosed(name=file.name, row=int(unclosed[1]) + heading.row) from broken
        if "out of memory" in str(broken):
            raise MemoryError from broken
        raise FileDamaged(name=file.name, detail=str(broken)) from broken


def _from_heading(file: OpenedFile, encoding: str, heading: _Heading) -> tuple[Path, str]:
    """Return a file that begins with its heading, and its encoding.

    pandas' own skipping of blank lines eats a row where lines end in a bare carriage return.
    """
    if heading.row == 1:
        return file.path, encoding
    target = file.folder / "from heading.csv"
    with file.path.open(encoding=encoding, newline="") as given, target.open("w", encoding="utf-8", newline="") as out:
        for _ in range(heading.row - 1):
            given.readline()
        shutil.copyfileobj(given, out, BLOCK)
    return target, "utf-8"


def _with_problems(
    frames: Iterator[pd.DataFrame], heading: _Heading, name: str
) -> Iterator[tuple[pd.DataFrame, tuple[RowProblem, ...]]]:
    while True:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", pd.errors.ParserWarning)
            frame = next(frames, None)
        if frame is None:
            return
        if frame.shape[1] != len(heading.names):
            raise QuoteNotClosed(name=name, row=heading.row)
        frame.columns = pd.Index(heading.names, dtype=object)
        text = "".join(str(warning.message) for warning in caught)
        above = heading.row - 1
        yield frame, tuple(_long_row(int(line) + above, saw, heading) for line, _, saw in LONG_ROW.findall(text))


def _long_row(row: int, cells: str, heading: _Heading) -> RowProblem:
    return RowProblem(
        row,
        heading.names[-1],
        cells,
        Message(
            marked("The row has {cells} cells, the heading only {expected}; it was left out."),
            {"cells": cells, "expected": len(heading.names)},
        ),
        Message(marked("Put a value that contains the separator between quotation marks.")),
    )


def _row_numbers(first: int, length: int, left_out: set[int]) -> NDArray[np.int64]:
    numbers = np.arange(first, first + length + len(left_out))
    return numbers[~np.isin(numbers, list(left_out))][:length] if left_out else numbers


def _with_text(frame: pd.DataFrame) -> NDArray[np.bool_]:
    blank = (frame.iloc[:, 0] == "").to_numpy(dtype=bool, copy=True)
    for place in range(1, frame.shape[1]):
        if not blank.any():
            break
        blank[blank] = (frame.iloc[:, place].to_numpy()[blank] == "").astype(bool)
    return ~blank


def _run_on(columns: pd.DataFrame, numbers: NDArray[np.int64]) -> list[RowProblem]:
    found = []
    for name in columns.columns:
        cells = columns[name].to_numpy()
        # One search through the joined text is far cheaper than one through each cell.
        if "\n" in "".join(cells):
            long = [place for place, cell in enumerate(cells) if cell.count("\n") > RUN_ON_LINES]
            found += [_swallowed(int(numbers[place]), name, cells[place]) for place in long]
    return found


def _swallowed(row: int, column: str, cell: str) -> RowProblem:
    lines = cell.count("\n") + 1
    problem = Message(marked("The cell runs over {lines} lines: it has probably swallowed rows."), {"lines": lines})
    advice = Message(marked("Look for a missing or superfluous quotation mark in this row."))
    return RowProblem(row, column, cell, problem, advice, Severity.WARNING)
