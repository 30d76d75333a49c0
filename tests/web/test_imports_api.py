"""Imports, exports and jobs as programs use them."""

import io

import pytest
from sqlalchemy import insert
from sqlalchemy.dialects.postgresql import Range

from geo_app.domain.access_roles import Role
from geo_app.persistence.tables import Division
from geo_app.tasks.catalogue import TASKS
from geo_app.tasks.run import run_job
from tests.support.accounts import LONG_AGO
from tests.support.imports import COUNTY, place

LON, LAT = place(0, 0)
CSV = f"id,town,street,number,lon,lat\na,沙湾镇,铜河路,12,{LON},{LAT}\nb,沙湾镇,铜河路,,{LON},{LAT}\n"


@pytest.fixture
def planner(client_as):
    return client_as(Role.PLANNER)


@pytest.fixture
def number(planner, database):
    """Return the number of an import with one good row and one bad one."""
    where = planner.post("/imports/files", data={"file": (io.BytesIO(CSV.encode()), "a.csv"), "layer": "addresses"})
    form = {"layer": "addresses", "county": COUNTY, "field-id": "id", "step": "load"}
    job_id = int(planner.post(where.location, data=form).location.rsplit("/", 1)[1])
    run_job(database, TASKS, job_id)
    return planner.get(f"/api/v1/jobs/{job_id}").json["result"]["import"]


@pytest.fixture
def elsewhere(database):
    """Return the code of a county next to that of the import."""
    with database.transaction() as register:
        row = {"code": "511112", "level": "county", "name": "五通桥区", "valid": Range(LONG_AGO, None)}
        register.session.execute(insert(Division).values(row))
    return "511112"


def test_an_import_is_listed_shown_and_explained(planner, number):
    listed = planner.get(f"/api/v1/imports?county={COUNTY}").json
    assert [run["id"] for run in listed["items"]] == [number]
    shown = planner.get(f"/api/v1/imports/{number}").json
    assert (shown["layer"], shown["status"], shown["counts"]["added"]) == ("addresses", "done", 1)
    problems = planner.get(f"/api/v1/imports/{number}/problems").json
    assert [(one["row"], one["severity"]) for one in problems["items"]] == [(2, "warning"), (3, "error")]


def test_an_import_is_taken_back_once(planner, number):
    path = f"/api/v1/imports/{number}/undoing"
    assert planner.post(path, json={"reason": ""}).json["error"] == "ReasonNotStated"
    undone = planner.post(path, json={"reason": "坐标系有误"})
    assert (undone.status_code, undone.json["run"]["status"], undone.json["removed"] > 0) == (200, "undone", True)
    assert planner.post(path, json={"reason": "坐标系有误"}).json["error"] == "ImportAlreadyUndone"


def test_a_planner_of_another_county_sees_no_import_of_this_one(client_as, number, elsewhere):
    other = client_as(Role.PLANNER, elsewhere)
    assert other.get("/api/v1/imports").json["items"] == []
    assert "a.csv" not in other.get("/imports").text
    for path in (f"/api/v1/imports/{number}", f"/api/v1/imports/{number}/problems", f"/imports/{number}/report.csv"):
        assert other.get(path).status_code == 404, path


def test_a_planner_of_a_township_sees_no_import_of_its_county(client_as, number, planner):
    township = next(one["code"] for one in planner.get("/api/v1/divisions").json["items"] if one["level"] == "township")
    assert client_as(Role.PLANNER, township).get("/api/v1/imports").json["total"] == 0


def test_an_export_is_asked_for_followed_and_fetched(planner, database, number):
    asked = planner.post("/api/v1/exports", json={"layer": "addresses", "format": "csv", "area": COUNTY})
    assert (asked.status_code, asked.json["status"]) == (202, "waiting")
    assert planner.get(f"{asked.location}/file").status_code == 404
    run_job(database, TASKS, asked.json["id"])
    assert planner.get(asked.location).json["result"] == {"rows": 1, "file": f"addresses-{COUNTY}.csv"}
    with planner.get(f"{asked.location}/file") as file:
        assert "沙湾镇铜河路12号" in file.get_data(as_text=True)


def test_an_export_of_another_area_is_refused(client_as, elsewhere):
    answer = client_as(Role.PLANNER, elsewhere).post("/api/v1/exports", json={"layer": "streets", "format": "csv"})
    assert (answer.status_code, answer.json["error"]) == (403, "NotGranted")


def test_a_job_is_cancelled_tried_again_and_listed_to_its_owner_only(planner, client_as):
    job = planner.post("/api/v1/exports", json={"layer": "streets", "format": "csv"}).json["id"]
    assert planner.post(f"/api/v1/jobs/{job}/cancellation", json={}).json["status"] == "cancelled"
    assert planner.post(f"/api/v1/jobs/{job}/cancellation", json={}).json["error"] == "JobHasEnded"
    assert planner.post(f"/api/v1/jobs/{job}/retry", json={}).json["status"] == "waiting"
    assert [one["id"] for one in planner.get("/api/v1/jobs").json["items"]] == [job]
    other = client_as(Role.PLANNER)
    assert other.get("/api/v1/jobs").json["total"] == 0
    assert other.post(f"/api/v1/jobs/{job}/cancellation", json={}).status_code == 404
