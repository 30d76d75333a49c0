"""The numbering engine on towns that no one of this project made (see the data folder's README)."""

import csv
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from click.testing import CliRunner

from geo_app.cli import main
from geo_app.domain.numbering import number_streets
from geo_app.domain.numbering_rule import METHODS, NumberingRule
from tests.measure.numbering_walls import TOWNS, measure_distance_rules, measure_town, read_town, violations
from tests.measure.numbering_walls import with_walls_own_start as with_walls

pytestmark = pytest.mark.real


@pytest.fixture(scope="module", params=TOWNS)
def town(request, real_data):
    return read_town(real_data / "osm", request.param)


def test_parity_and_order_are_those_of_the_walls(town):
    parity, order, faults = measure_town(town)
    assert [parity.met, order.met, faults.met] == [True, True, True]


@pytest.mark.parametrize("method", METHODS)
def test_no_method_breaks_its_promises(town, method):
    assert violations(number_streets(town.streets, town.entrances, NumberingRule(method=method))) == 0


def test_distance_rules_agree_with_an_independent_computation(town):
    few = replace(town, entrances=_every(town.entrances, 10))
    for figure in measure_distance_rules(few):
        assert figure.met, figure


def _every(entrances, nth: int):
    rows = range(0, len(entrances), nth)
    names = entrances.street_names
    return replace(
        entrances,
        ids=[entrances.ids[r] for r in rows],
        lon=entrances.lon[::nth],
        lat=entrances.lat[::nth],
        street_names=[names[r] for r in rows],
    )


def test_half_the_walls_stay_and_the_other_half_fits_between_them(town):
    walls = [str(n) if n > 0 and row % 2 else "" for row, n in enumerate(town.walls.tolist())]
    streets, _ = with_walls(town)
    plan = number_streets(streets, replace(town.entrances, walls=walls), NumberingRule())
    assert [door.text for door in plan if door.kept] == [wall for wall in walls if wall]
    new = defaultdict(list)
    for row in plan.sides.order.tolist():
        number, sub = plan.number_at(row)
        if number and not plan.kept.kept[row]:
            new[int(plan.feet.street[row]), bool(plan.sides.odd[row])].append((number, int(sub or 0)))
    assert all(before < after for side in new.values() for before, after in pairwise(side))


@pytest.mark.parametrize("name", TOWNS)
def test_the_command_numbers_the_town_by_the_european_rule(name, tmp_path, real_data):
    files = [str(real_data / "osm" / f"{name}_{part}") for part in ("streets.geojson.gz", "addresses.csv.gz")]
    call = ["number", *files, "--rule", "europe", "--field", "id=osm_id", "--out", str(tmp_path / "plan.csv")]
    result = CliRunner().invoke(main, [*call, "--findings", str(tmp_path / "findings.csv")])
    assert result.exit_code == 0, result.output
    with (tmp_path / "plan.csv").open(encoding="utf-8", newline="") as file:
        plan = list(csv.DictReader(file))
    with (tmp_path / "findings.csv").open(encoding="utf-8", newline="") as file:
        found = {row["entrance_id"] for row in csv.DictReader(file) if row["severity"] == "error"}
    assert len(plan) > 1000
    assert {row["entrance_id"] for row in plan if not row["number"]} == found
    numbered = [row for row in plan if row["number"]]
    assert all((int(row["number"]) % 2 == 1) == (row["side"] == "left") for row in numbered)
    assert np.mean([bool(row["number"]) for row in plan]) > 0.9
