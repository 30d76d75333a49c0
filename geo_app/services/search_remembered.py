"""Texts that two persons agreed on: they are answered before anything is guessed."""

from collections.abc import Sequence

from geo_app.domain.address_text import match_key
from geo_app.domain.matching_asked import Fit, Way
from geo_app.domain.matching_candidate import Candidate
from geo_app.domain.matching_grade import Penalty, differs
from geo_app.domain.matching_places import Places
from geo_app.persistence.queries.search import by_id
from geo_app.persistence.queries.search_remembered import remembered
from geo_app.persistence.register import Register
from geo_app.services.search_stages import Question, follow_successors


def ask_remembered(register: Register, questions: Sequence[Question], _places: Places) -> None:
    """Look for what was agreed on the very texts, whatever else they read like."""
    by_place = {one.asked.place: one for one in questions}
    found = remembered(register.session, [(place, match_key(one.asked.parsed.text)) for place, one in by_place.items()])
    days = {one.asking: one.day for one in found}
    for row in by_id(register.session, [(one.asking, one.address_id) for one in found]) if found else ():
        question = by_place[row.asking]
        said = question.asked.parsed.text.strip()
        told = differs(Penalty.REMEMBERED, said=said, day=days[row.asking].isoformat())
        question.found.append(Candidate(row, Fit(Way.FORMER, said), (told,), told.points))
    follow_successors(register, [by_place[one.asking] for one in found])
