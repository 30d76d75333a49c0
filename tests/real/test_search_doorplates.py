"""Kinmen's real doorplates, loaded and asked for in all spellings: the measurement in small."""

from dataclasses import replace
from datetime import date

import pytest

from geo_app.domain.access import Grant
from geo_app.domain.access_roles import Role
from geo_app.domain.imports import Layer
from geo_app.services.imports_addresses import import_addresses
from geo_app.services.search import match_texts
from geo_app.services.search_places import KnownPlaces
from tests.measure.search_corruption import FORMATS, Plates, read_plates
from tests.measure.search_quality import Said, queries, tallied
from tests.support.imports import new_actor, no_one, order

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def plates(real_data):
    return Plates(read_plates(real_data / "taiwan" / "tw_09020_kinmen.csv.gz"))


@pytest.fixture
def tallies(real_data, plates, committed_database):
    with committed_database.transaction() as register:
        actor = replace(new_actor(register), grants=(Grant(Role.PLANNER, "710000", date(2020, 1, 1)),))
        path = real_data / "taiwan" / "tw_09020_kinmen.csv.gz"
        told = order(Layer.ADDRESSES, path, text="full_addr", county="710000", options={"lon": "lon", "lat": "lat"})
        import_addresses(register, actor, told, no_one)
    known = KnownPlaces()

    def answering(texts):
        with committed_database.transaction() as register:
            answers = match_texts(register, known, texts)
        return [
            Said(one.best.row.text if one.best else "", one.grade.value, tuple(c.row.text for c in one.candidates))
            for one in answers
        ]

    strangers = read_plates(real_data / "taiwan" / "tw_10017_keelung.csv.gz")
    return tallied(queries(plates, strangers, 200), answering)


def test_real_doorplates_are_found_in_any_spelling_and_nothing_else_is(tallies):
    right = {kind: tally.right / tally.asked for kind, tally in tallies.items()}
    assert min(right[kind] for kind in FORMATS if kind in right) >= 0.985
    assert min(right[kind] for kind in ("road, one wrong", "road, one missing", "combined")) >= 0.95
    assert sum(tally.silent for tally in tallies.values()) <= 2
    sure = sum(tally.sure_and_right for tally in tallies.values())
    assert sure / sum(tally.clear for tally in tallies.values()) >= 0.95
