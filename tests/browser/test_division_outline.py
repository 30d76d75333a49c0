from datetime import date

import pytest
import shapely

from geo_app.domain.access_roles import Role
from geo_app.persistence.queries.division_outlines import outline_as_of
from geo_app.services.divisions import Dated, draw_outline
from tests.support.accounts import actor_of, make_account
from tests.support.example_register import COUNTY, DAY, TOWNSHIP, make_divisions
from tests.support.map_view import on_map
from tests.support.screenshots import shot

pytestmark = pytest.mark.browser

FIRST = date(2018, 1, 1)
GROUND = (103.50, 29.40, 103.60, 29.48)
"""The county's and, at first, the township's: west, south, east, north."""


@pytest.fixture
def township(committed_database):
    with committed_database.transaction() as register:
        ids = make_divisions(register)
        dated = Dated(actor_of(register, make_account(register, "surveyor", Role.PLANNER)), FIRST, DAY)
        ground = shapely.MultiPolygon([shapely.box(*GROUND)])
        for code in (COUNTY, TOWNSHIP):
            draw_outline(register, dated, ids[code], ground, "1:10000地形图")
    return ids[TOWNSHIP]


def outline(database, township, day):
    with database.transaction() as register:
        return shapely.from_geojson(outline_as_of(register.session, township, day).shape)


def click(page, *places):
    for place in places:
        page.mouse.move(*on_map(page, *place))
        page.mouse.click(*on_map(page, *place))


def test_an_outline_is_drawn_looked_at_and_saved_and_the_older_one_stays(desktop, township, committed_database):
    page = desktop.open_ready(f"/divisions/{township}")
    page.wait_for_selector("body[data-drawn]")
    page.click("#pen-new")
    click(page, (103.51, 29.41), (103.62, 29.41), (103.56, 29.45), (103.51, 29.47))
    page.keyboard.press("Enter")
    assert "沙湾区" in page.wait_for_selector("#outline-findings li").inner_text()
    shot(page, "division-drawn")
    page.fill("#outline-since", "2024-03-01")
    page.fill("#outline-source", "勘界协议书")
    page.fill("#reason-outline", "乐沙府函〔2024〕3号")
    page.click("#outline-save:enabled")
    page.wait_for_selector("tr[aria-selected=true]:has-text('勘界协议书')")
    assert outline(committed_database, township, date(2023, 1, 1)).equals(shapely.box(*GROUND))
    drawn = outline(committed_database, township, date(2024, 3, 1))
    assert drawn.bounds == pytest.approx((103.51, 29.41, 103.62, 29.47), abs=0.0005)
    page.click("tr:has-text('1:10000地形图') a.button")
    page.wait_for_selector("tr[aria-selected=true]:has-text('1:10000地形图')")
    page.wait_for_selector("body[data-drawn]")


def test_a_corner_is_moved_and_moved_back(desktop, township):
    page = desktop.open_ready(f"/divisions/{township}")
    page.wait_for_selector("body[data-drawn]")
    page.click("#pen-edit")
    page.wait_for_selector("#outline-findings .ok")
    assert page.is_disabled("#pen-undo")
    start, end = on_map(page, GROUND[2], GROUND[3]), on_map(page, 103.63, 29.47)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=4)
    page.mouse.up()
    assert "沙湾区" in page.wait_for_selector("#outline-findings li").inner_text()
    page.click("#pen-undo")
    page.wait_for_selector("#outline-findings .ok")
    page.click("#pen-stop")
    assert page.is_hidden("#outline-form")


def test_a_phone_shows_the_outline_within_its_width(phone, township):
    page = phone.open_ready(f"/divisions/{township}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
