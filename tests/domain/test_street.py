import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo_app.domain.street import build_streets
from geo_app.domain.street_group import touching_groups
from geo_app.domain.street_piece import StreetPieces, line_problem
from tests.support.street_sketch import at, pieces, streets

CORNERS = st.tuples(st.integers(0, 3), st.integers(0, 3))
NETWORKS = st.lists(st.lists(CORNERS, min_size=2, max_size=4, unique=True), min_size=1, max_size=7)


def line_of(built, street: int) -> shapely.LineString:
    span = slice(built.offsets[street], built.offsets[street + 1])
    return shapely.LineString(np.column_stack([built.lon[span], built.lat[span]]))


def with_nan() -> shapely.LineString:
    with np.errstate(invalid="ignore"):
        return shapely.from_wkt("LINESTRING (1 2, nan 2)")


def outline(line: shapely.LineString) -> tuple:
    """Return a line's vertices regardless of direction, and of the first vertex for a closed one."""
    vertices = list(line.coords)
    if vertices[0] != vertices[-1]:
        return min(tuple(vertices), tuple(vertices[::-1]))
    ring = vertices[:-1]
    turns = [tuple(way[i:] + way[:i]) for way in (ring, ring[::-1]) for i in range(len(ring))]
    return min(turns)


@given(NETWORKS)
@settings(max_examples=300, deadline=None)
def test_a_group_is_cut_as_line_merge_cuts_it(network):
    lines = [shapely.LineString([at(*corner) for corner in line]) for line in network]
    built = build_streets(pieces(*[line.coords for line in lines]))
    expected = []
    groups = touching_groups(["a"] * len(lines), np.array(lines, dtype=object))
    for group in set(groups.tolist()):
        members = [line for line, g in zip(lines, groups, strict=True) if g == group]
        expected += shapely.get_parts(shapely.line_merge(shapely.MultiLineString(members))).tolist()
    assert sorted(outline(line_of(built, i)) for i in range(len(built))) == sorted(outline(line) for line in expected)


@given(NETWORKS)
@settings(max_examples=200, deadline=None)
def test_a_street_runs_in_the_direction_of_its_longest_piece(network):
    drawn = pieces(*[[at(*corner) for corner in line] for line in network])
    built = build_streets(drawn)
    for i, identifier in enumerate(built.ids):
        piece = drawn.lines[drawn.ids.index(identifier)]
        street = list(line_of(built, i).coords)
        if len(set(street)) < len(street) - (street[0] == street[-1]):
            continue  # a street that passes a vertex twice has no single place for it
        first, second = (street.index(vertex) for vertex in piece.coords[:2])
        assert first < second
        assert street[0] != street[-1] or first == 0


def test_the_longest_piece_gives_the_id_the_direction_and_the_word_of_the_rule():
    short, long = [at(3, 0), at(0, 0)], [at(3, 0), at(9, 0)]
    built = streets(short, long, ids=["kurz", "lang"], overrides=[{"start": "last"}, {"start": "first"}])
    assert (built.ids, built.lon[0], built.overrides) == (["lang"], at(0, 0)[0], [{"start": "first"}])
    assert [(d.field, d.values) for d in built.disagreements] == [("start", ("first", "last"))]


def test_a_piece_without_a_word_does_not_disagree():
    built = streets([at(3, 0), at(0, 0)], [at(3, 0), at(9, 0)], overrides=[{"start": "last"}, {}])
    assert (built.overrides, list(built.disagreements)) == ([{"start": "last"}], [])


def test_a_ring_begins_at_its_longest_pieces_first_vertex():
    built = streets([at(0, 0), at(9, 0), at(9, 3)], [at(9, 3), at(0, 3), at(0, 0)], [at(0, 0), at(-1, 0)])
    ring = built.ids.index("s0" if "s0" in built.ids else "s1")
    assert (built.lon[built.offsets[ring]], built.lat[built.offsets[ring]]) == at(0, 0)
    alone = streets([at(0, 0), at(9, 0)], [at(9, 3), at(9, 0)], [at(0, 0), at(9, 3)])
    assert (alone.lon[0], alone.lat[0]) == at(0, 0)


def test_lines_that_cross_without_a_common_vertex_are_two_streets_of_one_group():
    built = streets([at(0, 0), at(6, 0)], [at(3, -3), at(3, 3)])
    assert (len(built), built.groups.tolist()) == (2, [0, 0])


def test_namesakes_that_do_not_touch_stay_apart_and_so_do_other_names():
    built = streets([at(0, 0), at(6, 0)], [at(7, 0), at(9, 0)], [at(6, 0), at(6, 6)], names=["甲", "甲", "乙"])
    assert len(built) == 3
    assert len(set(built.groups.tolist())) == 3


def test_equal_lengths_go_by_id_with_9_before_10():
    one, other = [at(0, 0), at(4, 0)], [at(8, 0), at(4, 0)]
    assert streets(one, other, ids=["10", "9"]).ids == ["9"]
    assert streets(one, other, ids=["n10", "n9"]).ids == ["n10"]


def test_long_straight_lines_keep_their_length_when_vertices_are_put_in():
    built = streets([at(0, 0), at(300, 200)])
    (a, b), (c, d) = at(0, 0), at(300, 200)
    assert len(built.lon) > 2
    assert built.lengths[0] == pytest.approx(Geod(ellps="GRS80").inv(a, b, c, d)[2], abs=0.01)


@pytest.mark.parametrize(
    ("geometry", "problem"),
    [
        (shapely.LineString([(1, 2), (3, 4)]), None),
        (shapely.MultiLineString([[(1, 2), (3, 4)], [(5, 6), (7, 8)]]), None),
        (None, "no coordinates"),
        (shapely.LineString(), "no coordinates"),
        (shapely.Point(1, 2), "not a line"),
        (shapely.LineString([(1, 2), (1, 2)]), "no length"),
        (with_nan(), "not degrees"),
        (shapely.LineString([(1, 2), (3, 91)]), "not degrees"),
        (shapely.LineString([(500000, 3000000), (500001, 3000001)]), "not degrees"),
    ],
)
def test_a_line_that_cannot_be_used_says_why_and_makes_no_street(geometry, problem):
    found = line_problem(geometry)
    assert (found is None) if problem is None else (problem in str(found))
    column = np.array([geometry, shapely.LineString([at(0, 0), at(1, 0)])], dtype=object)
    built = build_streets(StreetPieces(["x", "y"], ["甲", "乙"], column, [{}, {}]))
    assert ("x" in built.ids) == (problem is None)


def test_parts_of_one_feature_share_its_id():
    column = np.array([shapely.MultiLineString([[at(0, 0), at(1, 0)], [at(5, 0), at(9, 0)]])], dtype=object)
    built = build_streets(StreetPieces(["x"], ["甲"], column, [{}]))
    assert (built.ids, len(set(built.groups.tolist()))) == (["x", "x"], 2)


def test_repeated_positions_and_heights_do_not_matter():
    column = np.array([shapely.LineString([(*at(0, 0), 5), (*at(0, 0), 5), (*at(1, 0), 9)])], dtype=object)
    built = build_streets(StreetPieces(["x"], ["甲"], column, [{}]))
    assert len(built.lon) == 2
