"""Address elements found in the thousand hand-checked lines, beside a page of regular expressions."""

from collections.abc import Callable, Iterable, Iterator

from tests.measure import Figure
from tests.measure.plain_address_patterns import plain_spans
from tests.support.annotated_text import KINDS, STRUCTURAL, AnnotatedText, Span, read_texts
from tests.support.span_score import SpanScore, over, score_spans


def figures() -> Iterator[Figure]:
    """Yield what the regular expressions reach: structural kinds, then all."""
    lines = [line for file in read_texts().values() for line in file]
    scores = scored(plain_spans, lines)
    for what, kinds in (("structural kinds", STRUCTURAL), ("all kinds", KINDS)):
        yield Figure(f"regular expressions, {what}, {len(lines)} lines", str(over(kinds, scores)))


def scored(find: Callable[[str], Iterable[Span]], lines: Iterable[AnnotatedText]) -> dict[str, SpanScore]:
    """Return the score of each kind for a way of finding elements."""
    return score_spans((line.spans, find(line.text)) for line in lines)
