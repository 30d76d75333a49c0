import pytest
from sqlalchemy import select

from geo_app.domain.address_id import validate
from geo_app.domain.imports import ImportCounts, Layer
from geo_app.persistence.tables import Division, StandardAddress
from geo_app.services.imports_addresses import import_addresses
from geo_app.services.imports_streets import import_streets
from tests.support.imports import lines_file, new_actor, no_one, order, place, table_file

HEADING = "id,town,village,street,number,building,unit,floor,room,lon,lat"


def rows_file(path, *rows, heading=HEADING):
    """Write rows of the heading's columns; the last value is a place in metres."""
    lines = []
    for *values, point in rows:
        lon, lat = place(*point)
        lines.append(",".join([*values, str(lon), str(lat)]))
    return table_file(path, heading, *lines)


def door(key, number, point, street="铜河路", town="沙湾镇"):
    return (key, town, "", street, number, "", "", "", "", point)


def load(register, actor, path, **told):
    return import_addresses(register, actor, order(Layer.ADDRESSES, path, **told), no_one)


def texts(register):
    return register.session.scalars(select(StandardAddress.text).order_by(StandardAddress.text)).all()


def told(report):
    return [(problem.row, problem.column, str(problem.problem)) for problem in report.problems]


def test_rows_become_current_addresses_with_id_code_and_text(register, importer, tmp_path):
    path = rows_file(tmp_path / "a.csv", door("a", "12", (0, 0)), door("b", "12附3", (5, 0)), door("c", "14A", (9, 0)))
    report = load(register, importer, path)
    assert report.counts == ImportCounts(read=3, added=3)
    found = register.session.scalars(select(StandardAddress).order_by(StandardAddress.standard_code)).all()
    assert [one.text for one in found] == ["沙湾镇铜河路12号", "沙湾镇铜河路12号附3号", "沙湾镇铜河路14A号"]
    assert [(one.number, one.suffix, one.sub_number) for one in found] == [
        (12, None, None),
        (12, None, 3),
        (14, "A", None),
    ]
    assert [one.standard_code for one in found] == [f"511111901000{n:05}00000000" for n in (1, 2, 3)]
    assert {one.status for one in found} == {"current"}
    assert [validate(one.id) for one in found] == [one.id for one in found]


def test_divisions_the_register_lacks_are_made_and_told(register, importer, tmp_path):
    report = load(register, importer, rows_file(tmp_path / "a.csv", door("a", "12", (0, 0)), door("b", "13", (5, 5))))
    made = register.session.execute(select(Division.code, Division.name, Division.import_id).order_by(Division.code))
    assert [tuple(row) for row in made] == [("511111", "511111", report.number), ("511111901", "沙湾镇", report.number)]
    assert told(report) == [
        (2, "town", "The register lacked township 沙湾镇; it was made with code 511111901 and marked as imported.")
    ]


def test_loading_addresses_twice_doubles_nothing(register, importer, tmp_path):
    path = rows_file(tmp_path / "a.csv", door("a", "12", (0, 0)), door("b", "14", (5, 0)))
    load(register, importer, path)
    assert load(register, importer, path).counts == ImportCounts(read=2, unchanged=2)
    assert len(texts(register)) == 2


def test_without_identifier_text_and_position_tell_a_row(register, importer, tmp_path):
    path = rows_file(tmp_path / "a.csv", door("", "12", (0, 0)), door("", "14", (5, 0)))
    load(register, importer, path)
    assert load(register, importer, path).counts == ImportCounts(read=2, unchanged=2)
    elsewhere = load(register, importer, rows_file(tmp_path / "b.csv", door("", "12", (300, 0))))
    assert elsewhere.counts == ImportCounts(read=1, refused=1)
    assert told(elsewhere) == [
        (2, "text", "The register has “沙湾镇铜河路12号” already at another place or under another identifier.")
    ]


def test_two_rows_that_read_alike_are_one_address(register, importer, tmp_path):
    report = load(
        register, importer, rows_file(tmp_path / "a.csv", door("a", "12", (0, 0)), door("b", "１２号", (5, 0)))
    )
    assert report.counts == ImportCounts(read=2, added=1, refused=1)
    assert (3, "text", "The row reads like row 2: “沙湾镇铜河路12号”.") in told(report)


def test_rooms_hang_under_their_building_and_have_no_position(register, importer, tmp_path):
    path = rows_file(
        tmp_path / "a.csv",
        ("d", "沙湾镇", "", "铜河路", "12", "", "", "", "", (0, 0)),
        ("b", "沙湾镇", "", "铜河路", "12", "3", "", "", "", (0, 0)),
        ("u", "沙湾镇", "", "铜河路", "12", "3", "2", "", "", (0, 0)),
        ("r", "沙湾镇", "", "铜河路", "12", "3", "2", "-1", "101", (0, 0)),
    )
    load(register, importer, path)
    rows = {one.source_key: one for one in register.session.scalars(select(StandardAddress))}
    assert [rows[key].kind for key in "dbur"] == ["door", "building", "unit", "room"]
    assert [rows[key].parent_id for key in "dbur"] == [None, rows["d"].id, rows["b"].id, rows["u"].id]
    assert rows["r"].text == "沙湾镇铜河路12号3幢2单元负一层101室"
    assert (rows["r"].floor, rows["r"].position, rows["b"].position is None) == (-1, None, False)


def test_a_number_that_a_street_has_already_is_told_and_left_out(register, importer, tmp_path):
    import_streets(
        register,
        importer,
        order(Layer.STREETS, lines_file(tmp_path / "s.geojson", ("1", "铜河路", [(0, 0), (99, 0)]))),
        no_one,
    )
    path = rows_file(
        tmp_path / "a.csv", door("a", "12", (0, 0)), door("b", "12", (5, 0), town="嘉农镇"), door("c", "？", (9, 0))
    )
    report = load(register, importer, path)
    assert report.counts == ImportCounts(read=3, added=2, refused=1)
    assert (3, "number", "On this street the number is held by “沙湾镇铜河路12号”.") in told(report)
    assert (4, "number", "“？” is no door number by the rules; it was taken as it is written.") in told(report)
    hung = register.session.execute(select(StandardAddress.source_key, StandardAddress.street_id.is_not(None)))
    assert dict(tuple(row) for row in hung) == {"a": True, "c": False}


@pytest.mark.parametrize(
    ("street", "sentence"),
    [
        ("", "An address needs a street, a village group or an estate."),
        ("铜河路", "An address on “铜河路” needs a number."),
    ],
)
def test_rows_that_are_no_address_are_told(register, importer, tmp_path, street, sentence):
    report = load(register, importer, rows_file(tmp_path / "a.csv", door("a", "", (0, 0), street=street)))
    assert report.counts == ImportCounts(read=1, refused=1)
    assert sentence in [message for _, _, message in told(report)]


def test_a_text_column_is_the_standard_text_and_its_plain_end_gives_street_and_number(register, importer, tmp_path):
    path = rows_file(
        tmp_path / "a.csv",
        ("四川省乐山市沙湾区沙湾镇铜河路12号", (0, 0)),
        ("沙湾镇老车站对面", (50, 0)),
        heading="地址,lon,lat",
    )
    report = load(register, importer, path, text="地址")
    assert report.counts == ImportCounts(read=2, added=2)
    found = register.session.scalars(select(StandardAddress).order_by(StandardAddress.source_row)).all()
    assert [(one.text, one.street_name, one.number) for one in found] == [
        ("四川省乐山市沙湾区沙湾镇铜河路12号", "铜河路", 12),
        ("沙湾镇老车站对面", None, None),
    ]


def test_a_changed_row_is_a_correction_and_undone_by_nothing_but_an_undo(committed_database, tmp_path):
    with committed_database.transaction() as register:
        actor = new_actor(register)
        load(register, actor, rows_file(tmp_path / "a.csv", door("a", "12", (0, 0)), door("b", "14", (5, 0))))
    with committed_database.transaction() as register:
        again = rows_file(tmp_path / "b.csv", door("a", "16", (0, 0)), door("b", "14", (5, 0)))
        assert load(register, actor, again).counts == ImportCounts(read=2, corrected=1, unchanged=1)
    with committed_database.transaction() as register:
        assert texts(register) == ["沙湾镇铜河路14号", "沙湾镇铜河路16号"]


def test_where_the_codes_of_a_division_are_used_up_a_door_is_loaded_without_one(register, importer, tmp_path):
    register.serials.draw("door:default.1:511111901", 99_998)
    report = load(register, importer, rows_file(tmp_path / "a.csv", door("a", "12", (0, 0)), door("b", "14", (9, 0))))
    codes = register.session.scalars(select(StandardAddress.standard_code).order_by(StandardAddress.text)).all()
    assert codes == ["5111119010009999900000000", None]
    assert [str(notice) for notice in report.notices if "standard code" in str(notice)]
