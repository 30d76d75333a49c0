"""Names that are programs: written into every text a person can type, and seen on every page and on the map."""

from io import BytesIO

import pytest
from sqlalchemy import text

from geo_app.domain.access_roles import Role
from geo_app.exchange.kept_files import keep
from tests.access.targets import FILE, FILE_NAME
from tests.support.accounts import make_account
from tests.support.browser import DESKTOP, Watched, sign_in
from tests.support.example_street import EAST, LATITUDE, write_example_street
from tests.support.map_view import on_map
from tests.support.pages import make_known, pages

pytestmark = pytest.mark.browser

HOSTILE = (
    "<img src=x onerror=alert(1)>${alert(1)}{{alert(1)}}\"'><script>alert(1)</script></script><svg onload=alert(1)>"
    '" onfocus=alert(1) autofocus x="`-alert(1)-`javascript:alert(1)\u202eevil\u202c\u200f<!--'
)
WRITTEN = """
    update street set name = name || :hostile, note = :hostile;
    update division set name = name || :hostile;
    update entrance set wall_number = :hostile, note = :hostile;
    update standard_address set text = text || :hostile, street_name = :hostile, number_text = number_text || :hostile;
    update numbering_plan set title = :hostile, note = :hostile;
    update planned_door set text = :hostile;
    update account set display_name = :hostile, organisation = :hostile;
    update import_run set file_name = :hostile, reference_system = :hostile;
    update job set status = 'failed', title = jsonb_build_object('pattern', 'Export {layer} as {file}', 'values',
        jsonb_build_object('layer', :hostile, 'file', :hostile)), message = jsonb_build_object('pattern',
        '{name} cannot be read: {problem}', 'values', jsonb_build_object('name', :hostile, 'problem', :hostile));
    insert into import_problem (import_id, row, "column", value, problem)
        select id, 1, :hostile, :hostile, jsonb_build_object('pattern', '{name} cannot be read: {problem}', 'values',
        jsonb_build_object('name', :hostile, 'problem', :hostile)) from import_run;
    insert into api_token (account_id, name, token_hash, permissions, expires_at)
        select id, :hostile, decode(md5(name), 'hex'), '{}', now() + interval '1 day' from account;
    insert into address_alias (address_id, kind, text, match_key, valid)
        select id, 'nickname', :hostile, :hostile, '[2020-01-01,)' from standard_address
"""
ROLES = (Role.PLANNER, Role.REVIEWER, Role.AUDITOR)
"""Together they may open every page."""


@pytest.fixture
def seen(served_app, committed_database, settings):
    """Return the street on the map, the reader's name, and the address of every page they may open."""
    keep(settings.home, BytesIO(FILE), FILE_NAME)
    with committed_database.transaction() as register:
        street = write_example_street(register.session)
        reader = make_account(register, "reader", *ROLES)
        register.policy.set("second_factor_roles", [], 0, reader.id)
        known = make_known(register, reader.id)
        register.journal.write(reader.id, HOSTILE, "retire", ("address", str(known["address_id"])))
        for statement in WRITTEN.split(";"):
            register.session.execute(text(statement), {"hostile": HOSTILE})
    return street, reader.name, known


def test_a_name_that_is_a_program_stays_a_name(browser, server, served_app, seen):
    street, name, known = seen
    context = browser.new_context(locale="zh-CN", viewport=DESKTOP)
    watched = Watched(context.new_page(), server)
    dialogs = []
    watched.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    sign_in(watched, name)
    shown = 0
    for path in readable(context, server, pages(served_app, known)):
        page = watched.open(path)
        page.wait_for_load_state("load")
        shown += "onerror=alert(1)" in page.inner_text("body")
        assert page.locator("img[src=x], svg[onload], [onfocus]").count() == 0, path
    look_round_the_board(watched, street)
    context.close()
    assert dialogs == []
    watched.assert_quiet()
    assert shown >= 12


def look_round_the_board(watched, street):
    """Open what only scripts show: the list of streets, a door's label and panel, the findings."""
    page = watched.open_ready("/board")
    page.wait_for_selector("#street-list li")
    page = watched.open_ready(f"/streets/{street.street}/board")
    page.wait_for_selector("#door-table tbody tr")
    x, y = on_map(page, EAST - 0.0002, LATITUDE + 0.00024)
    page.mouse.move(x - 40, y)
    page.mouse.move(x, y, steps=8)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    page.wait_for_selector(".maplibregl-popup-content")
    page.locator("#door-table tbody tr").first.click()
    page.wait_for_selector("#door-title")
    assert page.locator("img[src=x], svg[onload], [onfocus]").count() == 0


def readable(context, home, paths):
    """Yield the paths that answer this reader with a page."""
    for path in paths:
        answer = context.request.get(home + path)
        if answer.ok and "text/html" in answer.headers["content-type"]:
            yield path
