"""Accounts as their administrator sees them: list, new account, roles, closing, passwords, second factor."""

from datetime import date
from http import HTTPStatus

from apiflask import APIBlueprint
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from geo_app.domain.access import Grant
from geo_app.domain.access_roles import Role
from geo_app.domain.errors import DomainError, UnreadableInput
from geo_app.domain.message import Message, marked
from geo_app.exchange.language import render
from geo_app.persistence.accounts import SORTS
from geo_app.services import accounts as service
from geo_app.services import api_tokens
from geo_app.web.context import actor, moment, today, transaction
from geo_app.web.errors import status_of
from geo_app.web.language import language
from geo_app.web.listing import parse_listing
from geo_app.web.notices import tell
from geo_app.web.permission import needs

bp = APIBlueprint("accounts", __name__, enable_openapi=False)

AREAS_OFFERED = 300


@bp.get("/accounts")
@needs("account.read")
def accounts() -> ResponseReturnValue:
    """List the accounts, or those that a text fits."""
    listing = parse_listing(request.args, sorts=SORTS, filters=("q",))
    with transaction() as register:
        found = service.find_accounts(register, actor(), listing, moment())
    return render_template("accounts/list.html", accounts=found.items, total=found.total, listing=listing)


@bp.get("/accounts/new")
@needs("account.manage")
def new_account() -> ResponseReturnValue:
    """Show the form of a new account."""
    return render_template("accounts/new.html", fault=None, new=service.NewAccount("", ""), reason="")


@bp.post("/accounts")
@needs("account.manage")
def create() -> ResponseReturnValue:
    """Add an account and go on to its page, where it gets its roles."""
    form = request.form
    new = service.NewAccount(
        form.get("name", ""), form.get("display_name", ""), form.get("organisation", ""), form.get("password", "")
    )
    try:
        with transaction() as register:
            account = service.create_account(register, actor(_reason()), new, moment())
    except DomainError as refusal:
        text = render(refusal.message, language())
        return render_template("accounts/new.html", fault=text, new=new, reason=_reason()), status_of(refusal)
    tell(Message(marked("The account {name} is made; now give it a role."), {"name": account.name}), "ok")
    return redirect(url_for("accounts.account", account_id=account.id))


@bp.get("/accounts/<int:account_id>")
@needs("account.read")
def account(account_id: int) -> ResponseReturnValue:
    """Show an account with its roles, sessions and tokens."""
    return _page(account_id, None)


@bp.post("/accounts/<int:account_id>/grants")
@needs("account.manage")
def grant(account_id: int) -> ResponseReturnValue:
    """Give the account a role in an area."""
    try:
        wanted = _grant()
        with transaction() as register:
            service.grant(register, actor(_reason()), account_id, wanted, moment())
    except DomainError as refusal:
        return _page(account_id, refusal)
    return _done(account_id, Message(marked("The role is given; it counts from the next click.")))


@bp.post("/accounts/<int:account_id>/grants/<int:grant_id>/revocation")
@needs("account.manage")
def revoke(account_id: int, grant_id: int) -> ResponseReturnValue:
    """Take a role away."""
    try:
        with transaction() as register:
            service.revoke(register, actor(_reason()), account_id, grant_id, moment())
    except DomainError as refusal:
        return _page(account_id, refusal)
    return _done(account_id, Message(marked("The role is taken away; it ends with the next click.")))


@bp.post("/accounts/<int:account_id>/closing")
@needs("account.manage")
def close(account_id: int) -> ResponseReturnValue:
    """Close the account."""
    try:
        with transaction() as register:
            service.disable_account(register, actor(_reason()), account_id, moment())
    except DomainError as refusal:
        return _page(account_id, refusal)
    return _done(account_id, Message(marked("The account is closed and its sessions have ended.")))


@bp.post("/accounts/<int:account_id>/opening")
@needs("account.manage")
def reopen(account_id: int) -> ResponseReturnValue:
    """Open a closed account again."""
    try:
        with transaction() as register:
            service.enable_account(register, actor(_reason()), account_id, moment())
    except DomainError as refusal:
        return _page(account_id, refusal)
    return _done(account_id, Message(marked("The account is open again.")))


@bp.post("/accounts/<int:account_id>/password")
@needs("account.manage")
def set_password(account_id: int) -> ResponseReturnValue:
    """Give the account a password that its owner must change."""
    password = request.form.get("password", "")
    try:
        with transaction() as register:
            service.set_password(register, actor(_reason()), account_id, password, moment())
    except DomainError as refusal:
        return _page(account_id, refusal)
    return _done(account_id, Message(marked("The password is set; it must be changed at the next sign-in.")))


@bp.post("/accounts/<int:account_id>/second-factor-reset")
@needs("account.manage")
def reset_second_factor(account_id: int) -> ResponseReturnValue:
    """Take a lost second factor away."""
    try:
        with transaction() as register:
            service.reset_second_factor(register, actor(_reason()), account_id, moment())
    except DomainError as refusal:
        return _page(account_id, refusal)
    return _done(account_id, Message(marked("The second factor is taken away; its owner can set up a new one.")))


@bp.post("/accounts/<int:account_id>/tokens/<int:token_id>/revocation")
@needs("token.manage")
def revoke_token(account_id: int, token_id: int) -> ResponseReturnValue:
    """Withdraw a token of somebody else."""
    try:
        with transaction() as register:
            api_tokens.revoke_token(register, actor(_reason()), token_id, moment())
    except DomainError as refusal:
        return _page(account_id, refusal)
    return _done(account_id, Message(marked("The token is withdrawn.")))


def _page(account_id: int, refusal: DomainError | None) -> ResponseReturnValue:
    with transaction() as register:
        card = service.account_card(register, actor(), account_id, moment())
        areas = register.accounts.areas("", AREAS_OFFERED)
    fault = render(refusal.message, language()) if refusal else None
    page = render_template(
        "accounts/account.html", card=card, areas=areas, roles=list(Role), today=today(), fault=fault
    )
    return page, (status_of(refusal) if refusal else HTTPStatus.OK)


def _done(account_id: int, message: Message) -> ResponseReturnValue:
    tell(message, "ok")
    return redirect(url_for("accounts.account", account_id=account_id))


def _reason() -> str:
    return request.form.get("reason", "").strip()


def _grant() -> Grant:
    role = request.form.get("role", "")
    if role not in set(Role):
        raise UnreadableInput(name=Message(marked("role")), problem=role)
    return Grant(Role(role), request.form.get("area", "").strip(), _day("from") or today(), _day("to"))


def _day(field: str) -> date | None:
    text = request.form.get(field, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as fault:
        raise UnreadableInput(name=Message(marked("date")), problem=text) from fault
