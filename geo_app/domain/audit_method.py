"""By which method a street seems to be numbered: by distance from the start, or one number after another."""

from collections.abc import Sequence

import numpy as np

from geo_app.domain.audit_doors import NumberedPoints
from geo_app.domain.audit_neighbours import Neighbours
from geo_app.domain.audit_scheme import FEWEST_DOORS, Schemes
from geo_app.domain.numbering_gap import STEP
from geo_app.domain.numbering_position import Booleans
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.numbering_sequence import targets
from geo_app.domain.street import Streets
from geo_app.domain.street_piece import Floats, Integers

FITTING_SHARE = 0.9
FEWEST_FITTING = 6
"""A distance rule is seen where so many doors, and so large a share of them, have its number."""

FEWEST_SKIPPING = 2
"""Numbers without gaps on plots of one width look as if they followed the distance; skipped ones tell the two apart."""

POINT_METRES = 5.0
"""How far along the street a point may lie from its door: registers put it on the plate, the plot or the roof."""

BY_DISTANCE = (
    NumberingRule(method="metre"),
    NumberingRule(method="quantified", step=2.0),
    NumberingRule(method="base_interval"),
)


def methods(
    streets: Streets, points: NumberedPoints, rows: Integers, schemes: Schemes, pairs: Neighbours
) -> Sequence[str | None]:
    """Return the method of each street as its doors at `rows` show it, None where there are too few doors.

    Practices that count metres from the start are tried as written down: `metre`, `quantified` by 2 m, `base_interval`.
    A street that none of them fits, or whose numbers leave none out, has them one after another: `sequential`.
    """
    street, number, odd = points.street[rows], points.number[rows], points.odd[rows]
    backwards = schemes.direction[street] < 0
    metres = points.centimetres[rows] / 100
    metres = np.where(backwards, np.asarray(streets.lengths)[street] - metres, metres)
    skipping = pairs.skipping(len(streets)) >= FEWEST_SKIPPING
    best = np.full(len(streets), -1)
    nearest = np.full(len(streets), np.inf)
    for place, rule in enumerate(BY_DISTANCE):
        least, wanted, most = (_targets(rule, metres + shift, odd) for shift in (-POINT_METRES, 0.0, POINT_METRES))
        # One step more: where the number of the distance is taken, a door has the next higher one.
        fits = (least <= number) & (number <= most + STEP)
        fitting = np.bincount(street[fits], minlength=len(streets))
        away = np.bincount(street, weights=np.abs(number - wanted), minlength=len(streets))
        good = skipping & (fitting >= FEWEST_FITTING) & (fitting >= FITTING_SHARE * schemes.doors) & (away < nearest)
        best[good], nearest[good] = place, away[good]
    return [
        None if doors < FEWEST_DOORS else "sequential" if place < 0 else BY_DISTANCE[place].method
        for place, doors in zip(best.tolist(), schemes.doors.tolist(), strict=True)
    ]


def _targets(rule: NumberingRule, metres: Floats, odd: Booleans) -> Integers:
    return targets(np.maximum(metres, 0.0), odd, np.zeros(len(odd), dtype=np.int64), [rule])
