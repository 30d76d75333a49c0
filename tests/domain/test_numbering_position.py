"""Feet, sides and metres against a slow, independent computation in a local projection and on the ellipsoid."""

import math
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from geo_app.domain.numbering import number_streets
from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.numbering_rule import NumberingRule
from tests.support.street_sketch import AS_DRAWN, at, entrances, streets

GEOD = Geod(ellps="GRS80")
VERTICES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=6, unique=True)
PLACES = [(103.5, 29.4), (24.94, 60.17), (-76.6, 39.3), (174.77, -41.29)]


def slow_foot(line, lon: float, lat: float) -> tuple[float, float]:
    """Return metres along the line and from it: nearest point in a projection centred on the door, geodesic sums."""
    local = Transformer.from_crs(4490, f"+proj=aeqd +lat_0={lat} +lon_0={lon} +ellps=GRS80", always_xy=True)
    flat = shapely.LineString([local.transform(*vertex) for vertex in line])
    foot = flat.interpolate(flat.project(shapely.Point(0, 0)))
    foot_lon, foot_lat = local.transform(foot.x, foot.y, direction="INVERSE")
    so_far = flat.project(foot)
    metres = walked = 0.0
    for (a, b), (ax, bx) in zip(pairwise(line), pairwise(flat.coords), strict=True):
        step = math.dist(ax, bx)
        if walked + step >= so_far - 1e-9:
            return metres + GEOD.inv(*a, foot_lon, foot_lat)[2], foot.distance(shapely.Point(0, 0))
        walked += step
        metres += GEOD.inv(*a, *b)[2]
    return metres, foot.distance(shapely.Point(0, 0))


@st.composite
def winding_lines(draw):
    """Lines that never cross themselves: their vertices rise along one of the axes, in one of the directions."""
    vertices = sorted(draw(VERTICES), reverse=draw(st.booleans()))
    return [(y, x) for x, y in vertices] if draw(st.booleans()) else vertices


@given(winding_lines(), st.floats(0, 1), st.tuples(st.integers(-30, 30), st.integers(-30, 30)), st.sampled_from(PLACES))
@settings(max_examples=60)
def test_metres_agree_with_an_independent_ellipsoidal_computation(vertices, along, aside, place):
    scale = 0.0002
    line = [(place[0] + x * scale, place[1] + y * scale) for x, y in vertices]
    beside = shapely.LineString(line).interpolate(along, normalized=True)
    lon, lat = beside.x + aside[0] * scale / 10, beside.y + aside[1] * scale / 10
    metres, distance = slow_foot(line, lon, lat)
    assume(distance < 100)
    (door,) = number_streets(streets(line), Entrances(["d"], np.array([lon]), np.array([lat])), AS_DRAWN)
    again = slow_foot([(x + 1e-9, y) for x, y in line], lon, lat)
    # Where the nearest point jumps from one segment to another, both answers are right.
    assume(abs(again[0] - metres) < 0.01)
    assert door.metres == pytest.approx(metres, abs=0.02)


@pytest.mark.parametrize(
    ("spot", "side"),
    [((2, 1), "left"), ((2, -1), "right"), ((6.5, 0.5), "right"), ((4.1, -0.4), "right"), ((3.5, 0.5), "left")],
)
def test_the_side_is_told_at_the_foot(spot, side):
    bent = streets([at(0, 0), at(4, 0), at(4, 6)])
    (door,) = number_streets(bent, entrances(spot), AS_DRAWN)
    assert door.side == side


def test_at_a_sharp_vertex_the_mean_direction_tells_the_side():
    # A hairpin: walking east, then back to the west-north-west; the door stands beyond its tip, outside.
    hairpin = streets([at(0, 0), at(6, 0), at(0, 1)])
    north_of_tip, south_of_tip = number_streets(hairpin, entrances((6.2, 0.1), (6.2, -0.1)), AS_DRAWN)
    assert (north_of_tip.side, south_of_tip.side) == ("right", "right")
    assert north_of_tip.metres == south_of_tip.metres == pytest.approx(60, abs=0.01)


def test_a_ring_has_a_mean_direction_at_its_start_as_well():
    ring = streets([at(0, 0), at(5, 0), at(5, 5), at(0, 5), at(0, 0)])
    outside, inside = number_streets(ring, entrances((-0.5, -0.3), (0.5, 0.6)), AS_DRAWN)
    assert (outside.side, inside.side) == ("right", "left")


def test_a_door_beyond_the_end_has_its_foot_at_the_end():
    street = streets([at(0, 0), at(5, 0)])
    before, after = number_streets(street, entrances((-1, 0.5), (6, -0.5)), AS_DRAWN)
    assert (before.metres, after.metres) == (0, 50)
    assert (before.side, after.side) == ("left", "right")


def test_walking_the_other_way_mirrors_sides_and_metres():
    street = streets([at(0, 0), at(5, 2), at(9, 1)])
    doors = entrances((1, 2), (4, 0), (8, 3))
    forth = list(number_streets(street, doors, AS_DRAWN))
    back = list(number_streets(street, doors, NumberingRule(start=("last",))))
    length = float(street.lengths[0])
    assert [door.side for door in back] == [{"left": "right", "right": "left"}[door.side] for door in forth]
    assert [door.metres for door in back] == pytest.approx([length - door.metres for door in forth], abs=0.011)


def test_two_towns_of_far_apart_latitudes_in_one_file_are_measured_alike():
    south, north = [(0, 0), (0.01, 0)], [(0, 70), (0.01, 70)]
    both = streets(south, north, names=["甲", "乙"])
    doors = Entrances(["a", "b"], np.array([0.005, 0.005]), np.array([0.0005, 70.0005]))
    planned = list(number_streets(both, doors, AS_DRAWN))
    for door, lat in zip(planned, (0, 70), strict=True):
        assert door.metres == pytest.approx(GEOD.inv(0, lat, 0.005, lat)[2], abs=0.01)


def test_a_street_of_many_vertices_gives_the_same_feet_as_its_whole_line():
    east = np.linspace(0, 60, 200)
    winding = list(zip(*at(east, np.sin(east / 3)), strict=True))
    along = np.random.default_rng(4).uniform(0, 60, 40)
    spots = entrances(*zip(along, np.sin(along / 3) + 0.3, strict=True))
    feet = number_streets(streets(winding), spots, AS_DRAWN).feet
    slow = [slow_foot(winding, lon, lat) for lon, lat in zip(spots.lon, spots.lat, strict=True)]
    assert np.column_stack([feet.metres, feet.distance]) == pytest.approx(np.array(slow), abs=0.01)
