"""Accounts from the command line; the first account administrator is made here."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click

from geo_app.cli.database import as_option, lang_option, open_database, refusals_in_one_line
from geo_app.domain.access import Actor, Grant
from geo_app.domain.access_account import Account, Moment
from geo_app.domain.access_roles import Role
from geo_app.domain.errors import NotFound
from geo_app.domain.message import Message, marked
from geo_app.exchange.language import render
from geo_app.persistence.access_log import Access, Event, Outcome
from geo_app.persistence.queries.listing import Listing
from geo_app.persistence.register import Register
from geo_app.services import accounts as service
from geo_app.settings import Settings

reason_option = click.option("--reason", required=True, help="Why; it stands in the journal.")
password_option = click.option(
    "--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for, unless given."
)
LARGEST_LIST = 100_000


@click.group()
def users() -> None:
    """Make accounts, give and take roles, close accounts.

    Example: geo-app users add zhang --name 张三 --organisation 民政局 --reason 入职
    """


@users.command("add")
@click.argument("account")
@click.option("--name", "display_name", required=True, help="The person or office.")
@click.option("--organisation", default="", help="Where they work.")
@password_option
@reason_option
@as_option
@lang_option
@refusals_in_one_line
def add(
    *, account: str, display_name: str, organisation: str, password: str, reason: str, acting: str, lang: str
) -> None:
    """Make an account; its owner changes the password at the first sign-in."""
    with _acting(acting, reason, "users add") as (register, actor, at):
        new = service.NewAccount(account, display_name, organisation, password)
        made = service.create_account(register, actor, new, at)
    _say(marked("The account {name} is made; now give it a role."), lang, name=made.name)


@users.command("list")
@click.argument("text", default="")
@as_option
@lang_option
@refusals_in_one_line
def list_accounts(*, text: str, acting: str, lang: str) -> None:
    """Print the accounts with the roles in force, those that TEXT fits or all; columns are separated by tabs."""
    with _acting(acting, "", "users list") as (register, actor, at):
        listing = Listing(size=LARGEST_LIST, sort="name", filters={"q": text})
        for account in service.find_accounts(register, actor, listing, at).items:
            click.echo(_line(register, account, at, lang))


@users.command("grant")
@click.argument("account")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--area", default="", help="Division code; without it the whole register.")
@click.option("--from", "start", type=click.DateTime(["%Y-%m-%d"]), help="First day; default today.")
@click.option("--to", "end", type=click.DateTime(["%Y-%m-%d"]), help="First day on which it no longer holds.")
@reason_option
@as_option
@lang_option
@refusals_in_one_line
def grant(
    *,
    account: str,
    role: str,
    area: str,
    start: datetime | None,
    end: datetime | None,
    reason: str,
    acting: str,
    lang: str,
) -> None:
    """Give an account a role in an area for a time."""
    with _acting(acting, reason, "users grant") as (register, actor, at):
        wanted = Grant(Role(role), area, start.date() if start else at.day, end.date() if end else None)
        service.grant(register, actor, register.accounts.by_name(account).id, wanted, at)
    _say(marked("The role is given; it counts from the next click."), lang)


@users.command("revoke")
@click.argument("account")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--area", default="", help="Division code; without it the whole register.")
@reason_option
@as_option
@lang_option
@refusals_in_one_line
def revoke(*, account: str, role: str, area: str, reason: str, acting: str, lang: str) -> None:
    """Take a role away from today on."""
    with _acting(acting, reason, "users revoke") as (register, actor, at):
        found = register.accounts.by_name(account)
        service.revoke(register, actor, found.id, _grant_id(register, found, (role, area), at), at)
    _say(marked("The role is taken away; it ends with the next click."), lang)


@users.command("disable")
@click.argument("account")
@reason_option
@as_option
@lang_option
@refusals_in_one_line
def disable(*, account: str, reason: str, acting: str, lang: str) -> None:
    """Close an account; its sessions end."""
    with _acting(acting, reason, "users disable") as (register, actor, at):
        service.disable_account(register, actor, register.accounts.by_name(account).id, at)
    _say(marked("The account is closed and its sessions have ended."), lang)


@users.command("enable")
@click.argument("account")
@reason_option
@as_option
@lang_option
@refusals_in_one_line
def enable(*, account: str, reason: str, acting: str, lang: str) -> None:
    """Open a closed account again."""
    with _acting(acting, reason, "users enable") as (register, actor, at):
        service.enable_account(register, actor, register.accounts.by_name(account).id, at)
    _say(marked("The account is open again."), lang)


@users.command("password")
@click.argument("account")
@password_option
@reason_option
@as_option
@lang_option
@refusals_in_one_line
def password(*, account: str, password: str, reason: str, acting: str, lang: str) -> None:
    """Set a password that its owner must change; a lock ends."""
    with _acting(acting, reason, "users password") as (register, actor, at):
        service.set_password(register, actor, register.accounts.by_name(account).id, password, at)
    _say(marked("The password is set; it must be changed at the next sign-in."), lang)


@users.command("second-factor")
@click.argument("account")
@reason_option
@as_option
@lang_option
@refusals_in_one_line
def second_factor(*, account: str, reason: str, acting: str, lang: str) -> None:
    """Take a lost second factor away."""
    with _acting(acting, reason, "users second-factor") as (register, actor, at):
        service.reset_second_factor(register, actor, register.accounts.by_name(account).id, at)
    _say(marked("The second factor is taken away; its owner can set up a new one."), lang)


@contextmanager
def _acting(name: str, reason: str, route: str) -> Iterator[tuple[Register, Actor, Moment]]:
    """Give register, actor and moment for one transaction; the use of the right is on record before it happens."""
    at = _moment()
    with open_database() as database, database.transaction() as register:
        actor = service.acting_account(register, name, at, reason)
        database.access_log.append(Access(Event.ADMIN, Outcome.OK, actor.account_id, route, detail={"way": "cli"}))
        yield register, actor, at


def _moment() -> Moment:
    now = datetime.now(UTC)
    return Moment(now, now.astimezone(ZoneInfo(Settings.from_env().timezone)).date())


def _grant_id(register: Register, account: Account, what: tuple[str, str], at: Moment) -> int:
    for held in register.accounts.grants(account.id):
        same = (held.grant.role.value, held.grant.area_code) == what
        if same and (held.grant.valid_to is None or at.day < held.grant.valid_to):
            return held.id
    raise NotFound(what=Message(marked("role")), key=what[0])


def _line(register: Register, account: Account, at: Moment, lang: str) -> str:
    roles = [
        f"{render(grant.role.word, lang)}@{grant.area_code or '*'}"
        for grant in register.accounts.grants_on(account.id, at.day)
    ]
    state = "disabled" if account.disabled else "active"
    return "\t".join((account.name, account.display_name, account.organisation, state, ",".join(roles)))


def _say(pattern: str, lang: str, **values: object) -> None:
    click.echo(render(Message(pattern, values), lang))
