"""Right answers, grades and silent errors by class of corruption, for any way of answering texts."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tests.measure.search_corruption import (
    FORMATS,
    OTHERS,
    SLIPS,
    Doorplate,
    Plates,
    Query,
    appended,
    beyond,
    corrupted,
    elsewhere,
)


@dataclass(frozen=True)
class Said:
    """What somebody answered: the best text ("" for nothing), its grade, and the candidates' texts."""

    text: str
    grade: str
    candidates: tuple[str, ...] = ()


Answering = Callable[[Sequence[str]], list[Said]]


@dataclass
class Tally:
    """The answers to one class of queries."""

    asked: int = 0
    right: int = 0
    clear: int = 0
    sure_and_right: int = 0
    silent: int = 0
    grades: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    wrong: list[tuple[Query, Said]] = field(default_factory=list)
    silent_ones: list[tuple[Query, Said]] = field(default_factory=list)

    def take(self, query: Query, said: Said) -> None:
        self.asked += 1
        self.grades[said.grade or "-"] += 1
        right = is_right(query, said)
        self.right += right
        if not right:
            self.wrong.append((query, said))
        if len(query.right) == 1 and not query.doubtful:
            self.clear += 1
            self.sure_and_right += right and said.grade in {"A", "B"}
        if said.grade in {"A", "B"} and said.text not in query.right:
            self.silent += 1
            self.silent_ones.append((query, said))


def is_right(query: Query, said: Said) -> bool:
    """What fits once is that one; what fits several times doubtful, with all (or five); what does not exist nothing."""
    if not query.right:
        return said.grade in {"", "C"}
    if len(query.right) == 1:
        return said.text == query.right[0]
    listed = set(said.candidates) <= set(query.right) and len(set(said.candidates)) == min(5, len(query.right))
    return said.grade == "C" and listed


def queries(plates: Plates, strangers: Sequence[Doorplate], count: int, seed: int = 7) -> Iterator[Query]:
    """Yield `count` queries of each class, seeded."""
    for kind, corruption in {**FORMATS, **SLIPS, **OTHERS}.items():
        rng = random.Random(f"{seed} {kind}")
        size = count if any(corruption(rng.choice(plates.rows), rng, plates) for _ in range(3000)) else 0
        yield from corrupted(kind, corruption, plates, size, random.Random(f"{seed} {kind}"))
    yield from appended(plates, count, random.Random(f"{seed} appended"))
    yield from beyond(plates, count, random.Random(f"{seed} beyond"))
    yield from elsewhere(plates, strangers, count, random.Random(f"{seed} elsewhere"))


def tallied(asked: Iterable[Query], answering: Answering, batch: int = 2000) -> dict[str, Tally]:
    """Ask all queries, and count by class."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    waiting = list(asked)
    for start in range(0, len(waiting), batch):
        some = waiting[start : start + batch]
        for query, said in zip(some, answering([one.text for one in some]), strict=True):
            tallies[query.kind].take(query, said)
    return tallies
