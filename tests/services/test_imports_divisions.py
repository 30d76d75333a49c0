from datetime import date

import pytest
from sqlalchemy import select

from geo_app.domain.division_register import DivisionListOlder
from geo_app.domain.imports import ImportCounts, Layer
from geo_app.persistence.tables import DivisionSuccession
from geo_app.services.imports_divisions import import_divisions, import_outlines
from geo_app.services.imports_undo import undo_import
from tests.support.imports import DAY, new_actor, no_one, order, table_file

OLD, NEW = date(2018, 1, 1), date(2023, 6, 30)
FIRST = ("511111100,沙湾镇", "511111100201,罗一村委会", "511111100202,踏水村委会", "511111100203,天车村委会")
SECOND = (
    "511111100,沙湾镇",
    "511111100201,罗一村村民委员会",
    "511111100207,踏水村村民委员会",
    "511111100209,新园村村民委员会",
)


@pytest.fixture
def county(committed_database, tmp_path):
    return County(committed_database, tmp_path)


class County:
    """Loads lists in transactions of their own, so that the register keeps history."""

    def __init__(self, database, folder):
        self.database, self.folder = database, folder
        with database.transaction() as register:
            self.actor = new_actor(register)

    def load(self, day, rows):
        path = table_file(self.folder / "list.csv", "code,name", *rows)
        with self.database.transaction() as register:
            return import_divisions(register, self.actor, order(Layer.DIVISIONS, path, day=day), no_one)

    def names(self, day):
        with self.database.transaction() as register:
            return [(one.code, one.name) for one in register.divisions.as_of(day, "511111") if len(one.code) > 6]

    def successions(self):
        with self.database.transaction() as register:
            return register.session.execute(
                select(DivisionSuccession.kind, DivisionSuccession.certainty).order_by(DivisionSuccession.id)
            ).all()


def test_a_first_list_is_the_register_as_of_its_day(county):
    assert county.load(OLD, FIRST).counts == ImportCounts(read=4, added=4)
    assert county.names(date(2017, 12, 31)) == []
    assert [code for code, _ in county.names(OLD)] == [row.split(",")[0] for row in FIRST]


def test_loading_a_list_twice_changes_nothing(county):
    county.load(OLD, FIRST)
    assert county.load(OLD, FIRST).counts == ImportCounts(read=4, unchanged=4)
    assert county.successions() == []


def test_a_later_list_keeps_what_is_certain_and_asks_about_the_rest(county):
    county.load(OLD, FIRST)
    report = county.load(NEW, SECOND)
    assert county.names(date(2020, 1, 1)) == [tuple(row.split(",")) for row in FIRST]
    assert county.names(NEW) == [tuple(row.split(",")) for row in SECOND]
    with county.database.transaction() as register:
        same = register.divisions.living("511111100207")
        assert [one.code for one in register.divisions.versions(same.id)] == ["511111100202", "511111100207"]
        questions = register.divisions.open_questions("511111")
    asked = {(one.predecessor or one.successor)[2] for one in questions}
    assert asked == {problem.value for problem in report.problems} == {"天车村委会"}


def test_an_older_list_cannot_follow_a_newer_one(county):
    county.load(NEW, SECOND)
    with pytest.raises(DivisionListOlder):
        county.load(OLD, FIRST)


def test_undoing_a_list_brings_the_earlier_one_back(county):
    county.load(OLD, FIRST)
    report = county.load(NEW, SECOND)
    with county.database.transaction() as register:
        undo_import(register, county.actor, report.number, DAY)
    assert county.names(NEW) == [tuple(row.split(",")) for row in FIRST]
    assert county.successions() == []


def test_unusable_rows_of_a_list_are_told_by_the_row_a_spreadsheet_shows(county):
    report = county.load(OLD, ("511111100,沙湾镇", "51111110020,罗一村委会", "511111100202,"))
    assert report.counts == ImportCounts(read=3, added=1, refused=2)
    assert [(one.row, one.column) for one in report.problems] == [(3, "code"), (4, "name")]


def test_outlines_find_their_division_by_code(register, importer, tmp_path):
    path = table_file(tmp_path / "list.csv", "code,name", *FIRST)
    import_divisions(register, importer, order(Layer.DIVISIONS, path, day=OLD), no_one)
    square = "POLYGON ((103.5 29.4, 103.6 29.4, 103.6 29.5, 103.5 29.4))"
    shapes = table_file(tmp_path / "o.csv", "code,wkt", f'511111100,"{square}"', f'511111999,"{square}"')
    report = import_outlines(register, importer, order(Layer.OUTLINES, shapes, day=OLD), no_one)
    assert report.counts == ImportCounts(read=2, added=1, refused=1)
    assert [(one.row, one.value) for one in report.problems] == [(3, "511111999")]
    again = import_outlines(register, importer, order(Layer.OUTLINES, shapes, day=OLD), no_one)
    assert again.counts == ImportCounts(read=2, unchanged=1, refused=1)
