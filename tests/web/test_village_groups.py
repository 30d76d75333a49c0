import pytest

from geo_app.domain.access_roles import Role
from geo_app.domain.exports import ExportLayer, ExportRequest
from geo_app.persistence.queries.layer_rows import layer_rows
from tests.support.example_group import HOUSES, MOUTH, at, make_group
from tests.support.example_register import COUNTY, VILLAGE, make_example

DRAFT = {"rule": {"preset": "sichuan"}}


@pytest.fixture
def group(database):
    with database.transaction() as register:
        return make_group(register, make_example(register))


@pytest.fixture
def planner(client_as):
    return client_as(Role.PLANNER)


def seen(client, group):
    answer = client.get(f"/api/v1/village-groups/{group.id}")
    return answer.json, {"If-Match": answer.headers["ETag"]}


def texts(answer):
    return [door["properties"]["text"] for door in answer.json["doors"]["features"]]


def test_groups_are_listed_with_what_stands_in_them(planner, group):
    (item,) = planner.get("/api/v1/village-groups?division=511111").json["items"]
    assert (item["village"], item["name"], item["houses"], item["numbered"]) == ("铜街子社区", "3组", len(HOUSES), 0)
    assert item["plan_status"] == "none"
    assert planner.get("/api/v1/village-groups?division=5199").json["total"] == 0
    assert planner.get("/api/v1/village-groups?state=draft").json["total"] == 0
    assert planner.get("/api/v1/village-groups?name=3组").json["total"] == 1


def test_a_group_is_shown_with_its_lanes(planner, group):
    shown, version = seen(planner, group)
    assert len(shown["lanes"]["features"]) == 2
    assert shown["mouth"] == [MOUTH.lon, MOUTH.lat]
    assert shown["houses_around"] == 0
    assert version["If-Match"]


def test_a_group_is_entered_and_ended_again(planner, group):
    entered = planner.post("/api/v1/village-groups", json={"name": "四组", "village_code": VILLAGE})
    assert (entered.status_code, entered.json["name"], entered.json["mouth"]) == (201, "4组", None)
    path = f"/api/v1/village-groups/{entered.json['id']}"
    assert planner.delete(path).status_code == 428
    assert planner.delete(path, headers={"If-Match": entered.headers["ETag"]}).status_code == 204
    assert planner.get(path).status_code == 404


def test_a_name_that_is_taken_is_refused_by_name(planner, group):
    answer = planner.post("/api/v1/village-groups", json={"name": "３组", "village_code": VILLAGE})
    assert (answer.status_code, answer.json["error"]) == (409, "GroupNameTaken")


def published(planner, reviewer, path):
    """Take a plan through its life and return its id and its last version."""
    plan = planner.post(f"{path}/plans", json=DRAFT | {"title": "首次编号"})
    assert plan.status_code == 201, plan.json
    key, version = plan.json["plan"]["id"], plan.headers["ETag"]
    for client, step in ((planner, "submission"), (reviewer, "approval"), (reviewer, "publication")):
        answer = client.post(f"/api/v1/plans/{key}/{step}", json={"reason": "第3号文"}, headers={"If-Match": version})
        assert answer.status_code == 200, answer.json
        version = answer.headers["ETag"]
    return key, version.strip('"')


def test_a_plan_for_a_group_walks_through_the_api_like_any_other(planner, client_as, group):
    path = f"/api/v1/village-groups/{group.id}"
    preview = planner.post(f"{path}/preview", json=DRAFT)
    assert texts(preview) == ["1号", "2号", "3号", "4号", "5号", "6号"]
    assert (preview.json["street"], preview.json["village_group"]["id"]) == (None, group.id)
    key, _ = published(planner, client_as(Role.REVIEWER), path)
    plan = planner.get(f"/api/v1/plans/{key}").json["plan"]
    assert (plan["street"], plan["street_id"], plan["village_group_id"]) == ("铜街子社区3组", None, group.id)
    assert planner.get(f"/api/v1/plans?village_group={group.id}").json["total"] == 1
    assert seen(planner, group)[0]["numbered"] == len(HOUSES)


def test_a_field_of_the_rule_counts(planner, group):
    rule = DRAFT["rule"] | {"village_reserve": 1, "village_every": 2}
    answer = planner.post(f"/api/v1/village-groups/{group.id}/preview", json={"rule": rule})
    assert texts(answer) == ["1号", "2号", "4号", "5号", "7号", "8号"]
    wrong = planner.post(f"/api/v1/village-groups/{group.id}/preview", json={"rule": rule | {"village": "by_luck"}})
    assert wrong.status_code == 422


def test_the_mouth_is_set_by_whoever_saw_the_latest_version(planner, group):
    path, (_, version) = f"/api/v1/village-groups/{group.id}", seen(planner, group)
    end = at(12, 0)
    moved = planner.patch(path, json={"lon": end.lon, "lat": end.lat}, headers=version)
    assert moved.json["mouth"] == [end.lon, end.lat]
    assert texts(planner.post(f"{path}/preview", json=DRAFT))[-1] == "1号"
    stale = planner.patch(path, json={"lon": end.lon, "lat": end.lat}, headers={"If-Match": '"99"'})
    assert (stale.status_code, stale.json["error"]) == (409, "GroupVersionStale")


def test_a_house_is_added_moved_and_released(planner, group):
    place = at(8, -1)
    added = planner.post(f"/api/v1/village-groups/{group.id}/houses", json={"lon": place.lon, "lat": place.lat})
    assert (added.status_code, added.json["village_group_id"]) == (201, group.id)
    house, version = added.json["id"], {"If-Match": added.headers["ETag"]}
    moved = planner.patch(f"/api/v1/entrances/{house}", json={"lon": place.lon, "lat": place.lat}, headers=version)
    path = f"/api/v1/village-groups/{group.id}/houses/{house}"
    assert planner.delete(path, headers={"If-Match": moved.headers["ETag"]}).status_code == 204
    assert seen(planner, group)[0]["houses_around"] == 1
    taken = planner.post(f"/api/v1/village-groups/{group.id}/houses-around", json={})
    assert taken.json == {"taken_in": 1}


def test_the_list_page_shows_groups_and_enters_one(planner, group):
    page = planner.get("/village-groups")
    assert "铜街子社区3组" in page.text
    assert planner.get("/village-groups?name=没有").text.count("没有符合筛选条件的村组") == 1
    entered = planner.post("/village-groups", data={"name": "5组", "village": VILLAGE})
    assert entered.status_code == 302
    refused = planner.post("/village-groups", data={"name": "5组", "village": VILLAGE})
    assert refused.status_code == 409
    assert "该村已有“5组”" in refused.text
    key = entered.headers["Location"].split("/")[-2]
    assert planner.post(f"/village-groups/{key}/removal", data={"version": "1"}).status_code == 302
    assert planner.post(f"/village-groups/{group.id}/removal", data={"version": "2"}).status_code == 422


def test_an_empty_list_says_what_to_do(planner):
    assert "尚未登记村组" in planner.get("/village-groups").text


def test_the_list_of_plans_leads_to_the_groups_board(planner, group):
    plan = planner.post(f"/api/v1/village-groups/{group.id}/plans", json=DRAFT).json["plan"]["id"]
    page = planner.get("/plans").text
    assert "铜街子社区3组" in page
    assert f"/village-groups/{group.id}/board?plan={plan}" in page


def test_a_groups_published_plan_has_its_table_its_notices_and_can_be_taken_back(planner, client_as, group):
    key, version = published(planner, client_as(Role.REVIEWER), f"/api/v1/village-groups/{group.id}")
    board = f"/village-groups/{group.id}/board?plan="
    assert f"{board}{key}" in planner.get(f"/plans/{key}/mapping").text
    assert planner.get(f"/plans/{key}/notices").text.count("铜街子社区3组") >= len(HOUSES)
    assert f"{board}{key}" in planner.get(f"/plans/{key}/undo").text
    undone = planner.post(f"/plans/{key}/undo", data={"reason": "第4号文", "version": version})
    assert undone.status_code == 302
    assert undone.headers["Location"].startswith(board)


def test_a_plan_of_a_group_is_compared_with_no_street(planner, group):
    plan = planner.post(f"/api/v1/village-groups/{group.id}/plans", json=DRAFT).json["plan"]["id"]
    assert "plans/compare" not in planner.get("/plans?name=铜街子社区3组").text
    street = planner.get("/api/v1/streets").json["items"][0]["id"]
    answer = planner.get(f"/api/v1/streets/{street}/plan-comparison?one={plan}&other=wall")
    assert answer.json["error"] == "PlanOfAnotherStreet"


def test_the_board_offers_what_a_house_may_be(planner, group):
    page = planner.get(f"/village-groups/{group.id}/board").text
    assert 'value="demolished"' in page
    assert 'value="stair"' not in page


def test_a_house_does_not_stand_off_the_earth(planner, group):
    answer = planner.post(f"/api/v1/village-groups/{group.id}/houses", json={"lon": 999, "lat": 0})
    assert answer.status_code == 422


def test_the_start_page_leads_to_the_plan_of_a_group(planner, group):
    planner.post(f"/api/v1/village-groups/{group.id}/plans", json=DRAFT)
    assert f"/village-groups/{group.id}/board?plan=" in planner.get("/").text


def test_a_groups_plan_is_exported_with_those_of_streets(planner, group, database):
    planner.post(f"/api/v1/village-groups/{group.id}/plans", json=DRAFT)
    with database.transaction() as register:
        for layer in (ExportLayer.PLANS, ExportLayer.ENTRANCES):
            ((columns, rows),) = layer_rows(register.session, ExportRequest(layer, COUNTY), 100)
            named = [row[list(columns).index("group")] for row in rows]
            assert named.count("3组") == len(HOUSES)
