"""Signing in as services: refusals by name, hashes renewed, many guesses at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pyotp
import pytest
from argon2 import PasswordHasher

from geo_app.domain.access_account import (
    CodeWrong,
    NotSignedIn,
    PasswordUnchanged,
    PasswordWrong,
    SecondFactorAlreadySetUp,
    SignInRefused,
)
from geo_app.domain.access_roles import Role
from geo_app.domain.access_session import AccountDisabled, AccountWithoutRole, SecondFactorReplayed
from geo_app.exchange import password_hash
from geo_app.exchange.key_folder import SecretBox
from geo_app.persistence.access_log import AccessLog, AccessLogUnavailable
from geo_app.services import identity, sign_in
from geo_app.services.identity import Step
from geo_app.services.sign_in import Attempt, Refused, SignedIn
from tests.support.accounts import PASSWORD, make_account, moment

AT = moment()
BOX = SecretBox(b"k" * 32)


@pytest.fixture
def log(database):
    return database.access_log


@pytest.fixture
def planner(register):
    return make_account(register, "zhang", Role.PLANNER)


def enter(register, log, name="zhang", password=PASSWORD, at=AT):
    return sign_in.sign_in(register, log, Attempt(name, password, "10.0.0.7", "test"), at)


def session_of(register, result):
    return register.sign_ins.by_token(result.token)


def test_every_refusal_is_the_same_sentence(register, log, planner):
    closed = make_account(register, "closed", Role.PLANNER)
    register.accounts.set_status(closed.id, "disabled")
    make_account(register, "roleless")
    for name, password in [("zhang", "x"), ("nobody", PASSWORD), ("closed", PASSWORD), ("roleless", PASSWORD)]:
        result = enter(register, log, name, password)
        assert isinstance(result, Refused)
        assert type(result.refusal) is SignInRefused


def test_capitals_of_the_name_and_the_keyboards_way_of_writing_do_not_matter(register, log):
    make_account(register, "emil", Role.PLANNER, password="Caf\u00e9-au-lait-1")
    assert isinstance(enter(register, log, " EMIL ", "Cafe\u0301-au-lait-1"), SignedIn)


def test_an_old_hash_is_renewed_at_sign_in(register, log, planner):
    old = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    register.accounts.renew_hash(planner.id, old)
    assert isinstance(enter(register, log), SignedIn)
    found = register.accounts.credentials_of(planner.id)
    assert not password_hash.is_outdated(found.password_hash)
    assert found.account.password_set_at == planner.password_set_at


def test_a_success_forgives_earlier_failures(register, log, planner):
    for _ in range(4):
        enter(register, log, password="x")
    enter(register, log)
    assert register.accounts.credentials_of(planner.id).record.failures == 0


def test_a_session_is_known_by_its_token_only(register, log, planner):
    result = enter(register, log)
    assert identity.of_session(register, result.token, AT).account.id == planner.id
    with pytest.raises(NotSignedIn):
        identity.of_session(register, result.token + "x", AT)


def test_a_session_is_worth_nothing_without_account_or_role(register, log, planner):
    token = enter(register, log).token
    register.accounts.end_grant(register.accounts.grants(planner.id)[0].id, AT.day)
    with pytest.raises(AccountWithoutRole):
        identity.of_session(register, token, AT)
    register.accounts.set_status(planner.id, "disabled")
    with pytest.raises(AccountDisabled):
        identity.of_session(register, token, AT)


def set_up(register, log, result, at=AT):
    offer = sign_in.offer_second_factor(result.account, BOX)
    held = (session_of(register, result), offer.sealed, pyotp.TOTP(offer.secret).at(at.instant))
    return offer, sign_in.set_up_second_factor(register, log, BOX, held, at)


def test_a_second_factor_is_kept_only_with_its_first_right_code(register, log, planner):
    result = enter(register, log)
    offer = sign_in.offer_second_factor(result.account, BOX)
    right = pyotp.TOTP(offer.secret).at(AT.instant)
    wrong = f"{(int(right) + 1) % 10**6:06}"
    with pytest.raises(CodeWrong):
        sign_in.set_up_second_factor(register, log, BOX, (session_of(register, result), offer.sealed, wrong), AT)
    assert not register.accounts.by_id(planner.id).second_factor
    assert sign_in.show_offer_again(result.account, BOX, offer.sealed) == offer


def test_a_second_factor_that_is_set_up_is_not_replaced_by_whoever_has_the_session(register, log, planner):
    result = enter(register, log)
    offer, token = set_up(register, log, result)
    assert identity.of_session(register, token, AT).owed is None
    with pytest.raises(SecondFactorAlreadySetUp):
        sign_in.offer_second_factor(register.accounts.by_id(planner.id), BOX)
    held = (register.sign_ins.by_token(token), offer.sealed, pyotp.TOTP(offer.secret).at(AT.instant))
    with pytest.raises(SecondFactorAlreadySetUp):
        sign_in.set_up_second_factor(register, log, BOX, held, AT)


def test_a_code_counts_once_also_in_another_session(register, log, planner):
    offer, _ = set_up(register, log, enter(register, log))
    later = moment(AT.instant + timedelta(seconds=60))
    code = pyotp.TOTP(offer.secret).at(later.instant)
    first, second = (enter(register, log, at=later) for _ in range(2))
    assert identity.of_session(register, first.token, later).owed is Step.SECOND_FACTOR
    held = session_of(register, first), code
    assert isinstance(sign_in.confirm_second_factor(register, log, BOX, held, later), str)
    held = session_of(register, second), code
    refused = sign_in.confirm_second_factor(register, log, BOX, held, later)
    assert isinstance(refused.refusal, SecondFactorReplayed)


def test_knowing_the_password_does_not_forgive_wrong_codes(register, log, planner):
    set_up(register, log, enter(register, log))
    for _ in range(3):
        held = session_of(register, enter(register, log)), "000000"
        sign_in.confirm_second_factor(register, log, BOX, held, AT)
    assert register.accounts.credentials_of(planner.id).record.failures == 3


def test_a_password_is_changed_by_whoever_knows_it_and_to_another_one(register, log, planner):
    session = session_of(register, enter(register, log))
    refused = sign_in.change_password(register, log, session, ("x", "Wu-Tong-Shu-Xia-66"), AT)
    assert isinstance(refused.refusal, PasswordWrong)
    with pytest.raises(PasswordUnchanged):
        sign_in.change_password(register, log, session, (PASSWORD, PASSWORD), AT)
    assert sign_in.change_password(register, log, session, (PASSWORD, "Wu-Tong-Shu-Xia-66"), AT) is None
    assert isinstance(enter(register, log, password="Wu-Tong-Shu-Xia-66"), SignedIn)


def test_without_the_log_nobody_signs_in_and_no_session_is_left(database, planner, register):
    with pytest.raises(AccessLogUnavailable):
        enter(register, AccessLog(database.engine))
    assert register.sign_ins.living(planner.id) == []


def test_many_guesses_at_once_count_one_by_one(committed_database):
    with committed_database.transaction() as register:
        account = make_account(register, "zhang", Role.PLANNER)

    def guess(_):
        with committed_database.transaction() as register:
            return enter(register, committed_database.access_log, password="x")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(guess, range(16)))
    with committed_database.transaction() as register:
        record = register.accounts.credentials_of(account.id).record
        rules = register.session.connection().exec_driver_sql(
            "select detail->>'rule', count(*) from access_entry group by 1 order by 1"
        )
        assert [tuple(row) for row in rules] == [("AccountLockedOut", 11), ("PasswordWrong", 5)]
    assert (record.failures, record.locks) == (0, 1)


def test_the_applications_login_can_neither_write_nor_change_the_log(committed_database):
    with committed_database.transaction() as register:
        rights = register.session.connection().exec_driver_sql(
            "select privilege_type from information_schema.role_table_grants"
            " where table_name = 'access_entry' and grantee = 'geo_app'"
        )
        assert {row[0] for row in rights} == {"SELECT"}
