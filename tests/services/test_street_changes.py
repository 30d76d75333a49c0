from dataclasses import replace
from datetime import timedelta

import pytest
from shapely import LineString
from sqlalchemy import text

from geo_app.domain import street_change_refusals as refusals
from geo_app.domain.access import NotGranted, ReasonNotStated
from geo_app.domain.address_text import match_key
from geo_app.domain.position import Position
from geo_app.domain.street_change import ChangeVerb, StreetPart
from geo_app.domain.street_refusals import StreetHasLivingAddresses, StreetNameTaken
from geo_app.domain.street_request import ChangeRequest, NewName, Notice
from geo_app.persistence.paging import Paging
from geo_app.persistence.queries.address_list import AddressFilter
from geo_app.services import numbering, street_changes
from geo_app.services.street_consequences import preview_change
from tests.support.example_register import (
    DAY,
    SOUTH,
    TOWNSHIP,
    WEST,
    living_divisions,
    make_street,
    number_street,
    request,
)  # fmt: skip

LATER = DAY + timedelta(30)
LAST = DAY + timedelta(60)


def number(register, example, street=None):
    number_street(register, example, street)


def texts(register, street, status="current"):
    page = register.addresses.page(AddressFilter(street_id=street, status=status), Paging(size=500))
    return {address.id: address.text.removeprefix("四川省乐山市沙湾区") for address in page.items}


def asked(example, verb=ChangeVerb.RENAME, day=LATER, **fields):
    return ChangeRequest(verb, fields.pop("street", example.street), day, **fields)


def submit(register, example, change, day=LATER):
    return street_changes.submit_change(register, change, example.by_planner(reason="发文", day=day))


def carry(register, example, change, day=LATER):
    change_id = submit(register, example, change, day)
    street_changes.approve_change(register, change_id, example.by_reviewer(1, day=day))
    return change_id


def undo(register, example, change_id, day=LAST):
    version = register.street_changes.get(change_id).life.version
    undoing = street_changes.undo_change(register, change_id, example.by_planner(version, reason="批错了", day=day))
    street_changes.approve_change(register, undoing, example.by_reviewer(1, day=day))
    return undoing


def find(register, text):
    return register.addresses.find(text, match_key(text))


RENAMED = {"name": NewName("新河路")}


def test_a_preview_lists_every_address_old_and_new_and_writes_nothing(register, example):
    number(register, example)
    before = texts(register, example.street)
    preview = preview_change(register, asked(example, **RENAMED))
    assert next((one.before.text[9:], one.after.text[9:]) for one in preview.outcome.moved) == (
        "沙湾镇铜河路1号",
        "沙湾镇新河路1号",
    )
    assert len(preview.outcome.reading_otherwise) == 6
    assert preview.request.name.pinyin == "Xīnhé Lù"
    assert texts(register, example.street) == before


def test_a_renamed_street_renames_its_addresses_and_keeps_the_old_texts_findable(register, example):
    number(register, example)
    ids = {text: key for key, text in texts(register, example.street).items()}
    carry(register, example, asked(example, **RENAMED, notice=Notice(approving_body="沙湾区人民政府")))
    now = texts(register, example.street)
    assert set(now.values()) == {f"沙湾镇新河路{n}号" for n in range(1, 7)}
    for old, key in ids.items():
        assert find(register, f"四川省乐山市沙湾区{old}") == [key]
        local = old.removeprefix("沙湾镇")
        assert find(register, local) == [key]
    street = register.streets.get(example.street)
    assert (street.name, street.pinyin, street.valid_from) == ("新河路", "Xīnhé Lù", LATER)
    assert [(p.kind, p.name, p.until) for p in register.street_names.periods(example.street)] == [
        ("name", "新河路", None), ("old_name", "铜河路", LATER),
    ]  # fmt: skip


def test_who_submits_a_change_does_not_approve_it(register, example):
    change_id = submit(register, example, asked(example, **RENAMED))
    register.session.execute(text("update street_change set submitted_by = :id"), {"id": example.reviewer.account_id})
    with pytest.raises(refusals.ChangeApproverIsSubmitter):
        street_changes.approve_change(register, change_id, example.by_reviewer(1))


def test_a_change_without_a_reason_is_refused(register, example):
    with pytest.raises(ReasonNotStated):
        street_changes.submit_change(register, asked(example, **RENAMED), example.by_planner())


def test_a_stranger_submits_nothing(register, example):
    stranger = example.by_stranger()
    with pytest.raises(NotGranted):
        street_changes.submit_change(
            register, asked(example, **RENAMED), replace(stranger, actor=replace(stranger.actor, reason="玩"))
        )


def test_a_change_approved_before_its_day_waits_for_it(register, example):
    change_id = submit(register, example, asked(example, **RENAMED), day=DAY)
    approved = street_changes.approve_change(register, change_id, example.by_reviewer(1, day=DAY))
    assert approved.life.status == "approved"
    with pytest.raises(refusals.ChangeNotYetDue):
        street_changes.carry_out_change(register, change_id, example.by_reviewer(2, day=DAY))
    street_changes.carry_out_change(register, change_id, example.by_reviewer(2, day=LATER))
    assert register.streets.get(example.street).name == "新河路"


def test_a_change_whose_street_changed_since_is_outdated(register, example):
    change_id = submit(register, example, asked(example, **RENAMED))
    register.session.execute(text("update entrance set note = 'x' where street_id = :s"), {"s": example.street})
    with pytest.raises(refusals.ChangeOutdated):
        street_changes.approve_change(register, change_id, example.by_reviewer(1, day=LATER))


def test_two_changes_of_one_street_are_not_under_way_at_once(register, example):
    submit(register, example, asked(example, **RENAMED))
    with pytest.raises(refusals.StreetChangePending):
        submit(register, example, asked(example, name=NewName("大河路")))


def test_a_plan_under_way_stops_a_change(register, example):
    plan = numbering.draft_plan(register, example.street, request(), example.by_planner())
    numbering.submit_plan(register, plan, example.by_planner(1))
    with pytest.raises(refusals.StreetChangeHasOpenPlans):
        submit(register, example, asked(example, **RENAMED))


def test_a_locked_address_stops_a_change(register, example):
    number(register, example)
    register.session.execute(text("update standard_address set locked_for = '案7' where number = 3"))
    with pytest.raises(refusals.StreetChangeMeetsLockedAddress, match="案7"):
        submit(register, example, asked(example, **RENAMED))


def test_a_name_of_another_street_is_refused(register, example):
    make_street(register, "新河路", living_divisions(register)[TOWNSHIP], 2, north=0.01)
    with pytest.raises(StreetNameTaken):
        submit(register, example, asked(example, **RENAMED))


def test_a_proposed_name_is_not_changed(register, example):
    register.session.execute(text("update street set naming = 'proposed'"))
    with pytest.raises(refusals.ChangeNeedsApprovedName):
        submit(register, example, asked(example, **RENAMED))


def test_nothing_happens_to_a_street_before_it_begins(register, example):
    with pytest.raises(refusals.StreetChangesBeforeBeginning):
        submit(register, example, asked(example, day=DAY - timedelta(9000), **RENAMED))


def test_an_undone_renaming_brings_back_every_text_and_both_names_find_the_doors(register, example):
    number(register, example)
    before = texts(register, example.street)
    change_id = carry(register, example, asked(example, **RENAMED))
    undo(register, example, change_id)
    assert texts(register, example.street) == before
    for key, one in before.items():
        new = one.removeprefix("沙湾镇").replace("铜河路", "新河路")
        assert find(register, new) == [key]
        assert find(register, f"四川省乐山市沙湾区{one}") == [key]
    assert register.street_changes.get(change_id).life.undone_by is not None


def test_a_change_is_undone_once_and_the_latest_first(register, example):
    first = carry(register, example, asked(example, **RENAMED))
    second = carry(register, example, asked(example, name=NewName("大河路"), day=LAST), LAST)
    with pytest.raises(refusals.ChangeHasSuccessor):
        undo(register, example, first)
    undo(register, example, second)
    with pytest.raises(refusals.ChangeAlreadyUndone):
        undo(register, example, second)
    undo(register, example, first)
    assert register.streets.get(example.street).name == "铜河路"


def test_a_corrected_name_was_never_another_one_but_the_misspelt_one_still_finds_the_doors(register, example):
    number(register, example)
    key = next(iter(texts(register, example.street)))
    carry(register, example, asked(example, ChangeVerb.CORRECT_NAME, name=NewName("桐河路")))
    street = register.streets.get(example.street)
    assert street.name == "桐河路"
    assert street.valid_from < DAY
    assert {alias.kind for alias in register.addresses.aliases(key)} == {"misspelt"}
    assert find(register, "铜河路1号") == [key]
    assert [p.kind for p in register.street_names.periods(example.street)] == ["name", "misspelt"]


def halves(register, example, **fields):
    middle = Position(WEST + 0.00025, SOUTH)
    return asked(example, ChangeVerb.SPLIT, at=middle, **fields)


def test_a_split_street_gives_each_door_to_the_part_it_stands_on(register, example):
    number(register, example)
    before = texts(register, example.street)
    change_id = carry(register, example, halves(register, example, second_name=NewName("东河路")))
    other = register.street_changes.get(change_id).other_id
    first, second = texts(register, example.street), texts(register, other)
    assert sorted(first.values()) == ["沙湾镇铜河路3号", "沙湾镇铜河路4号", "沙湾镇铜河路5号", "沙湾镇铜河路6号"]
    assert sorted(second.values()) == ["沙湾镇东河路1号", "沙湾镇东河路2号"]
    assert first.keys() | second.keys() == before.keys()
    assert len(register.entrances.of_street(example.street)) == 4
    assert len(register.entrances.of_street(other)) == 2
    assert [len(register.streets.pieces(key)) for key in (example.street, other)] == [1, 1]
    assert register.streets.get(other).approved


def test_an_undone_split_is_one_street_again(register, example):
    number(register, example)
    before, line = texts(register, example.street), register.streets.pieces(example.street)[0].line
    change_id = carry(register, example, halves(register, example, second_name=NewName("东河路")))
    undo(register, example, change_id)
    assert texts(register, example.street) == before
    assert [piece.line for piece in register.streets.pieces(example.street)] == [line]
    assert len(register.entrances.of_street(example.street)) == 6
    assert not register.streets.any(register.street_changes.get(change_id).other_id).living


def test_the_part_that_keeps_the_name_keeps_the_street(register, example):
    number(register, example)
    split = halves(register, example, name=NewName("西河路"), second_name=NewName("铜河路"))
    change_id = carry(register, example, split)
    assert sorted(texts(register, example.street).values()) == ["沙湾镇铜河路1号", "沙湾镇铜河路2号"]
    assert register.streets.get(register.street_changes.get(change_id).other_id).name == "西河路"


def second_street(register, example):
    other = make_street(register, "南河路", living_divisions(register)[TOWNSHIP], 4, north=0.0)
    number(register, example, other)
    return other


def test_clashing_numbers_of_a_merger_are_shown_and_refused_until_somebody_chooses(register, example):
    number(register, example)
    other = second_street(register, example)
    merge = asked(example, ChangeVerb.MERGE, other_id=other)
    preview = preview_change(register, merge)
    assert [clash.text for clash in preview.clashes] == [f"铜河路{n}号" for n in (1, 2, 3, 4)]
    with pytest.raises(refusals.StreetNumbersClash, match="铜河路1号"):
        submit(register, example, merge)


def resolved(register, example, other):
    doors = texts(register, other)
    return asked(
        example, ChangeVerb.MERGE, other_id=other,
        renumber={key: str(int(one[6:-1]) + 10) for key, one in doors.items()},
    )  # fmt: skip


def test_a_merged_street_ends_and_its_doors_read_the_other_name(register, example):
    number(register, example)
    other = second_street(register, example)
    carry(register, example, resolved(register, example, other))
    assert sorted(texts(register, example.street).values()) == sorted(
        f"沙湾镇铜河路{n}号" for n in (1, 2, 3, 4, 5, 6, 11, 12, 13, 14)
    )
    assert not register.streets.any(other).living
    assert len(register.streets.pieces(example.street)) == 2
    assert len(register.entrances.of_street(example.street)) == 10
    assert find(register, "南河路1号")
    assert [p.name for p in register.street_names.periods(example.street)] == ["铜河路", "南河路"]


def test_an_undone_merger_is_two_streets_again(register, example):
    number(register, example)
    other = second_street(register, example)
    before = texts(register, example.street), texts(register, other)
    change_id = carry(register, example, resolved(register, example, other))
    undo(register, example, change_id)
    assert (texts(register, example.street), texts(register, other)) == before
    assert register.streets.get(other).name == "南河路"
    assert len(register.entrances.of_street(other)) == 4


def test_a_street_is_not_merged_with_itself(register, example):
    with pytest.raises(refusals.StreetMergesWithItself):
        preview_change(register, asked(example, ChangeVerb.MERGE, other_id=example.street))


def make_town(register, code="511111101", name="嘉农镇"):
    return register.session.execute(
        text(
            "insert into division (code, level, name, parent_id, valid) select :code, 'township', :name, parent_id,"
            " '[2018-01-01,)' from division where code = '511111100' returning id"
        ),
        {"code": code, "name": name},
    ).scalar_one()


def test_a_street_that_goes_to_another_township_gets_its_texts_and_codes(register, example):
    number(register, example)
    make_town(register)
    codes = dict(register.session.execute(text("select id, standard_code from standard_address")).all())
    change_id = carry(register, example, asked(example, ChangeVerb.TRANSFER, division_code="511111101"))
    now = texts(register, example.street)
    assert set(now.values()) == {f"嘉农镇铜河路{n}号" for n in range(1, 7)}
    for key, old in codes.items():
        version = register.addresses.as_of(key, LATER, register.session.execute(text("select now()")).scalar())
        assert version.standard_code.startswith("511111101")
        assert find(register, old) == [key]
    assert register.streets.get(example.street).division_code == "511111101"
    undo(register, example, change_id)
    assert dict(register.session.execute(text("select id, standard_code from standard_address")).all()) == codes


def test_a_part_goes_to_another_township_and_the_street_stays(register, example):
    number(register, example)
    make_town(register)
    part = {"division_code": "511111101", "part": StreetPart.SECOND, "at": Position(WEST + 0.00025, SOUTH)}
    carry(register, example, asked(example, ChangeVerb.TRANSFER, **part))
    assert sorted(texts(register, example.street).values())[:2] == ["嘉农镇铜河路1号", "嘉农镇铜河路2号"]
    assert register.streets.get(example.street).division_code == TOWNSHIP


def test_a_street_stays_where_it_lies_already(register, example):
    with pytest.raises(refusals.TransferWithinDivision):
        preview_change(register, asked(example, ChangeVerb.TRANSFER, division_code=TOWNSHIP))


def test_a_county_is_too_high_for_a_street(register, example):
    with pytest.raises(refusals.DivisionTooHigh):
        preview_change(register, asked(example, ChangeVerb.TRANSFER, division_code="511111"))


def test_an_extended_street_keeps_its_numbers(register, example):
    number(register, example)
    before = texts(register, example.street)
    line = LineString([(WEST - 0.001, SOUTH), (WEST, SOUTH)])
    preview = preview_change(register, asked(example, ChangeVerb.EXTEND, line=line))
    assert preview.outcome.at_start
    assert preview.warnings
    change_id = carry(register, example, asked(example, ChangeVerb.EXTEND, line=line))
    assert texts(register, example.street) == before
    assert len(register.streets.pieces(example.street)) == 2
    undo(register, example, change_id)
    assert len(register.streets.pieces(example.street)) == 1


def test_a_street_does_not_end_under_its_doors(register, example):
    number(register, example)
    with pytest.raises(StreetHasLivingAddresses):
        submit(register, example, asked(example, ChangeVerb.RETIRE))


def test_a_retired_street_is_no_more_until_that_is_taken_back(register, example):
    change_id = carry(register, example, asked(example, ChangeVerb.RETIRE))
    assert not register.streets.any(example.street).living
    undo(register, example, change_id)
    assert register.streets.get(example.street).approved
    assert len(register.entrances.of_street(example.street)) == 6
    assert len(register.streets.pieces(example.street)) == 1


def test_a_rejected_change_does_nothing(register, example):
    change_id = submit(register, example, asked(example, **RENAMED))
    street_changes.reject_change(register, change_id, example.by_reviewer(1, reason="重名"))
    assert register.street_changes.get(change_id).life.status == "rejected"
    assert register.streets.get(example.street).name == "铜河路"


def test_a_withdrawn_change_makes_room_for_another(register, example):
    change_id = submit(register, example, asked(example, **RENAMED))
    street_changes.withdraw_change(register, change_id, example.by_planner(1, reason="另议"))
    submit(register, example, asked(example, name=NewName("大河路")))


def test_what_hangs_under_a_door_follows_it(register, example):
    number(register, example)
    door = register.session.execute(text("select id, text from standard_address where number = 1")).one()
    register.session.execute(
        text(
            "insert into standard_address (id, county_code, kind, status, parent_id, floor, room, text, match_key,"
            " valid) values ('511111000099990', '511111', 'room', 'current', :door, 3, '301室', :text, :text,"
            " '[2024-03-01,)')"
        ),
        {"door": door.id, "text": door.text + "301室"},
    )
    carry(register, example, asked(example, **RENAMED))
    room = register.session.execute(text("select text, street_id from standard_address where kind = 'room'")).one()
    assert room == ("四川省乐山市沙湾区沙湾镇新河路1号301室", None)
    assert find(register, "铜河路1号301室") == ["511111000099990"]


def test_a_street_of_another_county_is_not_merged(register, example):
    other = make_street(register, "南河路", living_divisions(register)[TOWNSHIP], 2, north=0.01)
    register.session.execute(text("update street set county_code = '511112' where id = :id"), {"id": other})
    with pytest.raises(refusals.StreetMergeLeavesCounty):
        preview_change(register, asked(example, ChangeVerb.MERGE, other_id=other))


def test_a_text_that_another_address_has_is_shown_and_refused(register, example):
    number(register, example)
    taken = "四川省乐山市沙湾区沙湾镇新河路1号"
    register.session.execute(
        text(
            "insert into standard_address (id, county_code, kind, status, text, match_key, valid) values"
            " ('511111000099990', '511111', 'door', 'current', :text, :key, '[2024-03-01,)')"
        ),
        {"text": taken, "key": match_key(taken)},
    )
    preview = preview_change(register, asked(example, **RENAMED))
    assert [clash.text for clash in preview.texts_taken] == [taken]
    with pytest.raises(refusals.StreetTextsClash, match="新河路1号"):
        submit(register, example, asked(example, **RENAMED))


def test_every_step_leaves_its_line_in_the_journal(register, example):
    number(register, example)
    carry(register, example, asked(example, **RENAMED))
    verbs = register.session.scalars(
        text("select verb from change_entry where subject_kind = 'street' order by id")
    ).all()
    assert verbs == ["submit_change", "approve", "rename"]
    count = text("select count(*) from change_entry where subject_kind = 'address' and verb = 'street_rename'")
    assert register.session.scalar(count) == 6


def test_what_an_address_was_in_march_is_still_told_after_a_renaming(register, example):
    number(register, example)
    key = next(iter(texts(register, example.street)))
    carry(register, example, asked(example, **RENAMED))
    now = register.session.scalar(text("select now()"))
    before, after = (register.addresses.as_of(key, day, now) for day in (LATER - timedelta(1), LATER))
    assert (before.street_name, after.street_name) == ("铜河路", "新河路")
