"""The presets against the rules as their sources word them (standards.md §1, peers.md §1.4)."""

import pytest

from geo_app.domain.errors import UnreadableInput
from geo_app.domain.numbering_rule import RuleFieldUnknown, RuleValueNotAllowed, SkipNeedsReason
from geo_app.exchange.numbering_rules import load_rule, rule_names
from tests.support.street_sketch import doors, numbers

EAST_WEST = doors(" a    b ", ">>>>>>>>", " c    d ")
"""A street that runs east and west: a and b on its north side, a and c in the west."""


def along(name: str, *rows: str) -> dict[str, str]:
    return numbers(doors(*rows), load_rule(name))


def test_all_presets_of_the_design_are_there_and_name_their_source():
    assert rule_names() == [
        *("sichuan", "beijing-2012", "europe", "hainan-2013", "korea-20m", "metre", "quantified-2m"),
    ]
    assert all(len(load_rule(name).source) > 50 for name in rule_names())


@pytest.mark.parametrize(
    ("name", "quoted", "start", "odd_side"),
    [
        ("sichuan", "E→W, S→N, left odd, right even (左单右双)", ("east", "south"), ("left",)),
        (
            "quantified-2m",
            "every 2 m of street gives one number per side, 1,3,5… and 2,4,6…",
            ("east", "south"),
            ("left",),
        ),
        ("metre", "number = rounded distance from the start (人民大街 6906 = 6906 m)", ("east", "south"), ("left",)),
        ("beijing-2012", "E→W, N→S; N side odd, S even; W side odd, E even (右单左双)", ("east", "north"), ("right",)),
        ("hainan-2013", "E→W, N→S, left odd, right even", ("east", "north"), ("left",)),
        (
            "korea-20m",
            "base interval 20 m, odd left, even right, west→east and south→north",
            ("west", "south"),
            ("left",),
        ),
        ("europe", "sequential, odd left, sub-number with a hyphen (12-3)", ("first",), ("left",)),
    ],
)
def test_direction_and_odd_side_are_those_of_the_quoted_source(name, quoted, start, odd_side):
    rule = load_rule(name)
    assert quoted in " ".join(rule.source.split())
    assert (rule.start, rule.odd_side) == (start, odd_side)


def test_sichuan_runs_from_the_east_with_odd_on_the_left():
    assert numbers(EAST_WEST, load_rule("sichuan")) == {"b": "2", "a": "4", "d": "1", "c": "3"}


def test_beijing_has_odd_numbers_on_the_north_side():
    assert numbers(EAST_WEST, load_rule("beijing-2012")) == {"b": "1", "a": "3", "d": "2", "c": "4"}


def test_the_default_reserves_a_number_for_a_lane_and_one_for_every_four_metres():
    rule = load_rule("sichuan")
    assert (rule.method, rule.reserve_lane, rule.reserve_metres, rule.sub_number) == ("sequential", 1, 4, "附")


def test_distance_presets_follow_their_formulas():
    # 人民大街 6906 = 6906 m; two metres a number; a base number every twenty metres.
    street = ("   a      b", ">>>>>>>>>>>", "   c      d")
    assert numbers(doors(*street), load_rule("metre"), start="first") == {"a": "31", "b": "101", "c": "30", "d": "100"}
    assert numbers(doors(*street), load_rule("quantified-2m"), start="first")["b"] == "101"
    assert along("korea-20m", *street) == {"a": "3", "b": "11", "c": "4", "d": "12"}


def test_europe_writes_sub_numbers_with_a_hyphen():
    assert numbers(doors("abc", ">>>", walls={"a": "11", "c": "13"}), load_rule("europe"))["b"] == "11-1"


def test_a_rule_of_ones_own_is_read_from_a_file(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(
        "method: quantified\nstep: 3\nstart: [west, north]\nskip: [4]\nskip_reason: 村民要求\n", encoding="utf-8"
    )
    rule = load_rule(str(own))
    assert (rule.step, rule.start, rule.skip) == (3.0, ("west", "north"), {4})


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("step: [", UnreadableInput),
        ("- one\n- two", UnreadableInput),
        ("colour: red", RuleFieldUnknown),
        ("method: zigzag", RuleValueNotAllowed),
        ("skip: [4]", SkipNeedsReason),
    ],
)
def test_a_file_that_is_no_rule_is_refused(tmp_path, text, refusal):
    own = tmp_path / "own.yaml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(refusal):
        load_rule(str(own))


def test_a_rule_that_is_nowhere_is_refused_with_the_names_there_are():
    with pytest.raises(UnreadableInput, match="sichuan"):
        load_rule("nowhere")
