from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import text

from geo_app.domain.access_roles import Role
from geo_app.services.audit_county import CountyAuditOrder, audit_county, month_of
from tests.support.accounts import actor_of, make_account, moment
from tests.support.audited_street import number_walls, outline_village
from tests.support.example_register import COUNTY, TOWNSHIP, VILLAGE, make_divisions, make_street

PARITY = "LeftRightOddEvenParityMeasure"


@pytest.fixture
def planner(client_as):
    return client_as(Role.PLANNER)


@pytest.fixture
def place(database):
    """Return a street and its door on the wrong side."""
    with database.transaction() as register:
        divisions = make_divisions(register)
        outline_village(register, divisions[VILLAGE])
        street = make_street(register, "沫若街", divisions[TOWNSHIP], 12)
        return street, number_walls(register, street, d7="17")[7]


@pytest.fixture
def audited(database, place):
    with database.transaction() as register:
        person = actor_of(register, make_account(register, "auditing", Role.PLANNER))
        today = moment().day
        audit_county(register, person, CountyAuditOrder(COUNTY, month_of(today), today), lambda *_: None)
    return place


def accept(client, street, door, **fields):
    owner = client.account.id
    form = {"entrance": door, "kind": "wrong_side", "number": "17", "owner": owner, "reason": "老门牌"}
    return client.post(f"/streets/{street}/audit/exceptions", data=form | fields)


def parity(client, street):
    figures = client.get(f"/api/v1/streets/{street}/audit").json["figures"]
    return next(one for one in figures if one["measure"] == PARITY)


def test_a_street_shows_its_scheme_its_findings_and_what_would_mend_them(planner, place):
    page = planner.get(f"/streets/{place[0]}/audit").text
    for told in ("西起", "单号在左侧", "单双号错侧", "建议：8号", "91.7 %", PARITY):
        assert told in page


def test_an_accepted_finding_changes_the_percentage_and_stands_in_the_list(planner, audited):
    street, door = audited
    assert "98.9" not in planner.get("/audit").text
    assert accept(planner, street, door).location.endswith(f"/streets/{street}/audit")
    assert "已认定为例外" in planner.get(f"/streets/{street}/audit").text
    assert (parity(planner, street)["share"], parity(planner, street)["excepted"]) == (1, 1)
    assert "老门牌" in planner.get("/audit/exceptions").text
    assert "参评12个，待处理0个，例外1个" in planner.get("/audit").text
    assert "单双号错侧</td>" not in planner.get("/audit/findings?state=open").text
    assert "沫若街" in planner.get("/audit/findings?state=exception").text


def test_an_exception_is_revoked_with_a_reason(planner, audited):
    street, door = audited
    accept(planner, street, door)
    key = planner.get(f"/api/v1/streets/{street}/audit").json["findings"]["features"]
    key = next(one["properties"]["exception_id"] for one in key if one["properties"]["exception_id"])
    refused = planner.post(f"/audit/exceptions/{key}/revocation", data={"reason": "", "version": "1"})
    assert refused.status_code == 422
    assert (
        planner.post(f"/audit/exceptions/{key}/revocation", data={"reason": "误认", "version": "1"}).status_code == 302
    )
    assert parity(planner, street)["open"] == 1
    assert "误认" in planner.get("/audit/exceptions?state=revoked").text
    assert "没有符合条件的例外" in planner.get("/audit/exceptions?state=held").text


def test_the_interface_lists_exceptions_held_and_revoked(planner, audited):
    street, door = audited
    accept(planner, street, door)
    (held,) = planner.get("/api/v1/audit/exceptions?state=held&name=沫若").json["items"]
    assert (held["street_id"], held["entrance_id"], held["held"], held["revoked_by"]) == (street, door, True, None)
    planner.post(
        f"/api/v1/audit/exceptions/{held['id']}/revocation", json={"reason": "误认"}, headers={"If-Match": '"1"'}
    )
    assert planner.get("/api/v1/audit/exceptions?state=held").json["items"] == []
    (revoked,) = planner.get("/api/v1/audit/exceptions?kind=wrong_side").json["items"]
    assert (revoked["revoked_reason"], revoked["held"]) == ("误认", False)


def test_doors_that_wait_for_a_number_come_after_all_that_is_wrong(planner, database, place):
    street, wrong = place
    with database.transaction() as register:
        person = actor_of(register, make_account(register, "auditing", Role.PLANNER))
        blanked = (
            "update entrance set wall_number = null where street_id = :street and id between :wrong + 1 and :wrong + 2"
        )
        register.session.execute(text(blanked), {"street": street, "wrong": wrong})
        today = moment().day
        audit_county(register, person, CountyAuditOrder(COUNTY, month_of(today), today), lambda *_: None)
    found = [one["kind"] for one in planner.get("/api/v1/audit/findings").json["items"]]
    assert found[0] == "wrong_side"
    assert [place for place, kind in enumerate(found) if kind == "missing"] == [len(found) - 2, len(found) - 1]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"reason": ""}, "请填写办理事由"),
        ({"until": "2001-01-01"}, "以后的日期"),
        ({"until": "明年"}, "2026-03-01"),
        ({"kind": "ugly"}, "请"),
        ({"owner": "x"}, "请"),
        ({"number": "18"}, "该问题已不存在"),
    ],
)
def test_a_refused_exception_says_why_on_the_street_s_page(planner, place, fields, told):
    refused = accept(planner, *place, **fields)
    assert refused.status_code in (409, 422)
    assert told in refused.text


def test_a_plan_takes_up_what_is_proposed(planner, place, database):
    done = planner.post(f"/streets/{place[0]}/audit/plan", data={"entrance": str(place[1])})
    plan = int(done.location.rsplit("=", 1)[1])
    found = planner.get(f"/api/v1/plans/{plan}").json
    assert found["plan"]["hand"] == {str(place[1]): "8号"}
    assert found["plan"]["title"] == "采纳核查建议"
    refused = planner.post(f"/streets/{place[0]}/audit/plan", data={"entrance": "1"})
    assert (refused.status_code, "没有给出建议号码" in refused.text) == (422, True)


def test_the_county_has_a_table_by_village_with_trends_and_a_map(planner, audited):
    page = planner.get("/audit").text
    assert "铜街子社区" in page
    assert "heat-2" in page
    assert '<svg class="trend"' in page
    assert planner.get(f"/audit?sort=-{PARITY}").status_code == 200
    assert planner.get("/audit?sort=colour").status_code == 422
    assert planner.get("/audit?month=13").status_code == 422
    assert "还没有核查过" in planner.get("/audit?month=2001-01").text
    shapes = planner.get(f"/api/v1/audit/villages?county={COUNTY}&measure={PARITY}").json["features"]
    assert [one["properties"]["share"] for one in shapes] == [pytest.approx(11 / 12)]


def test_a_county_never_audited_says_what_to_do(planner, place):
    assert "点击“开始核查”" in planner.get("/audit").text
    assert "还没有核查出问题" in planner.get("/audit/findings").text
    assert "还没有认定过例外" in planner.get("/audit/exceptions").text
    assert planner.get(f"/api/v1/audit/figures?county={COUNTY}").json["month"] is None


def test_township_staff_see_their_own_villages_alone(client_as, audited, database):
    with database.transaction() as register:
        register.session.execute(
            text(
                "insert into division (code, level, name, valid)"
                " values ('511111101', 'township', '嘉农镇', '[2018-01-01,)')"
            )
        )
    own, other = client_as(Role.TOWNSHIP, area=TOWNSHIP), client_as(Role.TOWNSHIP, area="511111101")
    assert "铜街子社区" in own.get("/audit").text
    assert "该月没有您辖区的结果" in other.get("/audit").text
    assert "沫若街" in own.get("/audit/findings").text
    assert "沫若街" not in other.get("/audit/findings").text
    assert own.get(f"/api/v1/audit/figures?county={COUNTY}").json["villages"]
    assert other.get(f"/api/v1/audit/figures?county={COUNTY}").json["villages"] == []
    assert "开始核查" not in own.get("/audit").text


def test_an_audit_is_asked_for_as_a_job(planner, audited):
    asked = planner.post("/audit/runs", data={"month": "", "county": COUNTY})
    assert "门牌核查：511111" in planner.get(asked.location).text
    assert planner.post("/audit/runs", data={"month": "2999-01"}).status_code == 422
    job = planner.post("/api/v1/audit/runs", json={"county": COUNTY, "month": "2026-01"})
    assert (job.status_code, job.json["task"]) == (202, "audit")


def test_the_work_list_is_taken_away_as_a_table(planner, audited):
    csv = planner.get("/audit/findings/table.csv?kind=wrong_side").data.decode("utf-8-sig").splitlines()
    assert len(csv) == 2
    assert "单双号错侧" in csv[1]
    assert "8号" in csv[1]
    book = CalamineWorkbook.from_filelike(BytesIO(planner.get("/audit/findings/table.xlsx").data))
    assert len(book.get_sheet_by_index(0).to_python()) >= 2
    assert planner.get("/audit/findings/table.pdf").status_code == 404


def test_programs_accept_and_revoke_with_the_version_they_saw(planner, audited):
    _, door = audited
    body = {"entrance_id": door, "kind": "wrong_side", "number": "17", "owner_id": planner.account.id, "reason": "保留"}
    made = planner.post("/api/v1/audit/exceptions", json=body)
    assert (made.status_code, made.headers["ETag"]) == (201, '"1"')
    assert planner.post("/api/v1/audit/exceptions", json=body).json["error"] == "ExceptionHeldAlready"
    where = f"/api/v1/audit/exceptions/{made.json['id']}/revocation"
    assert planner.post(where, json={"reason": "误认"}).status_code == 428
    stale = planner.post(where, json={"reason": "误认"}, headers={"If-Match": '"7"'})
    assert stale.json["error"] == "ExceptionVersionStale"
    done = planner.post(where, json={"reason": "误认"}, headers={"If-Match": '"1"'})
    assert done.json["until"] == done.json["since"]


def test_findings_over_the_api_are_filtered(planner, audited):
    found = planner.get("/api/v1/audit/findings?severity=warning&state=open").json
    assert [one["kind"] for one in found["items"]] == ["wrong_side"]
    assert planner.get(f"/api/v1/audit/findings?street={audited[0]}&kind=missing").json["total"] == 0
    assert planner.get("/api/v1/audit/findings?division=511112").json["total"] == 0


def test_a_name_with_markup_stays_text(planner, audited, database):
    with database.transaction() as register:
        register.session.execute(text("update division set name = '<b>村' where level = 'village'"))
    assert "<b>村" not in planner.get("/audit").text
