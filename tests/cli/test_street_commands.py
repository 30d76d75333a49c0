import csv

import pytest
from click.testing import CliRunner

from geo_app.cli import main
from geo_app.domain.access_roles import Role
from tests.support.accounts import make_account
from tests.support.example_register import (
    COUNTY,
    SOUTH,
    TOWNSHIP,
    WEST,
    Example,
    make_actor,
    make_divisions,
    make_street,
    number_street,
)  # fmt: skip


@pytest.fixture
def run(committed_database, tmp_path):
    """Run the command line on a register with one numbered street and two people."""
    logins = committed_database.logins
    with committed_database.transaction() as register:
        street = make_street(register, "铜河路", make_divisions(register)[TOWNSHIP], 6)
        planner, reviewer = make_actor(register, "p", Role.PLANNER), make_actor(register, "r", Role.REVIEWER)
        number_street(register, Example(planner, reviewer, planner, street))
        make_account(register, "planner1", Role.PLANNER)
        make_account(register, "reviewer1", Role.REVIEWER)
    env = {
        "GEO_APP_HOME": str(tmp_path),
        "GEO_APP_DATABASE_URL": logins.app,
        "GEO_APP_OWNER_DATABASE_URL": logins.owner,
        "GEO_APP_AUDIT_DATABASE_URL": logins.audit,
    }

    def command(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(main, ["street", *words], env=env)
        assert result.exit_code == code, (result.output, result.exception)
        return result.output

    return command


def rows(text):
    return list(csv.DictReader(text.splitlines()))


def test_a_renaming_is_listed_handed_in_approved_and_taken_back(run, tmp_path):
    listed = rows(run("rename", "铜河路", "新河路"))
    assert [row["new_text"][-5:] for row in listed[:2]] == ["新河路1号", "新河路2号"]
    assert run("changes") == ""
    out = tmp_path / "list.csv"
    run("rename", "铜河路", "新河路", "--submit", "--reason", "发文", "--as", "planner1", "--out", str(out))
    assert len(rows(out.read_text(encoding="utf-8-sig"))) == 6
    refused = run("approve", "1", "--as", "planner1", "--lang", "en", code=2)
    assert "permission" in refused
    assert run("approve", "1", "--as", "reviewer1", "--lang", "en") == "Change 1: carried out.\n"
    run("undo", "1", "--reason", "批错", "--as", "planner1")
    run("approve", "2", "--as", "reviewer1")
    assert [line.split("\t")[1:3] for line in run("changes", "--status", "carried_out").splitlines()] == [
        ["新河路", "undo"], ["铜河路", "rename"],
    ]  # fmt: skip


def test_the_other_changes_are_listed(run):
    assert len(rows(run("split", "铜河路", "24", "东河路"))) == 2
    assert len(rows(run("correct-name", "铜河路", "桐河路"))) == 6
    assert rows(run("extend", "铜河路", f"{WEST},{SOUTH} {WEST - 0.001},{SOUTH}").splitlines()[0]) == []
    told = run("retire", "铜河路", "--submit", "--reason", "拆除", "--as", "planner1", "--lang", "en", code=2)
    assert "6 addresses" in told


def test_a_name_is_proposed_and_compared(run):
    points = f"{WEST},{SOUTH + 0.01} {WEST + 0.001},{SOUTH + 0.01}"
    run("propose", "桐河路", TOWNSHIP, points, "--as", "planner1")
    run("spell")
    assert [(row["other"], row["kind"]) for row in rows(run("alike", "童河路"))] == [
        ("桐河路", "same_sound"), ("铜河路", "same_sound"),
    ]  # fmt: skip
    assert len(rows(run("alike", "--county", COUNTY))) == 1


def test_names_of_a_file_are_compared_without_a_register(run, tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("名称\n未名路\n末名路\n解放路\n", encoding="utf-8")
    found = rows(run("alike", "--file", str(path), "--column", "名称"))
    assert [(row["name"], row["other"], row["severity"]) for row in found] == [("未名路", "末名路", "warning")]


def test_names_are_spelled(run):
    assert run("spell", "二马路").split("\t")[1] == "2 Mǎlù"
