"""Divisions on pages: the list as of a day, one of them through time, questions of succession."""

from datetime import date

from apiflask import APIBlueprint
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from geo_app.domain.access import reachable_areas
from geo_app.domain.access_roles import Permission
from geo_app.domain.errors import DomainError, UnreadableInput
from geo_app.domain.message import Message, marked
from geo_app.exchange.language import render
from geo_app.persistence.divisions import SuccessionRecord
from geo_app.persistence.message_json import message_from
from geo_app.services import divisions as service
from geo_app.services.divisions import Dated
from geo_app.web.context import actor, today, transaction
from geo_app.web.errors import status_of
from geo_app.web.language import language
from geo_app.web.permission import needs

bp = APIBlueprint("divisions", __name__, enable_openapi=False)

NOT_A_DAY = marked("it is not a day such as 2026-03-01.")
NOT_A_CODE = marked("it is no division code.")


@bp.get("/divisions")
@needs("division.read")
def divisions() -> ResponseReturnValue:
    """List the divisions as of a day."""
    day, prefix = _asked()
    with transaction() as register:
        found = service.divisions_as_of(register, day, prefix)
        questions = len(register.divisions.open_questions(prefix))
    return render_template("divisions/list.html", divisions=found, day=day, prefix=prefix, questions=questions)


@bp.get("/divisions/<int:division_id>")
@needs("division.read")
def division(division_id: int) -> ResponseReturnValue:
    """Show a division: its names through time, what it came from and became, its outline."""
    return _page(division_id, None)


@bp.post("/divisions/<int:division_id>/renaming")
@needs("division.edit")
def rename(division_id: int) -> ResponseReturnValue:
    """Give the division another name from a day on."""
    try:
        with transaction() as register:
            service.rename_division(register, _dated(), division_id, request.form.get("name", ""))
    except DomainError as refusal:
        return _page(division_id, refusal)
    return redirect(url_for("divisions.division", division_id=division_id))


@bp.get("/divisions/questions")
@needs("division.read")
def questions() -> ResponseReturnValue:
    """List the successions that a person has to decide."""
    return _questions(None)


@bp.post("/divisions/questions/<int:succession_id>")
@needs("division.edit")
def decide(succession_id: int) -> ResponseReturnValue:
    """Decide one of them."""
    chosen = request.form.get("successor", "")
    try:
        with transaction() as register:
            found = register.divisions.living(chosen) if chosen else None
            if chosen and found is None:
                raise UnreadableInput(name=chosen, problem=Message(NOT_A_CODE))
            service.decide_succession(register, _dated(), succession_id, found.id if found else None)
    except DomainError as refusal:
        return _questions(refusal)
    return redirect(url_for("divisions.questions"))


def _page(division_id: int, refusal: DomainError | None) -> ResponseReturnValue:
    with transaction() as register:
        found = register.divisions.get(division_id)
        shown = {
            "division": found,
            "above": register.divisions.get(found.parent_id) if found.parent_id is not None else None,
            "versions": register.divisions.versions(division_id),
            "successions": register.divisions.successions(division_id),
            "outline": register.divisions.outline(division_id),
            "outlines": register.divisions.outline_versions(division_id),
        }
    told = render(refusal.message, language()) if refusal else None
    page = render_template("divisions/one.html", fault=told, today=today(), **shown)
    return page, status_of(refusal) if refusal else 200


def _questions(refusal: DomainError | None) -> ResponseReturnValue:
    prefix = _code(request.args.get("under", ""))
    with transaction() as register:
        found = register.divisions.open_questions(prefix)
        living = service.divisions_as_of(register, today(), prefix)
    reachable = reachable_areas(actor().grants, Permission.DIVISION_EDIT, today())
    told = render(refusal.message, language()) if refusal else None
    shown = [(one, *_explained(one)) for one in found]
    page = render_template(
        "divisions/questions.html", questions=shown, living=living, may_decide=bool(reachable), fault=told
    )
    return page, status_of(refusal) if refusal else 200


def _explained(question: SuccessionRecord) -> tuple[list[Message], Message | None]:
    reasons = [message_from(told) for told in question.detail.get("reasons", [])]
    proposal = question.detail.get("proposal")
    return reasons, message_from(proposal) if proposal else None


def _asked() -> tuple[date, str]:
    return _day(request.args.get("as_of", "")), _code(request.args.get("under", ""))


def _dated() -> Dated:
    return Dated(actor(request.form.get("reason", "")), _day(request.form.get("day", "")), today())


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else today()
    except ValueError as wrong:
        raise UnreadableInput(name=text, problem=Message(NOT_A_DAY)) from wrong


def _code(text: str) -> str:
    if text and not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise UnreadableInput(name=text, problem=Message(NOT_A_CODE))
    return text
