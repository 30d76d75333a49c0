import re

from geo_app.domain.numbering import number_streets
from geo_app.exchange.language import render
from geo_app.maps.numbering_page import EVEN, NONE, ODD, PageAssets, numbering_page
from tests.support.street_sketch import AS_DRAWN, at, doors, entrances, plan, streets

ASSETS = PageAssets("/* leaflet script */", "/* leaflet style */")


def page_of(planned, language="zh") -> str:
    return numbering_page(planned, ASSETS, lambda message: render(message, language))


def test_a_page_shows_odd_and_even_doors_in_two_colours_and_kept_ones_with_a_rim():
    page = page_of(plan(doors(" a    b ", ">>>>>>>>", "   c    ", walls={"b": "9"})))
    for part in (ODD, EVEN, "#000000", "leaflet script", "leaflet style", "单号"):
        assert part in page
    assert "\\u5de6\\u4fa7" in page or "左侧" in page


def test_a_page_asks_no_server_for_anything():
    page = page_of(plan(doors(" a    b ", ">>>>>>>>")))
    assert not re.findall(r"""(?:src|href)\s*=\s*["']?\s*(?:https?:)?//""", page)
    assert "cdn" not in page


def test_text_of_the_data_cannot_become_part_of_the_page():
    evil = "<script>alert(1)</script>`${alert(2)}`"
    street = streets([at(0, 0), at(9, 0)], name=evil)
    planned = number_streets(street, entrances((1, 1), walls=["<img src=x onerror=alert(3)>"]), AS_DRAWN)
    page = page_of(planned)
    assert "<script>alert" not in page
    assert "<img" not in page


def test_doors_without_a_number_are_grey_and_empty_towns_have_a_page():
    assert page_of(number_streets(streets([at(0, 0), at(9, 0)]), entrances((1, 90)), AS_DRAWN)).count(NONE) > 1
    assert "</html>" in page_of(number_streets(streets(), entrances(), AS_DRAWN))
