from datetime import timedelta

import pytest
from sqlalchemy import text

from geo_app.domain.access import NotGranted
from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.address_place import NumberAlreadyTaken
from geo_app.domain.case_kinds import CaseKind, Subject
from geo_app.domain.case_refusals import CaseInVillageGroup
from geo_app.domain.errors import NotFound
from geo_app.domain.numbering_circumstance import Circumstance, DoorState
from geo_app.domain.numbering_plan_refusals import (
    PlanApproverIsSubmitter,
    PlanIsEmpty,
    PlanNumbersTaken,
    PlanOutdated,
)
from geo_app.domain.position import Position
from geo_app.domain.village_group import (
    GroupHasHouses,
    GroupHasPlan,
    GroupNameMalformed,
    GroupNameTaken,
    GroupNeedsVillage,
    GroupVersionStale,
    HouseElsewhere,
)
from geo_app.services import numbering, village_groups
from geo_app.services.addresses import correct_address_number, retire_address
from geo_app.services.adoption import number_mapping
from geo_app.services.case_opening import CaseRequest, open_case
from geo_app.services.streets import DoorHasAddress, describe_entrance, move_entrance, remove_entrance
from geo_app.services.village_groups import GroupEntry
from tests.support.example_group import MOUTH, add_house, at, make_group
from tests.support.example_register import COUNTY, DAY, TOWNSHIP, VILLAGE, request

LATER = DAY + timedelta(30)


@pytest.fixture
def group(register, example):
    return make_group(register, example)


def version(register, plan):
    return register.plans.get(plan).life.version


def publish(register, example, group_id, day=DAY, **fields):
    plan = village_groups.draft_plan(register, group_id, request(**fields), example.by_planner())
    return published(register, example, plan, day)


def published(register, example, plan, day=DAY):
    numbering.submit_plan(register, plan, example.by_planner(version(register, plan)))
    numbering.approve_plan(register, plan, example.by_reviewer(version(register, plan)))
    numbering.publish_plan(register, plan, example.by_reviewer(version(register, plan), day=day))
    return plan


def addresses(register, status="current"):
    rows = register.session.execute(
        text(
            "select entrance_id, number_text from standard_address where status = :status order by number, sub_number"
        ),
        {"status": status},
    )
    return {row.entrance_id: row.number_text for row in rows}


def texts(register):
    return list(
        register.session.scalars(text("select text from standard_address where status = 'current' order by id"))
    )


def test_a_preview_walks_the_lanes_from_the_mouth_and_writes_nothing(register, group):
    view = village_groups.preview(register, group.id, request())
    assert [door.text for door in view.content.doors] == ["1号", "2号", "3号", "4号", "5号", "6号"]
    assert view.content.findings == ()
    assert len(view.content.lines) == 3
    assert addresses(register) == {}


def test_a_published_plan_makes_addresses_of_the_group(register, example, group):
    plan = publish(register, example, group.id)
    assert addresses(register) == dict(zip(group.houses, ["1号", "2号", "3号", "4号", "5号", "6号"], strict=True))
    assert texts(register)[0] == "四川省乐山市沙湾区沙湾镇铜街子社区3组1号"
    codes = register.session.scalars(text("select standard_code from standard_address order by standard_code")).all()
    assert codes[0] == "5111111000010000100000000"
    assert register.plans.get(plan).status == "published"
    assert register.plans.get(plan).place_name == "铜街子社区3组"


def test_a_submitted_plan_reserves_its_numbers_in_the_database(register, example, group):
    plan, rival = (village_groups.draft_plan(register, group.id, request(), example.by_planner()) for _ in range(2))
    numbering.submit_plan(register, plan, example.by_planner(version(register, plan)))
    assert len(addresses(register, "proposed")) == 6
    with pytest.raises(PlanNumbersTaken, match="1号"):
        numbering.submit_plan(register, rival, example.by_planner(version(register, rival)))
    numbering.withdraw_plan(register, plan, example.by_planner(version(register, plan), reason="改线"))
    assert addresses(register, "proposed") == {}


def test_the_submitter_of_a_village_plan_cannot_approve_it(register, example, group):
    plan = village_groups.draft_plan(register, group.id, request(), example.by_planner())
    numbering.submit_plan(register, plan, example.by_planner(version(register, plan)))
    with pytest.raises(PlanApproverIsSubmitter):
        numbering.approve_plan(register, plan, example.by_planner(version(register, plan)))


def test_a_house_added_later_changes_no_number(register, example, group):
    publish(register, example, group.id)
    before = addresses(register)
    added = add_house(register, example, group.id, 3, 1)
    publish(register, example, group.id, LATER)
    assert addresses(register) == {**before, added: "1号附1号"}


def test_a_house_added_later_follows_the_last_where_the_rule_says_so(register, example, group):
    publish(register, example, group.id)
    added = add_house(register, example, group.id, 3, 1)
    rule = request().rule.with_overrides(village_added="last")
    publish(register, example, group.id, LATER, rule=rule)
    assert addresses(register)[added] == "7号"


def test_two_groups_of_one_village_are_numbered_apart(register, example, group):
    other = village_groups.enter_group(register, GroupEntry("4组", VILLAGE, at(40, 0)), example.by_planner())
    house = add_house(register, example, other, 41, 0)
    publish(register, example, group.id)
    publish(register, example, other)
    assert addresses(register)[house] == "1号"
    assert "四川省乐山市沙湾区沙湾镇铜街子社区4组1号" in texts(register)


def test_a_published_village_plan_is_undone_as_a_whole(register, example, group):
    plan = publish(register, example, group.id)
    undoing = numbering.undo_plan(register, plan, example.by_planner(version(register, plan), reason="错误", day=LATER))
    published(register, example, undoing, LATER)
    assert addresses(register) == {}
    assert register.plans.get(plan).status == "undone"


def test_numbers_set_by_hand_move_a_house_and_the_old_number_stays_findable(register, example, group):
    publish(register, example, group.id)
    publish(register, example, group.id, LATER, hand={group.houses[0]: "9号"})
    assert addresses(register)[group.houses[0]] == "9号"
    aliases = register.session.execute(text("select kind, text from address_alias order by kind")).all()
    full = "四川省乐山市沙湾区沙湾镇铜街子社区3组1号"
    assert [tuple(alias) for alias in aliases] == [("old_number", "铜街子社区3组1号"), ("old_text", full)]


def test_a_house_taken_off_its_number_is_numbered_anew_and_nobody_else_gets_the_old_one(register, example, group):
    publish(register, example, group.id)
    plan = publish(register, example, group.id, LATER, moved=frozenset({group.houses[1]}))
    assert addresses(register)[group.houses[1]] == "1号附1号"
    mapping = number_mapping(register, plan)
    assert [door.new for door in mapping.doors] == ["1号", "1号附1号", "3号", "4号", "5号", "6号"]
    (told,) = mapping.notices
    assert (told.alias, told.new_text[-7:]) == ("四川省乐山市沙湾区沙湾镇铜街子社区3组2号", "3组1号附1号")


def test_a_decision_for_a_house_elsewhere_is_a_finding(register, example, group):
    view = village_groups.preview(register, group.id, request(hand={0: "7"}, moved=frozenset({1})))
    assert [finding.kind for finding in view.content.findings] == ["unknown_entrance", "unknown_entrance"]


def test_a_house_said_to_be_illegal_gets_no_number(register, example, group):
    house = register.entrances.get(group.houses[0])
    illegal = Circumstance(state=DoorState.ILLEGAL, note="城管认定书7号")
    describe_entrance(register, group.houses[0], illegal, example.by_planner(house.door.version))
    publish(register, example, group.id)
    assert group.houses[0] not in addresses(register)


def test_what_an_undo_takes_back_is_shown_as_one_walks(register, example, group):
    plan = publish(register, example, group.id)
    view = numbering.preview_undo(register, plan, example.by_planner(version(register, plan), reason="错误", day=LATER))
    assert [door.door.entrance_id for door in view.doors] == list(group.houses)
    assert view.losing == len(group.houses)


def test_a_household_of_a_group_is_renumbered_on_the_board_and_not_at_the_counter(register, example, group):
    publish(register, example, group.id)
    address = register.session.scalar(text("select id from standard_address order by id limit 1"))
    asked = CaseRequest(CaseKind.REISSUE, Subject.HOUSEHOLD, address_id=address)
    with pytest.raises(CaseInVillageGroup, match="3组1号"):
        open_case(register, asked, example.by_planner())


def test_a_group_is_found_by_the_name_that_addresses_write(register, group):
    assert [one.id for one in register.village_groups.named("铜街子社区3组")] == [group.id]
    assert register.village_groups.named("3组") == []


def test_a_group_without_a_mouth_cannot_be_submitted(register, example):
    group = village_groups.enter_group(register, GroupEntry("5组", VILLAGE), example.by_planner())
    add_house(register, example, group, 1, 1)
    plan = village_groups.draft_plan(register, group, request(), example.by_planner())
    assert [finding.kind for finding in register.plans.findings(plan)] == ["no_mouth"]
    with pytest.raises(PlanIsEmpty):
        numbering.submit_plan(register, plan, example.by_planner(version(register, plan)))


def test_a_plan_is_out_of_date_once_the_mouth_was_moved(register, example, group):
    plan = village_groups.draft_plan(register, group.id, request(), example.by_planner())
    now = register.village_groups.get(group.id).version
    village_groups.set_mouth(register, group.id, at(12, 0), example.by_planner(now))
    with pytest.raises(PlanOutdated):
        numbering.submit_plan(register, plan, example.by_planner(version(register, plan)))
    numbering.revise_plan(register, plan, request(), example.by_planner(version(register, plan)))
    assert register.plans.doors(plan)[-1].text == "1号"


def test_a_moved_house_takes_its_address_along(register, example, group):
    publish(register, example, group.id)
    move_entrance(register, group.houses[0], at(2, 1.5), example.by_planner(1))
    lat = register.session.scalar(text("select st_y(position) from standard_address where number = 1"))
    assert lat == pytest.approx(at(2, 1.5).lat)


def test_a_house_with_a_number_is_neither_removed_nor_released(register, example, group):
    publish(register, example, group.id)
    with pytest.raises(DoorHasAddress):
        remove_entrance(register, group.houses[0], example.by_planner(1))
    with pytest.raises(DoorHasAddress):
        village_groups.release_house(register, group.id, group.houses[0], example.by_planner(1))


def test_houses_around_that_belong_nowhere_are_taken_in_and_released_again(register, example, group):
    loose = register.session.execute(
        text(
            "insert into entrance (county_code, position, valid) values"
            " (:county, st_setsrid(st_makepoint(:lon, :lat), 4490), '[2018-01-01,)') returning id"
        ),
        {"county": COUNTY, "lon": at(7, -2).lon, "lat": at(7, -2).lat},
    ).scalar_one()
    assert village_groups.take_in_houses(register, group.id, example.by_planner()) == 1
    assert loose in [door.entrance_id for door in register.entrances.of_group(group.id)]
    village_groups.release_house(register, group.id, loose, example.by_planner(2))
    assert register.entrances.get(loose).village_group_id is None
    with pytest.raises(HouseElsewhere):
        village_groups.release_house(register, group.id, loose, example.by_planner(3))


@pytest.mark.parametrize(
    ("written", "name"), [("三组", "3组"), ("第3组", "3组"), ("６社", "6社"), ("杨家坝", "杨家坝")]
)
def test_a_groups_name_is_written_in_one_way(register, example, written, name):
    group = village_groups.enter_group(register, GroupEntry(written, VILLAGE), example.by_planner())
    assert register.village_groups.get(group).name == name


def test_a_name_stands_once_in_a_village(register, example, group):
    with pytest.raises(GroupNameTaken, match="3组"), register.session.begin_nested():
        village_groups.enter_group(register, GroupEntry("三组", VILLAGE), example.by_planner())


@pytest.mark.parametrize("name", ["", "3", "Group 3", "三组3号", "一" * 30])
def test_what_is_no_name_of_a_group_is_refused(register, example, name):
    with pytest.raises(GroupNameMalformed):
        village_groups.enter_group(register, GroupEntry(name, VILLAGE), example.by_planner())


def test_a_group_belongs_to_a_village_that_exists(register, example):
    with pytest.raises(GroupNeedsVillage, match="沙湾镇"):
        village_groups.enter_group(register, GroupEntry("3组", TOWNSHIP), example.by_planner())
    with pytest.raises(NotFound):
        village_groups.enter_group(register, GroupEntry("3组", "511111100999"), example.by_planner())


def test_a_stale_page_does_not_move_the_mouth(register, example, group):
    with pytest.raises(GroupVersionStale):
        village_groups.set_mouth(register, group.id, MOUTH, example.by_planner(99))


def test_a_group_with_houses_or_plans_does_not_end(register, example, group):
    now = register.village_groups.get(group.id).version
    with pytest.raises(GroupHasHouses):
        village_groups.remove_group(register, group.id, example.by_planner(now))
    empty = village_groups.enter_group(register, GroupEntry("8组", VILLAGE), example.by_planner())
    plan = village_groups.draft_plan(register, empty, request(), example.by_planner())
    with pytest.raises(GroupHasPlan):
        village_groups.remove_group(register, empty, example.by_planner(1))
    numbering.withdraw_plan(register, plan, example.by_planner(1, reason="误建"))
    village_groups.remove_group(register, empty, example.by_planner(1))
    with pytest.raises(NotFound):
        register.village_groups.get(empty)


def test_whoever_has_no_grant_in_the_village_does_nothing_there(register, example, group):
    for act in (
        lambda: village_groups.enter_group(register, GroupEntry("9组", VILLAGE), example.by_stranger()),
        lambda: village_groups.set_mouth(register, group.id, MOUTH, example.by_stranger(1)),
        lambda: village_groups.add_house(register, group.id, MOUTH, example.by_stranger()),
        lambda: village_groups.take_in_houses(register, group.id, example.by_stranger()),
        lambda: village_groups.release_house(register, group.id, group.houses[0], example.by_stranger(1)),
        lambda: village_groups.remove_group(register, group.id, example.by_stranger(1)),
        lambda: village_groups.draft_plan(register, group.id, request(), example.by_stranger()),
    ):
        with pytest.raises(NotGranted):
            act()


def test_the_mouth_is_proposed_where_a_lane_meets_a_named_road(register, example, group):
    road = register.session.execute(text("select id from street where name = '铜河路'")).scalar_one()
    register.session.execute(
        text(
            "insert into street_piece (county_code, street_id, line, valid)"
            " values (:county, :road, :line, '[2018-01-01,)')"
        ),
        {
            "county": COUNTY,
            "road": road,
            "line": f"SRID=4490;LINESTRING({MOUTH.lon} {MOUTH.lat - 0.001}, {MOUTH.lon} {MOUTH.lat + 0.001})",
        },
    )
    found = register.village_groups.suggested_mouth(group.id)
    assert isinstance(found, Position)
    assert (found.lon, found.lat) == pytest.approx((MOUTH.lon, MOUTH.lat))


def test_an_address_of_a_group_is_corrected_and_retired_like_one_of_a_street(register, example, group):
    publish(register, example, group.id)
    first, second = register.session.scalars(text("select id from standard_address order by number limit 2")).all()
    version_of = "select version from standard_address where id = :id"
    seen = register.session.scalar(text(version_of), {"id": first})
    with pytest.raises(NumberAlreadyTaken):
        correct_address_number(register, first, HouseNumber(2), example.by_planner(seen, reason="误编"))
    correct_address_number(register, first, HouseNumber(9), example.by_planner(seen, reason="误编"))
    assert "四川省乐山市沙湾区沙湾镇铜街子社区3组9号" in texts(register)
    seen = register.session.scalar(text(version_of), {"id": second})
    retire_address(register, second, example.by_planner(seen, reason="拆除", day=LATER))
    assert group.houses[1] not in addresses(register)
