import json

import pytest

from geo_app.domain.access_roles import Role
from geo_app.web.rate_limit import LIMITER
from tests.support.imports import place
from tests.support.search_register import HEAD, load_texts

STREET = f"{HEAD}沙湾镇铜河路"


@pytest.fixture
def found(database, client, tmp_path):
    """Ask the API as a stranger; the register holds the texts of `search_register`."""
    with database.transaction() as register:
        load_texts(register, tmp_path)

    def ask(path, **query):
        return client.get(f"/api/v1/{path}", query_string=query)

    return ask


def test_anybody_finds_an_address_with_grade_reasons_and_place(found):
    answer = found("search", q="沙湾镇铜合路128号", limit=3)
    assert answer.status_code == 200
    assert (answer.json["grade"], answer.json["standard_text"]) == ("B", f"{STREET}128号")
    assert answer.json["reasons"] == ["路名更正（同音）：铜合路 → 铜河路"]
    lon, lat = place(100.0, 10.0)
    assert (answer.json["lon"], answer.json["lat"], answer.json["complete"]) == (lon, lat, True)
    assert answer.json["candidates"][0]["address_id"] == answer.json["address_id"]


def test_a_room_is_where_its_door_is(found):
    answer = found("search", q="铜河路20号阳光花园3幢2单元501室").json
    assert (answer["grade"], answer["lon"] is None) == ("B", False)


def test_a_text_without_an_answer_is_answered_with_nothing(found):
    answer = found("search", q="明天开会").json
    assert (answer["address_id"], answer["grade"], answer["candidates"]) == (None, "", [])
    assert found("search", q="").status_code == 422
    assert found("search", q="铜" * 10_000).status_code == 200
    assert found("search", q="铜" * 10_001).status_code == 422


def test_beginnings_are_completed(found):
    items = found("autocomplete", q="thl", limit=1).json["items"]
    assert items == [{"kind": "street", "text": "铜河路", "where": "沙湾镇", "address_id": None}]
    assert found("autocomplete", q="铜河路12").json["items"][0]["text"].endswith("铜河路12号")
    assert found("autocomplete", q="铜").json == {"items": []}


def test_a_position_gives_the_nearest_doors(found):
    lon, lat = place(0.0, 10.0)
    answer = found("reverse", lon=lon, lat=lat, limit=2).json
    nearest = answer["addresses"][0]
    assert (nearest["text"], nearest["metres"]) == (f"{STREET}1号", 0.0)
    assert answer["division"] == "沙湾镇"
    assert found("reverse", lon=999, lat=0).status_code == 422


def test_strangers_are_slowed_down(found, app):
    LIMITER.enabled = True
    statuses = {found("search", q="铜河路12号").status_code for _ in range(302)}
    assert statuses == {200, 429}


def lines(*given):
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in given).encode()


def test_lists_are_matched_line_by_line(found, client_as):
    body = lines("铜河路128号", {"text": "嘉农镇铜河路300号", "row": 7})
    answer = client_as(Role.PLANNER).post("/api/v1/match", data=body, content_type="application/x-ndjson")
    assert answer.mimetype == "application/x-ndjson"
    one, other = map(json.loads, answer.text.splitlines())
    assert (one["grade"], one["standard_text"]) == ("B", f"{STREET}128号")
    assert (other["row"], other["standard_text"]) == (7, f"{HEAD}嘉农镇铜河路300号")


def test_a_line_that_is_none_ends_the_answer_and_says_so(found, client_as):
    body = lines("铜河路128号") + b"\n{broken"
    answer = client_as(Role.PLANNER).post("/api/v1/match", data=body, content_type="application/x-ndjson")
    assert json.loads(answer.text.splitlines()[-1])["error"] == "UnreadableInput"


def test_lists_need_an_account(found, client):
    assert client.post("/api/v1/match", data=lines("铜河路128号")).status_code == 401
