"""Files that nobody of this project wrote, into the register."""

from datetime import date

import pytest

from geo_app.domain.access import Actor, Grant
from geo_app.domain.access_roles import Role
from geo_app.domain.imports import Layer
from geo_app.services.imports_divisions import import_divisions
from geo_app.services.imports_entrances import import_entrances
from geo_app.services.imports_streets import import_streets
from tests.support.imports import DAY, new_actor, no_one, order

TOWN = "990001"
STREETS = {"fields": {"id": "osm_id"}}
DOORS = {"fields": {"id": "osm_id", "number": "housenumber"}}


@pytest.fixture
def clerk(register) -> Actor:
    made = new_actor(register)
    return Actor(made.account_id, made.name, (Grant(Role.PLANNER, TOWN, DAY),), "test")


@pytest.mark.parametrize("town", ["liechtenstein", "helsinki"])
def test_a_real_towns_streets_and_doors_are_loaded_and_a_second_time_unchanged(real_data, register, clerk, town):
    folder = real_data / "osm"
    streets = order(Layer.STREETS, folder / f"{town}_streets.geojson.gz", county=TOWN, options=STREETS)
    doors = order(Layer.ENTRANCES, folder / f"{town}_addresses.csv.gz", county=TOWN, options=DOORS)
    for work, asked in ((import_streets, streets), (import_entrances, doors)):
        first = work(register, clerk, asked, no_one).counts
        assert first.added + first.refused == first.read
        assert first.added > 0.95 * first.read
        again = work(register, clerk, asked, no_one).counts
        assert (again.added, again.corrected, again.unchanged, again.refused) == (0, 0, first.added, first.refused)


def test_the_real_lists_of_2018_and_2023_follow_each_other(real_data, committed_database):
    with committed_database.transaction() as register:
        actor = new_actor(register)
    for year, day in ((2018, date(2018, 1, 1)), (2023, date(2023, 6, 30))):
        path = real_data / "admin" / f"511111_villages_nbs{year}.csv"
        with committed_database.transaction() as register:
            report = import_divisions(register, actor, order(Layer.DIVISIONS, path, day=day), no_one)
        assert report.counts.refused == 0
    with committed_database.transaction() as register:
        villages = [one for one in register.divisions.as_of(date(2023, 6, 30), "511111") if len(one.code) == 12]
        before = [one for one in register.divisions.as_of(date(2018, 6, 30), "511111") if len(one.code) == 12]
        questions = register.divisions.open_questions("511111")
    assert (len(before) > len(villages), len(questions) > 0) == (True, True)
