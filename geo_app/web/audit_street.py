"""The audit of one street on a page: its scheme, findings on the map with proposals, accepting them as exceptions."""

from datetime import date

from apiflask import APIBlueprint
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from geo_app.domain.audit_exception import ExceptionWish
from geo_app.domain.audit_findings import AuditKind
from geo_app.domain.audit_street import StreetFinding
from geo_app.domain.errors import DomainError, NotFound, NotPermitted, UnreadableInput
from geo_app.domain.message import Message, marked
from geo_app.exchange.language import render
from geo_app.exchange.numbering_rules import load_rule, rule_names
from geo_app.persistence.queries.audit_owners import possible_owners
from geo_app.persistence.queries.board import board_street
from geo_app.persistence.queries.listing import is_key
from geo_app.services.audit import accept_exception, audit_street, may_accept
from geo_app.services.audit_plan import draft_from_audit
from geo_app.web import audit_words as words
from geo_app.web.api import decided
from geo_app.web.context import actor, today, transaction
from geo_app.web.errors import status_of
from geo_app.web.language import language
from geo_app.web.map_settings import map_settings
from geo_app.web.notices import tell
from geo_app.web.permission import needs

bp = APIBlueprint("audit_street", __name__, enable_openapi=False)

WEIGHT = {"error": 0, "warning": 1, "info": 2}
NOT_A_DAY = marked("it is not a day such as 2026-03-01.")
NOT_CHOSEN = marked("choose one from the list.")
ACCEPTED = marked("Accepted as an exception: {text}, {kind}.")
PLAN_TITLE = marked("Taking up the audit's proposals")


@bp.get("/streets/<int:street_id>/audit")
@needs("audit.read")
def street(street_id: int) -> ResponseReturnValue:
    """Show how a street is numbered and what breaks that."""
    return _page(street_id, None)


@bp.post("/streets/<int:street_id>/audit/exceptions")
@needs("audit.accept")
def accept(street_id: int) -> ResponseReturnValue:
    """Accept a finding of the street as an exception."""
    try:
        wish = _wish()
        with transaction() as register:
            accept_exception(register, wish, decided(request.form.get("reason", "")))
    except (NotFound, NotPermitted):
        raise
    except DomainError as refusal:
        return _page(street_id, refusal)
    tell(Message(ACCEPTED, {"text": wish.number or "—", "kind": wish.kind.word}), "ok")
    return redirect(url_for("audit_street.street", street_id=street_id))


@bp.post("/streets/<int:street_id>/audit/plan")
@needs("plan.draft")
def draft(street_id: int) -> ResponseReturnValue:
    """Draft a plan with what the audit proposes, and go to it; `entrance` names one door, without it all."""
    given = request.form.get("entrance", "")
    rule = load_rule(rule_names()[0])
    try:
        with transaction() as register:
            about = (street_id, int(given) if is_key(given) else None)
            plan_id = draft_from_audit(register, about, rule, gettext(PLAN_TITLE), decided())
    except (NotFound, NotPermitted):
        raise
    except DomainError as refusal:
        return _page(street_id, refusal)
    return redirect(url_for("board.board", street_id=street_id, plan=plan_id))


def _page(street_id: int, refusal: DomainError | None) -> ResponseReturnValue:
    day = today()
    with transaction() as register:
        view = audit_street(register, street_id, actor(), day)
        drawn = board_street(register.session, street_id)
        accepting = may_accept(view.street, decided())
        owners = possible_owners(register.session, view.street.area, day) if accepting else []
    fault = render(refusal.message, language()) if refusal else None
    page = render_template(
        "audit/street.html",
        street=drawn,
        view=view,
        findings=sorted(view.audit.findings, key=_weight),
        accepting=accepting,
        owners=owners,
        settings=map_settings(
            drawn.bounds,
            own={"street_id": street_id},
            marks={kind: words.mark_of(kind) for kind in AuditKind},
        ),
        audit_words=words,
        fault=fault,
    )
    return page, status_of(refusal) if refusal else 200


def _weight(finding: StreetFinding) -> tuple[bool, int]:
    return not finding.open, WEIGHT[finding.severity]


def _wish() -> ExceptionWish:
    form = request.form
    entrance, kind, owner = form.get("entrance", ""), form.get("kind", ""), form.get("owner", "")
    if not (is_key(entrance) and is_key(owner) and kind in set(AuditKind)):
        raise UnreadableInput(name=f"{entrance} {kind} {owner}", problem=Message(NOT_CHOSEN))
    until = read_day(form.get("until", "").strip())
    return ExceptionWish(int(entrance), AuditKind(kind), form.get("number", ""), int(owner), until)


def read_day(text: str) -> date | None:
    """Return the day in a form's field, None where it is empty.

    Raises UnreadableInput.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as wrong:
        raise UnreadableInput(name=text, problem=Message(NOT_A_DAY)) from wrong
