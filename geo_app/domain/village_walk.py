"""The walk through a village: from its mouth along the lanes, as a clerk goes who numbers the houses.

At each junction the side lanes are walked first, from left to right, and out again; then the way goes on along the
main lane, which is the one that leads to the farthest house. Lanes without a house are left out; a lane that closes a
ring is walked from its end nearer to the mouth, and a ring off one junction clockwise (standards.md §1.3).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import atan2, tau
from typing import NamedTuple

from shapely.geometry import LineString

from geo_app.domain.village_lanes import Network, Node, ends_of

HEADING_METRES = 5.0
"""Over so many metres of a lane its direction at an end is read: the last vertices of a drawing say little."""

NORTHWARD = (0.0, 1.0)
"""Where one looks on coming in at the mouth."""

NOBODY = -1.0
"""Reach of a lane along which nobody lives."""

Vector = tuple[float, float]


class Way(NamedTuple):
    """A stretch as one walks it: its index, and the end at which one enters it (0 its first, 1 its last)."""

    stretch: int
    entry: int


@dataclass(frozen=True, slots=True)
class Walked:
    """A stretch in the order and direction of the walk.

    `line`: in walking direction, in metres; `begins`: metres walked before it, ways back included; `reach`: metres of
    it that are walked; `branch`: 0 on the main lane, side lanes counted from 1; `dead_end`: the walk turns back on it.
    """

    way: Way
    line: LineString
    begins: float
    reach: float
    branch: int
    dead_end: bool


@dataclass(frozen=True, slots=True)
class _Tree:
    """The network seen from the mouth: the ways onward from each node, and how far behind it the last house stands.

    `entered`: the ways by which nodes are reached first; the others close rings and are walked as dead ends.
    """

    network: Network
    houses: Mapping[int, Sequence[float]]
    entered: frozenset[Way]
    onward: Mapping[Node, Sequence[Way]]
    farthest: dict[Node, float]

    def length(self, way: Way) -> float:
        return float(self.network.stretches[way.stretch].length)

    def line(self, way: Way) -> LineString:
        stretch = self.network.stretches[way.stretch]
        return stretch if way.entry == 0 else stretch.reverse()

    def end(self, way: Way) -> Node:
        return ends_of(self.network.stretches[way.stretch])[1 - way.entry]

    def beyond(self, way: Way) -> float:
        """Return the metres from the way's end to the farthest house behind it."""
        return self.farthest[self.end(way)] if way in self.entered else NOBODY

    def reach(self, way: Way) -> float:
        """Return the metres from the way's entry to the farthest house on it or behind it."""
        beyond = self.beyond(way)
        return self.length(way) + beyond if beyond >= 0 else self.own_reach(way)

    def own_reach(self, way: Way) -> float:
        """Return the metres from the way's entry to the farthest house on the stretch itself."""
        places = self.houses.get(way.stretch, ())
        return max((along if way.entry == 0 else self.length(way) - along for along in places), default=NOBODY)


def walk(network: Network, houses: Mapping[int, Sequence[float]]) -> list[Walked]:
    """Return the stretches as they are walked, from the mouth to the last house.

    `houses`: for each stretch that has some, their metres along it from its first end.
    """
    return list(_followed(_grown(network, houses)))


def clockwise_from_behind(heading: Vector, towards: Vector) -> float:
    """Return how far clockwise `towards` lies from straight back, in radians: left is small, right is large."""
    behind = atan2(-heading[1], -heading[0])
    return (behind - atan2(towards[1], towards[0])) % tau


def heading_at(line: LineString, start: float, stop: float) -> Vector:
    """Return the way from one place of a line to another, both in metres from its start."""
    a, b = line.interpolate(max(start, 0.0)), line.interpolate(min(stop, line.length))
    return b.x - a.x, b.y - a.y


def _grown(network: Network, houses: Mapping[int, Sequence[float]]) -> _Tree:
    """Return the tree of shortest ways from the mouth, each other stretch hung on its end nearer to it."""
    order, entered = _shortest(network)
    rank = {node: place for place, node in enumerate(order)}
    onward: dict[Node, list[Way]] = defaultdict(list)
    for index, stretch in enumerate(network.stretches):
        ends = ends_of(stretch)
        ring = Way(index, 0 if rank[ends[0]] <= rank[ends[1]] else 1)
        way = next((way for way in (Way(index, 0), Way(index, 1)) if way in entered), ring)
        onward[ends[way.entry]].append(way)
    tree = _Tree(network, houses, entered, onward, {})
    for node in reversed(order):
        tree.farthest[node] = max((tree.reach(way) for way in onward[node]), default=NOBODY)
    return tree


def _shortest(network: Network) -> tuple[list[Node], frozenset[Way]]:
    """Return the nodes, the nearest to the mouth first, and the ways by which they are reached (Dijkstra)."""
    ways: dict[Node, list[Way]] = defaultdict(list)
    for index, stretch in enumerate(network.stretches):
        for entry, node in enumerate(ends_of(stretch)):
            ways[node].append(Way(index, entry))
    reached: dict[Node, Way | None] = {}
    heap: list[tuple[float, Node, Way | None]] = [(0.0, network.mouth, None)]
    while heap:
        metres, node, by = heappop(heap)
        if node in reached:
            continue
        reached[node] = by
        for way in ways[node]:
            stretch = network.stretches[way.stretch]
            other = ends_of(stretch)[1 - way.entry]
            if other not in reached:
                heappush(heap, (metres + stretch.length, other, way))
    return list(reached), frozenset(way for way in reached.values() if way is not None)


class _Step(NamedTuple):
    """A way still to be taken, with the branch it belongs to; None: it begins one."""

    way: Way
    branch: int | None


def _followed(tree: _Tree) -> Iterator[Walked]:
    """Yield the stretches as they are walked; a number among the steps to come is a way back in metres."""
    walked, branches = 0.0, 0
    ahead: list[_Step | float] = _steps(tree, tree.network.mouth, (NORTHWARD, 0))
    while ahead:
        step = ahead.pop()
        if not isinstance(step, _Step):
            walked += step
            continue
        branches += step.branch is None
        branch = branches if step.branch is None else step.branch
        line, dead_end = tree.line(step.way), tree.beyond(step.way) < 0
        reach = tree.own_reach(step.way) if dead_end else line.length
        yield Walked(step.way, line, walked, reach, branch, dead_end)
        walked += reach
        if not dead_end:
            heading = heading_at(line, line.length - HEADING_METRES, line.length)
            ahead += _steps(tree, tree.end(step.way), (heading, branch))


def _steps(tree: _Tree, node: Node, coming: tuple[Vector, int]) -> list[_Step | float]:
    """Return the ways onward from a node, the last to be taken first: side lanes with their ways back, the main lane.

    `coming`: the direction and the branch in which one arrives.
    """
    heading, branch = coming

    def side(way: Way) -> float:
        return clockwise_from_behind(heading, heading_at(tree.line(way), 0.0, HEADING_METRES))

    ways = [min(_both(tree, way), key=side) for way in tree.onward[node] if tree.reach(way) >= 0]
    if not ways:
        return []
    # Of lanes that reach equally far the one that goes on to the right is the main lane, so that left is walked first.
    main = max(ways, key=lambda way: (round(tree.reach(way), 2), side(way)))
    steps: list[_Step | float] = [_Step(main, branch)]
    for way in sorted((way for way in ways if way != main), key=side, reverse=True):
        steps += [_way_back(tree, way), _Step(way, None)]
    return steps


def _both(tree: _Tree, way: Way) -> Sequence[Way]:
    """Return a ring off one junction in both directions, any other way as it is."""
    first, last = ends_of(tree.network.stretches[way.stretch])
    return (Way(way.stretch, 0), Way(way.stretch, 1)) if first == last else (way,)


def _way_back(tree: _Tree, way: Way) -> float:
    """Return the metres from the last house behind a side lane's entry back to it: round a ring, if that is nearer."""
    reach = tree.reach(way)
    return min(reach, tree.length(way) - reach) if len(_both(tree, way)) > 1 else reach
