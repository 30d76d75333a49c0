"""The stages of matching: each asks the database one thing for all questions that need it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from geo_app.domain.matching import Answer, Inside, answered, nothing, rooms_only
from geo_app.domain.matching_asked import Asked, DoorKey, Doors, Fit
from geo_app.domain.matching_candidate import RETIRED, AddressRow, Candidate, candidate
from geo_app.domain.matching_explain import explained
from geo_app.domain.matching_former import endings, former, succeeded
from geo_app.domain.matching_guess import guessed_doors
from geo_app.domain.matching_places import Places
from geo_app.persistence.queries.search import former_names, inside, look_up, number_ranges, successors
from geo_app.persistence.register import Register


@dataclass(slots=True)
class Question:
    """A text on its way to its answer: the doors that are looked at, and what was found."""

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
    def best(self) -> Candidate | None:
        """Return the best of what was found so far."""
        return min(self.found, key=lambda one: one.points, default=None)

    @property
    def over(self) -> bool:
        """Tell whether even the best lacks a building, unit, floor or room that the text states."""
        best = self.best
        return best is not None and bool(best.missing)

    def fit_of(self, row: AddressRow) -> Fit:
        """Return how the text leads to the place of a row."""
        return next(fit for door, fit in self.doors.items() if _stands_at(row, door))


def ask_doors(register: Register, questions: Sequence[Question], places: Places) -> None:
    """Look the doors up."""
    by_place = {one.asked.place: one for one in questions}
    for row in look_up(register.session, [door for one in questions for door in one.doors]):
        question = by_place[row.asking]
        found = candidate(question.asked, row, question.fit_of(row), places)
        if found is not None:
            question.found.append(found)
    follow_successors(register, questions)


def ask_former(register: Register, questions: Sequence[Question], places: Places) -> None:
    """Look for addresses that were once called so."""
    tails = [(one.asked.place, ending) for one in questions for ending in endings(one.asked)]
    by_place = {one.asked.place: one for one in questions}
    for name in former_names(register.session, tails) if tails else ():
        question = by_place[name.row.asking]
        found = former(question.asked, (name.kind, name.text, name.until), name.row, places)
        if found is not None:
            question.found.append(found)
    follow_successors(register, questions)


def ask_inside(register: Register, questions: Sequence[Question], places: Places) -> None:
    """Look at what stands inside the doors: whether there are rooms, and which."""
    keys = [_any_room(one, door) for one in questions for door in one.doors]
    rooms: dict[int, list[Candidate]] = defaultdict(list)
    counts: dict[int, int] = defaultdict(int)
    by_place = {one.asked.place: one for one in questions}
    for row, count in inside(register.session, keys):
        question = by_place[row.asking]
        # Rooms are shown beside what was asked for, so they need not be what was asked for.
        found = candidate(question.asked.door_only, row, question.fit_of(row), places)
        if found is not None:
            rooms[row.asking].append(found)
            counts[row.asking] = max(counts[row.asking], count)
    for place, question in by_place.items():
        question.inside = Inside(tuple(rooms[place]), counts[place])


def ask_guesses(register: Register, questions: Sequence[Question], places: Places) -> None:
    """Look up the doors on streets that the text may have meant."""
    for question in questions:
        question.doors = guessed_doors(question.asked, places)
    ask_doors(register, [one for one in questions if one.doors], places)


def ask_numbers(register: Register, questions: Sequence[Question], _places: Places) -> None:
    """Ask for the lowest and highest number of the streets, to explain that a number is none of theirs."""
    streets = [(one.asked.place, door.street) for one in questions for door in one.doors if door.street]
    ranges = number_ranges(register.session, streets) if streets else {}
    for question in questions:
        question.numbers = ranges.get(question.asked.place)


def answer_of(question: Question, places: Places) -> Answer:
    """Return what is known of a question so far."""
    asked = question.asked
    if question.found:
        return answered(asked, question.found, question.inside)
    if question.inside is not None and question.inside.rooms:
        return rooms_only(asked, question.inside)
    return nothing(asked, *explained(asked, places, question.numbers))


def _stands_at(row: AddressRow, door: DoorKey) -> bool:
    if door.street:
        return row.street == door.street
    return row.estate == door.estate if door.estate else row.division_id == door.division_id and not row.street


def _any_room(question: Question, door: DoorKey) -> DoorKey:
    """Return the key under which all rooms of a door are found; of one building, where that building was found."""
    best = question.best
    return door if best is not None and best.row.building else replace(door, building="")


def follow_successors(register: Register, questions: Sequence[Question]) -> None:
    """Put living addresses in the place of ended ones; an ended one without a successor is no answer."""
    ended = {found.row.id for one in questions for found in one.found if found.row.status == RETIRED}
    if not ended:
        return
    later = defaultdict(list)
    for successor in successors(register.session, sorted(ended)):
        later[successor.ended].append((successor.row, successor.day))
    for question in questions:
        question.found = [
            one
            for found in question.found
            for one in ([found] if found.row.status != RETIRED else succeeded(found, later[found.row.id]))
        ]
