"""What must hold for every village group: checked on random lanes, houses, walls and rules."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.numbering_rule import SUB_NUMBERS, VILLAGE_ADDED, VILLAGES, NumberingRule
from geo_app.domain.position import Position
from geo_app.domain.village_houses import Lanes
from tests.support.hamlet_sketch import Hamlet, houses, lanes, numbered
from tests.support.street_sketch import at

CORNERS = st.tuples(st.integers(0, 8), st.integers(0, 6))
LINES = st.lists(st.lists(CORNERS, min_size=2, max_size=4, unique=True), max_size=6)
SPOTS = st.lists(st.tuples(st.integers(-30, 110), st.integers(-30, 90)), min_size=1, max_size=20)
WALLS = st.lists(st.one_of(st.just(""), st.just(""), st.integers(1, 30).map(str), st.just("7附2")), min_size=20)
RULES = st.builds(
    NumberingRule,
    sub_number=st.sampled_from(SUB_NUMBERS),
    village=st.sampled_from(VILLAGES),
    village_added=st.sampled_from(VILLAGE_ADDED),
    village_reserve=st.integers(0, 2),
    village_every=st.integers(1, 6),
    village_plot=st.sampled_from([0.0, 12.0]),
)


def village(lines, spots) -> Hamlet:
    drawn = lanes(*[[at(*corner) for corner in line] for line in lines])
    ids = [f"h{i}" for i in range(len(spots))]
    return Hamlet(houses(ids, [at(x / 10, y / 10) for x, y in spots]), drawn, Position(*at(0, 0)))


def shuffled(drawn: Hamlet, random) -> Hamlet:
    rows, lines = list(range(len(drawn.houses))), list(range(len(drawn.lanes.ids)))
    random.shuffle(rows)
    random.shuffle(lines)
    own = drawn.houses
    mixed = Entrances([own.ids[i] for i in rows], own.lon[rows], own.lat[rows], walls=[own.walls[i] for i in rows])
    turned = np.array([line.reverse() for line in drawn.lanes.lines] + [None], dtype=object)[:-1]
    return replace(drawn, houses=mixed, lanes=Lanes([drawn.lanes.ids[i] for i in lines], turned[lines]))


def texts(drawn: Hamlet, rule: NumberingRule) -> dict[str, str]:
    return {house.entrance_id: house.text for house in numbered(drawn, rule)}


def walled(drawn: Hamlet, walls) -> Hamlet:
    return drawn.kept(dict(zip(drawn.houses.ids, walls, strict=False)))


@given(LINES, SPOTS, WALLS, RULES, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_and_the_direction_of_the_lines_never_matter(lines, spots, walls, rule, random):
    drawn = walled(village(lines, spots), walls)
    assert texts(drawn, rule) == texts(shuffled(drawn, random), rule)


@given(LINES, SPOTS, WALLS, RULES)
def test_new_numbers_are_unique_in_the_group_and_walls_stay(lines, spots, walls, rule):
    drawn = walled(village(lines, spots), walls)
    group = list(numbered(drawn, rule))
    new = Counter((house.number, house.sub_number) for house in group if not house.kept and house.number)
    old = {(house.number, house.sub_number) for house in group if house.kept}
    assert all(count == 1 for count in new.values())
    assert not old & new.keys()
    assert [house.text for house in group if house.kept] == [wall for wall in drawn.houses.walls if wall]


@given(LINES, SPOTS, RULES)
def test_the_first_numbers_of_a_group_rise_along_the_walk(lines, spots, rule):
    group = sorted((house for house in numbered(village(lines, spots), rule) if house.place), key=lambda h: h.place)
    assert all(before.metres <= after.metres for before, after in pairwise(group))
    sides = {house.side for house in group} if rule.village == "group_odd_even" else {None}
    for side in sides:
        numbers = [house.number for house in group if side is None or house.side == side]
        assert all(before < after for before, after in pairwise(numbers))


@given(LINES, SPOTS, st.tuples(st.integers(-30, 110), st.integers(-30, 90)), RULES)
def test_a_house_added_to_a_numbered_group_changes_no_other_number(lines, spots, added, rule):
    before = village(lines, spots)
    numbers = {house: text for house, text in texts(before, rule).items() if text}
    after = village(lines, [*spots, added]).kept(numbers)
    again = texts(after, rule)
    assert {house: again[house] for house in numbers} == numbers
    assert again[f"h{len(spots)}"] not in numbers.values()


@given(LINES, SPOTS, WALLS, RULES)
def test_each_house_has_a_reason_and_one_without_a_number_a_finding(lines, spots, walls, rule):
    group = numbered(walled(village(lines, spots), walls), rule)
    faulty = {one.entrance_id for one in group.findings if one.severity == "error"}
    for house in group:
        assert str(house.reason)
        assert house.number or house.entrance_id in faulty


@given(LINES, SPOTS, RULES)
def test_a_group_that_has_its_numbers_is_left_as_it_is(lines, spots, rule):
    drawn = village(lines, spots)
    first = texts(drawn, rule)
    assert texts(drawn.kept({house: text for house, text in first.items() if text}), rule) == first
