"""Sessions and tokens that ended are removed, living ones are not."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from geo_app.domain.access_roles import Permission, Role
from geo_app.domain.access_session import Session
from geo_app.domain.access_token import ApiToken
from geo_app.persistence import tables
from geo_app.tasks.access import clear_access
from tests.support.accounts import make_account, moment

NOW = moment().instant


@pytest.fixture
def account(database):
    with database.transaction() as register:
        return make_account(register, "planner", Role.PLANNER)


def open_session(register, account, token, ago):
    begun = NOW - ago
    return register.sign_ins.open(token, account.id, Session(begun, begun), None, "")


def test_dead_sessions_go_a_day_after_their_end(database, account):
    with database.transaction() as register:
        open_session(register, account, "old", timedelta(days=3))
        ended = open_session(register, account, "signed out", timedelta(hours=30))
        register.sign_ins.end(ended, NOW - timedelta(hours=29))
        just_ended = open_session(register, account, "just signed out", timedelta(hours=2))
        register.sign_ins.end(just_ended, NOW - timedelta(hours=1))
        open_session(register, account, "living", timedelta(minutes=5))
    clear_access(database, NOW)
    with database.transaction() as register:
        left = [register.sign_ins.by_token(token) for token in ("old", "signed out", "just signed out", "living")]
    assert [held is not None for held in left] == [False, False, True, True]


def test_dead_tokens_go_a_month_after_their_end(database, account):
    scope = frozenset({Permission.PLAN_READ})
    begun = NOW - timedelta(days=100)
    with database.transaction() as register:
        for name, days in (("ran out long ago", 50), ("ran out", 90), ("living", 200)):
            register.api_tokens.add(ApiToken(0, account.id, name, scope, begun, begun + timedelta(days=days)), name)
    clear_access(database, NOW)
    with database.transaction() as register:
        assert {token.name for token in register.api_tokens.of_account(account.id)} == {"ran out", "living"}
        assert register.session.scalar(select(func.count()).select_from(tables.ApiToken)) == 2
