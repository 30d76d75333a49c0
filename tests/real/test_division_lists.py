"""The real lists of 2018 and 2023: every division accounted for once, every certain item verifiable from the lists."""

from collections import Counter

import pytest

from geo_app.domain.demo import generate
from geo_app.domain.division import Level
from geo_app.domain.division_containment import check_codes
from geo_app.domain.division_names import village_key
from geo_app.domain.division_report import SuccessionKind
from geo_app.domain.division_succession import derive_succession
from geo_app.exchange.demo_files import inputs_for
from geo_app.exchange.division_files import read_changes, read_division_list, read_outlines

pytestmark = [pytest.mark.real, pytest.mark.usefixtures("real_data")]


@pytest.fixture(scope="module")
def lists(real_data):
    def of(name):
        read = [read_division_list(real_data / "admin" / f"{name}_villages_nbs{year}.csv") for year in (2018, 2023)]
        assert not any(each.problems for each in read)
        return [each.divisions for each in read]

    return {name: of(name) for name in ("511111", "leshan_5111")}


@pytest.fixture(scope="module")
def changes(real_data):
    read, problems = read_changes(real_data / "shawan" / "shawan_changes_facts.csv")
    assert problems == ()
    return [change for change in read if change.between("2018", "2023")]


@pytest.fixture(scope="module")
def reports(lists, changes):
    return {name: derive_succession(*pair, changes) for name, pair in lists.items()}


def lower(divisions):
    return sorted(d.code for d in divisions if d.level >= Level.TOWNSHIP)


@pytest.mark.parametrize("name", ["511111", "leshan_5111"])
def test_every_division_of_both_lists_is_accounted_for_exactly_once(lists, reports, name):
    old, new = lists[name]
    assert sorted(d.code for item in reports[name].items for d in item.predecessors) == lower(old)
    assert sorted(d.code for item in reports[name].items for d in item.successors) == lower(new)


@pytest.mark.parametrize("name", ["511111", "leshan_5111"])
def test_every_certain_village_item_keeps_its_name_or_has_a_record(reports, name):
    for item in reports[name].certain:
        villages = [d for d in item.predecessors if d.level is Level.VILLAGE]
        if villages and not item.day:
            assert [village_key(d.name) for d in villages] == [village_key(d.name) for d in item.successors]


@pytest.mark.parametrize("name", ["511111", "leshan_5111"])
def test_nothing_certain_leaves_its_county_and_every_item_has_a_reason(reports, name):
    for item in reports[name].items:
        assert item.reasons
        if item in reports[name].certain:
            assert len({d.code.at(Level.COUNTY) for d in (*item.predecessors, *item.successors)}) == 1


def test_the_mergers_of_shawan_come_out_as_the_gazette_has_them(reports):
    merged = {
        tuple(sorted(d.name for d in item.predecessors)): item
        for item in reports["511111"].certain
        if item.kind is SuccessionKind.MERGE
    }
    assert merged["加华村委会", "双槐村委会", "齐安村委会"].day == "2020-05-18"
    assert merged["沙湾儿村委会", "罗家湾村委会"].day == "2020"
    assert merged["碧山乡", "踏水镇"].day == merged["轸溪乡", "龚嘴镇"].day == "2019-12-13"
    moved = {item.predecessors[0].name for item in reports["511111"].certain if item.kind is SuccessionKind.TRANSFER}
    assert {"安池村委会", "新都村委会", "农场村委会", "范店社区居委会"} <= moved


def test_the_share_a_person_must_decide_is_what_vanished_from_the_list(reports):
    kinds = Counter(item.kind for item in reports["511111"].to_decide)
    assert kinds[SuccessionKind.ABOLISH] > sum(kinds.values()) / 2


@pytest.mark.parametrize("name", ["china_divisions_mca_20251231.csv.gz", "china_towns_nbs2023.csv.gz"])
def test_national_lists_are_read_but_for_rows_that_are_no_division(real_data, name):
    read = read_division_list(real_data / "admin" / name)
    assert len(read.divisions) > 41_000
    # 金门县 stands among the townships as 350527000.
    assert {problem.value for problem in read.problems} <= {"350527000"}


def test_the_list_of_leshan_nests(lists):
    assert check_codes(lists["leshan_5111"][1]) == ()


@pytest.mark.parametrize("code", ["511181", "511133"])
def test_another_county_with_its_outline_becomes_a_demo(real_data, lists, code):
    outline_file = real_data / "boundaries" / "leshan_counties_tianditu.geojson"
    assert any(str(outline.code) == code for outline in read_outlines(outline_file).outlines)
    inputs = inputs_for(code, lists["leshan_5111"][1], outline_file)
    made = generate(inputs, addresses=2000, seed=3)
    assert len(made.entrances) == 2000
    assert not made.outline.derived
    assert len([o for o in made.outlines if o.code.level is Level.VILLAGE]) == len(inputs.villages)
