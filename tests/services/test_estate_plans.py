from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from geo_app.domain.access import NotGranted, ReasonNotStated
from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.address_place import NumberAlreadyTaken
from geo_app.domain.address_refusals import AddressLocked
from geo_app.domain.errors import NotFound
from geo_app.domain.estate import BuildingSpec, Estate, EstateBuilding, FloorSign, Gate
from geo_app.domain.estate_refusals import (
    ApproveEstateNeedsProposed,
    EstateApproverIsProposer,
    EstateHasNoBuilding,
    EstateNameNotApproved,
    EstateNameTaken,
    EstatePlanChangesNothing,
    EstatePlanOutdated,
    EstateRoomsInUse,
    EstateVersionStale,
    GateNumberElsewhere,
    GateNumberNeeded,
    GateStreetNotApproved,
)
from geo_app.domain.numbering_plan_refusals import (
    EditNeedsDraft,
    PlanAlreadyBeingUndone,
    PlanApproverIsSubmitter,
    PlanHasErrors,
    PlanHasSuccessor,
    PlanVersionStale,
)
from geo_app.domain.position import Position
from geo_app.services import estate_plans
from geo_app.services.addresses import AsOf, read_address, retire_address
from geo_app.services.estate_plans import EstateRequest
from geo_app.services.estates import add_estate, approve_estate_name
from geo_app.services.numbering import CorrectingPlanIsFixed
from geo_app.services.numbering_addresses import StreetHasNoTownship
from tests.support.example_estate import (
    GATE,
    NAME,
    brought,
    estate_request,
    estate_version,
    make_estate,
    slab,
    slabs,
)
from tests.support.example_register import COUNTY, DAY, TOWNSHIP

NEXT_YEAR = DAY + timedelta(365)


@pytest.fixture
def estate(register, example):
    return make_estate(register, example)


def draft(register, example, estate, **fields):
    return estate_plans.draft_plan(register, estate, estate_request(example, **fields), example.by_planner())


def texts(register, status="current", kind=None):
    rows = register.session.execute(
        text('select text, kind from standard_address where status = :status order by left(id, 14) collate "C"'),
        {"status": status},
    )
    return [row.text.removeprefix("四川省乐山市沙湾区沙湾镇") for row in rows if kind in (None, row.kind)]


def column(register, sql):
    return list(register.session.scalars(text(sql)))


def undo(register, example, plan):
    decision = example.by_planner(estate_version(register, plan), reason="错误", day=NEXT_YEAR)
    return estate_plans.undo_plan(register, plan, decision)


def test_a_preview_writes_nothing(register, example, estate):
    view = estate_plans.preview(register, estate, estate_request(example))
    assert {one.building.key: one.number.text for one in view.numbered.buildings} == {
        "c1": "1", "b1": "2", "a1": "3", "a0": "4", "b0": "5", "c0": "6",
    }  # fmt: skip
    assert column(register, "select id from estate_plan") == []


def test_publishing_makes_gate_buildings_units_and_rooms_current_with_codes_and_texts(register, example, estate):
    plan = brought(register, example, draft(register, example, estate))
    assert texts(register, kind="door") == ["铜河路18号"]
    assert texts(register, kind="building")[:2] == ["铜河路18号阳光花园1幢", "铜河路18号阳光花园2幢"]
    assert texts(register, kind="unit")[:2] == ["铜河路18号阳光花园1幢1单元", "铜河路18号阳光花园1幢2单元"]
    rooms = texts(register, kind="room")
    assert len(rooms) == 6 * 2 * 6
    assert rooms[:3] == [f"铜河路18号阳光花园1幢1单元{room}室" for room in (101, 102, 201)]
    codes = column(register, 'select standard_code from standard_address order by left(id, 14) collate "C"')
    door = codes[0]
    assert codes[1:5] == [door[:17] + below for below in ("00100000", "00101000", "00101001", "00101002")]
    assert codes[-1] == door[:17] + "00602006"
    assert len(set(codes)) == len(codes) == 1 + 6 + 12 + 72
    assert column(register, "select count(*) from standard_address where kind = 'room' and position is not null") == [0]
    assert register.estate_plans.get(plan).status == "published"
    assert register.estates.get(estate).gate_text.endswith("铜河路18号")
    assert column(register, "select count(*) from building where upper_inf(valid)") == [6]
    assert column(
        register, "select count(*) from change_entry where verb = 'publish' and subject_kind = 'address'"
    ) == [91]


def test_a_submitted_plan_holds_its_texts_and_a_withdrawn_one_frees_them(register, example, estate):
    plan, rival = draft(register, example, estate), draft(register, example, estate)
    brought(register, example, plan, 1)
    assert len(texts(register, "proposed")) == 91
    with pytest.raises(NumberAlreadyTaken, match="铜河路"), register.session.begin_nested():
        brought(register, example, rival, 1)
    withdrawal = example.by_planner(estate_version(register, plan), reason="改图")
    estate_plans.withdraw_plan(register, plan, withdrawal)
    assert texts(register, "proposed") == []
    brought(register, example, rival, 1)
    estate_plans.correct_plan_withdrawal(
        register, plan, example.by_planner(estate_version(register, plan), reason="误撤")
    )
    assert register.estate_plans.get(plan).status == "draft"


def test_a_plan_sent_back_is_submitted_again_and_an_approval_is_taken_back(register, example, estate):
    plan = brought(register, example, draft(register, example, estate), 1)
    estate_plans.send_back_plan(register, plan, example.by_reviewer(estate_version(register, plan), reason="补图"))
    assert texts(register, "proposed") == []
    brought(register, example, plan, 2)
    estate_plans.correct_plan_approval(
        register, plan, example.by_reviewer(estate_version(register, plan), reason="误批")
    )
    assert register.estate_plans.get(plan).status == "submitted"
    with pytest.raises(PlanApproverIsSubmitter):
        estate_plans.approve_plan(register, plan, example.by_planner(estate_version(register, plan)))


def test_a_draft_is_revised_and_a_stale_or_submitted_one_is_not(register, example, estate):
    plan = draft(register, example, estate)
    request = estate_request(example, reserved={4: "二期"})
    estate_plans.revise_plan(register, plan, request, example.by_planner(1))
    numbers = [one.number.text for one in estate_plans.read_plan(register, plan).numbered.buildings]
    assert numbers == ["1", "2", "3", "5", "6", "7"]
    with pytest.raises(PlanVersionStale):
        estate_plans.revise_plan(register, plan, request, example.by_planner(1))
    brought(register, example, plan, 1)
    with pytest.raises(EditNeedsDraft):
        estate_plans.revise_plan(register, plan, request, example.by_planner(estate_version(register, plan)))


def test_what_is_stored_is_read_back_as_it_was_drawn(register, example, estate):
    spec = BuildingSpec(
        units=0,
        floors=14,
        underground=1,
        rooms_on={1: 0},
        missing={4: "电梯无此层"},
        signs={13: FloorSign("12A", "标注")},
    )
    drawn = estate_request(example, buildings=slabs(spec), boundary=slab(0, 0).buffer(0.003))
    plan = estate_plans.draft_plan(register, estate, drawn, example.by_planner())
    stored = register.estate_plans.content(plan).estate
    assert stored.gate == drawn.estate.gate
    assert stored.boundary.equals_exact(drawn.estate.boundary, 1e-12)
    assert {one.key: one.spec for one in stored.buildings} == dict.fromkeys(
        (one.key for one in drawn.estate.buildings), spec
    )


def test_a_gate_that_has_its_number_already_is_kept(register, example, estate):
    brought(register, example, draft(register, example, estate))
    other = make_estate(register, example, "东方苑")
    plan = draft(register, example, other, buildings=(EstateBuilding("x", slab(5, 0)),))
    brought(register, example, plan)
    assert texts(register, kind="door") == ["铜河路18号"]
    assert "铜河路18号东方苑1幢" in texts(register, kind="building")
    assert not register.estate_plans.get(plan).gate_is_new


def test_a_street_or_building_that_the_register_has_not_is_refused(register, example, estate):
    elsewhere = Gate(GATE, 999_999_999, HouseNumber(18))
    for fields in ({"gate": elsewhere}, {"buildings": (EstateBuilding("x", slab(5, 0), building_id=999_999_999),)}):
        with pytest.raises(NotFound, match="999999999"):
            draft(register, example, estate, **fields)


def test_a_number_that_hangs_far_from_the_gate_is_refused(register, example, estate):
    brought(register, example, draft(register, example, estate))
    other = make_estate(register, example, "东方苑")
    far = Gate(Position(GATE.lon + 0.002, GATE.lat), example.street, HouseNumber(18))
    with pytest.raises(GateNumberElsewhere, match="19"):
        brought(register, example, draft(register, example, other, gate=far), 1)


def test_a_building_added_to_a_published_estate_changes_no_other(register, example, estate):
    brought(register, example, draft(register, example, estate))
    before = texts(register)
    begun = estate_plans.next_estate(register, estate)
    assert sorted(one.kept for one in begun.buildings) == list("123456")
    grown = replace(begun, buildings=(EstateBuilding("new", slab(3, 1), BuildingSpec()), *begun.buildings))
    plan = estate_plans.draft_plan(register, estate, EstateRequest(grown), example.by_planner())
    brought(register, example, plan)
    added = texts(register)[len(before) :]
    assert texts(register)[: len(before)] == before
    assert added[0] == "铜河路18号阳光花园7幢"
    assert len(added) == 1 + 1 + 12
    assert column(register, "select count(*) from building where upper_inf(valid)") == [7]


def test_undoing_a_plan_ends_all_its_addresses_and_a_new_one_gets_new_codes(register, example, estate):
    plan = brought(register, example, draft(register, example, estate))
    correcting = undo(register, example, plan)
    with pytest.raises(PlanAlreadyBeingUndone):
        undo(register, example, plan)
    with pytest.raises(CorrectingPlanIsFixed):
        estate_plans.revise_plan(register, correcting, estate_request(example), example.by_planner(1))
    brought(register, example, correcting)
    assert texts(register) == []
    assert register.estate_plans.get(plan).status == "undone"
    assert register.estates.get(estate).gate is None
    assert column(register, "select count(*) from building where upper_inf(valid)") == [0]
    brought(register, example, draft(register, example, estate))
    assert len(column(register, "select distinct standard_code from standard_address")) == 2 * 91


def test_a_plan_with_a_successor_is_undone_after_it(register, example, estate):
    plan = brought(register, example, draft(register, example, estate))
    begun = estate_plans.next_estate(register, estate)
    grown = replace(begun, buildings=(*begun.buildings, EstateBuilding("new", slab(3, 1))))
    later = estate_plans.draft_plan(register, estate, EstateRequest(grown), example.by_planner())
    brought(register, example, later)
    # Both were published in one transaction of the test, at one instant.
    register.session.execute(
        text("update estate_plan set published_at = published_at + interval '1 s' where id = :plan"), {"plan": later}
    )
    with pytest.raises(PlanHasSuccessor):
        undo(register, example, plan)
    brought(register, example, undo(register, example, later))
    assert len(texts(register)) == 91
    with pytest.raises(ReasonNotStated):
        estate_plans.undo_plan(register, plan, example.by_planner(estate_version(register, plan)))


def test_nothing_is_taken_back_while_a_case_is_open_or_others_use_the_gate(register, example, estate):
    plan = brought(register, example, draft(register, example, estate))
    other = make_estate(register, example, "东方苑")
    brought(register, example, draft(register, example, other, buildings=(EstateBuilding("x", slab(5, 0)),)))
    correcting = brought(register, example, undo(register, example, plan), 2)
    decision = example.by_reviewer(estate_version(register, correcting))
    with pytest.raises(EstateRoomsInUse):
        estate_plans.publish_plan(register, correcting, decision)
    register.session.execute(text("update standard_address set locked_for = '办件7' where room = '101室'"))
    with pytest.raises(AddressLocked, match="办件7"):
        estate_plans.publish_plan(register, correcting, decision)


def test_a_floors_sign_and_the_estates_name_lead_to_the_address(register, example, estate):
    spec = BuildingSpec(units=1, floors=13, rooms=1, signs={13: FloorSign("12A", "电梯标注")})
    brought(register, example, draft(register, example, estate, buildings=slabs(spec)))
    asked = AsOf(DAY, register.session.execute(text("select now()")).scalar())
    found = read_address(register, "四川省乐山市沙湾区沙湾镇铜河路18号阳光花园1幢1单元12A01室", asked)
    assert found.address.text.endswith("1幢1单元1301室")
    assert read_address(register, NAME, asked).address.text.endswith("铜河路18号")


def test_a_room_of_an_estate_can_be_retired_alone(register, example, estate):
    brought(register, example, draft(register, example, estate))
    room = column(register, "select id from standard_address where room = '302室' order by id limit 1")[0]
    version = register.addresses.lock(room).version
    retire_address(register, room, example.by_planner(version, reason="两户合并", day=NEXT_YEAR))
    assert len(texts(register, kind="room")) == 71


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"buildings": ()}, EstateHasNoBuilding),
        ({"gate": Gate(GATE)}, GateNumberNeeded),
        ({"buildings": tuple(replace(one, hand="1") for one in slabs())}, PlanHasErrors),
    ],
)
def test_a_plan_that_is_not_ready_is_not_submitted(register, example, estate, fields, refusal):
    plan = draft(register, example, estate, **fields)
    with pytest.raises(refusal):
        brought(register, example, plan, 1)


def test_nothing_is_numbered_before_names_are_approved(register, example):
    estate = add_estate(register, NAME, TOWNSHIP, example.by_planner())
    plan = draft(register, example, estate)
    with pytest.raises(EstateNameNotApproved):
        brought(register, example, plan, 1)
    approve_estate_name(register, estate, example.by_reviewer(1))
    with pytest.raises(EstatePlanOutdated):
        brought(register, example, plan, 1)
    estate_plans.revise_plan(register, plan, estate_request(example), example.by_planner(1))
    register.session.execute(text("update street set naming = 'proposed'"))
    with pytest.raises(GateStreetNotApproved):
        brought(register, example, plan, 1)


def test_a_plan_that_adds_nothing_is_not_submitted(register, example, estate):
    brought(register, example, draft(register, example, estate))
    request = EstateRequest(estate_plans.next_estate(register, estate))
    plan = estate_plans.draft_plan(register, estate, request, example.by_planner())
    with pytest.raises(EstatePlanChangesNothing):
        brought(register, example, plan, 1)


def test_an_estate_outside_every_township_is_not_numbered(register, example):
    estate = add_estate(register, NAME, COUNTY, example.by_planner())
    approve_estate_name(register, estate, example.by_reviewer(1))
    with pytest.raises(StreetHasNoTownship):
        brought(register, example, draft(register, example, estate), 1)


def test_a_name_is_borne_once_and_approved_by_a_second_person(register, example, estate):
    with pytest.raises(EstateNameTaken):
        add_estate(register, " 阳光花园 ", TOWNSHIP, example.by_planner())
    with pytest.raises(ApproveEstateNeedsProposed):
        approve_estate_name(register, estate, example.by_reviewer(register.estates.get(estate).version))
    other = add_estate(register, "东方苑", TOWNSHIP, example.by_planner())
    with pytest.raises(EstateVersionStale):
        approve_estate_name(register, other, example.by_reviewer(9))
    register.session.execute(
        text("update estate set proposed_by = :who where id = :other"),
        {"who": example.reviewer.account_id, "other": other},
    )
    with pytest.raises(EstateApproverIsProposer):
        approve_estate_name(register, other, example.by_reviewer(register.estates.get(other).version))
    with pytest.raises(NotFound):
        add_estate(register, "无处苑", "999999", example.by_planner())
    with pytest.raises(NotGranted):
        add_estate(register, "无权苑", TOWNSHIP, example.by_stranger())


def test_names_that_sound_alike_are_shown(register, example, estate):
    other = make_estate(register, example, "洋光苑")
    findings = estate_plans.preview(register, other, EstateRequest(Estate())).numbered.findings
    assert [finding.kind for finding in findings] == ["name_alike"]
    assert findings[0].message.values["name"] == NAME
