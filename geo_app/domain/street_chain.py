"""Branch-free lines of a group: pieces joined wherever exactly two ends meet, as `shapely.line_merge` does."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import shapely

from geo_app.domain.street_piece import Floats

Node = tuple[float, float]


class Walked(NamedTuple):
    """A piece in a chain, walked as drawn or backwards."""

    piece: int
    backwards: bool


Chain = list[Walked]


def chains(lines: Sequence[shapely.LineString]) -> list[Chain]:
    """Return the branch-free chains of touching lines; `lines` must be in fixed order, longest first.

    Each chain runs in the direction of its longest piece; a closed one begins with that piece. Chains are sorted
    by their longest piece.
    """
    if len(lines) == 1:
        return [[Walked(0, backwards=False)]]
    graph = _Graph(lines)
    found = [_turned(chain, graph.is_closed(chain)) for chain in (*graph.open_chains(), *graph.loops())]
    return sorted(found, key=lambda chain: min(chain).piece)


def chain_line(chain: Chain, lines: Sequence[shapely.LineString]) -> shapely.LineString:
    """Return the chain as one line in degrees; a joint is listed once."""
    if len(chain) == 1 and not chain[0].backwards:
        return lines[chain[0].piece]
    runs = [_coordinates(lines[walked.piece], walked) for walked in chain]
    return shapely.LineString(np.vstack([runs[0], *(run[1:] for run in runs[1:])]))


def _coordinates(line: shapely.LineString, walked: Walked) -> Floats:
    coordinates = shapely.get_coordinates(line)
    return coordinates[::-1] if walked.backwards else coordinates


def _turned(chain: Chain, closed: bool) -> Chain:  # noqa: FBT001 — a property of the chain, not a switch
    longest = min(chain)
    if longest.backwards:
        chain = [Walked(walked.piece, not walked.backwards) for walked in reversed(chain)]
    if not closed:
        return chain
    first = next(i for i, walked in enumerate(chain) if walked.piece == longest.piece)
    return chain[first:] + chain[:first]


class _Graph:
    """The ends of the pieces: which meet where."""

    def __init__(self, lines: Sequence[shapely.LineString]) -> None:
        self.ends = [(_node(line.coords[0]), _node(line.coords[-1])) for line in lines]
        self.leaving: dict[Node, list[Walked]] = defaultdict(list)
        self.unused = set(range(len(lines)))
        for piece, (first, last) in enumerate(self.ends):
            self.leaving[first].append(Walked(piece, backwards=False))
            self.leaving[last].append(Walked(piece, backwards=True))

    def open_chains(self) -> Iterable[Chain]:
        """Yield the chains that begin where the number of ends is not two."""
        for leaving in self.leaving.values():
            if len(leaving) != 2:
                yield from (self._follow(walked) for walked in leaving if walked.piece in self.unused)

    def loops(self) -> Iterable[Chain]:
        """Yield the chains that come back to themselves; call after `open_chains` has been exhausted."""
        for piece in range(len(self.ends)):
            if piece in self.unused:
                yield self._follow(Walked(piece, backwards=False))

    def is_closed(self, chain: Chain) -> bool:
        """Tell whether a chain ends where it begins."""
        return self._begin(chain[0]) == self._end(chain[-1])

    def _follow(self, walked: Walked) -> Chain:
        chain = [walked]
        self.unused.discard(walked.piece)
        while (onward := self._onward(chain[-1])) is not None:
            chain.append(onward)
            self.unused.discard(onward.piece)
        return chain

    def _onward(self, walked: Walked) -> Walked | None:
        leaving = self.leaving[self._end(walked)]
        if len(leaving) != 2:
            return None
        return next((other for other in leaving if other.piece in self.unused), None)

    def _begin(self, walked: Walked) -> Node:
        return self.ends[walked.piece][1 if walked.backwards else 0]

    def _end(self, walked: Walked) -> Node:
        return self.ends[walked.piece][0 if walked.backwards else 1]


def _node(coordinate: tuple[float, ...]) -> Node:
    return coordinate[0], coordinate[1]
