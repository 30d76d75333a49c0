"""Streets: branch-free lines made of drawn pieces, with the rule fields that stand on the pieces."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import shapely

from geo_app.domain.bulk import collector_paused
from geo_app.domain.street_chain import chain_line, chains
from geo_app.domain.street_group import touching_groups
from geo_app.domain.street_piece import Floats, Integers, StreetPieces, geodesic_lengths, in_fixed_order

LONGEST_STEP_DEGREES = 0.005
"""Longer straight segments get vertices in between, on the straight line in degrees; see numbering_position."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Pieces of one street name different values for one rule field; the first value is the longest piece's."""

    street: int
    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Streets:
    """Columns of streets, longest first within a group.

    `ids`: id of the longest piece; `groups`: number of the group within which door numbers are unique; `lon`, `lat`:
    all vertices in degrees (SRID 4490) in the direction of the longest piece, street i's from `offsets[i]` up to
    `offsets[i + 1]`; `lengths`: geodesic metres; `overrides`: rule fields written on the pieces.
    """

    ids: Sequence[str]
    names: Sequence[str]
    groups: Integers
    offsets: Integers
    lon: Floats
    lat: Floats
    lengths: Floats
    overrides: Sequence[Mapping[str, str]]
    disagreements: Sequence[Disagreement] = ()

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class _Merged:
    """One street on the way: its group, its pieces (indices, longest first) and its line."""

    group: int
    pieces: list[int]
    line: shapely.LineString


@collector_paused()
def build_streets(pieces: StreetPieces) -> Streets:
    """Return the streets that the drawn lines make; unusable lines (see `line_problem`) are left out.

    Lines of one name that touch form a group, a group is cut into branch-free lines, and each is a street in the
    direction of its longest piece; a ring begins at that piece's first vertex.
    """
    pieces, lengths = in_fixed_order(pieces)
    merged = list(_merged(pieces))
    by_length = sorted(merged, key=lambda street: (street.group, -round(_length(street, lengths), 4)))
    lines = _lines(by_length)
    coordinates = shapely.get_coordinates(lines)
    fields = [_fields(i, street, pieces) for i, street in enumerate(by_length)]
    return Streets(
        ids=[pieces.ids[street.pieces[0]] for street in by_length],
        names=[pieces.names[street.pieces[0]] for street in by_length],
        groups=np.array([street.group for street in by_length], dtype=np.int64),
        offsets=np.concatenate([[0], np.cumsum(shapely.get_num_coordinates(lines))]).astype(np.int64),
        lon=np.ascontiguousarray(coordinates[:, 0]),
        lat=np.ascontiguousarray(coordinates[:, 1]),
        lengths=geodesic_lengths(lines),
        overrides=[chosen for chosen, _ in fields],
        disagreements=[conflict for _, conflicts in fields for conflict in conflicts],
    )


def _merged(pieces: StreetPieces) -> Iterator[_Merged]:
    groups = touching_groups(pieces.names, pieces.lines)
    order = np.argsort(groups, kind="stable").tolist()
    for group, members in groupby(order, key=groups.__getitem__):
        rows = list(members)
        lines = [pieces.lines[row] for row in rows]
        for chain in chains(lines):
            yield _Merged(int(group), sorted(rows[walked.piece] for walked in chain), chain_line(chain, lines))


def _length(street: _Merged, lengths: Floats) -> float:
    return float(lengths[street.pieces].sum())


def _lines(merged: list[_Merged]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    lines = np.empty(len(merged), dtype=object)
    for i, street in enumerate(merged):
        lines[i] = street.line
    return np.asarray(shapely.segmentize(lines, LONGEST_STEP_DEGREES), dtype=object)


def _fields(number: int, street: _Merged, pieces: StreetPieces) -> tuple[dict[str, str], list[Disagreement]]:
    """Return the rule fields of a street, the longest piece's word first, and what the pieces disagree on."""
    given: dict[str, dict[str, None]] = {}
    for row in street.pieces:
        for field, value in pieces.overrides[row].items():
            given.setdefault(field, {})[value] = None
    chosen = {field: next(iter(values)) for field, values in given.items()}
    conflicts = [Disagreement(number, field, tuple(values)) for field, values in given.items() if len(values) > 1]
    return chosen, sorted(conflicts, key=lambda conflict: conflict.field)
