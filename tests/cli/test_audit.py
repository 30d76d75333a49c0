"""`geo-app audit` as a person and as a program meet it: files in, AUDIT.json out, exit codes, one clear line."""

import csv
import gzip
import io
import json

import pytest
from click.testing import CliRunner

from geo_app.cli import main
from geo_app.domain.audit_findings import AuditKind
from tests.support.street_sketch import at

STREETS = [
    {"id": "s1", "name": "铜河路", "line": [at(0, 0), at(20, 0)]},
    {"id": "s2", "name": None, "line": [at(0, 6), at(9, 6)]},
]
ADDRESSES = [
    ("d1", *at(1, 1), "铜河路", "1"),
    ("d2", *at(4, 1), "铜河路", "3"),
    ("d3", *at(8, 1), "铜河路", "5"),
    ("d4", *at(12, 1), "", "8"),
    ("d5", *at(3, -1), "铜河路", "2"),
    ("d6", *at(9, -1), "铜河路", ""),
    ("d7", *at(9, -1), "丁街", "7"),
]
STREET_KEYS = [
    *("street_id", "street_name", "addresses", "start", "start_lon", "start_lat", "odd_side", "method"),
    *("metres_per_number", "explained"),
]
FINDING_KEYS = ["address_id", "street_id", "street_name", "kind", "severity", "message"]


def street_json(rows=STREETS):
    features = [
        {
            "type": "Feature",
            "properties": {k: v for k, v in row.items() if k != "line"},
            "geometry": {"type": "LineString", "coordinates": row["line"]},
        }
        for row in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def address_csv(rows=ADDRESSES, head=("id", "lon", "lat", "street", "number")):
    text = io.StringIO()
    csv.writer(text).writerows([head, *rows])
    return text.getvalue()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "streets.geojson").write_text(street_json(), encoding="utf-8")
    (tmp_path / "addresses.csv").write_text(address_csv(), encoding="utf-8")
    return tmp_path


def run(folder, *arguments, streets="streets.geojson", addresses="addresses.csv", out="audit.json"):
    call = ["audit", str(folder / streets), str(folder / addresses)]
    call += ["--out", out if out == "-" else str(folder / out), *map(str, arguments)]
    return CliRunner().invoke(main, call)


def read(folder, name="audit.json"):
    return json.loads((folder / name).read_text(encoding="utf-8"))


def kinds(audit):
    return [(finding["address_id"], finding["kind"]) for finding in audit["findings"]]


def test_the_audit_has_the_keys_of_the_contract(folder):
    result = run(folder, "--lang", "en")
    assert result.exit_code == 0, result.output
    audit = read(folder)
    assert list(audit) == ["streets", "findings", "summary"]
    (street,) = audit["streets"]
    assert list(street) == STREET_KEYS
    assert (street["street_id"], street["addresses"], street["start"], street["odd_side"]) == ("s1", 6, "first", "left")
    assert (street["start_lon"], street["start_lat"]) == at(0, 0)
    assert street["explained"] == 0.8
    assert kinds(audit) == [("d4", "wrong_side"), ("d6", "missing"), ("d7", "far_from_street")]
    assert all(list(finding) == FINDING_KEYS for finding in audit["findings"])
    assert audit["findings"][2]["street_id"] is None
    assert audit["findings"][2]["street_name"] == "丁街"
    assert list(audit["summary"]) == ["addresses", "streets", "explained", "findings"]
    assert (audit["summary"]["addresses"], audit["summary"]["streets"]) == (7, 1)
    assert audit["summary"]["findings"]["wrong_side"] == 1
    assert set(audit["summary"]["findings"]) == set(AuditKind)
    assert "1 lines without a name" in result.stderr


def test_sentences_are_chinese_unless_english_is_asked_for(folder):
    run(folder)
    assert "双号应在右侧" in read(folder)["findings"][0]["message"]
    run(folder, "--lang", "en")
    assert "even numbers stand on the right side" in read(folder)["findings"][0]["message"]


def test_the_audit_goes_to_standard_output_for_a_hyphen(folder):
    result = run(folder, out="-")
    assert kinds(json.loads(result.stdout)) == [("d4", "wrong_side"), ("d6", "missing"), ("d7", "far_from_street")]


def test_columns_of_other_names_are_mapped_and_packed_files_read(folder):
    text = address_csv(head=("osm_id", "lon", "lat", "street", "housenumber"))
    (folder / "other.csv.gz").write_bytes(gzip.compress(text.encode("gb18030")))
    (folder / "streets.geojson.gz").write_bytes(gzip.compress(street_json().encode()))
    fields = ["--field", "number=housenumber", "--field", "id=osm_id"]
    result = run(folder, *fields, streets="streets.geojson.gz", addresses="other.csv.gz")
    assert result.exit_code == 0, result.output
    assert read(folder)["streets"][0]["explained"] == 0.8


def test_columns_from_and_to_give_the_range_of_a_street(folder):
    ranged = [STREETS[0] | {"from": 1, "to": "6"}]
    (folder / "streets.geojson").write_text(street_json(ranged), encoding="utf-8")
    assert run(folder).exit_code == 0
    assert ("d4", "outside_range") in kinds(read(folder))


def test_an_end_of_a_range_that_is_no_number_is_told_and_left_out(folder):
    (folder / "streets.geojson").write_text(street_json([STREETS[0] | {"from": "x", "to": "6"}]), encoding="utf-8")
    result = run(folder, "--lang", "en", "--report", folder / "report.csv")
    assert result.exit_code == 1
    assert "x is not a number." in result.stderr
    assert "outside_range" not in dict(kinds(read(folder))).values()
    assert (folder / "report.csv").read_text(encoding="utf-8").splitlines()[0].startswith("file,row,column")


def test_rule_columns_on_the_lines_are_not_asked_for(folder):
    (folder / "streets.geojson").write_text(street_json([STREETS[0] | {"odd_side": "?", "start": "last"}]))
    assert run(folder).exit_code == 0
    assert read(folder)["streets"][0]["start"] == "first"


def test_a_row_without_position_ends_with_one_and_a_finding(folder):
    rows = [*ADDRESSES, ("d8", "", "", "铜河路", "9")]
    (folder / "addresses.csv").write_text(address_csv(rows), encoding="utf-8")
    assert run(folder).exit_code == 1
    assert ("d8", "far_from_street") in kinds(read(folder))


@pytest.mark.parametrize(
    ("arguments", "files"),
    [
        ((), {"streets": "none.geojson"}),
        (("--field", "number"), {}),
        (("--field", "number=nowhere"), {}),
        (("--report", "-"), {"out": "-"}),
        ((), {"addresses": "without_number.csv"}),
        ((), {"out": "no/such/folder/audit.json"}),
        (("--far", "nan"), {}),
        (("--lang", "fr"), {}),
    ],
)
def test_a_wrong_call_ends_with_two_one_line_and_nothing_written(folder, arguments, files):
    (folder / "without_number.csv").write_text(
        address_csv([row[:4] for row in ADDRESSES], head=("id", "lon", "lat", "street")), encoding="utf-8"
    )
    result = run(folder, *arguments, **files)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert not (folder / "audit.json").exists()


def test_help_shows_an_example():
    result = CliRunner().invoke(main, ["audit", "--help"])
    assert "geo-app audit" in result.output
    assert "--field number=housenumber" in result.output
