"""A village's lanes as one network in metres: drawn lines joined where they meet, cut where they branch.

Country lanes are drawn carelessly: ends stop short of the lane they open into, and some lanes touch no other. Ends are
tied to what lies within a step; to lanes that touch no other one walks by the shortest way over open ground.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, Point
from shapely.ops import substring

from geo_app.domain.street_group import touching_groups
from geo_app.domain.street_piece import Geometries

JOIN_METRES = 1.5
"""How far a lane's drawn end may lie from the lane it opens into."""

GRID_METRES = 0.01
"""Ends and crossings are the same place to the centimetre, so that rounding in a file parts nothing."""

END_METRES = 0.5
"""A mouth so near to a junction or an end is that junction or end."""

Node = tuple[float, float]
"""Where stretches meet or end: metres east and north."""


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Stretches (lines in metres from junction to junction), where one comes in, and gaps led over on foot."""

    stretches: tuple[LineString, ...]
    mouth: Node
    gaps: tuple[LineString, ...] = ()


def ends_of(line: LineString) -> tuple[Node, Node]:
    """Return the first and last position of a line."""
    first, last = line.coords[0], line.coords[-1]
    return (first[0], first[1]), (last[0], last[1])


def lay_network(lines: Geometries, mouth: Point) -> Network:
    """Return the network of at least one LineString in metres; the order and direction of the lines do not matter.

    One comes in at the point of the network that is nearest to `mouth`.
    """
    joined = _noded([*lines, *_ties(lines)])
    gaps = _ways_over(joined, mouth)
    merged = shapely.line_merge(shapely.multilinestrings(_noded([*joined, *gaps])))
    stretches, node = _opened_at(_in_order(shapely.get_parts(merged)), mouth)
    return Network(tuple(stretches), node, tuple(gaps))


def _ties(lines: Geometries) -> Iterable[LineString]:
    """Return the missing ends of lanes that stop short of another one."""
    ends = shapely.get_point(np.repeat(lines, 2), np.tile([0, -1], len(lines)))
    end, line = shapely.STRtree(lines).query(ends, predicate="dwithin", distance=JOIN_METRES)
    other = end // 2 != line
    ties = shapely.shortest_line(ends[end[other]], lines[line[other]])
    return list(ties[shapely.length(ties) > 0])


def _noded(lines: Sequence[LineString]) -> list[LineString]:
    """Return the lines cut where they meet, without doubles."""
    parts = shapely.get_parts(shapely.union_all(lines, grid_size=GRID_METRES))
    return _in_order(parts[shapely.length(parts) > 0])


def _in_order(lines: Iterable[LineString]) -> list[LineString]:
    """Return the lines turned and sorted by their positions: an order that no file decides."""
    turned = (line if line.coords[0] <= line.coords[-1] else line.reverse() for line in lines)
    return sorted(turned, key=lambda line: (*ends_of(line), tuple(line.coords)))


def _ways_over(lines: Sequence[LineString], mouth: Point) -> list[LineString]:
    """Return the shortest ways from lanes near the mouth to lanes that touch none of them, the nearest first."""
    column = np.empty(len(lines), dtype=object)
    column[:] = lines
    group = touching_groups([""] * len(lines), column)
    parts = np.array([shapely.multilinestrings(column[group == i]) for i in range(group.max() + 1)], dtype=object)
    apart, via, left = np.full(len(parts), np.inf), np.zeros(len(parts), dtype=int), np.ones(len(parts), dtype=bool)
    reached = int(np.argmin(shapely.distance(parts, mouth)))
    ways = []
    left[reached] = False
    while left.any():
        distance = shapely.distance(parts, parts[reached])
        via[distance < apart] = reached
        apart = np.minimum(apart, distance)
        reached = int(np.argmin(np.where(left, apart, np.inf)))
        left[reached] = False
        ways.append(shapely.shortest_line(parts[via[reached]], parts[reached]))
    return ways


def _opened_at(stretches: list[LineString], mouth: Point) -> tuple[list[LineString], Node]:
    """Return the stretches with a node where the mouth opens into them, and that node."""
    nearest = int(np.argmin(shapely.distance(np.array(stretches, dtype=object), mouth)))
    line = stretches[nearest]
    along = float(line.project(mouth))
    first, last = ends_of(line)
    if along <= END_METRES:
        return stretches, first
    if along >= line.length - END_METRES:
        return stretches, last
    before = LineString(substring(line, 0, along).coords)
    node = ends_of(before)[1]
    # Both halves end in the very same position, to the last digit.
    after = LineString([node, *substring(line, along, line.length).coords[1:]])
    rest = [other for i, other in enumerate(stretches) if i != nearest]
    if first == last and _is_alone(first, stretches):
        # A ring that opens nowhere but at the mouth begins there.
        return _in_order([*rest, LineString([*after.coords, *before.coords[1:]])]), node
    return _in_order([*rest, before, after]), node


def _is_alone(node: Node, stretches: Sequence[LineString]) -> bool:
    met = Counter(end for line in stretches for end in ends_of(line))
    # Both ends of the ring itself.
    return met[node] == 2
