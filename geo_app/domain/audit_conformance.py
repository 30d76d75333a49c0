"""Conformance: of the doors that a measure can judge, how many conform, and how many only by an exception."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from geo_app.domain.audit import Audit
from geo_app.domain.audit_measures import BROKEN_BY, Measure, checked_doors
from geo_app.domain.numbering_position import Booleans
from geo_app.domain.street_piece import Integers

Accepted = Collection[tuple[int, str]]
"""Findings that an exception covers: row of the address, kind."""


@dataclass(frozen=True, slots=True)
class Conformance:
    """Doors judged by a measure: `checked` in all, `broken` with a finding, of these `excepted` by exceptions alone."""

    checked: int
    broken: int = 0
    excepted: int = 0

    @property
    def open(self) -> int:
        """Return how many doors break the measure without an exception."""
        return self.broken - self.excepted

    @property
    def share(self) -> float | None:
        """Return the share that conforms, exceptions counted in; None where nothing was checked: nothing is not zero."""
        return 1 - self.open / self.checked if self.checked else None

    def __add__(self, other: "Conformance") -> "Conformance":
        """Return both taken together."""
        return Conformance(self.checked + other.checked, self.broken + other.broken, self.excepted + other.excepted)


def conformance(audit: Audit, areas: Integers, accepted: Accepted) -> Iterator[tuple[Measure, int, Conformance]]:
    """Yield the figures of every measure in every area that has a door to judge; `areas` by row of the addresses."""
    broken, excepted = _faults(audit, accepted)
    for measure in Measure:
        checked = checked_doors(audit, measure)
        for area, figures in _by_area(areas, (checked, broken[measure] & checked, excepted[measure] & checked)):
            yield measure, area, figures


def whole(figures: Iterator[tuple[Measure, int, Conformance]]) -> Mapping[Measure, Conformance]:
    """Return the figures of all areas together, every measure with at least an empty one."""
    total = dict.fromkeys(Measure, Conformance(0))
    for measure, _, found in figures:
        total[measure] += found
    return total


def _faults(audit: Audit, accepted: Accepted) -> tuple[Mapping[Measure, Booleans], Mapping[Measure, Booleans]]:
    """Return where each measure is broken, and where exceptions cover every finding that breaks it."""
    broken: dict[Measure, Booleans] = defaultdict(lambda: np.zeros(len(audit.addresses), dtype=bool))
    uncovered: dict[Measure, Booleans] = defaultdict(lambda: np.zeros(len(audit.addresses), dtype=bool))
    for found in audit.found:
        measure = BROKEN_BY.get(found.kind)
        if measure is None:
            continue
        broken[measure][found.row] = True
        if (found.row, found.kind) not in accepted:
            uncovered[measure][found.row] = True
    return broken, {measure: broken[measure] & ~uncovered[measure] for measure in Measure}


def _by_area(areas: Integers, columns: tuple[Booleans, Booleans, Booleans]) -> Iterator[tuple[int, Conformance]]:
    keys, place = np.unique(areas, return_inverse=True)
    checked, broken, excepted = (np.bincount(place[column], minlength=len(keys)).tolist() for column in columns)
    for key, *figures in zip(keys.tolist(), checked, broken, excepted, strict=True):
        if figures[0]:
            yield key, Conformance(*figures)
