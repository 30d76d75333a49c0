import re
from xml.etree import ElementTree as ET

from geo_app.maps.trend import TrendPoint, trend_chart


def test_a_chart_draws_each_month_and_says_its_figures():
    chart = trend_chart([TrendPoint("2026-01", 0.92), TrendPoint("2026-02", 0.98)], "单双号分侧")
    assert len(re.findall("<circle", chart)) == 2
    assert "2026-01 92.0 %; 2026-02 98.0 %" in chart
    assert "90 %" in chart


def test_a_month_without_data_breaks_the_line():
    points = [TrendPoint(f"2026-0{month}", share) for month, share in enumerate([0.9, 0.8, None, 0.7, 0.6], start=1)]
    chart = trend_chart(points, "x")
    assert chart.count("<polyline") == 2
    assert "2026-03 —" in chart


def test_texts_are_escaped_and_the_chart_is_well_formed():
    chart = trend_chart([TrendPoint('<">', 1.0)], '<b> & "')
    assert ET.fromstring(chart).get("aria-label").startswith('<b> & "')


def test_a_chart_without_points_is_an_empty_one():
    assert "<circle" not in trend_chart([], "x")
