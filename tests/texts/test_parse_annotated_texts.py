"""The parser keeps what it reached on the annotated lines (`./run measure parsing-texts` has the figures)."""

from tests.measure.parsing_texts import parsed_spans, scored
from tests.support.annotated_text import KINDS, STRUCTURAL, read_texts
from tests.support.span_score import over


def test_the_goals_of_the_annotated_lines_are_kept():
    scores = scored(parsed_spans, [line for file in read_texts().values() for line in file])
    assert over(STRUCTURAL, scores).f1 >= 0.95
    assert over(KINDS, scores).f1 >= 0.90
