from datetime import date, timedelta

import pytest
from sqlalchemy import text

from geo_app.domain.access import NotGranted, ReasonNotStated
from geo_app.domain.address_kinship import HasLivingChildren
from geo_app.domain.address_refusals import AddressLocked
from geo_app.domain.errors import NotFound
from geo_app.domain.numbering_plan_refusals import (
    EditNeedsDraft,
    PlanAlreadyBeingUndone,
    PlanAlreadyUndone,
    PlanApproverIsSubmitter,
    PlanHasErrors,
    PlanHasSuccessor,
    PlanNumbersTaken,
    PlanOutdated,
    PlanStreetNotApproved,
    PlanVersionStale,
)
from geo_app.domain.position import Position
from geo_app.persistence.paging import Paging
from geo_app.persistence.queries.address_list import AddressFilter
from geo_app.persistence.queries.plan_list import PlanFilter
from geo_app.persistence.reservations import AddressTextTaken
from geo_app.services import numbering
from geo_app.services.numbering import CorrectingPlanIsFixed
from geo_app.services.numbering_addresses import StreetHasNoTownship
from geo_app.services.streets import add_entrance
from tests.support.example_register import DAY, SOUTH, WEST, make_example, make_street, request

NEXT_YEAR = DAY + timedelta(365)


def draft(register, example, **fields):
    return numbering.draft_plan(register, example.street, request(**fields), example.by_planner())


def version(register, plan):
    return register.plans.get(plan).life.version


def submit(register, example, plan):
    numbering.submit_plan(register, plan, example.by_planner(version(register, plan)))


def publish(register, example, plan, day=DAY):
    submit(register, example, plan)
    numbering.approve_plan(register, plan, example.by_reviewer(version(register, plan)))
    numbering.publish_plan(register, plan, example.by_reviewer(version(register, plan), day=day))
    return plan


def undo(register, example, plan, day=DAY):
    decision = example.by_planner(version(register, plan), reason="错误", day=day)
    return numbering.undo_plan(register, plan, decision)


def addresses(register, example, status="current"):
    page = register.addresses.page(AddressFilter(street_id=example.street, status=status), Paging())
    return {address.id: address.number_text for address in page.items}


def doors(register, example):
    """Entrance ids from the west: north, south, north, south …"""
    return [door.entrance_id for door in register.entrances.of_street(example.street)]


def test_a_preview_writes_nothing(register, example):
    view = numbering.preview(register, example.street, request())
    assert [door.number.number for door in view.content.doors] == [6, 5, 4, 3, 2, 1]
    assert register.plans.page(PlanFilter(), Paging()).total == 0


def test_a_published_plan_makes_addresses_with_ids_codes_and_texts(register, example):
    plan = publish(register, example, draft(register, example))
    found = register.addresses.page(AddressFilter(street_id=example.street), Paging()).items
    assert [address.number_text for address in found] == ["1号", "2号", "3号", "4号", "5号", "6号"]
    assert found[0].text == "四川省乐山市沙湾区沙湾镇铜河路1号"
    assert {address.id[:6] for address in found} == {"511111"}
    assert min(address.standard_code for address in found) == "5111111000000000100000000"
    assert register.plans.get(plan).status == "published"
    assert all(door.door.address_id == door.address_id for door in register.plans.doors(plan))


def test_a_submitted_plan_holds_its_numbers_and_a_withdrawn_one_frees_them(register, example):
    plan, rival = draft(register, example), draft(register, example)
    submit(register, example, plan)
    assert len(addresses(register, example, "proposed")) == 6
    with pytest.raises(PlanNumbersTaken, match="6号"):
        submit(register, example, rival)
    numbering.withdraw_plan(register, plan, example.by_planner(version(register, plan), reason="改线"))
    assert addresses(register, example, "proposed") == {}
    submit(register, example, rival)


def test_a_plan_sent_back_frees_its_numbers_and_can_be_submitted_again(register, example):
    plan = draft(register, example)
    submit(register, example, plan)
    numbering.send_back_plan(register, plan, example.by_reviewer(version(register, plan), reason="起点应在西端"))
    assert register.plans.get(plan).status == "draft"
    submit(register, example, plan)


def test_a_mistaken_approval_is_taken_back_and_the_numbers_stay_reserved(register, example):
    plan = draft(register, example)
    submit(register, example, plan)
    numbering.approve_plan(register, plan, example.by_reviewer(version(register, plan)))
    numbering.correct_plan_approval(register, plan, example.by_reviewer(version(register, plan), reason="误批"))
    assert register.plans.get(plan).status == "submitted"
    assert len(addresses(register, example, "proposed")) == 6


def test_a_mistaken_withdrawal_is_taken_back(register, example):
    plan = draft(register, example)
    submit(register, example, plan)
    numbering.withdraw_plan(register, plan, example.by_planner(version(register, plan), reason="误撤"))
    numbering.correct_plan_withdrawal(register, plan, example.by_planner(version(register, plan), reason="恢复"))
    publish(register, example, plan)
    assert len(addresses(register, example)) == 6


def test_undoing_a_plan_does_not_wake_an_address_that_was_retired_after_it(register, example):
    publish(register, example, draft(register, example))
    north = doors(register, example)[::2]
    plan = publish(register, example, draft(register, example, hand={north[0]: "10号", north[1]: "8号"}), NEXT_YEAR)
    register.session.execute(text("update standard_address set status = 'retired' where number = 10"))
    publish(register, example, undo(register, example, plan, NEXT_YEAR), NEXT_YEAR)
    assert sorted(addresses(register, example).values()) == ["1号", "2号", "3号", "4号", "5号"]


def test_an_id_that_was_reserved_in_vain_is_never_used_again(register, example):
    plan = draft(register, example)
    submit(register, example, plan)
    reserved = set(addresses(register, example, "proposed"))
    numbering.withdraw_plan(register, plan, example.by_planner(version(register, plan), reason="改线"))
    publish(register, example, draft(register, example))
    assert not reserved & set(addresses(register, example))


def test_the_submitter_cannot_approve(register, example):
    plan = draft(register, example)
    submit(register, example, plan)
    with pytest.raises(PlanApproverIsSubmitter):
        numbering.approve_plan(register, plan, example.by_planner(version(register, plan)))


def test_a_stale_version_is_refused(register, example):
    plan = draft(register, example)
    numbering.revise_plan(register, plan, request(title="二稿"), example.by_planner(1))
    with pytest.raises(PlanVersionStale):
        numbering.revise_plan(register, plan, request(title="三稿"), example.by_planner(1))
    assert register.plans.get(plan).title == "二稿"


def test_only_a_draft_is_revised(register, example):
    plan = draft(register, example)
    submit(register, example, plan)
    with pytest.raises(EditNeedsDraft):
        numbering.revise_plan(register, plan, request(), example.by_planner(version(register, plan)))


def test_someone_without_the_right_cannot_draft(register, example):
    with pytest.raises(NotGranted):
        numbering.draft_plan(register, example.street, request(), example.by_stranger())


def test_a_plan_is_outdated_when_a_door_was_added_after_it(register, example):
    plan = draft(register, example)
    add_entrance(register, example.street, Position(WEST + 0.00015, SOUTH + 0.0001), example.by_planner())
    with pytest.raises(PlanOutdated):
        submit(register, example, plan)


def test_a_street_without_an_approved_name_gets_no_numbers(register, example):
    register.session.execute(text("update street set naming = 'proposed'"))
    plan = draft(register, example)
    with pytest.raises(PlanStreetNotApproved):
        submit(register, example, plan)


def test_a_plan_with_errors_is_not_submitted(register, example):
    first, second = doors(register, example)[:2]
    plan = draft(register, example, hand={first: "2号", second: "2号"})
    with pytest.raises(PlanHasErrors):
        submit(register, example, plan)


def test_a_street_in_no_township_gets_no_addresses(register, example):
    register.session.execute(text("update street set division_id = null"))
    plan = draft(register, example)
    with pytest.raises(StreetHasNoTownship):
        submit(register, example, plan)


def test_a_namesake_in_the_same_town_cannot_get_the_same_text(register, example):
    publish(register, example, draft(register, example))
    register.session.execute(text("update street set namesake = 2 where id = :id"), {"id": example.street})
    division = register.streets.get(example.street).division_id
    other = make_street(register, "铜河路", division, 2, north=0.02)
    plan = numbering.draft_plan(register, other, request(), example.by_planner())
    with pytest.raises(AddressTextTaken, match="铜河路"), register.session.begin_nested():
        submit(register, example, plan)


def test_an_old_number_leads_to_the_door_after_renumbering(register, example):
    publish(register, example, draft(register, example))
    first = doors(register, example)[0]
    before = addresses(register, example)
    plan = draft(register, example, hand={first: "8号"})
    publish(register, example, plan, NEXT_YEAR)
    after = addresses(register, example)
    (changed,) = [address for address in before if before[address] != after[address]]
    assert (before[changed], after[changed]) == ("6号", "8号")
    aliases = register.addresses.aliases(changed)
    assert [alias.text for alias in aliases] == ["四川省乐山市沙湾区沙湾镇铜河路6号", "铜河路6号"]
    assert {(alias.valid_from, alias.valid_to) for alias in aliases} == {(DAY, NEXT_YEAR)}
    assert addresses(register, example, "proposed") == {}


def test_two_doors_can_exchange_their_numbers(register, example):
    publish(register, example, draft(register, example))
    before = addresses(register, example)
    south = doors(register, example)[1::2]
    plan = draft(register, example, hand={south[0]: "1号", south[2]: "5号"})
    publish(register, example, plan, NEXT_YEAR)
    after = addresses(register, example)
    exchanged = {(before[one], after[one]) for one in before if before[one] != after[one]}
    assert exchanged == {("1号", "5号"), ("5号", "1号")}


def test_what_held_last_year_is_still_known_after_renumbering(register, example):
    publish(register, example, draft(register, example))
    door = doors(register, example)[0]
    publish(register, example, draft(register, example, hand={door: "8号"}), NEXT_YEAR)
    address = next(d.address_id for d in register.entrances.of_street(example.street) if d.entrance_id == door)
    now = register.session.execute(text("select now()")).scalar_one()
    assert register.addresses.as_of(address, DAY, now).number_text == "6号"
    assert register.addresses.as_of(address, NEXT_YEAR, now).number_text == "8号"


def room_of(register, number, *rooms):
    """Put rooms under the door with this number."""
    for serial, room in enumerate(rooms, 1):
        register.session.execute(
            text(
                "insert into standard_address (id, county_code, kind, status, parent_id, room, text, match_key, valid)"
                " select :id, county_code, 'room', 'current', id, :room, text || :room, match_key || :room, valid"
                " from standard_address where number = :number and kind = 'door'"
            ),
            {"id": f"51111109999{number}{serial:03d}", "room": room, "number": number},
        )


def test_rooms_take_the_new_number_of_their_door(register, example):
    publish(register, example, draft(register, example))
    room_of(register, 1, "101室", "102室")
    room_of(register, 5, "101室")
    south = doors(register, example)[1::2]
    publish(register, example, draft(register, example, hand={south[0]: "1号", south[2]: "5号"}), NEXT_YEAR)
    rooms = register.session.execute(text("select id, text, match_key from standard_address where kind = 'room'"))
    texts = {row.id: row.text.removeprefix("四川省乐山市沙湾区沙湾镇") for row in rooms}
    assert texts == {
        "511111099991001": "铜河路5号101室",
        "511111099991002": "铜河路5号102室",
        "511111099995001": "铜河路1号101室",
    }
    found = register.addresses.page(AddressFilter(text="铜河路五号１０２室"), Paging()).items
    assert [address.id for address in found] == ["511111099991002"]


def test_a_door_under_which_rooms_live_is_not_ended(register, example):
    plan = publish(register, example, draft(register, example))
    room_of(register, 1, "101室")
    correcting = undo(register, example, plan, NEXT_YEAR)
    with pytest.raises(HasLivingChildren):
        publish(register, example, correcting, NEXT_YEAR)


def test_a_locked_address_keeps_its_number(register, example):
    publish(register, example, draft(register, example))
    register.session.execute(text("update standard_address set locked_for = '案1' where number = 6"))
    plan = draft(register, example, hand={doors(register, example)[0]: "8号"})
    with pytest.raises(AddressLocked, match="案1"):
        publish(register, example, plan)


def test_an_undone_plan_leaves_no_address_of_its_own(register, example):
    plan = publish(register, example, draft(register, example))
    made = set(addresses(register, example))
    correcting = undo(register, example, plan, NEXT_YEAR)
    publish(register, example, correcting, NEXT_YEAR)
    assert addresses(register, example) == {}
    assert set(addresses(register, example, "retired")) == made
    assert register.plans.get(plan).status == "undone"
    assert register.plans.get(plan).life.undone_by == correcting


def test_an_undone_renumbering_gives_every_door_its_number_back(register, example):
    publish(register, example, draft(register, example))
    before = addresses(register, example)
    south = doors(register, example)[1::2]
    plan = draft(register, example, hand={south[0]: "1号", south[1]: "5号", south[2]: "3号"})
    publish(register, example, plan, NEXT_YEAR)
    assert addresses(register, example) != before
    publish(register, example, undo(register, example, plan, NEXT_YEAR), NEXT_YEAR)
    assert addresses(register, example) == before


def test_ids_of_an_undone_plan_are_not_given_again(register, example):
    plan = publish(register, example, draft(register, example))
    made = set(addresses(register, example))
    publish(register, example, undo(register, example, plan))
    publish(register, example, draft(register, example))
    assert not made & set(addresses(register, example))


def test_a_plan_is_undone_once(register, example):
    plan = publish(register, example, draft(register, example))
    correcting = undo(register, example, plan)
    with pytest.raises(PlanAlreadyBeingUndone):
        undo(register, example, plan)
    publish(register, example, correcting)
    with pytest.raises(PlanAlreadyUndone):
        undo(register, example, plan)


def test_a_plan_under_a_later_one_is_not_undone_first(committed_database):
    with committed_database.transaction() as register:
        example = make_example(register)
        plan = publish(register, example, draft(register, example))
    with committed_database.transaction() as register:
        door = doors(register, example)[0]
        publish(register, example, draft(register, example, hand={door: "8号"}), NEXT_YEAR)
    with committed_database.transaction() as register, pytest.raises(PlanHasSuccessor):
        undo(register, example, plan)


def test_undoing_needs_a_reason(register, example):
    plan = publish(register, example, draft(register, example))
    with pytest.raises(ReasonNotStated):
        numbering.undo_plan(register, plan, example.by_planner(version(register, plan)))


def test_a_correcting_plan_cannot_be_edited(register, example):
    plan = publish(register, example, draft(register, example))
    correcting = undo(register, example, plan)
    with pytest.raises(CorrectingPlanIsFixed):
        numbering.revise_plan(register, correcting, request(), example.by_planner(1))


def test_a_number_on_the_wall_is_kept_and_becomes_an_address(register, example):
    door = doors(register, example)[0]
    register.session.execute(text("update entrance set wall_number = '18' where id = :id"), {"id": door})
    plan = draft(register, example)
    kept = [planned for planned in register.plans.doors(plan) if planned.kept]
    assert [(planned.door.entrance_id, planned.text) for planned in kept] == [(door, "18号")]
    publish(register, example, plan)
    assert "18号" in addresses(register, example).values()


def test_a_door_added_to_a_numbered_street_changes_no_other(register, example):
    publish(register, example, draft(register, example))
    before = addresses(register, example)
    add_entrance(register, example.street, Position(WEST + 0.00015, SOUTH + 0.00008), example.by_planner())
    publish(register, example, draft(register, example))
    after = addresses(register, example)
    assert before.items() <= after.items()
    assert set(after.values()) - set(before.values()) == {"4号附1号"}


def test_what_undoing_would_change_is_shown_before_anything_is_written(register, example):
    publish(register, example, draft(register, example))
    first = doors(register, example)[0]
    plan = publish(register, example, draft(register, example, hand={first: "10号"}), NEXT_YEAR)
    view = numbering.preview_undo(register, plan, example.by_planner(reason="看一看", day=NEXT_YEAR))
    assert [(door.door.number.number, door.text) for door in view.doors] == [(10, "6号")]
    assert view.losing == 0
    assert register.plans.page(PlanFilter(), Paging()).total == 2


def test_undoing_a_first_plan_would_end_every_address(register, example):
    plan = publish(register, example, draft(register, example))
    view = numbering.preview_undo(register, plan, example.by_planner(reason="看一看"))
    assert (len(view.doors), view.losing) == (6, 6)
    with pytest.raises(NotGranted):
        numbering.preview_undo(register, plan, example.by_stranger())


def test_the_page_of_a_plan_offers_what_its_reader_may_do(register, example):
    plan = draft(register, example)
    assert numbering.verbs_for(register.plans.get(plan), example.by_planner()) == ["edit", "submit", "withdraw"]
    submit(register, example, plan)
    assert "approve" not in numbering.verbs_for(register.plans.get(plan), example.by_planner())
    assert "approve" in numbering.verbs_for(register.plans.get(plan), example.by_reviewer())
    assert numbering.verbs_for(register.plans.get(plan), example.by_stranger()) == []


def test_every_step_is_in_the_journal(register, example):
    plan = publish(register, example, draft(register, example))
    verbs = register.session.scalars(
        text("select verb from change_entry where subject_kind = 'plan' and subject_key = :plan order by id"),
        {"plan": str(plan)},
    )
    assert list(verbs) == ["draft", "submit", "approve", "publish"]
    published = register.session.scalar(text("select count(*) from change_entry where subject_kind = 'address'"))
    assert published == 6


def test_a_plan_that_is_not_there_is_not_found(register, example):
    with pytest.raises(NotFound):
        numbering.read_plan(register, 999)


def test_numbers_stay_before_the_day_from_which_they_count(register, example):
    publish(register, example, draft(register, example), date(2030, 1, 1))
    (address, *_) = addresses(register, example)
    now = register.session.execute(text("select now()")).scalar_one()
    assert register.addresses.as_of(address, date(2029, 12, 31), now).status == "proposed"
