"""Looking through a town's walls for findings, column by column."""

from collections.abc import Iterator

import numpy as np

from geo_app.domain.audit_doors import AuditedDoors, NumberedPoints
from geo_app.domain.audit_duplicates import Duplicates, far_duplicates
from geo_app.domain.audit_findings import AuditFound, AuditKind
from geo_app.domain.audit_neighbours import gaps
from geo_app.domain.audit_range import NumberRanges
from geo_app.domain.audit_scheme import Schemes, SideDoors
from geo_app.domain.numbering_entrance import Entrances, KeptNumbers, walking_order
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
    wrong, misplaced = wrong_side(points, schemes), out_of_order(doors, schemes, sides)
    fitting = (points.street >= 0) & ~wrong & (misplaced < 0)
    twice = far_duplicates(streets.groups, points, kept, addresses, fitting)
    found = [
        *_all(AuditKind.FAR_FROM_STREET, places.feet.street < 0),
        *_all(AuditKind.MISSING, ~kept.kept),
        *(AuditFound(AuditKind.BAD_NUMBER, row) for row, wall in kept.walls.items() if wall.bad),
        *_twice(twice),
        *_all(AuditKind.WRONG_SIDE, wrong),
        # One cause, one finding: a stray duplicate is out of order because its number belongs elsewhere.
        *_named(AuditKind.OUT_OF_ORDER, np.where(wrong | twice.stray, -1, misplaced)),
        *_named(AuditKind.STACKED, _stacked(addresses, points)),
        *_named(AuditKind.OTHER_STREET_NEARER, places.other_nearer),
        *_named(AuditKind.GAP, gaps(kept, sides, schemes.known)),
    ]
    if ranges is not None:
        found += _all(AuditKind.OUTSIDE_RANGE, ranges.outside(points.street, kept))
    found.sort(key=lambda one: (one.row, KINDS.index(one.kind)))
    return found


def wrong_side(points: NumberedPoints, schemes: Schemes) -> Booleans:
    """Return the points whose number is odd on the even side or even on the odd one, where the odd side is known."""
    placed = np.flatnonzero(points.street >= 0)
    street = points.street[placed]
    odd_left_as_drawn = schemes.odd_left != (schemes.direction < 0)
    stands_right = points.odd[placed] == (points.left[placed] == odd_left_as_drawn[street])
    wrong = np.zeros(len(points.street), dtype=bool)
    wrong[placed] = schemes.known[street] & ~stands_right
    return wrong


def out_of_order(doors: AuditedDoors, schemes: Schemes, sides: SideDoors) -> Integers:
    """Return for each row the place in `sides` of its door where that is in no longest subsequence, else -1.

    Where odd and even are mixed no door has the right parity; there numbers often run up one side and down the other.
    """
    place = np.full(len(doors.row) + 1, -1, dtype=np.int64)
    misfits = np.flatnonzero(sides.misfit & schemes.known[sides.side // 2])
    place[doors.door[sides.row[misfits]]] = misfits
    # Points that are no door (-1) look at the last entry, which stays -1.
    return place[doors.door]


def _stacked(addresses: Entrances, points: NumberedPoints) -> Integers:
    """Return for each row one of another number on its spot, -1 for none; rows in any order."""
    neighbour = stacked_doors(points.lon, points.lat, np.where(addresses.on_earth, points.label, -1))
    rows = np.flatnonzero(neighbour >= 0)
    # Which neighbour is named hangs on the order of the rows: so the few are asked again in an order of their own.
    places = (np.rint(degrees[rows] * 1e9).astype(np.int64) for degrees in (points.lon, points.lat))
    rows = rows[walking_order(addresses.only(rows), (points.label[rows], *places))]
    neighbour[rows] = rows[stacked_doors(points.lon[rows], points.lat[rows], points.label[rows])]
    return neighbour


def _twice(twice: Duplicates) -> Iterator[AuditFound]:
    rows = np.flatnonzero(twice.other >= 0).tolist()
    return (AuditFound(AuditKind.DUPLICATE, row, int(twice.other[row]), bool(twice.stray[row])) for row in rows)


def _all(kind: AuditKind, where: Booleans) -> Iterator[AuditFound]:
    return (AuditFound(kind, row) for row in np.flatnonzero(where).tolist())


def _named(kind: AuditKind, other: Integers) -> Iterator[AuditFound]:
    return (AuditFound(kind, row, int(other[row])) for row in np.flatnonzero(other >= 0).tolist())
