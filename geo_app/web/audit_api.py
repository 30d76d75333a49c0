"""Audits over the API: a street, exceptions, figures of a county, the work list, asking for an audit."""

import json
from typing import Any

from apiflask import APIBlueprint
from flask import url_for
from flask.typing import ResponseReturnValue

from geo_app.domain.audit_exception import ExceptionWish
from geo_app.domain.audit_figures import Figure
from geo_app.exchange.language import render
from geo_app.persistence.message_json import message_from
from geo_app.persistence.queries.audit_figures import MonthRun, audit_months, village_figures, village_shapes
from geo_app.persistence.queries.audit_lists import exception_page, finding_page
from geo_app.persistence.queries.listing import Listing
from geo_app.persistence.register import Register
from geo_app.services import jobs
from geo_app.services.audit import accept_exception, audit_street, revoke_exception
from geo_app.services.audit_county import month_of
from geo_app.web.api import (
    IF_MATCH,
    READING,
    STEPPING,
    WRITING,
    Reason,
    decided,
    expected_version,
    iso,
    page_of,
    tagged,
)
from geo_app.web.audit import areas_seen, ask_for_audit, read_month, villages_of
from geo_app.web.audit_models import (
    ExceptionAsked,
    ExceptionPage,
    ExceptionsAsked,
    ExceptionShown,
    FiguresAsked,
    FiguresShown,
    FindingPage,
    FindingsAsked,
    RunAsked,
    StreetAuditShown,
    VillagesAsked,
    VillagesShown,
)
from geo_app.web.audit_shown import shown_audit, shown_figures
from geo_app.web.context import actor, today, transaction
from geo_app.web.jobs_api import JobShown, shown_job
from geo_app.web.language import language
from geo_app.web.permission import needs

bp = APIBlueprint("audit_api", __name__, url_prefix="/api/v1", tag="Audit")


@bp.get("/streets/<int:street_id>/audit")
@needs("audit.read")
@bp.output(StreetAuditShown)
@bp.doc(summary="Audit a street as it stands: scheme, findings, proposals, figures", responses=READING)
def show_street(street_id: int) -> ResponseReturnValue:
    """Answer how a street is numbered and what breaks that."""
    with transaction() as register:
        view = audit_street(register, street_id, actor(), today())
        return shown_audit(register.streets.listing(street_id), view.audit)


@bp.get("/audit/exceptions")
@needs("audit.read")
@bp.input(ExceptionsAsked, location="query", arg_name="asked")
@bp.output(ExceptionPage)
@bp.doc(summary="List the exceptions, those that ended too", responses=READING)
def list_exceptions(asked: ExceptionsAsked) -> ResponseReturnValue:
    """Answer one page of exceptions, the latest first."""
    given = {"kind": asked.kind, "state": asked.state, "name": asked.name, "owner": asked.owner}
    filters = {name: value for name, value in given.items() if value}
    listing = Listing(asked.page, asked.size, sort="since", descending=True, filters=filters)
    with transaction() as register:
        page = exception_page(register.session, listing, areas_seen(), today())
    return page_of(page, [_exception_item(row) for row in page.items])


@bp.post("/audit/exceptions")
@needs("audit.accept")
@bp.input(ExceptionAsked, arg_name="body")
@bp.output(ExceptionShown, status_code=201)
@bp.doc(summary="Accept a finding as an exception", responses=WRITING)
def accept(body: ExceptionAsked) -> ResponseReturnValue:
    """Write an exception; the finding is no longer open."""
    wish = ExceptionWish(body.entrance_id, body.kind, body.number, body.owner_id, body.until)
    with transaction() as register:
        return _exception(register, accept_exception(register, wish, decided(body.reason)), 201)


@bp.post("/audit/exceptions/<int:exception_id>/revocation")
@needs("audit.accept")
@bp.input(Reason, arg_name="body")
@bp.output(ExceptionShown)
@bp.doc(summary="Revoke an exception", responses=STEPPING, extensions=IF_MATCH)
def revoke(exception_id: int, body: Reason) -> ResponseReturnValue:
    """End an exception today; the finding is open again."""
    decision = decided(body.reason, expected_version())
    with transaction() as register:
        revoke_exception(register, exception_id, decision)
        return _exception(register, exception_id, 200)


@bp.post("/audit/runs")
@needs("audit.run")
@bp.input(RunAsked, arg_name="body")
@bp.output(JobShown, status_code=202)
@bp.doc(summary="Ask for the audit of a county", responses=WRITING)
def run(body: RunAsked) -> ResponseReturnValue:
    """Answer the job that audits the county."""
    month = read_month(body.month) or month_of(today())
    with transaction() as register:
        job = jobs.own_job(register, actor(), ask_for_audit(register, body.county, month, body.reason))
    return shown_job(job), 202, {"Location": url_for("jobs_api.show_job", job_id=job.id)}


@bp.get("/audit/figures")
@needs("audit.read")
@bp.input(FiguresAsked, location="query", arg_name="asked")
@bp.output(FiguresShown)
@bp.doc(summary="Show the figures of a month by measure and village", responses=READING)
def figures(asked: FiguresAsked) -> ResponseReturnValue:
    """Answer the figures of the villages that the caller sees."""
    with transaction() as register:
        months = audit_months(register.session, asked.county)
        run = _run(months, asked.month)
        rows = villages_of(village_figures(register.session, run.id, areas_seen())) if run else []
    return {
        "month": f"{run.month:%Y-%m}" if run else None,
        "as_of": iso(run.as_of) if run else None,
        "months": [f"{one.month:%Y-%m}" for one in months],
        "villages": [{"code": row.code, "name": row.name, "figures": shown_figures(row.figures)} for row in rows],
    }


@bp.get("/audit/villages")
@needs("audit.read")
@bp.input(VillagesAsked, location="query", arg_name="asked")
@bp.output(VillagesShown)
@bp.doc(summary="Show the villages with one measure as a map layer", responses=READING)
def villages(asked: VillagesAsked) -> ResponseReturnValue:
    """Answer the outlines of all villages, with the share where the caller sees it and there is one."""
    with transaction() as register:
        run = _run(audit_months(register.session, asked.county), asked.month)
        rows = village_figures(register.session, run.id, areas_seen()) if run else []
        shapes = village_shapes(register.session, asked.county)
    shares = {row.division_id: row.figure.share for row in rows if row.measure == asked.measure}
    features = [
        {
            "geometry": json.loads(one.shape),
            "properties": {
                "division_id": one.division_id,
                "name": one.name,
                "share": shares.get(one.division_id, Figure().share),
                "derived": one.derived,
            },
        }
        for one in shapes
    ]
    return {"features": features}


@bp.get("/audit/findings")
@needs("audit.read")
@bp.input(FindingsAsked, location="query", arg_name="asked")
@bp.output(FindingPage)
@bp.doc(summary="List the findings of the latest audits", responses=READING)
def list_findings(asked: FindingsAsked) -> ResponseReturnValue:
    """Answer one page of the work list."""
    given = {"kind": asked.kind, "severity": asked.severity, "state": asked.state, "division": asked.division}
    filters = {name: value for name, value in given.items() if value}
    if asked.street is not None:
        filters["street"] = str(asked.street)
    listing = Listing(asked.page, asked.size, sort="severity", filters=filters)
    with transaction() as register:
        page = finding_page(register.session, listing, areas_seen(), today())
    return page_of(page, [_finding(row) for row in page.items])


def _run(months: list[MonthRun], text: str) -> MonthRun | None:
    wanted = read_month(text)
    return next((run for run in months if wanted in (None, run.month)), None)


def _exception(register: Register, exception_id: int, status: int) -> ResponseReturnValue:
    held = register.audit_exceptions.lock(exception_id)
    shown = {
        "id": held.id,
        "entrance_id": held.entrance_id,
        "kind": held.kind,
        "number": held.number,
        "owner": held.owner,
        "accepted_by": held.accepted_by,
        "reason": held.reason,
        "since": iso(held.since),
        "until": iso(held.until),
        "version": held.version,
    }
    return shown, status, tagged(held.version)


def _exception_item(row: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {
        name: getattr(row, name)
        for name in (
            *("id", "street_id", "street", "entrance_id", "kind", "number", "owner", "accepted_by", "reason"),
            *("held", "revoked_by", "revoked_reason", "version"),
        )
    }
    return shown | {"since": iso(row.since), "until": iso(row.until)}


def _finding(row: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {
        name: getattr(row, name)
        for name in (
            *("street_id", "street", "village", "entrance_id", "number", "kind", "severity", "proposal", "state"),
            *("lon", "lat"),
        )
    }
    days = {name: iso(getattr(row, name)) for name in ("first_seen", "last_seen", "gone_on")}
    return shown | days | {"message": render(message_from(row.message), language())}
