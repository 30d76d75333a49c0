"""Long streets cut into short parts for searching: a door near a line of a thousand vertices looks at a few of them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from geo_app.domain.street_piece import Floats, Geometries, Integers

SEGMENTS = 16
"""A street with more segments than this is cut; nearly every street of a town stays whole."""


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Columns of parts in the order of their streets: line in the search plane, street, first vertex of all vertices.

    `first_of`: street i's parts from `first_of[i]` up to `first_of[i + 1]`.
    """

    lines: Geometries
    street: Integers
    vertex: Integers
    first_of: Integers


def cut_streets(x: Floats, y: Floats, offsets: Integers) -> Parts:
    """Return the parts of streets whose vertices lie from `offsets[i]` up to `offsets[i + 1]`."""
    segments = np.diff(offsets) - 1
    counts = -(-segments // SEGMENTS)
    first_of = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    street = np.repeat(np.arange(len(segments)), counts)
    vertex = offsets[street] + SEGMENTS * (np.arange(len(street)) - first_of[street])
    last = np.minimum(vertex + SEGMENTS, offsets[street + 1] - 1)
    lengths = last - vertex + 1
    begin = np.cumsum(lengths) - lengths
    vertices = np.repeat(vertex - begin, lengths) + np.arange(lengths.sum())
    part = np.repeat(np.arange(len(street)), lengths)
    lines = np.asarray(shapely.linestrings(x[vertices], y[vertices], indices=part), dtype=object)
    return Parts(lines, street, vertex, first_of)


def nearest_parts(parts: Parts, street: Integers, points: Geometries) -> Integers:
    """Return the part of its own street that lies nearest to each point, the first of several equally near."""
    nearest = parts.first_of[street]
    long = np.flatnonzero(parts.first_of[street + 1] - nearest > 1)
    for rows in _by_street(long, street):
        first, stop = parts.first_of[street[rows[0]]], parts.first_of[street[rows[0]] + 1]
        tree = shapely.STRtree(parts.lines[first:stop])
        point, found = tree.query_nearest(points[rows])
        # Equally near at a joint: the one nearer to the start.
        best = np.full(len(rows), stop - first)
        np.minimum.at(best, point, found)
        nearest[rows] = first + best
    return nearest


def _by_street(rows: Integers, street: Integers) -> Iterator[Integers]:
    if len(rows):
        ordered = rows[np.argsort(street[rows], kind="stable")]
        yield from np.split(ordered, np.flatnonzero(np.diff(street[ordered])) + 1)
