import pytest

from geo_app.domain.address_text import match_key
from geo_app.domain.match_text import KeptText
from geo_app.domain.matching_grade import Grade
from geo_app.tasks.catalogue import TASKS
from geo_app.tasks.run import run_job
from tests.browser.test_pages import overflow, serious
from tests.support.browser import sign_in
from tests.support.example_register import DAY
from tests.support.example_street import EAST, LATITUDE, write_example_street
from tests.support.map_view import on_map
from tests.support.screenshots import shot

pytestmark = pytest.mark.browser

NAME = "老电影院"
LOADED = "performance.getEntriesByType('resource').map((one) => one.name)"
PLACE = (EAST - 0.0002, LATITUDE - 0.00024)


@pytest.fixture
def street(committed_database):
    with committed_database.transaction() as register:
        street = write_example_street(register.session)
        register.match_texts.keep([KeptText(NAME, match_key(NAME), Grade.NONE, 4)], DAY)
        return street


def type_text(page, text):
    page.fill("#search-text", "")
    page.type("#search-text", text)
    page.wait_for_selector("#search-list li")


def test_an_address_is_found_by_initials_and_the_keyboard_alone(desktop, street):
    page = desktop.open("/streets")
    assert not any("/search/" in one for one in page.evaluate(LOADED))
    type_text(page, "thl1")
    assert "铜河路1号" in page.inner_text("#search-list")
    assert serious(page) == []
    page.keyboard.press("ArrowDown")
    active = page.get_attribute("#search-text", "aria-activedescendant")
    assert page.get_attribute(f"#{active}", "aria-selected") == "true"
    shot(page, "search-box")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/addresses/{street.address}")


def test_escape_closes_the_list_and_enter_without_a_choice_searches(desktop, street):
    page = desktop.open("/")
    type_text(page, "铜河路1")
    page.keyboard.press("Escape")
    assert not page.is_visible("#search-list")
    assert page.get_attribute("#search-text", "aria-expanded") == "false"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?text=*")
    assert "铜河路1号" in page.inner_text("#answer h1")


def test_on_a_page_with_a_map_the_map_moves_to_the_answer(desktop, street):
    page = desktop.open_ready("/board")
    type_text(page, "铜河路1")
    page.click("#search-list li")
    page.wait_for_selector(".search-mark")
    assert page.url.endswith("/board")
    assert "铜河路1号" in page.inner_text(".search-mark")
    page.click(".search-mark a")
    page.wait_for_url(f"**/addresses/{street.address}")


def test_a_click_on_the_map_names_the_nearest_door(desktop, street):
    page = desktop.open_ready("/search?text=铜河路1号")
    page.mouse.click(*on_map(page, *PLACE))
    page.wait_for_selector("#answer table")
    assert "铜河路1号" in page.inner_text("#answer table")
    assert "," in page.input_value("#search-text")
    shot(page, "search-near")
    assert serious(page) == []
    page.go_back()
    page.wait_for_selector("#answer h1:has-text('铜河路1号')")


def test_a_file_is_matched_from_upload_to_download(desktop, street, committed_database, tmp_path):
    (tmp_path / "名单.csv").write_text("序号,地址\n1,铜河路1号\n2,没有的路1号\n", "utf-8")
    page = desktop.open("/match")
    page.set_input_files("#file", tmp_path / "名单.csv")
    page.click("main button:has-text('预览文件')")
    page.wait_for_selector("#column")
    assert page.input_value("#column") == "地址"
    assert serious(page) == []
    page.click("main button:has-text('开始比对')")
    page.wait_for_url("**/jobs/*")
    run_job(committed_database, TASKS, int(page.url.rsplit("/", 1)[1]))
    with page.expect_download() as loading:
        page.click("main a:has-text('下载')", timeout=10_000)
    assert loading.value.suggested_filename == "名单-比对结果.csv"
    assert "沙湾镇铜河路1号" in loading.value.path().read_text("utf-8")


def test_a_nickname_is_chosen_agreed_to_and_found(desktop, street, reviewer):
    page = desktop.open("/match/choices")
    page.click(f"a:has-text('{NAME}')")
    page.wait_for_selector("body[data-ready]")
    page.fill("main input[name=other]", "铜河路1号")
    page.fill("#reason-choice", "走访核实")
    assert serious(page) == []
    page.click("main button:has-text('认定')")
    page.wait_for_selector("text=须由他人复核")
    here = page.url
    page.context.clear_cookies()
    sign_in(desktop, reviewer.name)
    page.goto(here)
    page.fill("main form[action$=agreement] input[name=reason]", "复核无误")
    page.click("main button:has-text('同意') >> nth=0")
    page.wait_for_selector("text=已复核同意")
    shot(page, "choice-agreed")
    page.goto(f"{desktop.home}/search?text={NAME}")
    assert "铜河路1号" in page.inner_text("#answer h1")


PAGES = (
    *("/search", "/search?text=没有的路1号", "/search?text=103.5540,29.4158"),
    *("/match", "/match/choices", "/match/quality"),
)


def test_the_pages_fit_a_phone_and_its_box_opens_from_a_button(phone, street):
    for path in (*PAGES, "/match/choices/1"):
        page = phone.open(path)
        shot(page, f"phone{path.split('?')[0].replace('/', '-')}")
        assert serious(page) == [], path
        assert overflow(page) <= 0, path
    page = phone.open("/streets")
    assert not page.is_visible("#search-text")
    page.click(".search-button")
    type_text(page, "thl")
    assert serious(page) == []
    assert overflow(page) <= 0
    shot(page, "phone-search-box")


def test_nothing_keeps_a_reader_from_the_pages(desktop, street):
    for path in PAGES:
        page = desktop.open(path)
        assert serious(page) == [], path
        assert overflow(page) <= 0, path
