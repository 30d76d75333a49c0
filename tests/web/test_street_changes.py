"""Streets as governed names on pages and over the API: seen, handed in, decided on by a second person, listed."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from geo_app.domain.access_roles import Role
from geo_app.services.street_names import index_names
from tests.support.example_register import (
    TOWNSHIP,
    Example,
    make_actor,
    make_divisions,
    make_street,
    number_street,
)  # fmt: skip

DAY = "2024-05-01"


@pytest.fixture
def street(database):
    with database.transaction() as register:
        return make_street(register, "长征路", make_divisions(register)[TOWNSHIP], 6)


@pytest.fixture
def numbered(database, street):
    """Return the street with its doors numbered by two people of its own."""
    with database.transaction() as register:
        planner, reviewer = make_actor(register, "p", Role.PLANNER), make_actor(register, "r", Role.REVIEWER)
        number_street(register, Example(planner, reviewer, planner, street))
    return street


def version(client, change):
    return {"If-Match": client.get(f"/api/v1/street-changes/{change}").headers["ETag"]}


def test_the_form_shows_every_address_before_anything_is_handed_in(client_as, numbered):
    page = client_as(Role.PLANNER).get(f"/streets/{numbered}/changes/rename?day={DAY}&name=解放路").text
    assert "长征路1号" in page
    assert "解放路1号" in page
    assert "Jiěfàng Lù" in page
    assert "需换门牌 6 块" in page


def test_a_renaming_is_handed_in_on_one_page_and_approved_by_another_person(client_as, numbered):
    planner, reviewer = client_as(Role.PLANNER), client_as(Role.REVIEWER)
    form = {"name": "解放路", "day": DAY, "reason": "沙府函〔2024〕3号"}
    sent = planner.post(f"/streets/{numbered}/changes/rename", data=form)
    where = sent.headers["Location"]
    assert "待审批" in planner.get(where).text
    refused = reviewer.post(f"{where}/approval", data={"version": "9"})
    assert (refused.status_code, 'role="alert"' in refused.text) == (409, True)
    assert reviewer.post(f"{where}/approval", data={"version": "1"}).status_code == 302
    page = planner.get(f"/streets/{numbered}").text
    assert "解放路" in page
    assert "长征路" in page
    assert "曾用名" in page
    assert "解放路</a>" in planner.get("/streets?name=长征").text
    assert "解放路1号" in planner.get("/addresses?text=长征路1号").text


def test_a_refused_change_keeps_what_was_typed(client_as, numbered):
    form = {"name": "长征路", "day": DAY, "reason": "发文", "body": "区人民政府"}
    refused = client_as(Role.PLANNER).post(f"/streets/{numbered}/changes/rename", data={**form, "day": "soon"})
    assert refused.status_code == 422
    assert "区人民政府" in refused.text


def test_the_list_is_sent_as_a_workbook_and_as_csv(client_as, numbered):
    client = client_as(Role.PLANNER)
    where = f"/streets/{numbered}/changes/rename/addresses"
    book = load_workbook(BytesIO(client.get(f"{where}.xlsx?day={DAY}&name=解放路").data))
    rows = list(book.active.values)
    assert rows[0][2:4] == ("原地址", "新地址")
    assert [row[3][-5:] for row in rows[1:3]] == ["解放路1号", "解放路2号"]
    assert "解放路6号" in client.get(f"{where}.csv?day={DAY}&name=解放路").get_data(as_text=True)
    assert client.get(f"{where}.pdf?day={DAY}&name=解放路").status_code == 404


def test_an_unknown_verb_is_no_page(client_as, street):
    assert client_as(Role.PLANNER).get(f"/streets/{street}/changes/sell").status_code == 404


def test_a_spelling_is_chosen_typed_and_refused(client_as, street):
    client = client_as(Role.PLANNER)
    where = f"/streets/{street}/spelling"
    client.post(where, data={"by": "readings", "reading-0": "zhǎng", "version": "1", "reason": "读音"})
    assert "Zhǎngzhēng Lù" in client.get(f"/streets/{street}").text
    refused = client.post(where, data={"by": "typed", "pinyin": "Rénmín Lù", "version": "2", "reason": "读音"})
    assert (refused.status_code, "与“长征路”不符" in refused.text) == (422, True)
    client.post(where, data={"by": "typed", "pinyin": "Chángzhēng Lù", "version": "2", "reason": "读音"})
    assert "长征路" in client.get("/streets?name=changzheng").text
    assert "长征路" in client.get("/streets?letter=C").text
    assert "长征路" not in client.get("/streets?letter=D").text


def test_the_notice_tells_what_the_law_asks_for_and_what_is_missing(client_as, street):
    client = client_as(Role.PLANNER)
    assert "按规定还缺" in client.get(f"/streets/{street}/notice").text
    form = {
        "location": "东起南街，西至河边",
        "body": "沙湾区人民政府",
        "basis": "3号",
        "version": "1",
        "reason": "公告",
    }
    client.post(f"/streets/{street}/notice", data=form)
    page = client.get(f"/streets/{street}/notice").text
    assert "东起南街，西至河边" in page
    assert "地名备案公告" in page


def test_a_proposed_name_is_rejected_and_another_one_approved(client_as, street, database):
    with database.transaction() as register:
        register.streets.set_naming(street, "proposed")
    planner, reviewer = client_as(Role.PLANNER), client_as(Role.REVIEWER)
    assert "名称待审批" in planner.get(f"/streets/{street}").text
    reviewer.post(f"/streets/{street}/name-rejection", data={"version": "2", "reason": "重名"})
    planner.post(f"/streets/{street}/name-proposal", data={"version": "3", "name": "望江路", "reason": "改拟"})
    seen = {"version": planner.get(f"/api/v1/streets/{street}").json["version"], "body": "沙湾区人民政府"}
    reviewer.post(f"/streets/{street}/name-approval", data=seen)
    shown = planner.get(f"/api/v1/streets/{street}").json
    assert (shown["name"], shown["naming"]) == ("望江路", "approved")


def test_alike_names_are_told_while_a_name_is_typed_and_for_the_whole_county(client_as, street, database):
    with database.transaction() as register:
        town = register.streets.division_of(TOWNSHIP)[0]
        make_street(register, "常征路", town, 2, north=0.01)
        index_names(register, "511111")
    client = client_as(Role.PLANNER)
    told = client.get("/api/v1/street-names?name=长征街").json
    assert told["spelling"]["pinyin"] == "Chángzhēng Jiē"
    assert [(one["name"], one["likeness"]) for one in told["alike"]] == [("长征路", "generic")]
    pairs = client.get("/api/v1/street-names/alike").json
    assert [(pair["one"]["name"], pair["other"]["name"], pair["one"]["severity"]) for pair in pairs["items"]] == [
        ("常征路", "长征路", "warning")
    ]
    assert "常征路" in client.get("/streets/alike?likeness=same_sound").text
    assert "常征路" not in client.get("/streets/alike?likeness=shape").text


def test_a_split_goes_its_whole_way_over_the_api(client_as, numbered):
    planner, reviewer = client_as(Role.PLANNER), client_as(Role.REVIEWER)
    asked = {"verb": "split", "metres": 24.0, "second_name": "长征东路", "day": DAY}
    seen = planner.post(f"/api/v1/streets/{numbered}/consequences", json=asked).json
    assert (len(seen["addresses"]), seen["cut_metres"]) == (2, 24.0)
    change = planner.post(f"/api/v1/streets/{numbered}/changes", json={**asked, "reason": "新建立交"}).json["id"]
    assert planner.get("/api/v1/street-changes?status=submitted").json["total"] == 1
    done = reviewer.post(f"/api/v1/street-changes/{change}/approval", json={}, headers=version(reviewer, change)).json
    assert done["status"] == "carried_out"
    lines = planner.get(f"/api/v1/street-changes/{change}/addresses").json
    assert [one["new_text"][-6:] for one in lines["items"]] == ["长征东路1号", "长征东路2号"]
    back = planner.post(
        f"/api/v1/street-changes/{change}/undoing", json={"reason": "撤回"}, headers=version(planner, change)
    )
    assert (back.status_code, back.json["corrects"]) == (201, change)


def test_a_change_is_rejected_and_withdrawn_over_the_api(client_as, street):
    planner, reviewer = client_as(Role.PLANNER), client_as(Role.REVIEWER)
    asked = {"verb": "rename", "name": "解放路", "day": DAY, "reason": "发文"}
    for client, step, status in ((reviewer, "rejection", "rejected"), (planner, "withdrawal", "withdrawn")):
        change = planner.post(f"/api/v1/streets/{street}/changes", json=asked).json["id"]
        answer = client.post(
            f"/api/v1/street-changes/{change}/{step}", json={"reason": "另议"}, headers=version(client, change)
        )
        assert answer.json["status"] == status
