"""The numbering suite 编号测试集: difficult streets with the numbers they must get, and how an answer is judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geo_app.domain.numbering_wall import read_wall

Numbered = tuple[int | None, str]
"""A number and its sub-number or suffix; None and "" where a door gets none."""


@dataclass(frozen=True, slots=True)
class SuiteCase:
    """One case: a rule, streets and entrances (GeoJSON in degrees), and what must come of them.

    `numbers`: the numbers that are right for each entrance, as plates read, none for a door that gets none; `findings`:
    entrance and kind; `refused`: the rule must not be accepted at all.
    """

    name: str
    title: Mapping[str, str]
    rule: Mapping[str, Any]
    streets: Mapping[str, Any]
    entrances: Mapping[str, Any]
    numbers: Mapping[str, tuple[str, ...]]
    findings: frozenset[tuple[str, str]]
    refused: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine made of a case; `findings` None: it does not tell any."""

    refused: bool
    numbers: Mapping[str, Numbered]
    findings: frozenset[tuple[str, str]] | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an answer compares: wrong numbers as (entrance, right, got), findings that are missing."""

    case: str
    wrong: tuple[tuple[str, str, str], ...]
    missing: tuple[tuple[str, str], ...]

    @property
    def passed(self) -> bool:
        """Tell whether nothing is wrong and nothing is missing."""
        return not self.wrong and not self.missing


def judge(case: SuiteCase, answer: Answer) -> Verdict:
    """Return where an answer differs from what the case expects; further findings are nobody's fault."""
    if case.refused or answer.refused:
        differs = ("", _word(case.refused), _word(answer.refused))
        return Verdict(case.name, (differs,) if case.refused != answer.refused else (), ())
    wrong = tuple(
        (entrance, "/".join(right) or "-", _written(answer.numbers.get(entrance, (None, ""))))
        for entrance, right in case.numbers.items()
        if answer.numbers.get(entrance, (None, "")) not in accepted(right)
    )
    missing = () if answer.findings is None else tuple(sorted(case.findings - answer.findings))
    return Verdict(case.name, wrong, missing)


def accepted(right: tuple[str, ...]) -> set[Numbered]:
    """Return the numbers that are right; a door that gets none has exactly none."""
    walls = (read_wall(text) for text in right)
    return {(wall.number, wall.sub_number) for wall in walls} or {(None, "")}


def _word(refused: bool) -> str:  # noqa: FBT001 — the fact itself, not a switch
    return "refused" if refused else "accepted"


def _written(number: Numbered) -> str:
    return "-" if number[0] is None else f"{number[0]}附{number[1]}" if number[1] else str(number[0])
