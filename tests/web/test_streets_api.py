import pytest
from sqlalchemy import text

from geo_app.domain.access_roles import Role
from tests.support.example_register import SOUTH, TOWNSHIP, WEST, make_divisions, make_street

LINE = {"type": "LineString", "coordinates": [[WEST, SOUTH + 0.03], [WEST + 0.002, SOUTH + 0.03]]}


@pytest.fixture
def street(database):
    with database.transaction() as register:
        return make_street(register, "铜河路", make_divisions(register)[TOWNSHIP], 4)


@pytest.fixture
def planner(client_as):
    return client_as(Role.PLANNER)


def draw(client, **fields):
    return client.post("/api/v1/streets", json={"name": "新华街", "division_code": TOWNSHIP, "lines": [LINE]} | fields)


def first_door(client, street):
    body = {"rule": {"preset": "sichuan"}}
    return client.post(f"/api/v1/streets/{street}/preview", json=body).json["doors"]["features"][0]["properties"]


def test_streets_are_listed_with_what_stands_on_them(planner, street):
    answer = planner.get("/api/v1/streets?division=511111")
    assert answer.status_code == 200, answer.json
    (item,) = answer.json["items"]
    assert (item["name"], item["division"], item["doors"], item["numbered"]) == ("铜河路", "沙湾镇", 4, 0)
    assert item["length_m"] == pytest.approx(38.8, abs=0.5)
    assert item["bbox"] == pytest.approx([WEST, SOUTH, WEST + 0.0004, SOUTH])
    assert planner.get("/api/v1/streets?division=5199").json["total"] == 0
    assert planner.get("/api/v1/streets?state=draft").json["total"] == 0
    assert planner.get("/api/v1/streets?state=none&name=铜").json["total"] == 1


def test_a_street_is_shown_with_its_lines_and_its_version(planner, street):
    answer = planner.get(f"/api/v1/streets/{street}")
    assert answer.headers["ETag"] == '"1"'
    (line,) = answer.json["lines"]["features"]
    assert line["geometry"]["type"] == "LineString"


def test_an_unknown_filter_is_refused(planner):
    answer = planner.get("/api/v1/streets?colour=red")
    assert (answer.status_code, answer.json["error"]) == (422, "FieldsRefused")
    assert "colour" in answer.json["fields"]


def test_a_drawn_street_waits_for_its_name(client_as, planner, street):
    drawn = draw(planner)
    assert drawn.status_code == 201, drawn.json
    assert drawn.json["naming"] == "proposed"
    path = f"/api/v1/streets/{drawn.json['id']}/approval"
    headers = {"If-Match": drawn.headers["ETag"]}
    assert planner.post(path, json={}, headers=headers).status_code == 403
    reviewer = client_as(Role.REVIEWER)
    assert reviewer.post(path, json={}, headers=headers).json["naming"] == "approved"
    assert reviewer.post(path, json={}, headers=headers).json["error"] == "StreetVersionStale"


def test_a_second_street_of_a_name_is_refused_in_the_town_and_a_namesake_elsewhere(planner, database, street):
    assert draw(planner, name="铜河路").json["error"] == "StreetNameTaken"
    with database.transaction() as register:
        register.session.execute(
            text("insert into division (code, level, name) values ('511111101', 'township', '嘉农镇')")
        )
    assert draw(planner, name="铜河路", division_code="511111101").json["namesake"] == 2


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"name": "  "}, "StreetNameMalformed"),
        ({"division_code": "511111999"}, "NotFound"),
        ({"division_code": "5111"}, "FieldsRefused"),
        ({"lines": []}, "FieldsRefused"),
        ({"lines": [{"type": "LineString", "coordinates": [[103, 29], [103, 29]]}]}, "StreetLineUnusable"),
        ({"lines": [{"type": "LineString", "coordinates": [[203, 29], [103, 29]]}]}, "StreetLineUnusable"),
        ({"lines": [LINE, {"type": "LineString", "coordinates": [[103, 29], [103.1, 29]]}]}, "StreetLinesApart"),
    ],
)
def test_a_street_that_cannot_be_is_refused_by_name(planner, street, fields, error):
    assert draw(planner, **fields).json["error"] == error


def test_a_door_is_added_moved_and_removed(planner, street):
    added = planner.post("/api/v1/entrances", json={"street_id": street, "lon": WEST, "lat": SOUTH})
    assert (added.status_code, added.headers["ETag"]) == (201, '"1"')
    path = f"/api/v1/entrances/{added.json['id']}"
    assert planner.patch(path, json={"lon": WEST, "lat": SOUTH}).status_code == 428
    moved = planner.patch(path, json={"lon": WEST + 0.0001, "lat": SOUTH}, headers={"If-Match": '"1"'})
    assert moved.json["lon"] == WEST + 0.0001
    stale = planner.patch(path, json={"lon": WEST, "lat": SOUTH}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json["error"]) == (409, "EntranceVersionStale")
    assert planner.delete(path, headers={"If-Match": moved.headers["ETag"]}).status_code == 204
    assert planner.get(path).status_code == 404


def test_a_door_off_the_earth_is_refused(planner, street):
    answer = planner.post("/api/v1/entrances", json={"street_id": street, "lon": 203, "lat": 29})
    assert answer.status_code == 422


def test_a_door_of_a_township_elsewhere_is_not_touched(client_as, database, street):
    with database.transaction() as register:
        register.session.execute(
            text("insert into division (code, level, name) values ('511111101', 'township', '嘉农镇')")
        )
    stranger = client_as(Role.TOWNSHIP, "511111101")
    answer = stranger.post("/api/v1/entrances", json={"street_id": street, "lon": WEST, "lat": SOUTH})
    assert (answer.status_code, answer.json["error"]) == (403, "NotGranted")
