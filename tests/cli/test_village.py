import csv
import json

import pytest
from click.testing import CliRunner

from geo_app.cli import main
from tests.support.hamlet_sketch import hamlet

DRAWN = hamlet("  b       e  ",
               "*----+-------",
               "  a  |c   f  ",
               "     |d      ")  # fmt: skip
MOUTH = f"{DRAWN.mouth.lon},{DRAWN.mouth.lat}"


@pytest.fixture
def folder(tmp_path):
    places = zip(DRAWN.houses.ids, DRAWN.houses.lon, DRAWN.houses.lat, strict=True)
    rows = "\n".join(f"{name},{lon},{lat},{'7' if name == 'a' else ''}" for name, lon, lat in places)
    (tmp_path / "houses.csv").write_text(f"id,lon,lat,number\n{rows}\n", encoding="utf-8")
    lines = [
        {
            "type": "Feature",
            "properties": {"id": name},
            "geometry": {"type": "LineString", "coordinates": [*line.coords]},
        }
        for name, line in zip(DRAWN.lanes.ids, DRAWN.lanes.lines, strict=True)
    ]
    (tmp_path / "lanes.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": lines}))
    return tmp_path


def run(folder, *more, lanes=True, mouth=MOUTH):
    files = [str(folder / "houses.csv"), *([str(folder / "lanes.geojson")] if lanes else [])]
    return CliRunner().invoke(main, ["village", *files, "--mouth", mouth, "--out", str(folder / "plan.csv"), *more])


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_houses_are_numbered_in_the_order_of_the_walk_and_rows_stay_in_place(folder):
    result = run(folder, "--findings", str(folder / "findings.csv"), "--lang", "en")
    assert result.exit_code == 0, result.output
    plan = {row["entrance_id"]: row for row in rows(folder / "plan.csv")}
    assert [*plan] == DRAWN.houses.ids
    assert (plan["a"]["text"], plan["a"]["kept"], plan["a"]["number"]) == ("7", "true", "7")
    assert [plan[name]["text"] for name in "bcdef"] == ["8号", "9号", "10号", "11号", "12号"]
    assert (plan["d"]["branch"], plan["d"]["lane"], plan["e"]["branch"]) == ("1", "l1", "0")
    assert plan["b"]["reason"].startswith("House 2 of the walk, 20 m along the main lane")
    assert rows(folder / "findings.csv") == []
    assert "6 houses: 5 numbered, 1 kept" in result.output


def test_without_a_file_of_lanes_the_walk_goes_from_house_to_house(folder):
    assert run(folder, "--findings", str(folder / "findings.csv"), lanes=False).exit_code == 0
    assert [row["kind"] for row in rows(folder / "findings.csv")] == ["no_lanes"]
    assert {row["lane"] for row in rows(folder / "plan.csv")} == {""}


def test_a_field_of_the_rule_is_set(folder):
    assert run(folder, "--set", "village_added=last", "--set", "sub_number=-").exit_code == 0
    assert rows(folder / "plan.csv")[0]["text"] == "8"


@pytest.mark.parametrize(
    ("more", "mouth", "said"),
    [
        ((), "here", "mouth"),
        (("--set", "village_added"), MOUTH, "--set"),
        (("--set", "village_added=first"), MOUTH, "between, last"),
        (("--field", "id=nothing"), MOUTH, "nothing"),
        (("--findings", "/no/such/folder/f.csv"), MOUTH, "/no/such/folder"),
    ],
)
def test_a_wrong_call_ends_in_one_line_and_writes_nothing(folder, more, mouth, said):
    result = run(folder, *more, "--lang", "en", mouth=mouth)
    assert result.exit_code == 2
    assert said in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert not (folder / "plan.csv").exists()


def test_an_unusable_row_is_told_and_the_others_are_numbered(folder):
    with (folder / "houses.csv").open("a") as file:
        file.write("x,,,\n")
    result = run(folder, "--report", str(folder / "report.csv"))
    assert result.exit_code == 1
    assert [row["file"] for row in rows(folder / "report.csv")] == ["houses.csv"]
    assert rows(folder / "plan.csv")[-1]["number"] == ""
