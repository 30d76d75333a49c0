"""What is written is read back the same, is whole or not there, and is no formula."""

import json

import numpy as np
import openpyxl
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Point

from geo_app.exchange.export import ExportFormat, format_for, write_layer
from geo_app.exchange.refusals import NotWritable
from geo_app.exchange.report import harmless
from geo_app.exchange.tables import read_table
from geo_app.exchange.vector import Shape, read_features

COLUMNS = pd.DataFrame({"id": ["0012", "2"], "text": ["铜河路12-14号", ""], "floor": [3, None]}, dtype=object)
POINTS = np.array([Point(103.55, 29.41), Point(103.56, 29.42)], dtype=object)
LINES = np.array([LineString([(103.55, 29.41), (103.56, 29.41)]), None], dtype=object)


@pytest.mark.parametrize("ending", ["csv", "excel.csv", "xlsx", "gpkg", "geojson"])
def test_points_come_back_as_they_were_written(tmp_path, ending):
    path = tmp_path / f"doors.{ending}"
    write_layer(path, COLUMNS, POINTS)
    table = read_features(path, Shape.POINTS)
    assert list(table.columns["id"]) == ["0012", "2"]
    assert list(table.columns["text"]) == ["铜河路12-14号", ""]
    assert list(table.columns["floor"]) == ["3", ""]
    assert list(table.geometry) == list(POINTS)
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("ending", ["csv", "geojson", "gpkg"])
def test_lines_and_missing_shapes_are_written(tmp_path, ending):
    path = tmp_path / f"streets.{ending}"
    write_layer(path, COLUMNS, LINES)
    table = read_features(path, Shape.LINES)
    assert table.geometry[0] == LINES[0]
    assert table.left_out == 1


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n,;\t|'\""), max_size=12)


@settings(max_examples=60, deadline=None)
@given(values=st.lists(TEXTS, min_size=1, max_size=6))
def test_any_text_survives_a_table_and_back(tmp_path_factory, values):
    folder = tmp_path_factory.mktemp("texts")
    columns = pd.DataFrame({"id": [str(place) for place in range(len(values))], "text": values}, dtype=object)
    for ending in ("csv", "xlsx"):
        write_layer(folder / f"a.{ending}", columns, None)
        back = list(read_table(folder / f"a.{ending}").columns["text"])
        assert back == [harmless(value) if ending == "csv" else value for value in values]


def test_excel_is_told_the_encoding(tmp_path):
    write_layer(tmp_path / "doors.excel.csv", COLUMNS, None)
    assert (tmp_path / "doors.excel.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    write_layer(tmp_path / "doors.csv", COLUMNS, None)
    assert (tmp_path / "doors.csv").read_bytes().startswith(b"id,")


@pytest.mark.parametrize("text", ["=1+1", "=cmd|'/c calc'!A1", "@SUM(1)", "+1+cmd", "-2+3", "\t=1"])
def test_no_value_becomes_a_formula(tmp_path, text):
    columns = pd.DataFrame({"id": ["1"], "name": [text]})
    write_layer(tmp_path / "a.xlsx", columns, None)
    cell = openpyxl.load_workbook(tmp_path / "a.xlsx").active["B2"]
    assert (cell.data_type, cell.value.strip()) == ("s", text.strip())
    write_layer(tmp_path / "a.csv", columns, None)
    assert read_table(tmp_path / "a.csv").columns["name"][0] == f"'{text}"


@pytest.mark.parametrize("text", ["-12.5", "+8613800000000", "12-14", "附3", ""])
def test_harmless_values_stay_as_they_are(tmp_path, text):
    write_layer(tmp_path / "a.csv", pd.DataFrame({"id": ["1"], "name": [text]}), None)
    assert read_table(tmp_path / "a.csv").columns["name"][0] == text


def test_geojson_is_what_the_standard_says(tmp_path):
    write_layer(tmp_path / "a.geojson", COLUMNS, POINTS)
    content = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))
    assert content["type"] == "FeatureCollection"
    assert content["features"][0] == {
        "type": "Feature",
        "properties": {"id": "0012", "text": "铜河路12-14号", "floor": 3},
        "geometry": {"type": "Point", "coordinates": [103.55, 29.41]},
    }


def test_a_layer_of_no_rows_is_written(tmp_path):
    empty = pd.DataFrame({"id": []}, dtype=object)
    for ending in ("csv", "xlsx", "gpkg", "geojson"):
        write_layer(tmp_path / f"a.{ending}", empty, np.array([], dtype=object))
        assert len(read_features(tmp_path / f"a.{ending}", Shape.POINTS)) == 0


def test_what_fails_leaves_the_old_file_as_it_was(tmp_path):
    path = tmp_path / "a.gpkg"
    path.write_bytes(b"old")
    with pytest.raises(NotWritable):
        write_layer(path, COLUMNS, None)
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.gpkg"]


def test_an_unknown_ending_or_folder_is_refused(tmp_path):
    with pytest.raises(NotWritable, match="must end in"):
        format_for(tmp_path / "a.docx")
    with pytest.raises(NotWritable):
        write_layer(tmp_path / "gone" / "a.csv", COLUMNS, POINTS)
    assert format_for(tmp_path / "a.EXCEL.CSV") is ExportFormat.CSV_FOR_EXCEL


def test_coordinates_are_written_to_the_millimetre(tmp_path):
    write_layer(tmp_path / "a.csv", COLUMNS[:1], np.array([Point(103.123456789, 29.1)], dtype=object))
    table = read_features(tmp_path / "a.csv", Shape.POINTS)
    assert shapely.get_x(table.geometry)[0] == pytest.approx(103.12345679, abs=1e-12)
