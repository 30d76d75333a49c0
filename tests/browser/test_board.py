import pytest
from sqlalchemy import text

from tests.support.browser import sign_in
from tests.support.example_street import EAST, LATITUDE, write_example_street
from tests.support.map_view import on_map
from tests.support.screenshots import shot

pytestmark = pytest.mark.browser

FIRST = (EAST - 0.0002, LATITUDE - 0.00024)
SECOND = (EAST - 0.0002, LATITUDE + 0.00024)


@pytest.fixture
def street(committed_database):
    with committed_database.transaction() as register:
        return write_example_street(register.session)


@pytest.fixture
def board(desktop, street):
    return desktop.open_ready(f"/streets/{street.street}/board")


def stored(database, statement):
    with database.transaction() as register:
        return register.session.execute(text(statement)).all()


def numbers(page):
    return page.locator("#door-table tbody th").all_inner_texts()


def saved(page):
    page.wait_for_selector("#save-state:has-text('已自动保存')")


def test_every_number_is_seen_with_its_reason_before_any_is_official(board, committed_database):
    assert len(numbers(board)) == 24
    assert numbers(board)[0].startswith("1号")
    assert "保留" in numbers(board)[0]
    assert board.inner_text("#plan-status") == "无方案"
    assert stored(committed_database, "select * from numbering_plan") == []
    board.mouse.move(*on_map(board, *SECOND))
    tip = board.wait_for_selector(".maplibregl-popup-content")
    assert "2号" in tip.inner_text()
    board.mouse.click(*on_map(board, *SECOND))
    assert board.inner_text("#door-title") == "门点 2号"
    assert "21" in board.inner_text("#door-reason")
    shot(board, "board-door")


def test_swapping_the_start_is_saved_by_itself_and_undone_by_a_key(board, committed_database):
    board.click("#tool-swap")
    board.wait_for_selector("#door-table tbody tr:last-child th:has-text('保留')")
    saved(board)
    assert board.inner_text("#plan-status") == "草稿"
    assert stored(committed_database, "select rule->>'start' from numbering_plan") == [('["last"]',)]
    board.reload()
    board.wait_for_selector("body[data-ready]")
    assert board.inner_text("#plan-status") == "草稿"
    board.click("#tool-swap")
    board.wait_for_selector("#door-table tbody tr:first-child th:has-text('保留')")
    board.keyboard.press("Control+z")
    board.wait_for_selector("#door-table tbody tr:last-child th:has-text('保留')")
    board.keyboard.press("Control+y")
    board.wait_for_selector("#door-table tbody tr:first-child th:has-text('保留')")


def test_a_door_is_dragged_and_put_back(board, street, committed_database):
    where = f"select st_x(position), st_y(position) from entrance where id = {street.doors[1]}"
    before = stored(committed_database, where)
    x, y = on_map(board, *SECOND)
    board.mouse.move(x, y)
    board.mouse.down()
    board.mouse.move(x - 10, y - 12, steps=4)
    board.mouse.up()
    saved(board)
    [(lon, lat)] = stored(committed_database, where)
    assert lon < SECOND[0]
    assert lat > SECOND[1]
    with board.expect_response("**/api/v1/entrances/*"):
        board.click("#tool-undo")
    [(lon, lat)] = stored(committed_database, where)
    assert (lon, lat) == pytest.approx(before[0])


def test_a_door_is_moved_by_keyboard_alone(board, street, committed_database):
    board.locator("#door-table tbody tr").first.focus()
    board.keyboard.press("Enter")
    board.focus("#door-move")
    board.keyboard.press("Space")
    board.keyboard.press("ArrowDown")
    board.keyboard.press("ArrowDown")
    with board.expect_response("**/api/v1/entrances/*"):
        board.keyboard.press("Enter")
    [(lat,)] = stored(committed_database, f"select st_y(position) from entrance where id = {street.doors[0]}")
    assert (FIRST[1] - lat) * 111_000 == pytest.approx(1, abs=0.1)


def test_a_door_is_added_where_the_planner_clicks(board):
    board.click("#tool-add")
    board.mouse.click(*on_map(board, EAST - 0.0005, LATITUDE + 0.0002))
    board.wait_for_selector("#door-table tbody tr:nth-child(25)")
    saved(board)
    board.click("#tool-undo")
    board.wait_for_selector("#door-table tbody tr:nth-child(25)", state="detached")


def test_a_number_is_set_by_hand_and_a_wrong_one_is_explained(board):
    board.locator("#door-table tbody tr").nth(1).click()
    board.fill("#hand-number", "twelve")
    board.click("#hand-form button[type=submit]")
    assert "12附3" in board.inner_text("#hand-fault")
    board.fill("#hand-number", "40")
    board.click("#hand-form button[type=submit]")
    row = board.wait_for_selector("#door-table tbody tr:has-text('手工')")
    assert row.inner_text().startswith("40号")


def test_a_finding_leads_to_its_place(board):
    board.click("#tool-swap")
    board.wait_for_selector("#finding-count:has-text('1')")
    board.click("#tab-findings")
    finding = board.locator("#finding-list button").first
    finding.click()
    assert finding.get_attribute("aria-current") == "true"
    assert board.locator("#door-panel").is_visible()
    shot(board, "board-findings")


def test_arrows_walk_along_the_doors_and_escape_goes_back(board):
    board.locator("#door-table tbody tr").first.focus()
    board.keyboard.press("ArrowDown")
    board.keyboard.press("ArrowDown")
    assert board.inner_text("#door-title") == "门点 3号"
    board.keyboard.press("Enter")
    assert board.evaluate("document.activeElement.id") == "door-panel"
    board.keyboard.press("Escape")
    assert not board.locator("#door-panel").is_visible()
    assert board.evaluate("document.activeElement.tagName") == "TR"


def test_nobody_overwrites_what_somebody_else_saved(board, desktop, committed_database):
    board.click("#tool-swap")
    saved(board)
    with committed_database.transaction() as register:
        register.session.execute(text("update numbering_plan set version = version + 1"))
    with board.expect_response(lambda answer: answer.request.method == "PUT" and answer.status == 409):
        board.click("#tool-swap")
    board.wait_for_selector("#save-state button")
    expect(desktop, "409")


def test_without_the_server_the_change_stays_and_is_saved_later(desktop, board):
    board.context.set_offline(True)
    board.click("#tool-swap")
    board.wait_for_selector("#save-state.fault")
    board.context.set_offline(False)
    saved(board)
    expect(desktop, "ERR_INTERNET_DISCONNECTED")


def expect(watched, complaint):
    """Take the browser's own word on a refusal that the test asked for."""
    assert watched.complaints
    assert all(complaint in said for said in watched.complaints)
    watched.complaints.clear()


def take_step(page, button):
    page.click(f"#plan-actions button:has-text('{button}')")
    page.fill("#step-reason", "川民发〔2026〕12号")
    page.click("#step-ok")


def test_one_submits_another_approves_and_publishing_makes_the_addresses(board, desktop, reviewer, committed_database):
    take_step(board, "提交审批")
    board.wait_for_selector("#plan-status.submitted")
    assert board.locator("#plan-actions button:has-text('批准')").count() == 0
    assert board.locator("#tool-swap").is_disabled()
    board.context.clear_cookies()
    sign_in(desktop, reviewer.name)
    board.goto(desktop.home + "/plans?status=submitted")
    board.click("text=打开")
    board.wait_for_selector("body[data-ready]")
    take_step(board, "批准")
    board.wait_for_selector("#plan-status.approved")
    take_step(board, "发布")
    board.wait_for_selector("#plan-status.published")
    current = "select count(*) from standard_address where status = 'current' and street_id is not null"
    assert stored(committed_database, current) == [(24,)]
    board.goto(desktop.home + "/addresses?text=铜河路24号")
    assert board.locator("table tbody tr").count() == 1


def test_the_planner_says_what_is_unusual_about_a_door_and_its_number_follows(board, committed_database):
    board.locator("#door-table tbody tr").nth(2).click()
    board.click("#circumstance summary")
    board.select_option("#door-state", "illegal")
    board.fill("#door-note", "城管2018-17号")
    board.click("#circumstance-form button[type=submit]")
    board.wait_for_selector("#door-title:has-text('门点尚未编号'), #door-reason:has-text('城管2018-17号')")
    assert board.inner_text("#circumstance-badge") == "违法建筑"
    assert stored(committed_database, "select note from entrance where door_state = 'illegal'") == [("城管2018-17号",)]
    board.click("#tool-undo")
    board.wait_for_selector("#circumstance-badge", state="hidden")
    assert stored(committed_database, "select 1 from entrance where door_state = 'illegal'") == []
