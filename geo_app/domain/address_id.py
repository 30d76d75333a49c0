"""The permanent address id 地址标识: 15 characters that say nothing and outlive every renaming and renumbering.

Six digits of the county of birth, eight of a serial, one ISO 7064 MOD 11-2 check character (0-9 or X). An id is never
reused and never rewritten, not even when the division changes its code.
"""

import numpy as np
from numpy.typing import NDArray
from stdnum.iso7064 import mod_11_2

from geo_app.domain.errors import DomainError

LENGTH = 15
"""Characters of an id."""

LAST_SERIAL = 99_999_999
"""Serials run from 1 to this in each county of birth."""

_COUNTY_DIGITS = 6
_SERIAL_DIGITS = 8
# ISO 7064: the weight of a place is 2 to the power of its distance from the check character, modulo 11.
_WEIGHTS = np.array([pow(2, LENGTH - 1 - place, 11) for place in range(LENGTH - 1)], dtype=np.int64)
_CHECK_CHARACTERS = np.array([ord(c) for c in "0123456789X"], dtype=np.uint32)


class CountyCodeMalformed(DomainError):
    """A county code is six digits (GB/T 2260)."""

    pattern = "“{code}” is not a county code: six digits are needed."


class SerialOutOfRange(DomainError):
    """A county of birth has serials 1 to 99,999,999."""

    pattern = "Serial {serial} is outside 1 to 99999999; the county's address ids are used up or the serial is wrong."


class AddressIdMalformed(DomainError):
    """An id is 14 digits and a check character."""

    pattern = "“{id}” is not an address id: 14 digits and a check character are needed."


class AddressIdCheckFailed(DomainError):
    """The check character does not fit: a character was misread or two were swapped."""

    pattern = "The address id “{id}” has a typing error: its check character does not fit."


def make_id(county_code: str, serial: int) -> str:
    """Return the id of one address.

    Raises CountyCodeMalformed, SerialOutOfRange.
    """
    _require_county(county_code)
    _require_serials(serial, serial)
    body = f"{county_code}{serial:08d}"
    return body + str(mod_11_2.calc_check_digit(body))


def make_ids(county_code: str, serials: NDArray[np.int64]) -> NDArray[np.str_]:
    """Return the ids of many serials, shape (n,), equal to `make_id` one by one.

    Raises CountyCodeMalformed, SerialOutOfRange.
    """
    _require_county(county_code)
    if not len(serials):
        return np.empty(0, dtype=f"U{LENGTH}")
    _require_serials(int(serials.min()), int(serials.max()))
    digits = np.empty((len(serials), LENGTH - 1), dtype=np.int64)
    digits[:, :_COUNTY_DIGITS] = [int(c) for c in county_code]
    for place in range(_SERIAL_DIGITS):
        digits[:, LENGTH - 2 - place] = serials // 10**place % 10
    # numpy stores text as code points of four bytes: the table of digits becomes text without a copy per row.
    letters = np.empty((len(serials), LENGTH), dtype=np.uint32)
    letters[:, :-1] = digits + ord("0")
    letters[:, -1] = _CHECK_CHARACTERS[(1 - digits @ _WEIGHTS) % 11]
    return letters.view(f"U{LENGTH}")[:, 0]


def validate(text: str) -> str:
    """Return the id in its written form: blanks off, the check character in upper case.

    Raises AddressIdMalformed, AddressIdCheckFailed.
    """
    written = text.strip().upper()
    body, check = written[:-1], written[-1:]
    if len(written) != LENGTH or not _is_digits(body) or not (_is_digits(check) or check == "X"):
        raise AddressIdMalformed(id=text)
    if mod_11_2.calc_check_digit(body) != check:
        raise AddressIdCheckFailed(id=text)
    return written


def county_of_birth(address_id: str) -> str:
    """Return the six digits of the county that gave the id; the address may lie in another one today."""
    return address_id[:_COUNTY_DIGITS]


def serial_of(address_id: str) -> int:
    """Return the serial within the county of birth."""
    return int(address_id[_COUNTY_DIGITS : LENGTH - 1])


def _require_county(code: str) -> None:
    if len(code) != _COUNTY_DIGITS or not _is_digits(code):
        raise CountyCodeMalformed(code=code)


def _require_serials(lowest: int, highest: int) -> None:
    if lowest < 1 or highest > LAST_SERIAL:
        raise SerialOutOfRange(serial=lowest if lowest < 1 else highest)


def _is_digits(text: str) -> bool:
    # str.isdigit alone also accepts full-width and superscript digits.
    return text.isascii() and text.isdigit()
