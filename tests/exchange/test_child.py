"""Reading in a process of its own gives the same table, the same refusals, and an end when a limit is passed."""

import sqlite3
import tempfile
from contextlib import closing

import geopandas as gpd
import pytest
from shapely.geometry import Point

from geo_app.domain.datum import Datum
from geo_app.exchange.child import ChildLimits, read_features_in_child, read_table_in_child
from geo_app.exchange.refusals import (
    FileDamaged,
    FileIsEmpty,
    QuoteNotClosed,
    ReadingBroke,
    ReadingTookTooLong,
    ReadingTookTooMuch,
)
from geo_app.exchange.tables import read_table
from geo_app.exchange.vector import ReadOptions, Shape, read_features


@pytest.fixture
def doors(tmp_path):
    path = tmp_path / "doors.csv"
    path.write_text("osm_id,lon,lat\n1,103.55,29.41\n2,x,29\n1,103.55,29.41\n", encoding="utf-8")
    return path


def test_a_child_gives_the_same_table(doors):
    options = ReadOptions(fields={"id": "osm_id"}, datum=Datum.GCJ02)
    here, there = read_features(doors, Shape.POINTS, options), read_features_in_child(doors, Shape.POINTS, options)
    assert there.columns.equals(here.columns)
    assert list(there.geometry) == list(here.geometry)
    assert list(there.rows) == list(here.rows)
    assert (there.source, there.problems, there.notices) == (here.source, here.problems, here.notices)


def test_a_child_reads_plain_tables(doors):
    here, there = read_table(doors), read_table_in_child(doors)
    assert there.columns.equals(here.columns)
    assert (there.source, there.problems) == (here.source, here.problems)


def test_a_refusal_comes_through_with_its_class_and_values(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('id\n"1\n')
    with pytest.raises(QuoteNotClosed) as refused:
        read_table_in_child(path)
    assert refused.value.message.values == {"name": "a.csv", "row": 2}
    path.write_text("")
    with pytest.raises(FileIsEmpty):
        read_features_in_child(path, Shape.POINTS)


def test_a_child_that_needs_too_much_memory_is_stopped(tmp_path):
    path = tmp_path / "a.csv"
    names = [f"c{i}" for i in range(8)]
    rows = (",".join(f"{name} of row {row}" for name in names) for row in range(300_000))
    path.write_text("\n".join([",".join(names), *rows]))
    # Which of the two it is depends on whose request for memory was the first to fail: Python's or a C library's.
    with pytest.raises((ReadingTookTooMuch, ReadingBroke), match="400 MB of memory"):
        read_table_in_child(path, limits=ChildLimits(memory_bytes=400 << 20))


def test_a_child_that_takes_too_long_is_stopped(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,lon,lat\n" + "1,103.55,29.41\n" * 3_000_000)
    with pytest.raises(ReadingTookTooLong):
        read_table_in_child(path, limits=ChildLimits(cpu_seconds=1))
    with pytest.raises(ReadingTookTooLong):
        read_table_in_child(path, limits=ChildLimits(seconds=1))


def test_a_database_that_never_ends_is_stopped(tmp_path):
    path = tmp_path / "endless.gpkg"
    gpd.GeoDataFrame({"id": ["1"]}, geometry=[Point(103.55, 29.41)], crs=4490).to_file(path, layer="doors")
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            "PRAGMA writable_schema=ON; UPDATE sqlite_master SET type='view', rootpage=0, sql='CREATE VIEW doors AS "
            "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n FROM c) SELECT 1 AS fid, NULL AS geom, 2 AS id FROM c "
            "WHERE n > 1' WHERE name='doors'"
        )
    with pytest.raises((ReadingTookTooLong, FileDamaged)):
        read_features_in_child(path, Shape.POINTS, limits=ChildLimits(cpu_seconds=2))


def test_a_child_that_breaks_is_a_refusal_with_its_last_words_for_the_log(doors):
    with pytest.raises(ReadingBroke) as refused:
        read_features_in_child(doors, Shape.POINTS, limits=ChildLimits(file_bytes=10))
    assert refused.value.message.values["name"] == "doors.csv"
    assert refused.value.__notes__


def test_a_killed_child_leaves_no_files(tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    path = tmp_path / "a.csv"
    path.write_text("id,lon,lat\n" + "1,103.55,29.41\n" * 3_000_000)
    with pytest.raises(ReadingTookTooLong):
        read_table_in_child(path, limits=ChildLimits(seconds=1))
    assert not list(folder.iterdir())
