"""Old and new numbers on pages, as files and over the API."""

from datetime import date

import pytest
from sqlalchemy import text

from geo_app.domain.access_roles import Role
from tests.support.example_register import TOWNSHIP, make_divisions, make_street
from tests.web.test_numbering_api import step

ADOPT = {"rule": {"preset": "sichuan", "existing": "continue"}}


@pytest.fixture
def street(database):
    with database.transaction() as register:
        made = make_street(register, "铜河路", make_divisions(register)[TOWNSHIP], 6)
        hang = text("update entrance set wall_number = :wall where id = :id")
        for door, wall in zip(register.entrances.of_street(made), ("11", "12", "31", "14", "15", ""), strict=True):
            register.session.execute(hang, {"wall": wall, "id": door.entrance_id})
        return made


@pytest.fixture
def planner(client_as):
    return client_as(Role.PLANNER)


@pytest.fixture
def reviewer(client_as):
    return client_as(Role.REVIEWER)


def preview(planner, street, **more):
    answer = planner.post(f"/api/v1/streets/{street}/preview", json={**ADOPT, **more})
    assert answer.status_code == 200, answer.json
    return {door["properties"]["old"]: door["properties"] for door in answer.json["doors"]["features"]}


def drafted(planner, street, **more):
    answer = planner.post(f"/api/v1/streets/{street}/plans", json={**ADOPT, **more})
    assert answer.status_code == 201, answer.json
    return answer.json["plan"]


def test_a_preview_tells_what_becomes_of_each_door(planner, street):
    doors = preview(planner, street)
    assert {old: (door["text"], door["fate"]) for old, door in doors.items()} == {
        "11号": ("11号", "registered"),
        "12号": ("12号", "registered"),
        "31号": ("31号", "registered"),
        "14号": ("14号", "registered"),
        "15号": ("15号", "registered"),
        "": ("16号", "new"),
    }
    moved = preview(planner, street, moved=[doors["31号"]["entrance_id"]])["31号"]
    assert (moved["text"], moved["fate"], moved["moved"]) == ("13号", "renumbered", True)


def test_what_was_decided_is_read_back_with_the_plan(planner, street):
    misfit = preview(planner, street)["31号"]["entrance_id"]
    plan = drafted(planner, street, moved=[misfit])
    assert plan["moved"] == [misfit]
    assert plan["rule"] == {"preset": "sichuan", "existing": "continue"}


def test_the_table_is_shown_downloaded_and_read_by_programs(planner, reviewer, street):
    misfit = preview(planner, street)["31号"]["entrance_id"]
    plan = drafted(planner, street, moved=[misfit])["id"]
    page = planner.get(f"/plans/{plan}/mapping").text
    assert "铜河路31号" in page
    assert "发布之日" in page
    table = {row["entrance_id"]: row for row in planner.get(f"/api/v1/plans/{plan}/mapping").json}
    assert (table[misfit]["old"], table[misfit]["new"], table[misfit]["alias"]) == ("31号", "13号", "铜河路31号")
    csv = planner.get(f"/plans/{plan}/mapping/file?format=excel.csv")
    assert csv.data.startswith("\ufeff门点编号,处理,原门牌号".encode())
    assert planner.get(f"/plans/{plan}/mapping/file").data[:2] == b"PK"


def test_notices_say_draft_until_the_plan_is_published(planner, reviewer, street):
    misfit = preview(planner, street)["31号"]["entrance_id"]
    plan = drafted(planner, street, moved=[misfit])["id"]
    assert "（草稿）" in planner.get(f"/plans/{plan}/notices").text
    assert step(planner, plan, "submission", 1).status_code == 200
    assert step(reviewer, plan, "approval", 2).status_code == 200
    assert step(reviewer, plan, "publication", 3).status_code == 200
    page = planner.get(f"/plans/{plan}/notices").text
    assert "（草稿）" not in page
    assert page.count("门牌号变更通知书") == 1
    assert page.count("门牌号编制通知书") == 1


def test_a_plan_that_changes_nothing_has_no_notice(planner, street, database):
    with database.transaction() as register:
        for door in register.entrances.of_street(street):
            if not door.wall_number:
                register.entrances.remove(door.entrance_id, date(2024, 1, 1))
    plan = drafted(planner, street)["id"]
    assert "无需通知" in planner.get(f"/plans/{plan}/notices").text
    assert "没有变动" in planner.get(f"/plans/{plan}/mapping").text
