"""Matching in the demonstration: made-up counts of five months, doubtful texts in every state, a file to be matched."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from geo_app.domain.address import Decision
from geo_app.domain.address_alias import AliasKind
from geo_app.domain.address_text import match_key
from geo_app.domain.match_choice import ChoiceWish
from geo_app.domain.match_text import KeptText, MatchSource
from geo_app.domain.matching_grade import Grade
from geo_app.persistence.queries.example_doors import ExampleDoor, example_doors
from geo_app.persistence.queries.match_list import text_id_of
from geo_app.persistence.register import Register
from geo_app.services.demo_plans import DemoPeople
from geo_app.services.match_choices import agree_to_choice, propose_choice
from geo_app.services.search import match_texts
from geo_app.services.search_places import KnownPlaces

REASON = "演示"
DAYS = 150
DOORS = 600
APART = 60
"""Every so manieth of the oldest doors is written wrong: they stand on different streets."""
NICKNAMES = (("老供销社家属院", 14), ("丝绸厂宿舍", 9), ("河边菜市场", 6), ("三八大院", 4), ("老粮站", 3))
"""Made-up names of places that the register does not know, and how often they were asked for."""


@dataclass(frozen=True, slots=True)
class MadeUpRow:
    """A row of the demonstration's file: an address as somebody may write it."""

    number: int
    text: str


def match_demo(register: Register, people: DemoPeople, today: date) -> list[MadeUpRow]:
    """Write counts, texts and choices; return the rows of a file to be matched."""
    _count(register, today)
    doors = example_doors(register.session, DOORS)[::APART]
    spelled = [one for door in doors for one in _spelled(door)]
    _keep(register, [*dict.fromkeys(text for text in spelled if text)], today)
    _choose(register, people, doors, today)
    rows = [*(f"{door.street}{door.number}" for door in doors), *spelled, *(name for name, _ in NICKNAMES)]
    return [MadeUpRow(number, text) for number, text in enumerate(rows, 1)]


def _count(register: Register, today: date) -> None:
    """Count days whose shares grow better with time, as aliases are remembered."""
    for ago in range(DAYS, 0, -1):
        grown = (DAYS - ago) // 10
        asked = 40 + (ago * 7) % 23
        sure, doubtful, none = 12, max(2, 9 - grown // 3), max(1, 8 - grown // 2)
        grades = {Grade.EXACT: asked, Grade.SURE: sure, Grade.DOUBTFUL: doubtful, Grade.NONE: none}
        register.match_texts.count(today - timedelta(ago), MatchSource.SEARCH, grades)


def _spelled(door: ExampleDoor) -> Iterator[str]:
    """Yield a door as people write it wrong: a character of the road missing, a number that is not there."""
    yield f"{door.street[0]}{door.street[2:]}{door.number}"
    yield f"{door.street}9{door.number}"


def _keep(register: Register, texts: list[str], today: date) -> None:
    answers = match_texts(register, KnownPlaces(), texts)
    doubtful = [
        KeptText(text, match_key(text), answer.grade, 1 + place % 7, tuple(one.row.id for one in answer.candidates))
        for place, (text, answer) in enumerate(zip(texts, answers, strict=True))
        if answer.grade in (Grade.DOUBTFUL, Grade.NONE)
    ]
    named = [KeptText(name, match_key(name), Grade.NONE, count) for name, count in NICKNAMES]
    register.match_texts.keep([*doubtful, *named], today - timedelta(1), made_up=True)


def _choose(register: Register, people: DemoPeople, doors: list[ExampleDoor], today: date) -> None:
    """Choose for two nicknames; the second person has agreed to the first only."""
    planner, reviewer = (replace(person, reason=REASON) for person in (people.planner, people.reviewer))
    for (name, _), door, agreed in zip(NICKNAMES, doors, (True, False), strict=False):
        wish = ChoiceWish(text_id_of(register.session, match_key(name)), door.id, AliasKind.NICKNAME)
        choice_id = propose_choice(register, wish, Decision(planner, today, 0))
        if agreed:
            agree_to_choice(register, choice_id, Decision(reviewer, today, 1))
