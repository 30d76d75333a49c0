import pytest

from geo_app.domain.access_roles import Role
from geo_app.persistence.queries.example_doors import example_doors
from geo_app.persistence.queries.match_list import grade_shares
from tests.support.example_register import SOUTH, WEST, make_example, number_street


@pytest.fixture
def door(database):
    with database.transaction() as register:
        number_street(register, make_example(register))
        return example_doors(register.session)[0]


def ask(client, text):
    return client.get("/search", query_string={"text": text})


def test_a_stranger_gets_the_answer_but_no_map_and_no_link_to_the_register(client, door):
    page = ask(client, f"{door.street}{door.number}").text
    assert f"沙湾镇{door.street}{door.number}" in page
    assert door.id in page
    assert 'id="map"' not in page
    assert f"/addresses/{door.id}" not in page


def test_a_clerk_gets_the_map_and_the_way_to_the_address(client_as, door):
    page = ask(client_as(Role.POLICE), f"{door.street}{door.number}").text
    assert 'id="map"' in page
    assert f"/addresses/{door.id}" in page
    assert "写法有出入" in page


def test_what_is_not_found_is_explained_and_what_to_do_is_said(client, door):
    page = ask(client, f"{door.street}9999号").text
    assert "没有查到地址" in page
    assert "可以这样做" in page


def test_a_street_alone_shows_the_names_that_read_so(client_as, door):
    page = ask(client_as(Role.PLANNER), door.street).text
    assert "名称相符的" in page
    assert "加上门牌号即可查到门" in page


@pytest.mark.parametrize("between", [",", "，", " ", ";"])
def test_a_position_shows_the_nearest_doors_with_metres_and_side(client, door, between):
    page = ask(client, f"{WEST + 0.0001}{between}{SOUTH + 0.00008}").text
    assert "距离（米）" in page
    assert door.street in page


def test_a_position_off_the_earth_is_a_text_like_others(client, door):
    assert "没有查到地址" in ask(client, "203.5,129.4").text


def test_the_empty_page_shows_by_a_door_of_this_register_how_to_ask(client, door):
    page = ask(client, " ").text
    assert f"{door.street}{door.number}" in page
    assert "thl" in page


def test_a_search_is_counted_without_its_text_where_it_was_answered(client, door, database):
    ask(client, f"{door.street}{door.number}")
    client.get("/api/v1/search", query_string={"q": "没有的路1号"})
    with database.transaction() as register:
        [today] = grade_shares(register.session, "day", "search", 5)
    assert (today.total, today.none) == (2, 1)


def test_the_box_stands_on_every_page_and_holds_what_was_asked(client, client_as, door):
    assert 'role="combobox"' in client.get("/sign-in").text
    assert 'role="combobox"' in client_as(Role.AUDITOR).get("/").text
    assert 'value="铜&#34;"' in ask(client, '铜"').text
