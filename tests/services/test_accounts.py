from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import insert
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError

from geo_app.domain.access import EVERYWHERE, Grant, NotGranted, ReasonNotStated
from geo_app.domain.access_account import LOCAL_OPERATOR, AccountNameTaken, DisableOneself, LocalOperatorOnly
from geo_app.domain.access_grants import GrantToOneself, LastOfItsPower, PowersCombined, RevokeFromOneself
from geo_app.domain.access_password import PasswordTooShort
from geo_app.domain.access_roles import POWERS, Role
from geo_app.domain.access_session import AccountWithoutRole
from geo_app.domain.errors import NotFound
from geo_app.persistence.queries.listing import Listing
from geo_app.persistence.tables import AccountGrant, Division
from geo_app.services import accounts, identity
from geo_app.services.demo_accounts import DEMO_PASSWORD, make_demo_accounts
from geo_app.services.sign_in import Attempt, SignedIn, sign_in
from tests.support.accounts import LONG_AGO, PASSWORD, actor_of, make_account, moment

AT = moment()
TOWNSHIP = "511111101"


@pytest.fixture
def township(register):
    register.session.execute(insert(Division).values(code=TOWNSHIP, level="township", name="测试镇"))


@pytest.fixture
def admin(register):
    return actor_of(register, make_account(register, "chief", Role.ACCOUNT_ADMIN))


@pytest.fixture
def planner(register):
    return make_account(register, "zhang", Role.PLANNER)


def new(name="li.si", **more):
    return accounts.NewAccount(name, "李四", **more)


def test_a_new_account_must_change_its_first_password(register, admin):
    account = accounts.create_account(register, admin, new(password=PASSWORD), AT)
    assert account.must_change_password
    assert register.accounts.grants_on(account.id, AT.day) == ()


def test_a_name_is_given_once_whatever_the_capitals(register, admin, planner):
    with pytest.raises(AccountNameTaken):
        accounts.create_account(register, admin, new("ZHANG"), AT)


def test_a_weak_password_is_refused(register, admin):
    with pytest.raises(PasswordTooShort):
        accounts.create_account(register, admin, new(password="Short1!"), AT)


def test_whoever_is_no_administrator_makes_no_accounts_and_gives_no_roles(register, planner):
    actor = actor_of(register, planner)
    with pytest.raises(NotGranted):
        accounts.create_account(register, actor, new(), AT)
    other = make_account(register, "wang", Role.VILLAGE)
    with pytest.raises(NotGranted):
        accounts.grant(register, actor, other.id, Grant(Role.PLANNER, EVERYWHERE, AT.day), AT)


def test_every_change_of_an_account_states_its_reason(register, admin, planner):
    silent = replace(admin, reason=" ")
    for act in (accounts.disable_account, accounts.enable_account, accounts.reset_second_factor):
        with pytest.raises(ReasonNotStated):
            act(register, silent, planner.id, AT)


def test_an_administrator_helps_themselves_to_nothing(register, admin):
    mine = admin.account_id
    with pytest.raises(GrantToOneself):
        accounts.grant(register, admin, mine, Grant(Role.PLANNER, EVERYWHERE, AT.day), AT)
    with pytest.raises(RevokeFromOneself):
        accounts.revoke(register, admin, mine, register.accounts.grants(mine)[0].id, AT)
    with pytest.raises(DisableOneself):
        accounts.disable_account(register, admin, mine, AT)
    with pytest.raises(DisableOneself):
        accounts.reset_second_factor(register, admin, mine, AT)


PAIRS = [(one, other) for one in sorted(POWERS) for other in sorted(POWERS) if one < other]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_no_account_gets_two_powers(register, admin, one, other):
    holder = make_account(register, "holder", one)
    with pytest.raises(PowersCombined):
        accounts.grant(register, admin, holder.id, Grant(other, EVERYWHERE, AT.day), AT)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_database_refuses_two_powers_by_itself(register, one, other):
    holder = make_account(register, "holder", one)
    with pytest.raises(PowersCombined):
        register.accounts.add_grant(holder.id, Grant(other, EVERYWHERE, LONG_AGO), holder.id)
    statement = insert(AccountGrant).values(account_id=holder.id, role=other, valid=Range(AT.day, None))
    with pytest.raises(IntegrityError, match="one_power_per_account"), register.session.begin_nested():
        register.session.execute(statement)


def test_a_role_in_an_area_ends_today_when_it_is_taken_away(register, admin, planner, township):
    key = accounts.grant(register, admin, planner.id, Grant(Role.TOWNSHIP, TOWNSHIP, AT.day - timedelta(9)), AT)
    assert Role.TOWNSHIP in {grant.role for grant in register.accounts.grants_on(planner.id, AT.day)}
    accounts.revoke(register, admin, planner.id, key, AT)
    assert {grant.role for grant in register.accounts.grants_on(planner.id, AT.day)} == {Role.PLANNER}
    assert [held.grant.valid_to for held in register.accounts.grants(planner.id)] == [AT.day, None]


def test_a_role_given_and_taken_on_one_day_is_gone_at_once_and_can_be_given_again(register, admin, planner):
    wanted = Grant(Role.POLICE, EVERYWHERE, AT.day)
    key = accounts.grant(register, admin, planner.id, wanted, AT)
    accounts.revoke(register, admin, planner.id, key, AT)
    assert {grant.role for grant in register.accounts.grants_on(planner.id, AT.day)} == {Role.PLANNER}
    accounts.grant(register, admin, planner.id, wanted, AT)
    assert wanted in register.accounts.grants_on(planner.id, AT.day)


def test_a_role_in_an_area_that_does_not_exist_is_not_given(register, admin, planner):
    with pytest.raises(NotFound):
        accounts.grant(register, admin, planner.id, Grant(Role.TOWNSHIP, "999999999", AT.day), AT)


def test_a_grant_follows_its_area_when_the_code_changes(register, admin, planner, township):
    accounts.grant(register, admin, planner.id, Grant(Role.TOWNSHIP, TOWNSHIP, AT.day), AT)
    register.session.execute(Division.__table__.update().values(code="511111199"))
    assert register.accounts.grants(planner.id)[0].grant.area_code == "511111199"


def test_the_last_holder_of_a_power_keeps_it(register, admin):
    auditor = make_account(register, "auditor", Role.AUDITOR)
    grant_id = register.accounts.grants(auditor.id)[0].id
    with pytest.raises(LastOfItsPower):
        accounts.revoke(register, admin, auditor.id, grant_id, AT)
    make_account(register, "auditor.two", Role.AUDITOR)
    accounts.revoke(register, admin, auditor.id, grant_id, AT)


def test_an_administrator_of_one_town_takes_over_nobody_from_elsewhere(register, township, planner):
    local = actor_of(register, make_account(register, "local", Role.ACCOUNT_ADMIN, area=TOWNSHIP))
    clerk = make_account(register, "clerk", Role.TOWNSHIP, area=TOWNSHIP)
    accounts.set_password(register, local, clerk.id, "Wu-Tong-Shu-Xia-66", AT)
    with pytest.raises(NotGranted):
        accounts.set_password(register, local, planner.id, "Wu-Tong-Shu-Xia-66", AT)


def test_an_administrator_of_one_town_sees_those_who_work_there_or_nowhere_yet(register, township, planner):
    local = actor_of(register, make_account(register, "local", Role.ACCOUNT_ADMIN, area=TOWNSHIP))
    make_account(register, "clerk", Role.TOWNSHIP, area=TOWNSHIP)
    make_account(register, "newcomer")
    seen = accounts.find_accounts(register, local, Listing(sort="name"), AT)
    assert [account.name for account in seen.items] == ["clerk", "local", "newcomer"]
    with pytest.raises(NotFound):
        accounts.account_card(register, local, planner.id, AT)


def test_the_local_operator_is_made_once_and_signs_in_nowhere(register, database, admin):
    first = accounts.local_operator(register, AT, "setup")
    assert accounts.local_operator(register, AT, "again").account_id == first.account_id
    refused = sign_in(register, database.access_log, Attempt(LOCAL_OPERATOR, ""), AT)
    assert not isinstance(refused, SignedIn)
    with pytest.raises(LocalOperatorOnly):
        accounts.set_password(register, admin, first.account_id, PASSWORD, AT)


def test_a_closed_account_does_not_act_on_the_command_line(register, admin, planner):
    assert accounts.acting_account(register, "zhang", AT, "x").account_id == planner.id
    accounts.disable_account(register, admin, planner.id, AT)
    with pytest.raises(NotFound):
        accounts.acting_account(register, "zhang", AT, "x")


def test_every_change_of_an_account_stands_in_the_journal(register, admin, planner):
    accounts.disable_account(register, admin, planner.id, AT)
    accounts.enable_account(register, admin, planner.id, AT)
    rows = register.session.connection().exec_driver_sql(
        "select verb, reason, account_id from change_entry where subject_kind = 'account' and subject_key = %s"
        " order by id",
        (str(planner.id),),
    )
    assert [tuple(row) for row in rows] == [
        ("disable_account", "test", admin.account_id),
        ("enable_account", "test", admin.account_id),
    ]


def test_the_demonstration_has_an_account_for_each_role_and_making_them_twice_doubles_nothing(register, database):
    cast = make_demo_accounts(register, AT.day)
    assert make_demo_accounts(register, AT.day) == cast
    assert {account.role for account in cast} == set(Role)
    for account in cast:
        entered = sign_in(register, database.access_log, Attempt(account.name, DEMO_PASSWORD), AT)
        assert isinstance(entered, SignedIn)
        assert entered.account.made_up


@pytest.mark.parametrize("seed", range(4))
def test_no_read_is_stale_whatever_is_given_and_taken_between(register, database, admin, planner, seed):
    drawn = Random(seed)
    token = sign_in(register, database.access_log, Attempt("zhang", PASSWORD), AT).token
    first = register.accounts.grants(planner.id)[0]
    held = {Role.PLANNER: first.id}
    for _ in range(150):
        role = drawn.choice([Role.PLANNER, Role.REVIEWER, Role.POLICE, Role.TOWNSHIP])
        if role in held:
            accounts.revoke(register, admin, planner.id, held.pop(role), AT)
        else:
            held[role] = accounts.grant(register, admin, planner.id, Grant(role, EVERYWHERE, AT.day), AT)
        if held:
            seen = identity.of_session(register, token, AT).actor.grants
            assert {grant.role for grant in seen} == set(held)
        else:
            with pytest.raises(AccountWithoutRole):
                identity.of_session(register, token, AT)
