import re

import pytest
from click.testing import CliRunner

from geo_app.cli import main
from geo_app.domain.access_roles import Role
from tests.support.accounts import make_account
from tests.support.counter import AT_THE_LINE
from tests.support.example_register import TOWNSHIP, make_divisions, make_street
from tests.support.printed import pages_of

RECEIPT = re.compile(r"511111-\d{4}-\d{5}")


@pytest.fixture
def run(committed_database, tmp_path):
    """Run `geo-app case` on a register with one street and two people."""
    logins = committed_database.logins
    with committed_database.transaction() as register:
        make_street(register, "铜河路", make_divisions(register)[TOWNSHIP], 6)
        make_account(register, "planner1", Role.PLANNER)
        make_account(register, "reviewer1", Role.REVIEWER)
    env = {
        "GEO_APP_HOME": str(tmp_path),
        "GEO_APP_DATABASE_URL": logins.app,
        "GEO_APP_OWNER_DATABASE_URL": logins.owner,
        "GEO_APP_AUDIT_DATABASE_URL": logins.audit,
    }

    def command(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(main, ["case", *words], env=env)
        assert result.exit_code == code, (result.output, result.exception)
        return result.output

    return command


def opened(run, *papers):
    place = [str(AT_THE_LINE.lon), str(AT_THE_LINE.lat)]
    shown = [word for paper in papers for word in ("--paper", paper)]
    told = run("open", "--kind", "new", "--street", "1", "--at", *place, *shown, "--as", "planner1")
    return RECEIPT.search(told)[0]


def test_a_case_goes_from_the_counter_to_its_notice(run, tmp_path):
    case = opened(run, "门牌号申请表", "不动产权证书", "户口簿")
    run("step", case, "check", "--reason", "门朝街", "--as", "planner1")
    run("step", case, "number", "--number", "21号", "--reason", "墙上已挂", "--as", "planner1")
    run("step", case, "submit", "--as", "planner1")
    run("decide", case, "approve", "--as", "planner1", code=2)
    run("decide", case, "approve", "--as", "reviewer1")
    run("step", case, "notify", "--as", "planner1")
    shown = run("show", case)
    assert "铜河路21号" in shown
    assert [line.split("\t")[3] for line in shown.splitlines() if line.startswith("step")][-1] == "notify"
    run("notice", case, "--out", str(tmp_path / "notice.pdf"))
    assert pages_of((tmp_path / "notice.pdf").read_bytes()) == 1


def test_the_list_names_receipt_state_and_address(run):
    case = opened(run)
    [line] = run("list").splitlines()
    assert line.split("\t") == [case, "incomplete", "", "new", "household", "铜河路"]
    run("notice", case, "--print", "notice", "--out", "-", code=2)
    assert run("list", "--status", "done") == ""
