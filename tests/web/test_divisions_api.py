import pytest

from geo_app.domain.access_roles import Role
from geo_app.domain.imports import Layer
from geo_app.services.imports_divisions import import_divisions
from tests.support.imports import DAY, new_actor, no_one, order, table_file

ROWS = ("511111100,沙湾镇", "511111100201,罗一村", "511111100202,踏水村")
HERE = "/api/v1/divisions"
RING = [[103.5, 29.4], [103.6, 29.4], [103.6, 29.5], [103.5, 29.4]]


@pytest.fixture
def listed(database, tmp_path):
    with database.transaction() as register:
        path = table_file(tmp_path / "list.csv", "code,name", *ROWS)
        import_divisions(register, new_actor(register), order(Layer.DIVISIONS, path, day=DAY), no_one)
        return {one.name: one.id for one in register.divisions.as_of(DAY, "511111")}


@pytest.fixture
def planner(client_as, listed):
    return client_as(Role.PLANNER)


def polygon(*ring):
    return {"type": "Polygon", "coordinates": [ring]}


def drawn(**changes):
    return {"geometry": polygon(*RING), "since": "2025-01-01", "source": "勘界", "reason": "协议"} | changes


def test_the_divisions_of_a_day_come_a_page_at_a_time(planner):
    answer = planner.get(f"{HERE}?as_of=2024-03-01&under=511111100&page=2&size=2").json
    assert (answer["as_of"], answer["total"], answer["page"]) == ("2024-03-01", 3, 2)
    assert [one["code"] for one in answer["items"]] == ["511111100202"]
    assert planner.get(f"{HERE}?as_of=2020-01-01").json["items"] == []


def test_divisions_are_found_by_name_and_level(planner):
    assert [one["name"] for one in planner.get(f"{HERE}?name=水&level=village").json["items"]] == ["踏水村"]
    assert planner.get(f"{HERE}?level=hamlet").status_code == 422
    assert planner.get(f"{HERE}?as_of=soon").status_code == 422
    assert planner.get(f"{HERE}?name=%00").status_code == 422


def test_a_division_is_shown_with_outline_and_history(planner, listed):
    where = f"{HERE}/{listed['沙湾镇']}"
    assert planner.get(where).json["outline"] is None
    written = planner.post(f"{where}/outlines", json=drawn())
    assert (written.status_code, written.json["geometry"]["type"]) == (201, "MultiPolygon")
    shown = planner.get(where).json
    assert shown["outline"]["properties"] == {"version": 1, "derived": False, "source": "勘界", "since": "2025-01-01"}
    assert [one["name"] for one in shown["history"]] == ["沙湾镇"]
    assert [(one["since"], one["held"]) for one in shown["outlines"]] == [("2025-01-01", True)]
    assert planner.get(f"{where}?as_of=2024-12-31").json["outline"] is None
    assert planner.get(f"{where}/outlines/1").json == shown["outline"]
    assert planner.get(f"{where}/outlines/2").status_code == 404


def test_an_outline_is_looked_at_without_being_written(planner, listed):
    planner.post(f"{HERE}/{listed['沙湾镇']}/outlines", json=drawn())
    where = f"{HERE}/{listed['罗一村']}"
    wide = drawn(geometry={"type": "MultiPolygon", "coordinates": [[[*RING[:2], [103.7, 29.6], RING[0]]]]})
    looked = planner.post(f"{where}/outline-findings", json={"geometry": wide["geometry"], "since": wide["since"]})
    assert len(looked.json["findings"]) == 1
    assert planner.get(where).json["outline"] is None


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": ""}, "ReasonNotStated"),
        ({"since": "2020-01-01"}, "DivisionBeginsLater"),
        ({"geometry": polygon([0, 0], [1, 1], [1, 0], [0, 1], [0, 0])}, "OutlineCrossesItself"),
        ({"geometry": polygon([0, 0], [1, 1])}, "FieldsRefused"),
        ({"geometry": polygon([0, 0], [1e9, 1], [1, 0], [0, 0])}, "FieldsRefused"),
        ({"source": ""}, "FieldsRefused"),
        ({"reason": "\x00"}, "UnreadableInput"),
    ],
)
def test_an_outline_that_cannot_be_written_is_refused_by_name(planner, listed, changes, refusal):
    answer = planner.post(f"{HERE}/{listed['沙湾镇']}/outlines", json=drawn(**changes))
    assert (answer.status_code, answer.json["error"]) == (422, refusal)
