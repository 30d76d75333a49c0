from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.access import Grant
from geo_app.domain.access_roles import POWERS, Role
from geo_app.domain.access_session import (
    AccountDisabled,
    AccountWithoutRole,
    SecondFactorNeeded,
    SecondFactorNotSetUp,
    SecondFactorPolicy,
    SecondFactorReplayed,
    Session,
    SessionEnded,
    SessionIdle,
    SessionLimits,
    SessionTooOld,
    end_session,
    require_alive,
    require_open_account,
    require_second_factor,
    second_factor_needed,
    touch,
    use_code,
)
from geo_app.domain.errors import DomainError

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
TODAY = date(2026, 3, 1)
LIMITS = SessionLimits()
FRESH = Session(NOW, NOW)


def after(minutes):
    return NOW + timedelta(minutes=minutes)


def test_a_session_lives_while_it_is_used():
    session = FRESH
    for minute in range(14, 8 * 60, 14):
        session = touch(session, after(minute), LIMITS)
    assert session.seen_at == after(476)


def test_an_idle_session_ends_after_fifteen_minutes():
    require_alive(FRESH, after(14.9), LIMITS)
    with pytest.raises(SessionIdle, match="15 minutes"):
        require_alive(FRESH, after(15), LIMITS)


def test_a_busy_session_ends_after_eight_hours():
    with pytest.raises(SessionTooOld, match="8 hours"):
        require_alive(Session(NOW, after(479)), after(480), LIMITS)


def test_a_session_that_was_ended_stays_ended():
    ended = end_session(FRESH, after(1))
    assert end_session(ended, after(2)).ended_at == after(1)
    with pytest.raises(SessionEnded):
        touch(ended, after(1), LIMITS)


def test_a_late_request_does_not_turn_the_time_back():
    assert touch(Session(NOW, after(5)), after(3), LIMITS).seen_at == after(5)


@given(st.lists(st.integers(0, 40), max_size=40))
def test_no_session_outlives_its_limits(pauses):
    session, now = FRESH, NOW
    for pause in pauses:
        now += timedelta(minutes=pause)
        try:
            session = touch(session, now, LIMITS)
        except DomainError:
            return
        assert pause < 15
        assert now - NOW < LIMITS.absolute


def test_roles_in_force_decide_whether_a_second_factor_is_needed():
    policy = SecondFactorPolicy()
    assert second_factor_needed([Grant(Role.AUDITOR, "511111", TODAY)], TODAY, policy)
    assert not second_factor_needed([Grant(Role.PLANNER, "511111", TODAY)], TODAY, policy)
    assert not second_factor_needed([Grant(Role.AUDITOR, "511111", date(2026, 4, 1))], TODAY, policy)
    assert second_factor_needed(
        [Grant(Role.POLICE, "511111", TODAY)], TODAY, SecondFactorPolicy(POWERS | {Role.POLICE})
    )


def test_who_needs_a_second_factor_sets_it_up_first():
    with pytest.raises(SecondFactorNotSetUp):
        require_second_factor(FRESH, needed=True, set_up=False)
    require_second_factor(FRESH, needed=False, set_up=False)


@pytest.mark.parametrize("needed", [True, False])
def test_a_second_factor_that_is_set_up_is_always_asked_for(needed):
    with pytest.raises(SecondFactorNeeded):
        require_second_factor(FRESH, needed=needed, set_up=True)
    require_second_factor(Session(NOW, NOW, second_factor_shown=True), needed=needed, set_up=True)


def test_a_code_counts_once():
    assert use_code(100, None) == 100
    assert use_code(101, 100) == 101
    for old in (100, 101):
        with pytest.raises(SecondFactorReplayed):
            use_code(old, 101)


def test_a_closed_account_does_not_sign_in():
    planner = [Grant(Role.PLANNER, "511111", TODAY)]
    require_open_account(planner, TODAY, disabled=False)
    with pytest.raises(AccountDisabled):
        require_open_account(planner, TODAY, disabled=True)


def test_an_account_without_a_role_in_force_does_not_sign_in():
    with pytest.raises(AccountWithoutRole):
        require_open_account([Grant(Role.PLANNER, "511111", date(2026, 4, 1))], TODAY, disabled=False)
