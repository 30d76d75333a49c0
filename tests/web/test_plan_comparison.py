from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from geo_app.domain.access_roles import Role
from tests.support.example_register import TOWNSHIP, make_divisions, make_street

SICHUAN = {"rule": {"preset": "sichuan"}}
WEST = {"rule": {"preset": "sichuan", "start": "first"}}


@pytest.fixture
def street(database):
    with database.transaction() as register:
        return make_street(register, "铜河路", make_divisions(register)[TOWNSHIP], 6)


@pytest.fixture
def planner(client_as):
    return client_as(Role.PLANNER)


def drafted(planner, street, rule=SICHUAN, title="初稿"):
    return planner.post(f"/api/v1/streets/{street}/plans", json={**rule, "title": title}).json["plan"]["id"]


def test_two_drafts_stand_side_by_side_with_what_is_better_in_each(planner, street):
    one, other = drafted(planner, street), drafted(planner, street, WEST, "西起")
    page = planner.get(f"/streets/{street}/plans/compare?one={one}&other={other}").text
    assert "初稿" in page
    assert "西起" in page
    assert "共6个门点，其中6个两案号码不同。" in page
    assert page.count('class="differing"') == 6


def test_the_page_begins_with_the_latest_plan_beside_the_wall_and_shows_only_what_differs(planner, street):
    drafted(planner, street)
    page = planner.get(f"/streets/{street}/plans/compare").text
    assert "甲案较优：" in page
    assert "墙上现状" in page


def test_a_street_without_a_plan_leads_to_the_board(planner, street):
    page = planner.get(f"/streets/{street}/plans/compare").text
    assert "还没有可比较的方案" in page
    assert f"/streets/{street}/board" in page


@pytest.mark.parametrize("text", ["x", "-1", "1" * 19, "１"])
def test_a_plan_that_is_no_number_is_refused_with_a_page(planner, street, text):
    refused = planner.get(f"/streets/{street}/plans/compare?one={text}")
    assert refused.status_code == 422
    assert "不是方案编号" in refused.text


def test_the_doors_are_taken_away_as_a_table(planner, street):
    one, other = drafted(planner, street), drafted(planner, street, WEST)
    address = f"/streets/{street}/plans/compare/doors"
    csv = planner.get(f"{address}.csv?one={one}&other={other}")
    lines = csv.data.decode("utf-8-sig").splitlines()
    assert lines[0].split(",")[3:] == ["现号", "甲案", "甲案处理", "乙案", "乙案处理", "两案不同"]
    assert "6号,新编,1号,新编,是" in lines[1] + lines[2] + lines[3] + lines[4] + lines[5] + lines[6]
    book = CalamineWorkbook.from_filelike(BytesIO(planner.get(f"{address}.xlsx?one={one}&other={other}").data))
    assert len(book.get_sheet_by_index(0).to_python()) == 7
    assert planner.get(f"{address}.pdf").status_code == 404


def test_programs_get_the_comparison_with_both_plans(planner, street):
    one, other = drafted(planner, street), drafted(planner, street, WEST)
    found = planner.get(f"/api/v1/streets/{street}/plan-comparison?one={one}&other={other}").json
    assert found["one"]["plan"]["id"] == one
    assert {(door["one"], door["other"]) for door in found["doors"]} >= {("6号", "1号")}
    assert {door["one_effect"] for door in found["doors"]} == {"new"}
    assert {stretch["one"] for stretch in found["stretches"]} == {0}
    assert found["findings"] == {"only_in_one": [], "only_in_other": [], "in_both": []}
    assert planner.get(f"/api/v1/streets/{street}/plan-comparison?one=x").status_code == 422
    assert planner.get(f"/api/v1/streets/{street}/plan-comparison?one={one}").json["other"]["plan"] is None


def test_what_would_be_taken_back_is_seen_before_it_is(client_as, planner, street):
    reviewer = client_as(Role.REVIEWER)
    plan = drafted(planner, street)
    for version, (who, step) in enumerate(
        [(planner, "submission"), (reviewer, "approval"), (reviewer, "publication")], start=1
    ):
        who.post(f"/api/v1/plans/{plan}/{step}", json={"reason": "核对"}, headers={"If-Match": f'"{version}"'})
    page = planner.get(f"/plans/{plan}/undo").text
    assert "将变动6个门点：0个恢复原号，6个原来无号、地址注销。" in page
    assert planner.post(f"/plans/{plan}/undo", data={"reason": "", "version": "4"}).status_code == 422
    assert planner.post(f"/plans/{plan}/undo", data={"reason": "起点错", "version": "3"}).status_code == 409
    done = planner.post(f"/plans/{plan}/undo", data={"reason": "起点错", "version": "4"})
    assert done.location.endswith(f"/streets/{street}/board?plan={plan + 1}")
    again = planner.get(f"/plans/{plan}/undo")
    assert f"方案{plan + 1}正在办理该方案的撤回" in again.text
    assert "生成更正方案" not in again.text
