import pytest

from geo_app.domain.access_roles import Role
from tests.support.example_register import TOWNSHIP, make_divisions, make_street

SICHUAN = {"rule": {"preset": "sichuan"}}


@pytest.fixture
def street(database):
    with database.transaction() as register:
        return make_street(register, "铜河路", make_divisions(register)[TOWNSHIP], 6)


@pytest.fixture
def planner(client_as):
    return client_as(Role.PLANNER)


@pytest.fixture
def reviewer(client_as):
    return client_as(Role.REVIEWER)


def step(client, plan, name, version, reason="核对无误"):
    return client.post(f"/api/v1/plans/{plan}/{name}", json={"reason": reason}, headers={"If-Match": f'"{version}"'})


def drafted(planner, street):
    answer = planner.post(f"/api/v1/streets/{street}/plans", json={**SICHUAN, "title": "初稿"})
    assert answer.status_code == 201, answer.json
    return answer.json["plan"]["id"]


def published(planner, reviewer, street):
    plan = drafted(planner, street)
    assert step(planner, plan, "submission", 1).status_code == 200
    assert step(reviewer, plan, "approval", 2).status_code == 200
    answer = step(reviewer, plan, "publication", 3)
    assert answer.status_code == 200, answer.json
    return plan


def test_a_preview_shows_every_door_with_number_and_reason(planner, street):
    answer = planner.post(f"/api/v1/streets/{street}/preview", json=SICHUAN)
    assert answer.status_code == 200, answer.json
    doors = [feature["properties"] for feature in answer.json["doors"]["features"]]
    assert [door["text"] for door in doors] == ["6号", "5号", "4号", "3号", "2号", "1号"]
    assert all(door["reason"] for door in doors)
    assert answer.json["counts"] == {
        "doors": 6,
        "numbered": 6,
        "kept": 0,
        "by_hand": 0,
        "renumbered": 0,
        "unnumbered": 0,
    }
    (line,) = answer.json["lines"]["features"]
    assert line["properties"]["start"] == line["geometry"]["coordinates"][0]


def test_a_number_set_by_hand_is_shown_as_such(planner, street):
    doors = planner.post(f"/api/v1/streets/{street}/preview", json=SICHUAN).json["doors"]["features"]
    first = doors[0]["properties"]["entrance_id"]
    answer = planner.post(f"/api/v1/streets/{street}/preview", json={**SICHUAN, "hand": {str(first): "12附1"}})
    shown = answer.json["doors"]["features"][0]["properties"]
    assert (shown["text"], shown["sub_number"], shown["by_hand"]) == ("12号附1号", 1, True)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"rule": {"preset": "nowhere"}}, "RuleUnknown"),
        ({"rule": {"preset": "../../pyproject"}}, "RuleUnknown"),
        ({"rule": {"preset": "sichuan", "method": "guess"}}, "RuleValueNotAllowed"),
        ({"rule": {"preset": "sichuan", "start": "centre"}}, "CentreNeeded"),
        ({"rule": {"preset": "sichuan", "colour": "red"}}, "FieldsRefused"),
        ({**SICHUAN, "more": 1}, "FieldsRefused"),
        ({}, "FieldsRefused"),
    ],
)
def test_a_rule_that_cannot_be_read_is_refused_by_name(planner, street, body, error):
    answer = planner.post(f"/api/v1/streets/{street}/preview", json=body)
    assert (answer.status_code, answer.json["error"]) == (422, error)
    assert answer.json["message"]


def test_a_body_that_is_no_json_is_refused(planner, street):
    answer = planner.post(f"/api/v1/streets/{street}/preview", data="{", content_type="application/json")
    assert answer.status_code == 400
    assert answer.json["error"] == "BadRequest"


def test_a_plan_walks_from_draft_to_addresses(planner, reviewer, street):
    plan = published(planner, reviewer, street)
    shown = planner.get(f"/api/v1/plans/{plan}").json["plan"]
    assert (shown["status"], shown["version"], shown["title"]) == ("published", 4, "初稿")
    assert shown["rule"] == {"preset": "sichuan"}
    addresses = planner.get(f"/api/v1/addresses?street={street}").json
    assert [address["number"] for address in addresses["items"]] == ["1号", "2号", "3号", "4号", "5号", "6号"]
    street_item = planner.get("/api/v1/streets?name=铜河").json["items"][0]
    assert (street_item["numbered"], street_item["plan_status"]) == (6, "published")


def test_the_submitter_is_told_why_he_cannot_approve(planner, street):
    plan = drafted(planner, street)
    step(planner, plan, "submission", 1)
    answer = step(planner, plan, "approval", 2)
    assert (answer.status_code, answer.json["error"]) == (422, "PlanApproverIsSubmitter")


def test_a_change_without_a_version_is_refused(planner, street):
    plan = drafted(planner, street)
    answer = planner.put(f"/api/v1/plans/{plan}", json={**SICHUAN, "title": "二稿"})
    assert (answer.status_code, answer.json["error"]) == (428, "VersionNeeded")


def test_a_change_of_an_old_version_is_a_conflict(planner, street):
    plan = drafted(planner, street)
    body = {"rule": {"preset": "sichuan", "start": "west"}, "title": "二稿"}
    first = planner.put(f"/api/v1/plans/{plan}", json=body, headers={"If-Match": '"1"'})
    assert first.status_code == 200
    assert first.headers["ETag"] == '"2"'
    assert first.json["plan"]["rule"] == {"preset": "sichuan", "start": ["west"]}
    second = planner.put(f"/api/v1/plans/{plan}", json=body, headers={"If-Match": '"1"'})
    assert (second.status_code, second.json["error"]) == (409, "PlanVersionStale")


def test_a_published_plan_is_taken_back_by_a_plan_of_its_own(planner, reviewer, street):
    plan = published(planner, reviewer, street)
    answer = step(planner, plan, "undo", 4, "起点错误")
    assert answer.status_code == 201
    correcting = answer.json["plan"]["id"]
    assert answer.json["plan"]["corrects"] == plan
    step(planner, correcting, "submission", 1)
    step(reviewer, correcting, "approval", 2)
    assert step(reviewer, correcting, "publication", 3).status_code == 200
    assert planner.get(f"/api/v1/plans/{plan}").json["plan"]["status"] == "undone"


def test_a_withdrawn_plan_frees_its_numbers(planner, street):
    plan = drafted(planner, street)
    step(planner, plan, "submission", 1)
    assert planner.get(f"/api/v1/addresses?street={street}&status=proposed").json["total"] == 6
    assert step(planner, plan, "withdrawal", 2).json["plan"]["status"] == "withdrawn"
    assert planner.get(f"/api/v1/addresses?street={street}&status=proposed").json["total"] == 0


def test_a_plan_is_sent_back_with_a_reason(planner, reviewer, street):
    plan = drafted(planner, street)
    step(planner, plan, "submission", 1)
    assert step(reviewer, plan, "return", 2, "").json["error"] == "ReasonNotStated"
    assert step(reviewer, plan, "return", 2, "缺一户").json["plan"]["status"] == "draft"


def test_plans_are_listed_by_street_and_status(planner, street):
    plan = drafted(planner, street)
    listed = planner.get(f"/api/v1/plans?street={street}&status=draft").json
    assert [item["id"] for item in listed["items"]] == [plan]
    assert listed["items"][0]["may"] == ["edit", "submit", "withdraw"]
    assert planner.get("/api/v1/plans?status=published").json["total"] == 0
    assert planner.get("/api/v1/plans?status=lost").status_code == 422


def test_rules_are_offered_with_their_fields(planner):
    rules = planner.get("/api/v1/rules").json
    assert rules[0]["name"] == "sichuan"
    assert all(rule["title"] and rule["description"] and rule["source"] for rule in rules)
    schema = {field["name"]: field for field in planner.get("/api/v1/rules/schema").json}
    assert set(schema) == set(rules[0]["fields"])
    assert "sequential" in schema["method"]["allowed"]


def test_who_may_not_plan_is_turned_away(client_as, client, street):
    developer = client_as(Role.DEVELOPER)
    assert developer.post(f"/api/v1/streets/{street}/preview", json=SICHUAN).status_code == 403
    assert client.get("/api/v1/plans").status_code == 401


def test_a_missing_street_is_not_found_in_the_readers_language(planner):
    answer = planner.get("/api/v1/streets/99", headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert answer.json["error"] == "NotFound"
