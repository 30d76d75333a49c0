from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.address_alias import (
    Alias,
    AliasAlreadyKnown,
    AliasBlank,
    AliasKind,
    AlreadySucceeded,
    NothingSucceeded,
    SplitNeedsSeveral,
    Succession,
    SuccessionCause,
    SuccessionCycle,
    SuccessorIsItself,
    SuccessorMissing,
    add_alias,
    resolve,
    resolve_alias,
    succeed,
    take_back,
)
from geo_app.domain.errors import DomainError

DAY = date(2026, 1, 1)
NAMES = st.sampled_from("abcdefgh")


def became(old, *new, cause=SuccessionCause.REPLACEMENT):
    return Succession(old, new, DAY, cause)


def test_a_split_resolves_to_its_successors_in_order():
    known = succeed({}, became("36", "36A", "36B", cause=SuccessionCause.SPLIT))
    assert resolve("36", known) == ("36A", "36B")
    assert resolve("7", known) == ("7",)


def test_chains_and_merges_end_at_the_present_addresses_each_once():
    known = {}
    for step in (became("1", "2", "3"), became("2", "4"), became("3", "4", cause=SuccessionCause.MERGE)):
        known = succeed(known, step)
    assert resolve("1", known) == ("4",)


def test_any_spelling_of_an_old_name_finds_today_s_addresses():
    known = succeed({}, became("36", "36A", "36B"))
    aliases = [Alias("36", AliasKind.OLD_NUMBER, "南街３６号"), Alias("36", AliasKind.NICKNAME, "老邮局")]
    assert resolve_alias("南街三十六号", aliases, known) == ("36A", "36B")
    assert resolve_alias("老 邮局", aliases, known) == ("36A", "36B")
    assert resolve_alias("新邮局", aliases, known) == ()


@given(st.lists(st.tuples(NAMES, st.lists(NAMES, min_size=1, max_size=3)), max_size=12))
def test_whatever_is_accepted_every_address_resolves_to_present_ones(steps):
    known = {}
    for old, new in steps:
        try:
            known = succeed(known, became(old, *new))
        except DomainError:
            continue
    for name in "abcdefgh":
        ends = resolve(name, known)
        assert ends
        assert not set(ends) & set(known)
        assert len(ends) == len(set(ends))


def test_a_cycle_is_refused_however_long():
    known = succeed(succeed({}, became("a", "b")), became("b", "c"))
    with pytest.raises(SuccessionCycle):
        succeed(known, became("c", "a"))


def test_an_address_does_not_succeed_itself():
    with pytest.raises(SuccessorIsItself):
        became("a", "b", "a")


def test_a_succession_needs_a_successor():
    with pytest.raises(SuccessorMissing):
        became("a")


def test_a_split_needs_two_different_successors():
    with pytest.raises(SplitNeedsSeveral):
        became("a", "b", "b", cause=SuccessionCause.SPLIT)


def test_an_address_is_succeeded_once():
    with pytest.raises(AlreadySucceeded):
        succeed(succeed({}, became("a", "b")), became("a", "c"))


def test_a_mistaken_succession_is_taken_back():
    known = take_back(succeed({}, became("a", "b")), "a")
    assert resolve("a", known) == ("a",)
    with pytest.raises(NothingSucceeded):
        take_back(known, "a")


def test_a_blank_alias_is_refused():
    with pytest.raises(AliasBlank):
        Alias("a", AliasKind.PLOT, " ")


def test_one_alias_is_kept_once_in_a_period():
    known = [Alias("a", AliasKind.LOT, "3-12", DAY, date(2027, 1, 1))]
    with pytest.raises(AliasAlreadyKnown):
        add_alias(known, Alias("a", AliasKind.LOT, "３-12", date(2026, 6, 1)))
    later = Alias("a", AliasKind.LOT, "3-12", date(2027, 1, 1))
    assert add_alias(known, later) == later


def test_two_addresses_may_share_an_alias():
    shared = Alias("b", AliasKind.NICKNAME, "老邮局")
    assert add_alias([Alias("a", AliasKind.NICKNAME, "老邮局")], shared) == shared


def test_an_alias_is_held_from_its_first_day_to_before_its_last():
    alias = Alias("a", AliasKind.NICKNAME, "老邮局", DAY, date(2026, 2, 1))
    assert [alias.held_on(day) for day in (date(2025, 12, 31), DAY, date(2026, 2, 1))] == [False, True, False]
    assert Alias("a", AliasKind.NICKNAME, "老邮局").held_on(DAY)
