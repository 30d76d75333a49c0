import csv
import io
import json

import pytest
from click.testing import CliRunner
from shapely.geometry import mapping

from geo_app.cli import main
from tests.support.estate_sketch import sketch

GATE = "103.5503,29.4090"


@pytest.fixture
def file(tmp_path):
    shapes, _ = sketch("aa bb cc", "        ", "dd ee ff")
    told = {"a": {"number": "9幢"}, "b": {"层数": 3, "units": 2}, "c": {"rooms": "many"}}
    features = [
        {"type": "Feature", "geometry": mapping(shape), "properties": {"编号": key, **told.get(key, {})}}
        for key, shape in shapes.items()
    ]
    path = tmp_path / "estate.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def run(*call):
    return CliRunner().invoke(main, ["estate", "number", *map(str, call)])


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_an_estate_is_numbered_from_a_file_without_a_database(file, tmp_path):
    rooms, report = tmp_path / "rooms.csv", tmp_path / "report.csv"
    result = run(file, "--order", "s_from_north_east", "--out", "-", "--rooms", rooms, "--report", report)
    assert result.exit_code == 1
    plan = rows(result.stdout)
    assert [(row["building_id"], row["text"], row["kept"]) for row in plan][:3] == [
        ("c", "1幢", "false"), ("b", "2幢", "false"), ("a", "9幢", "true"),
    ]  # fmt: skip
    assert plan[1]["rooms"] == "12"
    assert "自东向西" in plan[0]["reason"]
    assert rows(rooms.read_text(encoding="utf-8"))[0]["text"] == "1幢1单元101室"
    assert rows(report.read_text(encoding="utf-8"))[0]["column"] == "rooms"


def test_a_number_kept_free_and_another_word_for_a_building(file):
    result = run(file, "--gate", GATE, "--reserve", "2=二期", "--word", "栋", "--out", "-", "--lang", "en")
    assert [row["text"] for row in rows(result.stdout)][:3] == ["1栋", "3栋", "4栋"]


@pytest.mark.parametrize(
    "call",
    [
        (),
        ("--gate", "here"),
        ("--order", "spiral"),
        ("--gate", GATE, "--reserve", "2=", "--field", "id"),
        ("--gate", GATE, "--reserve", "x"),
    ],
)
def test_a_wrong_call_writes_nothing_and_says_one_line(file, tmp_path, call):
    out = tmp_path / "plan.csv"
    result = run(file, *call, "--out", out)
    assert result.exit_code == 2
    assert not out.exists()
    assert len(result.stderr.strip().splitlines()) == 1
