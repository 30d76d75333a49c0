"""Grades of an answer, and what takes from it: each difference has a name, a price and a sentence."""

from dataclasses import dataclass
from enum import Enum, StrEnum

from geo_app.domain.message import Message, marked

FULL = 100
"""The score of an address that is just what the text says."""


class Grade(StrEnum):
    """How sure an answer is."""

    EXACT = "A"
    SURE = "B"
    DOUBTFUL = "C"
    NONE = ""


class Penalty(Enum):
    """A difference between text and address: points, and the sentence that tells it.

    Points order candidates; only their order and sums count. What costs nothing is told and leaves an answer exact.
    """

    TOWNSHIP_LEFT_OUT = (2, marked("township left out: {name}"))
    VILLAGE_LEFT_OUT = (1, marked("village left out: {name}"))
    VILLAGE_DIFFERS = (12, marked("village differs: {said}, in the register {known}"))
    GROUP_DIFFERS = (6, marked("group differs: {said}, in the register {known}"))
    SECTION_LEFT_OUT = (5, marked("section left out: {known}"))
    OTHER_GROUP = (20, marked("the number was found in group {known} only, not in {said}"))
    RANGE_OPEN = (15, marked("{said} may be a number with a sub-number or several numbers; found was {known}"))
    SEVERAL_NUMBERS = (10, marked("several door numbers are stated: {said}"))
    BEFORE_OVER = (12, marked("not understood before the street: {rest}"))
    ROAD_SOUNDS = (8, marked("road corrected {said} → {known}, which sounds the same"))
    ROAD_CORRECTED = (10, marked("road corrected {said} → {known}"))
    ESTATE_DIFFERS = (4, marked("estate differs: {said}, in the register {known}"))
    INNER_OVER = (9, marked("the register knows no floors or rooms here; left over: {rest}"))
    STREET_DIFFERS = (14, marked("street differs: {said}, in the register {known}"))
    UNIT_LEFT_OUT = (3, marked("unit left out: {known}"))
    REST_OVER = (3, marked("not understood: {rest}"))
    FORMER = (4, marked("formerly {said}"))
    FORMER_UNTIL = (4, marked("formerly {said}, until {day}"))
    REMEMBERED = (4, marked("two persons agreed on {day} that {said} means this address"))
    SUCCEEDED = (6, marked("{said} ended on {day}; this took its place"))

    @property
    def pattern(self) -> str:
        """Return its sentence."""
        return str(self.value[1])


DOUBTFUL = frozenset(
    {Penalty.SEVERAL_NUMBERS, Penalty.OTHER_GROUP, Penalty.BEFORE_OVER, Penalty.RANGE_OPEN, Penalty.STREET_DIFFERS}
)
"""Differences with which no answer is sure."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One penalty with the values of its sentence."""

    penalty: Penalty
    points: int
    values: tuple[tuple[str, object], ...] = ()

    @property
    def message(self) -> Message:
        """Return the sentence."""
        return Message(self.penalty.pattern, dict(self.values))


def differs(penalty: Penalty, **values: object) -> Difference:
    """Return a difference."""
    return Difference(penalty, penalty.value[0], tuple(values.items()))
