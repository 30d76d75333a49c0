import json

import pytest

from geo_app.domain.access_roles import Role

HUGE = "9" * 5000


@pytest.fixture
def planner(client_as):
    return client_as(Role.PLANNER)


def post(client, path, body):
    return client.post(path, data=body, headers={"If-Match": '"1"'}, content_type="application/json")


@pytest.mark.parametrize(
    "value",
    ["NaN", "Infinity", "-Infinity", "1e400", HUGE, '"\\u0000"', '"\\ud800"', '"' + "门" * 100_000 + '"', "[" * 90_000],
)
@pytest.mark.parametrize("field", ["lon", "street_id", "strange"])
def test_no_value_of_a_body_is_more_than_the_api_can_refuse(planner, value, field):
    body = f'{{"street_id": 1, "lon": 103.5, "lat": 29.4, "{field}": {value}}}'
    assert post(planner, "/api/v1/entrances", body).status_code in (400, 422)


@pytest.mark.parametrize("body", ["", "null", "[]", "1", '"x"', "{", "\ufeff{}", '{"a":1', "{'a':1}"])
def test_a_body_that_is_no_object_is_refused(planner, body):
    assert post(planner, "/api/v1/entrances", body.encode()).status_code in (400, 422)


def test_a_body_in_other_bytes_than_utf8_is_refused(planner):
    assert post(planner, "/api/v1/entrances", '{"street_id": "铜河路"}'.encode("gb18030")).status_code in (400, 422)


def test_unknown_fields_are_refused_not_dropped(planner):
    body = {"reason": "", "status": "published"}
    answer = post(planner, "/api/v1/plans/1/submission", json.dumps(body))
    assert (answer.status_code, list(answer.json["fields"])) == (422, ["status"])
    assert planner.get("/api/v1/streets?colour=red").status_code == 422


def test_names_of_fields_may_not_hold_null_characters_either(planner):
    assert post(planner, "/api/v1/entrances", '{"\\u0000": 1}').status_code == 422


@pytest.mark.parametrize("number", [2**63, 2**64, 10**30])
def test_a_number_that_no_id_can_be_is_no_page(planner, number):
    for path in (f"/api/v1/streets/{number}", f"/streets/{number}/board", f"/jobs/{number}", f"/imports/{number}"):
        assert planner.get(path).status_code == 404, path
    assert planner.get(f"/api/v1/plans?street={number}").status_code == 422


@pytest.mark.parametrize("path", ["/addresses/%00", "/streets?name=%00", "/api/v1/addresses/%00", "/sign-in?next=%00"])
def test_null_characters_are_refused_before_the_database_sees_them(planner, path):
    assert planner.get(path).status_code == 422


def test_null_characters_in_a_form_are_refused(planner):
    answer = planner.post("/account/tokens", data={"name": "a\0b", "days": "3"})
    assert answer.status_code == 422


def test_long_json_is_refused_by_its_length(planner):
    body = b'{"reason": "' + b"x" * (17 * 1024 * 1024) + b'"}'
    answer = post(planner, "/api/v1/plans/1/submission", body)
    assert answer.status_code == 422
    assert "16 MiB" in answer.json["message"]
