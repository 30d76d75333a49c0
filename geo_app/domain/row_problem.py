"""What was wrong with a row of a file, said to the person who can repair it."""

from dataclasses import dataclass
from enum import StrEnum

from geo_app.domain.message import Message


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
