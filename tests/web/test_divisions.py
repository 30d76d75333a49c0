import pytest
import shapely
from sqlalchemy import text

from geo_app.domain.access_roles import Role
from geo_app.domain.imports import Layer
from geo_app.persistence.divisions import NewSuccession
from geo_app.services.imports_divisions import import_divisions
from tests.support.imports import DAY, new_actor, no_one, order, table_file

ROWS = ("511111100,沙湾镇", "511111101,嘉农镇", "511111100201,罗一村", "511111100202,踏水村")


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


def test_the_tree_is_narrowed_by_name_level_and_code(client_as, listed):
    client = client_as(Role.PLANNER)
    narrowed = client.get("/divisions?as_of=2024-03-01&name=罗一&level=village&under=511111100").text
    assert "罗一村" in narrowed
    assert "沙湾镇" in narrowed
    assert "踏水村" not in narrowed
    assert "没有符合筛选条件的区划" in client.get("/divisions?name=无此村").text


def test_a_division_is_renamed_with_a_reason(client_as, listed):
    client = client_as(Role.PLANNER)
    where = f"/divisions/{listed['罗一村']}"
    refused = client.post(f"{where}/renaming", data={"name": "罗山村", "day": "2026-01-01", "reason": ""})
    assert (refused.status_code, 'role="alert"' in refused.text) == (422, True)
    client.post(f"{where}/renaming", data={"name": "罗山村", "day": "2026-01-01", "reason": "川府民政〔2026〕1号"})
    assert "罗山村" in client.get(where).text


@pytest.mark.parametrize(
    ("verb", "fields", "told"),
    [
        ("recoding", {"code": "511111100209"}, "511111100209"),
        ("transfer", {"parent": "511111101 嘉农镇", "code": "511111101201"}, "嘉农镇"),
        ("merging", {"parts": "511111100202 踏水村\n"}, "踏水村"),
        ("splitting", {"parts": "511111100208 上罗村\n511111100209，下罗村"}, "下罗村"),
    ],
)
def test_every_change_is_a_form_with_day_and_reason(client_as, listed, verb, fields, told):
    client = client_as(Role.PLANNER)
    where = f"/divisions/{listed['罗一村']}"
    dated = {"day": "2026-01-01", "reason": "川府民政〔2026〕2号"}
    assert client.post(f"{where}/{verb}", data=fields | dated).status_code == 302
    page = client.get(where).text
    assert told in page
    assert "川府民政〔2026〕2号" in page


@pytest.mark.parametrize(
    ("verb", "fields", "told"),
    [
        ("recoding", {"code": "511111100202"}, "已由其他区划使用"),
        ("recoding", {"code": "99"}, "层级不符"),
        ("transfer", {"parent": "", "code": "511111101201"}, "不是行政区划代码"),
        ("merging", {"parts": "511111101"}, "层级不符"),
        ("splitting", {"parts": "511111100208"}, "每行写一个区划"),
        ("splitting", {"parts": "511111100208 上罗村"}, "由其析分的区划"),
    ],
)
def test_a_refused_change_is_told_in_its_form_and_nothing_is_written(client_as, listed, verb, fields, told):
    client = client_as(Role.PLANNER)
    where = f"/divisions/{listed['罗一村']}"
    refused = client.post(f"{where}/{verb}", data=fields | {"day": "2026-01-01", "reason": "函"})
    assert refused.status_code in (409, 422)
    assert told in refused.text
    assert next(iter(fields.values())) in refused.text
    assert "没有变更记录" in client.get(where).text


def test_what_still_lies_in_an_ended_division_is_to_be_transferred(client_as, listed):
    client = client_as(Role.PLANNER)
    dated = {"day": "2026-01-01", "reason": "函"}
    client.post(f"/divisions/{listed['嘉农镇']}/merging", data={"parts": "511111100"} | dated)
    page = client.get(f"/divisions/{listed['沙湾镇']}").text
    assert "请逐一划转" in page
    assert "罗一村" in page


def test_an_older_outline_is_shown_and_a_derived_one_says_so(client_as, listed, database):
    with database.transaction() as register:
        square = shapely.MultiPolygon([shapely.box(103.5, 29.4, 103.6, 29.5)])
        register.divisions.draw(listed["罗一村"], square, DAY, ("推算", None))
        register.session.execute(text("update division_outline set derived = true"))
    client = client_as(Role.PLANNER)
    where = f"/divisions/{listed['罗一村']}"
    assert "推定边界（非勘测）" in client.get(where).text
    assert "推定边界（非勘测）" in client.get(f"{where}?version=2").text
    assert "暂无" in client.get(f"{where}?as_of=2020-01-01").text
    assert client.get(f"{where}?version=99").status_code == 404


def test_questions_are_narrowed_and_come_twenty_a_page(client_as, listed, database):
    with database.transaction() as register:
        for _ in range(20):
            register.divisions.link(NewSuccession("abolish", DAY, "proposed", listed["罗一村"], None))
    client = client_as(Role.PLANNER)
    assert client.get("/divisions/questions").text.count('id="question-') == 20
    assert client.get("/divisions/questions?page=2").text.count('id="question-') == 1
    assert "踏水村" not in client.get("/divisions/questions?kind=abolish").text.split("</datalist>")[1]
    assert "没有待判定的问题" in client.get("/divisions/questions?township=511111101").text
    assert "共21个" in client.get("/divisions/questions?kind=unheard-of").text


def test_a_proposal_is_accepted_with_a_reason_and_the_reader_stays_in_the_list(client_as, listed, database):
    with database.transaction() as register:
        pair = (listed["踏水村"], listed["罗一村"])
        asked = register.divisions.link(NewSuccession("merge", DAY, "proposed", *pair))
    client = client_as(Role.PLANNER)
    where = f"/divisions/questions/{asked}?kind=merge"
    refused = client.post(where, data={"successor": "511111100201", "reason": ""})
    assert (refused.status_code, "请填写办理事由" in refused.text) == (422, True)
    accepted = client.post(where, data={"successor": "511111100201", "reason": "查档"})
    assert accepted.location.endswith("/divisions/questions?kind=merge")
    assert "已判定" in client.get(f"/divisions/{listed['踏水村']}").text


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
