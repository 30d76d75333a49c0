from datetime import timedelta

import pytest

from geo_app.domain.access_roles import Role
from geo_app.services import numbering
from tests.support.example_register import DAY, SOUTH, WEST, make_example, request


@pytest.fixture
def example(database):
    """A street with six addresses, published on DAY."""
    with database.transaction() as register:
        example = make_example(register)
        plan = numbering.draft_plan(register, example.street, request(), example.by_planner())
        numbering.submit_plan(register, plan, example.by_planner(1))
        numbering.approve_plan(register, plan, example.by_reviewer(2))
        numbering.publish_plan(register, plan, example.by_reviewer(3))
    return example


@pytest.fixture
def planner(client_as):
    return client_as(Role.PLANNER)


@pytest.fixture
def address(planner, example):
    return planner.get(f"/api/v1/addresses?street={example.street}").json["items"][0]


def act(client, address, verb, body, version=None):
    headers = {"If-Match": f'"{version or address["version"]}"'}
    return client.post(f"/api/v1/addresses/{address['id']}/{verb}", json={"reason": "核实"} | body, headers=headers)


def test_addresses_are_found_by_any_spelling_of_a_part_of_their_text(planner, example):
    found = planner.get("/api/v1/addresses?text=铜河路３号").json
    assert [address["number"] for address in found["items"]] == ["3号"]
    assert planner.get("/api/v1/addresses?text=铜河路_号").json["total"] == 0


def test_addresses_are_found_in_a_box(planner, example):
    box = f"{WEST},{SOUTH},{WEST + 0.00012},{SOUTH + 0.001}"
    assert [address["number"] for address in planner.get(f"/api/v1/addresses?bbox={box}").json["items"]] == ["6号"]
    assert planner.get("/api/v1/addresses?bbox=1,2,3").status_code == 422


@pytest.mark.parametrize("key", ["id", "standard_code"])
def test_an_address_is_shown_by_id_or_code(planner, address, key):
    answer = planner.get(f"/api/v1/addresses/{address[key]}")
    assert answer.status_code == 200, answer.json
    assert answer.json["number"] == "1号"
    assert answer.headers["ETag"] == f'"{address["version"]}"'
    assert [step["verb"] for step in answer.json["steps"]] == ["publish"]


def test_an_unknown_address_is_not_found(planner, example):
    assert planner.get("/api/v1/addresses/511111999999999").status_code == 404


def test_an_address_was_not_there_before_it_was_proposed(planner, address):
    before = (DAY - timedelta(1)).isoformat()
    assert planner.get(f"/api/v1/addresses/{address['id']}?as_of={before}").status_code == 404


def test_a_retired_address_is_still_known_as_it_was(planner, address):
    day = DAY + timedelta(400)
    answer = act(planner, address, "retirement", {"day": day.isoformat()})
    assert answer.json["status"] == "retired"
    was = planner.get(f"/api/v1/addresses/{address['id']}?as_of={(day - timedelta(1)).isoformat()}").json
    assert (was["status"], was["valid_to"]) == ("current", day.isoformat())


def test_retiring_without_a_reason_is_refused(planner, address):
    assert act(planner, address, "retirement", {"reason": ""}).json["error"] == "ReasonNotStated"


def test_a_corrected_number_was_never_another(planner, address):
    answer = act(planner, address, "number-correction", {"number": 12, "sub_number": 1})
    assert answer.status_code == 200, answer.json
    assert answer.json["text"] == "四川省乐山市沙湾区沙湾镇铜河路12号附1号"
    assert answer.json["aliases"] == []
    then = planner.get(f"/api/v1/addresses/{address['id']}?as_of={DAY.isoformat()}").json
    assert then["number"] == "12号附1号"


def test_a_number_that_another_door_has_is_refused(planner, address):
    answer = act(planner, address, "number-correction", {"number": 2})
    assert (answer.status_code, answer.json["error"]) == (409, "NumberAlreadyTaken")


def test_a_stale_version_is_a_conflict(planner, address):
    answer = act(planner, address, "number-correction", {"number": 12}, version=99)
    assert (answer.status_code, answer.json["error"]) == (409, "AddressVersionStale")


def test_a_position_is_corrected(planner, address):
    answer = act(planner, address, "position-correction", {"lon": WEST, "lat": SOUTH})
    assert (answer.json["lon"], answer.json["lat"]) == (WEST, SOUTH)
    assert act(planner, answer.json, "position-correction", {"lon": WEST, "lat": SOUTH}).status_code == 422


def test_a_moved_door_keeps_its_number_and_takes_its_address_along(planner, address):
    shown = planner.get(f"/api/v1/addresses/{address['id']}").json
    path = f"/api/v1/entrances/{shown['entrance_id']}"
    version = planner.get(path).headers["ETag"]
    planner.patch(path, json={"lon": WEST - 0.0001, "lat": SOUTH + 0.0001}, headers={"If-Match": version})
    moved = planner.get(f"/api/v1/addresses/{address['id']}").json
    assert (moved["number"], moved["lon"]) == ("1号", WEST - 0.0001)


def test_a_door_with_an_address_is_not_removed(planner, address):
    shown = planner.get(f"/api/v1/addresses/{address['id']}").json
    path = f"/api/v1/entrances/{shown['entrance_id']}"
    answer = planner.delete(path, headers={"If-Match": planner.get(path).headers["ETag"]})
    assert answer.json["error"] == "DoorHasAddress"


def test_only_who_may_correct_corrects(client_as, address):
    village = client_as(Role.VILLAGE)
    assert act(village, address, "position-correction", {"lon": WEST, "lat": SOUTH}).status_code == 403
