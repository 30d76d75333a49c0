"""The office's own numbers for access, changed by the policy administrator."""

from collections.abc import Iterable

from geo_app.domain.access import EVERYWHERE, Actor, require, require_reason
from geo_app.domain.access_account import Moment
from geo_app.domain.access_policy import SECOND_FACTOR_ROLES, require_setting
from geo_app.domain.access_roles import Permission, Role
from geo_app.persistence.register import Register


def set_number(register: Register, actor: Actor, choice: tuple[str, int], version: int, at: Moment) -> None:
    """Set one number (name, value) that was read at `version`.

    Raises NotGranted, ReasonNotStated, PolicyUnknown, PolicyOutOfRange, Conflict.
    """
    name, value = choice
    _set(register, actor, (name, require_setting(name, value)), version, at)


def set_second_factor_roles(register: Register, actor: Actor, roles: Iterable[Role], version: int, at: Moment) -> None:
    """Set the roles that need a second factor.

    Raises NotGranted, ReasonNotStated, Conflict.
    """
    _set(register, actor, (SECOND_FACTOR_ROLES, sorted(roles)), version, at)


def _set(register: Register, actor: Actor, choice: tuple[str, object], version: int, at: Moment) -> None:
    require(actor, Permission.POLICY_MANAGE, EVERYWHERE, at.day)
    require_reason(actor)
    name, value = choice
    register.policy.set(name, value, version, actor.account_id)
    register.journal.write(actor.account_id, actor.reason, "set_policy", ("policy", name), {"value": value})
