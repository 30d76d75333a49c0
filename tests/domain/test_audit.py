"""The audit of walls on streets drawn as text: what scheme a street has, and each kind of finding."""

from dataclasses import replace

import numpy as np
import pytest

from geo_app.domain.audit import audit_streets
from geo_app.domain.audit_findings import AUDIT_SEVERITY, AuditKind
from geo_app.domain.audit_range import number_ranges
from geo_app.domain.numbering import number_streets
from geo_app.domain.numbering_rule import NumberingRule
from tests.support.street_sketch import at, doors, entrances, streets

ORDERLY = {"a": "1", "b": "3", "c": "5", "d": "2", "e": "4", "f": "6"}


def street(**walls):
    """A street of six doors, numbered from its first end, odd numbers on the left; `walls` change numbers."""
    return doors(" a b c ", ">>>>>>>", " d e f ", walls=ORDERLY | walls)


def audit(sketch, **options):
    return audit_streets(sketch.streets, sketch.entrances, **options)


def scheme(sketch):
    (only,) = audit(sketch).street_schemes()
    return only


def found(sketch, *kinds, **options):
    """Address and kind of the findings, gaps left out unless asked for."""
    wanted = kinds or set(AuditKind) - {AuditKind.GAP}
    return [(f.address_id, f.kind) for f in audit(sketch, **options).findings() if f.kind in wanted]


def message(sketch, address_id):
    return next(str(f.message) for f in audit(sketch).findings() if f.address_id == address_id)


# -- the scheme


def test_numbers_that_rise_as_drawn_start_at_the_first_end():
    read = scheme(street())
    assert (read.start, read.odd_side, read.explained) == ("first", "left", 1.0)
    assert (read.start_position.lon, read.start_position.lat) == at(0, -1)
    assert (read.addresses, read.doors, read.method) == (6, 6, "sequential")
    assert read.metres_per_number == pytest.approx(10, abs=0.01)


def test_numbers_that_rise_against_the_drawing_start_at_the_last_end():
    read = scheme(doors(" a b c ", "<<<<<<<", " d e f ", walls=ORDERLY))
    assert (read.start, read.odd_side, read.explained) == ("last", "left", 1.0)
    assert (read.start_position.lon, read.start_position.lat) == at(0, -1)


def test_the_odd_side_is_seen_walking_from_the_start():
    walls = {"a": "5", "b": "3", "c": "1", "d": "6", "e": "4", "f": "2"}
    assert scheme(doors(" a b c ", ">>>>>>>", " d e f ", walls=walls)).odd_side == "right"


def test_a_street_on_which_fewer_than_three_quarters_agree_is_mixed():
    walls = {"a": "1", "b": "3", "c": "4", "d": "2", "e": "5", "f": "6", "g": "8", "h": "7"}
    sketch = doors(" a b c g ", ">>>>>>>>>", " d e f h ", walls=walls)
    assert scheme(sketch).odd_side == "mixed"
    assert found(sketch, AuditKind.WRONG_SIDE) == []


def test_numbers_that_run_up_one_side_and_down_the_other_are_not_out_of_order():
    walls = dict(zip("abcghifed", "123456789", strict=True))
    sketch = doors(" a b c g h i ", ">>>>>>>>>>>>>", " d e f       ", walls=walls)
    assert scheme(sketch).odd_side == "mixed"
    assert found(sketch, *AuditKind) == []


def test_three_quarters_are_enough():
    walls = {"a": "1", "b": "3", "c": "4", "d": "2"}
    sketch = doors(" a b c ", ">>>>>>>", " d     ", walls=walls)
    assert scheme(sketch).odd_side == "left"
    assert found(sketch, AuditKind.WRONG_SIDE) == [("c", "wrong_side")]


def test_of_two_doors_nothing_is_said_about_sides():
    assert scheme(doors(" a b ", ">>>>>", walls={"a": "1", "b": "3"})).odd_side == "unknown"


def test_a_single_door_has_no_direction_and_the_street_stands_as_drawn():
    read = scheme(doors(" a ", "<<<", walls={"a": "7"}))
    assert (read.start, read.odd_side, read.method, read.metres_per_number) == (None, "unknown", None, None)
    assert (read.start_position.lon, read.start_position.lat) == at(2, -1)


def test_equal_numbers_give_no_direction():
    assert scheme(doors("a    b    c", ">>>>>>>>>>>", walls={"a": "7", "b": "7", "c": "7"})).start is None


def test_one_number_a_side_gives_the_direction_all_the_same():
    assert scheme(doors(" a  ", ">>>>", "  b ", walls={"a": "1", "b": "2"})).start == "first"


def test_doors_abreast_give_no_direction():
    assert scheme(doors(" a ", ">>>", " b ", walls={"a": "1", "b": "2"})).start is None


def test_each_side_has_a_run_of_its_own():
    walls = {"a": "101", "b": "103", "c": "105", "d": "2", "e": "4", "f": "6"}
    assert scheme(doors(" a b c       ", ">>>>>>>>>>>>>", "       d e f ", walls=walls)).start == "first"


def test_points_of_one_number_within_thirty_metres_are_one_door():
    sketch = doors(" axb c ", ">>>>>>>", " d e f ", walls=ORDERLY | {"x": "1"})
    read = scheme(sketch)
    assert (read.addresses, read.doors) == (7, 6)
    assert found(sketch) == []


def test_a_street_without_addresses_is_not_listed():
    sketch = street()
    both = streets([at(0, -1), at(6, -1)], [at(0, 50), at(6, 50)], names=["铜河路", "绥山路"])
    assert [s.street_name for s in audit_streets(both, sketch.entrances).street_schemes()] == ["铜河路"]


@pytest.mark.parametrize("method", ["metre", "quantified", "base_interval", "sequential"])
def test_the_method_by_which_the_engine_numbered_is_recognised(method):
    line = streets([at(0, 0), at(130, 0)])
    spots = [(east, north) for east in (3, 9, 20, 31, 47, 52, 64, 77, 96, 101, 118, 127) for north in (1, -1)]
    places = entrances(*spots)
    plan = number_streets(line, places, NumberingRule(method=method, start=("first",)))
    (read,) = audit_streets(line, replace(places, walls=[door.text for door in plan])).street_schemes()
    assert (read.method, read.start, read.odd_side, read.explained) == (method, "first", "left", 1.0)


def test_two_doors_show_no_method():
    assert scheme(doors(" a b ", ">>>>>", walls={"a": "1", "b": "3"})).method is None


# -- the findings


def test_an_orderly_street_has_no_findings():
    assert found(street(), *AuditKind) == []


def test_an_even_number_among_odd_ones_is_on_the_wrong_side():
    sketch = doors(" a b c g h ", ">>>>>>>>>>>", " d e f   ", walls=ORDERLY | {"g": "8", "h": "9"})
    assert found(sketch) == [("g", "wrong_side")]
    assert "even numbers stand on the right side" in message(sketch, "g")


def test_a_number_that_falls_back_is_out_of_order():
    sketch = doors(" a b c g h ", ">>>>>>>>>>>", walls=ORDERLY | {"a": "9", "g": "7", "h": "11"})
    assert found(sketch) == [("a", "out_of_order")]
    assert message(sketch, "a") == "9 does not fit beside its neighbour 3 at the end of the row."


def test_the_neighbours_of_a_door_out_of_order_are_named():
    sketch = doors(" a b c g h ", ">>>>>>>>>>>", walls=ORDERLY | {"c": "21", "g": "7", "h": "9"})
    assert message(sketch, "c") == "21 does not fit between its neighbours 3 and 7."


def test_of_two_doors_that_changed_places_neither_is_out_of_order():
    assert found(doors(" a b c g ", ">>>>>>>>>", walls=ORDERLY | {"b": "5", "c": "3", "g": "7"})) == []


def test_doors_within_a_tenth_of_a_metre_stand_in_any_order():
    line = streets([at(0, 0), at(10, 0)])
    near = entrances((1, 1), (2, 1), (2.009, 1.5), (3, 1), walls=["1", "5", "3", "7"])
    far = entrances((1, 1), (2, 1), (2.02, 1.5), (3, 1), walls=["1", "5", "3", "7"])
    explained = [next(audit_streets(line, places).street_schemes()).explained for places in (near, far)]
    assert explained == [1.0, 0.75]


def test_sub_numbers_and_suffixes_of_one_number_are_in_order():
    walls = {"a": "1", "b": "3附2", "c": "3A", "g": "3附1", "h": "5"}
    assert found(doors(" a b c g h ", ">>>>>>>>>>>", walls=walls)) == []


def test_a_number_twice_far_apart_is_reported_at_both_doors():
    sketch = doors(" a b c  g ", ">>>>>>>>>>", walls=ORDERLY | {"g": "5", "c": "5", "b": "5"})
    assert found(sketch) == [("b", "duplicate"), ("g", "duplicate")]


def test_a_suffix_makes_another_number():
    assert found(doors(" a b c  g ", ">>>>>>>>>>", walls=ORDERLY | {"b": "5A", "g": "5"})) == []


def test_a_range_has_all_its_numbers():
    sketch = doors(" a b      c ", ">>>>>>>>>>>>", walls={"a": "1", "b": "3-7", "c": "5"})
    assert ("c", "duplicate") in found(sketch)


def test_a_stray_duplicate_is_not_reported_again_as_out_of_order():
    sketch = doors(" a b c g h i ", ">>>>>>>>>>>>>", walls=ORDERLY | {"g": "7", "h": "1", "i": "9"})
    assert found(sketch) == [("a", "duplicate"), ("h", "duplicate")]
    assert message(sketch, "a") == "1 is on this street twice, 80 m apart; the other is address h."
    assert message(sketch, "h") == "1 is on this street twice, 80 m apart; it fits at address a and not here."


def test_namesakes_that_do_not_touch_may_have_the_same_number():
    apart = streets([at(0, 0), at(9, 0)], [at(0, 20), at(9, 20)], names=["铜河路", "铜河路"])
    places = entrances((1, 1), (1, 21), walls=["1", "1"])
    assert list(audit_streets(apart, places).findings()) == []


def test_branches_of_one_street_may_not():
    branches = streets([at(0, 0), at(5, 0)], [at(5, 0), at(9, 0)], [at(5, 0), at(5, 9)])
    places = entrances((1, 1), (6, 8), walls=["1", "1"])
    assert {f.kind for f in audit_streets(branches, places).findings()} == {"duplicate"}


def test_an_address_without_number_is_missing_and_counts_as_an_address():
    sketch = street(c="")
    assert found(sketch) == [("c", "missing")]
    assert (scheme(sketch).addresses, scheme(sketch).doors) == (6, 5)


def test_a_text_that_is_no_number_is_reported_and_counts_by_its_leading_integer():
    sketch = street(c="5 bis", f="大门")
    assert found(sketch) == [("c", "bad_number"), ("f", "bad_number")]
    assert scheme(sketch).doors == 5


def test_different_numbers_on_one_spot_are_stacked():
    line = streets([at(0, 0), at(10, 0)])
    places = entrances((1, 1), (2, 1), (2.04, 1), (3, 1), walls=["1", "3", "5", "7"], ids=["a", "b", "c", "d"])
    assert [(f.address_id, f.kind) for f in audit_streets(line, places).findings()] == [
        ("b", "stacked"),
        ("c", "stacked"),
    ]


def test_an_address_is_audited_on_the_street_it_names_even_when_another_is_nearer():
    both = streets([at(0, 0), at(9, 0)], [at(0, 5), at(9, 5)], names=["铜河路", "绥山路"])
    places = entrances((1, 1), (2, 4), walls=["1", "3"], street_names=["铜河路", "铜河路"])
    (only,) = audit_streets(both, places).findings()
    assert (only.address_id, only.kind, only.street_name) == ("d1", "other_street_nearer", "铜河路")


@pytest.mark.parametrize(
    ("spot", "name", "sentence"),
    [
        ((1, 30), "铜河路", "No street named 铜河路 lies within 100 m of the address, so it was not audited."),
        ((1, 30), "", "No street lies within 100 m of the address, so it was not audited."),
        ((1, 1), "丁街", "There is no street named 丁街, so the address was not audited."),
        ((np.nan, np.nan), "铜河路", "The address has no usable position, so it was not audited."),
    ],
)
def test_an_address_that_stands_on_no_street_says_why(spot, name, sentence):
    places = entrances(spot, walls=["1"], street_names=[name])
    (only,) = audit_streets(streets([at(0, 0), at(9, 0)]), places).findings()
    assert (only.kind, only.street_id, only.street_name, str(only.message)) == ("far_from_street", None, name, sentence)


def test_numbers_outside_the_range_given_on_the_lines_are_reported():
    ranged = [{"from": "1", "to": "5"}, {"from": "9", "to": "7"}]
    line = streets([at(0, 0), at(5, 0)], [at(5, 0), at(9, 0)], overrides=ranged)
    places = entrances((1, 1), (3, 1), (6, 1), (8, 1), walls=["1", "3", "9", "11"])
    read = audit_streets(line, places, number_ranges(line))
    (only,) = [f for f in read.findings() if f.kind is AuditKind.OUTSIDE_RANGE]
    assert (only.address_id, str(only.message)) == ("d3", "11 is outside 1 to 9, the range given for the street.")


def test_half_a_range_is_none():
    halves = [{"from": "1", "start": "first"}, {"from": "3", "start": "last"}]
    assert number_ranges(streets([at(0, 0), at(5, 0)], [at(5, 0), at(9, 0)], overrides=halves)) is None


def test_skipped_numbers_are_told_where_neighbours_mostly_follow():
    sketch = doors(" a b c g ", ">>>>>>>>>", walls=ORDERLY | {"g": "11"})
    assert found(sketch, AuditKind.GAP) == [("g", "gap")]
    assert message(sketch, "g") == "After 5 the row goes on with 11: 2 numbers in between are not used here."


def test_where_skipping_is_the_rule_no_gaps_are_told():
    assert found(doors(" a b c ", ">>>>>>>", walls={"a": "100", "b": "120", "c": "140"}), AuditKind.GAP) == []


def test_every_kind_has_a_severity_and_a_word():
    assert {kind: str(kind.word) for kind in AuditKind}.keys() == AUDIT_SEVERITY.keys()
    assert set(AUDIT_SEVERITY.values()) == {"error", "warning", "info"}


def test_a_town_without_streets_or_addresses_is_audited_too():
    none = entrances()
    assert audit_streets(streets([at(0, 0), at(9, 0)]), none).explained is None
    read = audit_streets(streets(), entrances((1, 1), walls=["1"]))
    assert [f.kind for f in read.findings()] == ["far_from_street"]
