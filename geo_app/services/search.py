"""Texts in, addresses out: many texts at once, each stage one question to the database for all that need it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic

from sqlalchemy.exc import OperationalError

from geo_app.domain.matching import TIME_UP, Answer, nothing, with_reason
from geo_app.domain.matching_asked import Asked, stated_doors
from geo_app.domain.matching_places import Places
from geo_app.domain.message import Message
from geo_app.domain.parsing import parse
from geo_app.domain.search_found import Found
from geo_app.persistence.queries.search import limit_time
from geo_app.persistence.queries.search_near import positions
from geo_app.persistence.register import Register
from geo_app.services.search_places import KnownPlaces
from geo_app.services.search_remembered import ask_remembered
from geo_app.services.search_stages import (
    Question,
    answer_of,
    ask_doors,
    ask_former,
    ask_guesses,
    ask_inside,
    ask_numbers,
)

BATCH = 2000
"""Texts that share their questions to the database."""

SOFT_SECONDS, HARD_SECONDS = 0.05, 0.2
"""After the first no further stage is begun, after the second the database stops what it does for a single search."""


@dataclass(frozen=True, slots=True)
class TimeAllowed:
    """Until when stages may begin; `clock` gives seconds."""

    until: float = float("inf")
    clock: Callable[[], float] = monotonic

    @property
    def up(self) -> bool:
        """Tell whether the time is up."""
        return self.clock() > self.until


UNLIMITED = TimeAllowed()
Stage = Callable[[Register, Sequence[Question], Places], None]
STAGES: tuple[tuple[Stage, Callable[[Question], bool]], ...] = (
    (ask_remembered, lambda question: True),  # noqa: ARG005  of all
    (ask_doors, lambda question: question.open and bool(question.doors)),
    (ask_former, lambda question: question.open),
    (ask_inside, lambda question: question.over or (question.open and bool(question.doors))),
    (ask_guesses, lambda question: question.open and not question.doors),
    (ask_inside, lambda question: question.over and question.inside is None),
    (ask_numbers, lambda question: question.open and bool(question.doors)),
)
"""What is asked, in this order, and of which questions: most are answered by the first."""


def match_texts(
    register: Register, known: KnownPlaces, texts: Sequence[str], allowed: TimeAllowed = UNLIMITED
) -> list[Answer]:
    """Return the answer to each text, in order; those whose time was up say so."""
    places = known.fresh(register)
    questions = [_question(place, text, known) for place, text in enumerate(texts)]
    for ask, concerns in STAGES:
        waiting = [question for question in questions if concerns(question)]
        if waiting and allowed.up:
            return [_cut_short(question, places) for question in questions]
        if waiting:
            ask(register, waiting, places)
    return [answer_of(question, places) for question in questions]


def search_text(register: Register, known: KnownPlaces, text: str) -> Found:
    """Return the answer to one text and where its addresses are, in whatever time it takes."""
    [answer] = match_texts(register, known, [text])
    return _found(register, answer)


def search_in_time(register: Register, known: KnownPlaces, text: str) -> Found:
    """Return the answer to one text within the time that a person waits without noticing; see SOFT_SECONDS."""
    known.fresh(register)
    # The first text of a process waits for dictionaries to be loaded; that is not the search's own time.
    parse(text, known.gazetteer)
    allowed = TimeAllowed(monotonic() + SOFT_SECONDS)
    attempt = register.session.begin_nested()
    try:
        limit_time(register.session, HARD_SECONDS)
        [answer] = match_texts(register, known, [text], allowed)
        found = _found(register, answer)
    except OperationalError:
        attempt.rollback()
        asked = Asked.of(0, parse(text, known.gazetteer))
        return Found(nothing(asked, Message(TIME_UP)), complete=False)
    attempt.commit()
    return found


def _found(register: Register, answer: Answer) -> Found:
    ids = [one.row.id for one in (answer.best, *answer.candidates) if one is not None]
    return Found(answer, positions(register.session, ids) if ids else {}, complete=not _is_cut_short(answer))


def _question(place: int, text: str, known: KnownPlaces) -> Question:
    asked = Asked.of(place, parse(text, known.gazetteer))
    return Question(asked, stated_doors(asked, known.places))


def _cut_short(question: Question, places: Places) -> Answer:
    return with_reason(answer_of(question, places), Message(TIME_UP))


def _is_cut_short(answer: Answer) -> bool:
    return any(reason.pattern == TIME_UP for reason in answer.reasons)
