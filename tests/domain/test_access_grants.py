from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.access import Actor, Grant, NotGranted, ReasonNotStated
from geo_app.domain.access_grants import (
    GrantAlreadyHeld,
    GrantNotHeld,
    GrantToOneself,
    LastOfItsPower,
    PowerPolicy,
    PowersCombined,
    PowerTooSoonAfterAnother,
    RevokeFromOneself,
    grant_role,
    require_separate_powers,
    revoke_role,
)
from geo_app.domain.access_roles import POWERS, Role
from geo_app.domain.errors import DomainError

TODAY = date(2026, 3, 1)
COUNTY = "511111"
ADMIN = Actor(1, "管理员", (Grant(Role.ACCOUNT_ADMIN, COUNTY, date(2026, 1, 1)),), "任命")
POLICY = PowerPolicy(rest_days=180)


def held(role, start=0, length=None, area=COUNTY):
    first = TODAY + timedelta(days=start)
    return Grant(role, area, first, None if length is None else first + timedelta(days=length))


def give(role, *present, actor=ADMIN, account=2, **period):
    return grant_role(actor, (account, present), held(role, **period), TODAY, POLICY)


def test_an_account_admin_grants_a_role():
    assert give(Role.PLANNER) == held(Role.PLANNER)


def test_nobody_grants_a_role_to_themselves():
    with pytest.raises(GrantToOneself):
        give(Role.PLANNER, account=1)


def test_only_an_account_admin_of_the_area_grants():
    with pytest.raises(NotGranted):
        give(Role.PLANNER, actor=Actor(3, "规划员", (held(Role.PLANNER),), "任命"))
    with pytest.raises(NotGranted):
        give(Role.PLANNER, area="511102")


def test_a_grant_needs_a_reason():
    with pytest.raises(ReasonNotStated):
        give(Role.PLANNER, actor=Actor(1, "管理员", ADMIN.grants))


def test_a_role_is_granted_once_for_a_day():
    with pytest.raises(GrantAlreadyHeld):
        give(Role.PLANNER, held(Role.PLANNER, length=10), start=5)
    assert give(Role.PLANNER, held(Role.PLANNER, length=10), start=10)


@pytest.mark.parametrize(("one", "other"), list(combinations(sorted(POWERS), 2)))
def test_no_account_combines_two_powers(one, other):
    with pytest.raises(PowersCombined):
        give(other, held(one))
    with pytest.raises(PowersCombined):
        give(one, held(other, start=30), length=31)


def test_between_two_powers_an_account_rests():
    former = held(Role.ACCOUNT_ADMIN, start=-100, length=50)
    with pytest.raises(PowerTooSoonAfterAnother):
        give(Role.AUDITOR, former)
    assert give(Role.AUDITOR, former, start=130)
    assert give(Role.ACCOUNT_ADMIN, former)


def test_a_power_before_another_one_rests_as_well():
    with pytest.raises(PowerTooSoonAfterAnother):
        give(Role.AUDITOR, held(Role.POLICY_ADMIN, start=100), length=50)


def test_a_power_goes_with_daily_work():
    assert give(Role.AUDITOR, held(Role.SUPERVISOR))


@given(
    st.lists(
        st.builds(held, st.sampled_from(sorted(POWERS)), st.integers(-300, 300), st.none() | st.integers(1, 200)),
        max_size=6,
    )
)
def test_whatever_is_granted_no_day_sees_two_powers_in_one_account(wishes):
    present = []
    for wish in wishes:
        try:
            present.append(grant_role(ADMIN, (2, present), wish, TODAY, PowerPolicy(rest_days=0)))
        except DomainError:
            continue
    for day in (TODAY + timedelta(days=n) for n in range(-300, 600, 7)):
        assert len({grant.role for grant in present if grant.in_force(day)}) <= 1
    require_separate_powers(present, PowerPolicy(rest_days=0))


def test_a_revoked_role_ends_today_and_one_to_come_on_its_first_day():
    assert revoke_role(ADMIN, 2, held(Role.PLANNER, start=-10), TODAY, 0).valid_to == TODAY
    assert revoke_role(ADMIN, 2, held(Role.PLANNER, start=10), TODAY, 0).valid_to == TODAY + timedelta(days=11)


def test_an_administrator_does_not_lock_themselves_out():
    with pytest.raises(RevokeFromOneself):
        revoke_role(ADMIN, 1, ADMIN.grants[0], TODAY, 3)


def test_an_ended_role_is_not_revoked_again():
    with pytest.raises(GrantNotHeld):
        revoke_role(ADMIN, 2, held(Role.PLANNER, start=-10, length=10), TODAY, 3)


def test_each_power_keeps_a_holder():
    with pytest.raises(LastOfItsPower):
        revoke_role(ADMIN, 2, held(Role.AUDITOR, start=-10), TODAY, 0)
    assert revoke_role(ADMIN, 2, held(Role.AUDITOR, start=-10), TODAY, 1)


def test_revoking_needs_the_permission_and_a_reason():
    with pytest.raises(NotGranted):
        revoke_role(Actor(3, "丙", reason="离任"), 2, held(Role.PLANNER), TODAY, 0)
    with pytest.raises(ReasonNotStated):
        revoke_role(Actor(1, "管理员", ADMIN.grants), 2, held(Role.PLANNER), TODAY, 0)
