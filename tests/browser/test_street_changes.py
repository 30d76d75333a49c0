import re

import pytest

from geo_app.domain.access_roles import Role
from tests.support.browser import sign_in
from tests.support.example_register import TOWNSHIP, Example, make_actor, make_divisions, make_street, number_street
from tests.support.map_view import on_map
from tests.support.screenshots import shot

pytestmark = pytest.mark.browser

MIDDLE = (103.55025, 29.41)


@pytest.fixture
def street(committed_database):
    with committed_database.transaction() as register:
        street = make_street(register, "长征路", make_divisions(register)[TOWNSHIP], 6)
        planner, reviewer = make_actor(register, "p", Role.PLANNER), make_actor(register, "r", Role.REVIEWER)
        number_street(register, Example(planner, reviewer, planner, street))
    return street


def test_a_street_is_renamed_by_one_person_and_approved_by_another(desktop, street, reviewer):
    page = desktop.open(f"/streets/{street}/changes/rename")
    page.fill("#name", "长正路")
    assert "长征路" not in page.wait_for_selector("#name-alike .hint").inner_text()
    page.fill("#body", "沙湾区人民政府")
    page.click("text=查看变更影响")
    assert page.locator("tbody tr").count() == 6
    shot(page, "street-renaming")
    page.fill("#reason-change", "沙府函〔2024〕3号")
    page.click("text=提交审批")
    page.wait_for_url(re.compile(r"/street-changes/\d+$"))
    where = page.url
    assert page.locator("text=批准并执行").count() == 0
    page.context.clear_cookies()
    sign_in(desktop, reviewer.name)
    page.goto(where)
    page.click("text=批准并执行")
    page.wait_for_selector(".page-head .badge:has-text('已执行')")
    page.click("text=查看街路")
    assert "长征路" in page.wait_for_selector(".names-in-time").inner_text()


def test_a_click_on_the_map_says_where_a_street_is_split_and_metres_do_the_same(desktop, street):
    page = desktop.open_ready(f"/streets/{street}/changes/split")
    page.mouse.click(*on_map(page, *MIDDLE))
    assert 20 < float(page.input_value("#metres")) < 29
    page.fill("#second_name", "长征东路")
    page.click("text=查看变更影响")
    page.wait_for_selector("text=新设街路")
    assert page.locator("tbody tr").count() == 2
    page.wait_for_selector("body[data-ready]")
    page.fill("#metres", "15")
    assert page.input_value("#lon") == ""
    page.click("text=查看变更影响")
    page.wait_for_selector("text=距起点 15.0 米")
    assert page.locator("tbody tr").count() == 4
