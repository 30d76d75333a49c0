"""The hand-checked lines: they can be read, are enough of every kind, and do not repeat one another."""

from collections import Counter

import pytest

from tests.support.annotated_text import KINDS, read_texts

FILES = read_texts()
LINES = [line for lines in FILES.values() for line in lines]
FEWEST = 30
ALIKE = 10


def test_there_are_a_thousand_lines_and_no_text_stands_twice():
    texts = Counter(line.text for line in LINES)
    assert len(texts) >= 1000
    assert not [text for text, times in texts.items() if times > 1]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_stands_in_enough_lines(kind):
    assert sum(any(span.kind == kind for span in line.spans) for line in LINES) >= FEWEST


def test_no_more_than_ten_lines_have_the_same_shape():
    shapes = Counter(line.template() for line in LINES)
    assert not {shape: times for shape, times in shapes.items() if times > ALIKE}


@pytest.mark.parametrize("name", FILES)
def test_touching_redundant_characters_are_one_element(name):
    for line in FILES[name]:
        ends = {span.end for span in line.spans if span.kind == "redundant"}
        starts = {span.start for span in line.spans if span.kind == "redundant"}
        assert not ends & starts, line.text
