"""`geo-app users`, on a database of its own."""

from contextlib import contextmanager

import pytest
from click.testing import CliRunner

from geo_app.cli import users as cli
from geo_app.services.sign_in import Attempt, SignedIn, sign_in
from tests.support.accounts import PASSWORD, moment


@pytest.fixture
def run(committed_database, monkeypatch):
    @contextmanager
    def open_database():
        yield committed_database

    monkeypatch.setattr(cli, "open_database", open_database)

    def run(*arguments, **more):
        return CliRunner().invoke(cli.users, list(arguments), **more)

    return run


def add(run, name="zhang", **more):
    return run("add", name, "--name", "张三", "--reason", "入职", input=f"{PASSWORD}\n{PASSWORD}\n", **more)


def test_the_first_administrator_is_made_at_the_machine_and_the_password_is_not_shown(run, committed_database):
    answer = add(run)
    assert (answer.exit_code, PASSWORD in answer.output) == (0, False)
    assert run("grant", "zhang", "account_admin", "--reason", "任命").exit_code == 0
    assert "zhang\t张三\t\tactive\t" in run("list", "张").output
    with committed_database.transaction() as register:
        entered = sign_in(register, committed_database.access_log, Attempt("zhang", PASSWORD), moment())
    assert isinstance(entered, SignedIn)


def test_roles_are_given_and_taken(run):
    add(run)
    run("grant", "zhang", "planner", "--reason", "任命")
    assert "@*" in run("list").output.split("zhang")[1]
    assert run("revoke", "zhang", "planner", "--reason", "调离").exit_code == 0
    answer = run("revoke", "zhang", "planner", "--reason", "调离", "--lang", "en")
    assert (answer.exit_code, answer.output.strip()) == (2, "There is no role planner.")


def test_an_account_is_closed_opened_and_given_a_password(run):
    add(run)
    assert run("disable", "zhang", "--reason", "离职").exit_code == 0
    assert "\tdisabled\t" in run("list", "zhang").output
    assert run("enable", "zhang", "--reason", "复职").exit_code == 0
    assert run("password", "zhang", "--reason", "遗忘", input=f"{PASSWORD}x\n{PASSWORD}x\n").exit_code == 0
    assert run("second-factor", "zhang", "--reason", "遗失").exit_code == 0


def test_a_refusal_is_one_line_in_the_callers_language(run):
    add(run)
    answer = add(run)
    assert (answer.exit_code, answer.stderr.strip()) == (2, "账号zhang已存在。")
    assert run("grant", "nobody", "planner", "--reason", "x").exit_code == 2
    add(run, "li")
    run("grant", "zhang", "planner", "--reason", "x")
    assert run("disable", "li", "--reason", "x", "--as", "zhang").exit_code == 2


def test_the_use_of_the_right_is_on_record(run, committed_database):
    add(run)
    with committed_database.transaction() as register:
        rows = register.session.connection().exec_driver_sql("select event, route, detail->>'way' from access_entry")
        assert [tuple(row) for row in rows] == [("admin", "users add", "cli")]
