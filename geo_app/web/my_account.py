"""One's own account: roles, language, sessions, tokens for programs."""

from apiflask import APIBlueprint
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from geo_app.domain.access import holds
from geo_app.domain.access_roles import PERMISSIONS, Permission
from geo_app.domain.errors import UnreadableInput
from geo_app.domain.message import Message, marked
from geo_app.exchange.language import LANGUAGES
from geo_app.services import accounts as service
from geo_app.services import api_tokens
from geo_app.services.sign_in import end_session_of
from geo_app.web.context import actor, moment, signed_in_identity, today, transaction
from geo_app.web.notices import tell
from geo_app.web.permission import needs, signed_in

bp = APIBlueprint("my_account", __name__, enable_openapi=False)


@bp.get("/account")
@signed_in
def my_account() -> ResponseReturnValue:
    """Show one's own account."""
    return _page(None)


@bp.post("/account/language")
@signed_in
def choose_language() -> ResponseReturnValue:
    """Keep the account's language."""
    language = request.form.get("language", "")
    if language not in LANGUAGES:
        raise UnreadableInput(name=Message(marked("language")), problem=language)
    with transaction() as register:
        register.accounts.set_language(signed_in_identity().account.id, language)
    # The route of the language switch keeps the cookie, which counts on this machine.
    return redirect(url_for("frame.choose_language", code=language, next=url_for("my_account.my_account")))


@bp.post("/account/tokens")
@needs("token.own")
def make_token() -> ResponseReturnValue:
    """Make a token and show it this once."""
    new = api_tokens.NewToken(request.form.get("name", ""), _permissions(), _days())
    with transaction() as register:
        _, secret = api_tokens.make_token(register, actor(), new, moment())
    return _page(secret)


@bp.post("/account/tokens/<int:token_id>/revocation")
@signed_in
def revoke_token(token_id: int) -> ResponseReturnValue:
    """Withdraw one's own token."""
    with transaction() as register:
        api_tokens.revoke_token(register, actor(), token_id, moment())
    tell(Message(marked("The token is withdrawn.")), "ok")
    return redirect(url_for("my_account.my_account"))


@bp.post("/account/sessions/<int:session_id>/end")
@signed_in
def end_session(session_id: int) -> ResponseReturnValue:
    """End one of one's own sessions on another machine."""
    with transaction() as register:
        end_session_of(register, signed_in_identity().account, session_id, moment())
    tell(Message(marked("The session has ended.")), "ok")
    return redirect(url_for("my_account.my_account"))


def _page(secret: str | None) -> ResponseReturnValue:
    found = signed_in_identity()
    with transaction() as register:
        card = service.account_card(register, actor(), found.account.id, moment())
    choices = sorted(
        {permission for grant in found.actor.grants for permission in PERMISSIONS[grant.role]}
        if holds(found.actor, Permission.TOKEN_OWN, today())
        else ()
    )
    return render_template(
        "accounts/mine.html", card=card, secret=secret, choices=choices, here=found.session, today=today()
    )


def _permissions() -> list[Permission]:
    known = set(Permission)
    return [Permission(name) for name in request.form.getlist("permission") if name in known]


def _days() -> int:
    text = request.form.get("days", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _iso(day: object) -> str | None:
    return str(day) if day else None
