"""GCJ-02 and BD-09 against the figures of the field's literature and against themselves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.datum import Datum, from_cgcs2000, to_cgcs2000

LON = st.floats(72.1, 137.7)
LAT = st.floats(1.0, 55.7)


def test_the_seat_of_the_district_moves_by_the_published_amount():
    lon, lat = from_cgcs2000(103.55, 29.41, Datum.GCJ02)
    assert lon - 103.55 == pytest.approx(0.00199, abs=5e-6)
    assert lat - 29.41 == pytest.approx(-0.00295, abs=5e-6)


def test_baidu_adds_its_known_offset_to_gcj02():
    gcj = np.array(from_cgcs2000(103.55, 29.41, Datum.GCJ02))
    baidu = np.array(from_cgcs2000(103.55, 29.41, Datum.BD09))
    assert baidu - gcj == pytest.approx([0.0065, 0.006], abs=1e-3)


@pytest.mark.parametrize(
    ("lon", "lat", "gcj_lon", "gcj_lat"),
    # The pair that most ports of the algorithm print in their read-me (Tiananmen).
    [(116.404, 39.915, 116.41024449916938, 39.91640428150164)],
)
def test_the_algorithm_gives_the_figures_its_ports_publish(lon, lat, gcj_lon, gcj_lat):
    assert from_cgcs2000(lon, lat, Datum.GCJ02) == pytest.approx((gcj_lon, gcj_lat), abs=1e-9)


@given(lon=LON, lat=LAT, datum=st.sampled_from([Datum.GCJ02, Datum.BD09]))
def test_there_and_back_is_exact_to_a_tenth_of_a_millimetre(lon, lat, datum):
    back = to_cgcs2000(*from_cgcs2000(lon, lat, datum), datum)
    assert np.abs(np.array(back) - (lon, lat)).max() < 1e-9


def test_outside_the_published_rectangle_nothing_is_shifted():
    assert from_cgcs2000(9.5, 47.1, Datum.GCJ02) == (9.5, 47.1)
    assert to_cgcs2000(9.5, 47.1, Datum.GCJ02) == (9.5, 47.1)


def test_arrays_keep_their_shape_and_missing_values_stay_missing():
    lon, lat = to_cgcs2000([[103.5, np.nan]], [[29.4, 29.4]], Datum.BD09)
    assert lon.shape == (1, 2)
    assert np.isnan(lon[0, 1])
    assert np.isfinite(lat[0, 0])


def test_unshifted_degrees_are_left_alone():
    assert to_cgcs2000(103.55, 29.41, Datum.CGCS2000) == (103.55, 29.41)
    assert from_cgcs2000(103.55, 29.41, Datum.CGCS2000) == (103.55, 29.41)
