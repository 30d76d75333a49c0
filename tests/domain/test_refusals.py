"""Each refusal has a name, a sentence in both languages, a test, and a line in the manual."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from geo_app.domain.access_roles import Permission, Role
from geo_app.domain.address import Kind, Status
from geo_app.domain.address_code import CodeLevel
from geo_app.domain.numbering_plan import PlanStatus
from geo_app.domain.street_life import StreetStatus
from geo_app.exchange.language import FOLDER, translations
from tests.support.refusals_page import PAGE, page, refusals_by_module

MINE = ("access", "address", "audit", "history", "numbering_plan", "street_")
REFUSALS = [
    refusal for module, refusals in refusals_by_module().items() for refusal in refusals if module.startswith(MINE)
]
TESTS = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parents[1].rglob("test_*.py"))


def fields(text):
    return set(re.findall(r"\{(\w+)\}", text))


def test_there_are_more_named_refusals_than_the_best_peer_has():
    assert len(REFUSALS) > 54


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.__name__)
def test_a_refusal_speaks_chinese_and_is_tested(refusal):
    chinese = translations("zh").gettext(refusal.pattern)
    assert chinese != refusal.pattern
    assert fields(chinese) == fields(refusal.pattern)
    assert re.search(rf"\b{refusal.__name__}\b", TESTS)


def test_no_two_refusals_share_a_sentence():
    patterns = [refusal.pattern for refusal in REFUSALS]
    assert len(patterns) == len(set(patterns))


@pytest.mark.parametrize(
    "words", [Role, Permission, Kind, Status, CodeLevel, PlanStatus, StreetStatus], ids=lambda e: e.__name__
)
def test_every_word_for_a_reader_has_its_chinese(words):
    for word in words:
        assert translations("zh").gettext(word.word.pattern) != word.word.pattern


@pytest.mark.parametrize("feature", ["address", "access", "plan", "street"])
def test_every_translated_sentence_keeps_its_fields(feature):
    with (FOLDER / "zh" / f"{feature}.po").open("rb") as file:
        for entry in read_po(file):
            assert fields(entry.id) == fields(entry.string)


def test_the_manual_lists_every_refusal():
    assert PAGE.read_text(encoding="utf-8") == page()
