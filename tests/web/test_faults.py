import re

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from geo_app.web.context import transaction
from geo_app.web.permission import public

SECRET = "geo_not-for-the-log"
NAME = "王小明"


@pytest.fixture
def faulty(app):
    """The application with a page and a call that fail, one of them in the database."""

    @public
    def fail():
        raise ZeroDivisionError(f"{NAME} {SECRET}")

    @public
    def fail_in_database():
        with transaction() as register:
            register.session.execute(text("select cast(:value as int)"), {"value": SECRET})

    app.add_url_rule("/fail", view_func=fail, endpoint="fail", methods=["GET", "POST"])
    app.add_url_rule("/api/v1/fail", view_func=fail_in_database, endpoint="fail_in_database")
    return app.test_client()


def test_the_page_of_a_fault_tells_the_number_under_which_its_trace_is_logged(faulty):
    with capture_logs() as logged:
        answer = faulty.get("/fail")
    assert answer.status_code == 500
    entry = logged[0]
    assert entry["request_id"] in answer.text
    assert (entry["route"], entry["method"], entry["log_level"]) == ("/fail", "GET", "error")
    assert "builtins.ZeroDivisionError" in entry["trace"]
    assert re.search(r"test_faults\.py.+in fail\b", entry["trace"])


def test_a_fault_is_logged_without_anything_that_was_sent(faulty, caplog):
    headers = {"Authorization": f"Bearer {SECRET}", "Cookie": f"session={SECRET}"}
    with capture_logs() as logged:
        faulty.get(f"/fail?name={SECRET}", headers=headers)
        faulty.get(f"/api/v1/fail?name={SECRET}")
    assert len(logged) == 2
    assert "psycopg2" in logged[1]["trace"]
    told = f"{logged} {caplog.text}"
    assert SECRET not in told
    assert NAME not in told


def test_a_program_gets_the_number_too(faulty):
    with capture_logs() as logged:
        answer = faulty.get("/api/v1/fail")
    assert answer.status_code == 500
    assert logged[0]["request_id"] in answer.json["message"]
