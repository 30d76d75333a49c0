"""Doubtful texts on pages: the list, what a text may mean, choosing, agreeing, declining, taking back."""

from collections.abc import Callable
from dataclasses import replace

from apiflask import APIBlueprint
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from geo_app.domain.address import Decision
from geo_app.domain.address_alias import AliasKind
from geo_app.domain.errors import DomainError, NotFound, UnreadableInput
from geo_app.domain.match_choice import KINDS, ChoiceState, ChoiceWish, likely_kind
from geo_app.domain.match_text import FREQUENT
from geo_app.domain.message import Message, marked
from geo_app.exchange.language import render
from geo_app.persistence.queries.board import all_bounds
from geo_app.persistence.queries.match_list import FILTERS, SORTS, WAITING, addresses_of, choices_of, text_page
from geo_app.persistence.register import Register
from geo_app.services import match_choices as service
from geo_app.services.search import search_text
from geo_app.web.context import actor, today, transaction
from geo_app.web.errors import status_of
from geo_app.web.language import language
from geo_app.web.listing import parse_listing
from geo_app.web.map_settings import map_settings
from geo_app.web.notices import tell
from geo_app.web.permission import needs
from geo_app.web.search import GRADES, Place, bounds_of
from geo_app.web.search_api import known_places

bp = APIBlueprint("match_choice", __name__, enable_openapi=False)

NONE_FITS = "none"
OTHER = "other"
CHOSEN = marked("Chosen. Once somebody else agrees, the text is found at once.")
AGREED = marked("Agreed. The text is found at once from now on.")
DECLINED = marked("Declined; the text waits again.")
TAKEN_BACK = marked("Taken back; the text is no longer remembered.")
WAITS = marked("waits for a choice")
LIVING = (ChoiceState.PROPOSED, ChoiceState.AGREED)
NO_SUCH = marked("choose one from the list.")

Step = Callable[[Register, int, Decision], None]


@bp.get("/match/choices")
@needs("match.read")
def choices() -> ResponseReturnValue:
    """List doubtful texts, the most frequent first."""
    listing = parse_listing(request.args, sorts=tuple(SORTS), filters=FILTERS, usual="-count")
    with transaction() as register:
        page = text_page(register.session, listing)
    states = [(WAITING, gettext(WAITS)), *((one.value, render(one.word, language())) for one in LIVING)]
    return render_template("search/choices.html", listing=listing, page=page, states=states, frequent=FREQUENT)


@bp.get("/match/choices/<int:text_id>")
@needs("match.read")
def choice(text_id: int) -> ResponseReturnValue:
    """Show one text: what it may mean, what was chosen for it."""
    return _page(text_id, None)


@bp.post("/match/choices/<int:text_id>")
@needs("alias.edit")
def choose(text_id: int) -> ResponseReturnValue:
    """Say what the text means, for somebody else to agree."""
    try:
        with transaction() as register:
            service.propose_choice(register, _wish(register, text_id), _decision(0))
    except DomainError as refusal:
        return _refused(text_id, refusal)
    tell(Message(CHOSEN), "ok")
    return redirect(url_for("match_choice.choice", text_id=text_id))


@bp.post("/match/choices/<int:text_id>/<int:choice_id>/agreement")
@needs("address.approve")
def agree(text_id: int, choice_id: int) -> ResponseReturnValue:
    """Agree to what somebody else chose."""
    return _step(text_id, choice_id, (service.agree_to_choice, AGREED))


@bp.post("/match/choices/<int:text_id>/<int:choice_id>/declining")
@needs("match.read")
def decline(text_id: int, choice_id: int) -> ResponseReturnValue:
    """Decline a choice, or withdraw one's own."""
    return _step(text_id, choice_id, (service.decline_choice, DECLINED))


@bp.post("/match/choices/<int:text_id>/<int:choice_id>/ending")
@needs("address.approve")
def take_back(text_id: int, choice_id: int) -> ResponseReturnValue:
    """Take back what was agreed by mistake."""
    return _step(text_id, choice_id, (service.take_choice_back, TAKEN_BACK))


def _step(text_id: int, choice_id: int, todo: tuple[Step, str]) -> ResponseReturnValue:
    step, told = todo
    try:
        with transaction() as register:
            step(register, choice_id, _decision(_version()))
    except DomainError as refusal:
        return _refused(text_id, refusal)
    tell(Message(told), "ok")
    return redirect(url_for("match_choice.choice", text_id=text_id))


def _refused(text_id: int, refusal: DomainError) -> ResponseReturnValue:
    if isinstance(refusal, NotFound):
        raise refusal
    return _page(text_id, refusal)


def _page(text_id: int, refusal: DomainError | None) -> ResponseReturnValue:
    with transaction() as register:
        doubtful = register.match_texts.get(text_id)
        found = search_text(register, known_places(), doubtful.text)
        held = choices_of(register.session, text_id)
        ids = list(dict.fromkeys([*(one.row.id for one in found.answer.candidates), *doubtful.candidates]))
        if found.answer.best and found.answer.best.row.id not in ids:
            ids.insert(0, found.answer.best.row.id)
        offered = addresses_of(register.session, ids)
        around = all_bounds(register.session)
    texts = {row.id: row.text for row in offered}
    marks = [Place(texts[key], "other", at.lon, at.lat) for key, at in found.positions.items() if key in texts]
    shown = {"doubtful": doubtful, "found": found, "held": held, "offered": offered, "marks": marks, "kinds": KINDS}
    told = render(refusal.message, language()) if refusal else None
    page = render_template(
        "search/choice.html", **shown, grades=GRADES, settings=map_settings(bounds_of(marks) or around), fault=told,
        me=actor().account_id, likely=likely_kind(doubtful.text),
    )  # fmt: skip
    return page, status_of(refusal) if refusal else 200


def _wish(register: Register, text_id: int) -> ChoiceWish:
    meant, kind = request.form.get("address", ""), request.form.get("kind", AliasKind.MISSPELT.value)
    if kind not in list(KINDS):
        raise UnreadableInput(name=kind, problem=Message(NO_SUCH))
    wish = ChoiceWish(text_id, None, AliasKind(kind))
    if meant == NONE_FITS:
        return wish
    typed = request.form.get("other", "") if meant == OTHER else meant
    return replace(wish, address_id=service.address_meant(register, known_places(), typed))


def _decision(version: int) -> Decision:
    return Decision(actor(request.form.get("reason", "").strip()), today(), version)


def _version() -> int:
    text = request.form.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
