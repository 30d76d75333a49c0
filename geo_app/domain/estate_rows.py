"""The rows in which an estate's buildings stand: found from where they stand, whatever their sizes.

A row is a band of buildings that stand side by side, none behind another. Of all ways to cut the buildings, sorted by
how far they lie back, into bands, the cheapest is taken: each band costs its depth squared and a fixed price, and each
pair that stands one behind the other costs twice that price. The whole is decided at once (dynamic programming), so
that no building depends on which one was looked at first.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

PITCH_SHARE = 0.7
"""Bands may be as deep as this share of the usual distance from one building to the one behind it."""

BEHIND_SHARE = 0.5
"""One building stands behind another when it covers more than half of the narrower one's width."""

BEHIND_PRICE = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Where n buildings lie in the walker's own directions, in metres: `across` from row to row, `along` a row.

    `across` grows towards where the walk begins, `along` towards the first building of the first row. Each array has
    shape (n, 3): lowest, centre, highest.
    """

    across: Floats
    along: Floats

    def __len__(self) -> int:
        return len(self.across)


def find_rows(spans: Spans, order: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """Return the rows, the first one first; `order` sorts the buildings by how far they lie back.

    Cost grows with the square of the buildings; an estate has hundreds at most.
    """
    behind = _standing_behind(spans)
    price = _band_depth(spans, behind) ** 2
    depth = spans.across[order, 1]
    pairs = _pair_sums(behind[np.ix_(order, order)])
    best, cut = np.zeros(len(order) + 1), np.zeros(len(order) + 1, dtype=np.intp)
    for end in range(1, len(order) + 1):
        starts = np.arange(end)
        inside = pairs[end, end] - pairs[starts, end] - pairs[end, starts] + pairs[starts, starts]
        bands = (depth[starts] - depth[end - 1]) ** 2 + price * (1 + BEHIND_PRICE * inside / 2)
        # Rounded: what differs by a hair's breadth of the drawing is a tie, and ties go to the longer row.
        total = np.round(best[starts] + bands, 3)
        cut[end] = int(np.argmin(total))
        best[end] = total[cut[end]]
    return _bands(order, cut)


def _standing_behind(spans: Spans) -> NDArray[np.bool_]:
    """Return which pairs stand one behind the other, shape (n, n)."""
    wide = _shared(spans.along) > BEHIND_SHARE * _smaller(spans.along)
    abreast = _shared(spans.across) > BEHIND_SHARE * _smaller(spans.across)
    behind = wide & ~abreast
    np.fill_diagonal(behind, val=False)
    return behind


def _shared(span: Floats) -> Floats:
    low, high = span[:, 0], span[:, 2]
    return np.minimum.outer(high, high) - np.maximum.outer(low, low)


def _smaller(span: Floats) -> Floats:
    size = span[:, 2] - span[:, 0]
    return np.minimum.outer(size, size)


def _band_depth(spans: Spans, behind: NDArray[np.bool_]) -> float:
    """Return how deep a row may be, in metres: by the usual pitch of the rows, at least by the buildings' own depth."""
    usual = float(np.median(spans.across[:, 2] - spans.across[:, 0]))
    apart = np.where(behind, np.abs(np.subtract.outer(spans.across[:, 1], spans.across[:, 1])), np.inf).min(axis=1)
    pitches = apart[np.isfinite(apart)]
    if not len(pitches):
        return 2 * usual
    return max(usual / 2, PITCH_SHARE * float(np.median(pitches)))


def _pair_sums(behind: NDArray[np.bool_]) -> Floats:
    """Return sums of the leading rectangles, shape (n + 1, n + 1), so that any square's sum takes four of them."""
    sums = np.zeros((len(behind) + 1, len(behind) + 1))
    sums[1:, 1:] = behind.cumsum(axis=0).cumsum(axis=1)
    return sums


def _bands(order: NDArray[np.intp], cut: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    rows, end = [], len(order)
    while end:
        rows.append(order[cut[end] : end])
        end = int(cut[end])
    return rows[::-1]
