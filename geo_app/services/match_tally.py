"""What came of searching and matching, counted by day; texts that were not sure are kept without who asked."""

from collections.abc import Iterable
from datetime import date

from geo_app.domain.match_text import MatchSource, MatchTally
from geo_app.domain.matching import Answer
from geo_app.persistence.register import Register
from geo_app.services.search_places import KnownPlaces


def record_answers(
    register: Register, known: KnownPlaces, source: MatchSource, answers: Iterable[tuple[str, Answer]], day: date
) -> None:
    """Count answers, and keep the texts that a person may look at."""
    tally = MatchTally(known.gazetteer)
    for text, answer in answers:
        tally.take(text, answer)
    record_tally(register, source, tally, day)


def record_tally(register: Register, source: MatchSource, tally: MatchTally, day: date) -> int:
    """Write what was counted; return how many texts wait to be looked at."""
    register.match_texts.count(day, source, tally.grades)
    return register.match_texts.keep(tally.kept(), day)
