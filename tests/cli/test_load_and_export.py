"""The real command line with a private home of its own."""

import csv
import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.imports import COUNTY, doors_file, lines_file, place, table_file

STREETS = [("1", "铜河路", [(0, 0), (400, 0)]), ("2", "沫江路", [(0, 150), (400, 150)])]
LON, LAT = place(10, 10)


@pytest.fixture(scope="module")
def geo_app(private_home):
    def call(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "geo_app.cli", *map(str, arguments)],
            capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
            env={**os.environ, "GEO_APP_HOME": str(private_home)},
        )  # fmt: skip

    return call


def exported(geo_app, layer, path, *options):
    done = geo_app("export", layer, path, *options)
    assert done.returncode == 0, done.stderr
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_streets_doors_and_addresses_go_in_and_out_again(geo_app, tmp_path):
    streets = geo_app("load-streets", lines_file(tmp_path / "s.geojson", *STREETS), "--county", COUNTY, "--lang", "en")
    assert (streets.returncode, streets.stdout) == (
        0,
        "Import 1: 2 rows read, 2 added, 0 corrected, 0 unchanged, 0 left out.\n",
    )
    doors = doors_file(tmp_path / "d.csv", ("d1", "铜河路", "12", (10, 5)), ("d2", "沫江", "14", (20, 5)))
    assert geo_app("load-entrances", doors, "--county", COUNTY).returncode == 0
    rows = f"12345,沙湾镇,铜河路,12,{LON},{LAT}", f"=1+1,沙湾镇,铜河路,14,{LON},{LAT + 0.001}"
    path = table_file(tmp_path / "a.csv", "编号,town,street,number,lon,lat", *rows)
    assert geo_app("load-addresses", path, "--id", "编号", "--county", COUNTY).returncode == 0
    assert [row["street"] for row in exported(geo_app, "entrances", tmp_path / "out.csv")] == ["铜河路", ""]
    out = exported(geo_app, "addresses", tmp_path / "a2.csv", "--county", COUNTY)
    assert [(row["text"], row["source_key"]) for row in out] == [
        ("沙湾镇铜河路12号", "12345"),
        ("沙湾镇铜河路14号", "'=1+1"),
    ]
    for ending in ("gpkg", "geojson", "xlsx"):
        assert geo_app("export", "addresses", tmp_path / f"a.{ending}").returncode == 0
    again = geo_app("load-addresses", path, "--id", "编号", "--county", COUNTY, "--lang", "en")
    assert "0 added, 0 corrected, 2 unchanged" in again.stdout


def test_unusable_rows_give_exit_code_one_and_a_report(geo_app, tmp_path):
    rows = f"x,沙湾镇,光明路,,{LON},{LAT}", f"y,沙湾镇,光明路,8,abc,{LAT}", f"z,沙湾镇,光明路,10,{LON},{LAT}"
    path = table_file(tmp_path / "a.csv", "id,town,street,number,lon,lat", *rows)
    done = geo_app("load-addresses", path, "--county", COUNTY, "--report", tmp_path / "r.csv", "--lang", "en")
    assert (done.returncode, "1 added" in done.stdout, "2 left out" in done.stdout) == (1, True, True)
    with (tmp_path / "r.csv").open(encoding="utf-8-sig") as file:
        report = list(csv.DictReader(file))
    # The first load into the county tells of the town it made, too.
    assert [(row["row"], row["column"]) for row in report if row["column"] != "town"] == [("2", "number"), ("3", "lon")]
    assert all(row["suggestion"] for row in report if row["column"] != "town")


def test_a_dry_run_writes_nothing_and_an_undo_takes_all_back(geo_app, tmp_path):
    path = table_file(tmp_path / "a.csv", "id,town,street,number,lon,lat", f"u,沙湾镇,光明路,20,{LON + 0.01},{LAT}")
    # The first load also makes the town and the street; this one is to add nothing but its address.
    other = table_file(tmp_path / "b.csv", "id,town,street,number,lon,lat", f"t,沙湾镇,光明路,18,{LON},{LAT}")
    geo_app("load-addresses", other, "--county", COUNTY)
    before = len(exported(geo_app, "addresses", tmp_path / "1.csv"))
    geo_app("load-addresses", path, "--county", COUNTY, "--dry-run")
    assert len(exported(geo_app, "addresses", tmp_path / "2.csv")) == before
    geo_app("load-addresses", path, "--county", COUNTY)
    number = geo_app("imports", "list").stdout.split("\t")[0]
    undone = geo_app("imports", "undo", number, "--reason", "wrong file", "--lang", "en")
    assert (undone.returncode, undone.stdout) == (0, f"Import {number} is undone: 1 rows removed, 0 restored.\n")
    assert len(exported(geo_app, "addresses", tmp_path / "3.csv")) == before
    assert geo_app("imports", "undo", number, "--reason", "again").returncode == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("picture.geojson", b"\x89PNG\r\n\x1a\n"),
        ("truncated.gpkg", b"SQLite format 3\0" + b"\0" * 40),
        ("broken.csv.gz", gzip.compress(b"id,lon,lat\n1,2,3\n" * 99, mtime=0)[:-9]),
        ("nothing.xyz", b"1 2 3"),
    ],
)
def test_a_hostile_file_gives_one_clear_line_and_exit_code_two(geo_app, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    done = geo_app("load-entrances", path, "--county", COUNTY, "--lang", "en")
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1), done.stderr
    assert name in done.stderr


def test_a_wrong_call_is_told_in_one_line(geo_app, tmp_path):
    path = doors_file(tmp_path / "d.csv", ("d1", "", "", (0, 0)))
    for wrong in (
        ("--county", "51"),
        ("--county", COUNTY, "--field", "colour=x"),
        ("--county", COUNTY, "--crs", "xyz"),
    ):
        done = geo_app("load-entrances", path, *wrong, "--lang", "en")
        assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1), done.stderr
    refused = geo_app("export", "entrances", tmp_path / "no-such-folder" / "d.csv", "--lang", "en")
    assert (refused.returncode, "there is no such folder" in refused.stderr) == (2, True)
