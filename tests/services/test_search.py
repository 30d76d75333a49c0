from datetime import date

import pytest
from sqlalchemy import text

from geo_app.domain.position import Position
from geo_app.services.search import TimeAllowed, match_texts, search_in_time
from geo_app.services.search_near import reverse
from geo_app.services.search_suggest import suggest
from tests.support.imports import place
from tests.support.search_register import HEAD, load_texts

STREET = f"{HEAD}沙湾镇铜河路"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (f"{STREET}128号", f"{STREET}128号"),
        (f"{HEAD}沙湾镇铜河路１２８號", f"{STREET}128号"),
        ("沙湾镇铜河路12号附3号", f"{STREET}12号附3号"),
        ("沙湾镇铜河路12-3号", f"{STREET}12号附3号"),
        ("铜河路20号阳光花园3栋2单元501", f"{STREET}20号阳光花园3幢2单元501室"),
        ("八德区忠勇2街30号7楼", "桃園市八德區大勇里1鄰忠勇二街30號七樓"),
        ("八德區大勇里1鄰忠勇二街30號七樓之2", "桃園市八德區大勇里1鄰忠勇二街30號七樓之2"),
        ("中壢區中山路1段8-1號", "桃園市中壢區新街里4鄰中山路一段8之1號"),
        ("中壢區中山路一段新街里4鄰8之1號", "桃園市中壢區新街里4鄰中山路一段8之1號"),
        ("烈嶼鄉上林村2鄰45號", "金門縣烈嶼鄉上林村2鄰45號"),
    ],
)
def test_any_spelling_leads_to_the_one_address(searched, said, meant):
    grade, found, _ = searched(said)
    assert (found, grade in {"A", "B"}) == (meant, True)


def test_the_text_itself_is_exact_and_a_part_of_it_sure(searched):
    assert searched(f"{STREET}128号") == ("A", f"{STREET}128号", [])
    assert searched("铜河路128号") == ("B", f"{STREET}128号", ["township left out: 沙湾镇"])


def test_a_road_that_sounds_the_same_is_corrected_and_told(searched):
    grade, found, reasons = searched("沙湾镇铜合路128号")
    assert (grade, found) == ("B", f"{STREET}128号")
    assert reasons == ["road corrected 铜合路 → 铜河路, which sounds the same"]


def test_a_road_of_which_little_is_left_is_doubtful(searched):
    grade, found, reasons = searched("沙湾镇铁河路2号")
    assert (grade, found) == ("C", f"{STREET}2号")
    assert "little else speaks for 铜河路" in reasons


def test_a_number_in_two_towns_is_doubtful_with_both(searched):
    [answer] = searched.answers("铜河路12号")
    assert answer.grade.value == "C"
    assert {one.row.text for one in answer.candidates} == {f"{STREET}12号", f"{HEAD}嘉农镇铜河路12号"}


def test_a_section_left_out_is_asked_for(searched):
    [answer] = searched.answers("中壢區中山路21巷5號")
    assert (answer.grade.value, len(answer.candidates)) == ("C", 2)


def test_a_number_beyond_the_street_is_not_found_but_explained(searched):
    assert searched("沙湾镇铜河路9999号") == ("", "", ["9999号 is not on 铜河路: its numbers run from 1 to 300"])


def test_a_road_of_another_town_is_not_found_but_explained(searched):
    grade, found, reasons = searched("嘉农镇沫若大道9号")
    assert (grade, found) == ("", "")
    assert reasons == ["there is no 沫若大道 in 嘉农镇, but in 沙湾镇"]


def test_a_room_behind_a_door_that_has_none_is_left_over(searched):
    [answer] = searched.answers("沙湾镇铜河路128号3楼302室")
    assert (answer.grade.value, answer.best.row.text, answer.rest) == ("B", f"{STREET}128号", "3楼302室")


def test_a_room_that_a_building_with_rooms_has_not_gives_the_building_in_doubt(searched):
    grade, found, reasons = searched("铜河路20号阳光花园3幢2单元909室")
    assert (grade, found) == ("C", f"{STREET}20号阳光花园3幢")
    assert reasons[0] == "the register has no 2单元909室 in this building"
    assert searched("桃園市八德區忠勇二街30號九樓")[:2] == ("C", "桃園市八德區大勇里1鄰忠勇二街30號")


def test_a_group_without_that_number_is_no_sure_answer(searched):
    grade, _, reasons = searched("烈嶼鄉上林村2鄰7號")
    assert grade == "C"
    assert "the number was found in group 3 only, not in 2" in reasons


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        " ",
        "铜" * 10_000,
        "(" * 10_000,
        "铜河路" + "1" * 9_000 + "号",
        "\u202e铜河路\u202c",
        "明天开会",
        "13881234567",
        "%_\\'",
    ],
)
def test_hostile_text_finds_nothing_and_costs_little(searched, register, hostile):
    found = search_in_time(register, searched.known, hostile)
    assert (found.answer.grade.value, found.answer.best) == ("", None)


def test_when_the_time_is_up_a_partial_answer_says_so(register, searched):
    [answer] = match_texts(register, searched.known, ["铜合路128号"], TimeAllowed(0.0, lambda: 1.0))
    assert str(answer.reasons[-1]) == "the time for a search was up; not all was looked at"


def test_former_numbers_lead_to_todays_address_and_say_so(register, searched):
    [now] = searched.answers(f"{STREET}14号")
    register.session.execute(
        text(
            "insert into address_alias (address_id, kind, text, match_key, valid)"
            " values (:id, 'old_text', :text, :text, daterange(null, :day))"
        ),
        {"id": now.best.row.id, "text": f"{HEAD}沙湾镇正街12号", "day": date(2019, 12, 13)},
    )
    assert searched("沙湾镇正街12号") == (
        "B", f"{STREET}14号", [f"formerly {HEAD}沙湾镇正街12号, until 2019-12-13"],
    )  # fmt: skip
    assert searched("人民正街12号")[0] == ""


def test_an_ended_address_is_found_at_its_successor(register, searched):
    [old], [new] = searched.answers(f"{STREET}1号"), searched.answers(f"{STREET}3号")
    register.session.execute(
        text("update standard_address set status = 'retired' where id = :id"), {"id": old.best.row.id}
    )
    register.session.execute(
        text("insert into address_succession (predecessor_id, successor_id, happened_on) values (:old, :new, :day)"),
        {"old": old.best.row.id, "new": new.best.row.id, "day": date(2020, 5, 1)},
    )
    assert searched(f"{STREET}1号") == (
        "B", f"{STREET}3号", [f"{STREET}1号 ended on 2020-05-01; this took its place"],
    )  # fmt: skip


def test_a_street_that_has_just_got_its_first_address_is_found(register, searched, tmp_path):
    assert searched("沙湾镇新建路7号")[0] == ""
    searched.known.clock = lambda: 1e9
    load_texts(register, tmp_path, (f"{HEAD}沙湾镇新建路7号",))
    assert searched("沙湾镇新建路7号")[:2] == ("A", f"{HEAD}沙湾镇新建路7号")


@pytest.mark.parametrize("typed", ["铜河", "tonghe lu", "thl", "tónghé"])
def test_streets_are_suggested_from_the_second_sign(register, searched, typed):
    found = suggest(register, searched.known, typed, 5)
    assert [(one.kind, one.text, one.where) for one in found] == [
        ("street", "铜河路", "沙湾镇"), ("street", "铜河路", "嘉农镇"),
    ]  # fmt: skip
    assert suggest(register, searched.known, "铜", 5) == []


@pytest.mark.parametrize("typed", ["沙湾镇铜河路12", "铜河路12", "thl 12"])
def test_numbers_are_suggested_as_they_are_typed(register, searched, typed):
    found = [one.text for one in suggest(register, searched.known, typed, 9)]
    assert found[0].endswith("铜河路12号")
    assert f"{STREET}128号" in found


def test_the_nearest_door_to_a_position_comes_first(register, searched):
    lon, lat = place(21, 11)
    found = reverse(register, Position(lon, lat), 3)
    assert found.addresses[0].text == f"{STREET}2号"
    assert found.addresses[0].metres == pytest.approx(1.4, abs=0.2)
    assert "".join(found.divisions).endswith("沙湾镇")
    assert reverse(register, Position(lon + 1, lat), 3).addresses == []
