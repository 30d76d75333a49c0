import json

from sqlalchemy import select

from geo_app.domain.imports import ImportCounts, Layer
from geo_app.persistence.tables import Building, Entrance, Street
from geo_app.services.imports_buildings import import_buildings
from geo_app.services.imports_entrances import import_entrances
from geo_app.services.imports_streets import import_streets
from tests.support.imports import doors_file, lines_file, no_one, order, place

STREETS = [
    ("1", "铜河路", [(0, 0), (400, 0)]),
    ("2", "沫江路", [(0, 150), (400, 150)]),
    ("3", "沫江路", [(0, 5000), (400, 5000)]),
]


def load(register, actor, path):
    return import_entrances(register, actor, order(Layer.ENTRANCES, path), no_one)


def streets(register, actor, folder):
    import_streets(register, actor, order(Layer.STREETS, lines_file(folder / "s.geojson", *STREETS)), no_one)


def hung(register):
    rows = register.session.execute(
        select(Entrance.source_key, Street.name, Street.namesake)
        .outerjoin(Street, Street.id == Entrance.street_id)
        .order_by(Entrance.source_row)
    )
    return [tuple(row) for row in rows]


def test_doors_hang_on_their_street_by_name_and_on_the_nearer_of_namesakes(register, importer, tmp_path):
    streets(register, importer, tmp_path)
    path = doors_file(tmp_path / "d.csv", ("a", "沫江路", "1", (10, 10)), ("b", "沫江路", "3", (10, 4900)))
    assert load(register, importer, path).counts == ImportCounts(read=2, added=2)
    assert hung(register) == [("a", "沫江路", 1), ("b", "沫江路", 2)]


def test_a_door_without_street_hangs_on_the_nearest_within_a_hundred_metres(register, importer, tmp_path):
    streets(register, importer, tmp_path)
    path = doors_file(tmp_path / "d.csv", ("a", "", "", (10, 70)), ("b", "", "", (10, 80)), ("c", "", "", (10, -101)))
    load(register, importer, path)
    assert hung(register) == [("a", "铜河路", 1), ("b", "沫江路", 1), ("c", None, None)]


def test_an_unknown_street_is_told_with_the_name_most_like_it(register, importer, tmp_path):
    streets(register, importer, tmp_path)
    report = load(register, importer, doors_file(tmp_path / "d.csv", ("a", "铜河大路", "1", (10, 10))))
    assert hung(register) == [("a", None, None)]
    assert [(one.row, one.column, one.value, str(one.suggestion)) for one in report.problems] == [
        (2, "street", "铜河大路", "Did you mean “铜河路”? Otherwise load the street first, then this file again.")
    ]


def test_loading_doors_twice_doubles_nothing_and_one_point_twice_is_told(register, importer, tmp_path):
    path = doors_file(tmp_path / "d.csv", ("", "", "1", (10, 10)), ("", "", "1", (10, 10)), ("", "", "3", (20, 10)))
    assert load(register, importer, path).counts == ImportCounts(read=3, added=2, refused=1)
    report = load(register, importer, path)
    assert report.counts == ImportCounts(read=3, unchanged=2, refused=1)
    assert [(one.row, one.column) for one in report.problems] == [(3, "geometry")]


def test_buildings_are_known_by_their_outline_and_wrong_storeys_are_told(register, importer, tmp_path):
    corners = [place(0, 0), place(10, 0), place(10, 10), place(0, 0)]
    shape = {"type": "Polygon", "coordinates": [corners]}
    features = [
        {"type": "Feature", "properties": {"name": "住宅", "storeys": storeys}, "geometry": shape}
        for storeys in ("6", "?")
    ]
    path = tmp_path / "b.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    report = import_buildings(register, importer, order(Layer.BUILDINGS, path), no_one)
    assert report.counts == ImportCounts(read=2, added=1, refused=1)
    assert [(one.row, one.column) for one in report.problems] == [(2, "storeys"), (2, "geometry")]
    assert [tuple(row) for row in register.session.execute(select(Building.name, Building.storeys))] == [("住宅", 6)]
    again = import_buildings(register, importer, order(Layer.BUILDINGS, path), no_one)
    assert again.counts == ImportCounts(read=2, unchanged=1, refused=1)


def unusual(register):
    kinds = Entrance.source_key, Entrance.door_kind, Entrance.door_state, Entrance.front_metres, Entrance.door_of_id
    return {key: tuple(rest) for key, *rest in register.session.execute(select(*kinds))}


def key_of(register, source_key):
    return register.session.scalar(select(Entrance.id).where(Entrance.source_key == source_key))


def circumstances_file(path, *rows):
    head = "id,lon,lat,street,door_kind,door_state,front_metres,door_of"
    lines = [",".join([key, *map(str, place(at, 5)), "铜河路", *cells]) for at, (key, *cells) in enumerate(rows)]
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return path


def test_what_is_unusual_about_doors_is_loaded_and_owners_may_stand_further_down(register, importer, tmp_path):
    streets(register, importer, tmp_path)
    rows = (("a", "凹进门面", "", "", "b"), ("b", "", "违建", "40", ""), ("c", "land", "", "12.5", ""))
    path = circumstances_file(tmp_path / "d.csv", *rows)
    assert load(register, importer, path).counts == ImportCounts(read=3, added=3)
    assert unusual(register) == {
        "a": ("recessed", "permanent", 0, key_of(register, "b")),
        "b": ("door", "illegal", 40, None),
        "c": ("land", "permanent", 12.5, None),
    }
    assert load(register, importer, path).counts == ImportCounts(read=3, unchanged=3)
    freed = circumstances_file(tmp_path / "e.csv", ("a", "", "", "", ""), *rows[1:])
    assert load(register, importer, freed).counts.corrected == 1
    assert unusual(register)["a"] == ("door", "permanent", 0, None)


def test_a_circumstance_that_cannot_be_read_is_told_and_taken_as_usual(register, importer, tmp_path):
    streets(register, importer, tmp_path)
    path = circumstances_file(tmp_path / "d.csv", ("a", "moon", "", "", ""), ("b", "", "", "wide", "nowhere"))
    report = load(register, importer, path)
    assert [(p.row, p.column) for p in sorted(report.problems, key=lambda p: (p.row, p.column))] == [
        (2, "door_kind"),
        (3, "door_of"),
        (3, "front_metres"),
    ]
    assert unusual(register) == dict.fromkeys(("a", "b"), ("door", "permanent", 0, None))
