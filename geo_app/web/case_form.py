"""What the forms of counter cases send."""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from geo_app.domain.case import CaseVerb
from geo_app.domain.case_kinds import CaseKind, Subject
from geo_app.domain.errors import UnreadableInput
from geo_app.domain.message import Message, marked
from geo_app.domain.position import Position
from geo_app.services.case_opening import CaseRequest
from geo_app.services.case_steps import StepAsked

CHOSEN_KIND = CaseKind.NEW.value
NOT_CHOSEN = marked("it is none of the choices.")
NOT_A_PLACE = marked("it is no longitude and latitude in degrees.")

LONGEST_NOTE = 200
LONGEST_NUMBER = 20


def case_request(form: MultiDict[str, str]) -> CaseRequest:
    """Return what the form at the counter asks.

    Raises UnreadableInput.
    """
    kind, subject = form.get("kind", ""), form.get("subject", "")
    if kind not in set(CaseKind) or subject not in set(Subject):
        raise UnreadableInput(name=kind or subject or "—", problem=Message(NOT_CHOSEN))
    return CaseRequest(
        CaseKind(kind),
        Subject(subject),
        _key(form, "street_id"),
        _key(form, "entrance_id"),
        _position(form),
        form.get("address_id", "").strip()[:15] or None,
        tuple(form.getlist("paper")),
        form.get("shop_name", "").strip()[:LONGEST_NOTE],
        form.get("note", "").strip()[:LONGEST_NOTE],
    )


def step_asked(form: MultiDict[str, str]) -> StepAsked:
    """Return the step that a case's page asks for; papers are ticked, or written one a line.

    Raises UnreadableInput.
    """
    verb = form.get("verb", "")
    if verb not in set(CaseVerb):
        raise UnreadableInput(name=verb or "—", problem=Message(NOT_CHOSEN))
    papers = (*form.getlist("paper"), *(line.strip() for line in form.get("more", "").splitlines() if line.strip()))
    return StepAsked(CaseVerb(verb), papers, number_in_hand(form))


def number_in_hand(form: Mapping[str, str]) -> str:
    """Return the number chosen by hand, "" for the rule's."""
    return form.get("number", "").strip()[:LONGEST_NUMBER]


def version_of_form(form: Mapping[str, str]) -> int:
    """Return the version that the form was made from; 0, which no row has, where it says none."""
    text = form.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _key(form: Mapping[str, str], name: str) -> int | None:
    text = form.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise UnreadableInput(name=name, problem=Message(NOT_CHOSEN))
    return int(text)


def _position(form: Mapping[str, str]) -> Position | None:
    lon, lat = form.get("lon", "").strip(), form.get("lat", "").strip()
    if not lon and not lat:
        return None
    try:
        return Position(float(lon), float(lat))
    except ValueError as wrong:
        raise UnreadableInput(name=f"{lon}, {lat}", problem=Message(NOT_A_PLACE)) from wrong
