"""The scorer of elements: exact spans, by kind, and over kinds."""

import pytest

from tests.measure.plain_address_patterns import plain_spans
from tests.support.annotated_text import KINDS, Span, read_line
from tests.support.span_score import SpanScore, over, score_spans

ROAD, DOOR, ROOM = Span(0, 3, "road"), Span(3, 6, "door"), Span(6, 9, "room")


def test_all_found_exactly_is_a_score_of_one():
    scores = score_spans([((ROAD, DOOR), (DOOR, ROAD))])
    assert scores == {"road": SpanScore(right=1), "door": SpanScore(right=1)}
    assert over(KINDS, scores).f1 == 1


def test_a_boundary_or_a_kind_that_is_off_is_both_missed_and_extra():
    scores = score_spans([((ROAD, DOOR), (Span(0, 2, "road"), Span(3, 6, "room")))])
    assert scores == {"road": SpanScore(0, 1, 1), "door": SpanScore(0, 1, 0), "room": SpanScore(0, 0, 1)}


def test_the_same_span_found_twice_counts_once():
    assert score_spans([((ROAD,), (ROAD, ROAD))])["road"] == SpanScore(right=1)


def test_precision_recall_and_f1_follow_the_counts():
    score = SpanScore(right=6, missed=2, extra=4)
    assert (score.precision, score.recall) == (0.6, 0.75)
    assert score.f1 == pytest.approx(2 * 0.6 * 0.75 / 1.35)


def test_texts_are_pooled_and_only_the_kinds_asked_for_count():
    scores = score_spans([((ROAD, DOOR), (ROAD,)), ((ROAD, ROOM), (ROAD, ROOM))])
    assert over(("road", "door"), scores) == SpanScore(right=2, missed=1)
    assert over(("estate",), scores) == SpanScore()


def test_the_plain_patterns_find_a_plain_address():
    line = read_line("[province 四川省][city 乐山市][county 沙湾区][road 铜河路][door 12号]")
    assert plain_spans(line.text) == line.spans
