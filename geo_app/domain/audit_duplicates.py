"""Numbers that a group of streets has twice, too far apart to be one door."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo_app.domain.audit_doors import ONE_DOOR_METRES, NumberedPoints, beside_their_like, metres_from
from geo_app.domain.numbering_entrance import Entrances, KeptNumbers
from geo_app.domain.numbering_gap import STEP
from geo_app.domain.numbering_position import Booleans
from geo_app.domain.street_piece import Floats, Integers, natural_key


@dataclass(frozen=True, slots=True, eq=False)
class Duplicates:
    """By row: `other`, another one with the same number and suffix, -1 where none is too far; `stray`.

    A duplicate is stray where it does not fit in its place while another one with its number fits in its own; then
    `other` is the one that fits, else the farthest.
    """

    other: Integers
    stray: Booleans


def far_duplicates(
    groups: Integers, points: NumberedPoints, kept: KeptNumbers, addresses: Entrances, fitting: Booleans
) -> Duplicates:
    """Return the numbers that a group has twice more than thirty metres apart; a range has all its numbers.

    `fitting`: the row's number is in order on its side.
    """
    other = np.full(len(points.street), -1, dtype=np.int64)
    stray = np.zeros(len(points.street), dtype=bool)
    for rows in _holders(groups, points, kept, addresses):
        farthest, metres = _farthest(points, rows, rows)
        fresh = (metres > ONE_DOOR_METRES) & (other[rows] < 0)
        other[rows[fresh]] = farthest[fresh]
        lost, home = rows[~fitting[rows]], rows[fitting[rows]]
        if len(lost) and len(home):
            farthest, metres = _farthest(points, lost, home)
            apart = metres > ONE_DOOR_METRES
            other[lost[apart]], stray[lost[apart]] = farthest[apart], True
    return Duplicates(other, stray)


def _holders(groups: Integers, points: NumberedPoints, kept: KeptNumbers, addresses: Entrances) -> Iterator[Integers]:
    """Yield the rows that share a number and suffix within a group, by id: the order of the input does not matter."""
    holders: dict[tuple[int, int, str], list[int]] = {}
    for row, group, number in _repeated(groups, points, kept):
        wall = kept.walls[row]
        suffix = addresses.wall(row).strip() if wall.bad else wall.sub_number
        holders.setdefault((group, number, suffix), []).append(row)
    for _, rows in sorted((key, rows) for key, rows in holders.items() if len(rows) > 1):
        yield np.array(sorted(rows, key=lambda row: natural_key(addresses.ids[row])), dtype=np.int64)


def _repeated(groups: Integers, points: NumberedPoints, kept: KeptNumbers) -> Iterator[tuple[int, int, int]]:
    """Yield row, group and number of what a group has more than once, suffixes aside: few of a large town's rows."""
    placed = np.flatnonzero(points.street >= 0)
    if not len(placed):
        return iter(())
    counts = (kept.last[placed] - kept.number[placed]) // STEP + 1
    row = np.repeat(placed, counts)
    first = np.repeat(np.cumsum(counts) - counts, counts)
    number = kept.number[row] + STEP * (np.arange(len(row)) - first)
    group = groups[points.street[row]]
    order = np.lexsort((row, number, group))
    row, group, number = row[order], group[order], number[order]
    like_next = (np.diff(group) == 0) & (np.diff(number) == 0)
    repeated = beside_their_like(like_next)
    return zip(row[repeated].tolist(), group[repeated].tolist(), number[repeated].tolist(), strict=True)


def _farthest(points: NumberedPoints, rows: Integers, among: Integers) -> tuple[Integers, Floats]:
    """Return for each of the rows the farthest one `among` others, which is a corner of their hull, and the metres."""
    lon, lat = points.lon, points.lat
    corners = among[_corners(np.column_stack([lon[among], lat[among]]))]
    metres = np.array([metres_from(lon[at], lat[at], lon[rows], lat[rows]) for at in corners])
    best = np.argmax(np.round(metres, 3), axis=0)
    return corners[best], metres[best, np.arange(len(rows))]


def _corners(spots: NDArray[np.float64]) -> Integers:
    """Return which of the spots (shape (n, 2)) are corners of the hull of all, each corner once."""
    if len(spots) <= 3:
        return np.arange(len(spots))
    hull = shapely.get_coordinates(shapely.convex_hull(shapely.multipoints(spots)))
    places = {(lon, lat): place for place, (lon, lat) in reversed(list(enumerate(spots.tolist())))}
    return np.array(sorted({places[lon, lat] for lon, lat in hull.tolist()}), dtype=np.int64)
