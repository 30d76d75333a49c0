from datetime import timedelta

import pytest

from geo_app.domain.access_roles import Permission, Role
from geo_app.domain.access_token import TokenForProgramsOnly, TokenNameMissing
from geo_app.domain.errors import NotFound
from geo_app.persistence.sign_in import hash_of
from geo_app.services.api_tokens import NewToken, make_token, revoke_token
from tests.support.accounts import actor_of, make_account, moment

AT = moment()
WANTED = NewToken("测试程序", [Permission.PLAN_READ], 30)


@pytest.fixture
def planner(register):
    return actor_of(register, make_account(register, "zhang", Role.PLANNER))


def test_only_the_hash_of_a_token_is_kept(register, planner):
    token, secret = make_token(register, planner, WANTED, AT)
    assert token.expires_at == AT.instant + timedelta(days=30)
    assert register.api_tokens.by_secret(secret) == token
    stored = register.session.connection().exec_driver_sql("select token_hash from api_token").scalar()
    assert bytes(stored) == hash_of(secret)


def test_a_token_names_its_program(register, planner):
    with pytest.raises(TokenNameMissing):
        make_token(register, planner, NewToken(" ", [Permission.PLAN_READ], 30), AT)


def test_somebody_elses_token_is_withdrawn_by_an_administrator_only(register, planner):
    token, _ = make_token(register, planner, WANTED, AT)
    with pytest.raises(NotFound):
        revoke_token(register, actor_of(register, make_account(register, "li", Role.PLANNER)), token.id, AT)
    chief = actor_of(register, make_account(register, "chief", Role.ACCOUNT_ADMIN))
    revoke_token(register, chief, token.id, AT)
    assert register.api_tokens.by_id(token.id).revoked_at == AT.instant


def made(database, **changes):
    with database.transaction() as register:
        actor = actor_of(register, make_account(register, "zhang", Role.PLANNER))
        token, secret = make_token(register, actor, WANTED, AT)
    return token, {"Authorization": f"Bearer {secret}"}


def test_a_token_tells_what_it_may_do_until_it_is_withdrawn(client, database):
    token, headers = made(database)
    assert client.get("/api/v1/account", headers=headers).json["may"] == ["plan.read"]
    with database.transaction() as register:
        register.api_tokens.revoke(token.id, AT.instant)
    answer = client.get("/api/v1/account", headers=headers)
    assert (answer.status_code, answer.json["error"]) == (401, "TokenRefused")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_opens_no_pages(client, database):
    _, headers = made(database)
    answer = client.get("/account", headers=headers | {"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]) == (403, TokenForProgramsOnly.__name__)


def test_a_token_counts_even_when_a_browser_sends_its_cookie_as_well(client_as, database):
    browser = client_as("auditor")
    _, headers = made(database)
    assert browser.get("/api/v1/account", headers=headers).json["name"] == "zhang"
    assert browser.get("/api/v1/account").json["name"] == browser.account.name
