"""Files of towns that no one of this project wrote: every row is read or reported."""

import os
from pathlib import Path

import pytest
import shapely

from geo_app.exchange.tables import read_chunks, read_table
from geo_app.exchange.vector import ReadOptions, Shape, read_feature_chunks, read_features

DATA = Path(os.environ.get("GEO_APP_REAL_DATA", Path(__file__).parents[3] / "shared" / "data"))
OSM = ReadOptions(fields={"id": "osm_id"})

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real data folder (GEO_APP_REAL_DATA) is not here"),
]


@pytest.mark.parametrize(
    ("town", "streets", "buildings", "doors"),
    [
        ("liechtenstein", 10_430, 18_183, 3_733),
        ("helsinki", 2_516, 403, 1_459),
        ("baltimore_city", 3_844, 1_731, 1_326),
        ("laufamholz", 45, 117, 104),
    ],
)
def test_a_town_is_read_whole(town, streets, buildings, doors):
    folder = DATA / "osm"
    assert len(read_features(folder / f"{town}_streets.geojson.gz", Shape.LINES, OSM)) == streets
    assert len(read_features(folder / f"{town}_buildings.geojson.gz", Shape.POLYGONS, OSM)) == buildings
    table = read_features(folder / f"{town}_addresses.csv.gz", Shape.POINTS, OSM)
    assert (len(table), table.left_out) == (doors, 0)


def test_address_ranges_are_read_from_their_well_known_text_with_semicolons():
    table = read_features(DATA / "usa" / "tiger_01001_autauga_al_address_ranges.csv.gz", Shape.LINES)
    assert (len(table), table.left_out) == (6_213, 0)


def test_repeated_identifiers_of_a_county_are_each_reported():
    path = DATA / "usa" / "baltimore_county_addresses.csv.gz"
    table = read_features(path, Shape.POINTS, ReadOptions(fields={"id": "addrpt_id"}))
    assert len(table) + table.left_out == 96_224
    assert {problem.column for problem in table.problems} == {"addrpt_id"}


@pytest.mark.parametrize(("name", "count"), [("tw_09020_kinmen", 32_005), ("tw_10017_keelung", 192_230)])
def test_doorplates_in_traditional_script_are_read_in_chunks(name, count):
    parts = list(read_feature_chunks(DATA / "taiwan" / f"{name}.csv.gz", Shape.POINTS, rows=20_000))
    assert sum(len(part) for part in parts) == count
    assert max(len(part) for part in parts) <= 20_000
    lon, lat, right, top = shapely.total_bounds(parts[0].geometry)
    assert 118 < lon < right < 123
    assert 24 < lat < top < 26


def test_codes_of_divisions_keep_their_digits():
    table = read_table(DATA / "admin" / "511111_villages_nbs2018.csv")
    assert len(table) == 148
    assert set(table.columns["village_code12"].str.len()) == {12}
    assert sum(len(part) for part in read_chunks(DATA / "admin" / "china_villages_nbs2023.csv.gz")) == 620_573


def test_outlines_of_counties_are_read():
    table = read_features(DATA / "boundaries" / "leshan_counties_tianditu.geojson", Shape.POLYGONS)
    assert (len(table), table.left_out) == (11, 0)
