"""Changes of streets on pages: the form with its consequences, the change for the second person, lists as files."""

from io import BytesIO

from apiflask import APIBlueprint
from flask import abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from geo_app.domain.address import Decision
from geo_app.domain.errors import DomainError
from geo_app.domain.street_change import ChangeStatus, ChangeStep, ChangeVerb
from geo_app.exchange.export import ExportFormat
from geo_app.exchange.language import render
from geo_app.exchange.street_lists import ListedAddress, list_file
from geo_app.persistence.paging import Paging
from geo_app.persistence.queries.street_sheet import street_sheet
from geo_app.persistence.register import Register
from geo_app.persistence.street_changes import ChangeFilter, ChangeRecord
from geo_app.services import street_changes as service
from geo_app.services.street_consequences import Preview, preview_change, standing_of
from geo_app.web.context import actor, today, transaction
from geo_app.web.division_form import read_code
from geo_app.web.errors import status_of
from geo_app.web.language import language
from geo_app.web.listing import parse_listing
from geo_app.web.permission import needs
from geo_app.web.street_form import read_change
from geo_app.web.street_maps import street_settings

bp = APIBlueprint("street_changes", __name__, enable_openapi=False)

VERBS = [verb for verb in ChangeVerb if verb is not ChangeVerb.UNDO]
SHOWN = 60
"""Rows of a list that a page shows; the file has them all."""
STATUSES = [status.value for status in ChangeStatus]


@bp.get("/street-changes")
@needs("street.read")
def changes() -> ResponseReturnValue:
    """Show the changes of streets, the latest first."""
    listing = parse_listing(request.args, sorts=("id",), filters=("status", "division"), usual="-id")
    wanted = ChangeFilter(None, listing.filters.get("status", ""), read_code(listing.filters.get("division", "")))
    with transaction() as register:
        page = register.street_changes.page(wanted, Paging(listing.page, listing.size))
    return render_template("streets/changes.html", listing=listing, page=page, statuses=STATUSES, today=today())


@bp.get("/streets/<int:street_id>/changes/<verb>")
@needs("street.read")
def form(street_id: int, verb: str) -> ResponseReturnValue:
    """Show the form of a change, and its consequences where it is filled in."""
    return _form(street_id, _verb(verb), request.args, None)


@bp.post("/streets/<int:street_id>/changes/<verb>")
@needs("street.edit")
def submit(street_id: int, verb: str) -> ResponseReturnValue:
    """Hand a change over to a second person."""
    try:
        with transaction() as register:
            register.streets.get(street_id)
            asked = read_change(register, _verb(verb), street_id, request.form)
            change_id = service.submit_change(register, asked, _decided())
    except DomainError as refusal:
        return _form(street_id, _verb(verb), request.form, refusal)
    return redirect(url_for("street_changes.change", change_id=change_id))


@bp.get("/streets/<int:street_id>/changes/<verb>/addresses.<kind>")
@needs("street.read")
def preview_list(street_id: int, verb: str, kind: str) -> ResponseReturnValue:
    """Send the list old → new of what a form asks for."""
    with transaction() as register:
        preview = preview_change(register, read_change(register, _verb(verb), street_id, request.args))
    return _file(_listed(preview), preview.street.name, kind)


@bp.get("/street-changes/<int:change_id>")
@needs("street.read")
def change(change_id: int) -> ResponseReturnValue:
    """Show a change with what it does or did to every address."""
    return _page(change_id, None)


@bp.get("/street-changes/<int:change_id>/addresses.<kind>")
@needs("street.read")
def change_list(change_id: int, kind: str) -> ResponseReturnValue:
    """Send the list old → new of a change."""
    with transaction() as register:
        record = register.street_changes.get(change_id)
        rows = _rows_of(register, record)
    return _file(rows, record.street_name, kind)


@bp.post("/street-changes/<int:change_id>/approval")
@needs("street.approve")
def approve(change_id: int) -> ResponseReturnValue:
    """Approve the change as a second person; on its day it is carried out at once."""
    return _step(change_id, ChangeStep.APPROVE)


@bp.post("/street-changes/<int:change_id>/rejection")
@needs("street.approve")
def reject(change_id: int) -> ResponseReturnValue:
    """Reject the change as a second person."""
    return _step(change_id, ChangeStep.REJECT)


@bp.post("/street-changes/<int:change_id>/withdrawal")
@needs("street.edit")
def withdraw(change_id: int) -> ResponseReturnValue:
    """Take the change back before it happens."""
    return _step(change_id, ChangeStep.WITHDRAW)


@bp.post("/street-changes/<int:change_id>/execution")
@needs("street.approve")
def carry_out(change_id: int) -> ResponseReturnValue:
    """Carry out an approved change."""
    return _step(change_id, ChangeStep.CARRY_OUT)


@bp.post("/street-changes/<int:change_id>/undoing")
@needs("street.edit")
def undo(change_id: int) -> ResponseReturnValue:
    """Submit the change that takes this one back."""
    return _step(change_id, ChangeStep.UNDO)


_TAKE = {
    ChangeStep.APPROVE: service.approve_change,
    ChangeStep.REJECT: service.reject_change,
    ChangeStep.WITHDRAW: service.withdraw_change,
    ChangeStep.CARRY_OUT: service.carry_out_change,
    ChangeStep.UNDO: service.undo_change,
}


def _step(change_id: int, step: ChangeStep) -> ResponseReturnValue:
    try:
        with transaction() as register:
            made = _TAKE[step](register, change_id, _decided())
    except DomainError as refusal:
        return _page(change_id, refusal)
    shown = made if isinstance(made, int) else change_id
    return redirect(url_for("street_changes.change", change_id=shown))


def _decided() -> Decision:
    version = request.form.get("version", "0")
    seen = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    return Decision(actor(request.form.get("reason", "")), today(), seen)


def _verb(text: str) -> ChangeVerb:
    return next((verb for verb in VERBS if verb.value == text), None) or abort(404)


def _form(
    street_id: int, verb: ChangeVerb, given: MultiDict[str, str], refusal: DomainError | None
) -> ResponseReturnValue:
    with transaction() as register:
        sheet = street_sheet(register.session, street_id)
        preview, refused = _previewed(register, verb, street_id, given)
        streets = _others(register, street_id) if verb is ChangeVerb.MERGE else []
        divisions = register.divisions.as_of(today(), sheet.facts.county_code) if verb is ChangeVerb.TRANSFER else []
        settings = street_settings(register, street_id, preview.outcome.cut if preview else None)
    told = refusal or refused
    page = render_template(
        "streets/change_form.html", street=sheet.facts, verb=verb, given=given, preview=preview, settings=settings,
        fault=render(told.message, language()) if told else None, rows=_listed(preview)[:SHOWN] if preview else [],
        renumber=standing_of(preview) if preview else [], streets=streets, divisions=divisions, today=today(),
    )  # fmt: skip
    return page, status_of(told) if told else 200


def _previewed(
    register: Register, verb: ChangeVerb, street_id: int, given: MultiDict[str, str]
) -> tuple[Preview | None, DomainError | None]:
    """Return the consequences of a form that was filled in, or why there are none."""
    if "day" not in given:
        return None, None
    try:
        return preview_change(register, read_change(register, verb, street_id, given)), None
    except DomainError as refusal:
        return None, refusal


def _others(register: Register, street_id: int) -> list[tuple[int, str, str | None]]:
    county = register.streets.any(street_id).county_code
    return [(one.id, one.name, one.division) for one in register.street_names.all_of(county) if one.id != street_id]


def _page(change_id: int, refusal: DomainError | None) -> ResponseReturnValue:
    with transaction() as register:
        record = register.street_changes.get(change_id)
        on_its_way = record.life.status in {ChangeStatus.SUBMITTED, ChangeStatus.APPROVED}
        preview, refused = _consequences(register, record) if on_its_way else (None, None)
        rows = _listed(preview) if preview else _done(register, record)
        outdated = on_its_way and service.is_outdated(register, record)
        steps = service.steps_for(record, Decision(actor(), today(), record.life.version))
        settings = street_settings(register, record.street_id, preview.outcome.cut if preview else None)
    told = refusal or refused
    page = render_template(
        "streets/change.html", change=record, preview=preview, rows=rows[:SHOWN], total=len(rows), steps=steps,
        outdated=outdated, fault=render(told.message, language()) if told else None, settings=settings, today=today(),
        plates=sum(row.plate for row in rows),
    )  # fmt: skip
    return page, status_of(refusal) if refusal else 200


def _consequences(register: Register, record: ChangeRecord) -> tuple[Preview | None, DomainError | None]:
    try:
        return service.preview_of(register, record), None
    except DomainError as refusal:
        return None, refusal


def _rows_of(register: Register, record: ChangeRecord) -> list[ListedAddress]:
    if record.life.status in {ChangeStatus.SUBMITTED, ChangeStatus.APPROVED}:
        return _listed(service.preview_of(register, record))
    return _done(register, record)


def _listed(preview: Preview) -> list[ListedAddress]:
    """Return what a change would do to each address that it changes."""
    recoded = preview.request.verb is ChangeVerb.TRANSFER
    return [
        ListedAddress(
            one.before.id, one.before.kind.value, one.before.text, one.after.text, one.before.code or "",
            "" if recoded and one.changed else one.before.code or "", one.reads_otherwise,
        )
        for one in preview.outcome.moved
        if one.changed
    ]  # fmt: skip


def _done(register: Register, record: ChangeRecord) -> list[ListedAddress]:
    return [
        ListedAddress(
            line.address_id, line.kind, line.old_text, line.new_text, line.old_code or "", line.new_code or "",
            line.old_text != line.new_text,
        )
        for line in register.street_changes.lines(record.life.change_id)
    ]  # fmt: skip


def _file(rows: list[ListedAddress], name: str, kind: str) -> ResponseReturnValue:
    wanted = {"csv": ExportFormat.CSV_FOR_EXCEL, "xlsx": ExportFormat.XLSX}.get(kind) or abort(404)
    content = BytesIO(list_file(rows, wanted, language()))
    return send_file(content, as_attachment=True, download_name=f"{name}.{kind}", mimetype=_MIME[kind])


_MIME = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
