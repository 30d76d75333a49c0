import json

import pytest

from geo_app.domain.numbering_rule import (
    CentreNeeded,
    NumberingRule,
    RuleFieldUnknown,
    RuleValueNotAllowed,
    SkipNeedsReason,
)
from geo_app.domain.position import Position
from tests.support.street_sketch import doors, plan


def test_a_rule_survives_json():
    rule = NumberingRule(
        method="quantified",
        step=2.5,
        start=("west", "south"),
        odd_side=("north", "west"),
        skip=frozenset({4, 14}),
        skip_reason="local custom",
        centre=Position(103.5, 29.4),
    )
    assert NumberingRule.from_mapping(json.loads(json.dumps(rule.to_mapping()))) == rule


def test_fields_may_come_as_text_of_a_form():
    rule = NumberingRule().with_overrides(
        start="East, South", odd_side="right", step="10", one_sided="yes", centre="103.5, 29.4", reserve_lane="1"
    )
    assert (rule.start, rule.odd_side, rule.step, rule.one_sided) == (("east", "south"), ("right",), 10.0, True)
    assert (rule.centre, rule.reserve_lane) == (Position(103.5, 29.4), 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("method", "zigzag"),
        ("start", "up"),
        ("start", "east,south,west"),
        ("start", 7),
        ("odd_side", "both"),
        ("step", "0"),
        ("step", "nan"),
        ("step", "two"),
        ("reserve_lane", "1.5"),
        ("one_sided", "perhaps"),
        ("centre", "103.5"),
        ("centre", "200, 95"),
        ("centre", 5),
        ("skip", "four"),
    ],
)
def test_a_value_that_a_field_cannot_hold_is_refused(field, value):
    with pytest.raises(RuleValueNotAllowed, match=field):
        NumberingRule().with_overrides(**{field: value})


def test_a_field_that_no_rule_has_is_refused():
    with pytest.raises(RuleFieldUnknown, match="colour"):
        NumberingRule().with_overrides(colour="red")


def test_skipping_numbers_needs_a_reason_on_record():
    with pytest.raises(SkipNeedsReason):
        NumberingRule(skip=frozenset({4}))
    assert NumberingRule(skip=frozenset({4}), skip_reason="asked for by the village").skip == {4}


def test_numbering_outward_from_a_centre_needs_the_centre():
    with pytest.raises(CentreNeeded):
        plan(doors(" a ", ">>>"), NumberingRule(start=("centre",)))


@pytest.mark.parametrize(
    ("mark", "plain", "sub"), [("附", "12号", "12号附3号"), ("之", "12号", "12号之3"), ("-", "12", "12-3")]
)
def test_the_plate_reads_as_the_rule_says(mark, plain, sub):
    rule = NumberingRule(sub_number=mark)
    assert (rule.text_of(12), rule.text_of(12, 3)) == (plain, sub)


def test_one_number_alone_may_be_skipped():
    assert NumberingRule().with_overrides(skip=4, skip_reason="asked for").skip == {4}


def test_base_interval_is_twenty_metres_whatever_the_step():
    assert NumberingRule(method="base_interval", step=2).interval == 20.0
