"""Texts in, addresses out: many texts at once, each stage one question to the database for all that need it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from geo_app.domain.matching import Answer, Inside, answered, nothing, rooms_only
from geo_app.domain.matching_asked import Asked, Doors, Way, stated_doors
from geo_app.domain.matching_candidate import RETIRED, Candidate, candidate
from geo_app.domain.matching_explain import explained
from geo_app.domain.matching_former import endings, former, with_differences
from geo_app.domain.matching_grade import Penalty, differs
from geo_app.domain.matching_guess import guessed_doors
from geo_app.domain.matching_places import Places
from geo_app.domain.parsing import parse
from geo_app.persistence.queries.search import (
    AddressRow,
    former_names,
    inside,
    look_up,
    number_ranges,
    successors,
)
from geo_app.persistence.register import Register
from geo_app.services.search_places import KnownPlaces

BATCH = 2000
"""Texts that share their questions to the database."""


@dataclass(slots=True)
class Question:
    """A text on its way to its answer."""

    asked: Asked
    doors: Doors
    found: list[Candidate] = field(default_factory=list)
    inside: Inside | None = None
    numbers: tuple[int, int] | None = None

    @property
    def open(self) -> bool:
        """Tell whether nothing was found."""
        return not self.found

    @property
    def over(self) -> bool:
        """Tell whether even the best candidate lacks a building, unit, floor or room that the text states."""
        return bool(self.found) and bool(min(self.found, key=lambda one: one.points).missing)


def match_texts(register: Register, known: KnownPlaces, texts: Sequence[str]) -> list[Answer]:
    """Return the answer to each text, in order."""
    places = known.fresh(register)
    questions = []
    for place, text in enumerate(texts):
        asked = Asked(place, parse(text, known.gazetteer))
        questions.append(Question(asked, stated_doors(asked, places)))
    _ask_doors(register, questions, places)
    _ask_former(register, [one for one in questions if one.open], places)
    _ask_inside(register, [one for one in questions if one.over or (one.open and one.doors)], places)
    _ask_near(register, [one for one in questions if one.open and not one.doors], places)
    _ask_inside(register, [one for one in questions if one.over and one.inside is None], places)
    _ask_numbers(register, [one for one in questions if one.open and one.doors])
    return [_answer(one, places) for one in questions]


def _ask_doors(register: Register, questions: Sequence[Question], places: Places) -> None:
    by_place = {one.asked.place: one for one in questions}
    rows = look_up(register.session, [door for one in questions for door in one.doors])
    for row in rows:
        question = by_place[row.asking]
        _take(question, row, places)
    _ask_successors(register, questions, places)


def _take(question: Question, row: AddressRow, places: Places) -> None:
    fit = next(fit for door, fit in question.doors.items() if _stands_at(row, door.street, door.division_id, door.estate))
    found = candidate(question.asked, row, fit, places)
    if found is not None:
        question.found.append(found)


def _stands_at(row: AddressRow, street: str, division_id: int, estate: str) -> bool:
    if street:
        return row.street == street
    return row.estate == estate if estate else row.division_id == division_id


def _ask_successors(register: Register, questions: Sequence[Question], places: Places) -> None:
    """Put living addresses in the place of ended ones; an ended one without a successor is no answer."""
    ended = {found.row.id for one in questions for found in one.found if found.row.status == RETIRED}
    if not ended:
        return
    later = defaultdict(list)
    for successor in successors(register.session, sorted(ended)):
        later[successor.ended].append(successor)
    for question in questions:
        kept = [one for one in question.found if one.row.status != RETIRED]
        for one in question.found:
            for successor in later[one.row.id] if one.row.status == RETIRED else ():
                told = differs(Penalty.SUCCEEDED, said=one.row.text, day=successor.day.isoformat())
                kept.append(with_differences(Candidate(successor.row, one.fit, ()), told))
        question.found = kept


def _ask_former(register: Register, questions: Sequence[Question], places: Places) -> None:
    tails = [(one.asked.place, ending) for one in questions for ending in endings(one.asked)]
    if not tails:
        return
    by_place = {one.asked.place: one for one in questions}
    for name in former_names(register.session, tails):
        question = by_place[name.row.asking]
        found = former(question.asked, (name.kind, name.text, name.until), name.row, places)
        if found is not None:
            question.found.append(found)
    _ask_successors(register, questions, places)


def _ask_inside(register: Register, questions: Sequence[Question], places: Places) -> None:
    by_place = {one.asked.place: one for one in questions}
    keys = [_inner_key(one, door) for one in questions for door in one.doors]
    if not keys:
        return
    rooms: dict[int, list[Candidate]] = defaultdict(list)
    counts: dict[int, int] = defaultdict(int)
    for row, count in inside(register.session, keys):
        question = by_place[row.asking]
        found = candidate(question.asked, row, _stated(question), places)
        if found is not None:
            rooms[row.asking].append(found)
            counts[row.asking] = max(counts[row.asking], count)
    for place, question in by_place.items():
        question.inside = Inside(tuple(rooms[place]), counts[place])


def _inner_key(question: Question, door):
    from dataclasses import replace

    best = min(question.found, key=lambda one: one.points, default=None)
    if best is not None and best.row.building:
        return door
    return replace(door, building="")


def _stated(question: Question):
    from geo_app.domain.matching_asked import Fit

    return next(iter(question.doors.values()), Fit(Way.STATED))


def _ask_near(register: Register, questions: Sequence[Question], places: Places) -> None:
    for question in questions:
        question.doors = guessed_doors(question.asked, places)
    _ask_doors(register, [one for one in questions if one.doors], places)


def _ask_numbers(register: Register, questions: Sequence[Question]) -> None:
    streets = [(one.asked.place, door.street) for one in questions for door in one.doors if door.street]
    ranges = number_ranges(register.session, streets) if streets else {}
    for question in questions:
        question.numbers = ranges.get(question.asked.place)


def _answer(question: Question, places: Places) -> Answer:
    asked = question.asked
    if question.found:
        return answered(asked, question.found, question.inside)
    if question.inside is not None and question.inside.rooms:
        return rooms_only(asked, question.inside)
    return nothing(asked, *explained(asked, places, question.numbers))


def in_batches(texts: Iterable[str]) -> Iterable[list[str]]:
    """Yield texts in lists that share their questions."""
    batch: list[str] = []
    for text in texts:
        batch.append(text)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
