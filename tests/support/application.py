"""The application as tests use it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from geo_app.app import create_app
from geo_app.persistence.database import Database
from geo_app.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


@pytest.fixture(autouse=True)
def unhurried_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a search may take longer than its time; what it finds is tested, not how fast."""
    monkeypatch.setattr("geo_app.services.search.SOFT_SECONDS", 10.0)
    monkeypatch.setattr("geo_app.services.search.HARD_SECONDS", 20.0)


@pytest.fixture
def app(settings: Settings, database: Database) -> APIFlask:
    """On a database whose commits vanish after the test."""
    return create_app(settings, database)


@pytest.fixture
def client(app: APIFlask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client
