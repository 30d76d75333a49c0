"""The audit on towns that no one of this project made, beside a plain one (see the data folder's README)."""

import json

import pytest
from click.testing import CliRunner

from geo_app.cli import main
from geo_app.domain.audit import audit_streets
from geo_app.domain.audit_order import side_orders
from geo_app.domain.audit_proposal import proposals
from tests.measure import audit_walls
from tests.measure.audit_walls import TOWNS

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def towns(real_data):
    return [audit_walls.read_town(name) for name in TOWNS]


def test_schemes_are_those_of_a_plain_audit(towns):
    assert [figure for figure in audit_walls.scheme_figures(towns) if not figure.met] == []


def test_as_many_doors_are_explained_as_a_plain_count_says(towns):
    assert [figure for figure in audit_walls.explained_figures(towns) if not figure.met] == []


def test_planted_errors_are_found(towns):
    assert [figure for figure in audit_walls.planted_figures(towns, range(2)) if not figure.met] == []


def test_untouched_streets_give_few_false_alarms(towns):
    assert audit_walls.untouched_figure(towns).met


def test_mended_as_proposed_a_town_has_hardly_a_door_wrong(towns):
    for town in towns:
        walls = list(town.addresses.walls)
        for row, proposal in proposals(town.audit).items():
            walls[row] = proposal.text
        again = audit_streets(town.streets, audit_walls.replace(town.addresses, walls=walls))
        assert again.explained > town.audit.explained


def test_no_side_takes_longer_than_its_doors_deserve(towns):
    points = towns[1].audit.points
    rows = towns[1].audit.doors.row
    read = side_orders(rows * 0, points.centimetres[rows], points.number[rows])
    assert 0 < read.longest[0] < len(rows)


@pytest.mark.parametrize("name", [*TOWNS, "laufamholz"])
def test_the_command_audits_the_town(name, tmp_path, real_data):
    files = [str(real_data / "osm" / f"{name}_{part}") for part in ("streets.geojson.gz", "addresses.csv.gz")]
    call = ["audit", *files, "--field", "id=osm_id", "--field", "number=housenumber"]
    result = CliRunner().invoke(main, [*call, "--out", str(tmp_path / "audit.json")])
    assert result.exit_code == 0, result.output
    audit = json.loads((tmp_path / "audit.json").read_text(encoding="utf-8"))
    assert audit["summary"]["explained"] > 0.85
    assert sum(audit["summary"]["findings"].values()) == len(audit["findings"])
    assert sum(street["addresses"] for street in audit["streets"]) <= audit["summary"]["addresses"]
