"""Findings: what a plan could not do, or what a planner should look at; kept as numbers until somebody reads them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from geo_app.domain.message import Message, marked


class Kind(StrEnum):
    """The kinds of the file contract (cli.md), and after them those of unusual doors."""

    NO_STREET = "no_street"
    UNKNOWN_STREET = "unknown_street"
    NO_FREE_NUMBER = "no_free_number"
    NUMBER_TOO_LARGE = "number_too_large"
    KEPT_OUT_OF_ORDER = "kept_out_of_order"
    DUPLICATE = "duplicate"
    DISPLACED = "displaced"
    CONFLICTING_RULE = "conflicting_rule"
    STACKED = "stacked"
    OTHER_STREET_NEARER = "other_street_nearer"
    BAD_NUMBER = "bad_number"
    ILLEGAL = "illegal"
    TEMPORARY = "temporary"
    RETIRED = "retired"
    RESERVED = "reserved"
    SECONDARY = "secondary"
    REASON_MISSING = "reason_missing"
    UNKNOWN_ENTRANCE = "unknown_entrance"


SEVERITY = {
    Kind.NO_STREET: "error",
    Kind.UNKNOWN_STREET: "error",
    Kind.NO_FREE_NUMBER: "error",
    Kind.NUMBER_TOO_LARGE: "error",
    Kind.KEPT_OUT_OF_ORDER: "warning",
    Kind.DUPLICATE: "error",
    Kind.DISPLACED: "warning",
    Kind.CONFLICTING_RULE: "warning",
    Kind.STACKED: "warning",
    Kind.OTHER_STREET_NEARER: "info",
    Kind.BAD_NUMBER: "warning",
    Kind.ILLEGAL: "info",
    Kind.TEMPORARY: "info",
    Kind.RETIRED: "info",
    Kind.RESERVED: "info",
    Kind.SECONDARY: "info",
    Kind.REASON_MISSING: "warning",
    Kind.UNKNOWN_ENTRANCE: "warning",
}

NO_POSITION = marked("The entrance has no usable position, so it was not numbered.")
NOTHING_NEAR = marked("No street lies within {far} m, so the entrance was not numbered.")
NOTHING_NEAR_KEPT = marked("No street lies within {far} m; the number on the wall stays.")
NAME_NOT_NEAR = marked("No street named {street} lies within {far} m, so the entrance was not numbered.")
NAME_NOT_NEAR_KEPT = marked("No street named {street} lies within {far} m; the number on the wall stays.")
UNKNOWN_NAME = marked("There is no street named {street}, so the entrance was not numbered.")
UNKNOWN_NAME_KEPT = marked("There is no street named {street}; the number on the wall stays.")
NO_FREE = marked(
    "No number is free before the first kept number of this side: give a sub-number of it by hand, name the new "
    "stretch as a street of its own, or renumber the street by a decision."
)
OWNER_WITHOUT = marked("Entrance {other}, whose number this door would share, has none.")
TOO_LARGE = marked("The number here would be above {largest}.")
TOO_LARGE_KEPT = marked("The number on the wall, {number}, is above {largest}.")
OUT_OF_ORDER = marked("{text} on the wall is out of order on its side; it stays.")
WRONG_PARITY = marked("{text} on the wall stands on the side of the other parity; it stays.")
DUPLICATE = marked("{text} is on more than one wall of this street, also at entrance {other}.")
DISPLACED = marked("{text} lies more than one step from {target}, where the rule puts it.")
CONFLICT = marked(
    "The pieces of the street give different values for {field}: {values}; the longest piece's was taken."
)
STACKED = marked("Entrance {other}, less than {limit} m away, has another number.")
OTHER_NEARER = marked("{other} is nearer than the entrance's own street.")
BAD_NUMBER = marked("{text} on the wall cannot be read as a number; it stays as text.")
ILLEGAL = marked("An illegal building gets no number. {note}")
ILLEGAL_KEPT = marked("{text} hangs on an illegal building; it stays until somebody decides. {note}")
TEMPORARY_NONE = marked("A temporary building gets no number by this rule. {note}")
TEMPORARY_NUMBERED = marked(
    "{text} is for a temporary building: mark the plate 临; the number stays when it is converted."
)
RETIRED = marked("The building was demolished: {text} is retired and not given to another door. {note}")
DEMOLISHED = marked("The building was demolished; the door gets no number. {note}")
OLD_NUMBER_DECIDED = marked("{text} is given again, after the demolished entrance {other}, by this decision: {note}")
OLD_NUMBER_UNDECIDED = marked(
    "The demolished entrance {other} had {text}; to give it again, record the decision as a note."
)
RESERVED = marked("Wall or open land of {metres} m: {count} numbers are kept free here, one for every {every} m.")
LAND = marked("Wall or open land: no number; nothing is kept free here.")
SECONDARY = marked(
    "The second door of a corner building: {text} is a secondary address; the main door's street counts."
)
REASON_MISSING = marked("Write in the note why the building counts as illegal.")
UNKNOWN_ENTRANCE = marked("There is no entrance {of} for this door to belong to; it was numbered by itself.")


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding for a reader: entrance ("" for one about a street), street, kind, severity, sentence."""

    entrance_id: str
    street_name: str
    kind: Kind
    severity: str
    message: Message


class Found(NamedTuple):
    """A finding before it is worded: row of the entrance (-1: a street's), and what else it names."""

    kind: Kind
    row: int
    other: int = -1
