"""Sessions 会话 and the second factor 双因素: limits as pure functions of the time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from geo_app.domain.access import Grant
from geo_app.domain.access_roles import POWERS, Role
from geo_app.domain.errors import DomainError


class SessionEnded(DomainError):
    """Signed out, or signed out by an administrator."""

    pattern = "You have signed out; sign in again."


class SessionIdle(DomainError):
    """An unattended screen is anybody's."""

    pattern = "You were signed out after {minutes} minutes without activity."


class SessionTooOld(DomainError):
    """However busy, a session ends with the working day."""

    pattern = "You were signed out after {hours} hours; sign in again."


class SecondFactorNotSetUp(DomainError):
    """The role demands a second factor before anything else can be done."""

    pattern = "Your role needs a second factor; set it up first."


class SecondFactorNeeded(DomainError):
    """The session has shown only the password."""

    pattern = "Enter the six digits of your second factor."


class SecondFactorReplayed(DomainError):
    """A code counts once, or who looks over a shoulder could use it again."""

    pattern = "This code was used already; wait for the next one."


class AccountDisabled(DomainError):
    """An administrator closed the account."""

    pattern = "This account is closed."


class AccountWithoutRole(DomainError):
    """No grant is in force today."""

    pattern = "This account has no role in force today."


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session lives without activity, and at all."""

    idle: timedelta = timedelta(minutes=15)
    absolute: timedelta = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Session:
    """When a person signed in, when they were last seen, whether the second factor was shown."""

    started_at: datetime
    seen_at: datetime
    second_factor_shown: bool = False
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SecondFactorPolicy:
    """The roles that need a second factor; by default the three powers."""

    roles: frozenset[Role] = POWERS


def require_alive(session: Session, now: datetime, limits: SessionLimits) -> None:
    """Check that the session still counts at `now`.

    Raises SessionEnded, SessionTooOld, SessionIdle.
    """
    if session.ended_at is not None:
        raise SessionEnded
    if now - session.started_at >= limits.absolute:
        raise SessionTooOld(hours=int(limits.absolute / timedelta(hours=1)))
    if now - session.seen_at >= limits.idle:
        raise SessionIdle(minutes=int(limits.idle / timedelta(minutes=1)))


def touch(session: Session, now: datetime, limits: SessionLimits) -> Session:
    """Return the session seen at `now`; a request that arrives late does not turn the time back.

    Raises what `require_alive` raises.
    """
    require_alive(session, now, limits)
    return replace(session, seen_at=max(session.seen_at, now))


def end_session(session: Session, now: datetime) -> Session:
    """Return the session ended; the first end counts."""
    return replace(session, ended_at=session.ended_at or now)


def second_factor_needed(grants: Iterable[Grant], today: date, policy: SecondFactorPolicy) -> bool:
    """Tell whether a role in force today needs a second factor."""
    return any(grant.in_force(today) and grant.role in policy.roles for grant in grants)


def require_second_factor(session: Session, *, needed: bool, set_up: bool) -> None:
    """Check that the session has shown the second factor; one that is set up is always asked for.

    Raises SecondFactorNotSetUp, SecondFactorNeeded.
    """
    if session.second_factor_shown:
        return
    if set_up:
        raise SecondFactorNeeded
    if needed:
        raise SecondFactorNotSetUp


def use_code(step: int, last_step: int | None) -> int:
    """Return the time step (30 s counter of RFC 6238) of a right code, to be kept as the last one used.

    Raises SecondFactorReplayed when it is not later than `last_step` (RFC 6238 §5.2).
    """
    if last_step is not None and step <= last_step:
        raise SecondFactorReplayed
    return step


def require_open_account(grants: Iterable[Grant], today: date, *, disabled: bool) -> None:
    """Check that an account may sign in at all; to be asked only after the right password, to name nobody.

    Raises AccountDisabled, AccountWithoutRole.
    """
    if disabled:
        raise AccountDisabled
    if not any(grant.in_force(today) for grant in grants):
        raise AccountWithoutRole
