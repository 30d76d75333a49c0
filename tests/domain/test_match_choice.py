from dataclasses import replace

import pytest

from geo_app.domain.access import Actor, ReasonNotStated
from geo_app.domain.address_alias import AliasKind
from geo_app.domain.match_choice import (
    Choice,
    ChoiceNeedsAnother,
    ChoiceNotAgreed,
    ChoiceNotOpen,
    ChoiceState,
    ChoiceVersionStale,
    agree,
    decline,
    likely_kind,
    take_back,
)

CHOOSER, OTHER = Actor(1, "甲", reason="走访核实"), Actor(2, "乙", reason="复核无误")
OPEN = Choice(5, 7, "老电影院", "511111000000017", AliasKind.NICKNAME, ChoiceState.PROPOSED, CHOOSER.account_id, 3)
AGREED = replace(OPEN, state=ChoiceState.AGREED, alias_id=9)


def test_a_second_person_agrees():
    assert agree(OPEN, OTHER, 3).state is ChoiceState.AGREED


def test_nobody_agrees_with_themselves():
    with pytest.raises(ChoiceNeedsAnother):
        agree(OPEN, CHOOSER, 3)


def test_whoever_chose_may_withdraw_it_and_anybody_else_decline_it():
    assert decline(OPEN, CHOOSER, 3).state is ChoiceState.DECLINED
    assert decline(OPEN, OTHER, 3).state is ChoiceState.DECLINED


def test_an_agreed_choice_is_taken_back_with_its_alias():
    ended = take_back(AGREED, CHOOSER, 3)
    assert (ended.state, ended.alias_id) == (ChoiceState.ENDED, None)


@pytest.mark.parametrize("step", [agree, decline])
def test_only_what_waits_is_decided(step):
    with pytest.raises(ChoiceNotOpen):
        step(AGREED, OTHER, 3)


def test_only_what_is_remembered_is_taken_back():
    with pytest.raises(ChoiceNotAgreed):
        take_back(OPEN, OTHER, 3)


@pytest.mark.parametrize(("step", "choice"), [(agree, OPEN), (decline, OPEN), (take_back, AGREED)])
def test_each_step_needs_a_reason_and_the_version_that_was_seen(step, choice):
    with pytest.raises(ChoiceVersionStale):
        step(choice, OTHER, 2)
    with pytest.raises(ReasonNotStated):
        step(choice, replace(OTHER, reason=" "), 3)


def test_a_text_without_a_number_is_most_likely_a_nickname():
    assert likely_kind("老电影院") is AliasKind.NICKNAME
    assert likely_kind("铜合路１号") is AliasKind.MISSPELT
