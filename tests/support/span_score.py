"""How well elements found in texts agree with those annotated: right only with the same kind, start and end."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.support.annotated_text import Span


@dataclass(frozen=True, slots=True)
class SpanScore:
    """Counts of elements found right, missed, and found though not there."""

    right: int = 0
    missed: int = 0
    extra: int = 0

    @property
    def precision(self) -> float:
        return _share(self.right, self.right + self.extra)

    @property
    def recall(self) -> float:
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        return _share(2 * self.right, 2 * self.right + self.missed + self.extra)

    def __add__(self, other: "SpanScore") -> "SpanScore":
        return SpanScore(self.right + other.right, self.missed + other.missed, self.extra + other.extra)

    def __str__(self) -> str:
        return f"F1 {self.f1:.3f} (precision {self.precision:.3f}, recall {self.recall:.3f})"


def score_spans(pairs: Iterable[tuple[Iterable[Span], Iterable[Span]]]) -> dict[str, SpanScore]:
    """Return the score of each kind over pairs of the elements annotated and the elements found in a text."""
    right, missed, extra = Counter[str](), Counter[str](), Counter[str]()
    for annotated, found in pairs:
        wanted, got = set(annotated), set(found)
        right.update(span.kind for span in wanted & got)
        missed.update(span.kind for span in wanted - got)
        extra.update(span.kind for span in got - wanted)
    kinds = right.keys() | missed.keys() | extra.keys()
    return {kind: SpanScore(right[kind], missed[kind], extra[kind]) for kind in sorted(kinds)}


def over(kinds: Iterable[str], scores: Mapping[str, SpanScore]) -> SpanScore:
    """Return the score over several kinds, every element weighing the same."""
    return sum((scores[kind] for kind in kinds if kind in scores), SpanScore())


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
