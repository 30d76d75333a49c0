"""Who is it? Read anew at each request, so that what was revoked counts at once."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from geo_app.domain.access import Actor, Grant
from geo_app.domain.access_account import Account, Moment, NotSignedIn
from geo_app.domain.access_password import PasswordExpired, require_fresh
from geo_app.domain.access_policy import AccessPolicy
from geo_app.domain.access_session import (
    SecondFactorNeeded,
    SecondFactorNotSetUp,
    require_open_account,
    require_second_factor,
    second_factor_needed,
    touch,
)
from geo_app.domain.access_token import ApiToken, TokenRefused, require_valid
from geo_app.persistence.register import Register
from geo_app.persistence.sign_in import HeldSession

SEEN_EVERY = timedelta(seconds=20)
"""A row is not written on each request; an idle limit may therefore come this much early."""


class Step(StrEnum):
    """What a session still owes before it may do anything else."""

    SECOND_FACTOR = "second_factor"
    SET_UP = "set_up"
    NEW_PASSWORD = "new_password"  # noqa: S105  the name of a step


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a request comes from: by a session or by a token, never both."""

    account: Account
    actor: Actor
    owed: Step | None = None
    session: HeldSession | None = None
    token: ApiToken | None = None


def of_session(register: Register, secret: str, at: Moment) -> Identity:
    """Return who holds the session of this token, and what it still owes.

    Raises NotSignedIn, SessionEnded, SessionIdle, SessionTooOld, AccountDisabled, AccountWithoutRole.
    """
    held = register.sign_ins.by_token(secret)
    if held is None:
        raise NotSignedIn
    policy = register.policy.in_force()
    session = touch(held.session, at.instant, policy.session)
    account, grants = _account(register, held.account_id, at)
    if session.seen_at - held.session.seen_at >= SEEN_EVERY:
        register.sign_ins.seen(held.id, session.seen_at)
    owed = _owed(held, account, grants, (policy, at))
    return Identity(account, Actor(account.id, account.name, grants), owed, session=held)


def of_token(register: Register, secret: str, at: Moment) -> Identity:
    """Return whose token this is; its actor holds only the token's part of the permissions.

    Raises TokenRefused, AccountDisabled, AccountWithoutRole.
    """
    token = register.api_tokens.by_secret(secret)
    if token is None:
        raise TokenRefused
    require_valid(token, at.instant)
    account, grants = _account(register, token.account_id, at)
    if token.used_at is None or at.instant - token.used_at >= SEEN_EVERY:
        register.api_tokens.used(token.id, at.instant)
    return Identity(account, Actor(account.id, account.name, grants, scope=token.permissions), token=token)


def _account(register: Register, account_id: int, at: Moment) -> tuple[Account, tuple[Grant, ...]]:
    account = register.accounts.by_id(account_id)
    grants = register.accounts.grants_on(account_id, at.day)
    require_open_account(grants, at.day, disabled=account.disabled)
    return account, grants


def _owed(
    held: HeldSession, account: Account, grants: tuple[Grant, ...], by: tuple[AccessPolicy, Moment]
) -> Step | None:
    policy, at = by
    needed = second_factor_needed(grants, at.day, policy.second_factor)
    try:
        require_second_factor(held.session, needed=needed, set_up=account.second_factor)
        require_fresh(account.password_set_at or at.instant, at.instant, policy.password)
    except SecondFactorNeeded:
        return Step.SECOND_FACTOR
    except SecondFactorNotSetUp:
        return Step.SET_UP
    except PasswordExpired:
        return Step.NEW_PASSWORD
    return Step.NEW_PASSWORD if account.must_change_password else None
