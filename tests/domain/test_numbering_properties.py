"""What must hold for every town: checked on random streets, doors, walls and rules."""

from collections import defaultdict
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_app.domain.numbering import number_streets
from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.numbering_order import in_order
from geo_app.domain.numbering_rule import EXISTING, METHODS, SUB_NUMBERS, NumberingRule
from geo_app.domain.numbering_wall import read_wall
from geo_app.domain.street import build_streets
from geo_app.domain.street_piece import StreetPieces
from tests.support.street_sketch import at, pieces

CORNERS = st.tuples(st.integers(0, 6), st.integers(0, 4))
LINES = st.lists(st.lists(CORNERS, min_size=2, max_size=5, unique=True), min_size=1, max_size=5)
WALLS = st.one_of(
    *[st.just("")] * 3,
    st.integers(0, 40).map(str),
    st.sampled_from(["12A", "12附3", "7-11", "8-2", "附3", "10000", "5 bis"]),
)
DOORS = st.lists(
    st.tuples(st.integers(-20, 80), st.integers(-20, 60), WALLS, st.sampled_from(["", "甲路", "乙路", "丙路"])),
    max_size=25,
)
RULES = st.builds(
    NumberingRule,
    method=st.sampled_from(METHODS),
    start=st.sampled_from([("first",), ("last",), ("east", "south"), ("junction",)]),
    odd_side=st.sampled_from([("left",), ("right",), ("north", "west")]),
    step=st.sampled_from([2.0, 5.0]),
    sub_number=st.sampled_from(SUB_NUMBERS),
    existing=st.sampled_from(EXISTING),
)


def town(lines, spots) -> tuple[StreetPieces, Entrances]:
    names = ["甲路" if i % 3 else "乙路" for i in range(len(lines))]
    street_pieces = pieces(*[[at(*corner) for corner in line] for line in lines], names=names)
    lon, lat = np.array([at(x / 10, y / 10) for x, y, _, _ in spots], dtype=float).reshape(-1, 2).T
    walls, named = [wall for _, _, wall, _ in spots], [name for *_, name in spots]
    return street_pieces, Entrances([f"d{i}" for i in range(len(spots))], lon, lat, named, walls)


def shuffled(street_pieces: StreetPieces, doors: Entrances, random) -> tuple[StreetPieces, Entrances]:
    lines, rows = list(range(len(street_pieces.ids))), list(range(len(doors)))
    random.shuffle(lines)
    random.shuffle(rows)
    again = StreetPieces(*([column[i] for i in lines] for column in _piece_columns(street_pieces)))
    mixed = StreetPieces(again.ids, again.names, street_pieces.lines[lines], again.overrides)
    return mixed, Entrances(
        [doors.ids[i] for i in rows],
        doors.lon[rows],
        doors.lat[rows],
        [doors.street_names[i] for i in rows],
        [doors.walls[i] for i in rows],
    )


def _piece_columns(street_pieces):
    return street_pieces.ids, street_pieces.names, street_pieces.lines, street_pieces.overrides


def summary(plan) -> dict[str, tuple]:
    return {door.entrance_id: (door.street_id, door.side, door.metres, door.text, str(door.reason)) for door in plan}


@given(LINES, DOORS, RULES, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_the_rows_never_matters(lines, spots, rule, random):
    street_pieces, doors = town(lines, spots)
    plan = number_streets(build_streets(street_pieces), doors, rule)
    other_pieces, other_doors = shuffled(street_pieces, doors, random)
    again = number_streets(build_streets(other_pieces), other_doors, rule)
    assert summary(plan) == summary(again)
    found = {(f.entrance_id, f.kind, f.street_name) for f in plan.findings()}
    assert found == {(f.entrance_id, f.kind, f.street_name) for f in again.findings()}


@given(LINES, DOORS, RULES)
@settings(max_examples=200, deadline=None)
def test_kept_numbers_never_change_and_every_unnumbered_door_is_found(lines, spots, rule):
    street_pieces, doors = town(lines, spots)
    plan = number_streets(build_streets(street_pieces), doors, rule)
    told = {finding.entrance_id for finding in plan.findings() if finding.severity == "error"}
    for row, door in enumerate(plan):
        assert door.kept == bool(doors.walls[row])
        if door.kept:
            assert door.text == doors.walls[row]
            assert door.number == read_wall(doors.walls[row]).number
        else:
            assert (door.number is not None) == bool(door.text)
            assert door.number is not None or door.entrance_id in told


@given(LINES, DOORS, RULES)
@settings(max_examples=300, deadline=None)
def test_new_numbers_are_unique_in_a_group_of_their_parity_and_never_fall(lines, spots, rule):
    street_pieces, doors = town(lines, spots)
    plan = number_streets(build_streets(street_pieces), doors, rule)
    given_numbers: dict[int, set] = defaultdict(set)
    for row in plan.sides.order.tolist():
        number, sub_number = plan.number_at(row)
        if plan.kept.kept[row] or number is None:
            continue
        assert number % 2 == plan.sides.odd[row]
        assert 1 <= number <= 9999
        group = given_numbers[int(plan.sides.group[row])]
        assert (number, sub_number) not in group
        group.add((number, sub_number))
        on_walls = [
            read_wall(w) for w, g in zip(doors.walls, plan.sides.group, strict=True) if w and g == plan.sides.group[row]
        ]
        taken = {n for wall in on_walls if wall.number is not None for n in range(wall.number, wall.last + 1, 2)}
        assert sub_number or number not in taken
        assert (number, sub_number) not in {(wall.number, wall.sub_number) for wall in on_walls}
    for side in sides(plan):
        new = [plan.number_at(row) for row in side if not plan.kept.kept[row] and plan.number_at(row)[0]]
        keys = [(number, int(sub_number or 0)) for number, sub_number in new]
        assert all(before < after for before, after in pairwise(keys))


@given(LINES, DOORS, RULES)
@settings(max_examples=300, deadline=None)
def test_new_numbers_lie_strictly_between_their_kept_neighbours_in_order(lines, spots, rule):
    street_pieces, doors = town(lines, spots)
    plan = number_streets(build_streets(street_pieces), doors, rule)
    for side in sides(plan):
        # Kept doors at one place may stand in any order: only sides without such places are judged here.
        spots_of_kept = [plan.sides.centimetres[row] for row in side if plan.kept.kept[row]]
        if len(set(spots_of_kept)) < len(spots_of_kept):
            continue
        right = [row for row in side if plan.kept.number[row] >= 0 and plan.kept.number[row] % 2 == plan.sides.odd[row]]
        chain = [right[i] for i in in_order([int(plan.kept.number[row]) for row in right])]
        for place, row in enumerate(side):
            number = plan.number_at(row)[0]
            if plan.kept.kept[row] or number is None:
                continue
            before = [plan.kept.last[r] for r in side[:place] if r in chain]
            after = [plan.kept.number[r] for r in side[place:] if r in chain]
            sub = bool(plan.number_at(row)[1])
            assert not before or number > before[-1] or (sub and number == before[-1])
            assert not after or number < after[0] or (sub and before and before[-1] >= after[0])


@given(LINES, DOORS, RULES, st.tuples(st.integers(-20, 80), st.integers(-20, 60)))
@settings(max_examples=100, deadline=None)
def test_a_door_added_to_a_numbered_street_changes_no_other(lines, spots, rule, added):
    street_pieces, doors = town(lines, spots)
    numbered = [door.text for door in number_streets(build_streets(street_pieces), doors, rule)]
    lon, lat = at(added[0] / 10, added[1] / 10)
    more = Entrances(
        [*doors.ids, "new"],
        np.append(doors.lon, lon),
        np.append(doors.lat, lat),
        [*doors.street_names, ""],
        [*numbered, ""],
    )
    plan = number_streets(build_streets(street_pieces), more, rule)
    assert [door.text for door in plan][:-1] == [
        text or door.text for text, door in zip([*numbered], plan, strict=False)
    ]
    new = plan.planned(len(numbered))
    same_group = [
        plan.number_at(row)
        for row in range(len(numbered))
        if plan.sides.group[row] == plan.sides.group[-1] and new.number
    ]
    assert (new.number, new.sub_number) not in same_group


@given(LINES, DOORS, RULES)
@settings(max_examples=100, deadline=None)
def test_a_plan_read_back_from_its_plates_is_the_same_plan(lines, spots, rule):
    street_pieces, doors = town(lines, [(x, y, "", name) for x, y, _, name in spots])
    plan = number_streets(build_streets(street_pieces), doors, rule)
    back = Entrances(doors.ids, doors.lon, doors.lat, doors.street_names, [door.text for door in plan])
    again = number_streets(build_streets(street_pieces), back, rule)
    assert [(d.number, d.sub_number) for d in plan] == [(d.number, d.sub_number) for d in again]
    assert not {"kept_out_of_order", "duplicate", "bad_number"} & {f.kind.value for f in again.findings()}


def sides(plan) -> list[list[int]]:
    found: dict[tuple, list[int]] = defaultdict(list)
    for row in plan.sides.order.tolist():
        found[int(plan.sides.street[row]), bool(plan.sides.odd[row])].append(row)
    return list(found.values())
