"""Accounts and signed-in clients for tests."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from apiflask import APIFlask
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.datastructures import Headers

from geo_app.domain.access import EVERYWHERE, Actor, Grant
from geo_app.domain.access_account import Account, Moment
from geo_app.domain.access_roles import Role
from geo_app.exchange import password_hash
from geo_app.persistence.database import Database
from geo_app.persistence.queries.listing import Listing
from geo_app.persistence.register import Register
from geo_app.services.sign_in import Attempt, open_session
from geo_app.web.gate import TOKEN

PASSWORD = "Kuai-Ma-Jia-Bian-88"
LONG_AGO = date(2020, 1, 1)


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch):
    """Tests hash many passwords; the strength of the parameters is not what they test."""
    monkeypatch.setattr(password_hash, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def moment(instant: datetime | None = None) -> Moment:
    instant = instant or datetime.now(UTC)
    return Moment(instant, (instant + timedelta(hours=8)).date())


def make_account(
    register: Register, name: str, *roles: Role, area: str = EVERYWHERE, password: str = PASSWORD
) -> Account:
    """Return a new account that holds `roles` in `area` since long ago."""
    account = register.accounts.add(name, f"测试 {name}", "")
    register.accounts.set_password(
        account.id, password_hash.hash_password(password), datetime.now(UTC), must_change=False
    )
    for role in roles:
        register.accounts.add_grant(account.id, Grant(role, area, LONG_AGO), account.id)
    return register.accounts.by_id(account.id)


def actor_of(register: Register, account: Account, reason: str = "test") -> Actor:
    return Actor(account.id, account.name, register.accounts.grants_on(account.id, moment().day), reason)


class SignedInClient(FlaskClient):
    """A browser in which somebody has signed in, and which sends the form's token by itself."""

    csrf_header: str = ""
    account: Account

    def open(self, *args, **kwargs):
        headers = Headers(kwargs.pop("headers", None))
        if self.csrf_header:
            headers.setdefault("X-CSRFToken", self.csrf_header)
        return super().open(*args, headers=headers, **kwargs)


def enter(client: SignedInClient, app: APIFlask, token: str) -> None:
    """Put a session's token into the browser's cookie, and a form's token that fits."""
    with client.session_transaction() as session:
        session[TOKEN] = token
        session["csrf_token"] = "form"
    client.csrf_header = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps("form")


@pytest.fixture
def no_second_factor(database: Database) -> None:
    """No role needs a second factor."""
    with database.transaction() as register:
        someone = register.accounts.add("policy.before.tests", "策略", "")
        register.policy.set("second_factor_roles", [], 0, someone.id)


@pytest.fixture
def client_as(app: APIFlask, database: Database, no_second_factor: None) -> Callable[..., SignedInClient]:
    """Return a function (role, area) → a browser signed in as a new account with that role."""

    def make(role: Role | str, area: str = EVERYWHERE) -> SignedInClient:
        app.test_client_class = SignedInClient
        client = app.test_client()
        with database.transaction() as register:
            count = register.accounts.find(Listing(sort="name"), {EVERYWHERE}, moment().day).total
            client.account = make_account(register, f"{Role(role).value}.{count}", Role(role), area=area)
            token = open_session(register, client.account.id, moment(), Attempt("", ""))
        enter(client, app, token)
        return client

    return make
