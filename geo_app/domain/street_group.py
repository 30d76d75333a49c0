"""Groups: lines of one name that touch, directly or through others; namesakes that do not touch stay apart."""

from collections.abc import Sequence

import numpy as np
import shapely

from geo_app.domain.street_piece import Geometries, Integers


def touching_groups(names: Sequence[str], lines: Geometries) -> Integers:
    """Return a group number for each line, counted in the order in which groups first appear.

    Two lines of one name touch when they share a point, be it an end, a vertex or a crossing.
    """
    labels = _labels(names)
    several = np.flatnonzero(np.bincount(labels, minlength=1)[labels] > 1) if len(labels) else labels
    first, second = shapely.STRtree(lines[several]).query(lines[several], predicate="intersects")
    first, second = several[first], several[second]
    same = (labels[first] == labels[second]) & (first < second)
    return _components(len(lines), first[same], second[same])


def _labels(names: Sequence[str]) -> Integers:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int64)


def _components(count: int, first: Integers, second: Integers) -> Integers:
    parent = list(range(count))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for one, other in zip(first.tolist(), second.tolist(), strict=True):
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    # The root is the smallest member, so numbering roots in order numbers groups by first appearance.
    roots = np.array([root(node) for node in range(count)], dtype=np.int64)
    return np.unique(roots, return_inverse=True)[1].astype(np.int64)
