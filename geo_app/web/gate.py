"""The one gate of every request, by session and by token alike: who is it, is it still so, and may they?

Order: identity, steps still owed, permission, use of administrators' rights on record, forged requests.
"""

from http import HTTPStatus
from typing import Any

from flask import Flask, current_app, g, make_response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from geo_app.domain.access import holds
from geo_app.domain.access_account import NotSignedIn
from geo_app.domain.access_roles import Permission
from geo_app.domain.access_session import AccountDisabled, AccountWithoutRole, SessionEnded, SessionIdle, SessionTooOld
from geo_app.domain.access_token import TokenForProgramsOnly, TokenRefused
from geo_app.domain.errors import DomainError, NotPermitted
from geo_app.persistence.access_log import Access, Event, Outcome
from geo_app.services import identity as identities
from geo_app.services.identity import Identity, Step
from geo_app.web.context import identity, moment, parts, remote, today, transaction
from geo_app.web.errors import answer, wants_json
from geo_app.web.language import COOKIE
from geo_app.web.notices import tell
from geo_app.web.permission import PUBLIC, SIGNED_IN, need_of
from geo_app.web.rate_limit import LIMITER

CSRF = CSRFProtect()

TOKEN = "token"  # noqa: S105  the name of a field of the cookie

ADMINISTRATION = frozenset(
    {
        *(Permission.ACCOUNT_READ, Permission.ACCOUNT_MANAGE, Permission.TOKEN_MANAGE),
        *(Permission.POLICY_READ, Permission.POLICY_MANAGE, Permission.LOG_READ),
    }
)
"""Rights whose every use is on record before it is granted."""

STRANGER = (SessionEnded, SessionIdle, SessionTooOld, AccountDisabled, AccountWithoutRole, TokenRefused, NotSignedIn)
"""Refusals after which nobody is signed in."""


def init_gate(app: Flask) -> None:
    """Put the gate before every route; `g.actor` and `g.permissions` tell pages who it is."""
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None)
    CSRF.init_app(app)
    app.before_request(pass_gate)
    LIMITER.init_app(app)
    app.jinja_env.globals["identity"] = identity


def pass_gate() -> ResponseReturnValue | None:
    """Let the request through, turn it away, or send it to the step its session still owes."""
    if request.endpoint is None or request.endpoint.endswith("static"):
        return None
    need = need_of(current_app, request.endpoint).permission
    try:
        g.identity = _identify()
    except STRANGER as refusal:
        session.pop(TOKEN, None)
        if need != PUBLIC:
            return _turn_away(refusal)
    found = identity()
    if found is not None:
        _introduce(found)
    stopped = None if need == PUBLIC else _check(found, need)
    if stopped is None and (found is None or found.token is None):
        CSRF.protect()
    return stopped


def _introduce(found: Identity) -> None:
    """Tell pages who it is; a session that still owes a step shows no menus."""
    g.actor = found.actor
    day = today()
    g.permissions = frozenset(
        permission.value for permission in Permission if found.owed is None and holds(found.actor, permission, day)
    )
    if COOKIE not in request.cookies:
        g.language = found.account.language


def _identify() -> Identity | None:
    """Return who sends the request: a token counts before a session, and nothing of both is anybody."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        with transaction() as register:
            return identities.of_token(register, secret.strip(), moment())
    if TOKEN not in session:
        return None
    with transaction() as register:
        return identities.of_session(register, session[TOKEN], moment())


def _check(found: Identity | None, need: str) -> ResponseReturnValue | None:
    if found is None:
        return _turn_away(NotSignedIn())
    if found.owed is not None:
        return _ask_for(found.owed)
    if found.token is not None and not request.path.startswith("/api/"):
        _log(Event.DENIAL, Outcome.REFUSED, found, {"rule": TokenForProgramsOnly.__name__})
        raise TokenForProgramsOnly
    if need == SIGNED_IN:
        return None
    if not holds(found.actor, Permission(need), today()):
        _log(Event.DENIAL, Outcome.REFUSED, found, {"permission": need})
        raise NotPermitted
    if need in ADMINISTRATION:
        _log(Event.ADMIN, Outcome.OK, found, {"permission": need, **(request.view_args or {})})
    return None


def _ask_for(step: Step) -> ResponseReturnValue | None:
    page = f"sign_in.{step}"
    if request.endpoint in {page, f"sign_in.keep_{step}", "sign_in.sign_out"}:
        return None
    return _turn_away(NotSignedIn()) if _by_program() else redirect(url_for(page))


def _turn_away(refusal: DomainError) -> ResponseReturnValue:
    if not isinstance(refusal, NotSignedIn):
        _log(Event.DENIAL, Outcome.REFUSED, None, {"rule": type(refusal).__name__})
    if _by_program():
        response = make_response(answer(refusal.message, HTTPStatus.UNAUTHORIZED, type(refusal).__name__))
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
    if not isinstance(refusal, NotSignedIn):
        tell(refusal.message)
    onward = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("sign_in.sign_in", next=onward))


def _by_program() -> bool:
    return wants_json() or "Authorization" in request.headers


def _log(event: Event, outcome: Outcome, found: Identity | None, detail: dict[str, Any]) -> None:
    route = f"{request.method} {request.url_rule}"
    account_id = found.account.id if found else None
    way = "token" if "Authorization" in request.headers else "session"
    access = Access(event, outcome, account_id, route, remote(), {**detail, "way": way})
    parts().database.access_log.append(access)
