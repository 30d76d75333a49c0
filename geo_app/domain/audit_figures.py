"""Figures of an audit by measure and area: of the doors a measure can judge, how many conform, how many by exception.

A door that conforms only because every finding against it was accepted counts as conforming, and is told apart.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from geo_app.domain.audit import Audit
from geo_app.domain.audit_measures import QUALITY_MEASURES, applicable, breaks, not_conforming
from geo_app.domain.numbering_position import Booleans
from geo_app.domain.street_piece import Integers

Accepted = Collection[int]
"""Findings that an exception covers, by their place among the audit's findings."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Doors judged by a measure: `tested` in all, `broken` with a finding, of these `excepted` by exceptions alone."""

    tested: int = 0
    broken: int = 0
    excepted: int = 0

    @property
    def open(self) -> int:
        """Return how many doors break the measure, not counting exceptions."""
        return self.broken - self.excepted

    @property
    def share(self) -> float | None:
        """Return the share that conforms, exceptions included; None where nothing was tested: nothing is not zero."""
        return 1 - self.open / self.tested if self.tested else None

    def __add__(self, other: "Figure") -> "Figure":
        """Return both taken together."""
        return Figure(self.tested + other.tested, self.broken + other.broken, self.excepted + other.excepted)


@dataclass(frozen=True, slots=True)
class AreaFigure:
    """The figure of one measure, by its name in the standard, in one area."""

    measure: str
    area: int
    figure: Figure


def figures_by_area(audit: Audit, areas: Integers, accepted: Accepted) -> Iterator[AreaFigure]:
    """Yield the figures of every measure in every area with a door to judge; `areas` by row of the addresses."""
    applies, broken, covered = applicable(audit), not_conforming(audit), _covered(audit, accepted)
    for measure in (measure.name for measure in QUALITY_MEASURES):
        tested = applies[measure]
        faulty = broken[measure] & tested
        for area, figure in _by_area(areas, (tested, faulty, faulty & covered[measure])):
            yield AreaFigure(measure, area, figure)


def total(figures: Iterable[AreaFigure]) -> Mapping[str, Figure]:
    """Return the figures of all areas together by measure; those that nothing was tested by are left out."""
    found: dict[str, Figure] = {}
    for one in figures:
        found[one.measure] = found.get(one.measure, Figure()) + one.figure
    return {measure.name: found[measure.name] for measure in QUALITY_MEASURES if measure.name in found}


def _covered(audit: Audit, accepted: Accepted) -> Mapping[str, Booleans]:
    """Return by measure the addresses none of whose findings against it is without an exception."""
    covered = {measure.name: np.ones(len(audit.addresses), dtype=bool) for measure in QUALITY_MEASURES}
    for place, found in enumerate(audit.found):
        if place not in accepted:
            for measure in breaks(found):
                covered[measure][found.row] = False
    return covered


def _by_area(areas: Integers, columns: tuple[Booleans, Booleans, Booleans]) -> Iterator[tuple[int, Figure]]:
    keys, place = np.unique(areas, return_inverse=True)
    tested, broken, excepted = (np.bincount(place[column], minlength=len(keys)).tolist() for column in columns)
    for key, *counts in zip(keys.tolist(), tested, broken, excepted, strict=True):
        if counts[0]:
            yield key, Figure(*counts)
