"""Where a street begins and which side is odd: the rule's words read against the street's own line."""

from collections.abc import Sequence

import numpy as np
import shapely

from geo_app.domain.numbering_rule import COMPASS, CentreNeeded, NumberingRule
from geo_app.domain.position import Position, metres_between
from geo_app.domain.street import Streets

Vector = tuple[float, float]


def start_ends(streets: Streets, rules: Sequence[NumberingRule]) -> list[str]:
    """Return "first" or "last" for each street: the end, in drawn direction, from which its numbers run.

    A compass start takes the end that lies farther to that side; closed lines begin at their first vertex, in drawn
    direction unless the rule says `last`, or `clockwise` and they are drawn the other way. Raises CentreNeeded.
    """
    mouths = _mouths(streets) if any("junction" in rule.start for rule in rules) else {}
    return [_start_end(streets, i, rule, mouths) for i, rule in enumerate(rules)]


def _start_end(streets: Streets, street: int, rule: NumberingRule, mouths: dict[int, str]) -> str:
    first, last = ends(streets, street)
    start = _by_axis(rule.start, axis(first, last))
    if start in {"first", "last"}:
        return start
    if first == last or start == "clockwise":
        return "last" if start == "clockwise" and _is_anticlockwise(streets, street) else "first"
    if start == "junction":
        return mouths.get(street, "first")
    if start == "centre":
        return _nearer_end(first, last, rule.centre)
    along = _dot(axis(first, last), COMPASS[start])
    return "last" if along > 0 else "first"


def is_odd_left(rule: NumberingRule, walk: Vector) -> bool:
    """Tell whether the odd side is on the left hand of one who walks along `walk` (metres east, metres north)."""
    side = _by_axis(rule.odd_side, walk)
    if side in {"left", "right"}:
        return side == "left"
    left_hand = (-walk[1], walk[0])
    return _dot(left_hand, COMPASS[side]) > 0


def ends(streets: Streets, street: int) -> tuple[Position, Position]:
    """Return the first and the last position of a street as drawn."""
    first, last = int(streets.offsets[street]), int(streets.offsets[street + 1]) - 1
    return (
        Position(float(streets.lon[first]), float(streets.lat[first])),
        Position(float(streets.lon[last]), float(streets.lat[last])),
    )


def axis(first: Position, last: Position) -> Vector:
    """Return the way from first to last as (metres east, metres north), to the accuracy a compass needs."""
    middle = np.radians((first.lat + last.lat) / 2)
    return (last.lon - first.lon) * 111_320.0 * float(np.cos(middle)), (last.lat - first.lat) * 110_574.0


def _is_anticlockwise(streets: Streets, street: int) -> bool:
    """Tell whether a closed line runs against the clock; an open one never does."""
    line = slice(int(streets.offsets[street]), int(streets.offsets[street + 1]))
    ring = np.column_stack([streets.lon[line], streets.lat[line]])
    return bool((ring[0] == ring[-1]).all()) and len(ring) > 3 and shapely.LinearRing(ring).is_ccw


def _by_axis(words: tuple[str, ...], walk: Vector) -> str:
    """Return the word for the street's axis: the first for east and west (and diagonals), else the last."""
    return words[0] if abs(walk[0]) >= abs(walk[1]) else words[-1]


def _dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1]


def _nearer_end(first: Position, last: Position, centre: Position | None) -> str:
    if centre is None:
        raise CentreNeeded
    return "last" if metres_between(last, centre) < metres_between(first, centre) else "first"


def _mouths(streets: Streets) -> dict[int, str]:
    """Return the end at which each street opens into another; where both do, the end at the longer street."""
    count = len(streets)
    street_of_vertex = np.repeat(np.arange(count), np.diff(streets.offsets))
    lines = np.asarray(shapely.linestrings(streets.lon, streets.lat, indices=street_of_vertex), dtype=object)
    tree = shapely.STRtree(lines)
    reach: list[np.ndarray[tuple[int], np.dtype[np.float64]]] = []
    for at in (streets.offsets[:-1], streets.offsets[1:] - 1):
        # A tenth of a metre: drawn ends seldom meet the other line to the last digit.
        points = shapely.points(streets.lon[at], streets.lat[at])
        end, other = tree.query(points, predicate="dwithin", distance=1e-6)
        elsewhere = end != other
        longest = np.zeros(count)
        np.maximum.at(longest, end[elsewhere], streets.lengths[other[elsewhere]])
        reach.append(longest)
    return {i: "last" if reach[1][i] > reach[0][i] else "first" for i in range(count)}
