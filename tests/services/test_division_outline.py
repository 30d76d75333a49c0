from datetime import date

import pytest
import shapely

from geo_app.domain.division import parse_code
from geo_app.domain.division_register import OutlineBeginsEarlier, OutlineCrossesItself
from geo_app.domain.errors import NotFound
from geo_app.exchange.language import render
from geo_app.persistence.bulk_divisions import BulkDivisions
from geo_app.persistence.queries.division_journal import division_journal
from geo_app.persistence.queries.division_outlines import outline_as_of, outline_of_version, outline_versions
from geo_app.services.division_outline import outline_findings
from geo_app.services.divisions import Dated, draw_outline
from tests.support.example_register import COUNTY, DAY, TOWNSHIP, VILLAGE, make_divisions
from tests.support.imports import new_actor

FIRST, LATER = date(2018, 1, 1), date(2022, 5, 1)


def box(west, south, east, north):
    return shapely.MultiPolygon([shapely.box(west, south, east, north)])


WHOLE, HALF = box(103.5, 29.4, 103.6, 29.5), box(103.5, 29.4, 103.55, 29.5)
BOW_TIE = shapely.MultiPolygon([shapely.Polygon([(103.5, 29.4), (103.6, 29.5), (103.6, 29.4), (103.5, 29.5)])])


@pytest.fixture
def ground(committed_database):
    return Ground(committed_database)


class Ground:
    """Divisions whose outlines are drawn in transactions of their own, so that the register keeps history."""

    def __init__(self, database):
        self.database = database
        with database.transaction() as register:
            self.ids = make_divisions(register)
            self.actor = new_actor(register)

    def draw(self, code, shape, day, source="勘界"):
        with self.database.transaction() as register:
            draw_outline(register, Dated(self.actor, day, DAY), self.ids[code], shape, source)

    def found(self, code, shape, day=DAY):
        with self.database.transaction() as register:
            return [render(one, "zh") for one in outline_findings(register, self.ids[code], shape, day)]

    def on(self, code, day):
        with self.database.transaction() as register:
            held = outline_as_of(register.session, self.ids[code], day)
            return held and shapely.from_geojson(held.shape)


def test_each_day_has_the_outline_that_was_drawn_for_it(ground):
    ground.draw(TOWNSHIP, WHOLE, FIRST)
    ground.draw(TOWNSHIP, HALF, LATER)
    assert ground.on(TOWNSHIP, date(2017, 1, 1)) is None
    assert ground.on(TOWNSHIP, date(2022, 4, 30)).equals(WHOLE)
    assert ground.on(TOWNSHIP, LATER).equals(HALF)


def test_every_outline_stays_with_who_drew_it_and_why(ground):
    ground.draw(TOWNSHIP, WHOLE, FIRST, "地形图")
    ground.draw(TOWNSHIP, HALF, LATER, "协议书")
    ground.draw(TOWNSHIP, WHOLE, LATER, "协议书更正")
    with ground.database.transaction() as register:
        versions = outline_versions(register.session, ground.ids[TOWNSHIP])
        journal = division_journal(register.session, ground.ids[TOWNSHIP])
        older = outline_of_version(register.session, ground.ids[TOWNSHIP], versions[1].version)
    assert [(one.source, one.since, one.until, one.held) for one in versions] == [
        ("协议书更正", LATER, None, True),
        ("协议书", LATER, None, False),
        ("地形图", FIRST, LATER, True),
    ]
    assert {(one.reason, bool(one.account)) for one in versions} == {(ground.actor.reason, True)}
    assert [verb for _, _, verb, _ in journal] == ["draw"] * 3
    assert shapely.from_geojson(older.shape).equals(HALF)


def test_there_is_no_version_that_was_never_recorded(ground):
    with ground.database.transaction() as register, pytest.raises(NotFound):
        outline_of_version(register.session, ground.ids[TOWNSHIP], 7)


def test_an_outline_that_leaves_the_county_is_found_by_name(ground):
    ground.draw(COUNTY, HALF, FIRST)
    (finding,) = ground.found(TOWNSHIP, WHOLE)
    assert "沙湾镇" in finding
    assert "沙湾区" in finding


def test_an_outline_that_cuts_off_a_village_is_found(ground):
    ground.draw(VILLAGE, WHOLE, FIRST)
    assert any("铜街子社区" in one for one in ground.found(TOWNSHIP, HALF))
    assert ground.found(TOWNSHIP, WHOLE) == []


def test_an_outline_that_takes_a_neighbours_ground_is_found(ground):
    with ground.database.transaction() as register:
        begun = BulkDivisions(register.session).add(
            parse_code("511111101"), "嘉农镇", ground.ids[COUNTY], (FIRST, None)
        )
        ground.ids["511111101"] = begun.id
    ground.draw("511111101", HALF, FIRST)
    assert any("嘉农镇" in one for one in ground.found(TOWNSHIP, WHOLE))
    assert ground.found(TOWNSHIP, box(103.55, 29.4, 103.6, 29.5)) == []


def test_an_outline_that_crosses_itself_is_refused_with_the_place(ground):
    with pytest.raises(OutlineCrossesItself, match=r"103\.55"):
        ground.draw(TOWNSHIP, BOW_TIE, FIRST)
    with pytest.raises(OutlineCrossesItself):
        ground.found(TOWNSHIP, BOW_TIE)


def test_an_outline_is_not_put_before_the_present_one(ground):
    ground.draw(TOWNSHIP, WHOLE, LATER)
    with pytest.raises(OutlineBeginsEarlier):
        ground.draw(TOWNSHIP, HALF, FIRST)
