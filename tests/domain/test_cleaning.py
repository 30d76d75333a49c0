"""Each cleaning step does its one thing and keeps the place of every character."""

import pytest

from geo_app.domain.cleaning import LONGEST, clean, comparable


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("ＡＢ１２", "AB12"),
        ("銅河路臺峯", "铜河路台峰"),
        ("a座", "A座"),
        ("ㄧ段3橦", "一段3幢"),
        ("12—3～5【x】〈y〉", "12-3-5(X)(Y)"),
        ("铜河\u200b路\u202e12\u0000号", "铜河路12号"),
        ("12 号  3 栋", "12号3栋"),
        ("沙湾区 铜河路", "沙湾区 铜河路"),
        ("铜 河 路 1 2 号", "铜河路12号"),
        ("1O2号l2号附l号", "102号12号附1号"),
        ("3纽2单圆12呈", "3组2单元12号"),
        ("㈠", "(一)"),
        ("①铜河路", "·铜河路"),
    ],
)
def test_a_line_is_made_plain(given, cleaned):
    assert clean(given).text == cleaned


def test_a_character_that_spells_several_gives_all_of_them_its_place():
    assert list(clean("1㈠2").origin) == [0, 1, 1, 1, 2]


def test_no_more_of_a_line_is_read_than_an_address_is_long():
    assert len(clean("路" * 10_000).text) == LONGEST


def test_spellings_of_one_address_compare_alike():
    assert comparable("銅河路二段１２號") == comparable("铜河路 2段十二号")
