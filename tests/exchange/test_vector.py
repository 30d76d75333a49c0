"""Streets, buildings and doors from every kind of file: one table in SRID 4490, and a reason for each row lost."""

import gzip
import json
import warnings
import zipfile

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from shapely.geometry import LineString, MultiPoint, Point, Polygon

from geo_app.domain.datum import Datum, from_cgcs2000
from geo_app.exchange.refusals import (
    ColumnMissing,
    CrsNotUnderstood,
    CrsUnclear,
    FileDamaged,
    LayerMissing,
    LayerUnclear,
    PositionColumnsMissing,
    SeveralInside,
    ShiftOfMetres,
)
from geo_app.exchange.report import Severity
from geo_app.exchange.vector import ReadOptions, Shape, read_feature_chunks, read_features
from tests.support.osm_pbf import osm_pbf

SHAWAN = (103.55, 29.41)
STREETS = gpd.GeoDataFrame(
    {"id": ["007", "8"], "name": ["铜河路", "沫若大道"]},
    geometry=[LineString([(103.55, 29.41), (103.56, 29.41)]), LineString([(103.55, 29.42), (103.56, 29.43)])],
    crs=4490,
)


def shapefile(folder, frame, *, encoding="UTF-8", cpg=True, prj=True):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        frame.to_file(folder / "s.shp", encoding=encoding)
    path = folder / "streets.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for part in sorted(folder.glob("s.*")):
            if (cpg or part.suffix != ".cpg") and (prj or part.suffix != ".prj"):
                archive.write(part, f"数据/{part.name}")
    return path


def collection(*features, **more):
    made = [{"type": "Feature", "properties": p, "geometry": g} for p, g in features]
    return json.dumps({"type": "FeatureCollection", "features": made, **more}, ensure_ascii=False)


def written(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def told(table):
    return [(problem.row, str(problem.problem)) for problem in table.problems]


@pytest.mark.parametrize("name", ["streets.gpkg", "streets.geojson", "streets.fgb"])
def test_streets_come_the_same_out_of_every_format(tmp_path, name):
    (STREETS if name.endswith("gpkg") else STREETS.to_crs(4326)).to_file(tmp_path / name, engine="pyogrio")
    table = read_features(tmp_path / name, Shape.LINES)
    assert sorted(table.columns["name"]) == ["沫若大道", "铜河路"]
    assert not table.problems
    assert shapely.equals_exact(
        shapely.union_all(table.geometry).normalize(), STREETS.union_all().normalize(), tolerance=1e-9
    )
    assert sorted(table.columns["id"]) == ["007", "8"]


def test_kml_is_read(tmp_path):
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark>'
        "<name>铜河路</name><LineString><coordinates>103.55,29.41,0 103.56,29.41,0</coordinates></LineString>"
        "</Placemark></Document></kml>"
    )
    table = read_features(written(tmp_path, "streets.kml", text), Shape.LINES)
    assert list(table.columns["Name"]) == ["铜河路"]
    assert table.geometry[0] == STREETS.geometry[0]


@pytest.mark.parametrize("encoding", ["UTF-8", "GB18030"])
@pytest.mark.parametrize("cpg", [True, False])
def test_a_zipped_shapefile_is_read_in_its_encoding_with_or_without_cpg(tmp_path, encoding, cpg):
    table = read_features(shapefile(tmp_path, STREETS, encoding=encoding, cpg=cpg), Shape.LINES)
    assert list(table.columns["name"]) == ["铜河路", "沫若大道"]
    assert table.source.encoding == encoding.lower()
    assert table.source.crs == "EPSG:4490"


def test_a_shapefile_in_another_encoding_is_read_as_its_cpg_says(tmp_path):
    frame = STREETS.assign(name=["Straße", "Allée"])
    table = read_features(shapefile(tmp_path, frame, encoding="ISO-8859-1"), Shape.LINES)
    assert list(table.columns["name"]) == ["Straße", "Allée"]


def test_numbers_of_features_outside_their_attributes_are_columns(tmp_path):
    point = {"type": "Point", "coordinates": SHAWAN}
    features = [{"type": "Feature", "id": 7, "properties": {"n": "1"}, "geometry": point}]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    assert list(read_features(written(tmp_path, "a.geojson", text), Shape.POINTS).columns["id"]) == ["7"]
    STREETS.drop(columns="id").to_file(tmp_path / "s.gpkg")
    table = read_features(tmp_path / "s.gpkg", Shape.LINES, ReadOptions(fields={"id": "fid"}))
    assert list(table.columns["id"]) == ["1", "2"]


@pytest.mark.parametrize("name", ["a!b.gpkg", "a.zip.gpkg", "#1 铜河路.gpkg", "http:.gpkg"])
def test_a_file_of_a_strange_name_is_read(tmp_path, name):
    STREETS.to_file(tmp_path / "s.gpkg")
    (tmp_path / "s.gpkg").rename(tmp_path / name)
    assert len(read_features(tmp_path / name, Shape.LINES)) == 2


def test_a_table_longer_than_a_chunk_is_one_table(tmp_path):
    text = "id,lon,lat\n" + "".join(f"{i},103.55,29.41\n" for i in range(100_001))
    table = read_features(written(tmp_path, "doors.csv", text), Shape.POINTS)
    assert list(table.rows) == list(range(2, 100_003))
    assert len(table.columns) == len(table.geometry) == 100_001


def test_a_table_without_shapes_is_refused_as_a_layer(tmp_path):
    pyogrio.write_dataframe(pd.DataFrame({"id": ["1"]}), tmp_path / "t.gpkg")
    with pytest.raises(FileDamaged, match="holds no shapes"):
        read_features(tmp_path / "t.gpkg", Shape.LINES)


def test_a_shapefile_beside_its_companions_is_read(tmp_path):
    shapefile(tmp_path, STREETS)
    assert list(read_features(tmp_path / "s.shp", Shape.LINES).columns["name"]) == ["铜河路", "沫若大道"]


class GbkName(zipfile.ZipInfo):
    """An entry as Chinese Windows writes it: GBK, and not marked as anything."""

    def _encodeFilenameFlags(self):  # noqa: N802 - the library's name
        return self.filename.encode("gbk"), self.flag_bits


def test_names_in_a_zip_made_by_chinese_windows_are_understood(tmp_path):
    path = tmp_path / "doors.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("东区", "西区"):
            archive.writestr(GbkName(f"{name}.csv"), f"id,lon,lat\n{name},103.55,29.41\n")
    with pytest.raises(SeveralInside, match="东区, 西区"):
        read_features(path, Shape.POINTS)
    assert list(read_features(path, Shape.POINTS, ReadOptions(layer="西区")).columns["id"]) == ["西区"]


def test_geojson_in_gb18030_or_with_a_mark_is_read(tmp_path):
    text = collection(({"id": 1, "name": "铜河路"}, {"type": "Point", "coordinates": SHAWAN}))
    for name, content in {"a.geojson": text.encode("gb18030"), "b.json": text.encode("utf-8-sig")}.items():
        assert list(read_features(written(tmp_path, name, content), Shape.POINTS).columns["name"]) == ["铜河路"]


def test_packed_geojson_is_read_and_keeps_the_given_name(tmp_path):
    text = collection(({"id": 1}, {"type": "Point", "coordinates": SHAWAN}))
    table = read_features(written(tmp_path, "a.geojson.gz", gzip.compress(text.encode())), Shape.POINTS)
    assert table.source.name == "a.geojson.gz"
    assert table.columns["id"][0] == "1"


def test_values_that_look_like_dates_and_numbers_stay_text(tmp_path):
    text = collection(
        ({"id": "01", "n": "12/14", "f": 3.0, "l": ["a", "b"], "b": True}, {"type": "Point", "coordinates": SHAWAN}),
        ({"id": "02", "n": "2026-01-02", "f": None, "l": None, "b": False}, {"type": "Point", "coordinates": SHAWAN}),
    )
    table = read_features(written(tmp_path, "a.geojson", text), Shape.POINTS)
    assert table.columns.to_dict("records") == [
        {"id": "01", "n": "12/14", "f": "3", "l": '["a", "b"]', "b": "true"},
        {"id": "02", "n": "2026-01-02", "f": "", "l": "", "b": "false"},
    ]


def test_an_osm_extract_gives_streets_buildings_and_doors(tmp_path):
    nodes = {
        1: (103.55, 29.41, {"addr:housenumber": "12附3", "addr:street": "铜河路"}),
        2: (103.56, 29.41, {}),
        3: (103.56, 29.42, {"amenity": "bench"}),
    }
    ways = {
        10: ([1, 2], {"highway": "residential", "name": "铜河路", "surface": "asphalt"}),
        11: ([2, 3], {"waterway": "river", "name": "大渡河"}),
        12: ([1, 2, 3, 1], {"building": "yes", "addr:housenumber": "7"}),
    }
    path = written(tmp_path, "town.osm.pbf", osm_pbf(nodes, ways))
    streets = read_features(path, Shape.LINES, ReadOptions(fields={"id": "osm_id", "cover": "surface"}))
    assert streets.columns[["id", "name", "cover"]].to_dict("records") == [
        {"id": "10", "name": "铜河路", "cover": "asphalt"}
    ]
    assert "1 objects without highway" in str(streets.notices[0])
    (building,) = read_features(path, Shape.POLYGONS, ReadOptions(fields={"id": "osm_id"})).columns.to_dict("records")
    assert (building["id"], building["addr:housenumber"]) == ("12", "7")
    (door,) = read_features(path, Shape.POINTS, ReadOptions(fields={"number": "addr:housenumber"})).columns["number"]
    assert door == "12附3"


def test_osm_xml_is_read_like_pbf(tmp_path):
    text = (
        '<osm version="0.6"><node id="1" lat="29.41" lon="103.55"/><node id="2" lat="29.41" lon="103.56"/>'
        '<way id="5"><nd ref="1"/><nd ref="2"/><tag k="highway" v="path"/><tag k="area" v="yes"/></way></osm>'
    )
    table = read_features(written(tmp_path, "town.osm", text), Shape.LINES)
    assert list(table.columns["area"]) == ["yes"]


def test_a_table_of_doors_is_read_by_its_columns(tmp_path):
    for heading in ("id,lon,lat", "id,经度,纬度", "id,LNG,LAT", "id,x,y"):
        table = read_features(written(tmp_path, "doors.csv", f"{heading}\n1,103.55,29.41\n"), Shape.POINTS)
        assert table.geometry[0] == Point(SHAWAN)
    options = ReadOptions(lon="东", lat="北")
    table = read_features(written(tmp_path, "doors.csv", "id,东,北\n1,103.55,29.41\n"), Shape.POINTS, options)
    assert table.geometry[0] == Point(SHAWAN)


def test_a_table_of_streets_is_read_by_its_well_known_text(tmp_path):
    text = 'id,wkt\n1,"LINESTRING (103.55 29.41, 103.56 29.41)"\n2,nonsense\n'
    table = read_features(written(tmp_path, "streets.csv", text), Shape.LINES)
    assert len(table) == 1
    assert told(table) == [(3, "The row has no shape, or one that cannot be built.")]


def test_coordinates_that_are_no_numbers_are_reported_with_a_way_out(tmp_path):
    text = "id,lon,lat\n1,abc,29.41\n2,,29.41\n3,103°33'00\",29.41\n4,103.55,\n5,nan,29\n6,inf,29\n7,103.55,29.41\n"
    table = read_features(written(tmp_path, "doors.csv", text), Shape.POINTS)
    assert list(table.columns["id"]) == ["7"]
    assert sorted({problem.row for problem in table.problems}) == [2, 3, 4, 5, 6, 7]
    assert table.left_out == 6
    assert all(problem.suggestion for problem in table.problems)
    assert "103.5500000" in str(next(p.suggestion for p in table.problems if p.row == 4))


def test_places_off_the_earth_at_zero_or_exchanged_are_reported(tmp_path):
    text = "id,lon,lat\n1,29.41,103.55\n2,300,29\n3,0,0\n4,103.55,29.41\n5,30.2,88.1\n"
    table = read_features(written(tmp_path, "doors.csv", text), Shape.POINTS)
    assert list(table.columns["id"]) == ["4"]
    assert {row: text.split(" ")[-1] for row, text in told(table)} == {
        2: "possible.",
        3: "latitude.",
        4: "one.",
        6: "possible.",
    }


def test_identifiers_given_twice_keep_the_first_row_over_all_chunks(tmp_path):
    rows = "".join(f"{i % 40},103.55,29.41\n" for i in range(50))
    path = written(tmp_path, "doors.csv", f"osm_id,lon,lat\n{rows}")
    options = ReadOptions(fields={"id": "osm_id"})
    parts = list(read_feature_chunks(path, Shape.POINTS, options, rows=7))
    assert sum(len(part) for part in parts) == 40
    assert [p.row for part in parts for p in part.problems] == list(range(42, 52))
    assert parts[-1].problems[0].column == "osm_id"
    assert len(read_features(path, Shape.POINTS, ReadOptions(fields={"id": "osm_id"}, key=""))) == 50


def test_a_bad_row_does_not_use_up_its_identifier(tmp_path):
    table = read_features(written(tmp_path, "doors.csv", "id,lon,lat\n1,x,29\n1,103.55,29.41\n"), Shape.POINTS)
    assert list(table.rows) == [3]


def test_every_shape_that_cannot_be_used_is_reported(tmp_path):
    a, b = [103.55, 29.41], [103.56, 29.41]
    text = collection(
        ({"id": 1}, None),
        ({"id": 2}, {"type": "LineString", "coordinates": []}),
        ({"id": 3}, {"type": "Point", "coordinates": a}),
        ({"id": 4}, {"type": "LineString", "coordinates": [a, a]}),
        ({"id": 5}, {"type": "LineString", "coordinates": [a, b]}),
        ({"id": 6}, {"type": "LineString", "coordinates": [a, [103.56, 29.42], b, [103.55, 29.42]]}),
        ({"id": 7}, {"type": "MultiLineString", "coordinates": [[a, b]]}),
        ({"id": 8}, {"type": "LineString", "coordinates": [a, [103.56, 95]]}),
    )
    table = read_features(written(tmp_path, "a.geojson", text), Shape.LINES)
    assert list(table.columns["id"]) == ["5", "6", "7"]
    assert table.geometry[2] == LineString([a, b])
    assert sorted(row for row, _ in told(table)) == [1, 2, 3, 4, 6, 8]
    assert [p.row for p in table.problems if p.severity is Severity.WARNING] == [6]


def test_not_a_number_in_a_shape_is_reported(tmp_path):
    text = collection(({"id": 1}, {"type": "Point", "coordinates": [float("nan"), 29]}))
    table = read_features(written(tmp_path, "a.geojson", text), Shape.POINTS)
    assert (len(table), table.left_out) == (0, 1)


def test_an_outline_that_crosses_itself_is_repaired_and_told(tmp_path):
    bow = Polygon([(103.55, 29.41), (103.56, 29.42), (103.56, 29.41), (103.55, 29.42)])
    flat = Polygon([(103.55, 29.41), (103.56, 29.41), (103.57, 29.41)])
    gpd.GeoDataFrame({"id": ["1", "2"]}, geometry=[bow, flat], crs=4490).to_file(tmp_path / "b.gpkg")
    table = read_features(tmp_path / "b.gpkg", Shape.POLYGONS)
    assert list(table.columns["id"]) == ["1"]
    assert table.geometry[0].is_valid
    assert table.geometry[0].area == pytest.approx(0.00005)
    assert [(p.row, p.severity) for p in table.problems] == [(2, "error"), (1, "warning")]


def test_a_point_of_several_parts_is_no_door(tmp_path):
    frame = gpd.GeoDataFrame(
        {"id": ["1", "2"]}, geometry=[MultiPoint([SHAWAN]), MultiPoint([SHAWAN, (103.56, 29.41)])], crs=4490
    )
    frame.to_file(tmp_path / "p.gpkg")
    table = read_features(tmp_path / "p.gpkg", Shape.POINTS)
    assert table.geometry[0] == Point(SHAWAN)
    assert told(table) == [(2, "The shape is of another kind than the expected points.")]


def test_heights_are_dropped(tmp_path):
    text = collection(({"id": 1}, {"type": "Point", "coordinates": [*SHAWAN, 400]}))
    assert not read_features(written(tmp_path, "a.geojson", text), Shape.POINTS).geometry[0].has_z


@pytest.mark.parametrize("crs", [4544, 4523, 3857, 32648])
def test_a_projected_file_comes_out_in_degrees(tmp_path, crs):
    STREETS.to_crs(crs).to_file(tmp_path / "s.gpkg")
    table = read_features(tmp_path / "s.gpkg", Shape.LINES)
    assert table.source.crs == f"EPSG:{crs}"
    assert np.abs(shapely.get_coordinates(table.geometry) - shapely.get_coordinates(STREETS.geometry)).max() < 2e-5


def test_a_table_of_metres_is_read_by_the_crs_a_person_tells(tmp_path):
    x, y = shapely.get_coordinates(STREETS.to_crs(4544).geometry)[0]
    path = written(tmp_path, "doors.csv", f"id,x,y\n1,{x},{y}\n")
    with pytest.raises(CrsUnclear, match="Tell the CRS"):
        read_features(path, Shape.POINTS)
    table = read_features(path, Shape.POINTS, ReadOptions(crs="EPSG:4544"))
    assert shapely.get_coordinates(table.geometry)[0] == pytest.approx(SHAWAN, abs=1e-8)


def test_surveyors_x_and_y_are_noticed(tmp_path):
    x, y = shapely.get_coordinates(STREETS.to_crs(4544).geometry)[0]
    path = written(tmp_path, "doors.csv", f"id,x,y\n1,{y},{x}\n")
    table = read_features(path, Shape.POINTS, ReadOptions(crs="EPSG:4544"))
    assert len(table) == 0
    assert "north" in str(table.problems[0].suggestion)


def test_a_shapefile_of_metres_without_prj_is_refused_until_the_crs_is_told(tmp_path):
    path = shapefile(tmp_path, STREETS.to_crs(4544), prj=False)
    with pytest.raises(CrsUnclear):
        read_features(path, Shape.LINES)
    assert len(read_features(path, Shape.LINES, ReadOptions(crs="EPSG:4544"))) == 2


def test_metres_that_call_themselves_degrees_are_refused(tmp_path):
    STREETS.to_crs(4544).set_crs(4490, allow_override=True).to_file(tmp_path / "s.gpkg")
    with pytest.raises(CrsUnclear):
        read_features(tmp_path / "s.gpkg", Shape.LINES)


def test_an_unknown_crs_is_refused(tmp_path):
    path = written(tmp_path, "doors.csv", "id,lon,lat\n1,103.55,29.41\n")
    with pytest.raises(CrsNotUnderstood):
        read_features(path, Shape.POINTS, ReadOptions(crs="EPSG:1"))


def test_a_reference_system_of_another_planet_is_refused(tmp_path):
    path = written(tmp_path, "doors.csv", "id,lon,lat\n1,103.55,29.41\n")
    with pytest.raises(CrsNotUnderstood):
        read_features(path, Shape.POINTS, ReadOptions(crs="ESRI:104905"))


def test_a_reference_system_that_is_no_text_is_refused(tmp_path):
    shapefile(tmp_path, STREETS)
    system = (tmp_path / "s.prj").read_bytes()
    (tmp_path / "s.prj").write_bytes(system.replace(b'GEOGCS["', b'GEOGCS["\xff\xfe'))
    with pytest.raises(FileDamaged, match="reference system"):
        read_features(tmp_path / "s.shp", Shape.LINES)


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
def test_shifted_degrees_are_turned_back_and_tagged(tmp_path, datum):
    lon, lat = from_cgcs2000(*SHAWAN, datum)
    path = written(tmp_path, "doors.csv", f"id,lon,lat\n1,{lon},{lat}\n")
    table = read_features(path, Shape.POINTS, ReadOptions(datum=datum))
    assert shapely.get_coordinates(table.geometry)[0] == pytest.approx(SHAWAN, abs=1e-9)
    assert table.source.datum is datum
    assert "CGCS2000" in str(table.notices[0])


def test_shifted_web_mercator_is_turned_back_too(tmp_path):
    lon, lat = from_cgcs2000(*SHAWAN, Datum.GCJ02)
    gpd.GeoDataFrame({"id": ["1"]}, geometry=[Point(lon, lat)], crs=4326).to_crs(3857).to_file(tmp_path / "d.gpkg")
    table = read_features(tmp_path / "d.gpkg", Shape.POINTS, ReadOptions(datum=Datum.GCJ02))
    assert shapely.get_coordinates(table.geometry)[0] == pytest.approx(SHAWAN, abs=1e-9)


def test_a_shift_of_surveyed_metres_is_refused(tmp_path):
    STREETS.to_crs(4544).to_file(tmp_path / "s.gpkg")
    with pytest.raises(ShiftOfMetres):
        read_features(tmp_path / "s.gpkg", Shape.LINES, ReadOptions(datum=Datum.GCJ02))


def test_the_layer_of_the_right_shape_is_found_and_doubt_is_told(tmp_path):
    path = tmp_path / "town.gpkg"
    STREETS.to_file(path, layer="streets")
    gpd.GeoDataFrame({"id": ["1"]}, geometry=[Point(SHAWAN)], crs=4490).to_file(path, layer="doors")
    assert len(read_features(path, Shape.LINES)) == 2
    assert len(read_features(path, Shape.POINTS)) == 1
    STREETS.to_file(path, layer="old streets")
    with pytest.raises(LayerUnclear, match="old streets"):
        read_features(path, Shape.LINES)
    assert len(read_features(path, Shape.LINES, ReadOptions(layer="streets"))) == 2
    with pytest.raises(LayerMissing):
        read_features(path, Shape.LINES, ReadOptions(layer="lanes"))


def test_one_file_of_a_zip_is_chosen_by_its_name(tmp_path):
    path = tmp_path / "doors.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("east", "west"):
            archive.writestr(f"{name}.csv", f"id,lon,lat\n{name},103.55,29.41\n")
    with pytest.raises(SeveralInside, match="east, west"):
        read_features(path, Shape.POINTS)
    assert list(read_features(path, Shape.POINTS, ReadOptions(layer="west")).columns["id"]) == ["west"]


def test_columns_that_are_not_there_are_refused(tmp_path):
    path = written(tmp_path, "doors.csv", "id,name\n1,a\n")
    with pytest.raises(PositionColumnsMissing):
        read_features(path, Shape.POINTS)
    with pytest.raises(ColumnMissing):
        read_features(path, Shape.POINTS, ReadOptions(lon="东", lat="北"))


def test_an_empty_layer_is_a_table_of_no_rows(tmp_path):
    path = written(tmp_path, "a.geojson", collection())
    table = read_features(path, Shape.POINTS)
    assert len(table) == 0
    heading = read_features(written(tmp_path, "doors.csv", "id,lon,lat\n"), Shape.POINTS)
    assert list(heading.columns.columns) == ["id", "lon", "lat"]
