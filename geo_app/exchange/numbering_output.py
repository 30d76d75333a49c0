"""PLAN and FINDINGS as CSV, in the columns of the file contract; written whole or not at all."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from geo_app.domain.message import Message
from geo_app.domain.numbering import PlannedNumbers
from geo_app.exchange.language import render
from geo_app.exchange.report import RowProblem, harmless
from geo_app.exchange.whole import written_whole

PLAN_COLUMNS = (
    *("entrance_id", "street_id", "street_name", "side", "metres", "number", "sub_number", "text", "kept", "reason"),
    *("start_lon", "start_lat"),
)
FINDING_COLUMNS = ("entrance_id", "street_name", "kind", "severity", "message")
REPORT_COLUMNS = ("file", "row", "column", "value", "problem", "suggestion")

ROWS_AT_ONCE = 10_000

Cells = Sequence[object]
Word = Callable[[Message], str]


def plan_rows(plan: PlannedNumbers, language: str) -> Iterator[Cells]:
    """Yield the heading and one row per entrance, in input order; `metres` with two decimals, `start_*` in degrees."""
    yield PLAN_COLUMNS
    starts = plan.walks.offsets[plan.feet.street.clip(min=0)] if len(plan.streets) else plan.feet.street
    for row, door in enumerate(plan):
        start = int(starts[row])
        ends = (float(plan.walks.lon[start]), float(plan.walks.lat[start])) if door.street_id or door.side else ("", "")
        metres = "" if door.metres is None else f"{door.metres:.2f}"
        number = "" if door.number is None else door.number
        kept = "true" if door.kept else "false"
        yield (
            *(door.entrance_id, door.street_id, door.street_name, door.side, metres, number, door.sub_number),
            *(door.text, kept, render(door.reason, language), *ends),
        )


def finding_rows(plan: PlannedNumbers, language: str) -> Iterator[Cells]:
    """Yield the heading and one row per finding."""
    yield FINDING_COLUMNS
    for found in plan.findings():
        message = render(found.message, language)
        yield found.entrance_id, found.street_name, found.kind.value, found.severity, message


def report_rows(problems: Iterable[tuple[str, RowProblem]], language: str) -> Iterator[Cells]:
    """Yield the heading and one row per row of a file that could not be used, given with the file's name."""
    yield REPORT_COLUMNS
    for file, fault in problems:
        problem = render(fault.problem, language)
        suggestion = render(fault.suggestion, language) if fault.suggestion else ""
        yield harmless(file), fault.row, harmless(fault.column), harmless(fault.value), problem, suggestion


def csv_text(rows: Iterable[Cells]) -> Iterator[str]:
    """Yield rows as CSV text with line feeds, some thousands at a time."""
    rows = iter(rows)
    while some := list(islice(rows, ROWS_AT_ONCE)):
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(some)
        yield text.getvalue()


def write_together(texts: Sequence[tuple[Path, Iterable[str]]]) -> None:
    """Write all files or none, each from pieces of text: beside its place first, then moved. Raises NotWritable."""
    with ExitStack() as together:
        # All drafts are written before the first one takes its place.
        for path, text in texts:
            with together.enter_context(written_whole(path)).open("w", encoding="utf-8", newline="") as file:
                file.writelines(text)
