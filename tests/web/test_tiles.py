import gzip
from dataclasses import replace
from math import asinh, pi, radians, tan

import pytest

from geo_app.domain.access_roles import Role
from geo_app.web import tiles
from tests.support.example_street import EAST, LATITUDE, write_example_street


@pytest.fixture
def client(client_as):
    return client_as(Role.PLANNER)


@pytest.fixture
def street(database):
    with database.transaction() as register:
        return write_example_street(register.session)


def place(zoom, lon=EAST - 0.002, lat=LATITUDE):
    side = 2**zoom
    return int((lon + 180) / 360 * side), int((1 - asinh(tan(radians(lat))) / pi) / 2 * side)


def fetch(client, layer, zoom, **headers):
    x, y = place(zoom)
    return client.get(f"/tiles/{layer}/{zoom}/{x}/{y}.mvt", headers=headers)


@pytest.mark.parametrize(
    ("layer", "word"),
    [
        ("divisions", "沙湾镇"),
        ("streets", "铜河路"),
        ("buildings", "storeys"),
        ("entrances", "wall_number"),
        ("addresses", "1号"),
    ],
)
def test_a_near_tile_carries_the_layer_with_its_texts(client, street, layer, word):
    lon = EAST - 0.0002
    x, y = place(16, lon, LATITUDE - 0.00024)
    answer = client.get(f"/tiles/{layer}/16/{x}/{y}.mvt")
    assert answer.status_code == 200
    assert answer.mimetype == "application/vnd.mapbox-vector-tile"
    assert layer.encode() in answer.data
    assert word.encode() in answer.data


def test_a_division_is_named_once_in_its_middle(client, street):
    x, y = place(16, 103.55, 29.415)
    assert "沙湾镇".encode() in client.get(f"/tiles/division_names/16/{x}/{y}.mvt").data
    assert client.get(f"/tiles/division_names/16/{x + 1}/{y}.mvt").data == b""


def test_a_far_tile_of_doors_carries_no_texts_and_a_farther_one_no_doors(client, street):
    assert b"entrances" in fetch(client, "entrances", 15).data
    assert b"wall_number" not in fetch(client, "entrances", 15).data
    assert fetch(client, "entrances", 13).data == b""


def test_an_unchanged_tile_is_not_sent_twice_and_a_written_change_makes_it_new(client, database, street):
    first = fetch(client, "streets", 14)
    again = fetch(client, "streets", 14, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    with database.transaction() as register:
        register.journal.write(street.account, "测试", "rename", ("street", street.street))
    changed = fetch(client, "streets", 14, **{"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_a_large_tile_travels_packed_and_only_for_this_account(client, street):
    answer = fetch(client, "entrances", 15, **{"Accept-Encoding": "gzip"})
    plain = fetch(client, "buildings", 15)
    packed = fetch(client, "buildings", 15, **{"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == plain.data
    assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("path", ["no/1/0/0", "streets/2/4/0", "streets/2/0/4", "streets/23/0/0", "streets/1/-1/0"])
def test_a_tile_that_cannot_be_is_not_found(client, path):
    assert client.get(f"/tiles/{path}.mvt").status_code == 404


def test_a_layer_asks_for_its_own_permission(client, monkeypatch):
    secret = replace(tiles.LAYERS["streets"], permission="log.read")
    monkeypatch.setattr(tiles, "LAYERS", {**tiles.LAYERS, "streets": secret})
    assert fetch(client, "streets", 16).status_code == 403
    assert fetch(client, "addresses", 16).status_code == 200
