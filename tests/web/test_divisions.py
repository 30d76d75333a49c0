import pytest

from geo_app.domain.access_roles import Role
from geo_app.domain.imports import Layer
from geo_app.persistence.divisions import NewSuccession
from geo_app.services.imports_divisions import import_divisions
from tests.support.imports import DAY, new_actor, no_one, order, table_file

ROWS = ("511111100,沙湾镇", "511111100201,罗一村", "511111100202,踏水村")


@pytest.fixture
def listed(database, tmp_path):
    with database.transaction() as register:
        path = table_file(tmp_path / "list.csv", "code,name", *ROWS)
        import_divisions(register, new_actor(register), order(Layer.DIVISIONS, path, day=DAY), no_one)
        found = {one.name: one.id for one in register.divisions.as_of(DAY, "511111")}
        found["question"] = register.divisions.link(NewSuccession("merge", DAY, "proposed", found["踏水村"], None))
    return found


def test_the_list_shows_the_divisions_of_a_day(client_as, listed):
    client = client_as(Role.PLANNER)
    assert "罗一村" in client.get("/divisions?as_of=2024-03-01").text
    assert "罗一村" not in client.get("/divisions?as_of=2020-01-01").text
    assert client.get("/divisions?as_of=soon").status_code in (400, 422)
    assert client.get("/divisions?under=51x").status_code in (400, 422)


def test_the_api_answers_the_divisions_of_a_day(client_as, listed):
    answer = client_as(Role.PLANNER).get("/api/v1/divisions?as_of=2024-03-01&under=511111100").json
    assert answer["as_of"] == "2024-03-01"
    assert [one["code"] for one in answer["items"]] == ["511111100", "511111100201", "511111100202"]


def test_a_division_is_renamed_with_a_reason(client_as, listed):
    client = client_as(Role.PLANNER)
    where = f"/divisions/{listed['罗一村']}"
    refused = client.post(f"{where}/renaming", data={"name": "罗山村", "day": "2026-01-01", "reason": ""})
    assert (refused.status_code, 'role="alert"' in refused.text) == (422, True)
    client.post(f"{where}/renaming", data={"name": "罗山村", "day": "2026-01-01", "reason": "川府民政〔2026〕1号"})
    assert "罗山村" in client.get(where).text


def test_an_open_question_is_decided_on_its_page(client_as, listed):
    client = client_as(Role.PLANNER)
    assert "踏水村" in client.get("/divisions/questions").text
    where = f"/divisions/questions/{listed['question']}"
    assert client.post(where, data={"successor": "999999", "reason": "查档"}).status_code in (400, 422)
    assert client.post(where, data={"successor": "511111100201", "reason": "查档"}).status_code == 302
    assert "没有待判定的问题" in client.get("/divisions/questions").text


def test_who_may_not_edit_divisions_cannot_decide(client_as, listed):
    client = client_as(Role.VILLAGE)
    assert client.post(f"/divisions/questions/{listed['question']}", data={"reason": "x"}).status_code == 403
