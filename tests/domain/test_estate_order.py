import numpy as np
import pytest
import shapely
import shapely.affinity
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.estate_order import BuildingOrderUnknown, order_buildings
from geo_app.domain.estate_refusals import GateNeeded
from tests.support.estate_sketch import PLANE, sketch

NORTH_EAST, GATE_LEFT = "s_from_north_east", "s_from_gate_left"


def walked(drawn, order=NORTH_EAST):
    shapes, gate = drawn
    letters = list(shapes)
    walk = order_buildings(list(shapes.values()), order, gate)
    return " ".join("".join(letters[place] for place in row) for row in walk.rows)


def test_the_s_begins_in_the_north_east_and_turns_at_the_end_of_each_row():
    drawn = sketch("aaa bbb ccc", "           ", "ddd eee fff", "           ", "ggg hhh iii")
    assert walked(drawn) == "cba def ihg"


def test_a_row_may_be_crooked_and_its_buildings_of_any_size():
    drawn = sketch("aaaa        ", "     bb   cc", "     bb     ", "            ", "ddd  eeee ff", "          ff")
    assert walked(drawn) == "cba def"


def test_a_building_behind_another_is_in_the_next_row_however_near():
    assert walked(sketch("aa bb", "cc dd")) == "ba cd"


def test_a_long_block_beside_several_rows_stands_in_one_of_them():
    drawn = sketch("aaa bbb l", "        l", "ccc ddd l", "        l", "eee fff l")
    assert walked(drawn) == "ba cdl fe"


def test_one_building_that_lies_back_is_a_row_of_its_own():
    assert walked(sketch("aaa bbb ccc", "           ", "           ", "          d")) == "cba d"


@pytest.mark.parametrize("turned", [-40, -25, -8, 8, 25, 40])
def test_an_estate_that_stands_turned_is_counted_along_its_own_axes(turned):
    drawn = sketch("aaa bbb ccc", "           ", "ddd eee fff", "           ", "ggg hhh iii", turned=turned)
    assert walked(drawn) == "cba def ihg"
    assert order_buildings(list(drawn[0].values()), NORTH_EAST).turn == pytest.approx(turned, abs=0.2)


def test_houses_that_stand_every_way_are_counted_by_the_compass():
    shapes, _ = sketch("aaaa    bbbb", "            ", "            ", "cccc    dddd")
    ways = dict(zip(shapes, (10, 33, 55, 78), strict=True))
    turned = [shapely.affinity.rotate(PLANE.shape_to_metres(shape), ways[letter]) for letter, shape in shapes.items()]
    walk = order_buildings([PLANE.shape_to_degrees(shape) for shape in turned], NORTH_EAST)
    assert walk.turn == 0
    assert walk.rows == ((1, 0), (2, 3))


ESTATE = ("aa bb cc", "        ", "dd ee ff")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((*ESTATE, "        ", "    !   "), "def cba"),
        (("   !    ", "        ", *ESTATE), "cba def"),
        (("aa bb cc", "       !", "dd ee ff"), "fc be da"),
        (("!       ", *ESTATE), "cba def"),
    ],
)
def test_from_the_gate_one_looks_in_and_begins_at_the_left(lines, expected):
    assert walked(sketch(*lines), GATE_LEFT) == expected


def test_from_a_gate_in_the_west_rows_run_north_and_south():
    drawn = sketch("  aa bb", "       ", "! cc dd", "       ", "  ee ff")
    assert walked(drawn, GATE_LEFT) == "ace fdb"


def test_from_a_gate_in_the_east_the_left_is_south():
    drawn = sketch("aa bb  ", "       ", "cc dd !", "       ", "ee ff  ")
    assert walked(drawn, GATE_LEFT) == "fdb ace"


def test_the_gate_is_needed_where_one_counts_from_it():
    shapes, _ = sketch("aa")
    with pytest.raises(GateNeeded):
        order_buildings(list(shapes.values()), GATE_LEFT)
    with pytest.raises(BuildingOrderUnknown, match="spiral"):
        order_buildings(list(shapes.values()), "spiral")
    assert order_buildings([], NORTH_EAST).order == ()


def test_each_building_is_told_row_and_place():
    shapes, _ = sketch("aa bb", "     ", "cc dd")
    told = [str(reason) for reason in order_buildings(list(shapes.values()), NORTH_EAST).reasons]
    assert told[0] == "Row 1 of 2 from the north, counted from east to west: building 2 of the row."
    assert told[3] == "Row 2 of 2 from the north, counted from west to east: building 2 of the row."


places = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(1, 6), st.integers(1, 6)),
    min_size=1, max_size=30, unique_by=lambda one: one[:2],
)  # fmt: skip


@given(places, st.randoms(use_true_random=False), st.sampled_from([NORTH_EAST, GATE_LEFT]))
def test_any_layout_is_walked_once_whatever_the_order_of_the_file(drawn, random, order):
    boxes = [shapely.box(x * 12, y * 12, x * 12 + w * 4, y * 12 + h * 4) for x, y, w, h in drawn]
    shapes = [PLANE.shape_to_degrees(box) for box in boxes]
    gate = None
    if order == GATE_LEFT:
        _, gate = sketch("!")
    walk = order_buildings(shapes, order, gate)
    assert sorted(walk.order) == list(range(len(shapes)))
    mixed = list(range(len(shapes)))
    random.shuffle(mixed)
    noise = np.random.default_rng(7).uniform(-1e-10, 1e-10, 2)
    shaken = [shapely.affinity.translate(shapes[place], *noise) for place in mixed]
    again = order_buildings(shaken, order, gate)
    assert [tuple(mixed[place] for place in row) for row in again.rows] == list(walk.rows)
