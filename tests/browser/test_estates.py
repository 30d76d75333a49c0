import json

import pytest
from shapely.geometry import mapping
from sqlalchemy import text

from tests.browser.test_pages import overflow, serious
from tests.support.browser import Watched, sign_in
from tests.support.example_estate import slab
from tests.support.example_register import TOWNSHIP
from tests.support.example_street import EAST, LATITUDE, write_example_street
from tests.support.map_view import on_map
from tests.support.screenshots import shot

pytestmark = pytest.mark.browser

CORNERS = ((103.545, 29.412), (103.553, 29.412), (103.553, 29.414), (103.545, 29.414))
"""A block of 780 m: the map opens on the whole township."""


@pytest.fixture
def town(committed_database):
    """A street along which the map opens; returns its id."""
    with committed_database.transaction() as register:
        return write_example_street(register.session).street


@pytest.fixture
def second_person(browser, server, reviewer):
    opened = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
    watched = Watched(opened.new_page(), server)
    sign_in(watched, reviewer.name)
    yield watched
    opened.close()
    watched.assert_quiet()


def enter(watched, name="阳光花园"):
    page = watched.open("/estates")
    page.fill("#estate-name", name)
    page.select_option("#estate-division", TOWNSHIP)
    page.click("main button:has-text('登记并绘图')")
    page.wait_for_selector("body[data-ready]", timeout=30000)
    page.wait_for_selector("body[data-drawn]", timeout=30000)
    return page


def saved(page):
    page.wait_for_selector("#save-state:has-text('已自动保存')")


def take(page, button, reason="乐沙民〔2024〕3号"):
    page.click(f"#plan-actions button:has-text('{button}')")
    page.fill("#step-reason", reason)
    page.click("#step-ok")
    page.wait_for_selector("#step-dialog", state="hidden")


def click(page, *places):
    for place in places:
        page.mouse.move(*on_map(page, *place))
        page.mouse.click(*on_map(page, *place))


def stored(database, statement):
    with database.transaction() as register:
        return register.session.execute(text(statement)).all()


def numbers(page):
    return page.locator("#building-table tbody th .as-link").all_inner_texts()


def draw_and_look(page, tmp_path):
    page.select_option("#order-building", "s_from_north_east")
    page.click("#tool-building")
    click(page, *CORNERS)
    page.keyboard.press("Enter")
    page.wait_for_selector("#building-panel:not([hidden])")
    saved(page)
    features = [
        {
            "type": "Feature",
            "properties": {"id": str(place), "层数": 11, "units": 2},
            "geometry": mapping(slab(place, 2)),
        }
        for place in range(2)
    ]
    path = tmp_path / "二期.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    page.set_input_files("#footprint-file", path)
    page.wait_for_selector("#building-table tbody tr:nth-child(3)", state="attached")
    page.click("#tool-undo")
    page.wait_for_selector("#building-table tbody tr:nth-child(2)", state="detached")
    page.click("#tool-redo")
    page.click("#tab-table")
    page.wait_for_selector("#building-table tbody tr:nth-child(3)")
    assert numbers(page) == ["1幢", "2幢", "3幢"]
    shot(page, "estate-table")
    page.click("#building-table tbody tr:nth-child(1) button")
    page.fill("#building-signs", "4:3A:电梯标注")
    page.keyboard.press("Tab")
    page.click("#tab-grid")
    page.wait_for_selector(".elevation tbody tr:nth-child(3):has-text('标识3A')")
    assert page.locator(".elevation td.room").count() == 6 * 2
    page.locator(".elevation td.room").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "501"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") == "502"
    shot(page, "estate-grid")
    assert serious(page) == []


def publish_with_a_second_person(page, other_watched, town):
    page.click("#tool-gate")
    # Loading the file moved the map; the middle of it is as good a gate as any.
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 60)
    page.wait_for_selector(f"#gate-street option[value='{town}']", state="attached")
    page.select_option("#gate-street", str(town))
    page.wait_for_selector("#gate-proposed:has-text('100米内没有街路巷')")
    page.fill("#gate-number", "18")
    page.keyboard.press("Tab")
    saved(page)

    other = other_watched.open_ready(page.url.removeprefix(other_watched.home))
    other.click("#plan-actions button:has-text('批准名称')")
    other.fill("#step-reason", "沙府函〔2024〕7号")
    with other.expect_navigation():
        other.click("#step-ok")
    page.reload()
    page.wait_for_selector("body[data-ready]", timeout=30000)
    page.fill("#plan-title", "一期")
    saved(page)
    take(page, "提交审批")
    page.wait_for_selector("#plan-status:has-text('已提交')")
    assert page.locator("#plan-actions button:has-text('批准')").count() == 0
    other = other_watched.open_ready(page.url.removeprefix(other_watched.home))
    take(other, "批准")
    other.wait_for_selector("#plan-status:has-text('已批准')")
    take(other, "发布")
    other.wait_for_selector("#plan-status:has-text('已发布')")
    shot(other, "estate-published")


def test_an_estate_is_drawn_loaded_numbered_seen_approved_by_a_second_person_and_published(
    desktop, second_person, town, committed_database, tmp_path
):
    page = enter(desktop)
    draw_and_look(page, tmp_path)
    publish_with_a_second_person(page, second_person, town)
    found = stored(
        committed_database, "select kind, count(*) from standard_address where status = 'current' group by 1"
    )
    kinds = dict(found)
    assert (kinds["door"], kinds["building"], kinds["unit"]) == (2, 3, 5)
    assert kinds["room"] == 2 * 2 * 22 + 12


def test_the_gate_gets_the_number_that_its_street_has_for_the_place(desktop, town):
    page = enter(desktop)
    page.click("#tool-gate")
    click(page, (EAST - 0.0003, LATITUDE + 0.0002))
    page.wait_for_selector(f"#gate-street option[value='{town}']", state="attached")
    page.select_option("#gate-street", str(town))
    page.click("#gate-take")
    assert page.inner_text("#gate-take") == f"采用{page.input_value('#gate-number')}"
    page.wait_for_selector("#gate-proposed", state="hidden")


def test_a_building_is_changed_and_removed_and_nothing_is_lost_by_mistake(desktop, town):
    page = enter(desktop)
    page.select_option("#order-building", "s_from_north_east")
    page.click("#tool-building")
    click(page, *CORNERS)
    page.keyboard.press("Enter")
    page.fill("#building-hand", "A")
    page.keyboard.press("Tab")
    page.wait_for_selector("#building-title:has-text('A幢')")
    page.fill("#building-missing", "4")
    page.keyboard.press("Tab")
    page.wait_for_selector("#map-note:has-text('跳过4层未写原因')")
    page.click("#tool-undo")
    page.click("#building-remove")
    page.wait_for_selector("#building-panel", state="hidden")
    page.click("#tool-undo")
    page.click("#tab-table")
    page.wait_for_selector("#building-table tbody tr")
    assert numbers(page) == ["A幢"]
    saved(page)
    # The browser complains of each refusal; the page showed it.
    assert all("422" in said for said in desktop.complaints)
    desktop.complaints.clear()


def test_the_pages_can_be_read_on_a_phone_and_by_a_screen_reader(phone, desktop, town):
    enter(desktop, "东方苑")
    for watched in (phone, desktop):
        for path in ("/estates", "/estates/1"):
            page = watched.open_ready(path) if path.endswith("1") else watched.open(path)
            assert serious(page) == [], path
            assert overflow(page) <= 0, path
