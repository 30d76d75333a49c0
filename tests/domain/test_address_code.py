import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.address_code import (
    DEFAULT_SCHEME,
    CodeField,
    CodeFieldTooWide,
    CodeLevel,
    CodeLevelNotInScheme,
    CodeNotDigits,
    CodeScheme,
    CodeWrongLength,
    SchemeHasNoFields,
    SchemeLevelUnknown,
    SchemeRepeatsLevel,
    SchemeWidthWrong,
    recode,
    scheme_from_mapping,
)

PARTS = st.fixed_dictionaries({f.level: st.integers(0, 10**f.width - 1) for f in DEFAULT_SCHEME.fields})
DOORS_ONLY = CodeScheme("doors", 2, (CodeField(CodeLevel.COUNTY, 6), CodeField(CodeLevel.DOOR, 9)))


def test_the_default_code_of_a_room_has_twenty_five_digits_in_order():
    parts = dict(zip(CodeLevel, (511111, 2, 1, 139, 3, 2, 501), strict=True))
    assert DEFAULT_SCHEME.encode(parts) == "5111110020010013900302501"


def test_levels_not_used_are_zeros():
    assert DEFAULT_SCHEME.encode({CodeLevel.COUNTY: 511111, CodeLevel.DOOR: 7}) == "5111110000000000700000000"


@given(PARTS)
def test_a_code_reads_back_as_what_was_written(parts):
    code = DEFAULT_SCHEME.encode(parts)
    assert len(code) == DEFAULT_SCHEME.digits == 25
    assert DEFAULT_SCHEME.decode(code) == parts


@given(st.lists(PARTS, min_size=1, max_size=20))
def test_many_codes_at_once_equal_the_codes_one_by_one(rows):
    columns = {level: np.array([row[level] for row in rows]) for level in rows[0]}
    assert DEFAULT_SCHEME.encode_many(columns).tolist() == [DEFAULT_SCHEME.encode(row) for row in rows]


def test_no_rows_give_no_codes():
    assert DEFAULT_SCHEME.encode_many({}).tolist() == []


@given(PARTS)
def test_recoding_there_and_back_changes_nothing(parts):
    other = CodeScheme("reversed", 1, tuple(reversed(DEFAULT_SCHEME.fields)))
    code = DEFAULT_SCHEME.encode(parts)
    assert recode(recode(code, DEFAULT_SCHEME, other), other, DEFAULT_SCHEME) == code


def test_recoding_drops_only_levels_that_are_not_used():
    door = DEFAULT_SCHEME.encode({CodeLevel.COUNTY: 511111, CodeLevel.DOOR: 7})
    assert recode(door, DEFAULT_SCHEME, DOORS_ONLY) == "511111000000007"


def test_recoding_refuses_to_lose_a_level():
    room = DEFAULT_SCHEME.encode({CodeLevel.COUNTY: 511111, CodeLevel.ROOM: 7})
    with pytest.raises(CodeLevelNotInScheme):
        recode(room, DEFAULT_SCHEME, DOORS_ONLY)


def test_a_scheme_survives_being_written_as_plain_values():
    mapping = DEFAULT_SCHEME.to_mapping()
    assert scheme_from_mapping(mapping["name"], mapping["version"], mapping["fields"]) == DEFAULT_SCHEME


@pytest.mark.parametrize("value", [-1, 100_000])
def test_a_value_that_does_not_fit_is_refused_and_never_cut(value):
    with pytest.raises(CodeFieldTooWide):
        DEFAULT_SCHEME.encode({CodeLevel.DOOR: value})
    with pytest.raises(CodeFieldTooWide):
        DEFAULT_SCHEME.encode_many({CodeLevel.DOOR: np.array([1, value])})


@pytest.mark.parametrize("code", ["", "1" * 24, "1" * 26])
def test_a_code_has_exactly_the_digits_of_its_scheme(code):
    with pytest.raises(CodeWrongLength):
        DEFAULT_SCHEME.decode(code)


@pytest.mark.parametrize("code", ["1" * 24 + "A", "1" * 24 + "１"])
def test_a_code_is_digits_only(code):
    with pytest.raises(CodeNotDigits):
        DEFAULT_SCHEME.decode(code)


def test_a_scheme_needs_fields():
    with pytest.raises(SchemeHasNoFields):
        CodeScheme("empty", 1, ())


def test_a_scheme_names_a_level_once():
    with pytest.raises(SchemeRepeatsLevel):
        CodeScheme("twice", 1, (CodeField(CodeLevel.DOOR, 5), CodeField(CodeLevel.DOOR, 5)))


@pytest.mark.parametrize("width", [0, 10])
def test_a_field_has_one_to_nine_digits(width):
    with pytest.raises(SchemeWidthWrong):
        CodeScheme("wide", 1, (CodeField(CodeLevel.DOOR, width),))


def test_a_scheme_from_a_file_may_name_only_known_levels():
    with pytest.raises(SchemeLevelUnknown):
        scheme_from_mapping("strange", 1, [{"level": "galaxy", "width": 3}])
