"""Address elements found in the thousand hand-checked lines, beside a page of regular expressions."""

from collections.abc import Callable, Iterable, Iterator

from geo_app.domain.parsing import parse
from geo_app.exchange.parsing_divisions import china
from tests.measure import Figure
from tests.measure.plain_address_patterns import plain_spans
from tests.support.annotated_text import KINDS, STRUCTURAL, AnnotatedText, Span, read_texts
from tests.support.span_score import SpanScore, over, score_spans

GOALS = {"structural kinds": 0.95, "all kinds": 0.90}
FIRST = {"structural kinds": 0.869, "all kinds": 0.818}
"""What the parser reached when it first met the lines, before any rule was mended on them."""


def figures() -> Iterator[Figure]:
    """Yield what the parser reaches beside the regular expressions: structural kinds, all, then each kind."""
    lines = [line for file in read_texts().values() for line in file]
    parsed, plain = scored(parsed_spans, lines), scored(plain_spans, lines)
    for what, kinds in (("structural kinds", STRUCTURAL), ("all kinds", KINDS)):
        found, goal = over(kinds, parsed), GOALS[what]
        named = f"{what}, {len(lines)} lines (on first meeting: {FIRST[what]})"
        yield Figure(named, str(found), str(over(kinds, plain)), f"≥ {goal:.2f}", found.f1 >= goal)
    for kind in KINDS:
        yield Figure(kind, str(parsed.get(kind, SpanScore())), str(plain.get(kind, SpanScore())))


def parsed_spans(text: str) -> Iterator[Span]:
    """Yield what the parser finds, with the divisions of the whole country and no register."""
    return (Span(found.start, found.end, found.kind.value) for found in parse(text, china()).elements)


def scored(find: Callable[[str], Iterable[Span]], lines: Iterable[AnnotatedText]) -> dict[str, SpanScore]:
    """Return the score of each kind for a way of finding elements."""
    return score_spans((line.spans, find(line.text)) for line in lines)
