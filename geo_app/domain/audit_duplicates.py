"""Numbers that a group of streets has twice, too far apart to be one door."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from geo_app.domain.audit_doors import ONE_DOOR_METRES, NumberedPoints, metres_from
from geo_app.domain.numbering_entrance import KeptNumbers
from geo_app.domain.numbering_gap import STEP
from geo_app.domain.numbering_position import Booleans
from geo_app.domain.street_piece import Floats, Integers


@dataclass(frozen=True, slots=True, eq=False)
class Duplicates:
    """By row: `other`, the farthest one with the same number and suffix, -1 where none is too far; `stray`.

    A duplicate is stray where it does not fit in its place while another one with its number fits in its own.
    """

    other: Integers
    stray: Booleans


def far_duplicates(groups: Integers, points: NumberedPoints, kept: KeptNumbers, fitting: Booleans) -> Duplicates:
    """Return the numbers that a group has twice more than thirty metres apart; a range has all its numbers.

    `fitting`: the row's number is in order on its side.
    """
    other = np.full(len(points.street), -1, dtype=np.int64)
    stray = np.zeros(len(points.street), dtype=bool)
    for rows in _holders(groups, points, kept):
        farthest, metres = _farthest(points, rows)
        apart = metres > ONE_DOOR_METRES
        fresh = apart & (other[rows] < 0)
        other[rows[fresh]] = farthest[fresh]
        stray[rows[apart & ~fitting[rows]]] |= bool(fitting[rows].any())
    return Duplicates(other, stray)


def _holders(groups: Integers, points: NumberedPoints, kept: KeptNumbers) -> Iterator[Integers]:
    """Yield the rows that share a number and suffix within a group."""
    holders: dict[tuple[int, int, str | int], list[int]] = {}
    for row, wall in kept.walls.items():
        street = int(points.street[row])
        if street < 0 or wall.number is None or wall.last is None:
            continue
        suffix = int(points.label[row]) if wall.bad else wall.sub_number
        for number in range(wall.number, wall.last + 1, STEP):
            holders.setdefault((int(groups[street]), number, suffix), []).append(row)
    return (np.array(rows, dtype=np.int64) for rows in holders.values() if len(rows) > 1)


def _farthest(points: NumberedPoints, rows: Integers) -> tuple[Integers, Floats]:
    """Return for each of the rows the farthest other one, which is a corner of their hull, and the metres to it."""
    corners = rows[_corners(points, rows)]
    metres = np.array(
        [metres_from(points.lon[at], points.lat[at], points.lon[rows], points.lat[rows]) for at in corners]
    )
    best = np.argmax(np.round(metres, 3), axis=0)
    return corners[best], metres[best, np.arange(len(rows))]


def _corners(points: NumberedPoints, rows: Integers) -> Integers:
    """Return which of the rows stand at corners of the hull of all, each corner once."""
    spots = np.column_stack([points.lon[rows], points.lat[rows]])
    if len(rows) <= 3:
        return np.arange(len(rows))
    hull = shapely.get_coordinates(shapely.convex_hull(shapely.multipoints(spots)))
    places = {(lon, lat): place for place, (lon, lat) in reversed(list(enumerate(spots.tolist())))}
    return np.array(sorted({places[lon, lat] for lon, lat in hull.tolist()}), dtype=np.int64)
