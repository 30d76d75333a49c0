"""The work list of findings and the list of exceptions, on pages and as files."""

from collections.abc import Iterator
from typing import Any

from apiflask import APIBlueprint
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from geo_app.domain.errors import DomainError, NotFound, NotPermitted
from geo_app.domain.message import Message, marked
from geo_app.exchange.language import render
from geo_app.persistence.message_json import message_from
from geo_app.persistence.queries import audit_lists as lists
from geo_app.persistence.queries.board import townships
from geo_app.services.audit import revoke_exception
from geo_app.web import audit_words as words
from geo_app.web.api import decided
from geo_app.web.audit import areas_seen
from geo_app.web.context import today, transaction
from geo_app.web.downloads import send_table
from geo_app.web.errors import status_of
from geo_app.web.language import language
from geo_app.web.listing import parse_listing
from geo_app.web.notices import tell
from geo_app.web.permission import needs

bp = APIBlueprint("audit_lists", __name__, enable_openapi=False)

REVOKED = marked("The exception is revoked; the finding is open again.")


@bp.get("/audit/findings")
@needs("audit.read")
def findings() -> ResponseReturnValue:
    """Show the findings of the latest audits as a work list."""
    listing = parse_listing(request.args, sorts=lists.FINDING_SORTS, filters=lists.FINDING_FILTERS, usual="severity")
    with transaction() as register:
        page = lists.finding_page(register.session, listing, areas_seen(), today())
        towns = townships(register.session)
    return render_template(
        "audit/findings.html",
        listing=listing,
        page=page,
        townships=towns,
        audit_words=words,
        message_of=message_from,
        asked={name: value for name, value in request.args.items() if name in lists.FINDING_FILTERS},
    )


@bp.get("/audit/findings/table.<ending>")
@needs("audit.read")
def findings_table(ending: str) -> ResponseReturnValue:
    """Send the findings that the filters want as CSV or XLSX."""
    listing = parse_listing(request.args, sorts=lists.FINDING_SORTS, filters=lists.FINDING_FILTERS)
    heading = (
        *(gettext("Street"), gettext("Village"), gettext("House number"), gettext("Kind"), gettext("Severity")),
        *(gettext("Finding"), gettext("Proposed"), gettext("State"), gettext("First seen"), gettext("Last seen")),
        *(gettext("Settled on"), gettext("Longitude"), gettext("Latitude"), gettext("Door")),
    )
    with transaction() as register:
        rows = _finding_rows(lists.all_findings(register.session, listing, areas_seen(), today()))
        return send_table(gettext("Audit findings"), ending, heading, rows)


@bp.get("/audit/exceptions")
@needs("audit.read")
def exceptions() -> ResponseReturnValue:
    """Show exceptions: who answers for them, until when; and those that ended."""
    return _exceptions(None)


@bp.post("/audit/exceptions/<int:exception_id>/revocation")
@needs("audit.accept")
def revoke(exception_id: int) -> ResponseReturnValue:
    """End an exception."""
    version = request.form.get("version", 0, type=int)
    try:
        with transaction() as register:
            revoke_exception(register, exception_id, decided(request.form.get("reason", ""), version))
    except (NotFound, NotPermitted):
        raise
    except DomainError as refusal:
        return _exceptions(refusal)
    tell(Message(REVOKED), "ok")
    return redirect(url_for("audit_lists.exceptions"))


def _exceptions(refusal: DomainError | None) -> ResponseReturnValue:
    listing = parse_listing(request.args, sorts=lists.EXCEPTION_SORTS, filters=lists.EXCEPTION_FILTERS, usual="-since")
    with transaction() as register:
        page = lists.exception_page(register.session, listing, areas_seen(), today())
    fault = render(refusal.message, language()) if refusal else None
    shown = render_template("audit/exceptions.html", listing=listing, page=page, audit_words=words, fault=fault)
    return shown, status_of(refusal) if refusal else 200


def _finding_rows(found: Iterator[Any]) -> Iterator[tuple[object, ...]]:
    for row in found:
        yield (
            *(row.street, row.village or "", row.number, words.kind_word(row.kind)),
            *(gettext(words.SEVERITIES[row.severity]), render(message_from(row.message), language()), row.proposal),
            *(gettext(words.STATES[row.state]), row.first_seen, row.last_seen, row.gone_on or ""),
            *(row.lon, row.lat, row.entrance_id),
        )
