"""Estates on footprints that no one of this project drew; `./run measure estate-layouts` takes forty of them."""

import pytest

from geo_app.domain.numbering_rule import BUILDING_ORDERS, NumberingRule
from tests.measure.estate_layouts import changed_by_shuffling, cut_layouts, not_s_shaped, twice_or_gap

pytestmark = pytest.mark.real


@pytest.mark.parametrize("town", ["helsinki", "baltimore_city"])
def test_real_clusters_are_numbered_once_without_a_gap_and_the_same_each_time(real_data, town):
    for layout in cut_layouts(real_data / "osm", town, 3):
        for order in BUILDING_ORDERS:
            rule = NumberingRule(building_order=order)
            faults = [fault(layout.estate, rule) for fault in (twice_or_gap, not_s_shaped, changed_by_shuffling)]
            assert faults == [False, False, False], (layout.name, order)
