"""The report a clerk repairs a file by."""

import csv

import pytest

from geo_app.domain.message import Message
from geo_app.exchange.refusals import NotWritable
from geo_app.exchange.report import RowProblem, report_text, write_report
from geo_app.exchange.whole import written_whole

PROBLEMS = [
    RowProblem(7, "lat", "", Message("The coordinate is missing."), Message("Enter the position or remove the row.")),
    RowProblem(2, "lon", "=1+1", Message("The coordinate is no number.")),
]


def test_the_report_has_its_columns_in_order_of_rows_in_the_readers_language(tmp_path):
    path = tmp_path / "report.csv"
    write_report(path, PROBLEMS, "zh")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert rows == [
        ["row", "column", "value", "problem", "suggestion"],
        ["2", "lon", "'=1+1", "坐标不是数字。", ""],
        ["7", "lat", "", "缺少坐标。", "请补填坐标，或删除该行。"],
    ]


def test_the_report_speaks_english_too():
    assert report_text(PROBLEMS[:1], "en").splitlines()[1] == (
        "7,lat,,The coordinate is missing.,Enter the position or remove the row."
    )


def test_a_file_that_fails_half_way_is_not_there(tmp_path):
    def write():
        with written_whole(tmp_path / "a.txt") as draft:
            draft.write_text("half")
            raise NotWritable(name="a.txt", problem="the pen broke")

    with pytest.raises(NotWritable):
        write()
    assert not list(tmp_path.iterdir())
