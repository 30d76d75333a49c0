"""What is unusual about doors: reading it, and what must hold for every street with such doors."""

from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_app.domain.numbering import number_streets
from geo_app.domain.numbering_action import with_plan_kept
from geo_app.domain.numbering_circumstance import (
    Circumstance,
    CircumstanceNotKnown,
    DoorKind,
    DoorState,
    FrontNotMetres,
    read_front,
    read_kind,
    read_state,
)
from geo_app.domain.numbering_rule import METHODS, NumberingRule
from geo_app.domain.numbering_wall import read_wall
from tests.support.street_sketch import AS_DRAWN, at, entrances, kinds, streets

STREET = streets([at(0, 0), at(30, 0), at(30, 20)])
CIRCUMSTANCES = st.builds(
    Circumstance,
    kind=st.sampled_from(DoorKind),
    state=st.sampled_from([*[DoorState.PERMANENT] * 3, *DoorState]),
    front_metres=st.sampled_from([0.0, 6.0, 40.0]),
    of=st.sampled_from(["", "", "d0", "d1", "d2", "nowhere"]),
    note=st.sampled_from(["", "民政2018-21号"]),
)
SPOTS = st.lists(
    st.tuples(
        st.integers(0, 290),
        st.sampled_from([-8, 8, 15]),
        st.sampled_from(["", "", "", "5", "12", "7附1"]),
        st.one_of(st.none(), CIRCUMSTANCES),
    ),
    max_size=18,
)
RULES = st.builds(
    NumberingRule,
    method=st.sampled_from(METHODS),
    start=st.just(("first",)),
    reserve_metres=st.sampled_from([0.0, 4.0]),
    one_sided=st.booleans(),
    corner=st.sampled_from(["main_door", "sub_number"]),
    temporary=st.sampled_from(["none", "numbered"]),
)


def unusual(spots):
    doors = entrances(*((x / 10, y / 10) for x, y, _, _ in spots), walls=[wall for _, _, wall, _ in spots])
    return replace(doors, circumstances={row: one for row, (*_, one) in enumerate(spots) if one and not one.usual})


@given(SPOTS, RULES)
@settings(max_examples=200, deadline=None)
def test_new_numbers_of_unusual_doors_are_never_doubled_and_kept_ones_never_change(spots, rule):
    doors = unusual(spots)
    plan = number_streets(STREET, doors, rule)
    given_numbers: dict[tuple, list[int]] = defaultdict(list)
    retired = {read_wall(text).number for text in plan.standing.retired.values()}
    for row, door in enumerate(plan):
        one = doors.circumstances.get(row, Circumstance())
        if doors.walls[row] and one.state is not DoorState.DEMOLISHED:
            assert (door.text, door.kept) == (doors.walls[row], True)
        elif door.number is not None and not plan.standing.has_old_number(row):
            given_numbers[door.number, door.sub_number].append(row)
            assert door.sub_number or door.number not in retired
    assert all(len(rows) == 1 for rows in given_numbers.values())


@given(SPOTS, RULES)
@settings(max_examples=200, deadline=None)
def test_every_door_without_a_number_is_told_and_has_a_reason(spots, rule):
    plan = number_streets(STREET, unusual(spots), rule)
    told = {finding.entrance_id for finding in plan.findings()}
    assert all(finding.message and str(finding.message) for finding in plan.findings())
    for door in plan:
        assert str(door.reason)
        assert door.number is not None or door.entrance_id in told


@given(SPOTS, RULES, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_unusual_doors_in_the_file_never_matters(spots, rule, random):
    doors = unusual(spots)
    rows = list(range(len(doors)))
    random.shuffle(rows)
    mixed = replace(
        doors,
        ids=[doors.ids[row] for row in rows],
        lon=doors.lon[rows],
        lat=doors.lat[rows],
        walls=[doors.walls[row] for row in rows],
        circumstances={to: doors.circumstances[row] for to, row in enumerate(rows) if row in doors.circumstances},
    )
    one, other = (number_streets(STREET, each, rule) for each in (doors, mixed))
    assert {d.entrance_id: (d.text, str(d.reason)) for d in one} == {
        d.entrance_id: (d.text, str(d.reason)) for d in other
    }


@given(SPOTS, RULES)
@settings(max_examples=100, deadline=None)
def test_a_plan_with_unusual_doors_that_is_kept_stays(spots, rule):
    plan = number_streets(STREET, unusual(spots), rule)
    again = number_streets(STREET, with_plan_kept(plan), rule)
    assert [door.text for door in again] == [door.text for door in plan]


def test_a_table_may_say_what_is_unusual_in_chinese_or_english():
    assert [read_kind(text) for text in ("", "stair", " 凹进门面 ", "围墙")] == [
        DoorKind.DOOR,
        DoorKind.STAIR,
        DoorKind.RECESSED,
        DoorKind.LAND,
    ]
    assert [read_state(text) for text in ("", "违建", "Demolished")] == ["permanent", "illegal", "demolished"]
    assert [read_front(text) for text in ("", "40", "6.5")] == [0, 40, 6.5]


@pytest.mark.parametrize(
    ("read", "text", "refusal"),
    [
        (read_kind, "moon", CircumstanceNotKnown),
        (read_state, "MD", CircumstanceNotKnown),
        *((read_front, text, FrontNotMetres) for text in ("wide", "-1", "nan", "1e9")),
    ],
)
def test_what_cannot_be_read_is_refused(read, text, refusal):
    with pytest.raises(refusal):
        read(text)


def test_doors_that_belong_to_each_other_in_a_circle_are_numbered_by_themselves():
    doors = entrances((1, 1), (3, 1), (5, 1))
    circle = {0: Circumstance(of="d1"), 1: Circumstance(of="d0"), 2: Circumstance(of="nowhere")}
    plan = number_streets(STREET, replace(doors, circumstances=circle), AS_DRAWN)
    assert [door.number for door in plan] == [1, 3, 5]
    assert kinds(plan) == [("d2", "unknown_entrance")]


def test_a_door_whose_owner_has_no_number_gets_none_and_is_told():
    doors = entrances((1, 1), (3, 1))
    lot = {0: Circumstance(kind=DoorKind.LAND), 1: Circumstance(of="d0")}
    plan = number_streets(STREET, replace(doors, circumstances=lot), AS_DRAWN)
    assert [door.number for door in plan] == [None, None]
    assert "Entrance d0" in str(plan.planned(1).reason)


def test_a_front_takes_another_number_that_it_covers_before_one_outside_it():
    doors = entrances((3, 1), (3.05, 1), (9, 1), walls=["31", "", "41"])
    wide = replace(doors, circumstances={1: Circumstance(front_metres=8.0)})
    plan = number_streets(STREET, wide, AS_DRAWN.with_overrides(method="quantified"))
    assert plan.planned(1).number == 33
    assert "its front also covers 33" in str(plan.planned(1).reason)
    assert ("d1", "displaced") not in kinds(plan)


def test_without_circumstances_a_note_alone_changes_nothing():
    assert Circumstance(note="x").usual
    assert np.array_equal(number_streets(STREET, entrances((1, 1)), AS_DRAWN).standing.retired, {})
