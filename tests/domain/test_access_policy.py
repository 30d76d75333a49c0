from datetime import timedelta

import pytest

from geo_app.domain.access_grants import PowerPolicy
from geo_app.domain.access_password import LockOutPolicy, PasswordPolicy
from geo_app.domain.access_policy import SETTINGS, PolicyOutOfRange, PolicyUnknown, policy_of, require_setting
from geo_app.domain.access_roles import POWERS, Role
from geo_app.domain.access_session import SecondFactorPolicy, SessionLimits


def test_without_settings_the_domains_defaults_hold():
    policy = policy_of({})
    assert policy.password == PasswordPolicy()
    assert policy.lock_out == LockOutPolicy()
    assert policy.session == SessionLimits()
    assert policy.second_factor == SecondFactorPolicy(POWERS)
    assert policy.powers == PowerPolicy()


def test_a_setting_replaces_its_default_and_no_other():
    policy = policy_of({"idle_minutes": 10}, [Role.POLICE])
    assert policy.session == SessionLimits(idle=timedelta(minutes=10))
    assert policy.second_factor.roles == {Role.POLICE}
    assert policy.password == PasswordPolicy()


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_setting_stays_within_its_bounds(setting):
    for value in (setting.lowest, setting.default, setting.highest):
        assert require_setting(setting.name, value) == value
    for value in (setting.lowest - 1, setting.highest + 1):
        with pytest.raises(PolicyOutOfRange):
            require_setting(setting.name, value)


def test_only_known_settings_can_be_set():
    with pytest.raises(PolicyUnknown):
        require_setting("audit", 0)
