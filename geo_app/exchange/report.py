"""What was wrong with which row: the report a person repairs a file by."""

import csv
import re
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

from geo_app.domain.row_problem import RowProblem, Severity
from geo_app.exchange.language import render
from geo_app.exchange.whole import written_whole

__all__ = ["RowProblem", "Severity", "harmless", "report_text", "write_report"]

HEADER = ("row", "column", "value", "problem", "suggestion")
VALUE_LENGTH = 200
FORMULA = re.compile(r"^[=+\-@\t\r]")
NUMBER = re.compile(r"^[+-]?[0-9]+([.,][0-9]+)?([eE][+-]?[0-9]+)?$")


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
