import pytest
from sqlalchemy import text

from tests.support.example_street import EAST, LATITUDE, WEST, write_example_street
from tests.support.map_view import on_map
from tests.support.screenshots import shot

pytestmark = pytest.mark.browser


@pytest.fixture
def picker(desktop, committed_database):
    with committed_database.transaction() as register:
        write_example_street(register.session)
    return desktop.open_ready("/board")


def test_a_street_is_found_by_name_and_opened(picker):
    picker.fill("#filter-name", "文豪")
    picker.wait_for_selector("#street-count:has-text('共 1 条')")
    picker.click("#street-list a.open")
    picker.wait_for_selector("h1:has-text('文豪巷')")
    picker.wait_for_selector("body[data-ready]")
    assert "还没有门点" in picker.inner_text("#door-empty")


def test_a_street_is_picked_on_the_map(picker):
    picker.mouse.click(*on_map(picker, (EAST + 103.5511) / 2, LATITUDE + 0.0001))
    assert picker.wait_for_selector("#street-list li.picked").inner_text().startswith("铜河路")


def test_a_new_street_is_drawn_named_and_opened(picker, committed_database):
    picker.click("#draw-street")
    places = [(WEST, LATITUDE + 0.0008), (103.5500, LATITUDE + 0.0009), (103.5505, LATITUDE + 0.0008)]
    for lon, lat in places:
        picker.mouse.move(*on_map(picker, lon, lat))
        picker.mouse.click(*on_map(picker, lon, lat))
    shot(picker, "picker-drawing")
    picker.mouse.click(*on_map(picker, *places[-1]))
    picker.fill("#street-name", "沫若巷")
    picker.select_option("#street-division", label="沙湾镇")
    picker.click("#new-street button[value=ok]")
    picker.wait_for_selector("h1:has-text('沫若巷')")
    picker.wait_for_selector("body[data-ready]")
    assert "名称未批准" in picker.inner_text(".side.left")
    with committed_database.transaction() as register:
        length = register.session.scalar(
            text("select st_length(line::geography) from street_piece p join street s on s.id = p.street_id"
                 " where s.name = '沫若巷'")
        )  # fmt: skip
    assert length == pytest.approx(243, abs=4)
