import shutil

import pytest

from geo_app.exchange import paper
from geo_app.exchange.paper import ChineseFontMissing, PangoMissing, print_paper, require_printing


def without_pango(_name):
    raise OSError


def test_without_pango_the_reader_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(paper.importlib, "import_module", without_pango)
    with pytest.raises(PangoMissing):
        print_paper("missing.html", "告知书")


def test_without_chinese_fonts_the_machine_is_not_fit(monkeypatch):
    monkeypatch.setattr(paper, "CHINESE_FONT", "A font that nobody made")
    with pytest.raises(ChineseFontMissing):
        require_printing()
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(ChineseFontMissing):
        require_printing()


def test_a_machine_that_runs_the_tests_can_print():
    require_printing()
