import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from geo_app.domain.address_id import (
    LAST_SERIAL,
    AddressIdCheckFailed,
    AddressIdMalformed,
    CountyCodeMalformed,
    SerialOutOfRange,
    county_of_birth,
    make_id,
    make_ids,
    serial_of,
    validate,
)

COUNTIES = st.from_regex(r"[1-9][0-9]{5}", fullmatch=True)
SERIALS = st.integers(1, LAST_SERIAL)


@given(COUNTIES, SERIALS)
def test_an_id_is_fifteen_characters_and_passes_the_iso_check(county, serial):
    made = make_id(county, serial)
    assert len(made) == 15
    assert mod_11_2.is_valid(made)
    assert (county_of_birth(made), serial_of(made)) == (county, serial)


@given(COUNTIES, st.lists(SERIALS, min_size=1, max_size=30))
def test_many_ids_at_once_equal_the_ids_one_by_one(county, serials):
    assert make_ids(county, np.array(serials)).tolist() == [make_id(county, serial) for serial in serials]


def test_a_million_ids_are_all_different_and_sample_checks_hold():
    made = make_ids("511111", np.arange(1, 1_000_001))
    assert len(np.unique(made)) == 1_000_000
    assert all(mod_11_2.is_valid(str(one)) for one in made[::9973])


def test_no_serials_give_no_ids():
    assert make_ids("511111", np.array([], dtype=np.int64)).tolist() == []


@given(COUNTIES, SERIALS, st.integers(0, 13), st.integers(1, 9))
def test_one_misread_digit_is_always_noticed(county, serial, place, shift):
    made = make_id(county, serial)
    wrong = made[:place] + str((int(made[place]) + shift) % 10) + made[place + 1 :]
    with pytest.raises(AddressIdCheckFailed):
        validate(wrong)


@given(COUNTIES, SERIALS, st.integers(0, 12))
def test_two_swapped_neighbours_are_always_noticed(county, serial, place):
    made = make_id(county, serial)
    wrong = made[:place] + made[place + 1] + made[place] + made[place + 2 :]
    if wrong == made:
        assert validate(wrong) == made
    else:
        with pytest.raises(AddressIdCheckFailed):
            validate(wrong)


def test_an_id_is_accepted_with_blanks_around_and_a_small_x():
    made = next(one for one in make_ids("511111", np.arange(1, 50)).tolist() if one.endswith("X"))
    assert validate(f" {made.lower()} ") == made


@pytest.mark.parametrize("text", ["", "51111100000001", "5111110000000123", "51111A000000010", "５1111100000001X"])
def test_what_is_not_fourteen_digits_and_a_check_character_is_no_id(text):
    with pytest.raises(AddressIdMalformed):
        validate(text)


@pytest.mark.parametrize("county", ["", "51111", "5111111", "51111x", "５11111"])
def test_a_county_code_is_six_digits(county):
    with pytest.raises(CountyCodeMalformed):
        make_id(county, 1)


@pytest.mark.parametrize("serial", [0, -1, LAST_SERIAL + 1])
def test_serials_stay_between_one_and_the_last(serial):
    with pytest.raises(SerialOutOfRange):
        make_id("511111", serial)
    with pytest.raises(SerialOutOfRange):
        make_ids("511111", np.array([5, serial]))
