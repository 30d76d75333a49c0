"""Signing in and out: password, second factor, sessions."""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import timedelta

from geo_app.domain.access_account import (
    Account,
    CodeWrong,
    Credentials,
    Moment,
    PasswordUnchanged,
    PasswordWrong,
    SecondFactorAlreadySetUp,
    SignInRefused,
)
from geo_app.domain.access_password import (
    AccountLockedOut,
    SignInRecord,
    after_failure,
    after_success,
    require_password,
    require_unlocked,
)
from geo_app.domain.access_session import SecondFactorReplayed, Session, require_open_account, use_code
from geo_app.domain.errors import DomainError
from geo_app.exchange import second_factor
from geo_app.exchange.key_folder import SecretBox
from geo_app.exchange.password_hash import hash_password, is_outdated, matches
from geo_app.persistence.access_log import Access, AccessLog, Event, Outcome
from geo_app.persistence.register import Register
from geo_app.persistence.sign_in import HeldSession

TOKEN_BYTES = 32

KEPT = timedelta(days=1)
"""A session that ended is still known for a day, so that its browser is told why; the log of access keeps the rest."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody typed, and from where."""

    name: str
    password: str
    remote: str | None = None
    agent: str = ""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session was opened; `token` is for the browser and is kept nowhere else."""

    token: str
    account: Account


@dataclass(frozen=True, slots=True)
class Refused:
    """The attempt failed and was counted; `refusal` is what may be told."""

    refusal: DomainError


@dataclass(frozen=True, slots=True)
class SecretOffer:
    """A new second factor, not yet kept: to type, as a picture, and sealed to come back with the first code."""

    secret: str
    picture: str
    sealed: bytes


def sign_in(register: Register, log: AccessLog, attempt: Attempt, at: Moment) -> SignedIn | Refused:
    """Check name and password and open a session; a refusal is returned, not raised, so that the failure is kept.

    Every refusal reads alike and costs one hash, whether or not the account exists. Raises AccessLogUnavailable.
    """
    found = register.accounts.credentials_for_update(attempt.name)
    fault = _fault(register, found, attempt.password, at)
    if found is None or fault is not None:
        return _refuse(register, log, found, (attempt, fault), at)
    log.append(Access(Event.SIGN_IN, Outcome.OK, found.account.id, remote=attempt.remote))
    register.accounts.note_attempt(found.account.id, _success_so_far(found))
    if found.password_hash is not None and is_outdated(found.password_hash):
        register.accounts.renew_hash(found.account.id, hash_password(_written(attempt.password)))
    token = open_session(register, found.account.id, at, attempt)
    return SignedIn(token, found.account)


def open_session(register: Register, account_id: int, at: Moment, attempt: Attempt) -> str:
    """Open a session and return its token."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    register.sign_ins.open(token, account_id, Session(at.instant, at.instant), attempt.remote, attempt.agent)
    return token


def _fault(register: Register, found: Credentials | None, password: str, at: Moment) -> str | None:
    """Return the name of the rule that refuses, for the log alone; the hash is computed in every case."""
    right = matches(found.password_hash if found else None, _written(password))
    if found is None:
        return "AccountUnknown"
    try:
        require_unlocked(found.record, at.instant)
        if not right:
            return "PasswordWrong"
        grants = register.accounts.grants_on(found.account.id, at.day)
        require_open_account(grants, at.day, disabled=found.account.disabled)
    except DomainError as fault:
        return type(fault).__name__
    return None


def _refuse(
    register: Register, log: AccessLog, found: Credentials | None, what: tuple[Attempt, str | None], at: Moment
) -> Refused:
    attempt, fault = what
    if found is not None and fault == "PasswordWrong":
        _count_failure(register, found, at)
    account_id = found.account.id if found else None
    # What was typed as a name is not logged: people type their password there.
    log.append(Access(Event.SIGN_IN, Outcome.REFUSED, account_id, remote=attempt.remote, detail={"rule": fault}))
    return Refused(SignInRefused())


def _count_failure(register: Register, found: Credentials, at: Moment) -> None:
    record = after_failure(found.record, at.instant, register.policy.in_force().lock_out)
    register.accounts.note_attempt(found.account.id, record)


def _success_so_far(found: Credentials) -> SignInRecord:
    # Guesses at the second factor are not forgiven for knowing the password.
    return found.record if found.account.second_factor else after_success(found.record)


def confirm_second_factor(
    register: Register, log: AccessLog, box: SecretBox, held: tuple[HeldSession, str], at: Moment
) -> str | Refused:
    """Check the code of a session that has shown its password; return the session's new token.

    `held` is the session and what was typed. Refusals are counted like wrong passwords.
    Raises AccessLogUnavailable, SealBroken.
    """
    session, code = held
    found = register.accounts.credentials_of(session.account_id)
    try:
        step = _used_step(found, box, code, at)
    except (CodeWrong, SecondFactorReplayed, AccountLockedOut) as refusal:
        if isinstance(refusal, CodeWrong):
            _count_failure(register, found, at)
        log.append(_access(Event.SECOND_FACTOR, Outcome.REFUSED, session, {"rule": type(refusal).__name__}))
        return Refused(refusal)
    log.append(_access(Event.SECOND_FACTOR, Outcome.OK, session))
    register.accounts.note_attempt(found.account.id, after_success(found.record))
    register.accounts.set_second_factor(found.account.id, found.sealed_secret, step)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    register.sign_ins.rotate(session.id, token, at.instant)
    return token


def _used_step(found: Credentials, box: SecretBox, code: str, at: Moment) -> int:
    require_unlocked(found.record, at.instant)
    if found.sealed_secret is None:
        raise CodeWrong
    step = second_factor.step_of(box.open(found.sealed_secret, _owner(found.account)), code, at.instant)
    if step is None:
        raise CodeWrong
    return use_code(step, found.last_step)


def offer_second_factor(account: Account, box: SecretBox) -> SecretOffer:
    """Return a new secret to be set up.

    Raises SecondFactorAlreadySetUp.
    """
    if account.second_factor:
        raise SecondFactorAlreadySetUp
    secret = second_factor.new_secret()
    return SecretOffer(
        secret, second_factor.picture(secret, account.name), box.seal(secret, f"offer {_owner(account)}")
    )


def show_offer_again(account: Account, box: SecretBox, sealed: bytes) -> SecretOffer:
    """Return the offer that came back sealed, so that a mistyped code does not change the picture.

    Raises SealBroken.
    """
    secret = box.open(sealed, f"offer {_owner(account)}")
    return SecretOffer(secret, second_factor.picture(secret, account.name), sealed)


def set_up_second_factor(
    register: Register, log: AccessLog, box: SecretBox, held: tuple[HeldSession, bytes, str], at: Moment
) -> str:
    """Keep the offered second factor once its first code is right; return the session's new token.

    `held` is the session, the sealed offer and what was typed.
    Raises CodeWrong, SealBroken, SecondFactorAlreadySetUp, AccessLogUnavailable.
    """
    session, sealed, code = held
    account = register.accounts.credentials_of(session.account_id).account
    if account.second_factor:
        raise SecondFactorAlreadySetUp
    secret = box.open(sealed, f"offer {_owner(account)}")
    step = second_factor.step_of(secret, code, at.instant)
    if step is None:
        raise CodeWrong
    log.append(_access(Event.SECOND_FACTOR, Outcome.OK, session, {"set_up": True}))
    register.accounts.set_second_factor(account.id, box.seal(secret, _owner(account)), step)
    register.journal.write(account.id, "second factor set up", "set_up_second_factor", ("account", account.id))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    register.sign_ins.rotate(session.id, token, at.instant)
    register.sign_ins.end_all(account.id, at.instant, but=session.id)
    return token


def change_password(
    register: Register, log: AccessLog, session: HeldSession, passwords: tuple[str, str], at: Moment
) -> Refused | None:
    """Change one's own password (present, new); all other sessions of the account end.

    A wrong present password is returned as a refusal, and counted.
    Raises PasswordUnchanged, the password's rules, AccessLogUnavailable.
    """
    present, wanted = passwords
    found = register.accounts.credentials_of(session.account_id)
    if not matches(found.password_hash, _written(present)):
        _count_failure(register, found, at)
        log.append(_access(Event.PASSWORD, Outcome.REFUSED, session, {"rule": "PasswordWrong"}))
        return Refused(PasswordWrong())
    written = require_password(wanted, found.account.name, register.policy.in_force().password)
    if written == _written(present):
        raise PasswordUnchanged
    log.append(_access(Event.PASSWORD, Outcome.OK, session))
    register.accounts.set_password(found.account.id, hash_password(written), at.instant, must_change=False)
    register.journal.write(found.account.id, "own password", "change_password", ("account", found.account.id))
    register.sign_ins.end_all(found.account.id, at.instant, but=session.id)
    return None


def sign_out(register: Register, log: AccessLog, session: HeldSession, at: Moment) -> None:
    """End a session.

    Raises AccessLogUnavailable.
    """
    register.sign_ins.end(session.id, at.instant)
    log.append(_access(Event.SIGN_OUT, Outcome.OK, session))


def end_session_of(register: Register, account: Account, session_id: int, at: Moment) -> None:
    """End one of one's own sessions, wherever it is; another account's is left alone."""
    if session_id in {held.id for held in register.sign_ins.living(account.id)}:
        register.sign_ins.end(session_id, at.instant)


def clear_sessions(register: Register, at: Moment) -> int:
    """Remove the sessions that can no longer be used, `KEPT` after their end; return how many."""
    longest = register.policy.in_force().session.absolute
    return register.sign_ins.clear(at.instant - KEPT, at.instant - KEPT - longest)


def _written(password: str) -> str:
    return unicodedata.normalize("NFC", password)


def _owner(account: Account) -> str:
    return f"account {account.id}"


def _access(event: Event, outcome: Outcome, session: HeldSession, detail: dict[str, object] | None = None) -> Access:
    return Access(event, outcome, session.account_id, remote=session.remote, detail=detail or {})
