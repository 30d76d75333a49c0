"""A planner adopts a street on the board: what hangs stays, one misfit moves, the table and the notices follow."""

import pytest
from sqlalchemy import text

from tests.browser.test_pages import overflow, serious
from tests.support.example_street import write_example_street
from tests.support.screenshots import shot

pytestmark = pytest.mark.browser

WALLS = {2: "3", 4: "5", 6: "25", 8: "9", 12: "13", 1: "2", 3: "4", 5: "6", 9: "10"}
"""By place of the door: odd ones on the left from the east; the 25 is a misfit, 7 and 11 are missing, and more."""


@pytest.fixture
def street(committed_database):
    with committed_database.transaction() as register:
        made = write_example_street(register.session)
        for place, wall in WALLS.items():
            register.session.execute(
                text("update entrance set wall_number = :wall where id = :id"), {"wall": wall, "id": made.doors[place]}
            )
        return made


@pytest.fixture
def board(desktop, street):
    return desktop.open_ready(f"/streets/{street.street}/board")


def saved(page):
    page.wait_for_selector("#save-state:has-text('已自动保存')")


def adopt(board):
    board.click("#tool-adopt")
    saved(board)
    board.click("#tab-findings")
    board.click("#finding-list button:has-text('25')")


def test_a_street_is_adopted_and_one_door_moved(board, street, committed_database):
    assert board.get_attribute("#tool-adopt", "aria-pressed") == "false"
    adopt(board)
    assert board.get_attribute("#tool-adopt", "aria-pressed") == "true"
    assert "25" in board.inner_text("#door-old")
    board.click("#door-renumber")
    board.wait_for_selector("#door-title:has-text('7号')")
    saved(board)
    assert "经规划员决定改号" in board.inner_text("#door-reason")
    assert board.inner_text("#door-renumber") == "保留原号"
    board.click("#tab-mapping")
    first = board.locator("#mapping-table tbody tr").first.inner_text()
    assert "25号" in first
    assert "改号" in first
    shot(board, "adoption-board")
    with committed_database.transaction() as register:
        [(moved,)] = register.session.execute(text("select entrance_id from planned_door where moved")).all()
    assert moved == street.doors[6]


def test_a_decision_is_taken_back_by_the_button_and_by_undo(board):
    adopt(board)
    board.click("#door-renumber")
    board.wait_for_selector("#door-title:has-text('7号')")
    board.click("#door-renumber")
    board.wait_for_selector("#door-title:has-text('25')")
    board.click("#tool-undo")
    board.wait_for_selector("#door-title:has-text('7号')")
    board.click("#tool-undo")
    board.wait_for_selector("#door-title:has-text('25')")


def test_the_table_and_the_notices_are_opened_from_the_board(board):
    adopt(board)
    board.click("#door-renumber")
    board.wait_for_selector("#door-title:has-text('7号')")
    saved(board)
    board.click("#tab-mapping")
    board.click("#mapping-page")
    board.wait_for_selector("h1:has-text('新旧门牌对照表')")
    assert "铜河路25号" in board.inner_text("table")
    assert (serious(board), overflow(board)) == ([], 0)
    with board.expect_download() as download:
        board.click("text=XLSX")
    assert download.value.suggested_filename.endswith(".xlsx")
    board.click("a:has-text('通知书')")
    board.wait_for_selector("h2:has-text('门牌号变更通知书')")
    assert (serious(board), overflow(board)) == ([], 0)
    board.emulate_media(media="print")
    shot(board, "adoption-notices")
    assert not board.is_visible("nav")
