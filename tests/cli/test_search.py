"""match, search and reverse on a private home."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.support.imports import place, table_file
from tests.support.search_register import HEAD, TEXTS

ADDED = ["address_id", "standard_code", "standard_text", "grade", "score", "reasons", "rest", "candidates"]
STREET = f"{HEAD}沙湾镇铜河路"


@pytest.fixture(scope="module")
def geo_app(private_home):
    def call(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "geo_app.cli", *map(str, arguments)],
            capture_output=True, check=False, cwd=Path(__file__).parents[2],
            env={**os.environ, "GEO_APP_HOME": str(private_home)},
        )  # fmt: skip

    rows = [f"{text},{','.join(map(str, place(20.0 * number, 0.0)))}" for number, text in enumerate(TEXTS)]
    path = table_file(private_home / "texts.csv", "text,lon,lat", *rows)
    done = call("load-addresses", path, "--text", "text", "--county", "511111")
    assert done.returncode == 0, done.stderr.decode()
    return call


def read(path, encoding="utf-8"):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def test_each_row_gets_its_answer_in_order(geo_app, tmp_path):
    file = tmp_path / "in.csv"
    file.write_text(
        "序号,地址\n1,铜河路128号\n2,\n3,嘉农镇铜河路12号\n4,铜河路12号\n5,铜河路9999号\n", encoding="utf-8"
    )
    done = geo_app("match", file, "--text", "地址", "--out", tmp_path / "out.csv", "--lang", "en")
    assert (done.returncode, done.stderr.decode()) == (0, "5 rows: 1 graded A, 1 B, 1 C, 2 not found.\n")
    rows = read(tmp_path / "out.csv")
    assert list(rows[0]) == ["序号", "地址", *ADDED]
    assert [row["序号"] for row in rows] == ["1", "2", "3", "4", "5"]
    assert [row["grade"] for row in rows] == ["B", "", "A", "C", ""]
    assert rows[0]["standard_text"] == f"{STREET}128号"
    assert {one["text"] for one in json.loads(rows[3]["candidates"])} == {f"{STREET}12号", f"{HEAD}嘉农镇铜河路12号"}
    assert rows[4]["reasons"] == "9999号 is not on 铜河路: its numbers run from 1 to 300"


def test_files_of_excel_come_back_as_they_came(geo_app, tmp_path):
    file = tmp_path / "in.csv"
    file.write_bytes("地址;备注\r\n铜河路128号;=1+1\r\n".encode("gb18030"))
    assert geo_app("match", file, "--text", "地址", "--out", tmp_path / "out.csv").returncode == 0
    assert (tmp_path / "out.csv").read_bytes().startswith("\ufeff地址,备注".encode())
    book = Workbook()
    book.active.append(["地址", "grade"])
    book.active.append(["铜河路128号", "mine"])
    book.save(tmp_path / "in.xlsx")
    assert geo_app("match", tmp_path / "in.xlsx", "--text", "地址", "--out", tmp_path / "out.xlsx").returncode == 0
    heading, row = load_workbook(tmp_path / "out.xlsx").active.values
    assert heading == ("地址", "grade_in_file", *ADDED)
    assert (row[1], row[4], row[5]) == ("mine", f"{STREET}128号", "B")


def test_a_row_of_too_many_cells_is_kept_and_told(geo_app, tmp_path):
    file = tmp_path / "in.csv"
    file.write_text("地址\n铜河路128号,x,y\n铜河路1号\n", encoding="utf-8")
    done = geo_app("match", file, "--text", "地址", "--out", "-", "--lang", "en")
    assert done.returncode == 1
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert [row["grade"] for row in rows] == ["", "B"]


@pytest.mark.parametrize(("column", "content"), [("街道", "地址\n铜河路1号\n"), ("地址", ""), ("地址", "\0\1\2")])
def test_wrong_calls_write_nothing(geo_app, tmp_path, column, content):
    file = tmp_path / "in.csv"
    file.write_text(content, encoding="utf-8")
    done = geo_app("match", file, "--text", column, "--out", tmp_path / "out.csv")
    assert (done.returncode, done.stderr.decode().count("\n")) == (2, 1)
    assert not (tmp_path / "out.csv").exists()


def test_one_text_is_found(geo_app):
    done = geo_app("search", "铜合路128号", "--json", "--lang", "en")
    found = json.loads(done.stdout)
    assert (found["grade"], found["standard_text"]) == ("B", f"{STREET}128号")
    shown = geo_app("search", "铜河路128号", "--lang", "en")
    assert shown.stdout.decode().split("\t")[::2] == ["B", f"{STREET}128号"]


def test_a_position_is_found(geo_app):
    lon, lat = place(0.0, 0.0)
    found = json.loads(geo_app("reverse", lon, lat, "--json", "--limit", "1").stdout)
    assert (found["addresses"][0]["text"], found["addresses"][0]["metres"]) == (f"{STREET}1号", 0.0)
    assert geo_app("reverse", "x", "1").returncode == 2
