"""Access policy 安全策略: the numbers an office may set itself, each with its bounds and the source of its default."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from geo_app.domain.access_grants import PowerPolicy
from geo_app.domain.access_password import LockOutPolicy, PasswordPolicy
from geo_app.domain.access_roles import POWERS, Role
from geo_app.domain.access_session import SecondFactorPolicy, SessionLimits
from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message, marked

SECOND_FACTOR_ROLES = "second_factor_roles"


class PolicyUnknown(DomainError):
    """Only the settings of the table exist."""

    pattern = "There is no policy setting {name}."


class PolicyOutOfRange(DomainError):
    """A setting outside its bounds would switch the protection off."""

    pattern = "{name} must lie between {lowest} and {highest}."


@dataclass(frozen=True, slots=True)
class PolicySetting:
    """One number of the policy: its name, what it means, bounds (both allowed) and default."""

    name: str
    meaning: str
    lowest: int
    highest: int
    default: int


# Bounds keep inside what GB/T 22239-2019 level 3 is customarily read as: 8 or more characters, lock after 5,
# idle 10 to 30 minutes; the defaults follow the domain's policies.
SETTINGS = (
    PolicySetting("password_length", marked("shortest password, in characters"), 8, 64, PasswordPolicy().min_length),
    PolicySetting("password_kinds", marked("kinds of characters in a password"), 1, 4, PasswordPolicy().kinds),
    PolicySetting("password_days", marked("age at which a password must be changed, in days (0: never)"), 0, 730, 0),
    PolicySetting("lock_failures", marked("failed sign-ins before an account rests"), 3, 10, LockOutPolicy().failures),
    PolicySetting("lock_minutes", marked("first rest, in minutes; each further one is twice as long"), 1, 1440, 15),
    PolicySetting("idle_minutes", marked("minutes without activity that end a session"), 1, 30, 15),
    PolicySetting("session_hours", marked("longest session, in hours"), 1, 24, 8),
    PolicySetting("power_rest_days", marked("days between two of the three powers"), 0, 730, PowerPolicy().rest_days),
)
"""Every number of the policy."""


@dataclass(frozen=True, slots=True)
class AccessPolicy:
    """All policies in force."""

    password: PasswordPolicy
    lock_out: LockOutPolicy
    session: SessionLimits
    second_factor: SecondFactorPolicy
    powers: PowerPolicy


def policy_of(numbers: Mapping[str, int], second_factor_roles: Iterable[Role] | None = None) -> AccessPolicy:
    """Return the policy of the settings that were made; defaults for the others."""
    value = {setting.name: numbers.get(setting.name, setting.default) for setting in SETTINGS}
    roles = POWERS if second_factor_roles is None else frozenset(second_factor_roles)
    return AccessPolicy(
        PasswordPolicy(value["password_length"], kinds=value["password_kinds"], max_age_days=value["password_days"]),
        LockOutPolicy(value["lock_failures"], timedelta(minutes=value["lock_minutes"])),
        SessionLimits(timedelta(minutes=value["idle_minutes"]), timedelta(hours=value["session_hours"])),
        SecondFactorPolicy(roles),
        PowerPolicy(value["power_rest_days"]),
    )


def require_setting(name: str, value: int) -> int:
    """Return `value` if the setting `name` may have it.

    Raises PolicyUnknown, PolicyOutOfRange.
    """
    setting = next((setting for setting in SETTINGS if setting.name == name), None)
    if setting is None:
        raise PolicyUnknown(name=name)
    if not setting.lowest <= value <= setting.highest:
        raise PolicyOutOfRange(name=Message(setting.meaning), lowest=setting.lowest, highest=setting.highest)
    return value
