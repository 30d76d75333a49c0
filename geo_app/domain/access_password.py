"""Passwords 口令 and lock-out 锁定: GB/T 22239's identity requirements as settings."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from geo_app.domain.errors import DomainError


class PasswordTooShort(DomainError):
    """Length resists guessing best."""

    pattern = "The password needs at least {length} characters."


class PasswordTooLong(DomainError):
    """A hash of megabytes would keep the server busy for an attacker."""

    pattern = "The password may have at most {length} characters."


class PasswordTooSimple(DomainError):
    """GB/T 22239 asks for complexity: kinds of characters are counted."""

    pattern = "The password needs {kinds} of: capital letters, small letters, digits, other characters."


class PasswordTooCommon(DomainError):
    """Common passwords, runs and repetitions are tried first."""

    pattern = "This password is too easy to guess."


class PasswordContainsName(DomainError):
    """The account's name is known to everybody."""

    pattern = "The password must not contain the account's name."


class PasswordExpired(DomainError):
    """GB/T 22239 asks for a change from time to time."""

    pattern = "The password is older than {days} days; set a new one."


class AccountLockedOut(DomainError):
    """Too many wrong passwords."""

    pattern = "Too many failed sign-ins: try again in {minutes} minutes."


@dataclass(frozen=True, slots=True)
class PasswordPolicy:
    """The district's demands; `max_age_days` of zero never asks for a change."""

    min_length: int = 12
    max_length: int = 128
    kinds: int = 3
    max_age_days: int = 0


@dataclass(frozen=True, slots=True)
class LockOutPolicy:
    """After `failures` wrong passwords in a row the account rests, each time twice as long, at most `longest`."""

    failures: int = 5
    first: timedelta = timedelta(minutes=15)
    longest: timedelta = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class SignInRecord:
    """Failures since the last success or lock, locks since the last success, and the end of the present lock."""

    failures: int = 0
    locks: int = 0
    locked_until: datetime | None = None


COMMON = frozenset(
    {
        *("password", "passw0rd", "p@ssword", "p@ssw0rd", "iloveyou", "woaini", "welcome", "admin", "administrator"),
        *("qwerty", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx", "1qaz@wsx", "qazwsx", "abc123", "a123456"),
        *("letmein", "dragon", "monkey", "sunshine", "master", "changeme", "default", "test", "guest", "root"),
        *("shawan", "leshan", "sichuan", "zhongguo", "china", "mima", "menpai", "dizhi", "gongan", "minzheng"),
    }
)
"""Bases of common passwords, lower case; with digits or signs around them they stay common."""

_KINDS = (re.compile(r"[A-Z]"), re.compile(r"[a-z]"), re.compile(r"[0-9]"), re.compile(r"[^A-Za-z0-9]"))
_AROUND = re.compile(r"^[^a-z]+|[^a-z]+$")
_ROWS = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")


def password_faults(password: str, name: str, policy: PasswordPolicy) -> tuple[DomainError, ...]:
    """Return every demand the password of account `name` fails, so that a person can mend all at once."""
    faults: list[DomainError] = []
    if len(password) < policy.min_length:
        faults.append(PasswordTooShort(length=policy.min_length))
    if len(password) > policy.max_length:
        faults.append(PasswordTooLong(length=policy.max_length))
    if sum(bool(kind.search(password)) for kind in _KINDS) < policy.kinds:
        faults.append(PasswordTooSimple(kinds=policy.kinds))
    if name and name.casefold() in password.casefold():
        faults.append(PasswordContainsName())
    if _is_common(password):
        faults.append(PasswordTooCommon())
    return tuple(faults)


def require_password(password: str, name: str, policy: PasswordPolicy) -> str:
    """Return the password in the one form that is hashed (NFC: keyboards differ).

    Raises the first of `password_faults`.
    """
    written = unicodedata.normalize("NFC", password)
    for fault in password_faults(written, name, policy):
        raise fault
    return written


def require_fresh(set_at: datetime, now: datetime, policy: PasswordPolicy) -> None:
    """Check the age of a password.

    Raises PasswordExpired.
    """
    if policy.max_age_days and now - set_at > timedelta(days=policy.max_age_days):
        raise PasswordExpired(days=policy.max_age_days)


def require_unlocked(record: SignInRecord, now: datetime) -> None:
    """Check that the account is not resting; to be asked before the password is looked at.

    Raises AccountLockedOut, minutes rounded up.
    """
    if record.locked_until is not None and now < record.locked_until:
        raise AccountLockedOut(minutes=-((now - record.locked_until) // timedelta(minutes=1)))


def after_failure(record: SignInRecord, now: datetime, policy: LockOutPolicy) -> SignInRecord:
    """Return the record after a wrong password or second factor."""
    failures = record.failures + 1
    if failures < policy.failures:
        return replace(record, failures=failures)
    # The exponent is bounded: a million locks must not make a number of a million bits.
    rest = min(policy.first * 2 ** min(record.locks, 16), policy.longest)
    return SignInRecord(0, record.locks + 1, now + rest)


def after_success(_record: SignInRecord) -> SignInRecord:
    """Return the clean record after a sign-in with password and second factor."""
    return SignInRecord()


def _is_common(password: str) -> bool:
    written = password.casefold()
    if written in COMMON or _AROUND.sub("", written) in COMMON:
        return True
    if len(set(written)) <= max(2, len(written) // 4):
        return True
    return _longest_run(written) >= max(6, len(written) // 2)


def _longest_run(written: str) -> int:
    """Return the length of the longest run along the alphabet, the digits or a row of the keyboard, either way."""
    longest = current = 1
    for pair in pairwise(written):
        step = "".join(pair)
        current = current + 1 if any(step in row or step in row[::-1] for row in _ROWS) else 1
        longest = max(longest, current)
    return longest
