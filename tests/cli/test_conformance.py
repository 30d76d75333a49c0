import pytest
from click.testing import CliRunner

from geo_app.cli import main
from geo_app.domain.access_roles import Role
from tests.support.accounts import make_account
from tests.support.audited_street import number_walls
from tests.support.example_register import COUNTY, TOWNSHIP, make_divisions, make_street


@pytest.fixture
def run(committed_database, tmp_path):
    """Run the command line on a register with one street, a door of which stands on the wrong side."""
    logins = committed_database.logins
    with committed_database.transaction() as register:
        street = make_street(register, "沫若街", make_divisions(register)[TOWNSHIP], 12)
        number_walls(register, street, d7="17")
        make_account(register, "planner1", Role.PLANNER)
    env = {
        "GEO_APP_HOME": str(tmp_path),
        "GEO_APP_DATABASE_URL": logins.app,
        "GEO_APP_OWNER_DATABASE_URL": logins.owner,
        "GEO_APP_AUDIT_DATABASE_URL": logins.audit,
    }

    def command(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(main, ["conformance", *words], env=env)
        assert result.exit_code == code, (result.output, result.exception)
        return result.output

    return command


def test_a_county_is_audited_and_its_figures_are_printed(run):
    assert run("run", COUNTY, "--as", "planner1").split("\t")[1:] == ["12", "2\n"]
    figures = [line.split("\t")[1:] for line in run("show", COUNTY).splitlines()]
    assert ["LeftRightOddEvenParityMeasure", "12", "1", "0", "0.9167"] in figures


def test_a_month_to_come_is_refused_in_one_line(run):
    told = run("run", COUNTY, "--month", "2999-01", "--lang", "en", code=2)
    assert told == "2999-01 has not begun; choose this month or an earlier one.\n"


def test_a_finding_is_accepted_and_the_exception_revoked(run):
    run("run", COUNTY, "--as", "planner1")
    wrong = next(line for line in run("street", "1").splitlines() if "wrong_side" in line).split("\t")
    assert wrong[1:6] == ["17", "wrong_side", "warning", "open", "8号"]
    key = run("accept", wrong[0], "wrong_side", "--number", "17", "--reason", "保留", "--as", "planner1").strip()
    assert f"\t{key}\t" in run("street", "1")
    assert "0.9167" not in run("show", COUNTY)
    run("accept", wrong[0], "wrong_side", "--number", "17", "--reason", "保留", "--as", "planner1", code=2)
    run("revoke", key, "--reason", "误认", "--as", "planner1")
    assert "0.9167" in run("show", COUNTY)
