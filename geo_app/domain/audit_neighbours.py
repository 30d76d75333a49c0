"""Neighbours in order along a side: which numbers follow each other, and where numbers are skipped."""

from dataclasses import dataclass

import numpy as np

from geo_app.domain.audit_scheme import SideDoors
from geo_app.domain.numbering_entrance import KeptNumbers
from geo_app.domain.numbering_gap import STEP
from geo_app.domain.numbering_position import Booleans
from geo_app.domain.street_piece import Integers


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """Pairs of doors next to each other among those in order: their rows, their street, and by how much numbers rise.

    The rise of a range counts from its last number.
    """

    before: Integers
    after: Integers
    street: Integers
    rise: Integers

    def following(self, streets: int) -> Integers:
        """Return by street how many pairs have the next number."""
        return np.bincount(self.street[self.rise == STEP], minlength=streets)

    def skipping(self, streets: int) -> Integers:
        """Return by street how many pairs leave numbers out."""
        return np.bincount(self.street[self.rise > STEP], minlength=streets)


def neighbours_in_order(kept: KeptNumbers, sides: SideDoors) -> Neighbours:
    """Return the neighbours of all sides."""
    row, side = sides.row[~sides.misfit], sides.side[~sides.misfit]
    pair = np.flatnonzero(np.diff(side) == 0)
    before, after = row[pair], row[pair + 1]
    return Neighbours(before, after, side[pair] // 2, kept.number[after] - kept.last[before])


def gaps(kept: KeptNumbers, sides: SideDoors, known: Booleans) -> Integers:
    """Return for each row the row before it on its side, where numbers between the two are not used; else -1.

    Only on streets whose odd side is `known` and where most neighbours take the next number: where numbers follow the
    distance, skipping is the rule.
    """
    pairs = neighbours_in_order(kept, sides)
    close = known & (pairs.following(len(known)) > pairs.skipping(len(known)))
    at = np.flatnonzero((pairs.rise > STEP) & close[pairs.street])
    before = np.full(len(kept.number), -1, dtype=np.int64)
    before[pairs.after[at]] = pairs.before[at]
    return before
