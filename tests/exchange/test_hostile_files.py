"""Whatever a stranger sends: a named refusal in both languages, no traceback, nothing left behind."""

import resource
import tempfile

import pytest

from geo_app.domain.errors import DomainError
from geo_app.exchange.child import ChildLimits, read_features_in_child, read_table_in_child
from geo_app.exchange.language import render
from geo_app.exchange.refusals import (
    BY_NAME,
    FileDamaged,
    ReadingBroke,
    ReadingTookTooLong,
    ReadingTookTooMuch,
    UnpacksTooLarge,
)
from geo_app.exchange.vector import Shape, read_features
from tests.support.hostile_files import HOSTILE


@pytest.fixture(autouse=True)
def temporary(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert not list(folder.iterdir())


def refusal_of(read, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DomainError) as refused:
        read(path)
    return refused.value


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_by_name(tmp_path, name):
    refusal = refusal_of(lambda path: read_features(path, Shape.POINTS), tmp_path, name, HOSTILE[name]())
    assert type(refusal).__name__ in BY_NAME
    assert name in str(refusal)
    assert str(tmp_path) not in str(refusal)
    assert render(refusal.message, "zh") != str(refusal)
