"""API tokens 接口令牌: part of an account's permissions for a program, until a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from geo_app.domain.access import Actor, holds
from geo_app.domain.access_account import Moment
from geo_app.domain.access_roles import Permission
from geo_app.domain.errors import DomainError, NotPermitted

LONGEST_LIFE = timedelta(days=366)


class TokenNameMissing(DomainError):
    """One has to know later which program a token belongs to."""

    pattern = "Name the program that will use the token."


class TokenLifeOutOfRange(DomainError):
    """A token nobody remembers must end by itself."""

    pattern = "A token lasts from 1 to {days} days."


class TokenScopeEmpty(DomainError):
    """A token without permissions does nothing."""

    pattern = "Choose at least one permission for the token."


class TokenScopeTooWide(DomainError):
    """A token never reaches further than its account."""

    pattern = "You do not hold {permission} yourself, so a token cannot either."


class TokenForProgramsOnly(NotPermitted):
    """Pages, passwords and other tokens are for people who have signed in."""

    pattern = "A token opens only addresses under /api/."


class TokenRefused(DomainError):
    """One sentence for unknown, ended and withdrawn tokens."""

    pattern = "The token is unknown, has ended or was withdrawn."


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token as its owner sees it in the list; the secret itself is shown once and kept by nobody."""

    id: int
    account_id: int
    name: str
    permissions: frozenset[Permission]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    used_at: datetime | None = None


def require_scope(actor: Actor, wanted: Iterable[Permission], at: Moment) -> frozenset[Permission]:
    """Return the permissions of a new token.

    Raises TokenScopeEmpty, TokenScopeTooWide.
    """
    scope = frozenset(wanted)
    if not scope:
        raise TokenScopeEmpty
    for permission in sorted(scope):
        if not holds(actor, permission, at.day):
            raise TokenScopeTooWide(permission=permission)
    return scope


def require_life(days: int) -> timedelta:
    """Return how long a new token lasts.

    Raises TokenLifeOutOfRange.
    """
    if not 1 <= days <= LONGEST_LIFE.days:
        raise TokenLifeOutOfRange(days=LONGEST_LIFE.days)
    return timedelta(days=days)


def require_valid(token: ApiToken, now: datetime) -> ApiToken:
    """Return the token if it counts at `now`.

    Raises TokenRefused.
    """
    if token.revoked_at is not None or now >= token.expires_at:
        raise TokenRefused
    return token
