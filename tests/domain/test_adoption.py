"""Missing doors continue their street: learned from its own walls, never against them."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_app.domain.adoption_choice import MANY, likeliest_rising
from geo_app.domain.adoption_weights import USUAL, Lessons, learn
from geo_app.domain.numbering import number_streets
from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.numbering_rule import NumberingRule
from tests.support.street_sketch import at, doors, entrances, kinds, numbers, plan, streets

CONTINUE = NumberingRule(existing="continue")
WEST_TO_EAST = ">>>>>>>>>>>>>>>>>>>>"


def reasons(planned):
    return {door.entrance_id: str(door.reason) for door in planned}


def side(walls, every=1.0, name="铜河路"):
    """Return a street from west to east with a door each `every` tens of metres on its left; "" has no number."""
    spots = [(1 + i * every, 1) for i in range(len(walls))]
    length = 2 + len(walls) * every
    return streets([at(0, 0), at(length, 0)], name=name), entrances(*spots, walls=walls)


def texts(street, found, rule=CONTINUE):
    return [door.text.removesuffix("号") for door in number_streets(street, found, rule)]


def test_a_gap_of_two_numbers_is_filled_where_the_door_stands():
    walls = {"a": "1", "b": "3", "c": "5", "e": "11", "f": "13"}
    early = doors(" a b c d     e f", WEST_TO_EAST, walls=walls)
    late = doors(" a b c     d e f", WEST_TO_EAST, walls=walls)
    assert numbers(early, CONTINUE)["d"] == "7"
    assert numbers(late, CONTINUE)["d"] == "9"


def test_a_door_far_behind_the_last_wall_goes_on_by_the_pace_of_its_side():
    walls = [*map(str, range(1, 25, 2)), "", ""]
    spots = [(1 + 2 * i, 1) for i in range(13)]
    street, found = streets([at(0, 0), at(60, 0)]), entrances(*spots, (41, 1), walls=walls)
    assert int(texts(street, found)[-2]) == 25
    assert 31 <= int(texts(street, found)[-1]) <= 43
    assert texts(street, found, NumberingRule(start=("first",)))[-1] == "27"


def test_a_side_that_uses_every_other_number_goes_on_so():
    used = [str(1 + 4 * i) for i in range(12)]
    street, found = side([*used[:5], "", *used[6:]])
    assert texts(street, found)[5] == used[5]


def test_a_block_that_begins_at_the_next_hundred_is_not_filled_from_below():
    blocks = [str(100 * block + 1 + 2 * i) for block in (1, 2, 3, 4) for i in range(6)]
    hidden = blocks.index("301")
    spots = [(1 + 0.5 * i + 8 * (i // 6), 1) for i in range(len(blocks))]
    street = streets([at(0, 0), at(60, 0)])
    walls = ["" if i == hidden else wall for i, wall in enumerate(blocks)]
    assert texts(street, entrances(*spots, walls=walls))[hidden] == "301"


def test_a_door_on_a_side_without_walls_is_level_with_those_across():
    sketch = doors(
        " a b c d e f g ", WEST_TO_EAST, "         h", walls=dict(zip("abcdefg", range(11, 25, 2), strict=True))
    )
    walls = {door: str(wall) for door, wall in zip("abcdefg", range(11, 25, 2), strict=True)}
    sketch = doors(" a b c d e f g ", WEST_TO_EAST, "         h", walls=walls)
    assert numbers(sketch, CONTINUE)["h"] in {"18", "20"}
    assert "across the street" in reasons(plan(sketch, CONTINUE))["h"]


def test_the_walls_say_where_the_street_begins_and_which_side_is_odd():
    walls = {"a": "2", "b": "4", "c": "8", "e": "1", "f": "5"}
    sketch = doors(" a b c d", WEST_TO_EAST, " e   f g", walls=walls)
    from_east = NumberingRule(existing="continue", start=("east",), odd_side=("left",))
    planned = plan(sketch, from_east)
    assert kinds(planned) == []
    assert [door.side for door in planned if door.entrance_id in "ae"] == ["left", "right"]
    assert next(door.metres for door in planned if door.entrance_id == "a") == pytest.approx(10, abs=0.1)


def test_a_start_drawn_on_the_line_outranks_the_walls():
    street = streets([at(0, 0), at(9, 0)], overrides=[{"start": "last"}])
    found = entrances((1, 1), (3, 1), (5, 1), walls=["1", "3", "5"])
    assert number_streets(street, found, CONTINUE).walks.start_ends[0] == "last"
    free = replace(street, overrides=[{}])
    assert number_streets(free, found, CONTINUE).walks.start_ends[0] == "first"


def test_the_reason_names_the_walls_beside_and_the_pace():
    sketch = doors(" a b c d e f", WEST_TO_EAST, walls={"a": "1", "b": "3", "c": "5", "e": "9", "f": "11"})
    told = reasons(plan(sketch, CONTINUE))["d"]
    assert "between 5 and 9, 20 m from 5; here a number takes 20 m; it is 7" in told


def test_no_room_gives_a_sub_number_and_says_that_the_walls_suggest_none():
    sketch = doors(" a b c", WEST_TO_EAST, walls={"a": "1", "c": "3"})
    planned = plan(sketch, CONTINUE)
    assert numbers(sketch, CONTINUE)["b"] == "1附1"
    assert "the walls around it suggest no number" in reasons(planned)["b"]


def test_a_street_without_a_single_wall_is_numbered_by_the_rule():
    sketch = doors(" a b c", WEST_TO_EAST, " d e f")
    assert numbers(sketch, CONTINUE) == numbers(sketch, NumberingRule())


def test_a_number_that_hangs_elsewhere_in_the_group_is_not_given_again():
    sketch = doors(" a b c d", WEST_TO_EAST, "     e", walls={"a": "1", "b": "3", "d": "7", "e": "5"})
    assert numbers(sketch, CONTINUE)["c"] == "3附1"


def test_very_many_missing_doors_are_spread_evenly_between_their_walls():
    count = MANY + 10
    street, found = side(["1", *[""] * count, str(2 * (3 * count) + 1)])
    given_numbers = [int(text) for text in texts(street, found)]
    steps = [after - before for before, after in pairwise(given_numbers)]
    assert min(steps) >= 4
    assert max(steps) <= 8


WALLS = st.lists(st.sampled_from(["", "", *map(str, range(1, 60, 2))]), min_size=1, max_size=20)


@given(WALLS, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_what_hangs_stays_the_new_rises_and_the_order_of_rows_never_matters(walls, random):
    street, found = side(walls)
    given_texts = texts(street, found)
    assert [text for text, wall in zip(given_texts, walls, strict=True) if wall] == [wall for wall in walls if wall]
    new = [
        tuple(map(int, text.split("号附"))) for text, wall in zip(given_texts, walls, strict=True) if text and not wall
    ]
    falling = number_streets(street, found, CONTINUE).walks.start_ends[0] == "last"
    assert new == sorted(new, reverse=falling)
    rows = list(range(len(walls)))
    random.shuffle(rows)
    mixed = Entrances([found.ids[i] for i in rows], found.lon[rows], found.lat[rows], None, [walls[i] for i in rows])
    assert texts(street, mixed) == [given_texts[i] for i in rows]


@given(st.integers(1, 4), st.integers(4, 7), st.randoms(use_true_random=False))
def test_the_likeliest_rising_choice_is_the_best_of_all_rising_choices(doors_, width, random):
    scores = np.array([[random.random() for _ in range(width)] for _ in range(doors_)])
    chosen = likeliest_rising(scores)
    assert all(before < after for before, after in pairwise(chosen.tolist()))
    assert scores[np.arange(doors_), chosen].sum() == pytest.approx(_best(scores, 0, -1))


def _best(scores, door, below):
    if door == len(scores):
        return 0.0
    width = scores.shape[1]
    return max((scores[door, at_] + _best(scores, door + 1, at_) for at_ in range(below + 1, width)), default=-np.inf)


def test_weights_stay_usual_without_lessons_and_follow_many_that_agree():
    nothing = Lessons(np.empty((0, 15)), np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))
    assert np.array_equal(learn(nothing, USUAL[0]), USUAL[0])
    rows = np.zeros((400, 15))
    rows[::2, 9] = 1.0
    lessons = Lessons(rows, np.repeat(np.arange(200), 2), np.arange(200) * 2)
    assert learn(lessons, USUAL[0])[9] > USUAL[0][9] + 1
