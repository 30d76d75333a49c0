"""What the maps of counter cases hand to their scripts: the place of the case, its neighbours, the form's words."""

from collections.abc import Mapping

from flask_babel import gettext

from geo_app.domain.case_number import Neighbour, NumberProposal
from geo_app.domain.message import marked
from geo_app.persistence.cases import CaseRecord
from geo_app.web.map_settings import Bounds, map_settings

AROUND = (0.0005, 0.0003)
"""Degrees east and north that a case's map shows on each side of its door, about 40 m."""

FORM_WORDS: Mapping[str, str] = {
    "newDoor": marked("new door here"),
    "doorChosen": marked("door {id} chosen"),
    "proposed": marked("The rule proposes {text}."),
    "noNumber": marked("No number is free here: {reason}"),
    "between": marked("between {before} and {after}"),
    "pickStreet": marked("Choose a street first: in the list, or on the map."),
    "pickDoor": marked("Click the door on the map, or the place of a new one."),
    "noAddress": marked("No current address reads so."),
    "oneOf": marked("one of"),
    "noPapers": marked("This office asks for no papers here."),
}
"""The sentences that the form's script speaks."""


def form_map(bounds: Bounds | None, papers: Mapping[str, Mapping[str, tuple[str, ...]]]) -> dict[str, object]:
    """Return the settings of the form at the counter; `papers` by kind and subject."""
    settings = map_settings(bounds, papers=papers)
    return _with_words(settings)


def case_map(case: CaseRecord, proposal: NumberProposal | None) -> dict[str, object]:
    """Return the settings of a case's map; empty bounds where nobody knows its place."""
    place = case.position
    if place is None:
        return map_settings(None)
    east, north = AROUND
    bounds = (place.lon - east, place.lat - north, place.lon + east, place.lat + north)
    marks = [_mark(one) for one in (proposal.before, proposal.after) if one] if proposal else []
    label = proposal.text if proposal else case.number.text if case.number else ""
    return map_settings(bounds, place=(place.lon, place.lat), label=label, street=case.street_id, neighbours=marks)


def _mark(neighbour: Neighbour) -> dict[str, object]:
    return {"lon": neighbour.position.lon, "lat": neighbour.position.lat, "text": neighbour.text}


def _with_words(settings: dict[str, object]) -> dict[str, object]:
    words = settings["words"]
    assert isinstance(words, dict)
    return {**settings, "words": {**words, **{key: gettext(pattern) for key, pattern in FORM_WORDS.items()}}}
