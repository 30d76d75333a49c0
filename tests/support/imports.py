"""Files for the register, an actor who may import them, and short ways to do it."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert

from geo_app.domain.access import Actor, Grant
from geo_app.domain.access_roles import Role
from geo_app.domain.imports import Layer
from geo_app.exchange.vector_options import ReadOptions
from geo_app.persistence.tables import Account
from geo_app.services.imports import ImportOrder

COUNTY = "511111"
DAY = date(2024, 3, 1)
WEST, SOUTH = 103.55, 29.41


def no_one(_rows: int) -> None:
    """Tell nobody how far an import is."""


def new_actor(register, name="importer") -> Actor:
    key = register.session.scalar(insert(Account).values(name=name, display_name=name).returning(Account.id))
    return Actor(key, name, (Grant(Role.PLANNER, COUNTY, date(2020, 1, 1)),), "test")


@pytest.fixture
def importer(register) -> Actor:
    return new_actor(register)


def place(metres_east: float, metres_north: float) -> tuple[float, float]:
    """Return degrees of a place so far from the south-western corner of the tests' town."""
    return round(WEST + metres_east / 97_000, 7), round(SOUTH + metres_north / 110_850, 7)


def lines_file(path: Path, *lines: tuple[str, str, list[tuple[float, float]]], **columns: list[str]) -> Path:
    """Write GeoJSON lines: id, name, places in metres; further columns by name."""
    features = [
        {
            "type": "Feature",
            "properties": {"id": key, "name": name} | {column: values[n] for column, values in columns.items()},
            "geometry": {"type": "LineString", "coordinates": [place(*point) for point in points]},
        }
        for n, (key, name, points) in enumerate(lines)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False), "utf-8")
    return path


def table_file(path: Path, heading: str, *rows: str) -> Path:
    path.write_text("\n".join([heading, *rows]) + "\n", "utf-8")
    return path


def doors_file(path: Path, *doors: tuple[str, str, str, tuple[float, float]]) -> Path:
    """Write a CSV of doors: id, street, number, place in metres."""
    rows = []
    for key, street, number, point in doors:
        lon, lat = place(*point)
        rows.append(f"{key},{street},{number},{lon},{lat}")
    return table_file(path, "id,street,number,lon,lat", *rows)


def order(layer: Layer, path: Path, **told) -> ImportOrder:
    options = ReadOptions(**told.pop("options", {}))
    return ImportOrder(layer, path, told.pop("county", COUNTY), told.pop("day", DAY), DAY, options, **told)
