import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString

from geo_app.domain.position import Position, metres_between
from geo_app.domain.street_cut import (
    CutBeyondTheStreet,
    CutLeavesOnePart,
    CutOffTheStreet,
    DrawnPiece,
    ExtensionApart,
    cut,
    extend,
    gap_metres,
    length_metres,
    main_line,
    on_second,
    point_at,
)

WEST, SOUTH, STEP = 103.55, 29.41, 0.0005
"""A step is some 48 m from west to east."""


def line(*places):
    return LineString([(WEST + x * STEP, SOUTH + y * STEP) for x, y in places])


def drawn(*lines):
    return [DrawnPiece(number, one) for number, one in enumerate(lines, 1)]


STRAIGHT = drawn(line((0, 0), (4, 0)), line((4, 0), (6, 0)))
RING = drawn(line((0, 0), (4, 0), (4, 4)), line((4, 4), (0, 4), (0, 0)))
BRANCHED = drawn(line((0, 0), (6, 0)), line((2, 0), (2, 3)))


def at(x, y=0.0):
    return Position(WEST + x * STEP, SOUTH + y * STEP)


def total(pieces):
    return sum(length_metres([piece]) for piece in pieces)


def test_a_street_is_cut_into_what_lies_before_and_after_the_point():
    parts = cut(STRAIGHT, at(3, 0.1))
    assert [piece.id for piece in parts.first] == [1]
    assert sorted(piece.id for piece in parts.second) == [1, 2]
    assert parts.metres == pytest.approx(metres_between(at(0), at(3)), abs=0.2)
    assert parts.first[0].line.coords[0] == main_line(STRAIGHT).coords[0]


def test_a_street_is_cut_between_two_lines_without_cutting_either():
    parts = cut(STRAIGHT, at(4))
    assert ([piece.line for piece in parts.first], [piece.line for piece in parts.second]) == (
        [STRAIGHT[0].line], [STRAIGHT[1].line],
    )  # fmt: skip


def test_a_side_branch_goes_with_the_part_it_leaves():
    before, after = cut(BRANCHED, at(1)), cut(BRANCHED, at(4))
    assert sorted(piece.id for piece in before.second) == [1, 2]
    assert sorted(piece.id for piece in after.first) == [1, 2]


def test_a_side_branch_is_cut_off_by_itself():
    assert [piece.id for piece in cut(BRANCHED, at(2, 2)).second] == [2]


@pytest.mark.parametrize(("pieces", "point"), [(RING, at(2)), (STRAIGHT, at(0)), (STRAIGHT, at(6))])
def test_a_ring_and_an_end_are_not_cut_in_two(pieces, point):
    with pytest.raises(CutLeavesOnePart):
        cut(pieces, point)


def test_a_point_far_from_the_street_is_refused():
    with pytest.raises(CutOffTheStreet, match="point is 1"):
        cut(STRAIGHT, at(3, 2))


def test_metres_lead_to_the_point_that_they_count():
    assert metres_between(point_at(STRAIGHT, 100), at(0)) == pytest.approx(100, abs=0.05)
    with pytest.raises(CutBeyondTheStreet):
        point_at(STRAIGHT, 1000)


@given(st.floats(0.1, 5.9), st.lists(st.tuples(st.floats(0, 6), st.sampled_from([-0.2, 0.2])), min_size=1, max_size=20))
def test_no_metre_and_no_door_is_lost_by_a_cut(where, places):
    parts = cut(STRAIGHT, at(where))
    assert total(parts.first) + total(parts.second) == pytest.approx(total(STRAIGHT), abs=0.01)
    sides = on_second(parts, [at(*place) for place in places])
    clear = np.array([abs(x - where) > 0.05 for x, _ in places])
    assert (sides[clear] == np.array([x > where for x, _ in places])[clear]).all()


def test_an_extension_begins_exactly_at_the_end_it_touches():
    extension = extend(STRAIGHT, line((8, 0), (6.05, 0.02)))
    assert not extension.at_start
    assert extension.line.coords[0] == (WEST + 6 * STEP, SOUTH)
    assert extend(STRAIGHT, line((-2, 0), (0, 0))).at_start


def test_an_extension_that_touches_no_end_is_refused():
    with pytest.raises(ExtensionApart):
        extend(STRAIGHT, line((3, 1), (3, 4)))


def test_the_gap_between_streets_is_told_in_metres():
    assert gap_metres(STRAIGHT, drawn(line((6, 0), (8, 0)))) == 0
    assert gap_metres(STRAIGHT, drawn(line((7, 0), (8, 0)))) == pytest.approx(metres_between(at(6), at(7)), abs=0.1)
    assert shapely.get_num_coordinates(STRAIGHT[0].line) == 2
