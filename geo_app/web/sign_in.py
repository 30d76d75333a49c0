"""Signing in: name and password, second factor, a new password; and out again."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from apiflask import APIBlueprint
from flask import make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from geo_app.domain.access_account import NotSignedIn
from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message, marked
from geo_app.exchange.key_folder import SealBroken, SecretBox, key_of
from geo_app.exchange.language import render
from geo_app.persistence.sign_in import HeldSession
from geo_app.services import sign_in as service
from geo_app.web.context import identity, moment, parts, remote, signed_in_identity, transaction
from geo_app.web.frame import local_path
from geo_app.web.gate import TOKEN
from geo_app.web.language import language
from geo_app.web.notices import tell
from geo_app.web.permission import public, signed_in
from geo_app.web.rate_limit import CODES_PER_ADDRESS, LIMITER, SIGN_INS_PER_ADDRESS, SIGN_INS_PER_NAME, typed_name

bp = APIBlueprint("sign_in", __name__, enable_openapi=False)

HOME = "/"


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Show the form; who is signed in already goes on."""
    found = identity()
    if found is not None and found.owed is None:
        return redirect(_onward())
    return render_template("sign_in/sign_in.html", next=_onward())


@bp.post("/sign-in")
@public
@LIMITER.limit(SIGN_INS_PER_ADDRESS)
@LIMITER.limit(SIGN_INS_PER_NAME, key_func=typed_name)
def enter() -> ResponseReturnValue:
    """Check name and password; a new session begins with a new token and a new cookie."""
    attempt = service.Attempt(request.form.get("name", ""), request.form.get("password", ""), remote(), _agent())
    with transaction() as register:
        result = service.sign_in(register, parts().database.access_log, attempt, moment())
    if isinstance(result, service.Refused):
        return _again("sign_in/sign_in.html", result.refusal, next=_onward())
    _begin(result.token)
    return redirect(_onward())


@bp.get("/sign-in/second-factor")
@signed_in
def second_factor() -> ResponseReturnValue:
    """Ask for the six digits."""
    return render_template("sign_in/second_factor.html")


@bp.post("/sign-in/second-factor")
@signed_in
@LIMITER.limit(CODES_PER_ADDRESS)
def keep_second_factor() -> ResponseReturnValue:
    """Check the six digits; the session gets a new token."""
    held = (_session(), request.form.get("code", ""))
    with transaction() as register:
        result = service.confirm_second_factor(register, parts().database.access_log, _box(), held, moment())
    if isinstance(result, service.Refused):
        return _again("sign_in/second_factor.html", result.refusal)
    _begin(result)
    return redirect(HOME)


@bp.get("/sign-in/set-up")
@signed_in
def set_up() -> ResponseReturnValue:
    """Show a new second factor as a picture and as text."""
    offer = service.offer_second_factor(signed_in_identity().account, _box())
    return render_template("sign_in/set_up.html", offer=offer, sealed=_to_text(offer.sealed))


@bp.post("/sign-in/set-up")
@signed_in
@LIMITER.limit(CODES_PER_ADDRESS)
def keep_set_up() -> ResponseReturnValue:
    """Keep the second factor once its first code is right."""
    sealed = _from_text(request.form.get("sealed", ""))
    try:
        with transaction() as register:
            held = (_session(), sealed, request.form.get("code", ""))
            token = service.set_up_second_factor(register, parts().database.access_log, _box(), held, moment())
    except SealBroken:
        return redirect(url_for("sign_in.set_up"))
    except DomainError as refusal:
        offer = service.show_offer_again(signed_in_identity().account, _box(), sealed)
        return _again("sign_in/set_up.html", refusal, offer=offer, sealed=_to_text(offer.sealed))
    _begin(token)
    tell(Message(marked("The second factor is set up. From now on every sign-in asks for it.")), "ok")
    return redirect(HOME)


@bp.get("/sign-in/password")
@signed_in
def new_password() -> ResponseReturnValue:
    """Ask for a new password."""
    return _password_page(None)


@bp.post("/sign-in/password")
@signed_in
@LIMITER.limit(CODES_PER_ADDRESS)
def keep_new_password() -> ResponseReturnValue:
    """Change one's own password; all other sessions end."""
    passwords = (request.form.get("present", ""), request.form.get("password", ""))
    try:
        with transaction() as register:
            log = parts().database.access_log
            refused = service.change_password(register, log, _session(), passwords, moment())
    except DomainError as refusal:
        return _password_page(refusal)
    if refused is not None:
        return _password_page(refused.refusal)
    tell(Message(marked("The password is changed; your other sessions have ended.")), "ok")
    return redirect(HOME)


@bp.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    """End the session and leave nothing of it in the browser."""
    with transaction() as register:
        service.sign_out(register, parts().database.access_log, _session(), moment())
    session.clear()
    response = make_response(redirect(url_for("sign_in.sign_in")))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _begin(token: str) -> None:
    # Everything that was in the cookie before goes, so that nobody can plant a session or a form's token.
    session.clear()
    session[TOKEN] = token


def _session() -> HeldSession:
    found = signed_in_identity()
    if found.session is None:
        raise NotSignedIn
    return found.session


def _box() -> SecretBox:
    return SecretBox(key_of(parts().settings.home, "second-factor"))


def _password_page(refusal: DomainError | None) -> ResponseReturnValue:
    with transaction() as register:
        rules = register.policy.in_force().password
    if refusal is not None:
        return _again("sign_in/password.html", refusal, rules=rules)
    return render_template("sign_in/password.html", rules=rules)


def _again(template: str, refusal: DomainError, **values: object) -> ResponseReturnValue:
    return render_template(template, fault=render(refusal.message, language()), **values), 422


def _onward() -> str:
    """Return the page that was asked for, if it is one of ours."""
    wanted = local_path(request.values.get("next", ""))
    return wanted if wanted.isprintable() else HOME


def _agent() -> str:
    return request.headers.get("User-Agent", "")


def _to_text(sealed: bytes) -> str:
    return urlsafe_b64encode(sealed).decode()


def _from_text(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text)
    except ValueError:
        return b""
