import re

import pytest

from geo_app.domain.access_roles import Role
from geo_app.domain.address_text import match_key
from geo_app.domain.match_text import KeptText
from geo_app.domain.matching_grade import Grade
from geo_app.persistence.queries.example_doors import example_doors
from geo_app.persistence.queries.match_list import text_id_of
from tests.support.example_register import DAY, TOWNSHIP, VILLAGE, make_example, number_street

NAME = "老电影院"


@pytest.fixture
def door(database):
    with database.transaction() as register:
        number_street(register, make_example(register))
        return example_doors(register.session)[0]


@pytest.fixture
def page(database, door):
    with database.transaction() as register:
        register.match_texts.keep([KeptText(NAME, match_key(NAME), Grade.NONE, 4)], DAY)
        return f"/match/choices/{text_id_of(register.session, match_key(NAME))}"


@pytest.fixture
def planner(client_as):
    return client_as(Role.PLANNER)


@pytest.fixture
def reviewer(client_as):
    return client_as(Role.REVIEWER)


def choose(client, page, **form):
    usual = {"address": "other", "other": "铜河路1号", "kind": "nickname", "reason": "走访核实"}
    return client.post(page, data=usual | form)


def decide(client, page, action):
    form = re.search(rf'action="([^"]*/{action})".*?name="version" value="(\d+)"', client.get(page).text, re.DOTALL)
    return client.post(form[1], data={"version": form[2], "reason": "复核无误"})


def test_a_text_is_chosen_for_agreed_to_and_found(planner, reviewer, page):
    assert NAME in planner.get("/match/choices").text
    assert choose(planner, page).status_code == 302
    assert "须由他人复核" in planner.get(page).text
    assert decide(reviewer, page, "agreement").status_code == 302
    found = planner.get("/search", query_string={"text": NAME}).text
    assert "经两人认定" in found
    assert "沙湾镇铜河路1号" in found
    assert NAME not in planner.get("/match/choices").text
    assert NAME in planner.get("/match/choices?state=agreed").text


def test_what_was_agreed_is_taken_back(planner, reviewer, page):
    choose(planner, page)
    decide(reviewer, page, "agreement")
    assert decide(reviewer, page, "ending").status_code == 302
    assert "没有查到地址" in planner.get("/search", query_string={"text": NAME}).text
    assert NAME in planner.get("/match/choices").text


def test_nobody_is_offered_to_agree_with_themselves_and_trying_is_refused(planner, page):
    choose(planner, page)
    shown = planner.get(page).text
    assert "/agreement" not in shown
    declining = re.search(r'action="([^"]*)/declining"', shown)[1]
    refused = planner.post(f"{declining}/agreement", data={"version": "1", "reason": "复核无误"})
    assert refused.status_code == 422
    assert "须由他人复核" in refused.text


@pytest.mark.parametrize(
    "wrong", [{"other": "没有的路1号"}, {"reason": " "}, {"kind": "old_number"}, {"other": ""}, {"address": ""}]
)
def test_a_wrong_form_is_told_beside_what_was_entered(planner, page, wrong):
    answer = choose(planner, page, **wrong)
    assert answer.status_code in (400, 422)
    assert 'role="alert"' in answer.text


def test_township_staff_choose_only_in_their_own_area(client_as, page):
    assert choose(client_as(Role.TOWNSHIP, area=VILLAGE), page).status_code == 403
    assert choose(client_as(Role.TOWNSHIP, area=TOWNSHIP), page).status_code == 302


def test_the_quality_page_shows_shares_and_what_was_not_found(planner, page):
    planner.get("/search", query_string={"text": "铜河路1号"})
    for query in ("", "?by=day", "?by=day&source=search", "?source=nobody"):
        shown = planner.get(f"/match/quality{query}").text
        assert "100.0 %" in shown
        assert NAME in shown
        assert page in shown
    assert "尚无检索或比对记录" in planner.get("/match/quality?source=batch").text
