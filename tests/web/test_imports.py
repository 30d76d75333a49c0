import io
import re

import pytest

from geo_app.domain.access_roles import Role
from geo_app.tasks.catalogue import TASKS
from geo_app.tasks.run import run_job
from tests.support.imports import COUNTY, place

LON, LAT = place(0, 0)
CSV = f"编号,town,street,number,lon,lat\na,沙湾镇,铜河路,12,{LON},{LAT}\nb,沙湾镇,铜河路,,{LON},{LAT}\n"


@pytest.fixture
def planner(client_as):
    return client_as(Role.PLANNER)


def send(client, content, name="地址.csv", layer="addresses"):
    content = content.encode() if isinstance(content, str) else content
    return client.post("/imports/files", data={"file": (io.BytesIO(content), name), "layer": layer})


def ask(client, where, **told):
    form = {"layer": "addresses", "county": COUNTY, "field-id": "编号", "step": "load", **told}
    return client.post(where, data=form)


def finish(database, answer):
    run_job(database, TASKS, int(answer.location.rsplit("/", 1)[1]))


def loaded(client, database):
    answer = ask(client, send(client, CSV).location)
    finish(database, answer)
    page = client.get(answer.location).text
    return re.search(r"/imports/(\d+)", page)[1]


def test_a_sent_file_is_shown_before_anything_is_done_with_it(planner):
    where = send(planner, CSV).location
    page = planner.get(where).text
    assert "铜河路" in page
    assert 'name="field-id"' in page


def test_an_import_is_asked_for_followed_and_its_problems_are_shown(planner, database):
    number = loaded(planner, database)
    page = planner.get(f"/imports/{number}").text
    assert "未采用" in page
    report = planner.get(f"/imports/{number}/report.csv")
    assert report.headers["Content-Disposition"] == f"attachment; filename=report-{number}.csv"
    assert report.text.splitlines()[0].lstrip("\ufeff") == "row,column,value,problem,suggestion"
    assert f"/imports/{number}" in planner.get("/imports").text


def test_an_import_is_undone_with_a_reason_only(planner, database):
    number = loaded(planner, database)
    assert planner.post(f"/imports/{number}/undoing", data={"reason": " "}).status_code == 422
    assert planner.post(f"/imports/{number}/undoing", data={"reason": "坐标系有误"}).status_code == 302
    assert "已撤销" in planner.get(f"/imports/{number}").text


def test_a_checked_file_offers_its_report_and_loads_nothing(planner, database):
    answer = ask(planner, send(planner, CSV).location, step="rehearse")
    finish(database, answer)
    with planner.get(f"{answer.location}/file") as report:
        assert "铜河路" in report.get_data(as_text=True)
    assert "尚无导入记录" in planner.get("/imports").text


@pytest.mark.parametrize(("field", "value"), [("county", "51"), ("day", "yesterday")])
def test_a_wrong_form_is_told_beside_the_preview(planner, field, value):
    answer = ask(planner, send(planner, CSV).location, **{field: value})
    assert answer.status_code in (400, 422)
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"\x89PNG\r\n", "a.csv"), (b"", "a.csv"), (b"PK\x03\x04", "../../etc/passwd.xlsx"), (b"x", "x.exe")],
)
def test_a_hostile_upload_is_refused_with_a_sentence(planner, content, name):
    answer = send(planner, content, name)
    page = planner.get(answer.location) if answer.status_code == 302 else answer
    assert page.status_code in (400, 404, 413, 415, 422)
    assert "Traceback" not in page.text


def test_kept_files_cannot_be_reached_by_a_name_that_leads_out(planner):
    assert planner.get("/imports/files/" + "0" * 64 + "/..%2F..%2Fkey").status_code in (400, 404, 422)


def test_jobs_of_others_are_not_there(planner, client_as):
    answer = ask(planner, send(planner, CSV).location)
    other = client_as(Role.PLANNER)
    assert other.get(answer.location).status_code == 404
    assert other.get("/api/v1" + answer.location).status_code == 404
    assert planner.get("/api/v1" + answer.location).json["status"] == "waiting"


def test_a_waiting_job_is_cancelled_and_tried_again(planner):
    where = ask(planner, send(planner, CSV).location).location
    planner.post(f"{where}/cancellation", data={"reason": "错了"})
    assert planner.get("/api/v1" + where).json["status"] == "cancelled"
    assert planner.post(f"{where}/cancellation", data={"reason": "错了"}).status_code == 422
    planner.post(f"{where}/retry", data={"reason": "再来"})
    assert planner.get("/api/v1" + where).json["status"] == "waiting"
    assert where in planner.get("/jobs").text


def test_an_export_is_written_by_a_job_and_fetched_from_its_page(planner, database):
    loaded(planner, database)
    answer = planner.post("/exports", data={"layer": "addresses", "format": "csv", "area": COUNTY})
    finish(database, answer)
    with planner.get(f"{answer.location}/file") as file:
        assert "沙湾镇铜河路12号" in file.get_data(as_text=True)
    assert planner.post("/exports", data={"layer": "secrets", "format": "csv"}).status_code in (400, 422)


def test_importing_needs_the_right_to_it(client_as):
    assert send(client_as(Role.GRID_MEMBER), CSV).status_code == 403
