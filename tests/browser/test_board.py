import pytest

from tests.support.example_street import write_example_street
from tests.support.screenshots import shot

pytestmark = pytest.mark.browser


@pytest.fixture
def street(committed_database):
    with committed_database.transaction() as register:
        return write_example_street(register.session)


def test_shots(desktop, phone, street):
    pages = (("/", "home"), ("/streets", "streets"), ("/plans", "plans"), ("/addresses", "addresses"))
    maps = (
        ("/board", "picker"),
        (f"/streets/{street.street}/board", "board"),
        (f"/addresses/{street.address}", "address"),
    )
    for who, kind in ((desktop, "desktop"), (phone, "phone")):
        for path, name in maps:
            page = who.open_ready(path)
            page.wait_for_timeout(1500)
            shot(page, f"{kind}-{name}")
            if name == "board":
                page.locator("#door-table tbody tr").nth(3).click()
                page.wait_for_timeout(500)
                shot(page, f"{kind}-door")
                page.keyboard.press("Escape")
                page.click("#tool-swap")
                page.click("#tool-compare")
                page.click("#tab-findings")
                page.locator("#rule-more summary").click()
                page.wait_for_timeout(2500)
                shot(page, f"{kind}-swapped")
        for path, name in pages:
            shot(who.open(path), f"{kind}-{name}")
