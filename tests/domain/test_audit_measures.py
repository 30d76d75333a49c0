"""Quality measures of an audit: what they apply to, and what conforms."""

import numpy as np

from geo_app.domain.audit import audit_streets
from geo_app.domain.audit_measures import QUALITY_MEASURES, conformances
from geo_app.domain.audit_range import number_ranges
from tests.support.street_sketch import at, doors, entrances, streets

WALLS = {"a": "1", "b": "3", "c": "5", "d": "2", "e": "4", "f": "6", "g": "7", "h": "9", "i": "11"}


def street(**walls):
    sketch = doors(" a b c g h i ", ">>>>>>>>>>>>>", " d e f       ", walls=WALLS | walls)
    return audit_streets(sketch.streets, sketch.entrances)


def counts(audit, rows=None):
    return {c.measure.name: (c.conforming, c.tested) for c in conformances(audit, rows)}


def test_an_orderly_street_conforms_to_all_that_applies():
    assert counts(street()) == {
        "XYCoordinateCompletenessMeasure": (9, 9),
        "TabularDomainMeasure": (0, 0),
        "SpatialDomainMeasure": (9, 9),
        "AddressCompletenessMeasure": (9, 9),
        "PatternSequenceMeasure": (9, 9),
        "UniquenessMeasure": (9, 9),
        "LeftRightOddEvenParityMeasure": (9, 9),
        "AddressNumberFishbonesMeasure": (9, 9),
        "RangeDomainMeasure": (0, 0),
    }


def test_each_fault_breaks_its_own_measure():
    read = counts(street(c="", f="6 bis", e="5", h="1"))
    assert read["AddressCompletenessMeasure"] == (8, 9)
    assert read["PatternSequenceMeasure"] == (7, 8)
    assert read["UniquenessMeasure"] == (6, 8)
    assert read["LeftRightOddEvenParityMeasure"] == (7, 8)
    assert read["AddressNumberFishbonesMeasure"] == (6, 7)


def test_nothing_to_test_is_not_zero():
    shares = {c.measure.name: c.share for c in conformances(street())}
    assert (shares["RangeDomainMeasure"], shares["UniquenessMeasure"]) == (None, 1.0)


def test_some_rows_are_measured_alone():
    audit = street(c="")
    rows = np.array([identifier == "c" for identifier in audit.addresses.ids])
    assert counts(audit, rows)["AddressCompletenessMeasure"] == (0, 1)


def test_names_positions_and_ranges_are_measured():
    line = streets([at(0, 0), at(9, 0)], overrides=[{"from": "1", "to": "5"}])
    spots = [(1, 1), (3, 1), (5, 1), (7, 50), (np.nan, np.nan)]
    names = ["铜河路", "铜河路", "丁街", "铜河路", "铜河路"]
    places = entrances(*spots, walls=["1", "7", "3", "9", "11"], street_names=names)
    read = counts(audit_streets(line, places, number_ranges(line)))
    assert read["XYCoordinateCompletenessMeasure"] == (4, 5)
    assert read["TabularDomainMeasure"] == (4, 5)
    assert read["SpatialDomainMeasure"] == (2, 3)
    assert read["RangeDomainMeasure"] == (1, 2)


def test_a_town_without_streets_is_measured():
    read = counts(audit_streets(streets(), entrances((1, 1), walls=["1"])))
    assert read["SpatialDomainMeasure"] == (0, 1)
    assert read["UniquenessMeasure"] == (0, 0)


def test_every_measure_has_a_name_of_its_own_and_words():
    assert len({measure.name for measure in QUALITY_MEASURES}) == len(QUALITY_MEASURES)
    assert all(str(measure.title) and str(measure.conforms) for measure in QUALITY_MEASURES)
