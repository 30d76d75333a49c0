"""Granting and revoking roles: three powers stay in three hands, and nobody helps themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

from geo_app.domain.access import Actor, Grant, require, require_reason
from geo_app.domain.access_roles import POWERS, Permission, Role
from geo_app.domain.errors import DomainError
from geo_app.domain.history import periods_overlap


class PowersCombined(DomainError):
    """Accounts, policy and logs are three powers; no account holds two on one day."""

    pattern = "One account cannot be {one} and {other} at the same time."


class PowerTooSoonAfterAnother(DomainError):
    """Who held one power waits before the next, or would check their own work."""

    pattern = "Between being {one} and {other} at least {days} days must pass."


class GrantToOneself(DomainError):
    """Nobody grants a role to themselves."""

    pattern = "You cannot grant a role to yourself; another administrator has to."


class GrantAlreadyHeld(DomainError):
    """A role in an area is granted once for a day."""

    pattern = "This account is already {role} in {area} in that period."


class GrantNotHeld(DomainError):
    """Only a grant that is in force or still to come can be revoked."""

    pattern = "This account is not {role} in {area} on {day}."


class RevokeFromOneself(DomainError):
    """An administrator does not lock themselves out."""

    pattern = "You cannot revoke your own role; another administrator has to."


class LastOfItsPower(DomainError):
    """Each of the three powers always has a holder."""

    pattern = "This is the last {role}; appoint another one first."


@dataclass(frozen=True, slots=True)
class PowerPolicy:
    """How long an account rests between two powers; zero forbids only holding both at once."""

    rest_days: int = 180


def grant_role(
    actor: Actor, holder: tuple[int, Sequence[Grant]], grant: Grant, today: date, policy: PowerPolicy
) -> Grant:
    """Return `grant` if `actor` may give it to the account `holder` (its id and all its grants, past ones too).

    Raises GrantToOneself, NotGranted, ReasonNotStated, GrantAlreadyHeld, PowersCombined, PowerTooSoonAfterAnother.
    """
    account_id, held = holder
    if account_id == actor.account_id:
        raise GrantToOneself
    require(actor, Permission.ACCOUNT_MANAGE, grant.area_code, today)
    require_reason(actor)
    for other in held:
        if (other.role, other.area_code) == (grant.role, grant.area_code) and _overlap(other, grant):
            raise GrantAlreadyHeld(role=grant.role.word, area=grant.area_code)
    require_separate_powers((*held, grant), policy)
    return grant


def revoke_role(actor: Actor, holder_id: int, grant: Grant, today: date, other_holders: int) -> Grant:
    """Return `grant` ended today; `other_holders` counts the other accounts with this role in force.

    A grant that has not begun ends on the day after it would have begun.
    Raises RevokeFromOneself, NotGranted, ReasonNotStated, GrantNotHeld, LastOfItsPower.
    """
    if holder_id == actor.account_id:
        raise RevokeFromOneself
    require(actor, Permission.ACCOUNT_MANAGE, grant.area_code, today)
    require_reason(actor)
    if grant.valid_to is not None and grant.valid_to <= today:
        raise GrantNotHeld(role=grant.role.word, area=grant.area_code, day=today)
    if grant.role in POWERS and not other_holders:
        raise LastOfItsPower(role=grant.role.word)
    return replace(grant, valid_to=max(today, grant.valid_from + timedelta(days=1)))


def require_separate_powers(grants: Iterable[Grant], policy: PowerPolicy) -> None:
    """Check all grants of one account, past and future: no two powers on one day, and a rest between them.

    Raises PowersCombined, PowerTooSoonAfterAnother.
    """
    powers = [grant for grant in grants if grant.role in POWERS]
    for one, other in product(powers, powers):
        if one.role == other.role:
            continue
        if _overlap(one, other):
            first, second = sorted((one.role, other.role))
            raise PowersCombined(one=Role(first).word, other=Role(second).word)
        if one.valid_to is not None and one.valid_to <= other.valid_from < one.valid_to + timedelta(policy.rest_days):
            raise PowerTooSoonAfterAnother(one=one.role.word, other=other.role.word, days=policy.rest_days)


def _overlap(one: Grant, other: Grant) -> bool:
    return periods_overlap((one.valid_from, one.valid_to), (other.valid_from, other.valid_to))
