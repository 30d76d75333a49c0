"""Whatever a stranger sends: a named refusal in both languages, no traceback, nothing left behind, little memory."""

import tempfile
import tracemalloc

import pytest

from geo_app.exchange.archive import opened_safely
from geo_app.exchange.language import render
from geo_app.exchange.limits import Limits
from geo_app.exchange.refusals import FileMissing, FileTooLarge, UnpacksTooLarge
from geo_app.exchange.vector import Shape, read_features
from tests.support.hostile_files import HOSTILE, gzip_bomb, zipped


@pytest.fixture(autouse=True)
def temporary(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert not list(folder.iterdir())


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_by_name(tmp_path, name):
    expected, content = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(content())
    with pytest.raises(expected) as refused:
        read_features(path, Shape.POINTS)
    assert type(refused.value) is expected
    assert name in str(refused.value)
    assert str(tmp_path) not in str(refused.value)
    assert render(refused.value.message, "zh") != str(refused.value)


@pytest.mark.parametrize("name", ["zip bomb.zip", "bomb.xlsx", "far corner.xlsx", "bomb.csv.gz"])
def test_a_bomb_is_refused_without_holding_its_content(tmp_path, name):
    expected, content = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(content())
    tracemalloc.start()
    with pytest.raises(expected), opened_safely(path):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12 << 20


def test_the_limits_are_the_callers(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,lon,lat\n1,103,29\n")
    with pytest.raises(FileTooLarge), opened_safely(path, limits=Limits(bytes_given=10)):
        pass
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip_bomb(1))
    with pytest.raises(UnpacksTooLarge), opened_safely(packed, limits=Limits(bytes_unpacked=1000)):
        pass
    archive = tmp_path / "a.zip"
    archive.write_bytes(zipped(("a.csv", "x" * 5000)))
    with pytest.raises(UnpacksTooLarge), opened_safely(archive, limits=Limits(bytes_unpacked=1000)):
        pass


def test_a_missing_file_is_told_by_its_name_alone(tmp_path):
    with pytest.raises(FileMissing, match=r"^gone\.csv does not exist"), opened_safely(tmp_path / "gone.csv"):
        pass
