"""The divisions of a day as a tree: townships with what lies in them, under the divisions above."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from geo_app.domain.division import Level
from geo_app.persistence.divisions import DivisionFilter, DivisionRecord
from geo_app.persistence.register import Register

BRANCHES_ON_A_PAGE = 20
"""Townships a page shows; a county has 10 to 40."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A division with what lies in it; `fits`: it is itself what was asked for."""

    division: DivisionRecord
    below: tuple["Branch", ...]
    fits: bool


@dataclass(frozen=True, slots=True)
class Bough:
    """Branches that lie in one division, and the chain of those above them, the province first."""

    above: tuple[DivisionRecord, ...]
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class TreePage:
    """One page of the tree: its branches by what they lie in, how many there are and how many divisions fit."""

    boughs: tuple[Bough, ...]
    branches: int
    divisions: int


def division_tree(register: Register, day: date, asked: DivisionFilter, page: int = 1) -> TreePage:
    """Return a page of the divisions that stood on `day` and fit, each with those above it."""
    found = register.divisions.as_of(day, "")
    fitting = {one.id for one in found if _fits(one, asked)}
    by_id = {one.id: one for one in found}
    kept = {above.id for one in found if one.id in fitting for above in _chain(one, by_id)}
    branches = _branches([one for one in found if one.id in kept], by_id, fitting)
    start = (page - 1) * BRANCHES_ON_A_PAGE
    return TreePage(_boughs(branches[start : start + BRANCHES_ON_A_PAGE], by_id), len(branches), len(fitting))


def _fits(one: DivisionRecord, asked: DivisionFilter) -> bool:
    named = asked.name in one.name and one.code.startswith(asked.under)
    return named and asked.level in {"", one.level.name.lower()}


def _chain(one: DivisionRecord, by_id: Mapping[int, DivisionRecord]) -> tuple[DivisionRecord, ...]:
    """Return a division and those above it that stood on the day, the highest first."""
    chain = [one]
    while (above := by_id.get(chain[-1].parent_id or 0)) is not None:
        chain.append(above)
    return tuple(reversed(chain))


def _branches(kept: Sequence[DivisionRecord], by_id: Mapping[int, DivisionRecord], fitting: set[int]) -> list[Branch]:
    """Return the townships, and what stands at their height: what lies in no township, and is above nothing shown."""
    below: dict[int | None, list[DivisionRecord]] = defaultdict(list)
    for one in kept:
        below[one.parent_id].append(one)

    def grown(one: DivisionRecord) -> Branch:
        return Branch(one, tuple(grown(child) for child in below[one.id]), one.id in fitting)

    return [grown(one) for one in kept if _stands_alone(one, by_id, below[one.id])]


def _stands_alone(one: DivisionRecord, by_id: Mapping[int, DivisionRecord], below: Iterable[DivisionRecord]) -> bool:
    if one.level < Level.TOWNSHIP:
        return not list(below)
    above = by_id.get(one.parent_id) if one.parent_id is not None else None
    return above is None or above.level < Level.TOWNSHIP


def _boughs(branches: Sequence[Branch], by_id: Mapping[int, DivisionRecord]) -> tuple[Bough, ...]:
    groups: dict[tuple[DivisionRecord, ...], list[Branch]] = defaultdict(list)
    for branch in branches:
        groups[_chain(branch.division, by_id)[:-1]].append(branch)
    return tuple(Bough(above, tuple(grown)) for above, grown in groups.items())
