import io
import json

import pytest
from shapely.geometry import mapping

from geo_app.domain.access_roles import Role
from tests.support.example_estate import GATE, NAME, slab
from tests.support.example_register import TOWNSHIP, make_divisions, make_street


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


@pytest.fixture
def estate(planner, reviewer, street):
    key = planner.post("/api/v1/estates", json={"name": NAME, "division_code": TOWNSHIP}).json["id"]
    assert tell(reviewer, f"estates/{key}/approval", 1).json["naming"] == "approved"
    return key


def tell(client, path, version, reason="核对无误"):
    return client.post(f"/api/v1/{path}", json={"reason": reason}, headers={"If-Match": f'"{version}"'})


def drawn(street, **fields):
    buildings = [
        {"key": f"{'abc'[place]}", "outline": mapping(slab(place, 0)), "spec": {"units": 2, "floors": 3}}
        for place in range(3)
    ]
    gate = {"lon": GATE.lon, "lat": GATE.lat, "street_id": street, "number": "18"}
    return {"buildings": buildings, "gate": gate, "title": "一期", **fields}


def test_a_preview_shows_each_building_with_number_reason_floors_and_rooms(planner, estate, street):
    answer = planner.post(f"/api/v1/estates/{estate}/preview", json=drawn(street))
    assert answer.status_code == 200, answer.json
    first = answer.json["buildings"]["features"][0]["properties"]
    assert (first["key"], first["text"], first["units"]) == ("c", "1幢", ["1", "2"])
    assert "自东向西" in first["reason"]
    assert first["floors"][2] == {"floor": 3, "sign": None, "sign_reason": None, "rooms": ["301", "302"]}
    assert len(answer.json["walk"]) == 3
    assert answer.json["counts"]["rooms"] == 36
    assert len(answer.json["unit_places"]) == 6


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"rule": {"building_order": "spiral"}}, "RuleValueNotAllowed"),
        ({"gate": {}, "rule": {"building_order": "s_from_gate_left"}}, "GateNeeded"),
        ({"gate": {"number": "十八"}}, "GateNumberMalformed"),
        ({"reserved": {"4": ""}}, "SkippedNumberWithoutReason"),
        ({"word": "屋"}, "FieldsRefused"),
        ({"more": 1}, "FieldsRefused"),
    ],
)
def test_what_cannot_be_counted_is_refused_by_name(planner, estate, street, fields, error):
    answer = planner.post(f"/api/v1/estates/{estate}/preview", json=drawn(street, **fields))
    assert (answer.status_code, answer.json["error"]) == (422, error)


def test_a_building_that_crosses_itself_or_has_impossible_floors_is_refused(planner, estate, street):
    crossed = {"type": "Polygon", "coordinates": [[[103, 29], [103.1, 29.1], [103.1, 29], [103, 29.1], [103, 29]]]}
    body = drawn(street, buildings=[{"key": "x", "outline": crossed}])
    assert planner.post(f"/api/v1/estates/{estate}/preview", json=body).json["error"] == "BuildingShapeUnusable"
    body = drawn(street, buildings=[{"key": "x", "outline": mapping(slab(0, 0)), "spec": {"floors": 999}}])
    assert planner.post(f"/api/v1/estates/{estate}/preview", json=body).json["error"] == "TooManyFloors"


def test_a_plan_is_drafted_revised_submitted_approved_published_and_undone(planner, reviewer, estate, street):
    answer = planner.post(f"/api/v1/estates/{estate}/plans", json=drawn(street))
    assert answer.status_code == 201, answer.json
    plan = f"estate-plans/{answer.json['plan']['id']}"
    revised = planner.put(f"/api/v1/{plan}", json=drawn(street, word="栋"), headers={"If-Match": '"1"'})
    assert revised.json["buildings"]["features"][0]["properties"]["text"] == "1栋"
    assert planner.put(f"/api/v1/{plan}", json=drawn(street), headers={"If-Match": '"1"'}).status_code == 409
    assert tell(planner, f"{plan}/submission", 2).status_code == 200
    assert tell(planner, f"{plan}/approval", 3).json["error"] == "PlanApproverIsSubmitter"
    assert tell(reviewer, f"{plan}/approval", 3).status_code == 200
    published = tell(reviewer, f"{plan}/publication", 4)
    assert published.json["plan"]["status"] == "published"
    shown = planner.get(f"/api/v1/estates/{estate}").json
    assert shown["gate"].endswith("铜河路18号")
    assert planner.get(f"/api/v1/addresses?street={street}&size=100").json["total"] == 1 + 3 + 6 + 36
    undone = tell(planner, f"{plan}/undo", 5)
    assert undone.status_code == 201
    assert undone.json["plan"]["corrects"] == published.json["plan"]["id"]


def test_no_client_decides_that_a_building_has_an_address(planner, estate, street):
    body = drawn(street)
    body["buildings"][0]["address_id"] = "511111000000018"
    assert planner.post(f"/api/v1/estates/{estate}/preview", json=body).json["error"] == "FieldsRefused"


def test_footprints_are_read_from_a_file_and_nothing_is_written(planner, estate):
    feature = {"type": "Feature", "geometry": mapping(slab(0, 0)), "properties": {"id": "7", "层数": 18, "rooms": "x"}}
    content = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    answer = planner.post(f"/api/v1/estates/{estate}/footprints", data={"file": (io.BytesIO(content), "小区.geojson")})
    assert answer.status_code == 200, answer.json
    (building,) = answer.json["buildings"]
    assert (building["key"], building["spec"]["floors"], building["spec"]["rooms"]) == ("7", 18, 2)
    assert "rooms" in answer.json["problems"][0]
    refused = planner.post(f"/api/v1/estates/{estate}/footprints", data={"file": (io.BytesIO(b"x"), "x.geojson")})
    assert refused.status_code == 422


def test_the_registers_buildings_and_streets_near_the_gate_are_shown(planner, reviewer, estate, street):
    made = planner.post(f"/api/v1/estates/{estate}/plans", json=drawn(street)).json["plan"]["id"]
    for client, step, version in ((planner, "submission", 1), (reviewer, "approval", 2), (reviewer, "publication", 3)):
        assert tell(client, f"estate-plans/{made}/{step}", version).status_code == 200
    boundary = mapping(slab(0, 0).buffer(0.0001))
    found = planner.post(f"/api/v1/estates/{estate}/registered-buildings", json={"boundary": boundary}).json
    assert [one["building_id"] is not None for one in found["buildings"]] == [True]
    (near,) = planner.get(f"/api/v1/estates/{estate}/gate-streets?lon={GATE.lon}&lat={GATE.lat}").json
    assert (near["id"], near["doors"]) == (street, ["18号"])


def test_the_list_begins_empty_and_then_shows_estates_with_their_plans(planner, reviewer, street):
    assert "尚未登记小区" in planner.get("/estates").text
    entered = planner.post("/estates", data={"name": NAME, "division": TOWNSHIP})
    assert entered.status_code == 302
    again = planner.post("/estates", data={"name": NAME, "division": TOWNSHIP})
    assert again.status_code == 409
    assert "已有小区" in again.text
    assert "打开阳光花园" in planner.get("/estates?status=none").text
    assert "没有符合条件的小区" in planner.get("/estates?status=published").text
    assert planner.get("/api/v1/estates?name=阳光").json["items"][0]["plan_status"] == "none"


def test_rooms_are_sent_as_a_file(planner, estate, street):
    plan = planner.post(f"/api/v1/estates/{estate}/plans", json=drawn(street)).json["plan"]["id"]
    csv = planner.get(f"/estates/plans/{plan}/rooms.csv")
    assert "1幢1单元101室" in csv.text
    assert planner.get(f"/estates/plans/{plan}/rooms.xlsx").data[:2] == b"PK"
    assert planner.get(f"/estates/plans/{plan}/rooms.pdf").status_code == 422
