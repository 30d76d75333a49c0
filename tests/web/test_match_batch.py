import io

import pytest

from geo_app.domain.access_roles import Role
from geo_app.tasks.catalogue import TASKS
from geo_app.tasks.run import run_job
from tests.support.example_register import make_example, number_street

CSV = "序号,住址\n1,铜河路1号\n2,没有的路1号\n"


@pytest.fixture
def bureau(client_as, database):
    with database.transaction() as register:
        number_street(register, make_example(register))
    return client_as(Role.BUREAU)


def send(client, content=CSV, name="名单.csv"):
    return client.post("/match/files", data={"file": (io.BytesIO(content.encode()), name)})


def test_a_sent_file_shows_its_first_rows_and_guesses_the_column(bureau):
    page = bureau.get(send(bureau).location).text
    assert "没有的路1号" in page
    assert '<option value="住址" selected>' in page


def test_a_file_is_matched_by_a_job_and_fetched_from_its_page(bureau, database):
    job = bureau.post(send(bureau).location, data={"column": "住址"}).location
    run_job(database, TASKS, int(job.rsplit("/", 1)[1]))
    page = bureau.get(job).text
    assert "未找到" in page
    assert "50.0 %" in page
    with bureau.get(f"{job}/file") as file:
        assert "沙湾镇铜河路1号" in file.get_data(as_text=True)
    assert "名单.csv" in bureau.get("/match").text


def test_a_job_that_waits_is_cancelled_by_whoever_asked_for_it(bureau):
    job = bureau.post(send(bureau).location, data={"column": "住址"}).location
    bureau.post(f"{job}/cancellation", data={"reason": "选错了列"})
    assert "已取消" in bureau.get(job).text


def test_a_column_that_is_not_there_is_refused_beside_the_rows(bureau):
    answer = bureau.post(send(bureau).location, data={"column": "电话"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "没有的路1号" in answer.text


def test_what_is_no_table_is_refused(bureau):
    answer = bureau.get(send(bureau, "%PDF-1.7", "a.pdf").location)
    assert answer.status_code >= 400
    assert 'role="alert"' in answer.text
    assert bureau.post("/match/files", data={}).status_code >= 400


def test_who_may_not_match_files_is_refused(client_as):
    assert client_as(Role.DEVELOPER).get("/match").status_code == 403
