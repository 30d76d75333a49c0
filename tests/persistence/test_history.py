from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError


@pytest.fixture
def street(committed_database):
    with committed_database.engine.begin() as connection:
        return connection.scalar(
            text(
                "insert into street (county_code, name, valid) values ('511111', '正街', '[2018-01-01,)') returning id"
            )
        )


def timeline(database, street, columns="name, valid, upper_inf(recorded)"):
    with database.engine.connect() as connection:
        rows = connection.execute(
            text(f"select {columns} from street_timeline where id = :id order by lower(recorded), lower(valid)"),
            {"id": street},
        )
        return [tuple(row) for row in rows]


def test_a_correction_closes_what_was_believed(committed_database, street):
    with committed_database.engine.begin() as connection:
        connection.execute(text("update street set name = '正大街' where id = :id"), {"id": street})
    rows = timeline(committed_database, street)
    assert [(name, believed) for name, _, believed in rows] == [("正街", False), ("正大街", True)]
    assert all(valid.lower == date(2018, 1, 1) and valid.upper is None for _, valid, _ in rows)


def test_a_change_keeps_the_past_as_still_believed(committed_database, street):
    with committed_database.engine.begin() as connection:
        connection.execute(
            text("update street set name = '沫若大道', valid = '[2019-12-13,)' where id = :id"), {"id": street}
        )
    believed = [(name, valid.lower, valid.upper) for name, valid, now in timeline(committed_database, street) if now]
    assert believed == [
        ("正街", date(2018, 1, 1), date(2019, 12, 13)),
        ("沫若大道", date(2019, 12, 13), None),
    ]


def test_two_writes_in_one_transaction_are_one_belief(committed_database, street):
    with committed_database.engine.begin() as connection:
        for name in ("甲", "乙"):
            connection.execute(text("update street set name = :name where id = :id"), {"id": street, "name": name})
    assert [row[0] for row in timeline(committed_database, street)] == ["正街", "乙"]


def test_the_application_cannot_rewrite_history(committed_database, street):
    with committed_database.engine.begin() as connection, pytest.raises(ProgrammingError, match="permission denied"):
        connection.execute(text("delete from street_history"))


@pytest.mark.parametrize("statement", ["delete from change_entry", "insert into access_entry (event) values ('x')"])
def test_the_application_cannot_touch_the_logs(committed_database, statement):
    with committed_database.engine.begin() as connection, pytest.raises(ProgrammingError, match="permission denied"):
        connection.execute(text(statement))


def test_the_log_writer_can_only_append(committed_database):
    with committed_database.audit_engine.begin() as connection:
        connection.execute(text("insert into access_entry (event, outcome, route) values ('sign_in', 'refused', '/')"))
    with (
        committed_database.audit_engine.begin() as connection,
        pytest.raises(ProgrammingError, match="permission denied"),
    ):
        connection.execute(text("delete from access_entry"))
