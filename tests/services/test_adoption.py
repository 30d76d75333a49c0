"""A street is adopted: what hangs stays, what is missing is numbered, and only what a planner decides moves."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from geo_app.domain.adoption_mapping import Fate
from geo_app.persistence.paging import Paging
from geo_app.persistence.queries.address_list import AddressFilter
from geo_app.services import numbering
from geo_app.services.addresses import AsOf, read_address
from geo_app.services.adoption import number_mapping
from tests.services.test_numbering_plans import addresses, doors, draft, publish, room_of, undo
from tests.support.example_register import DAY, SICHUAN, request

CONTINUE = SICHUAN.with_overrides(existing="continue")
NEXT_YEAR = DAY + timedelta(365)
TOWN = "四川省乐山市沙湾区沙湾镇"


def hang(register, example, **walls):
    """Hang numbers on the doors of the street, by place from the west: n0, s0, n1, s1 …"""
    found = doors(register, example)
    for place, wall in walls.items():
        entrance = found[2 * int(place[1:]) + (place[0] == "s")]
        register.session.execute(
            text("update entrance set wall_number = :wall where id = :id"), {"wall": wall, "id": entrance}
        )
    return found


def adopt(register, example, **fields):
    return numbering.draft_plan(register, example.street, request(CONTINUE, **fields), example.by_planner())


def table(register, plan):
    return {door.entrance_id: (door.fate, door.old, door.new) for door in number_mapping(register, plan).doors}


def test_what_hangs_stays_and_what_is_missing_is_numbered_as_the_walls_run(register, example):
    north = hang(register, example, n0="11", n2="15", s0="12", s1="14", s2="16")[::2]
    # The walls run from the west, the rule would from the east.
    plan = adopt(register, example)
    assert table(register, plan)[north[1]] == (Fate.NEW, "", "13号")
    assert {fate for fate, _, _ in table(register, plan).values()} == {Fate.NEW, Fate.REGISTERED}
    lines = numbering.read_plan(register, plan).content.lines
    assert lines[0].positions[0][0] < lines[0].positions[-1][0]


def test_only_the_door_that_the_planner_decides_moves_and_its_number_goes_to_nobody(register, example):
    found = hang(register, example, n0="11", n1="31", s0="12", s1="14", s2="16")
    plan = adopt(register, example, moved=frozenset([found[2]]))
    mapped = table(register, plan)
    assert mapped[found[2]][:2] == (Fate.RENUMBERED, "31号")
    assert "31号" not in {new for _, _, new in mapped.values()}
    assert [mapped[found[place]][2] for place in (0, 1, 3, 5)] == ["11号", "12号", "14号", "16号"]
    assert numbering.read_plan(register, plan).content.counts()["renumbered"] == 1


def test_a_door_taken_off_its_number_stays_so_when_the_plan_is_read_and_revised(register, example):
    found = hang(register, example, n0="11", n1="31", n2="15")
    plan = adopt(register, example, moved=frozenset([found[2]]))
    assert [d.door.entrance_id for d in register.plans.doors(plan) if d.moved] == [found[2]]
    numbering.revise_plan(register, plan, request(CONTINUE), example.by_planner(1))
    assert not [d for d in register.plans.doors(plan) if d.moved]
    assert table(register, plan)[found[2]] == (Fate.REGISTERED, "31号", "31号")


def test_a_decision_about_a_door_of_another_street_is_told(register, example):
    view = numbering.preview(register, example.street, request(CONTINUE, moved=frozenset([999_999])))
    told = [(one.kind, one.message.values["entrance"]) for one in view.content.findings]
    assert told == [("unknown_entrance", 999_999)]


def test_what_hung_on_a_wall_without_an_address_leads_to_the_door_after_it_moves(register, example):
    found = hang(register, example, n0="11", n1="31", n2="15")
    publish(register, example, adopt(register, example, moved=frozenset([found[2]])))
    now = register.session.execute(text("select now()")).scalar_one()
    view = read_address(register, "铜河路31号", AsOf(DAY, now))
    assert view.address.number_text == "13号"
    assert [(alias.text, alias.valid_from, alias.valid_to) for alias in view.aliases] == [("铜河路31号", None, DAY)]


def test_the_table_tells_the_same_before_and_after_publication(register, example):
    publish(register, example, draft(register, example))
    found = doors(register, example)
    plan = draft(register, example, hand={found[0]: "8号"})
    before = table(register, plan)
    publish(register, example, plan, NEXT_YEAR)
    assert table(register, plan) == before
    (changed,) = number_mapping(register, plan).notices
    assert (changed.fate, changed.old, changed.new) == (Fate.RENUMBERED, "6号", "8号")
    assert (changed.alias, changed.new_text) == (f"{TOWN}铜河路6号", f"{TOWN}铜河路8号")
    assert changed.valid_from == NEXT_YEAR
    publish(register, example, draft(register, example, hand={found[0]: "18号"}), NEXT_YEAR + timedelta(1))
    assert table(register, plan) == before


def test_an_undone_plan_tells_which_addresses_end(register, example):
    plan = publish(register, example, draft(register, example))
    correcting = undo(register, example, plan, NEXT_YEAR)
    assert {fate for fate, _, _ in table(register, correcting).values()} == {Fate.ENDED}
    publish(register, example, correcting, NEXT_YEAR)
    assert {fate for fate, _, _ in table(register, correcting).values()} == {Fate.ENDED}


def test_rooms_under_a_renumbered_door_are_still_found_by_their_old_text(register, example):
    publish(register, example, draft(register, example))
    room_of(register, 1, "101室", "102室")
    first = next(d.entrance_id for d in register.entrances.of_street(example.street) if d.number.number == 1)
    plan = draft(register, example, hand={first: "21号"})
    (notice,) = number_mapping(register, plan).notices
    assert notice.below == 2
    publish(register, example, plan, NEXT_YEAR)
    found = register.addresses.page(AddressFilter(text="铜河路21号102室"), Paging()).items
    now = register.session.execute(text("select now()")).scalar_one()
    view = read_address(register, f"{TOWN}铜河路1号102室", AsOf(NEXT_YEAR, now))
    assert view.address.id == found[0].id
    assert [(alias.kind.value, alias.valid_to) for alias in view.aliases] == [("old_text", NEXT_YEAR)]
    assert number_mapping(register, plan).notices[0].below == 2


@pytest.mark.parametrize("wall", ["12/3 旧", "0"])
def test_a_wall_that_no_one_can_read_waits_for_the_planner(register, example, wall):
    found = hang(register, example, n0=wall)
    assert table(register, adopt(register, example))[found[0]] == (Fate.WITHOUT, wall, "")
    plan = adopt(register, example, hand={found[0]: "7"})
    assert table(register, plan)[found[0]] == (Fate.RENUMBERED, wall, "7号")
    assert "7号" in addresses(register, example).values() or publish(register, example, plan)
