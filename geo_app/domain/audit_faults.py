"""Looking through a town's walls for findings, column by column."""

from collections.abc import Iterator

import numpy as np

from geo_app.domain.audit_doors import AuditedDoors, NumberedPoints
from geo_app.domain.audit_duplicates import Duplicates, far_duplicates
from geo_app.domain.audit_findings import AuditFound, AuditKind
from geo_app.domain.audit_range import NumberRanges
from geo_app.domain.audit_scheme import Schemes, SideDoors
from geo_app.domain.numbering_entrance import Entrances, KeptNumbers
from geo_app.domain.numbering_gap import STEP
from geo_app.domain.numbering_place import Places
from geo_app.domain.numbering_position import Booleans
from geo_app.domain.numbering_stacked import stacked_doors
from geo_app.domain.street import Streets
from geo_app.domain.street_piece import Integers

Seen = tuple[Places, KeptNumbers, NumberedPoints, AuditedDoors]
KINDS = tuple(AuditKind)


def audit_faults(
    streets: Streets, addresses: Entrances, seen: Seen, read: tuple[Schemes, SideDoors], ranges: NumberRanges | None
) -> list[AuditFound]:
    """Return the findings by row and then by kind."""
    places, kept, points, doors = seen
    schemes, sides = read
    wrong, misplaced = wrong_side(points, schemes), out_of_order(doors, sides)
    fitting = (points.street >= 0) & ~wrong & (misplaced < 0)
    twice = far_duplicates(streets.groups, points, kept, addresses, fitting)
    labels = np.where(addresses.on_earth, points.label, -1)
    found = [
        *_all(AuditKind.FAR_FROM_STREET, places.feet.street < 0),
        *_all(AuditKind.MISSING, ~kept.kept),
        *(AuditFound(AuditKind.BAD_NUMBER, row) for row, wall in kept.walls.items() if wall.bad),
        *_twice(twice),
        *_all(AuditKind.WRONG_SIDE, wrong),
        # One cause, one finding: a stray duplicate is out of order because its number belongs elsewhere.
        *_named(AuditKind.OUT_OF_ORDER, np.where(wrong | twice.stray, -1, misplaced)),
        *_named(AuditKind.STACKED, stacked_doors(points.lon, points.lat, labels)),
        *_named(AuditKind.OTHER_STREET_NEARER, places.other_nearer),
        *_named(AuditKind.GAP, _gaps(kept, sides, len(streets))),
    ]
    if ranges is not None:
        outside = (points.street >= 0) & ranges.outside(points.street, kept.number, kept.last)
        found += _all(AuditKind.OUTSIDE_RANGE, outside)
    found.sort(key=lambda one: (one.row, KINDS.index(one.kind)))
    return found


def wrong_side(points: NumberedPoints, schemes: Schemes) -> Booleans:
    """Return the points whose number is odd on the even side or even on the odd one, where the odd side is known."""
    street = points.street
    odd_left_as_drawn = schemes.odd_left != (schemes.direction < 0)
    stands_right = points.odd == (points.left == odd_left_as_drawn[street])
    return np.asarray((street >= 0) & schemes.known[street] & ~stands_right)


def out_of_order(doors: AuditedDoors, sides: SideDoors) -> Integers:
    """Return for each row the place in `sides` of its door where that is in no longest subsequence, else -1."""
    place = np.full(len(doors.row) + 1, -1, dtype=np.int64)
    misfits = np.flatnonzero(sides.misfit)
    place[doors.door[sides.row[misfits]]] = misfits
    # Points that are no door (-1) look at the last entry, which stays -1.
    return place[doors.door]


def _gaps(kept: KeptNumbers, sides: SideDoors, streets: int) -> Integers:
    """Return for each row the row before it on its side, where numbers between the two are not used; else -1.

    Only on streets where most neighbours take the next number: where numbers follow the distance, skipping is the rule.
    """
    row, side = sides.row[~sides.misfit], sides.side[~sides.misfit]
    rise = kept.number[row[1:]] - kept.last[row[:-1]]
    street = side[1:] // 2
    one_side = np.diff(side) == 0
    following = np.bincount(street[one_side & (rise == STEP)], minlength=streets)
    skipping = np.bincount(street[one_side & (rise > STEP)], minlength=streets)
    at = np.flatnonzero(one_side & (rise > STEP) & (following > skipping)[street])
    before = np.full(len(kept.number), -1, dtype=np.int64)
    before[row[at + 1]] = row[at]
    return before


def _twice(twice: Duplicates) -> Iterator[AuditFound]:
    rows = np.flatnonzero(twice.other >= 0).tolist()
    return (AuditFound(AuditKind.DUPLICATE, row, int(twice.other[row]), bool(twice.stray[row])) for row in rows)


def _all(kind: AuditKind, where: Booleans) -> Iterator[AuditFound]:
    return (AuditFound(kind, row) for row in np.flatnonzero(where).tolist())


def _named(kind: AuditKind, other: Integers) -> Iterator[AuditFound]:
    return (AuditFound(kind, row, int(other[row])) for row in np.flatnonzero(other >= 0).tolist())
