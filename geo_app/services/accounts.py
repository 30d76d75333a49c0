"""Accounts, roles in areas, and what an account administrator may do about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from geo_app.domain.access import EVERYWHERE, Actor, Grant, NotGranted, holds, reachable_areas, require, require_reason
from geo_app.domain.access_account import (
    LOCAL_OPERATOR,
    Account,
    DisableOneself,
    LocalOperatorOnly,
    Moment,
    require_display_name,
    require_name,
)
from geo_app.domain.access_grants import grant_role, revoke_role
from geo_app.domain.access_password import SignInRecord, require_password
from geo_app.domain.access_roles import Permission, Role
from geo_app.domain.access_token import ApiToken
from geo_app.domain.errors import NotFound
from geo_app.domain.message import Message, marked
from geo_app.exchange.password_hash import hash_password
from geo_app.persistence.accounts import ACCOUNT, HeldGrant
from geo_app.persistence.paging import Page
from geo_app.persistence.queries.listing import Listing
from geo_app.persistence.register import Register
from geo_app.persistence.sign_in import HeldSession


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What is asked for a new account; the first password is changed at the first sign-in."""

    name: str
    display_name: str
    organisation: str = ""
    password: str = ""
    made_up: bool = False


@dataclass(frozen=True, slots=True)
class AccountCard:
    """All that an account's page shows."""

    account: Account
    grants: Sequence[HeldGrant]
    sessions: Sequence[HeldSession]
    tokens: Sequence[ApiToken]


def find_accounts(register: Register, actor: Actor, listing: Listing, at: Moment) -> Page[Account]:
    """Return one page of the accounts that work in the actor's areas, or nowhere yet.

    Raises NotGranted.
    """
    _require_somewhere(actor, Permission.ACCOUNT_READ, at.day)
    return register.accounts.find(listing, _read_areas(actor, at.day), at.day)


def account_card(register: Register, actor: Actor, account_id: int, at: Moment) -> AccountCard:
    """Return what is known of an account; everybody may see their own.

    Raises NotGranted, NotFound: there is none, or it works elsewhere.
    """
    if actor.account_id != account_id:
        _require_somewhere(actor, Permission.ACCOUNT_READ, at.day)
        if not register.accounts.is_seen(account_id, _read_areas(actor, at.day), at.day):
            raise NotFound(what=ACCOUNT, key=account_id)
    return AccountCard(
        register.accounts.by_id(account_id),
        register.accounts.grants(account_id),
        register.sign_ins.living(account_id),
        register.api_tokens.of_account(account_id),
    )


def create_account(register: Register, actor: Actor, new: NewAccount, at: Moment) -> Account:
    """Add an account; without a password it cannot sign in yet.

    Raises NotGranted, ReasonNotStated, AccountNameMalformed, AccountNameTaken, DisplayNameMissing,
    the password's rules.
    """
    _require_somewhere(actor, Permission.ACCOUNT_MANAGE, at.day)
    require_reason(actor)
    name = require_name(new.name)
    account = register.accounts.add(
        name, require_display_name(new.display_name), new.organisation.strip(), made_up=new.made_up
    )
    if new.password:
        _keep_password(register, account, new.password, at)
    _journal(register, actor, "create_account", account, {"name": name})
    return register.accounts.by_id(account.id)


def set_password(register: Register, actor: Actor, account_id: int, password: str, at: Moment) -> None:
    """Give an account a password that its owner must change, end its sessions and its lock.

    Raises NotGranted, ReasonNotStated, LocalOperatorOnly, the password's rules.
    """
    account = _managed(register, actor, account_id, at)
    _keep_password(register, account, password, at)
    register.accounts.note_attempt(account_id, SignInRecord())
    register.sign_ins.end_all(account_id, at.instant)
    _journal(register, actor, "set_password", account)


def disable_account(register: Register, actor: Actor, account_id: int, at: Moment) -> None:
    """Close an account: its sessions end, its tokens stop working; nothing of it is deleted.

    Raises DisableOneself, NotGranted, ReasonNotStated, LocalOperatorOnly.
    """
    if account_id == actor.account_id:
        raise DisableOneself
    account = _managed(register, actor, account_id, at)
    register.accounts.set_status(account_id, "disabled")
    register.sign_ins.end_all(account_id, at.instant)
    _journal(register, actor, "disable_account", account)


def enable_account(register: Register, actor: Actor, account_id: int, at: Moment) -> None:
    """Open a closed account again.

    Raises NotGranted, ReasonNotStated, LocalOperatorOnly.
    """
    account = _managed(register, actor, account_id, at)
    register.accounts.set_status(account_id, "active")
    _journal(register, actor, "enable_account", account)


def reset_second_factor(register: Register, actor: Actor, account_id: int, at: Moment) -> None:
    """Take a lost second factor away; the owner sets up a new one.

    Raises DisableOneself, NotGranted, ReasonNotStated, LocalOperatorOnly.
    """
    if account_id == actor.account_id:
        raise DisableOneself
    account = _managed(register, actor, account_id, at)
    register.accounts.set_second_factor(account_id, None, None)
    register.sign_ins.end_all(account_id, at.instant)
    _journal(register, actor, "reset_second_factor", account)


def grant(register: Register, actor: Actor, account_id: int, wanted: Grant, at: Moment) -> int:
    """Give an account a role in an area and return the grant's key.

    Raises what `grant_role` raises, NotFound, LocalOperatorOnly.
    """
    account = _no_local_operator(register.accounts.credentials_of(account_id).account)
    held = [held.grant for held in register.accounts.grants(account_id)]
    given = grant_role(actor, (account_id, held), wanted, at.day, register.policy.in_force().powers)
    key = register.accounts.add_grant(account_id, given, actor.account_id)
    _journal(register, actor, "grant", account, _described(given))
    return key


def revoke(register: Register, actor: Actor, account_id: int, grant_id: int, at: Moment) -> None:
    """End a grant at once; the next request of the account knows.

    Raises what `revoke_role` raises, NotFound, LocalOperatorOnly.
    """
    account = _no_local_operator(register.accounts.credentials_of(account_id).account)
    held = next((held.grant for held in register.accounts.grants(account_id) if held.id == grant_id), None)
    if held is None:
        raise NotFound(what=Message(marked("role")), key=grant_id)
    others = register.accounts.other_holders(held.role, account_id, at.day)
    revoke_role(actor, account_id, held, at.day, others)
    # Days are the grain of grants: one given today must not last until midnight, so it is ended as if never begun.
    register.accounts.end_grant(grant_id, at.day)
    _journal(register, actor, "revoke", account, _described(held))


def local_operator(register: Register, at: Moment, reason: str) -> Actor:
    """Return the person at the machine's command line; the account is made at the first call.

    It plans, reviews and keeps accounts everywhere; it has no password, so nobody signs in with it.
    """
    try:
        account = register.accounts.by_name(LOCAL_OPERATOR)
    except NotFound:
        account = register.accounts.add(LOCAL_OPERATOR, "本机操作员", "")
        for role in (Role.PLANNER, Role.REVIEWER, Role.ACCOUNT_ADMIN):
            register.accounts.add_grant(account.id, Grant(role, EVERYWHERE, at.day), account.id)
    return Actor(account.id, account.name, register.accounts.grants_on(account.id, at.day), reason)


def acting_account(register: Register, name: str | None, at: Moment, reason: str) -> Actor:
    """Return who acts on the command line: the account `name`, or else the local operator.

    Raises NotFound: no such account, or it is closed.
    """
    if not name or name == LOCAL_OPERATOR:
        return local_operator(register, at, reason)
    account = register.accounts.by_name(name)
    if account.disabled:
        raise NotFound(what=Message(marked("account")), key=name)
    return Actor(account.id, account.name, register.accounts.grants_on(account.id, at.day), reason)


def _require_somewhere(actor: Actor, permission: Permission, day: date) -> None:
    if not holds(actor, permission, day):
        raise NotGranted(permission=permission, area=Message(marked("any area")))


def _read_areas(actor: Actor, day: date) -> frozenset[str]:
    return reachable_areas(actor.grants, Permission.ACCOUNT_READ, day)


def _managed(register: Register, actor: Actor, account_id: int, at: Moment) -> Account:
    """Return the account, locked, if the actor manages accounts in every area where it has a role now or later."""
    _require_somewhere(actor, Permission.ACCOUNT_MANAGE, at.day)
    require_reason(actor)
    account = _no_local_operator(register.accounts.credentials_of(account_id).account)
    for held in register.accounts.grants(account_id):
        # Otherwise a township's administrator could take over a county account by giving it a password.
        if held.grant.valid_to is None or at.day < held.grant.valid_to:
            require(actor, Permission.ACCOUNT_MANAGE, held.grant.area_code, at.day)
    return account


def _no_local_operator(account: Account) -> Account:
    if account.name == LOCAL_OPERATOR:
        raise LocalOperatorOnly
    return account


def _keep_password(register: Register, account: Account, password: str, at: Moment) -> None:
    written = require_password(password, account.name, register.policy.in_force().password)
    register.accounts.set_password(account.id, hash_password(written), at.instant, must_change=True)


def _described(given: Grant) -> dict[str, str | None]:
    until = given.valid_to.isoformat() if given.valid_to else None
    return {"role": given.role, "area": given.area_code, "from": given.valid_from.isoformat(), "to": until}


def _journal(
    register: Register, actor: Actor, verb: str, account: Account, detail: dict[str, str | None] | None = None
) -> None:
    register.journal.write(actor.account_id, actor.reason, verb, ("account", account.id), detail)
