"""Real doorplates of the Taiwan region, taken apart as their columns say: every 60th; the measure takes all."""

from itertools import islice

import pytest

from geo_app.domain.parsing import Gazetteer, parse
from tests.support.real_plates import COUNTIES, is_whole, real_plates


@pytest.mark.parametrize("county", COUNTIES)
def test_rows_are_found_whole(real_data, county):
    gazetteer = Gazetteer.of()
    rows = list(islice(real_plates(real_data, county), 0, None, 60))
    wrong = [plate.text for plate in rows if not is_whole(plate, parse(plate.text, gazetteer))]
    assert len(wrong) <= 0.002 * len(rows), wrong[:5]
