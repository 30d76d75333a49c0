"""Number ranges that a street's lines give in columns `from` and `to`."""

from dataclasses import dataclass

import numpy as np

from geo_app.domain.numbering_position import Booleans
from geo_app.domain.street import Streets
from geo_app.domain.street_piece import Floats, Integers

RANGE_FIELDS = ("from", "to")


@dataclass(frozen=True, slots=True, eq=False)
class NumberRanges:
    """Lowest and highest number of each street, NaN where its lines give none."""

    low: Floats
    high: Floats

    def outside(self, street: Integers, first: Integers, last: Integers) -> Booleans:
        """Return where the numbers `first` to `last` leave the range given for their street."""
        return np.asarray((first < self.low[street]) | (last > self.high[street]))


def number_ranges(streets: Streets) -> NumberRanges | None:
    """Return the ranges written on the streets, those of all pieces together; None where no street has any."""
    values: list[set[int]] = [set() for _ in range(len(streets))]
    for street, fields in enumerate(streets.overrides):
        values[street].update(int(fields[field]) for field in RANGE_FIELDS if field in fields)
    for conflict in streets.disagreements:
        if conflict.field in RANGE_FIELDS:
            values[conflict.street].update(int(value) for value in conflict.values)
    if not any(values):
        return None
    low = np.array([min(given, default=np.nan) for given in values], dtype=float)
    return NumberRanges(low, np.array([max(given, default=np.nan) for given in values], dtype=float))
