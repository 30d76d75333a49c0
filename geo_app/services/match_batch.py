"""A whole file matched: each row goes out as it came in, with what the register says of its text behind it."""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path, PurePosixPath

from geo_app.domain.access import EVERYWHERE, Actor, require
from geo_app.domain.access_roles import Permission
from geo_app.domain.matching import Answer
from geo_app.domain.matching_grade import Grade
from geo_app.domain.message import Message, marked
from geo_app.exchange.kept_files import KeptFile
from geo_app.exchange.language import render
from geo_app.exchange.match_files import ADDED, Cells, RowWriter, TextFile, heading_with
from geo_app.exchange.search_output import answer_cells
from geo_app.persistence.register import Register
from geo_app.services.jobs import ask_for_job
from geo_app.services.search import BATCH

AT_ONCE = 2
"""Lots of rows under way: one waits for the database while the other is worked on."""
MATCHES = marked("Match {file}")
TASK = "match"
MATCHED = "-比对结果"
PACKED = frozenset({".gz", ".zip"})
WORKBOOKS = frozenset({".xlsx", ".xls"})
"""What came as a workbook goes back as one, all else as CSV."""
LONG_ROW = marked("the row has more cells than the heading")

Rows = list[list[str]]
Answering = Callable[[Sequence[str]], list[Answer]]


@dataclass(slots=True)
class BatchCounts:
    """How many rows were read, how they were graded, how many had more cells than the heading and were left alone."""

    rows: int = 0
    long: int = 0
    grades: Counter[Grade] = field(default_factory=Counter)

    def take(self, row: Cells, width: int, answer: Answer) -> None:
        """Count a row."""
        self.rows += 1
        self.long += len(row) > width
        self.grades[answer.grade] += 1


@dataclass(frozen=True, slots=True)
class MatchOrder:
    """Which file is to be matched by which of its columns; `home` is where matched files are kept."""

    file: KeptFile
    column: str
    home: Path
    today: date
    language: str


def ask_for_match(register: Register, actor: Actor, order: MatchOrder) -> int:
    """Ask for the job that matches a file, and return its number.

    Raises NotGranted.
    """
    require(actor, Permission.MATCH_RUN, EVERYWHERE, order.today)
    arguments = {
        "path": str(order.file.path),
        "column": order.column,
        "folder": str(order.home / "matches"),
        "name": matched_name(order.file.name),
        "today": order.today.isoformat(),
        "reason": actor.reason or order.file.name,
        "language": order.language,
    }
    return ask_for_job(register, actor, TASK, arguments, Message(MATCHES, {"file": order.file.name}))


def matched_name(name: str) -> str:
    """Return what the matched file of a file is called: 名单.xlsx → 名单-比对结果.xlsx."""
    path = PurePosixPath(name)
    if path.suffix.lower() in PACKED:
        path = path.with_suffix("")
    ending = ".xlsx" if path.suffix.lower() in WORKBOOKS else ".csv"
    return f"{path.stem}{MATCHED}{ending}"


def match_rows(
    given: TextFile, writer: RowWriter, answering: Answering, language: str
) -> Iterator[tuple[BatchCounts, list[tuple[str, Answer]]]]:
    """Write the rows of a file with their answers; yield after each lot the counts so far, and its texts with answers.

    `answering` gives the answers to some texts, in a transaction of its own: no file holds one open for minutes.
    """
    writer.writerow(heading_with(ADDED, given.heading))
    counts, width = BatchCounts(), len(given.heading)
    for rows, answers in _answered(given, answering):
        for row, answer in zip(rows, answers, strict=True):
            writer.writerow([*row[:width], *[""] * (width - len(row)), *_added(row, answer, (width, language))])
            counts.take(row, width, answer)
        yield counts, list(zip(map(given.text_of, rows), answers, strict=True))


def _answered(given: TextFile, answering: Answering) -> Iterator[tuple[Rows, list[Answer]]]:
    """Yield rows with their answers, in order; while the database answers one lot the next is taken apart."""
    width = len(given.heading)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        waiting: deque[tuple[Rows, Future[list[Answer]]]] = deque()
        while rows := list(islice(given.rows, BATCH)):
            texts = [given.text_of(row) if len(row) <= width else "" for row in rows]
            waiting.append((rows, pool.submit(answering, texts)))
            if len(waiting) > AT_ONCE:
                done, answers = waiting.popleft()
                yield done, answers.result()
        for done, answers in waiting:
            yield done, answers.result()


def _added(row: Cells, answer: Answer, told: tuple[int, str]) -> Cells:
    width, language = told
    added = list(answer_cells(answer, language))
    if len(row) > width:
        added[ADDED.index("reasons")] = render(Message(LONG_ROW), language)
    return added
