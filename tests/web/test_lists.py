from datetime import date

import pytest
from sqlalchemy import insert, update
from sqlalchemy.dialects.postgresql import Range

from geo_app.domain.access_roles import Role
from geo_app.persistence.tables import AddressAlias, NumberingPlan, StandardAddress, Street
from tests.support.example_street import write_example_street


@pytest.fixture
def street(database):
    with database.transaction() as register:
        return write_example_street(register.session)


@pytest.fixture
def client(client_as):
    return client_as(Role.PLANNER)


def write(database, statement):
    with database.transaction() as register:
        register.session.execute(statement)


def first(page):
    return page.text.index("铜河路</a>"), page.text.index("文豪巷</a>")


def test_streets_stand_in_the_order_of_pinyin_and_in_the_other_one_on_request(client, street):
    tong, wen = first(client.get("/streets"))
    assert tong < wen
    tong, wen = first(client.get("/streets?sort=-name"))
    assert tong > wen
    assert 'aria-sort="descending"' in client.get("/streets?sort=-name").text


@pytest.mark.parametrize(
    ("query", "found"),
    [("name=铜河", True), ("name=%25", False), ("division=511111100", True), ("division=511112", False),
     ("state=none", True), ("state=draft", False)],
)  # fmt: skip
def test_streets_are_filtered_by_name_division_and_state(client, street, query, found):
    assert ("铜河路</a>" in client.get(f"/streets?{query}").text) is found


def test_a_list_without_a_row_says_what_to_do(client, street):
    assert "没有符合条件的街路巷" in client.get("/streets?name=无此路").text
    assert "还没有编号方案" in client.get("/plans").text


def test_pages_lead_to_each_other_and_keep_the_filter(client, street):
    page = client.get("/streets?size=1&state=none").text
    assert "共 2 条，第 1 / 2 页" in page
    assert "state=none&amp;sort=name&amp;page=2&amp;size=1" in page


def test_a_column_that_is_none_is_refused_with_a_page(client):
    refused = client.get("/streets?sort=password")
    assert refused.status_code == 422
    assert "password" in refused.text


def test_plans_tell_street_state_and_author(client, database, street):
    plan = insert(NumberingPlan).values(
        county_code="511111", street_id=street.street, title="一期", rule={}, status="submitted",
        created_by=street.account,
    )  # fmt: skip
    write(database, plan)
    page = client.get("/plans?status=submitted&name=铜河").text
    assert "一期" in page
    assert "示例规划员" in page
    assert "一期" not in client.get(f"/plans?street={street.lane}").text
    assert "一期" in client.get("/").text


@pytest.mark.parametrize(
    ("query", "found"),
    [("text=铜河路一号", True), ("text=铜河路2号", False), ("status=current", True), ("status=retired", False),
     ("kind=door", True), ("kind=room", False), ("division=5111", True), ("sort=-text&street=abc", True)],
)  # fmt: skip
def test_addresses_are_found_by_any_spelling_state_and_kind(client, street, query, found):
    assert (street.address in client.get(f"/addresses?{query}").text) is found


def test_addresses_of_one_street_are_listed_alone(client, street):
    assert street.address in client.get(f"/addresses?street={street.street}").text
    assert street.address not in client.get(f"/addresses?street={street.lane}").text


def test_an_address_shows_what_it_was_and_by_which_names_it_is_found(client, database, street):
    alias = insert(AddressAlias).values(
        address_id=street.address, kind="old_number", text="铜河路旧3号", match_key="铜河路旧3号",
        valid=Range(date(2010, 1, 1), date(2018, 1, 1)),
    )  # fmt: skip
    write(database, alias)
    changed = update(StandardAddress).values(text="铜河路1号甲", valid=Range(date(2020, 5, 1), None))
    write(database, changed)
    page = client.get(f"/addresses/{street.address}").text
    assert "铜河路旧3号" in page
    assert "2010-01-01 至 2018-01-01" in page
    assert "2018-01-01 至 2020-05-01" in page
    assert "2020-05-01 至 今" in page


def test_an_address_that_never_was_is_not_found(client):
    assert client.get("/addresses/511111999999999").status_code == 404


def test_who_may_only_look_gets_no_tools_on_the_board(client_as, street):
    page = client_as(Role.POLICE).get(f"/streets/{street.street}/board").text
    assert '"may": []' in page
    assert client_as(Role.DEVELOPER).get(f"/streets/{street.street}/board").status_code == 403


def test_a_street_that_ended_has_no_board(client, database, street):
    write(
        database, update(Street).where(Street.id == street.lane).values(valid=Range(date(2018, 1, 1), date(2020, 1, 1)))
    )
    assert client.get(f"/streets/{street.lane}/board").status_code == 404
    assert "文豪巷</a>" not in client.get("/streets").text
