import pytest

from tests.browser.test_pages import overflow, serious
from tests.support.browser import sign_in
from tests.support.example_street import EAST, LATITUDE, write_example_street
from tests.support.map_view import on_map
from tests.support.printed import text_of
from tests.support.screenshots import shot

pytestmark = pytest.mark.browser


@pytest.fixture
def counter(desktop, committed_database, reviewer):
    with committed_database.transaction() as register:
        write_example_street(register.session)
    return desktop


def press(page, word):
    page.click(f"main button:has-text('{word}')")
    page.wait_for_load_state()


def receive(page):
    """Point at the third door on the map, tick the papers, and receive the case."""
    page.wait_for_selector("body[data-drawn]")
    page.locator("#map").scroll_into_view_if_needed()
    page.mouse.click(*on_map(page, EAST - 0.0002 - 0.0005, LATITUDE - 0.00024))
    page.wait_for_selector("#proposal:visible")
    assert page.inner_text("#street-chosen") == "铜河路"
    for paper in ("门牌号申请表", "不动产权证书", "户口簿"):
        page.check(f"#papers input[value='{paper}']")
    shot(page, "case-new")
    assert serious(page) == []
    press(page, "受理")


def test_a_household_gets_its_number_and_its_notice(counter):
    page = counter.open_ready("/cases/new")
    receive(page)
    case = page.url
    page.fill("#why-check", "门朝街，已建成")
    press(page, "登记现场核查")
    number = page.inner_text(".number-box .big")
    shot(page, "case-number")
    assert serious(page) == []
    press(page, "采用")
    press(page, "提交审批")
    page.context.clear_cookies()
    sign_in(counter, "reviewer.zhang")
    page.goto(case)
    press(page, "批准")
    page.context.clear_cookies()
    sign_in(counter, "planner.lin")
    page.goto(case)
    press(page, "发通知书")
    shot(page, "case-notified")
    notice = page.context.request.get(f"{case}/notice.pdf")
    assert f"铜河路{number}" in text_of(notice.body())
    press(page, "领取并办结")
    assert "已办结" in page.inner_text(".page-head")


def test_the_form_asks_for_an_address_where_the_kind_needs_one(counter):
    page = counter.open_ready("/cases/new")
    page.select_option("#kind", "reissue")
    assert not page.is_visible("#street-text")
    page.fill("#address-text", "铜河路1号")
    page.click("#address-list button")
    assert "铜河路1号" in page.inner_text("#address-chosen")
    press(page, "受理")
    assert "待补正" in page.inner_text(".page-head")
    assert page.is_visible("text=一次性告知书（PDF）")


def test_a_street_is_found_by_typing_and_taken_with_the_keyboard(counter):
    page = counter.open_ready("/cases/new")
    page.fill("#street-text", "文豪")
    page.wait_for_selector("#street-list button")
    page.press("#street-text", "ArrowDown")
    page.keyboard.press("Enter")
    assert page.inner_text("#street-chosen") == "文豪巷"
    assert "点出入口" in page.inner_text("#map-note")


def test_the_counter_fits_a_phone(phone, committed_database, reviewer):
    with committed_database.transaction() as register:
        write_example_street(register.session)
    for path in ("/cases", "/case-settings/511111"):
        page = phone.open(path)
        assert serious(page) == [], path
        assert overflow(page) <= 0, path
    page = phone.open_ready("/cases/new")
    shot(page, "case-new-phone")
    assert serious(page) == []
    assert overflow(page) <= 0
