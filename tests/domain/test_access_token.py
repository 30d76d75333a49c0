from datetime import UTC, date, datetime, timedelta

import pytest

from geo_app.domain.access import EVERYWHERE, Actor, Grant, NotGranted, holds, require
from geo_app.domain.access_account import Moment
from geo_app.domain.access_roles import Permission, Role
from geo_app.domain.access_token import (
    ApiToken,
    TokenLifeOutOfRange,
    TokenRefused,
    TokenScopeEmpty,
    TokenScopeTooWide,
    require_life,
    require_scope,
    require_valid,
)

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
AT = Moment(NOW, NOW.date())
PLANNER = Actor(1, "planner", (Grant(Role.PLANNER, EVERYWHERE, date(2020, 1, 1)),))
TOKEN = ApiToken(1, 1, "program", frozenset({Permission.PLAN_READ}), NOW, NOW + timedelta(days=1))


def test_a_token_gets_part_of_what_its_owner_holds():
    assert require_scope(PLANNER, [Permission.PLAN_READ], AT) == {Permission.PLAN_READ}
    with pytest.raises(TokenScopeTooWide):
        require_scope(PLANNER, [Permission.PLAN_READ, Permission.LOG_READ], AT)
    with pytest.raises(TokenScopeEmpty):
        require_scope(PLANNER, [], AT)


def test_an_actor_with_a_token_may_do_only_what_the_token_is_for():
    program = Actor(1, "planner", PLANNER.grants, scope=frozenset({Permission.PLAN_READ}))
    require(program, Permission.PLAN_READ, "511111", AT.day)
    with pytest.raises(NotGranted):
        require(program, Permission.PLAN_SUBMIT, "511111", AT.day)
    assert not holds(program, Permission.PLAN_SUBMIT, AT.day)
    assert holds(PLANNER, Permission.PLAN_SUBMIT, AT.day)


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_token_does_not_last_for_ever(days):
    assert require_life(366) == timedelta(days=366)
    with pytest.raises(TokenLifeOutOfRange):
        require_life(days)


def test_a_token_ends_by_itself_and_by_withdrawal():
    assert require_valid(TOKEN, NOW) == TOKEN
    with pytest.raises(TokenRefused):
        require_valid(TOKEN, NOW + timedelta(days=1))
    withdrawn = ApiToken(1, 1, "program", TOKEN.permissions, NOW, NOW + timedelta(days=1), revoked_at=NOW)
    with pytest.raises(TokenRefused):
        require_valid(withdrawn, NOW)
