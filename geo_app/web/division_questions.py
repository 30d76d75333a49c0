"""Open questions of succession on a page: accept what is proposed, or choose something else."""

from apiflask import APIBlueprint
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from geo_app.domain.access import reachable_areas
from geo_app.domain.access_roles import Permission
from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message
from geo_app.exchange.language import render
from geo_app.persistence.divisions import DivisionRecord, SuccessionRecord
from geo_app.persistence.message_json import message_from
from geo_app.persistence.queries.division_questions import FILTERS, SORTS, question_page, question_townships
from geo_app.services import divisions as service
from geo_app.web.context import actor, today, transaction
from geo_app.web.division_form import dated, living, read_code
from geo_app.web.division_words import reasons_of
from geo_app.web.errors import status_of
from geo_app.web.language import language
from geo_app.web.listing import listing_url, parse_listing
from geo_app.web.permission import needs

bp = APIBlueprint("division_questions", __name__, enable_openapi=False)

ON_A_PAGE = "20"
KINDS = ("abolish", "establish", "merge", "rename", "split", "transfer")
"""Kinds of change that are ever left to a person."""


@bp.get("/divisions/questions")
@needs("division.read")
def questions() -> ResponseReturnValue:
    """List the successions that a person has to decide."""
    return _questions(None)


@bp.post("/divisions/questions/<int:succession_id>")
@needs("division.edit")
def decide(succession_id: int) -> ResponseReturnValue:
    """Decide one of them, and show the rest of the same list."""
    chosen = request.form.get("other", "").strip() or request.form.get("successor", "").strip()
    try:
        with transaction() as register:
            found = living(register, chosen) if chosen else None
            service.decide_succession(register, dated(), succession_id, found.id if found else None)
    except DomainError as refusal:
        return _questions(refusal)
    return redirect(url_for("division_questions.questions") + "?" + request.query_string.decode("ascii", "ignore"))


def _questions(refusal: DomainError | None) -> ResponseReturnValue:
    asked = request.args.copy()
    asked.setdefault("size", ON_A_PAGE)
    if asked.get("kind") not in KINDS:
        asked.pop("kind", None)
    listing = parse_listing(asked, sorts=SORTS, filters=FILTERS)
    read_code(listing.filters.get("township", "") + listing.filters.get("under", ""))
    with transaction() as register:
        page = question_page(register.session, listing)
        towns = question_townships(register.session)
        near = register.divisions.as_of(today(), _shared(list(page.items)))
    may_decide = bool(reachable_areas(actor().grants, Permission.DIVISION_EDIT, today()))
    shown = render_template(
        "divisions/questions.html", listing=listing, total=page.total, townships=towns, kinds=KINDS, living=near,
        questions=[(one, *_explained(one), _candidates(one, near)) for one in page.items], may_decide=may_decide,
        here=listing_url(listing).partition("?")[2], fault=render(refusal.message, language()) if refusal else None,
    )  # fmt: skip
    return shown, status_of(refusal) if refusal else 200


def _shared(questions: list[SuccessionRecord]) -> str:
    """Return the county's code where all questions are of one county; the successors are living ones of it."""
    counties = {(one.predecessor or one.successor or (0, "", ""))[1][:6] for one in questions}
    return counties.pop() if len(counties) == 1 else ""


def _explained(question: SuccessionRecord) -> tuple[list[Message], Message | None]:
    proposal = question.detail.get("proposal")
    return reasons_of(question), message_from(proposal) if proposal else None


def _candidates(question: SuccessionRecord, near: list[DivisionRecord]) -> list[DivisionRecord]:
    """Return the living divisions that a question names, the likelier first."""
    by_code = {one.code: one for one in near}
    return [by_code[code] for code in question.detail.get("candidates", []) if code in by_code]
