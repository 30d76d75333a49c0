"""Checks that divisions nest: each code under a known parent, each outline within its parent's."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from shapely import STRtree, area, distance, get_coordinates, intersection, points, transform
from shapely.geometry.base import BaseGeometry

from geo_app.domain.division import Division, DivisionCode, Level, Outline
from geo_app.domain.message import Message, marked
from geo_app.domain.position import Position, metres_between

MIN_OVERLAP_SHARE = 0.001
"""Two neighbours may share this part of the smaller one's area before it is called an overlap."""


class ContainmentKind(StrEnum):
    """What is wrong."""

    DUPLICATE_CODE = "duplicate_code"
    NO_PARENT = "no_parent"
    OUTSIDE_PARENT = "outside_parent"
    INVALID_OUTLINE = "invalid_outline"
    OVERLAP = "overlap"


@dataclass(frozen=True, slots=True)
class ContainmentFinding:
    """One breach of nesting, with its reason."""

    code: DivisionCode
    kind: ContainmentKind
    reason: Message


def check_codes(divisions: Sequence[Division]) -> tuple[ContainmentFinding, ...]:
    """Return a finding for each code given twice and each code whose parent is missing.

    Parents of the highest level in the list are not asked for.
    """
    counts = Counter(division.code for division in divisions)
    top = min((code.level for code in counts), default=Level.PROVINCE)
    return (
        *(_duplicate(code, times) for code, times in counts.items() if times > 1),
        *(_orphan(code) for code in counts if code.level > top and code.parent not in counts),
    )


def _duplicate(code: DivisionCode, times: int) -> ContainmentFinding:
    reason = Message(marked("The code {code} is given {times} times."), {"code": code, "times": times})
    return ContainmentFinding(code, ContainmentKind.DUPLICATE_CODE, reason)


def _orphan(code: DivisionCode) -> ContainmentFinding:
    values = {"code": code, "parent": code.parent}
    reason = Message(marked("The division {code} lies in {parent}, which is not in the list."), values)
    return ContainmentFinding(code, ContainmentKind.NO_PARENT, reason)


def check_outline_within(child: Outline, parent: Outline, *, tolerance_metres: float) -> tuple[ContainmentFinding, ...]:
    """Return findings where `child` is invalid or leaves `parent` by more than `tolerance_metres`.

    Published outlines are simplified by hundreds of metres, so the tolerance depends on the source.
    """
    if not child.shape.is_valid:
        reason = Message(marked("The outline of {code} crosses itself."), {"code": child.code})
        return (ContainmentFinding(child.code, ContainmentKind.INVALID_OUTLINE, reason),)
    scale = _metres_per_degree(parent.shape)
    inner, outer = (transform(shape, lambda degrees: degrees * scale) for shape in (child.shape, parent.shape))
    rest = inner.difference(outer.buffer(tolerance_metres))
    return () if rest.is_empty else (_outside(child, parent, inner, outer),)


def _metres_per_degree(shape: BaseGeometry) -> NDArray[np.float64]:
    """Return metres per degree east and north at the middle of `shape`.

    A plain scale, so that lines straight in degrees stay straight and a shared border stays shared; distances are
    true to 0.5 % within a county.
    """
    west, south, east, north = shape.bounds
    middle = Position((west + east) / 2, (south + north) / 2)
    step = 0.01
    beside, above = Position(middle.lon + step, middle.lat), Position(middle.lon, middle.lat + step)
    return np.array([metres_between(middle, beside) / step, metres_between(middle, above) / step])


def _outside(child: Outline, parent: Outline, inner: BaseGeometry, outer: BaseGeometry) -> ContainmentFinding:
    outside = inner.difference(outer)
    corners = points(get_coordinates(outside))
    values = {
        "code": child.code,
        "parent": parent.code,
        "metres": round(float(distance(corners, outer).max())),
        "share": f"{outside.area / inner.area:.1%}",
    }
    pattern = marked("The outline of {code} leaves {parent} by up to {metres} m; {share} of its area is outside.")
    return ContainmentFinding(child.code, ContainmentKind.OUTSIDE_PARENT, Message(pattern, values))


def check_overlaps(outlines: Sequence[Outline]) -> tuple[ContainmentFinding, ...]:
    """Return a finding for each pair of outlines of one level that share ground."""
    return tuple(
        finding for level in Level for finding in _overlaps_among([o for o in outlines if o.code.level is level])
    )


def _overlaps_among(outlines: Sequence[Outline]) -> list[ContainmentFinding]:
    shapes = np.array([outline.shape for outline in outlines], dtype=object)
    if not len(shapes):
        return []
    one, other = STRtree(shapes).query(shapes, predicate="intersects")
    one, other = one[one < other], other[one < other]
    # Shares of areas in degrees: a ratio of two places side by side, so the scale cancels out.
    shared = area(intersection(shapes[one], shapes[other])) / np.minimum(area(shapes[one]), area(shapes[other]))
    big = np.flatnonzero(shared > MIN_OVERLAP_SHARE)
    return [_overlap(outlines[one[i]], outlines[other[i]], float(shared[i])) for i in big]


def _overlap(one: Outline, other: Outline, share: float) -> ContainmentFinding:
    pattern = marked("The outlines of {code} and {other} overlap by {share} of the smaller one.")
    values = {"code": one.code, "other": other.code, "share": f"{share:.1%}"}
    return ContainmentFinding(one.code, ContainmentKind.OVERLAP, Message(pattern, values))
