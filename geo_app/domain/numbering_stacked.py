"""Doors that stand on top of each other: different numbers within half a metre."""

import numpy as np
import shapely

from geo_app.domain.numbering_position import Booleans, conformal, plane_scale
from geo_app.domain.street_piece import Floats, Integers

STACKED_METRES = 0.5
"""Doors with different numbers that stand no farther apart than this are findings."""

CHUNK = 2_000
"""Doors asked for neighbours at once; a heap of doors has many."""


def stacked_doors(lon: Floats, lat: Floats, label: Integers) -> Integers:
    """Return for each door one within half a metre that has another label, -1 for none; negative labels do not count.

    One such neighbour is named, not all, so that a heap of doors costs no more than a street of them.
    """
    neighbour = np.full(len(label), -1, dtype=np.int64)
    rows = np.flatnonzero(label >= 0)
    x, y = conformal(lon[rows], lat[rows])
    reach = STACKED_METRES * plane_scale(lat[rows])
    near = _crowded(x, y, float(reach.max(initial=0.0)))
    rows, x, y, reach = rows[near], x[near], y[near], reach[near]
    if len(rows):
        found = _unlike(x, y, label[rows], reach)
        neighbour[rows] = np.where(found >= 0, rows[found], -1)
    return neighbour


def _crowded(x: Floats, y: Floats, reach: float) -> Booleans:
    """Return a superset of the doors with another in reach: those that share one of four shifted cells with one."""
    crowded = np.zeros(len(x), dtype=bool)
    if not len(x):
        return crowded
    for east in (0.0, 0.5):
        for north in (0.0, 0.5):
            cell = _cells(x / (2 * reach) + east, y / (2 * reach) + north)
            order = np.argsort(cell, kind="stable")
            same = np.flatnonzero(np.diff(cell[order]) == 0)
            crowded[order[same]] = True
            crowded[order[same + 1]] = True
    return crowded


def _cells(column: Floats, row: Floats) -> Integers:
    """Return one number per cell; both coordinates count below 2³¹ from the smallest on."""
    east, north = (np.floor(part).astype(np.int64) for part in (column, row))
    cells: Integers = ((east - east.min()) << 31) | (north - north.min())
    return cells


def _unlike(x: Floats, y: Floats, label: Integers, reach: Floats) -> Integers:
    order = np.lexsort((label, y, x))
    new = np.concatenate([[True], (np.diff(x[order]) != 0) | (np.diff(y[order]) != 0)])
    heap = np.cumsum(new) - 1
    begin = np.flatnonzero(new)
    first, last = order[begin], order[np.concatenate([begin[1:], [len(order)]]) - 1]
    found = np.full(len(x), -1, dtype=np.int64)
    # Within a heap on one point: the lowest label is told of the highest, all others of the lowest.
    found[order] = np.where(label[order] != label[first][heap], first[heap], last[heap])
    found[label[found] == label] = -1
    lonely = np.flatnonzero(found < 0)
    found[lonely] = _beside(x, y, label, (lonely, np.unique(np.concatenate([first, last])), reach))
    return found


def _beside(x: Floats, y: Floats, label: Integers, asked: tuple[Integers, Integers, Floats]) -> Integers:
    """Return for the `lonely` doors one of `others` in reach with another label; `others` are ends of each heap."""
    lonely, others, reach = asked
    tree = shapely.STRtree(np.asarray(shapely.points(x[others], y[others]), dtype=object))
    found = np.full(len(lonely), -1, dtype=np.int64)
    for start in range(0, len(lonely), CHUNK):
        rows = lonely[start : start + CHUNK]
        door, at = tree.query(shapely.points(x[rows], y[rows]), predicate="dwithin", distance=reach[rows])
        unlike = label[rows[door]] != label[others[at]]
        door, at = door[unlike], others[at[unlike]]
        order = np.lexsort((at, door))
        door, place = np.unique(door[order], return_index=True)
        found[start + door] = at[order][place]
    return found
