from datetime import date

import pytest
from sqlalchemy import func, select

from geo_app.domain.access_roles import Role
from geo_app.domain.message import Message
from geo_app.persistence.tables import StandardAddress
from geo_app.services import jobs
from geo_app.tasks.catalogue import TASKS
from geo_app.tasks.run import run_job
from tests.support.accounts import actor_of, make_account
from tests.support.imports import COUNTY, place, table_file

LON, LAT = place(0, 0)
HEADING = "id,town,street,number,lon,lat"
ROWS = (f"a,沙湾镇,铜河路,12,{LON},{LAT}", f"b,沙湾镇,铜河路,,{LON},{LAT}")


@pytest.fixture
def planner(committed_database):
    with committed_database.transaction() as register:
        account = make_account(register, "planner", Role.PLANNER)
        return actor_of(register, account)


def ask(database, actor, path, **told):
    arguments = {
        "path": str(path), "layer": "addresses", "county": COUNTY, "day": "2024-03-01", "today": "2024-03-01",
        "reason": "test", "rehearsal": False, "crs": "", "datum": "cgcs2000", "fields": {}, "text": "",
        "language": "en",
    }  # fmt: skip
    with database.transaction() as register:
        return jobs.ask_for_job(register, actor, "import", arguments | told, Message("Import"))


def done(database, job_id):
    run_job(database, TASKS, job_id)
    with database.transaction() as register:
        return register.jobs.get(job_id)


def addresses(database):
    with database.transaction() as register:
        return register.session.scalar(select(func.count()).select_from(StandardAddress))


def test_an_import_job_loads_the_file_and_tells_what_came_of_it(committed_database, planner, tmp_path):
    path = table_file(tmp_path / "a.csv", HEADING, *ROWS)
    job = done(committed_database, ask(committed_database, planner, path))
    assert (job.status, job.done, addresses(committed_database)) == ("done", 2, 1)
    assert {name: job.result[name] for name in ("read", "added", "refused")} == {"read": 2, "added": 1, "refused": 1}


def test_a_rehearsal_leaves_a_report_and_nothing_in_the_register(committed_database, planner, tmp_path):
    path = table_file(tmp_path / "a.csv", HEADING, *ROWS)
    job = done(committed_database, ask(committed_database, planner, path, rehearsal=True))
    assert (job.status, job.result["import"], addresses(committed_database)) == ("done", None, 0)
    report = path.with_name(f"{job.id}-report.csv").read_text("utf-8-sig")
    assert "An address on “铜河路” needs a number." in report


def test_a_job_acts_with_the_rights_its_account_still_has(committed_database, planner, tmp_path):
    path = table_file(tmp_path / "a.csv", HEADING, *ROWS)
    job_id = ask(committed_database, planner, path)
    with committed_database.transaction() as register:
        for held in register.accounts.grants(planner.account_id):
            register.accounts.end_grant(held.id, date(2024, 2, 1))
    assert (done(committed_database, job_id).status, addresses(committed_database)) == ("failed", 0)


def test_a_job_that_waited_acts_with_the_rights_of_the_day_it_runs(committed_database, planner, tmp_path):
    job_id = ask(committed_database, planner, table_file(tmp_path / "a.csv", HEADING, *ROWS))
    with committed_database.transaction() as register:
        for held in register.accounts.grants(planner.account_id):
            register.accounts.end_grant(held.id, date(2025, 2, 1))
    assert (done(committed_database, job_id).status, addresses(committed_database)) == ("failed", 0)


def test_a_job_of_a_closed_account_does_nothing(committed_database, planner, tmp_path):
    job_id = ask(committed_database, planner, table_file(tmp_path / "a.csv", HEADING, *ROWS))
    with committed_database.transaction() as register:
        register.accounts.set_status(planner.account_id, "disabled")
    assert (done(committed_database, job_id).status, addresses(committed_database)) == ("failed", 0)


def test_a_cancelled_import_writes_nothing(committed_database, planner, tmp_path):
    path = table_file(tmp_path / "a.csv", HEADING, *ROWS)
    job_id = ask(committed_database, planner, path)

    def cancelled_while_reading(run):
        with committed_database.transaction() as register:
            register.jobs.ask_cancel(job_id)
        return TASKS["import"](run)

    run_job(committed_database, {"import": cancelled_while_reading}, job_id)
    with committed_database.transaction() as register:
        assert register.jobs.get(job_id).status == "cancelled"
    assert addresses(committed_database) == 0


def test_a_file_that_is_not_what_it_says_ends_the_job_with_a_sentence(committed_database, planner, tmp_path):
    path = tmp_path / "a.gpkg"
    path.write_bytes(b"not a database at all")
    job = done(committed_database, ask(committed_database, planner, path))
    assert (job.status, "a.gpkg" in str(job.message)) == ("failed", True)


def test_an_export_job_writes_the_file(committed_database, planner, tmp_path):
    done(committed_database, ask(committed_database, planner, table_file(tmp_path / "a.csv", HEADING, *ROWS)))
    arguments = {
        "folder": str(tmp_path / "exports"), "name": "addresses.csv", "layer": "addresses", "area": COUNTY,
        "as_of": "", "today": "2024-03-01", "reason": "test", "language": "en",
    }  # fmt: skip
    with committed_database.transaction() as register:
        job_id = jobs.ask_for_job(register, planner, "export", arguments, Message("Export"))
    assert done(committed_database, job_id).result == {"rows": 1, "file": "addresses.csv"}
    text = (tmp_path / "exports" / str(job_id) / "addresses.csv").read_text("utf-8")
    assert "沙湾镇铜河路12号" in text
