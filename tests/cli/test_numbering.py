"""`geo-app number` as a person and as a program meet it: files in, files out, exit codes, one clear line."""

import csv
import gzip
import io
import json

import geopandas as gpd
import pytest
import shapely
from click.testing import CliRunner

from geo_app.cli import main
from tests.support.street_sketch import at

STREETS = [
    {"id": "s1", "name": "铜河路", "line": [at(0, 0), at(9, 0)]},
    {"id": "s2", "name": "绥山路", "line": [at(0, 6), at(9, 6)]},
    {"id": "s3", "name": None, "line": [at(3, 0), at(3, 4)]},
    {"id": "s4", "name": "沫若广场", "area": "yes", "line": [at(20, 0), at(29, 0)]},
]
DOORS = [
    ("d1", *at(1, 1), "铜河路", ""),
    ("d2", *at(5, 1), "", "9"),
    ("d3", *at(5, 7), "绥山路", ""),
    ("d4", *at(5, 1), "丁街", ""),
]
PLAN_COLUMNS = "entrance_id,street_id,street_name,side,metres,number,sub_number,text,kept,reason,start_lon,start_lat"


def feature(properties, geometry) -> dict:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def geojson(features) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}, ensure_ascii=False)


def street_json(rows=STREETS) -> str:
    return geojson(
        feature({k: v for k, v in row.items() if k != "line"}, {"type": "LineString", "coordinates": row["line"]})
        for row in rows
    )


def door_csv(rows=DOORS, head=("id", "lon", "lat", "street", "number")) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([head, *rows])
    return text.getvalue()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "streets.geojson").write_text(street_json(), encoding="utf-8")
    (tmp_path / "doors.csv").write_text(door_csv(), encoding="utf-8")
    return tmp_path


def run(folder, *arguments, streets="streets.geojson", doors="doors.csv", out="plan.csv", rule="europe"):
    call = ["number", str(folder / streets), str(folder / doors), "--rule", rule]
    call += ["--out", out if out == "-" else str(folder / out), *map(str, arguments)]
    return CliRunner().invoke(main, call)


def rows(path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_plan_has_the_columns_of_the_contract_and_a_row_per_entrance_in_order(folder):
    result = run(folder, "--findings", folder / "findings.csv", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert (folder / "plan.csv").read_text(encoding="utf-8").splitlines()[0] == PLAN_COLUMNS
    plan = rows(folder / "plan.csv")
    assert [row["entrance_id"] for row in plan] == ["d1", "d2", "d3", "d4"]
    assert [row["text"] for row in plan] == ["1", "9", "1", ""]
    assert [row["kept"] for row in plan] == ["false", "true", "false", "false"]
    assert plan[0]["metres"] == "10.00"
    assert (float(plan[0]["start_lon"]), float(plan[0]["start_lat"])) == at(0, 0)
    assert (plan[3]["street_id"], plan[3]["side"], plan[3]["start_lon"]) == ("", "", "")
    findings = rows(folder / "findings.csv")
    assert list(findings[0]) == ["entrance_id", "street_name", "kind", "severity", "message"]
    assert [(row["entrance_id"], row["kind"]) for row in findings] == [("d4", "unknown_street")]
    assert "2 lines without a name" in result.stderr


def test_sentences_are_chinese_unless_english_is_asked_for(folder):
    run(folder)
    assert "距起点10米，左侧" in rows(folder / "plan.csv")[0]["reason"]
    run(folder, "--lang", "en")
    assert "10 m from the start, left side" in rows(folder / "plan.csv")[0]["reason"]


def test_the_plan_goes_to_standard_output_for_a_hyphen(folder):
    result = run(folder, out="-")
    assert result.stdout.splitlines()[0] == PLAN_COLUMNS
    assert len(list(csv.reader(io.StringIO(result.stdout)))) == 5


def test_two_outputs_do_not_mix_on_standard_output(folder):
    assert run(folder, "--findings", "-", out="-").exit_code == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_of_any_usual_encoding_is_recognised(folder, encoding):
    (folder / "doors.csv").write_bytes(door_csv().encode(encoding))
    (folder / "streets.geojson").write_bytes(street_json().encode(encoding))
    assert run(folder).exit_code == 0
    assert [row["street_name"] for row in rows(folder / "plan.csv")] == ["铜河路", "铜河路", "绥山路", "丁街"]


@pytest.mark.parametrize("ending", ["gpkg", "shp", "fgb", "geojson"])
@pytest.mark.parametrize("packed", [False, True])
def test_other_vector_files_give_the_same_plan(folder, ending, packed):
    run(folder)
    expected = rows(folder / "plan.csv")
    frame = gpd.GeoDataFrame(
        {
            "id": [s["id"] for s in STREETS],
            "name": [s["name"] for s in STREETS],
            "area": [s.get("area") for s in STREETS],
        },
        geometry=[shapely.LineString(s["line"]) for s in STREETS],
        crs=4490,
    )
    name = f"other.{ending}"
    frame.to_file(folder / name, encoding="utf-8")
    if packed and ending != "shp":
        (folder / f"{name}.gz").write_bytes(gzip.compress((folder / name).read_bytes()))
        name += ".gz"
    assert run(folder, streets=name, out="again.csv").exit_code == 0
    assert [row["text"] for row in rows(folder / "again.csv")] == [row["text"] for row in expected]


def test_a_shapefile_in_gb18030_without_a_word_about_it_is_read(folder):
    frame = gpd.GeoDataFrame(
        {"id": [s["id"] for s in STREETS], "name": [s["name"] for s in STREETS]},
        geometry=[shapely.LineString(s["line"]) for s in STREETS],
        crs=4490,
    )
    frame.to_file(folder / "old.shp", encoding="GB18030")
    (folder / "old.cpg").unlink()
    assert run(folder, streets="old.shp").exit_code == 0
    assert rows(folder / "plan.csv")[0]["street_name"] == "铜河路"


def test_packed_files_are_read(folder):
    (folder / "doors.csv.gz").write_bytes(gzip.compress(door_csv().encode("gb18030")))
    (folder / "streets.geojson.gz").write_bytes(gzip.compress(street_json().encode()))
    assert run(folder, streets="streets.geojson.gz", doors="doors.csv.gz").exit_code == 0
    assert rows(folder / "plan.csv")[0]["text"] == "1"


def test_metres_of_a_projection_are_recognised_or_told(folder):
    frame = gpd.GeoDataFrame(
        {"id": ["s1"], "name": ["铜河路"]}, geometry=[shapely.LineString(STREETS[0]["line"])], crs=4490
    ).to_crs(4544)
    frame.to_file(folder / "projected.gpkg")
    assert run(folder, streets="projected.gpkg").exit_code == 0
    assert rows(folder / "plan.csv")[0]["metres"] == "10.00"
    flat = [{"id": "s1", "name": "铜河路", "line": [list(xy) for xy in frame.geometry[0].coords]}]
    (folder / "flat.geojson").write_text(street_json(flat), encoding="utf-8")
    (folder / "plan.csv").unlink()
    refused = run(folder, streets="flat.geojson", out="none.csv")
    assert (refused.exit_code, (folder / "none.csv").exists()) == (2, False)
    assert "EPSG:4544" in refused.stderr


def test_crs_says_what_the_coordinates_are(folder):
    gpd.GeoSeries([shapely.Point(at(1, 1))], crs=4490).to_crs(4544).get_coordinates().assign(id="d").rename(
        columns={"x": "lon", "y": "lat"}
    ).to_csv(folder / "flat.csv", index=False)
    frame = gpd.GeoDataFrame(
        {"id": ["s1"], "name": ["路"]}, geometry=[shapely.LineString(STREETS[0]["line"])], crs=4490
    )
    frame.to_crs(4544).to_file(folder / "flat.gpkg")
    assert run(folder, "--crs", "EPSG:4544", streets="flat.gpkg", doors="flat.csv").exit_code == 0
    assert rows(folder / "plan.csv")[0]["metres"] == "10.00"
    assert run(folder, "--crs", "EPSG:999999").exit_code == 2


def test_fields_are_mapped_by_name(folder):
    (folder / "doors.csv").write_text(door_csv(head=("osm_id", "lon", "lat", "road", "housenumber")), encoding="utf-8")
    assert run(folder).exit_code == 2
    mapping = ["--field", "id=osm_id", "--field", "street=road", "--field", "number=housenumber"]
    assert run(folder, *mapping).exit_code == 0
    assert [row["text"] for row in rows(folder / "plan.csv")] == ["1", "9", "1", ""]
    assert run(folder, "--field", "id=nowhere").exit_code == 2
    assert run(folder, "--field", "id").exit_code == 2


def test_rule_fields_on_the_lines_override_the_rule(folder):
    own = [{**STREETS[0], "start": "last", "odd_side": "right", "method": "metre"}]
    (folder / "streets.geojson").write_text(street_json(own), encoding="utf-8")
    run(folder)
    first = rows(folder / "plan.csv")[0]
    assert (first["side"], first["metres"], first["number"]) == ("right", "80.00", "81")
    assert (float(first["start_lon"]), float(first["start_lat"])) == at(9, 0)


def test_unusable_rows_are_reported_and_the_others_numbered(folder):
    bad_lines = [*STREETS, {"id": "z", "name": "零路", "line": [at(1, 1), at(1, 1)]}, {**STREETS[0], "start": "up"}]
    (folder / "streets.geojson").write_text(street_json(bad_lines), encoding="utf-8")
    bad_doors = [
        *DOORS,
        ("e1", "NaN", "29.4", "", ""),
        ("e2", "200", "29.4", "", "7"),
        ("e3", "x", "", "", ""),
        ("d1", *at(2, 1)),
    ]
    (folder / "doors.csv").write_text(door_csv(bad_doors), encoding="utf-8")
    result = run(folder, "--report", folder / "report.csv", "--lang", "en")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    plan = rows(folder / "plan.csv")
    assert [row["entrance_id"] for row in plan] == ["d1", "d2", "d3", "d4", "e1", "e2", "e3", "d1"]
    assert [row["text"] for row in plan][4:7] == ["", "7", ""]
    report = rows(folder / "report.csv")
    assert list(report[0]) == ["file", "row", "column", "value", "problem", "suggestion"]
    assert [(row["row"], row["column"]) for row in report] == [
        *[("5", "geometry"), ("6", "start")],
        *[("2", "id"), ("6", "lon"), ("7", "geometry"), ("8", "lon"), ("9", "id")],
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.geojson", b""),
        ("words.geojson", b"these are not streets"),
        ("words.gpkg", b"SQLite format 3 or not"),
        ("words.csv", b"\x00\x01\x02"),
        ("nothing.csv", b"\n"),
        ("streets.gz.gz", b"no gzip"),
        (
            "no_name.geojson",
            geojson([feature({"id": 1}, {"type": "LineString", "coordinates": [[1, 2], [3, 4]]})]).encode(),
        ),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_in_one_line_and_nothing_is_written(folder, name, content):
    (folder / name).write_bytes(content)
    for call in ({"streets": name}, {"doors": name}):
        result = run(folder, out="never.csv", **call)
        assert result.exit_code == 2
        assert len(result.stderr.strip().splitlines()) == 1
        assert not (folder / "never.csv").exists()
    assert [path.name for path in folder.iterdir() if "draft" in path.name] == []


def test_a_file_without_rows_is_a_town_without_doors(folder):
    (folder / "none.csv").write_text("id,lon,lat\n", encoding="utf-8")
    assert run(folder, doors="none.csv").exit_code == 0
    assert (folder / "plan.csv").read_text(encoding="utf-8") == PLAN_COLUMNS + "\n"
    (folder / "none.geojson").write_text(geojson([]), encoding="utf-8")
    assert run(folder, streets="none.geojson").exit_code == 0


def test_a_missing_file_and_a_missing_folder_are_told(folder):
    assert run(folder, streets="nowhere.shp").exit_code == 2
    assert run(folder, out="no/such/plan.csv").exit_code == 2
    assert run(folder, rule="nowhere").exit_code == 2
    assert run(folder, "--far", "nan").exit_code == 2


def test_an_output_that_cannot_take_the_place_leaves_all_as_it_was(folder):
    (folder / "plan.csv").write_text("old", encoding="utf-8")
    (folder / "findings.csv").mkdir()
    assert run(folder, "--findings", folder / "findings.csv").exit_code == 2
    assert (folder / "plan.csv").read_text(encoding="utf-8") == "old"


def test_help_shows_an_example():
    result = CliRunner().invoke(main, ["number", "--help"])
    assert "Example" in result.output
    assert "--rule europe" in result.output


def test_files_of_rarer_kinds_are_read_as_gdal_reads_them(folder):
    frame = gpd.GeoDataFrame(
        {"id": ["s1"], "name": ["铜河路"], "step": [2.0]}, geometry=[shapely.LineString(STREETS[0]["line"])], crs=4326
    )
    frame.to_file(folder / "rare.gml", driver="GML")
    assert run(folder, streets="rare.gml").exit_code == 0
    assert rows(folder / "plan.csv")[0]["text"] == "1"
    (folder / "rare.xyz").write_bytes(b"no such thing")
    assert run(folder, streets="rare.xyz").exit_code == 2


def test_an_extract_of_openstreetmap_is_read(folder):
    nodes = [*STREETS[0]["line"], at(1, 1)]
    text = "".join(f'<node id="{i}" version="1" lon="{x}" lat="{y}"/>' for i, (x, y) in enumerate(nodes[:2], 1))
    text += f'<node id="3" version="1" lon="{nodes[2][0]}" lat="{nodes[2][1]}"><tag k="addr:housenumber" v="7"/></node>'
    text += '<way id="9" version="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/>'
    text += '<tag k="name" v="铜河路"/></way>'
    (folder / "town.osm").write_text(f'<?xml version="1.0"?><osm version="0.6">{text}</osm>', encoding="utf-8")
    fields = ["--field", "id=osm_id", "--field", "number=addr:housenumber"]
    result = run(folder, *fields, streets="town.osm", doors="town.osm")
    assert result.exit_code == 0, result.output
    assert [(row["entrance_id"], row["street_id"], row["text"]) for row in rows(folder / "plan.csv")] == [
        ("3", "9", "7")
    ]


def test_missing_doors_continue_the_walls_when_asked(tmp_path):
    walls = ["101", "103", "105", "", "109"]
    (tmp_path / "streets.geojson").write_text(street_json(), encoding="utf-8")
    rows = [(f"d{i}", *at(1 + 1.5 * i, 1), "铜河路", wall) for i, wall in enumerate(walls)]
    (tmp_path / "doors.csv").write_text(door_csv(rows), encoding="utf-8")
    call = ["number", str(tmp_path / "streets.geojson"), str(tmp_path / "doors.csv"), "--out", "-", "--lang", "en"]
    adopted = CliRunner().invoke(main, [*call, "--existing", "continue"])
    assert adopted.exit_code == 0, adopted.output
    plan = list(csv.DictReader(io.StringIO(adopted.stdout)))
    assert [row["number"] for row in plan] == ["101", "103", "105", "107", "109"]
    assert "between 105 and 109" in plan[3]["reason"]
    assert [row["kept"] for row in plan] == ["true", "true", "true", "false", "true"]


def test_a_street_says_in_a_column_that_it_continues_its_walls(tmp_path):
    rows = [{**STREETS[0], "existing": "continue"}, *STREETS[1:]]
    (tmp_path / "streets.geojson").write_text(street_json(rows), encoding="utf-8")
    doors = [("a", *at(1, 1), "铜河路", "7"), ("b", *at(3, 1), "铜河路", ""), ("c", *at(5, 1), "铜河路", "11")]
    (tmp_path / "doors.csv").write_text(door_csv(doors), encoding="utf-8")
    call = ["number", str(tmp_path / "streets.geojson"), str(tmp_path / "doors.csv"), "--out", "-"]
    plan = list(csv.DictReader(io.StringIO(CliRunner().invoke(main, call).stdout)))
    assert [row["number"] for row in plan] == ["7", "9", "11"]
