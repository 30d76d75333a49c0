import os
from pathlib import Path

import pytest

from tests.support.board_backend import bp, plans
from tests.support.example_street import write_example_street

pytestmark = pytest.mark.browser


@pytest.fixture
def street(committed_database):
    with committed_database.transaction() as register:
        return write_example_street(register.session)


@pytest.fixture
def served_app(served_app, street):
    plans.clear()
    served_app.register_blueprint(bp)
    return served_app


def shot(page, name):
    folder = os.environ.get("GEO_APP_SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png")


def test_shots(desktop, phone, street):
    for who, kind in ((desktop, "desktop"), (phone, "phone")):
        for path, name in (("/", "home"), ("/streets", "streets"), ("/plans", "plans"), ("/addresses", "addresses")):
            shot(who.open(path), f"{kind}-{name}")
        for path, name in (
            ("/board", "picker"),
            (f"/streets/{street.street}/board", "board"),
            (f"/addresses/{street.address}", "address"),
        ):
            page = who.open_ready(path)
            page.wait_for_timeout(1500)
            shot(page, f"{kind}-{name}")
