import pytest
from sqlalchemy import text

from geo_app.domain.access_roles import Role
from geo_app.services.audit_county import CountyAuditOrder, audit_county, month_of
from tests.support.accounts import actor_of, make_account, moment
from tests.support.audited_street import number_walls, outline_village
from tests.support.example_register import COUNTY, TOWNSHIP, VILLAGE, make_divisions, make_street
from tests.support.screenshots import shot

pytestmark = pytest.mark.browser

PARITY_ROW = "#figures tbody tr:has-text('单双号分侧')"


@pytest.fixture
def street(committed_database):
    with committed_database.transaction() as register:
        divisions = make_divisions(register)
        outline_village(register, divisions[VILLAGE])
        street = make_street(register, "沫若街", divisions[TOWNSHIP], 12)
        number_walls(register, street, d7="17", d4="")
        planner = actor_of(register, make_account(register, "auditing", Role.PLANNER))
        today = moment().day
        audit_county(register, planner, CountyAuditOrder(COUNTY, month_of(today), today), lambda *_: None)
        return street


def test_a_finding_is_found_on_the_map_accepted_and_the_percentages_change(desktop, street):
    page = desktop.open_ready(f"/streets/{street}/audit")
    assert "91.7" not in page.inner_text(PARITY_ROW)
    assert "90.9 %" in page.inner_text(PARITY_ROW)
    wrong = page.locator(".audit-list > li", has_text="单双号错侧")
    wrong.locator(".jump").click()
    assert wrong.get_attribute("aria-current") == "true"
    assert "建议：8号" in wrong.inner_text()
    shot(page, "audit-street")
    wrong.locator("summary").click()
    wrong.locator("input[name=reason]").fill("老门牌，住户要求保留")
    wrong.locator("form.exception-form button").click()
    page.wait_for_selector(".notice.ok:has-text('已认定为例外')")
    page.wait_for_selector("body[data-ready]")
    assert "100.0 %" in page.inner_text(PARITY_ROW)
    assert page.locator(PARITY_ROW).locator("td").nth(2).inner_text() == "1"
    assert "老门牌，住户要求保留" in page.locator(".audit-list > li.excepted").inner_text()
    desktop.assert_quiet()


def test_the_county_is_coloured_by_village_and_a_village_leads_to_its_row(desktop, street):
    page = desktop.open_ready("/audit")
    assert page.locator("svg.trend").count() >= 5
    assert "铜街子社区" in page.inner_text("#villages")
    page.select_option("#measure", "AddressCompletenessMeasure")
    page.wait_for_url("**measure=AddressCompletenessMeasure**")
    page.wait_for_selector("body[data-ready][data-drawn]")
    page.locator("#map canvas").click()
    page.wait_for_selector("tr[data-village][aria-selected]")
    desktop.assert_quiet()


def test_a_proposal_becomes_a_plan_on_the_board(desktop, street, committed_database):
    page = desktop.open_ready(f"/streets/{street}/audit")
    page.click("text=按全部建议拟方案")
    page.wait_for_selector("body[data-ready].board")
    with committed_database.transaction() as register:
        numbers = register.session.scalars(text("select text from planned_door where by_hand order by text")).all()
    assert numbers == ["5号", "8号"]


def test_two_drafts_are_compared_on_two_maps_that_move_together(desktop, street):
    page = desktop.open_ready(f"/streets/{street}/board")
    page.fill("#plan-title", "第一稿")
    page.wait_for_selector("#save-state:has-text('已自动保存')")
    page.click("text=另存为新草稿")
    page.wait_for_url("**/board?plan=*")
    page.wait_for_selector("body[data-ready]")
    assert page.input_value("#plan-title") == "第一稿（二）"
    page.click("text=方案比较")
    page.wait_for_selector("body[data-ready] #map-other canvas")
    assert "第一稿（二）" in page.inner_text("#choose-one")
    row = page.locator(".compared-doors .link-button").first
    row.click()
    assert page.locator("tr[aria-selected=true]").count() == 1
    shot(page, "plans-compared")
    desktop.assert_quiet()


def test_the_phone_shows_an_audit_without_scrolling_sideways(phone, street):
    for path in (f"/streets/{street}/audit", "/audit"):
        page = phone.open_ready(path)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    phone.assert_quiet()
