from pathlib import Path

import pytest

from tests.support.example_street import write_example_street
from tests.support.screenshots import shot

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "geo_app/web/node_modules/axe-core/axe.min.js"
PLAIN = (
    "/",
    "/streets",
    "/streets/alike",
    "/street-changes",
    "/village-groups",
    "/plans",
    "/addresses",
    "/divisions",
    "/divisions/questions",
    "/cases",
    "/case-settings/511111",
    "/audit",
    "/audit/findings",
    "/audit/exceptions",
    "/docs/how-to/planning-board.md",
    "/api/v1/docs",
)


@pytest.fixture
def street(committed_database):
    with committed_database.transaction() as register:
        return write_example_street(register.session)


def serious(page):
    """Return what axe finds serious or critical, with the places."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [
        (one["id"], [place["html"][:120] for place in one["nodes"]])
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def with_maps(street):
    forms = f"/streets/{street.street}/changes"
    return (
        *("/board", f"/streets/{street.street}/board", f"/addresses/{street.address}", f"/divisions/{street.town}"),
        *(f"/streets/{street.street}/plans/compare", f"/streets/{street.street}/audit"),
        *(f"/streets/{street.street}", f"{forms}/split?day=2024-01-01&metres=99&second_name=东河路", f"{forms}/extend"),
    )


def check(watched, paths, opened, kind):
    for path in paths:
        page = opened(path)
        shot(page, f"{kind}{path.replace('/', '-')}")
        assert serious(page) == [], path
        assert overflow(page) <= 0, path
    watched.assert_quiet()


def test_nothing_keeps_a_reader_with_a_screen_reader_or_keyboard_from_a_page(desktop, street):
    check(desktop, PLAIN, desktop.open, "desktop")
    check(desktop, with_maps(street), desktop.open_ready, "desktop")


def test_every_page_fits_a_phone(phone, street):
    check(phone, PLAIN, phone.open, "phone")
    check(phone, with_maps(street), phone.open_ready, "phone")


def test_the_phones_menu_opens_and_leads_on(phone, street):
    page = phone.open("/")
    assert not page.locator("#site-nav").is_visible()
    page.click(".menu-button")
    shot(page, "phone-menu")
    page.click("#site-nav a:has-text('街路巷')")
    page.wait_for_url("**/streets")


def test_a_door_is_read_on_a_phone(phone, street):
    page = phone.open_ready(f"/streets/{street.street}/board")
    page.locator("#door-table tbody tr").nth(2).tap()
    assert page.locator("#door-title").inner_text() == "门点 3号"
    box = page.locator("#door-panel").bounding_box()
    assert box["y"] + box["height"] <= 641
    shot(page, "phone-door")


def test_the_whole_board_speaks_english(desktop, street):
    desktop.open("/").click("text=English")
    page = desktop.open_ready(f"/streets/{street.street}/board")
    assert page.inner_text("#tool-swap").endswith("Swap the start")
    assert page.locator("#door-table tbody th").nth(1).inner_text() == "2号"
    shot(page, "desktop-english")


def test_the_printed_board_holds_every_number_with_its_reason(desktop, street):
    page = desktop.open_ready(f"/streets/{street.street}/board")
    page.emulate_media(media="print")
    assert page.locator("#door-table tbody tr").last.locator("td.print-only").is_visible()
    assert not page.locator(".toolbar").is_visible()
    shot(page, "print-board")
