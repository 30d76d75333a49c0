import pytest

from geo_app.domain.access_roles import Role
from tests.support.counter import AT_THE_LINE
from tests.support.example_register import COUNTY, TOWNSHIP, make_divisions, make_street

PAPERS = ["门牌号申请表", "不动产权证书", "户口簿"]


@pytest.fixture
def street(database):
    with database.transaction() as register:
        return make_street(register, "铜河路", make_divisions(register)[TOWNSHIP], 6)


@pytest.fixture
def clerk(client_as, street):
    return client_as(Role.TOWNSHIP, TOWNSHIP)


@pytest.fixture
def reviewer(client_as, street):
    return client_as(Role.REVIEWER, COUNTY)


def the_form(street, **more):
    place = {"lon": str(AT_THE_LINE.lon), "lat": str(AT_THE_LINE.lat)}
    return {"kind": "new", "subject": "household", "street_id": str(street), "paper": PAPERS, **place, **more}


def opened(clerk, street, **more):
    answer = clerk.post("/cases", data=the_form(street, **more))
    assert answer.status_code == 302, answer.text
    return answer.location


def step(client, page, verb, version, where="steps", **more):
    return client.post(f"{page}/{where}", data={"verb": verb, "version": version, "reason": "门朝街", **more})


def test_a_case_walks_through_its_pages_to_the_notice(clerk, reviewer, street):
    page = opened(clerk, street)
    assert "登记现场核查" in clerk.get(page).text
    step(clerk, page, "check", 1)
    assert "采用" in clerk.get(page).text
    step(clerk, page, "number", 2)
    step(clerk, page, "submit", 3)
    assert "批准后立即" not in clerk.get(page).text
    assert "批准后立即" in reviewer.get(page).text
    assert step(reviewer, page, "approve", 4, "decision").status_code == 302
    step(clerk, page, "notify", 5)
    answer = clerk.get(f"{page}/notice.pdf")
    assert answer.content_type == "application/pdf"
    assert answer.data.startswith(b"%PDF")
    assert clerk.get(f"{page}/other.pdf").status_code == 404


def test_a_number_can_be_tried_before_it_is_taken(clerk, street):
    page = opened(clerk, street)
    step(clerk, page, "check", 1)
    tried = clerk.get(f"{page}?number=21附2").text
    assert "采用 21号附2号" in tried
    assert "选用此号的理由" in tried


def test_a_refusal_is_told_on_the_page_and_the_form_stays(clerk, street):
    answer = clerk.post("/cases", data=the_form(street, lon="", lat=""))
    assert answer.status_code == 422
    assert "在地图上点出位置" in answer.text
    page = opened(clerk, street)
    stale = step(clerk, page, "check", 9)
    assert stale.status_code == 409
    assert "重新载入" in stale.text


def test_the_work_list_shows_own_areas_only(clerk, client_as, street):
    opened(clerk, street, shop_name="沫水面馆")
    assert "沫水面馆" in clerk.get("/cases").text
    assert "沫水面馆" not in client_as(Role.TOWNSHIP, f"{TOWNSHIP}001").get("/cases").text
    assert "没有符合条件" in clerk.get("/cases?late=1").text


def test_an_unknown_step_kind_or_place_is_refused(clerk, street):
    page = opened(clerk, street)
    assert step(clerk, page, "dance", 1).status_code == 422
    assert step(clerk, page, "approve", 1).status_code == 422
    assert clerk.post("/cases", data=the_form(street, kind="other")).status_code == 422
    assert clerk.post("/cases", data=the_form(street, lon="east")).status_code == 422
    assert clerk.post("/cases", data=the_form(street, street_id="x")).status_code == 422


def settings_form(**fields):
    return {"version": "0", "reason": "办公室决定", **fields}


def test_a_reviewer_sets_papers_limits_days_and_office(reviewer, clerk):
    page = f"/case-settings/{COUNTY}"
    sections = {
        "papers": {"kind.new": "申请表\n户口簿/居住证"},
        "limits": {f"days.{kind}": "7" for kind in ("new", "temporary", "formalise", "change", "reissue", "cancel")}
        | {"days.proof": "1", "near_days": "1"},
        "calendar": {"holidays": "2026-10-01 2026-10-02", "worked": "2026-10-10"},
        "office": {"name": "沙湾区地名办", "notice_word": "沙地名", "legal_basis": "依据", "counter": "一楼"},
    }
    for section, fields in sections.items():
        assert reviewer.post(f"{page}/{section}", data=settings_form(**fields)).status_code == 302, section
    shown = reviewer.get(page).text
    assert "户口簿/居住证" in shown
    assert "2026-10-02" in shown
    assert "沙湾区地名办" in shown
    assert clerk.post(f"{page}/limits", data=settings_form(**sections["limits"])).status_code == 403


@pytest.mark.parametrize(
    ("section", "fields", "status"),
    [
        ("calendar", {"holidays": "国庆"}, 422),
        ("limits", {"near_days": "x"}, 422),
        ("other", {}, 404),
    ],
)
def test_settings_that_cannot_be_read_are_refused(reviewer, section, fields, status):
    assert reviewer.post(f"/case-settings/{COUNTY}/{section}", data=settings_form(**fields)).status_code == status


def test_settings_belong_to_a_county_that_exists(client_as, street):
    somewhere = client_as(Role.REVIEWER).post("/case-settings/999999/calendar", data=settings_form())
    assert somewhere.status_code == 404


def test_a_program_opens_walks_and_decides_a_case(clerk, reviewer, street):
    body = {"kind": "new", "street_id": street, "lon": AT_THE_LINE.lon, "lat": AT_THE_LINE.lat, "papers": PAPERS}
    made = clerk.post("/api/v1/cases", json=body)
    assert (made.status_code, made.json["status"], made.headers["ETag"]) == (201, "received", '"1"')
    path = f"/api/v1/cases/{made.json['id']}"

    def take(client, where, version, **asked):
        answer = client.post(f"{path}/{where}", json=asked, headers={"If-Match": f'"{version}"'})
        assert answer.status_code == 200, answer.text
        return answer.json

    take(clerk, "steps", 1, step="check", reason="门朝街")
    numbered = take(clerk, "steps", 2, step="number")
    assert numbered["number_reason"]
    take(clerk, "steps", 3, step="submit")
    assert reviewer.get(path).json["may"] == ["send_back", "approve", "reject"]
    approved = take(reviewer, "decision", 4, decision="approve")
    assert (approved["status"], approved["standing"]) == ("approved", "stopped")
    assert clerk.post(f"{path}/steps", json={"step": "notify"}).status_code == 428
    listed = clerk.get("/api/v1/cases?status=approved").json
    assert [case["receipt"] for case in listed["items"]] == [made.json["receipt"]]


def test_a_program_tries_the_number_of_a_point_and_of_a_door(clerk, street, database):
    path = f"/api/v1/streets/{street}/case-number"
    with database.transaction() as register:
        door = register.entrances.of_street(street)[0].entrance_id
    assert clerk.post(path, json={"entrance_id": door}).json["text"].endswith("号")
    found = clerk.post(path, json={"lon": AT_THE_LINE.lon, "lat": AT_THE_LINE.lat, "number": "21附1"}).json
    assert (found["text"], found["before"]) == ("21号附1号", None)
    assert clerk.post(path, json={}).status_code == 422
