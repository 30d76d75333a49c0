"""Accounts 账号: who they are, what may be told about a refused sign-in, and what becomes of them."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from geo_app.domain.access_password import SignInRecord
from geo_app.domain.errors import Conflict, DomainError

LOCAL_OPERATOR = "local_operator"
"""The person at the machine's own command line; has no password and cannot sign in."""

_NAME = re.compile(r"[a-z][a-z0-9_.-]{1,31}")


class AccountNameMalformed(DomainError):
    """Names are typed on any keyboard and stand in logs."""

    pattern = "“{name}” cannot be an account's name: 2 to 32 small letters, digits, dots, hyphens or underscores."


class AccountNameTaken(Conflict):
    """A name belongs to one account for ever, also after it was closed."""

    pattern = "There is already an account {name}."


class DisplayNameMissing(DomainError):
    """People know each other by name, not by account."""

    pattern = "Enter the name of the person or office."


class SignInRefused(DomainError):
    """One sentence for every cause, so that nobody learns which accounts exist."""

    pattern = (
        "Name or password is wrong, or the account rests after too many attempts."
        " Try again later or ask an administrator."
    )


class NotSignedIn(DomainError):
    """The page is for people who have signed in."""

    pattern = "Sign in first."


class LocalOperatorOnly(DomainError):
    """The local operator is a person at the machine, not a web account."""

    pattern = "The local operator's account cannot be changed here."


class DisableOneself(DomainError):
    """An administrator does not lock themselves out."""

    pattern = "You cannot close your own account; another administrator has to."


class PasswordWrong(DomainError):
    """Whoever changes a password shows that they know the present one."""

    pattern = "The present password is wrong."


class PasswordUnchanged(DomainError):
    """A new password is not the old one."""

    pattern = "The new password must differ from the present one."


class CodeWrong(DomainError):
    """The six digits are not those of this half minute."""

    pattern = "The code is wrong; look at the clock of the phone and enter the next one."


class SecondFactorAlreadySetUp(DomainError):
    """A second factor is replaced only after an administrator took the old one away."""

    pattern = "A second factor is set up already; an administrator can reset it."


@dataclass(frozen=True, slots=True)
class Account:
    """An account as others see it; nothing secret is in it."""

    id: int
    name: str
    display_name: str
    organisation: str = ""
    disabled: bool = False
    language: str = "zh"
    made_up: bool = False
    second_factor: bool = False
    password_set_at: datetime | None = None
    must_change_password: bool = False


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a sign-in is checked against: the password's hash, failures so far, the sealed second factor, its step."""

    account: Account
    password_hash: str | None
    record: SignInRecord
    sealed_secret: bytes | None = None
    last_step: int | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant (aware) and the day of the register it falls on."""

    instant: datetime
    day: date


def require_name(name: str) -> str:
    """Return the name as it is kept: small letters.

    Raises AccountNameMalformed.
    """
    written = name.strip().lower()
    if not _NAME.fullmatch(written):
        raise AccountNameMalformed(name=name)
    return written


def require_display_name(name: str) -> str:
    """Return the name without blanks around it.

    Raises DisplayNameMissing.
    """
    if not name.strip():
        raise DisplayNameMissing
    return name.strip()
