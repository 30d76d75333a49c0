import pytest

from geo_app.domain.numbering_wall import WallNumber, read_wall


@pytest.mark.parametrize(
    ("text", "number", "last", "sub_number"),
    [
        ("12", 12, 12, ""),
        ("12号", 12, 12, ""),
        (" 12 ", 12, 12, ""),
        ("012", 12, 12, ""),
        ("１２", 12, 12, ""),
        ("12A", 12, 12, "A"),
        ("12 a", 12, 12, "A"),
        ("12附3", 12, 12, "3"),
        ("12号附3号", 12, 12, "3"),
        ("12之3", 12, 12, "3"),
        ("12號之3", 12, 12, "3"),
        ("12-3", 12, 12, "3"),
        ("12-13", 12, 12, "13"),
        ("12-12", 12, 12, "12"),
        ("12-16", 12, 16, ""),
        ("12 – 16", 12, 16, ""),
        ("1016-18", 1016, 1016, "18"),
        ("9997-9999", 9997, 9999, ""),
        ("10000", 10000, 10000, ""),
        ("1234567890", 1234567890, 1234567890, ""),
    ],
)
def test_a_plate_is_read_as_it_is_meant(text, number, last, sub_number):
    assert read_wall(text) == WallNumber(number, last, sub_number)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *[
            ("附3", None),
            ("A12", None),
            ("", None),
            ("-3", None),
            ("0", 0),
            ("12 bis", 12),
            ("12/14", 12),
            ("12附", 12),
            ("226 1/2", 226),
            ("226½", 226),
        ],
        *[
            ("12号3号", 12),
            ("12A-3", 12),
            ("12-16A", 12),
            ("12.0", 12),
            ("12-0", 12),
            ("123456789012345", None),
            ("9999-10001", 9999),
        ],
    ],
)
def test_anything_else_is_bad_and_counts_by_its_leading_integer(text, number):
    assert read_wall(text) == WallNumber(number, number, bad=True)


@pytest.mark.parametrize(("text", "rank"), [("12", 0), ("12附3", 3), ("12A", 1), ("12c", 3)])
def test_sub_numbers_and_letters_have_a_rank(text, rank):
    assert read_wall(text).rank == rank
