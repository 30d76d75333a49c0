"""Which kept numbers of a side are in order: the longest subsequence that does not fall."""

from bisect import bisect_right
from collections.abc import Sequence


def in_order(numbers: Sequence[int]) -> list[int]:
    """Return the indices of one longest non-falling subsequence of `numbers`, rising.

    Of several longest ones, the one whose numbers are smallest from the end: fixed, so that a plan is too.
    """
    tails: list[int] = []
    tail_index: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        place = bisect_right(tails, number)
        before.append(tail_index[place - 1] if place else -1)
        if place == len(tails):
            tails.append(number)
            tail_index.append(index)
        else:
            tails[place], tail_index[place] = number, index
    return _traced(tail_index[-1] if tail_index else -1, before)


def _traced(index: int, before: Sequence[int]) -> list[int]:
    chain: list[int] = []
    while index >= 0:
        chain.append(index)
        index = before[index]
    return chain[::-1]
