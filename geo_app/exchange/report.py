"""What was wrong with which row: the report a person repairs a file by."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO
from pathlib import Path

from geo_app.domain.message import Message
from geo_app.exchange.language import render
from geo_app.exchange.whole import written_whole

HEADER = ("row", "column", "value", "problem", "suggestion")
VALUE_LENGTH = 200
FORMULA = re.compile(r"^[=+\-@\t\r]")
NUMBER = re.compile(r"^[+-]?[0-9]+([.,][0-9]+)?([eE][+-]?[0-9]+)?$")


class Severity(StrEnum):
    """`error`: the row was left out; `warning`: the row was taken, and somebody should look at it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing wrong with one row.

    `row` is the row as a spreadsheet shows it (the heading is row 1); in a vector file, the feature counted from 1.
    `column` is the file's own name of the column, or "geometry".
    """

    row: int
    column: str
    value: str
    problem: Message
    suggestion: Message | None = None
    severity: Severity = Severity.ERROR


def write_report(path: Path, problems: Iterable[RowProblem], language: str) -> None:
    """Write the report of `problems` as CSV in order of rows, whole or not at all.

    UTF-8 with a byte order mark, for Excel; columns row, column, value, problem, suggestion.
    """
    with written_whole(path) as draft:
        draft.write_text(report_text(problems, language), encoding="utf-8-sig", newline="")


def report_text(problems: Iterable[RowProblem], language: str) -> str:
    """Return the report as CSV text without a byte order mark."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for problem in sorted(problems, key=lambda p: p.row):
        suggestion = render(problem.suggestion, language) if problem.suggestion else ""
        value = harmless(problem.value[:VALUE_LENGTH])
        writer.writerow((problem.row, harmless(problem.column), value, render(problem.problem, language), suggestion))
    return out.getvalue()


def harmless(text: str) -> str:
    """Return `text`, after an apostrophe where a spreadsheet would take it for a formula (=, @, +, -, not numbers)."""
    return f"'{text}" if FORMULA.match(text) and not NUMBER.match(text) else text
