import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.division import Division, parse_code
from geo_app.domain.division_changes import read_change
from geo_app.domain.division_register import changes_of
from geo_app.domain.division_report import Certainty, SuccessionKind
from geo_app.domain.division_succession import derive_succession


def listed(text):
    """Read a list written one division a line: code name."""
    return [Division(parse_code(code), name) for code, name in re.findall(r"(\d+) (\S+)", text)]


def outcome(report, name):
    (item,) = [item for item in report.items if any(d.name == name for d in item.predecessors)]
    return item.kind, item.certainty, [d.name for d in item.successors]


TOWN = "511111100 沙湾镇"
C, P = Certainty.CERTAIN, Certainty.TO_DECIDE


def test_a_village_under_a_longer_official_name_is_unchanged():
    report = derive_succession(
        listed(f"{TOWN} 511111100202 天车村委会"), listed(f"{TOWN} 511111100202 天车村村民委员会")
    )
    assert outcome(report, "天车村委会") == (SuccessionKind.UNCHANGED, C, ["天车村村民委员会"])


def test_a_township_made_a_town_is_recoded_and_its_villages_with_it():
    report = derive_succession(
        listed("511111201 轸溪乡 511111201202 双山村委会"), listed("511111108 轸溪镇 511111108202 双山村村民委员会")
    )
    assert outcome(report, "轸溪乡") == (SuccessionKind.RECODE, C, ["轸溪镇"])
    assert outcome(report, "双山村委会") == (SuccessionKind.RECODE, C, ["双山村村民委员会"])


VANISHED = "511111107 踏水镇 511111204 碧山乡 511111204202 铁寨村 511111204206 柏林村 511111204207 凉水村"
ABSORBED = "511111107 踏水镇 511111107209 铁寨村 511111107210 柏林村 511111107211 凉水村"


def test_three_villages_found_in_one_town_prove_where_their_township_went():
    report = derive_succession(listed(VANISHED), listed(ABSORBED))
    assert outcome(report, "碧山乡") == (SuccessionKind.MERGE, C, ["踏水镇"])
    assert outcome(report, "铁寨村") == (SuccessionKind.TRANSFER, C, ["铁寨村"])


def test_two_witnesses_are_not_enough_unless_a_record_says_so():
    old, new = listed(VANISHED)[:-1], listed(ABSORBED)[:-1]
    assert outcome(derive_succession(old, new), "碧山乡")[1] is P
    recorded = derive_succession(old, new, read_change("2019-12-13", "撤销碧山乡；划归踏水镇", "gazette"))
    assert outcome(recorded, "碧山乡") == (SuccessionKind.MERGE, C, ["踏水镇"])
    assert outcome(recorded, "柏林村") == (SuccessionKind.TRANSFER, C, ["柏林村"])


def test_a_township_recorded_as_abolished_ends_that_day_and_its_villages_leave_it_with_it():
    old = listed(f"511111201 轸溪乡 511111201202 双山村 {VANISHED.split(' ', 2)[2]}")
    new = listed("511111108 轸溪镇 511111108202 双山村 511111108203 铁寨村 511111108204 柏林村 511111108205 凉水村")
    report = derive_succession(old, new, read_change("2019-12-13", "撤销碧山乡、范店乡；范店乡划归沙湾镇", "g"))
    assert outcome(report, "碧山乡") == (SuccessionKind.MERGE, C, ["轸溪镇"])
    assert {item.day for item in report.items} == {"2019-12-13"}
    changes = changes_of(report.items, date(2018, 1, 1), date(2023, 1, 1))
    assert [(one.name, day) for one, day in changes.ends] == [("碧山乡", date(2019, 12, 13))]
    (joined,) = [one for one in changes.links if str(one.predecessor) == "511111204"]
    assert not any("轸溪" in str(reason.values.get("old")) for reason in joined.reasons)
    assert ("轸溪乡", "轸溪镇") in [(before.name, after.name) for before, after, _ in changes.goes_on]


def test_a_proposed_joiner_does_not_put_the_township_it_may_join_in_question():
    old, new = listed(VANISHED)[:-1], listed(ABSORBED)[:-1]
    report = derive_succession(old, new)
    assert outcome(report, "踏水镇") == (SuccessionKind.UNCHANGED, C, ["踏水镇"])
    assert outcome(report, "碧山乡") == (SuccessionKind.MERGE, P, [])
    changes = changes_of(report.items, date(2018, 1, 1), date(2023, 1, 1))
    assert "踏水镇" not in [one.name for one, _ in (*changes.ends, *changes.begins)]
    assert ("511111204", "511111107") in [(str(one.predecessor), str(one.successor)) for one in changes.links]


def test_a_recorded_merger_is_one_item_with_its_day():
    old = listed("511111101 嘉农镇 511111101209 齐安村 511111101210 加华村")
    new = listed("511111101 嘉农镇 511111101215 盐溪口村")
    report = derive_succession(old, new, read_change("2020-05-18", "齐安村、加华村合并为嘉农镇盐溪口村", "g"))
    (item,) = [item for item in report.items if len(item.predecessors) == 2]
    assert (item.kind, item.certainty, item.day) == (SuccessionKind.MERGE, C, "2020-05-18")


def test_a_village_that_gives_its_name_to_the_merged_one_is_part_of_the_merger():
    old = listed("511111103 福禄镇 511111103203 沙湾儿村 511111103204 罗家湾村")
    new = listed("511111103 福禄镇 511111103203 沙湾儿村")
    report = derive_succession(old, new, read_change("2020", "罗家湾村并入福禄镇沙湾儿村", "g"))
    assert outcome(report, "沙湾儿村") == outcome(report, "罗家湾村") == (SuccessionKind.MERGE, C, ["沙湾儿村"])


def test_a_code_kept_under_another_name_is_for_a_person():
    report = derive_succession(listed(f"{TOWN} 511111100208 白云村"), listed(f"{TOWN} 511111100208 九龙口村"))
    assert outcome(report, "白云村") == (SuccessionKind.RENAME, P, ["九龙口村"])


def test_a_name_that_differs_by_one_character_is_for_a_person():
    report = derive_succession(listed(f"{TOWN} 511111100204 三峨村"), listed(f"{TOWN} 511111100211 三峨山村"))
    assert outcome(report, "三峨村") == (SuccessionKind.RENAME, P, ["三峨山村"])


def test_a_village_made_a_community_is_for_a_person_unless_recorded():
    old = listed(f"{TOWN} 511111002 铜河街道 511111100208 农场村")
    new = listed(f"{TOWN} 511111002 铜河街道 511111002004 农场社区")
    assert outcome(derive_succession(old, new), "农场村")[1] is P
    recorded = derive_succession(old, new, read_change("2019", "设立铜河街道:沙湾镇农场村", "g"))
    assert outcome(recorded, "农场村") == (SuccessionKind.TRANSFER, C, ["农场社区"])


def test_a_village_made_a_community_in_place_is_recoded():
    report = derive_succession(listed(f"{TOWN} 511111100208 农场村"), listed(f"{TOWN} 511111100004 农场社区"))
    assert outcome(report, "农场村") == (SuccessionKind.RECODE, P, ["农场社区"])


def test_a_village_whose_name_two_new_ones_contain_was_perhaps_divided():
    old = listed(f"{TOWN} 511111100208 长江村")
    new = listed(f"{TOWN} 511111100209 上长江村 511111100210 长江坝头村")
    kind, certainty, successors = outcome(derive_succession(old, new), "长江村")
    assert (kind, certainty) in {(SuccessionKind.SPLIT, P), (SuccessionKind.RENAME, P)}
    assert "上长江村" in successors


def test_a_division_into_parts_that_do_not_look_alike_is_proposed_as_a_split():
    old = listed(f"{TOWN} 511111100208 长江村")
    new = listed(f"{TOWN} 511111100209 上游长江村 511111100210 长江坝头村")
    assert outcome(derive_succession(old, new), "长江村") == (SuccessionKind.SPLIT, P, ["上游长江村", "长江坝头村"])


def test_the_only_ones_left_in_a_township_are_proposed_to_belong_together():
    report = derive_succession(listed(f"{TOWN} 511111100208 红星村"), listed(f"{TOWN} 511111100209 龚嘴村"))
    assert outcome(report, "红星村") == (SuccessionKind.RENAME, P, ["龚嘴村"])


def test_what_vanished_without_trace_lists_the_candidates_unexplained_ones_first():
    old = listed(f"{TOWN} 511111100201 甲一村 511111100202 乙二村 511111100203 丙三村")
    new = listed(f"{TOWN} 511111100201 甲一村 511111100209 丁四村")
    report = derive_succession(old, new)
    (item,) = [item for item in report.items if item.predecessors and item.predecessors[0].name == "丙三村"]
    assert item.kind is SuccessionKind.ABOLISH
    assert [d.name for d in item.candidates] == ["丁四村", "甲一村"]


def test_a_recorded_move_of_some_groups_leaves_the_rest_for_a_person():
    old = listed("511111101 嘉农镇 511111102 太平镇 511111101206 魏坝村 511111102216 孙坝村")
    new = listed("511111101 嘉农镇 511111102 太平镇 511111101206 魏坝村")
    report = derive_succession(old, new, read_change("2020", "孙坝3-5组并入嘉农镇魏坝村", "g"))
    assert outcome(report, "孙坝村") == (SuccessionKind.SPLIT, P, [])
    (part,) = report.part_moves
    assert (part.predecessor.name, part.place.groups, part.target.name) == ("孙坝村", "3-5组", "魏坝村")


def test_a_village_recorded_as_moved_but_named_nowhere_points_to_the_recorded_town():
    old = listed("511111203 铜茨乡 511111104 牛石镇 511111203206 营业村 511111104201 甲村")
    new = listed("511111104 牛石镇 511111104201 甲村")
    report = derive_succession(old, new, read_change("2019-12-13", "原铜茨乡营业村划归牛石镇", "g"))
    (item,) = [item for item in report.items if item.predecessors and item.predecessors[0].name == "营业村"]
    assert item.day == "2019-12-13"
    assert [d.name for d in item.candidates] == ["甲村"]


def test_a_new_township_with_a_record_is_certain_and_without_one_for_a_person():
    new = listed("511111002 铜河街道")
    assert derive_succession([], new).items[0].certainty is P
    founded = derive_succession([], new, read_change("2019", "设立铜河街道:沙湾镇农场村", "g"))
    assert founded.items[0].certainty is C


NAMES = st.sampled_from(["甲一村", "乙二村", "丙三村", "丁四社区", "甲一社区", "甲一山村", "戊五村"])
VILLAGES = st.lists(st.tuples(st.integers(100, 103), st.integers(1, 399), NAMES), max_size=14)
LISTS = VILLAGES.map(
    lambda rows: list(
        {
            code: Division(parse_code(code), name)
            for town, village, name in rows
            for code, name in ((f"511111{town}", f"镇{town}镇"), (f"511111{town}{village:03}", name))
        }.values()
    )
)


@given(LISTS, LISTS)
def test_every_division_of_both_lists_is_accounted_for_exactly_once(old, new):
    report = derive_succession(old, new)
    assert sorted(d.code for item in report.items for d in item.predecessors) == sorted(d.code for d in old)
    assert sorted(d.code for item in report.items for d in item.successors) == sorted(d.code for d in new)
    assert len(report.certain) + len(report.to_decide) == len(report.items) == sum(report.counts().values())


@given(LISTS)
def test_a_list_compared_with_itself_has_nothing_certain_but_unchanged(divisions):
    report = derive_succession(divisions, divisions)
    assert {item.kind for item in report.certain} <= {SuccessionKind.UNCHANGED}


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_the_rows_does_not_matter(order):
    old, new = listed(VANISHED), listed(ABSORBED)
    report = derive_succession(old[::order], new[::order])
    assert {(i.kind, i.predecessors and i.predecessors[-1].code) for i in report.items if i.kind != "merge"} == {
        (SuccessionKind.TRANSFER, parse_code(code)) for code in ("511111204202", "511111204206", "511111204207")
    }
