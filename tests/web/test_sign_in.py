"""Signing in on the web, as a browser does it."""

import re
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest

from geo_app.domain.access_roles import Role
from geo_app.exchange import password_hash
from geo_app.exchange.second_factor import STEP_SECONDS
from tests.support.accounts import PASSWORD, make_account, moment

FORM_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Clock:
    """A clock that a test turns by hand."""

    def __init__(self) -> None:
        self.now = moment().instant.replace(microsecond=0)

    def __call__(self):
        return self.now

    def advance(self, **time):
        self.now += timedelta(**time)


@pytest.fixture
def clock(app):
    clock = Clock()
    app.extensions["geo_app"] = replace(app.extensions["geo_app"], clock=clock)
    return clock


@pytest.fixture
def planner(database):
    with database.transaction() as register:
        return make_account(register, "zhang.gui", Role.PLANNER)


def form_token(client, path="/sign-in"):
    return FORM_TOKEN.search(client.get(path).text)[1]


def sign_in(client, name="zhang.gui", password=PASSWORD, **more):
    form = {"name": name, "password": password, "csrf_token": form_token(client), **more}
    return client.post("/sign-in", data=form)


def log_of(database, account_id):
    with database.transaction() as register:
        rows = register.session.connection().exec_driver_sql(
            "select event, outcome, detail->>'rule' from access_entry where account_id = %s order by id", (account_id,)
        )
        return [tuple(row) for row in rows]


def test_the_right_password_opens_the_page_that_was_asked_for(client, planner):
    answer = client.get("/account?x=1")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in?next=/account?x%3D1"
    answer = sign_in(client, next="/account?x=1")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account?x=1")
    assert "zhang.gui" in client.get("/account").text


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", ""])
def test_signing_in_leads_to_no_other_server(client, planner, elsewhere):
    assert sign_in(client, next=elsewhere).headers["Location"] == "/"


def test_an_unknown_name_reads_and_works_like_a_wrong_password(client, planner, monkeypatch):
    verified = []
    matches = password_hash.HASHER.verify

    class Counting:
        verify = staticmethod(lambda *given: verified.append(given[0]) or matches(*given))
        hash = staticmethod(password_hash.HASHER.hash)

    monkeypatch.setattr(password_hash, "HASHER", Counting())
    answers = [sign_in(client, name, "wrong") for name in ("zhang.gui", "nobody.here")]
    assert len(verified) == 2
    texts = {re.sub(r'value="[^"]*"|content="[^"]*"', "", answer.text) for answer in answers}
    assert (len(texts), {answer.status_code for answer in answers}) == (1, {422})
    assert "用户名或口令" in texts.pop()


def test_after_five_wrong_passwords_the_right_one_is_refused_too_until_the_rest_is_over(
    client, planner, clock, database
):
    for _ in range(5):
        assert sign_in(client, password="wrong").status_code == 422
    assert sign_in(client).status_code == 422
    clock.advance(minutes=16)
    assert sign_in(client).status_code == 302
    assert [row[1:] for row in log_of(database, planner.id)] == [
        *[("refused", "PasswordWrong")] * 5,
        ("refused", "AccountLockedOut"),
        ("ok", None),
    ]


def test_a_session_ends_when_nobody_uses_it(client, planner, clock):
    sign_in(client)
    clock.advance(minutes=14)
    assert client.get("/account").status_code == 200
    clock.advance(minutes=14)
    assert client.get("/account").status_code == 200
    clock.advance(minutes=15)
    assert client.get("/account").headers["Location"].startswith("/sign-in")


def test_a_busy_session_ends_with_the_working_day(client, planner, clock):
    sign_in(client)
    for _ in range(47):
        clock.advance(minutes=10)
        assert client.get("/account").status_code == 200
    clock.advance(minutes=10)
    assert client.get("/account").status_code == 302


def test_signing_in_throws_away_a_planted_session(client, planner):
    with client.session_transaction() as session:
        session.update(token="planted", csrf_token="planted", other="planted")
    token = form_token(client)
    client.post("/sign-in", data={"name": "zhang.gui", "password": PASSWORD, "csrf_token": token})
    with client.session_transaction() as session:
        assert session["token"] != "planted"
        assert "other" not in session
        assert session.get("csrf_token") != "planted"


def test_signing_out_ends_the_session_also_for_a_copy_of_the_cookie(client, planner, app):
    sign_in(client)
    with client.session_transaction() as session:
        copy = dict(session)
    answer = client.post("/sign-out", data={"csrf_token": form_token(client, "/account")})
    assert "storage" in answer.headers["Clear-Site-Data"]
    thief = app.test_client()
    with thief.session_transaction() as session:
        session.update(copy)
    assert thief.get("/account").status_code == 302


def set_up(client, clock):
    page = client.get("/sign-in/set-up").text
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)[1]
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)[1]
    assert 'src="data:image/svg+xml' in page
    code = pyotp.TOTP(secret).at(clock.now)
    form = {"sealed": sealed, "code": code, "csrf_token": FORM_TOKEN.search(page)[1]}
    return secret, client.post("/sign-in/set-up", data=form)


def give_code(client, code):
    token = form_token(client, "/sign-in/second-factor")
    return client.post("/sign-in/second-factor", data={"code": code, "csrf_token": token})


def test_a_second_factor_is_asked_for_once_it_is_set_up_and_a_code_counts_once(client, planner, clock, database):
    sign_in(client)
    secret, answer = set_up(client, clock)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    with database.transaction() as register:
        stored = register.accounts.credentials_of(planner.id).sealed_secret
    assert secret.encode() not in stored
    client.post("/sign-out", data={"csrf_token": form_token(client, "/account")})
    sign_in(client)
    assert client.get("/account").headers["Location"] == "/sign-in/second-factor"
    used = pyotp.TOTP(secret).at(clock.now)
    assert "使用过" in give_code(client, used).text
    clock.advance(seconds=STEP_SECONDS)
    with client.session_transaction() as session:
        before = session["token"]
    assert give_code(client, pyotp.TOTP(secret).at(clock.now)).status_code == 302
    with client.session_transaction() as session:
        assert session["token"] != before
    assert client.get("/account").status_code == 200


def test_guessing_codes_locks_the_account(client, planner, clock):
    sign_in(client)
    secret, _ = set_up(client, clock)
    client.post("/sign-out", data={"csrf_token": form_token(client, "/account")})
    sign_in(client)
    clock.advance(seconds=STEP_SECONDS)
    right = pyotp.TOTP(secret).at(clock.now)
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for _ in range(5):
        assert give_code(client, wrong).status_code == 422
    assert "分钟" in give_code(client, right).text


def test_a_power_must_set_up_a_second_factor_before_anything_else(client, database, clock):
    with database.transaction() as register:
        make_account(register, "chen.zhang", Role.ACCOUNT_ADMIN)
    sign_in(client, "chen.zhang")
    assert client.get("/accounts").headers["Location"] == "/sign-in/set-up"
    set_up(client, clock)
    assert client.get("/accounts").status_code == 200


def change_password(client, present, wanted):
    form = {"present": present, "password": wanted, "csrf_token": form_token(client, "/sign-in/password")}
    return client.post("/sign-in/password", data=form)


def test_a_password_set_by_somebody_else_is_changed_first(client, planner, database, clock):
    with database.transaction() as register:
        register.accounts.set_password(planner.id, password_hash.hash_password(PASSWORD), clock.now, must_change=True)
    sign_in(client)
    assert client.get("/account").headers["Location"] == "/sign-in/password"
    assert "至少" in change_password(client, PASSWORD, "short").text
    assert change_password(client, PASSWORD, PASSWORD).status_code == 422
    assert "不正确" in change_password(client, "wrong", "Another-Horse-77").text
    assert change_password(client, PASSWORD, "Another-Horse-77").status_code == 302
    assert client.get("/account").status_code == 200


def test_a_changed_password_ends_the_other_sessions(app, planner):
    first, second = app.test_client(), app.test_client()
    sign_in(first)
    sign_in(second)
    assert change_password(second, PASSWORD, "Another-Horse-77").status_code == 302
    assert first.get("/account").status_code == 302
    assert second.get("/account").status_code == 200


def test_too_many_attempts_from_one_address_are_slowed_down(client, planner):
    token = form_token(client)
    answers = [
        client.post("/sign-in", data={"name": f"n{number}", "password": "x", "csrf_token": token}).status_code
        for number in range(31)
    ]
    assert answers == [422] * 30 + [429]


def test_nobody_gets_in_while_the_log_cannot_be_written(client, planner, database):
    database.access_log = type(database.access_log)(database.engine)  # the application's login may not write the log
    answer = sign_in(client)
    assert answer.status_code == 503
    assert client.get("/account").status_code == 302
