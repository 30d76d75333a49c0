import gzip
import json

import pytest

from geo_app.domain.division import Level
from geo_app.domain.errors import NotFound, UnreadableInput
from geo_app.exchange.demo_files import inputs_for, read_shawan
from geo_app.exchange.division_files import read_areas, read_changes, read_division_list, read_outlines, read_rows
from geo_app.exchange.language import render

VILLAGES = "village_code12,village_name,town_code9,town_name\n511111100202,天车村委会,511111100,沙湾镇\n"


@pytest.fixture
def write(tmp_path):
    def write_file(content, name="list.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write_file


def test_a_village_row_names_its_township_too(write):
    read = read_division_list(write(VILLAGES))
    assert [(str(d.code), d.name) for d in read.divisions] == [("511111100", "沙湾镇"), ("511111100202", "天车村委会")]
    assert read.problems == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_is_read_in_the_encodings_offices_use(write, encoding):
    assert len(read_division_list(write(VILLAGES, encoding=encoding)).divisions) == 2


def test_a_packed_list_is_unpacked(write):
    assert len(read_division_list(write(gzip.compress(VILLAGES.encode()), "list.csv.gz")).divisions) == 2


def test_the_national_form_with_code_and_name_is_read(write):
    read = read_division_list(write('code,name,areaCode\n510000,"四川省",\n511111000000,沙湾区,\n'))
    assert [d.level for d in read.divisions] == [Level.PROVINCE, Level.COUNTY]


def test_an_unusable_row_is_reported_with_its_value_and_what_to_do(write):
    rows = "code,name\n511111,沙湾区\n5111,\n51111,x\n511111,沙湾县\n"
    read = read_division_list(write(rows))
    assert [(p.row, p.column, p.value) for p in read.problems] == [
        (2, "name", ""),
        (3, "code", "51111"),
        (4, "name", "沙湾县"),
    ]
    assert render(read.problems[2].problem, "zh") == "该代码在前面已用于沙湾区。"
    assert [d.name for d in read.divisions] == ["沙湾区"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("", "e.csv"),
        ("a,b\n1,2\n", "c.csv"),
        (b"\xff\xff\x00", "n.csv"),
        (b"no gzip", "z.csv.gz"),
        ("code,name\n", "h.csv"),
    ],
)
def test_a_file_that_is_no_list_is_refused(write, content, name):
    with pytest.raises(UnreadableInput):
        read_division_list(write(content, name))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(UnreadableInput):
        read_rows(tmp_path / "nothing.csv")


def test_an_archive_that_unpacks_without_end_is_refused(write, monkeypatch):
    monkeypatch.setattr("geo_app.exchange.division_files.LARGEST_FILE", 1000)
    with pytest.raises(UnreadableInput):
        read_rows(write(gzip.compress(b"0" * 100_000), "bomb.csv.gz"))


def test_a_field_longer_than_any_name_is_refused(write):
    with pytest.raises(UnreadableInput):
        read_rows(write("code,name\n51," + "x" * 200_000 + "\n"))


SQUARE = {"type": "Polygon", "coordinates": [[[103, 29], [104, 29], [104, 30], [103, 29]]]}


def features(*pairs):
    made = [{"type": "Feature", "properties": p, "geometry": g} for p, g in pairs]
    return json.dumps({"type": "FeatureCollection", "features": made})


def test_outlines_are_read_by_their_code(write):
    read = read_outlines(write(features(({"adcode": "511111"}, SQUARE), ({"code": 5111}, SQUARE)), "o.geojson"))
    assert [str(o.code) for o in read.outlines] == ["511111", "5111"]
    assert not read.outlines[0].derived


def test_features_without_code_or_polygon_are_reported(write):
    point = {"type": "Point", "coordinates": [103, 29]}
    broken = {"type": "Polygon", "coordinates": [["x"]]}
    content = features(({}, SQUARE), ({"code": "51"}, point), ({"code": "51"}, None), ({"code": "51"}, broken))
    read = read_outlines(write(content, "o.geojson"))
    assert [(p.row, p.column) for p in read.problems] == [
        (1, "code"),
        (2, "geometry"),
        (3, "geometry"),
        (4, "geometry"),
    ]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"features": 3}', "not json"])
def test_what_is_no_feature_collection_is_refused(write, content):
    with pytest.raises(UnreadableInput):
        read_outlines(write(content, "o.geojson"))


def test_changes_are_read_and_sentences_not_understood_reported(write):
    rows = "date,kind,text,source\n2020,合村,甲村并入乙村,s\n2020,x,无事,s\n"
    changes, problems = read_changes(write(rows))
    assert [change.target.name for change in changes] == ["乙村"]
    assert [(p.row, p.value) for p in problems] == [(2, "无事")]


def test_the_first_stated_area_of_a_division_stands(write):
    path = write("town_code9,area_km2\n511111103,76.9\n511111103,87\n511111002,\n")
    assert {str(code): area for code, area in read_areas([path]).items()} == {"511111103": 76.9}


def test_the_demo_folder_holds_all_that_the_demo_district_stands_on(pytestconfig):
    inputs = read_shawan(pytestconfig.rootpath / "gis_data")
    assert (len(inputs.townships), len(inputs.villages)) == (9, 92)
    assert inputs.outline is not None
    assert not inputs.outline.derived
    assert {str(code) for code in inputs.seats} == {"511111100"}
    homes = {road.name: road.township and str(road.township) for road in inputs.roads}
    assert homes["踏水街"] == "511111107"
    assert homes["五九0街"] == "511111104"
    assert homes["创业路"] is None


def test_any_county_of_a_list_can_be_a_demo(write):
    divisions = read_division_list(write(VILLAGES + "511111100203,忠心村委会,511111100,沙湾镇\n")).divisions
    with pytest.raises(NotFound):
        inputs_for("511112", divisions)
    rows = "county_code6,county_name," + VILLAGES.splitlines()[0] + "\n511111,沙湾区," + VILLAGES.splitlines()[1]
    inputs = inputs_for("511111", read_division_list(write(rows)).divisions)
    assert inputs.county.name == "沙湾区"
    assert len(inputs.villages) == 1
