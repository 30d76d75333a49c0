"""A real browser on a real server: no request may leave it, nothing may be complained of on its console."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Thread

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from geo_app.app import create_app
from geo_app.domain.access_account import Account
from geo_app.domain.access_roles import Role
from tests.support.accounts import PASSWORD, make_account

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    *("--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"),
]
DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 360, "height": 640}


@dataclass
class Watched:
    """A page, and what it did that it must not."""

    page: Page
    home: str
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self._request)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.outside.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def open(self, path: str) -> Page:
        self.page.goto(self.home + path)
        return self.page

    def open_ready(self, path: str) -> Page:
        """Open a page with a map, and wait until its scripts have put it together."""
        self.open(path).wait_for_selector("body[data-ready]", timeout=30000)
        return self.page

    def assert_quiet(self) -> None:
        assert self.outside == []
        assert self.complaints == []


class Silent(WSGIRequestHandler):
    """Tells nothing of the hundred requests a page makes."""

    def log_request(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def served_app(settings, committed_database):
    """The application on a database of its own; a test may still add to it before it asks for `server`."""
    return create_app(settings, committed_database)


@pytest.fixture
def server(served_app) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, served_app, threaded=True, request_handler=Silent)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def planner(committed_database) -> Account:
    """A planner of the whole county, without a second factor."""
    with committed_database.transaction() as register:
        account = make_account(register, "planner.lin", Role.PLANNER)
        register.policy.set("second_factor_roles", [], 0, account.id)
    return account


@pytest.fixture
def reviewer(committed_database, planner) -> Account:
    """Somebody else, who approves."""
    with committed_database.transaction() as register:
        return make_account(register, "reviewer.zhang", Role.REVIEWER)


def sign_in(watched: Watched, name: str) -> None:
    page = watched.open("/sign-in")
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(watched.home + "/")


def _watched(browser: Browser, server: str, name: str, **context) -> Iterator[Watched]:
    opened = browser.new_context(locale="zh-CN", **context)
    watched = Watched(opened.new_page(), server)
    sign_in(watched, name)
    yield watched
    # What is still on its way would be broken off, and the server would complain of it in the next test.
    watched.page.wait_for_load_state()
    opened.close()
    watched.assert_quiet()


@pytest.fixture
def desktop(browser, server, planner) -> Iterator[Watched]:
    yield from _watched(browser, server, planner.name, viewport=DESKTOP)


@pytest.fixture
def phone(browser, server, planner) -> Iterator[Watched]:
    yield from _watched(
        browser, server, planner.name, viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2
    )
