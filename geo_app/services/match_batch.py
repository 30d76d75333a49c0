"""A whole file matched: each row goes out as it came in, with what the register says of its text behind it."""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice

from geo_app.domain.matching import Answer
from geo_app.domain.matching_grade import Grade
from geo_app.domain.message import Message, marked
from geo_app.exchange.language import render
from geo_app.exchange.match_files import ADDED, Cells, RowWriter, TextFile, heading_with
from geo_app.exchange.search_output import answer_cells
from geo_app.services.search import BATCH

AT_ONCE = 2
"""Lots of rows under way: one waits for the database while the other is worked on."""
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
