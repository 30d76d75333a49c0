from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.access_password import (
    COMMON,
    AccountLockedOut,
    LockOutPolicy,
    PasswordContainsName,
    PasswordExpired,
    PasswordPolicy,
    PasswordTooCommon,
    PasswordTooLong,
    PasswordTooShort,
    PasswordTooSimple,
    SignInRecord,
    after_failure,
    after_success,
    password_faults,
    require_fresh,
    require_password,
    require_unlocked,
)

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
POLICY, LOCK = PasswordPolicy(), LockOutPolicy()
GOOD = "Mo-ruo 1892 Shawan"


def minutes(number):
    return timedelta(minutes=number)


def failed(times, record=SignInRecord(), now=NOW):  # noqa: B008 - frozen
    for _ in range(times):
        record = after_failure(record, now, LOCK)
    return record


def test_a_long_mixed_password_is_accepted():
    assert require_password(GOOD, "zhang", POLICY) == GOOD


def test_a_password_is_hashed_in_one_form_whatever_the_keyboard():
    assert require_password("Cafe\u0301 am Fluss 12", "zhang", POLICY) == "Caf\u00e9 am Fluss 12"


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("Sh0rt-Pw", PasswordTooShort),
        ("Aa1-" * 40, PasswordTooLong),
        ("onlysmallletterz", PasswordTooSimple),
        ("Is-ZHANG-1892-here", PasswordContainsName),
        ("Password-2026!", PasswordTooCommon),
        ("Shawan@2026!!", PasswordTooCommon),
        ("Abcdefghijkl-1", PasswordTooCommon),
        ("Aa1Aa1Aa1Aa1", PasswordTooCommon),
        ("Qwertyuiop-12", PasswordTooCommon),
        ("A-987654321zz", PasswordTooCommon),
    ],
)
def test_a_weak_password_is_refused_by_name(password, refusal):
    assert refusal in {type(fault) for fault in password_faults(password, "zhang", POLICY)}


def test_all_faults_are_told_at_once():
    kinds = {type(fault) for fault in password_faults("zhang", "zhang", POLICY)}
    assert kinds == {PasswordTooShort, PasswordTooSimple, PasswordContainsName}
    with pytest.raises(PasswordTooShort):
        require_password("zhang", "zhang", POLICY)


@pytest.mark.parametrize("base", sorted(COMMON))
def test_every_common_password_is_refused(base):
    assert PasswordTooCommon in {type(fault) for fault in password_faults(base, "", POLICY)}


@given(st.text(max_size=40))
def test_any_text_is_judged_and_none_breaks_the_judge(password):
    for fault in password_faults(password, "zhang", POLICY):
        assert str(fault)


def test_a_password_expires_only_where_the_district_wants_it():
    old = NOW - timedelta(days=91)
    require_fresh(old, NOW, POLICY)
    require_fresh(NOW - timedelta(days=90), NOW, PasswordPolicy(max_age_days=90))
    with pytest.raises(PasswordExpired):
        require_fresh(old, NOW, PasswordPolicy(max_age_days=90))


def test_the_fifth_failure_locks_for_fifteen_minutes():
    require_unlocked(failed(4), NOW)
    locked = failed(5)
    with pytest.raises(AccountLockedOut, match="15 minutes"):
        require_unlocked(locked, NOW)
    with pytest.raises(AccountLockedOut, match="in 1 minutes"):
        require_unlocked(locked, NOW + minutes(14.5))
    require_unlocked(locked, NOW + minutes(15))


@given(st.integers(1, 40))
def test_each_further_lock_is_twice_as_long_up_to_a_day(locks):
    record = failed(5 * locks)
    assert record.locked_until - NOW == minutes(min(15 * 2 ** (locks - 1), 24 * 60))


def test_a_success_forgets_the_failures():
    assert after_success(failed(9)) == SignInRecord()
