import json

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from geo_app.domain.access_roles import Role
from geo_app.exchange.kept_files import keep
from geo_app.persistence.queries.match_list import grade_shares
from geo_app.services.jobs import cancel_job
from geo_app.services.match_batch import MatchOrder, ask_for_match, matched_name
from geo_app.tasks.catalogue import TASKS
from geo_app.tasks.run import JobCancelled, Run, run_job
from tests.support.accounts import actor_of, make_account
from tests.support.example_register import DAY, make_example, number_street

HEADING = "序号,地址,备注"


@pytest.fixture
def clerk(committed_database):
    with committed_database.transaction() as register:
        number_street(register, make_example(register))
        return actor_of(register, make_account(register, "clerk", Role.BUREAU), "")


def ask(database, clerk, home, name, content):
    path = home / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with path.open("rb") as stream, database.transaction() as register:
        order = MatchOrder(keep(home, stream, name), "地址", home, DAY, "zh")
        return ask_for_match(register, clerk, order)


def run(database, job_id):
    run_job(database, TASKS, job_id)
    with database.transaction() as register:
        return register.jobs.get(job_id)


def made(home, job):
    return home / "matches" / str(job.id) / job.result["file"]


def test_a_file_comes_back_row_by_row_with_grades_that_are_counted(committed_database, clerk, tmp_path):
    content = f"{HEADING}\n1,铜河路1号,甲\n2,没有的路1号,乙\n3,,丙\n"
    job = run(committed_database, ask(committed_database, clerk, tmp_path, "名单.csv", content))
    assert job.status == "done", job.message
    assert {name: job.result[name] for name in ("rows", "none", "file")} == {
        "rows": 3, "none": 2, "file": "名单-比对结果.csv",
    }  # fmt: skip
    lines = made(tmp_path, job).read_text("utf-8").splitlines()
    assert lines[0].startswith("序号,地址,备注,address_id,standard_code,standard_text,grade")
    assert [line.split(",")[2] for line in lines[1:]] == ["甲", "乙", "丙"]
    assert "沙湾镇铜河路1号" in lines[1]
    with committed_database.transaction() as register:
        assert [one.total for one in grade_shares(register.session, "day", "batch", 5)] == [3]


def test_a_workbook_comes_back_as_a_workbook(committed_database, clerk, tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "given.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADING.split(","))
        sheet.write_row(1, 0, ["1", "铜河路3号", "甲"])
    content = (tmp_path / "given.xlsx").read_bytes()
    job = run(committed_database, ask(committed_database, clerk, tmp_path, "名单.xlsx", content))
    [heading, row] = CalamineWorkbook.from_path(str(made(tmp_path, job))).get_sheet_by_index(0).to_python()
    told = dict(zip(heading, row, strict=True))
    assert (told["备注"], told["standard_text"][-5:]) == ("甲", "铜河路3号")
    assert json.loads(told["candidates"])[0]["address_id"] == told["address_id"]


def test_a_cancelled_job_leaves_no_file(committed_database, clerk, tmp_path):
    job_id = ask(committed_database, clerk, tmp_path, "名单.csv", f"{HEADING}\n1,铜河路1号,甲\n")
    with committed_database.transaction() as register:
        assert register.jobs.start(job_id)
        cancel_job(register, clerk, job_id)
    with committed_database.transaction() as register:
        run_of = register.jobs.get(job_id)
    with pytest.raises(JobCancelled):
        TASKS["match"](Run(committed_database, run_of))
    assert list((tmp_path / "matches" / str(job_id)).iterdir()) == []


@pytest.mark.parametrize(
    ("given", "back"),
    [
        *(("名单.csv", "名单-比对结果.csv"), ("名单.XLSX", "名单-比对结果.xlsx")),
        *(("名单.csv.gz", "名单-比对结果.csv"), ("名单", "名单-比对结果.csv")),
    ],
)
def test_the_matched_file_is_called_like_the_file(given, back):
    assert matched_name(given) == back
