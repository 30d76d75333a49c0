"""Accounts, policy, log and tokens on their pages."""

import re

import pytest

from geo_app.domain.access_roles import Role
from tests.support.accounts import PASSWORD, make_account


@pytest.fixture
def planner(database):
    with database.transaction() as register:
        return make_account(register, "zhang.gui", Role.PLANNER)


def test_an_administrator_makes_an_account_and_gives_it_a_role(client_as):
    admin = client_as("account_admin")
    form = {"name": "li.si", "display_name": "李四", "password": PASSWORD, "reason": "入职"}
    answer = admin.post("/accounts", data=form)
    assert answer.status_code == 302
    page = admin.get(answer.location).text
    assert "李四" in page
    assert "尚未授予角色" in page
    answer = admin.post(f"{answer.location}/grants", data={"role": "planner", "area": "", "reason": "入职"})
    assert "规划" in admin.get(answer.location).text
    assert "李四" in admin.get("/accounts?q=li.").text
    assert "李四" not in admin.get("/accounts?q=100%25").text


def test_a_mistake_in_the_form_keeps_what_was_typed(client_as):
    form = {"name": "3", "display_name": "李四", "password": PASSWORD, "reason": "入职"}
    answer = client_as("account_admin").post("/accounts", data=form)
    assert answer.status_code == 422
    assert 'value="李四"' in answer.text
    assert PASSWORD not in answer.text


@pytest.mark.parametrize("form", [{"role": "king"}, {"role": "planner", "from": "yesterday"}])
def test_a_role_or_day_that_does_not_exist_is_refused(client_as, planner, form):
    answer = client_as("account_admin").post(f"/accounts/{planner.id}/grants", data={**form, "reason": "x"})
    assert answer.status_code == 422


def test_what_is_taken_away_is_gone_at_the_next_request(client_as, database):
    browser, admin = client_as("account_admin"), client_as("account_admin")
    assert browser.get("/accounts").status_code == 200
    with database.transaction() as register:
        grant_id = register.accounts.grants(browser.account.id)[0].id
    url = f"/accounts/{browser.account.id}/grants/{grant_id}/revocation"
    assert admin.post(url, data={"reason": "调离"}).status_code == 302
    answer = browser.get("/accounts")
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


def test_a_closed_account_is_out_at_the_next_request(client_as):
    browser, admin = client_as("planner"), client_as("account_admin")
    assert browser.get("/account").status_code == 200
    assert admin.post(f"/accounts/{browser.account.id}/closing", data={"reason": "离职"}).status_code == 302
    assert browser.get("/account").status_code == 302


def test_a_denial_stands_in_the_log_and_the_auditor_finds_it(client_as, database):
    browser = client_as("planner")
    assert browser.get("/accounts").status_code == 403
    auditor = client_as("auditor")
    page = auditor.get(f"/access-log?account={browser.account.name}&event=denial&outcome=refused").text
    assert "GET /accounts" in page
    assert "permission=account.read" in page
    assert "没有符合条件的记录" in auditor.get(f"/access-log?account={browser.account.name}&until=2020-01-01").text
    assert auditor.get("/access-log?since=x").status_code == 422


def test_the_use_of_an_administrators_right_stands_in_the_log(client_as, planner):
    admin, auditor = client_as("account_admin"), client_as("auditor")
    admin.get(f"/accounts/{planner.id}")
    page = auditor.get(f"/access-log?account={admin.account.name}&event=admin").text
    assert f"account_id={planner.id}" in page


def test_an_administrators_right_is_not_used_while_the_log_cannot_be_written(client_as, database, planner):
    admin = client_as("account_admin")
    database.access_log = type(database.access_log)(database.engine)
    assert admin.get("/accounts").status_code == 503


def test_neither_passwords_nor_tokens_nor_typed_names_stand_in_the_log(client_as, database, client):
    page = client.get("/sign-in").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    client.post("/sign-in", data={"name": "my-Password-1", "password": "Secret-Horse-12", "csrf_token": token})
    client.get("/api/v1/account", headers={"Authorization": "Bearer geo_secret_token"})
    with database.transaction() as register:
        rows = register.session.connection().exec_driver_sql("select row_to_json(a)::text from access_entry a")
        everything = "\n".join(row[0] for row in rows)
    assert "refused" in everything
    for secret in ("my-Password-1", "Secret-Horse-12", "geo_secret_token"):
        assert secret not in everything


def test_a_token_is_shown_once_and_withdrawn_by_its_owner(client_as, client):
    browser = client_as("planner")
    page = browser.post("/account/tokens", data={"name": "导出程序", "days": "30", "permission": "plan.read"}).text
    secret = re.search(r"geo_[\w-]{43}", page)[0]
    page = browser.get("/account").text
    assert secret not in page
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/account", headers=headers).status_code == 200
    revocation = re.search(r"/account/tokens/\d+/revocation", page)[0]
    assert browser.post(revocation).status_code == 302
    assert client.get("/api/v1/account", headers=headers).status_code == 401


@pytest.mark.parametrize("days", ["0", "367", "x", ""])
def test_a_token_without_an_end_is_refused(client_as, days):
    form = {"name": "x", "days": days, "permission": "plan.read"}
    assert client_as("planner").post("/account/tokens", data=form).status_code == 422


def test_the_policy_is_set_with_a_reason_within_bounds_and_not_over_somebody_elses_change(client_as, database):
    browser = client_as("policy_admin")
    form = {"value": "10", "version": "0", "reason": "上级要求"}
    assert browser.post("/access-policy/idle_minutes", data=form).status_code == 302
    with database.transaction() as register:
        assert register.policy.in_force().session.idle.total_seconds() == 600
    assert browser.post("/access-policy/idle_minutes", data=form).status_code == 409
    assert browser.post("/access-policy/idle_minutes", data=form | {"version": "1"}).status_code == 302
    assert browser.post("/access-policy/idle_minutes", data=form | {"version": "2", "value": "99"}).status_code == 422
    assert browser.post("/access-policy/idle_minutes", data=form | {"version": "2", "reason": ""}).status_code == 422
    roles = {"role": ["planner", "police"], "version": "1", "reason": "x"}
    assert browser.post("/access-policy/second_factor_roles", data=roles).status_code == 302
    with database.transaction() as register:
        assert register.policy.in_force().second_factor.roles == {Role.PLANNER, Role.POLICE}
    assert 'value="10"' in browser.get("/access-policy").text


def test_the_language_of_the_account_counts_where_no_cookie_does(client_as, app):
    browser = client_as("planner")
    assert browser.post("/account/language", data={"language": "en"}).status_code == 302
    assert "My account" in browser.get("/account").text
    assert browser.post("/account/language", data={"language": "xx"}).status_code == 422


def test_one_ends_ones_own_sessions_and_nobody_elses(client_as, database):
    browser, other = client_as("planner"), client_as("planner")
    with database.transaction() as register:
        mine = register.sign_ins.living(browser.account.id)[0].id
    assert other.post(f"/account/sessions/{mine}/end").status_code == 302
    assert browser.get("/account").status_code == 200
    assert browser.post(f"/account/sessions/{mine}/end").status_code == 302
    assert browser.get("/account").status_code == 302
