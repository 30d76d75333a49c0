"""By which method a street seems to be numbered: by distance from the start, or one number after another."""

from collections.abc import Sequence

import numpy as np

from geo_app.domain.audit_doors import NumberedPoints
from geo_app.domain.audit_scheme import FEWEST_DOORS, Schemes
from geo_app.domain.numbering_gap import STEP
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.numbering_sequence import targets
from geo_app.domain.street import Streets
from geo_app.domain.street_piece import Integers

FITTING_SHARE = 0.9
FEWEST_FITTING = 6
"""A distance rule is seen where so many doors, and so large a share of them, are within one step of its number."""

BY_DISTANCE = (
    NumberingRule(method="metre"),
    NumberingRule(method="quantified", step=2.0),
    NumberingRule(method="base_interval"),
)


def methods(streets: Streets, points: NumberedPoints, rows: Integers, schemes: Schemes) -> Sequence[str | None]:
    """Return the method of each street as its doors at `rows` show it, None where there are too few doors.

    Practices that count metres from the start are tried as written down: `metre`, `quantified` by 2 m, `base_interval`.
    A street that none of them fits has its numbers one after another: `sequential`.
    """
    street = points.street[rows]
    backwards = schemes.direction[street] < 0
    metres = points.centimetres[rows] / 100
    metres = np.where(backwards, np.asarray(streets.lengths)[street] - metres, metres)
    best = np.full(len(streets), -1)
    nearest = np.full(len(streets), np.inf)
    for place, rule in enumerate(BY_DISTANCE):
        wanted = targets(metres, points.odd[rows], np.zeros(len(rows), dtype=np.int64), [rule])
        away = np.abs(points.number[rows] - wanted)
        fitting = np.bincount(street[away <= STEP], minlength=len(streets))
        mean = np.bincount(street, weights=away, minlength=len(streets))
        good = (fitting >= FEWEST_FITTING) & (fitting >= FITTING_SHARE * schemes.doors) & (mean < nearest)
        best[good], nearest[good] = place, mean[good]
    return [
        None if doors < FEWEST_DOORS else "sequential" if place < 0 else BY_DISTANCE[place].method
        for place, doors in zip(best.tolist(), schemes.doors.tolist(), strict=True)
    ]
