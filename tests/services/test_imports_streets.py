from sqlalchemy import select

from geo_app.domain.imports import ImportCounts, Layer
from geo_app.persistence.tables import Street, StreetPiece
from geo_app.services.imports_streets import import_streets
from tests.support.imports import lines_file, new_actor, no_one, order

TOUCHING = [("1", "铜河路", [(0, 0), (100, 0)]), ("2", "铜河路", [(100, 0), (100, 90)])]
APART = ("3", "铜河路", [(900, 900), (990, 900)])
NAMELESS = ("4", "", [(50, 0), (50, -60)])


def load(register, actor, path, **told):
    return import_streets(register, actor, order(Layer.STREETS, path, **told), no_one)


def streets(register):
    rows = register.session.execute(
        select(Street.name, Street.namesake, Street.id).order_by(Street.name, Street.namesake)
    )
    return [(row.name, row.namesake) for row in rows]


def pieces(register):
    rows = register.session.execute(
        select(StreetPiece.source_key, Street.namesake)
        .outerjoin(Street, Street.id == StreetPiece.street_id)
        .order_by(StreetPiece.source_key)
    )
    return [tuple(row) for row in rows]


def test_lines_of_one_name_that_touch_are_one_street(register, importer, tmp_path):
    report = load(register, importer, lines_file(tmp_path / "s.geojson", *TOUCHING, APART, NAMELESS))
    assert report.counts == ImportCounts(read=4, added=4)
    assert streets(register) == [("铜河路", 1), ("铜河路", 2)]
    assert pieces(register) == [("1", 1), ("2", 1), ("3", 2), ("4", None)]


def test_loading_streets_twice_doubles_nothing(register, importer, tmp_path):
    path = lines_file(tmp_path / "s.geojson", *TOUCHING, APART, NAMELESS)
    load(register, importer, path)
    before = pieces(register)
    report = load(register, importer, path)
    assert report.counts == ImportCounts(read=4, unchanged=4)
    assert (pieces(register), len(streets(register))) == (before, 2)


def test_a_line_that_touches_a_street_of_its_name_in_the_register_joins_it(register, importer, tmp_path):
    load(register, importer, lines_file(tmp_path / "a.geojson", *TOUCHING))
    load(register, importer, lines_file(tmp_path / "b.geojson", ("9", "铜河路", [(100, 90), (100, 200)])))
    assert streets(register) == [("铜河路", 1)]


def test_lines_without_identifier_are_known_by_their_shape(register, importer, tmp_path):
    path = lines_file(tmp_path / "s.geojson", ("", "铜河路", [(0, 0), (100, 0)]), ("", "铜河路", [(0, 0), (100, 0)]))
    report = load(register, importer, path)
    assert report.counts == ImportCounts(read=2, added=1, refused=1)
    assert [(problem.row, str(problem.problem)) for problem in report.problems] == [
        (2, "The same line without an identifier stands in row 1 already; it was taken once.")
    ]
    assert load(register, importer, path).counts == ImportCounts(read=2, unchanged=1, refused=1)


def test_rule_columns_stand_on_the_lines_and_wrong_ones_are_told(register, importer, tmp_path):
    path = lines_file(tmp_path / "s.geojson", *TOUCHING, start=["first", "middle"], odd_side=["right", ""])
    report = load(register, importer, path)
    rules = register.session.scalars(select(StreetPiece.rule).order_by(StreetPiece.source_key)).all()
    assert rules == [{"start": "first", "odd_side": "right"}, None]
    assert [(problem.row, problem.column, problem.value) for problem in report.problems] == [(2, "start", "middle")]


def test_a_rehearsal_writes_nothing(register, importer, tmp_path):
    report = load(register, importer, lines_file(tmp_path / "s.geojson", *TOUCHING), rehearsal=True)
    assert (report.number, report.counts.added, streets(register)) == (None, 2, [])


def test_a_moved_line_is_a_correction_with_history(committed_database, tmp_path):
    with committed_database.transaction() as register:
        actor = new_actor(register)
        load(register, actor, lines_file(tmp_path / "a.geojson", *TOUCHING))
    with committed_database.transaction() as register:
        moved = lines_file(tmp_path / "b.geojson", ("1", "铜河路", [(0, 1), (100, 0)]), TOUCHING[1])
        report = load(register, actor, moved)
    assert report.counts == ImportCounts(read=2, corrected=1, unchanged=1)
    with committed_database.transaction() as register:
        kept = register.session.execute(select(StreetPiece.version).where(StreetPiece.source_key == "1")).scalar_one()
    assert kept == 2
