"""Number ranges that a street's lines give in columns `from` and `to`."""

from dataclasses import dataclass

import numpy as np

from geo_app.domain.numbering_entrance import KeptNumbers
from geo_app.domain.numbering_position import Booleans
from geo_app.domain.street import Streets
from geo_app.domain.street_piece import Floats, Integers

RANGE_FIELDS = ("from", "to")


@dataclass(frozen=True, slots=True, eq=False)
class NumberRanges:
    """Lowest and highest number of each street, NaN where its lines give none."""

    low: Floats
    high: Floats

    def given(self, street: Integers) -> Booleans:
        """Return where the street has a range; -1 is no street."""
        return np.asarray(~np.isnan(np.append(self.low, np.nan)[street]))

    def outside(self, street: Integers, kept: KeptNumbers) -> Booleans:
        """Return where a number, or the end of a range of numbers, is outside what is given for its street."""
        outside = np.zeros(len(street), dtype=bool)
        rows = np.flatnonzero(self.given(street))
        at = street[rows]
        outside[rows] = (kept.number[rows] < self.low[at]) | (kept.last[rows] > self.high[at])
        return outside


def number_ranges(streets: Streets) -> NumberRanges | None:
    """Return the ranges written on the streets, those of all pieces together; None where no street has any."""
    values: list[set[int]] = [set() for _ in range(len(streets))]
    for street, fields in enumerate(streets.overrides):
        if all(field in fields for field in RANGE_FIELDS):
            values[street].update(int(fields[field]) for field in RANGE_FIELDS)
    for conflict in streets.disagreements:
        if conflict.field in RANGE_FIELDS and values[conflict.street]:
            values[conflict.street].update(int(value) for value in conflict.values)
    if not any(values):
        return None
    low = np.array([min(given, default=np.nan) for given in values], dtype=float)
    return NumberRanges(low, np.array([max(given, default=np.nan) for given in values], dtype=float))
