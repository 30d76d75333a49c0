"""API tokens: made by their owner, shown once, withdrawn by the owner or an administrator."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from geo_app.domain.access import Actor, holds, require, require_reason
from geo_app.domain.access_account import Moment
from geo_app.domain.access_roles import Permission
from geo_app.domain.access_token import ApiToken, TokenNameMissing, require_life, require_scope
from geo_app.domain.errors import NotFound
from geo_app.domain.message import Message, marked
from geo_app.persistence.register import Register

PREFIX = "geo_"
"""A found token can be recognised as one of ours."""

KEPT = timedelta(days=30)
"""A token that ended stands on its owner's page so long; that it was made and withdrawn stays in the journal."""


@dataclass(frozen=True, slots=True)
class NewToken:
    """What is asked for a token."""

    name: str
    permissions: Iterable[Permission]
    days: int


def make_token(register: Register, actor: Actor, new: NewToken, at: Moment) -> tuple[ApiToken, str]:
    """Return a token of the actor's own and its secret, which is shown this once.

    Raises TokenNameMissing, TokenScopeEmpty, TokenScopeTooWide, TokenLifeOutOfRange.
    """
    if not new.name.strip():
        raise TokenNameMissing
    scope = require_scope(actor, new.permissions, at)
    secret = PREFIX + secrets.token_urlsafe(32)
    asked = ApiToken(0, actor.account_id, new.name.strip(), scope, at.instant, at.instant + require_life(new.days))
    token = register.api_tokens.add(asked, secret)
    register.journal.write(
        actor.account_id, token.name, "make_token", ("api_token", token.id), {"permissions": sorted(scope)}
    )
    return token, secret


def revoke_token(register: Register, actor: Actor, token_id: int, at: Moment) -> None:
    """Withdraw a token: one's own, or as an administrator any within one's area.

    Raises NotFound, NotGranted, ReasonNotStated.
    """
    token = register.api_tokens.by_id(token_id)
    if token.account_id != actor.account_id:
        _require_over(register, actor, token, at)
    register.api_tokens.revoke(token_id, at.instant)
    register.journal.write(actor.account_id, actor.reason, "revoke_token", ("api_token", token_id))


def clear_tokens(register: Register, at: Moment) -> int:
    """Remove the tokens that can no longer be used, `KEPT` after their end; return how many."""
    return register.api_tokens.clear(at.instant - KEPT)


def _require_over(register: Register, actor: Actor, token: ApiToken, at: Moment) -> None:
    # Who may not manage tokens does not learn which ones exist.
    if not holds(actor, Permission.TOKEN_MANAGE, at.day):
        raise NotFound(what=Message(marked("token")), key=token.id)
    require_reason(actor)
    for grant in register.accounts.grants_on(token.account_id, at.day):
        require(actor, Permission.TOKEN_MANAGE, grant.area_code, at.day)
