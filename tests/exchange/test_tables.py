"""Tables stay text: leading zeros, hyphens, encodings, rows that do not fit, worksheets as offices make them."""

import gzip
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from geo_app.exchange.refusals import ColumnMissing, FileIsEmpty, FormatUnknown, LayerMissing, QuoteNotClosed
from geo_app.exchange.report import Severity
from geo_app.exchange.tables import read_chunks, read_table
from tests.support.hostile_files import zipped


def table_of(tmp_path, content, name="doors.csv", **options):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_table(path, **options)


def workbook_of(tmp_path, *lines, **sheets):
    book = openpyxl.Workbook()
    book.active.title = "门牌"
    for line in lines:
        book.active.append(line)
    for title, more in sheets.items():
        sheet = book.create_sheet(title)
        for line in more:
            sheet.append(line)
    path = tmp_path / "doors.xlsx"
    book.save(path)
    return path


def test_a_value_stays_exactly_as_it_stands(tmp_path):
    table = table_of(tmp_path, "id,number,note\n0012,12-14,NA\n1e5, 7 ,null\n")
    assert table.columns.to_dict("list") == {"id": ["0012", "1e5"], "number": ["12-14", " 7 "], "note": ["NA", "null"]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_is_recognised(tmp_path, encoding):
    table = table_of(tmp_path, "编号,路名\n1,铜河路\n2,㐂里\n".encode(encoding))
    assert list(table.columns["路名"]) == ["铜河路", "㐂里"]
    assert table.source.encoding == encoding


def test_reading_gb18030_is_told(tmp_path):
    table = table_of(tmp_path, "编号\n铜\n".encode("gb18030"))
    assert "GB18030" in str(table.notices[0])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_recognised_by_the_heading(tmp_path, delimiter):
    table = table_of(tmp_path, f"id{delimiter}name\n1{delimiter}a\n")
    assert table.columns.to_dict("list") == {"id": ["1"], "name": ["a"]}


def test_row_numbers_are_those_a_spreadsheet_shows(tmp_path):
    table = table_of(tmp_path, '\nid,name\n1,a\n\n2,"two\nlines"\n,\n3,c\n')
    assert list(table.columns["id"]) == ["1", "2", "3"]
    assert list(table.rows) == [3, 5, 7]


def test_a_row_with_a_cell_too_many_is_reported_and_the_others_stay_in_place(tmp_path):
    table = table_of(tmp_path, "id,name\n1,a,x\n2,b\n3,c,d,e\n4,d\n")
    assert list(table.columns["name"]) == ["b", "d"]
    assert list(table.rows) == [3, 5]
    assert [(p.row, p.value, p.severity) for p in table.problems] == [(2, "3", "error"), (4, "4", "error")]


def test_a_short_row_is_filled_with_nothing(tmp_path):
    assert table_of(tmp_path, "id,name,note\n1\n").columns.to_dict("records") == [{"id": "1", "name": "", "note": ""}]


def test_a_cell_that_swallowed_rows_is_doubted(tmp_path):
    rows = "".join(f"{i},a\n" for i in range(30))
    table = table_of(tmp_path, f'id,name\n1,"a\n{rows}2,"\n')
    assert [(p.row, p.column, p.severity) for p in table.problems] == [(2, "name", Severity.WARNING)]


def test_the_heading_alone_is_a_table_of_no_rows(tmp_path):
    table = table_of(tmp_path, "id,name\n")
    assert len(table) == 0
    assert list(table.columns.columns) == ["id", "name"]


def test_empty_and_repeated_names_of_columns_are_told_apart(tmp_path):
    assert list(table_of(tmp_path, "id,,name,name\n1,2,3,4\n").columns) == ["id", "column_2", "name", "name_2"]


def test_a_heading_broken_within_a_cell_is_one_heading(tmp_path):
    table = table_of(tmp_path, 'id,"经度\n(度)"\n1,103\n')
    assert list(table.columns.columns) == ["id", "经度\n(度)"]
    assert list(table.rows) == [2]


def test_a_quotation_mark_that_swallows_the_heading_is_refused(tmp_path):
    for text in ('id,"name\n1,a\n', 'id,"na"me\n1,"a\n', '"id\n' + "1,a\n" * 20_000):
        with pytest.raises(QuoteNotClosed):
            table_of(tmp_path, text)


def test_lines_may_end_as_on_any_machine(tmp_path):
    for end in ("\n", "\r\n", "\r"):
        table = table_of(tmp_path, end.join(["", "id,name", "1,a", "2,b", "3,c,x"]))
        assert table.columns["name"].tolist() == ["a", "b"]
        assert table.rows.tolist() == [3, 4]
        assert [problem.row for problem in table.problems] == [5]


def test_fields_rename_columns_and_keep_what_they_displace(tmp_path):
    table = table_of(tmp_path, "osm_id,id,n\n7,1,2\n", fields={"id": "osm_id", "number": "n"})
    assert table.columns.to_dict("records") == [{"id_in_file": "1", "id": "7", "number": "2"}]


def test_a_field_that_is_not_there_is_refused_with_the_names_that_are(tmp_path):
    with pytest.raises(ColumnMissing, match=r"no column osm_id.*id, name"):
        table_of(tmp_path, "id,name\n1,a\n", fields={"id": "osm_id"})


def test_chunks_make_the_same_table(tmp_path):
    path = tmp_path / "doors.csv"
    path.write_text("id,name\n" + "".join(f"{i},{'x,y' if i % 7 == 3 else 'x'}\n" for i in range(100)))
    whole = read_table(path)
    parts = list(read_chunks(path, rows=9))
    assert max(len(part) for part in parts) <= 9
    assert [row for part in parts for row in part.rows] == list(whole.rows)
    assert [p.row for part in parts for p in part.problems] == [p.row for p in whole.problems]
    assert sorted([*whole.rows, *(p.row for p in whole.problems)]) == list(range(2, 102))


def test_packed_tables_are_read(tmp_path):
    text = b"id,name\n1,a\n"
    assert len(table_of(tmp_path, gzip.compress(text), "doors.csv.gz")) == 1
    assert len(table_of(tmp_path, zipped(("doors.csv", text)), "doors.zip")) == 1


def test_a_map_file_is_no_table(tmp_path):
    with pytest.raises(FormatUnknown):
        table_of(tmp_path, '{"type":"FeatureCollection","features":[]}', "a.geojson")


def test_numbers_of_a_worksheet_read_as_they_look(tmp_path):
    table = read_table(workbook_of(tmp_path, ["id", "n", "b"], ["0012", 12, True], ["x", 1.5, False]))
    assert table.columns.to_dict("list") == {"id": ["0012", "x"], "n": ["12", "1.5"], "b": ["true", "false"]}
    assert list(table.rows) == [2, 3]


def test_a_number_that_became_a_date_is_told_with_what_it_was(tmp_path):
    table = read_table(workbook_of(tmp_path, ["id", "n"], ["1", "12"], ["2", date(2026, 12, 14)], ["3", "16"]))
    (problem,) = table.problems
    assert (problem.row, problem.column, problem.value, problem.severity) == (3, "n", "2026-12-14", "warning")
    assert "12-14" in str(problem.suggestion)


def test_a_column_of_dates_is_one(tmp_path):
    table = read_table(workbook_of(tmp_path, ["id", "day"], ["1", date(2026, 1, 2)], ["2", date(2026, 12, 14)]))
    assert not table.problems
    assert list(table.columns["day"]) == ["2026-01-02", "2026-12-14"]


def test_a_code_longer_than_excel_keeps_is_told(tmp_path):
    table = read_table(workbook_of(tmp_path, ["code"], [511111100001000123], ["511111100001000123"]))
    (problem,) = table.problems
    assert (problem.row, problem.severity) == (2, "warning")
    assert table.columns["code"][1] == "511111100001000123"


def test_a_title_above_the_heading_is_skipped_and_told(tmp_path):
    path = workbook_of(tmp_path, ["沙湾区门牌登记表"], ["id", "name", "note"], ["1", "a", "b"])
    table = read_table(path)
    assert table.columns.to_dict("records") == [{"id": "1", "name": "a", "note": "b"}]
    assert list(table.rows) == [3]
    assert "1 rows above" in str(table.notices[0])


def test_a_cell_merged_over_rows_counts_in_each_of_them(tmp_path):
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["town", "id"])
        sheet.merge_range(1, 0, 2, 0, "沙湾镇")
        sheet.write_column(1, 1, ["1", "2", "3"])
    assert list(read_table(path).columns["town"]) == ["沙湾镇", "沙湾镇", ""]


def test_one_worksheet_is_read_and_the_others_are_told(tmp_path):
    path = workbook_of(tmp_path, ["id"], ["1"], second=[["id"], ["2"], ["3"]])
    table = read_table(path)
    assert list(table.columns["id"]) == ["1"]
    assert "second" in str(table.notices[0])
    assert list(read_table(path, sheet="second").columns["id"]) == ["2", "3"]


def test_a_worksheet_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(LayerMissing):
        read_table(workbook_of(tmp_path, ["id"], ["1"]), sheet="third")


def test_an_empty_workbook_is_refused(tmp_path):
    with pytest.raises(FileIsEmpty):
        read_table(workbook_of(tmp_path))
