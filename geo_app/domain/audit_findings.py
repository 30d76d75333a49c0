"""What an audit of walls finds: the kinds of the file contract, their weight, their sentences."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from geo_app.domain.message import Message, marked
from geo_app.domain.position import Position


class AuditKind(StrEnum):
    """The kinds of the file contract (cli.md, audit)."""

    FAR_FROM_STREET = "far_from_street"
    MISSING = "missing"
    BAD_NUMBER = "bad_number"
    DUPLICATE = "duplicate"
    WRONG_SIDE = "wrong_side"
    OUT_OF_ORDER = "out_of_order"
    OUTSIDE_RANGE = "outside_range"
    STACKED = "stacked"
    OTHER_STREET_NEARER = "other_street_nearer"
    GAP = "gap"

    @property
    def word(self) -> Message:
        """Return the kind for a reader."""
        return Message(_WORDS[self])


_WORDS = {
    AuditKind.FAR_FROM_STREET: marked("far from its street"),
    AuditKind.MISSING: marked("without a number"),
    AuditKind.BAD_NUMBER: marked("number not readable"),
    AuditKind.DUPLICATE: marked("number twice"),
    AuditKind.WRONG_SIDE: marked("on the wrong side"),
    AuditKind.OUT_OF_ORDER: marked("out of order"),
    AuditKind.OUTSIDE_RANGE: marked("outside the street's range"),
    AuditKind.STACKED: marked("two numbers on one spot"),
    AuditKind.OTHER_STREET_NEARER: marked("nearer to another street"),
    AuditKind.GAP: marked("numbers skipped"),
}

AUDIT_SEVERITY = {
    AuditKind.FAR_FROM_STREET: "error",
    AuditKind.MISSING: "error",
    AuditKind.BAD_NUMBER: "warning",
    AuditKind.DUPLICATE: "error",
    AuditKind.WRONG_SIDE: "warning",
    AuditKind.OUT_OF_ORDER: "warning",
    AuditKind.OUTSIDE_RANGE: "warning",
    AuditKind.STACKED: "warning",
    AuditKind.OTHER_STREET_NEARER: "info",
    AuditKind.GAP: "info",
}

NO_POSITION = marked("The address has no usable position, so it was not audited.")
NOTHING_NEAR = marked("No street lies within {far} m of the address, so it was not audited.")
NAME_NOT_NEAR = marked("No street named {street} lies within {far} m of the address, so it was not audited.")
UNKNOWN_NAME = marked("There is no street named {street}, so the address was not audited.")
MISSING = marked("The address has no number.")
BAD_NUMBER = marked("{text} cannot be read as a number.")
DUPLICATE = marked("{text} is on this street twice, {metres} m apart; the other is address {other}.")
STRAY_DUPLICATE = marked("{text} is on this street twice, {metres} m apart; it fits at address {other} and not here.")
ODD_ON_EVEN_SIDE = marked("{text} is odd, but here, walking from the start, odd numbers stand on the {side}.")
EVEN_ON_ODD_SIDE = marked("{text} is even, but here, walking from the start, even numbers stand on the {side}.")
OUT_OF_ORDER = marked("{text} does not fit between its neighbours {before} and {after}.")
OUT_OF_ORDER_AT_END = marked("{text} does not fit beside its neighbour {neighbour} at the end of the row.")
OUTSIDE_RANGE = marked("{text} is outside {low} to {high}, the range given for the street.")
STACKED = marked("Address {other}, less than {limit} m away, has another number.")
OTHER_NEARER = marked("{other} is nearer than the address's own street.")
GAP = marked("After {before} the row goes on with {text}: {count} numbers in between are not used here.")


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """A finding for a reader: address, street (`street_id` None: on none), kind, severity, sentence, position.

    `row` is the address's place in the input; `street` the place of its street among the audit's streets, -1 for none.
    """

    row: int
    address_id: str
    street: int
    street_id: str | None
    street_name: str
    kind: AuditKind
    severity: str
    message: Message
    position: Position | None


class AuditFound(NamedTuple):
    """A finding before it is worded: kind, row of the address, and another row, place or street that it names.

    `stray`: of a duplicate, that its number fits at the other address and not here.
    """

    kind: AuditKind
    row: int
    other: int = -1
    stray: bool = False
