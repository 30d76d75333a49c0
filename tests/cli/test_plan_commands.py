import pytest
from click.testing import CliRunner
from sqlalchemy import text

from geo_app.cli import main
from geo_app.domain.access_roles import Role
from geo_app.services.village_groups import GroupEntry, enter_group
from tests.support.accounts import make_account
from tests.support.example_group import make_group
from tests.support.example_register import TOWNSHIP, Example, make_actor, make_divisions, make_street

TWIN = "511111101099"


@pytest.fixture
def run(committed_database, tmp_path):
    """Run the command line on a register with one street, two people and no plan."""
    logins = committed_database.logins
    with committed_database.transaction() as register:
        division = make_divisions(register)[TOWNSHIP]
        make_street(register, "铜河路", division, 6)
        make_account(register, "planner1", Role.PLANNER)
        make_account(register, "reviewer1", Role.REVIEWER)
    env = {
        "GEO_APP_HOME": str(tmp_path),
        "GEO_APP_DATABASE_URL": logins.app,
        "GEO_APP_OWNER_DATABASE_URL": logins.owner,
        "GEO_APP_AUDIT_DATABASE_URL": logins.audit,
    }

    def command(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(main, ["plan", *words], env=env)
        assert result.exit_code == code, (result.output, result.exception)
        return result.output

    return command


def founder(register):
    """Return people who may enter a village group."""
    planner = make_actor(register, "founder", Role.PLANNER)
    return Example(planner, planner, planner, 0)


def test_a_plan_of_a_village_group_is_drafted_by_its_name(run, committed_database):
    with committed_database.transaction() as register:
        group = make_group(register, founder(register))
    drafted = run("new", "铜街子社区3组", "--move", str(group.houses[0]), "--as", "planner1")
    assert drafted.splitlines()[0].split("\t")[:3] == ["1", "铜街子社区3组", "draft"]
    assert [line.split("\t")[3] for line in drafted.splitlines()[1:]] == [f"{number}号" for number in range(1, 7)]
    assert run("list", "--place", "铜街子社区3组").startswith("1\t铜街子社区3组")


def test_two_groups_of_one_name_are_told_apart_on_the_board(run, committed_database):
    with committed_database.transaction() as register:
        people = founder(register)
        make_group(register, people)
        twin = "insert into division (code, level, name, valid) values (:code, 'village', :name, '[2018-01-01,)')"
        register.session.execute(text(twin), {"code": TWIN, "name": "铜街子社区居民委员会"})
        enter_group(register, GroupEntry("3组", TWIN), people.by_planner())
    assert "多个村组名为“铜街子社区3组”" in run("new", "铜街子社区3组", "--as", "planner1", code=2)


def test_a_plan_is_drafted_submitted_approved_and_published(run):
    drafted = run("new", "铜河路", "--title", "初稿", "--as", "planner1")
    assert drafted.splitlines()[0].split("\t") == ["1", "铜河路", "draft", "1", "初稿"]
    assert [line.split("\t")[3] for line in drafted.splitlines()[1:]] == ["1号", "2号", "3号", "4号", "5号", "6号"]
    run("submit", "1", "--as", "planner1")
    run("approve", "1", "--as", "reviewer1")
    assert "1" in run("publish", "1", "--as", "reviewer1")
    assert run("list", "--status", "published").startswith("1\t铜河路\tpublished\t4")


def test_the_one_who_submitted_cannot_approve(run):
    run("new", "铜河路", "--as", "planner1")
    run("submit", "1", "--as", "planner1")
    told = run("approve", "1", "--as", "planner1", "--lang", "en", code=2)
    assert told == "You submitted this plan; another person has to approve it.\n"


def test_two_plans_are_compared_and_a_plan_with_the_walls(run):
    run("new", "铜河路", "--as", "planner1")
    run("new", "铜河路", "--set", "start=first", "--as", "planner1")
    lines = [line.split("\t") for line in run("compare", "铜河路", "--one", "1", "--other", "2").splitlines()]
    assert ["numbered", "6", "6", "neither"] in lines
    assert ["6号", "1号"] in [line[2:] for line in lines]
    assert "numbered\t6\t0\tone" in run("compare", "铜河路")
    run("compare", "铜河路", "--one", "x", code=2)


def test_a_rule_is_changed_and_a_number_set_by_hand(run):
    shown = run("new", "铜河路", "--rule", "metre", "--set", "start=west", "--hand", "1=88", "--as", "planner1")
    assert "88号" in shown


def test_a_published_plan_is_undone_by_a_plan_of_its_own(run):
    run("new", "铜河路", "--as", "planner1")
    run("submit", "1", "--as", "planner1")
    run("approve", "1", "--as", "reviewer1")
    run("publish", "1", "--as", "reviewer1")
    run("undo", "1", "--as", "planner1", "--lang", "en", code=2)
    assert run("undo", "1", "--preview", "--lang", "en").splitlines()[0].split("\t")[1:3] == ["1号", ""]
    assert len(run("list").splitlines()) == 1
    assert run("undo", "1", "--reason", "起点错误", "--as", "planner1").startswith("2\t铜河路\tdraft")
    run("submit", "2", "--as", "planner1")
    run("approve", "2", "--as", "reviewer1")
    run("publish", "2", "--as", "reviewer1")
    assert run("list", "--status", "undone").startswith("1\t铜河路\tundone")


def test_a_withdrawn_plan_goes_no_further(run):
    run("new", "铜河路", "--as", "planner1")
    run("withdraw", "1", "--reason", "改线", "--as", "planner1")
    told = run("submit", "1", "--as", "planner1", "--lang", "en", code=2)
    assert told == "Only a draft can be submitted; this plan is withdrawn.\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("new", "无名路"), "There is no street 无名路."),
        (("new", "铜河路", "--set", "start"), "“start” is not FIELD=VALUE."),
        (("new", "铜河路", "--hand", "甲=12"), "“甲” is not FIELD=VALUE."),
        (("show", "7"), "There is no numbering plan 7."),
        (("list", "--as", "nobody"), "There is no account nobody."),
    ],
)
def test_a_wrong_call_is_one_clear_line(run, words, told):
    assert run(*words, "--lang", "en", code=2) == told + "\n"


def test_namesakes_are_told_apart_by_number(run, committed_database):
    with committed_database.transaction() as register:
        register.session.connection().exec_driver_sql("update street set namesake = 2")
        make_street(register, "铜河路", register.streets.get(1).division_id, 2, north=0.02)
    told = run("new", "铜河路", "--lang", "en", code=2)
    assert told == "Several streets are called “铜河路”: give one of the numbers 1, 2.\n"
    assert run("new", "2", "--as", "planner1").startswith("1\t铜河路")


def test_every_command_explains_itself_with_an_example(run):
    for command in ("new", "list", "show", "submit", "approve", "publish", "withdraw", "undo"):
        assert f"Example: geo-app plan {command}" in " ".join(run(command, "--help").split())


def test_a_street_is_adopted_one_door_moved_and_the_table_written(run, tmp_path):
    run("new", "铜河路", "--hand", "1=21", "--hand", "3=7", "--as", "planner1")
    run("submit", "1", "--as", "planner1")
    run("approve", "1", "--as", "reviewer1")
    run("publish", "1", "--as", "reviewer1")
    shown = run("adopt", "铜河路", "--move", "1", "--as", "planner1", "--lang", "en")
    assert "21号 is given up by the planner's decision" in shown
    table = run("mapping", "2", "--lang", "en")
    assert [line.split("\t")[1] for line in table.splitlines()].count("number changes") == 1
    assert run("mapping", "2", "--out", str(tmp_path / "table.xlsx")) == ""
    assert (tmp_path / "table.xlsx").read_bytes()[:2] == b"PK"
    run("mapping", "2", "--out", str(tmp_path / "table.csv"))
    head, *rows = (tmp_path / "table.csv").read_text(encoding="utf-8").splitlines()
    assert head.startswith("entrance_id,fate,old,new,old_text,new_text,alias,below")
    assert [row.split(",")[1] for row in rows].count("renumbered") == 1


def test_a_table_is_not_written_as_a_map(run, tmp_path):
    run("new", "铜河路", "--as", "planner1")
    told = run("mapping", "1", "--out", str(tmp_path / "table.geojson"), "--lang", "en", code=2)
    assert "a table is written as .csv, .excel.csv or .xlsx" in told
