"""Order along a side, against every subsequence tried."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.audit_order import side_orders


def orders(numbers, metres=None, sides=None):
    count = len(numbers)
    centimetres = np.array(metres if metres is not None else range(count), dtype=np.int64) * 100
    return side_orders(np.array(sides or [0] * count, dtype=np.int64), centimetres, np.array(numbers, dtype=np.int64))


def misfits(read):
    return sorted(read.order[read.misfit].tolist())


def longest(numbers):
    """All longest non-falling subsequences, as sets of places."""
    for size in range(len(numbers), 0, -1):
        places = [
            set(chosen)
            for chosen in combinations(range(len(numbers)), size)
            if all(numbers[a] <= numbers[b] for a, b in pairwise(chosen))
        ]
        if places:
            return size, places
    return 0, []


@given(st.lists(st.integers(1, 9), max_size=9))
def test_length_and_misfits_are_those_of_all_subsequences(numbers):
    size, sets = longest(numbers)
    read = orders(numbers)
    assert read.longest.sum() == size
    assert misfits(read) == [place for place in range(len(numbers)) if not any(place in chosen for chosen in sets)]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([1, 3, 5, 7], []),
        ([1, 9, 3, 5], [1]),
        ([3, 5, 7, 1], [3]),
        ([1, 5, 3, 7], []),
        ([5, 5, 3, 5], [2]),
        ([9, 1], []),
        ([], []),
    ],
)
def test_a_misfit_stands_in_no_longest_subsequence(numbers, expected):
    assert misfits(orders(numbers)) == expected


def test_doors_at_one_place_stand_by_number():
    assert misfits(orders([1, 7, 5, 9], metres=[0, 10, 10, 20])) == []


def test_sides_do_not_disturb_each_other():
    read = orders([9, 1, 3, 2, 4, 6], sides=[0, 0, 0, 1, 1, 1])
    assert misfits(read) == [0]
    assert read.longest.tolist() == [2, 3]


def test_a_long_side_costs_no_more_a_door():
    numbers = np.random.default_rng(1).permutation(20_000).tolist()
    assert orders(numbers).longest[0] < 400
