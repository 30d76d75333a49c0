import pytest
from sqlalchemy import text

from tests.browser.test_pages import overflow, serious
from tests.support.browser import sign_in
from tests.support.example_group import HOUSES, MOUTH, at, make_group
from tests.support.example_register import make_example
from tests.support.map_view import on_map
from tests.support.screenshots import shot

pytestmark = pytest.mark.browser


@pytest.fixture
def group(committed_database):
    with committed_database.transaction() as register:
        return make_group(register, make_example(register))


@pytest.fixture
def board(desktop, group):
    return desktop.open_ready(f"/village-groups/{group.id}/board")


def stored(database, statement):
    with database.transaction() as register:
        return register.session.execute(text(statement)).all()


def numbers(page):
    return [number.split("\n")[0].strip() for number in page.locator("#door-table tbody th").all_inner_texts()]


def mouth(database):
    return stored(database, "select st_x(mouth), st_y(mouth) from village_group")[0]


def test_every_house_is_seen_with_its_reason_before_any_number_is_official(board, desktop, committed_database):
    assert numbers(board) == ["1号", "2号", "3号", "4号", "5号", "6号"]
    assert board.inner_text("h1") == "铜街子社区3组"
    assert stored(committed_database, "select * from numbering_plan") == []
    board.locator("#door-table tbody tr").nth(2).click()
    assert "第1条支路" in board.inner_text("#door-reason")
    shot(board, "village-board")
    desktop.assert_quiet()


def test_the_mouth_is_set_by_a_click_and_put_back_by_a_key(board, group, committed_database):
    end = at(12, 0)
    board.click("#tool-mouth")
    with board.expect_response("**/api/v1/village-groups/*"):
        board.mouse.click(*on_map(board, end.lon, end.lat))
    board.wait_for_selector(f"#door-table tbody tr:first-child[data-door='{group.houses[-1]}']")
    board.wait_for_selector("#save-state:has-text('已自动保存')")
    assert mouth(committed_database)[0] == pytest.approx(end.lon, abs=2e-5)
    with board.expect_response("**/api/v1/village-groups/*"):
        board.keyboard.press("Control+z")
    assert mouth(committed_database)[0] == pytest.approx(MOUTH.lon)


def test_the_mouth_is_set_by_keyboard_alone(board, committed_database):
    board.focus("#tool-mouth")
    board.keyboard.press("Space")
    board.keyboard.press("ArrowRight")
    board.keyboard.press("ArrowRight")
    with board.expect_response("**/api/v1/village-groups/*"):
        board.keyboard.press("Enter")
    assert (mouth(committed_database)[0] - MOUTH.lon) * 97_000 == pytest.approx(10, abs=0.3)


def test_a_house_is_added_where_the_clerk_clicks_and_released_again(board):
    house = at(8, -1)
    board.click("#tool-add")
    board.mouse.click(*on_map(board, house.lon, house.lat))
    board.wait_for_selector(f"#door-table tbody tr:nth-child({len(HOUSES) + 1})")
    board.locator("#door-table tbody tr").nth(4).click()
    board.click("#door-release")
    board.wait_for_selector(f"#door-table tbody tr:nth-child({len(HOUSES) + 1})", state="detached")
    board.wait_for_selector("#tool-take-in:visible")
    board.click("#tool-take-in")
    board.wait_for_selector(f"#door-table tbody tr:nth-child({len(HOUSES) + 1})")


def test_a_finding_about_the_group_leads_to_its_place(desktop, group, committed_database):
    with committed_database.transaction() as register:
        register.session.execute(text("update village_group set mouth = st_translate(mouth, -0.001, 0)"))
    board = desktop.open_ready(f"/village-groups/{group.id}/board")
    board.click("#tab-findings")
    finding = board.locator("#finding-list button").first
    assert "村口距最近的村道" in finding.inner_text()
    finding.click()
    assert finding.get_attribute("aria-current") == "true"


def test_one_submits_another_approves_and_publishing_makes_the_addresses(board, desktop, reviewer, committed_database):
    def step(word):
        board.click(f"#plan-actions button:has-text('{word}')")
        board.fill("#step-reason", "川民发〔2026〕12号")
        board.click("#step-ok")

    step("提交审批")
    board.wait_for_selector("#plan-status.submitted")
    assert board.locator("#tool-mouth").is_disabled()
    board.context.clear_cookies()
    sign_in(desktop, reviewer.name)
    board.goto(desktop.home + "/plans?status=submitted")
    board.click("text=打开")
    board.wait_for_selector("body[data-ready]")
    step("批准")
    board.wait_for_selector("#plan-status.approved")
    step("发布")
    board.wait_for_selector("#plan-status.published")
    current = "select count(*) from standard_address where status = 'current' and village_group = '3组'"
    assert stored(committed_database, current) == [(len(HOUSES),)]


def test_nothing_keeps_a_reader_with_a_screen_reader_from_the_board_on_desk_or_phone(desktop, phone, group):
    for watched in (desktop, phone):
        page = watched.open_ready(f"/village-groups/{group.id}/board")
        assert serious(page) == []
        assert overflow(page) <= 0
        watched.assert_quiet()
