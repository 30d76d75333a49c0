"""Imports on pages: a file sent, looked at, rehearsed, loaded as a job; past imports, their problems, undoing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from apiflask import APIBlueprint
from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from geo_app.domain.access import require
from geo_app.domain.access_roles import Permission
from geo_app.domain.errors import DomainError, UnreadableInput
from geo_app.domain.imports import FIELDS, FILE_LAYERS, Layer, require_fields
from geo_app.domain.message import Message, marked
from geo_app.exchange.imports import Preview, preview
from geo_app.exchange.kept_files import KeptFile, keep, kept
from geo_app.exchange.language import render
from geo_app.exchange.report import report_text
from geo_app.services.imports import require_county
from geo_app.services.imports_undo import all_problems, import_of, imports_page, problems_page, undo_import
from geo_app.services.jobs import ask_for_job
from geo_app.web.context import actor, parts, today, transaction
from geo_app.web.errors import status_of
from geo_app.web.language import language
from geo_app.web.listing import parse_listing
from geo_app.web.notices import tell
from geo_app.web.permission import needs

bp = APIBlueprint("imports", __name__, enable_openapi=False)

LOADS = marked("Import {file} into {layer}")
REHEARSES = marked("Check {file} for {layer}")
NO_FILE = marked("choose a file first.")
NOT_A_DAY = marked("it is not a day such as 2026-03-01.")


@bp.get("/imports")
@needs("import.run")
def imports() -> ResponseReturnValue:
    """List the imports, and offer to send a file."""
    listing = parse_listing(request.args, sorts=("id",), filters=("county",), usual="-id")
    with transaction() as register:
        page = imports_page(register, actor(), listing.filters.get("county", ""), listing, today())
    shown = {"imports": page.items, "total": page.total, "listing": listing}
    return render_template("imports/list.html", **shown, layers=FILE_LAYERS)


@bp.post("/imports/files")
@needs("import.run")
def send() -> ResponseReturnValue:
    """Keep a file and go on to its preview."""
    given = request.files.get("file")
    if given is None or not given.filename:
        raise UnreadableInput(name="-", problem=Message(NO_FILE))
    file = keep(parts().settings.home, given.stream, given.filename)
    layer = _layer(request.form)
    return redirect(url_for("imports.look", sha256=file.sha256, name=file.name, layer=layer.value))


def _layer(given: Mapping[str, str]) -> Layer:
    wanted = given.get("layer")
    return Layer(wanted) if wanted in FILE_LAYERS else Layer.ADDRESSES


@bp.get("/imports/files/<sha256>/<name>")
@needs("import.run")
def look(sha256: str, name: str) -> ResponseReturnValue:
    """Show the first rows of a file and ask which column is what."""
    layer = _layer(request.args)
    return _preview(kept(parts().settings.home, sha256, name), layer, None)


@bp.post("/imports/files/<sha256>/<name>")
@needs("import.run")
def load(sha256: str, name: str) -> ResponseReturnValue:
    """Ask for the job that rehearses or loads the file."""
    file = kept(parts().settings.home, sha256, name)
    layer = _layer(request.form)
    try:
        arguments = _arguments(file, layer)
        require(actor(), Permission.IMPORT_RUN, arguments["county"], today())
    except DomainError as refusal:
        return _preview(file, layer, refusal)
    title = Message(REHEARSES if arguments["rehearsal"] else LOADS, {"file": file.name, "layer": layer.word})
    with transaction() as register:
        job_id = ask_for_job(register, actor(arguments["reason"]), "import", arguments, title)
    return redirect(url_for("jobs.job", job_id=job_id))


@bp.get("/imports/<int:import_id>")
@needs("import.run")
def one(import_id: int) -> ResponseReturnValue:
    """Show an import with what was wrong with its rows."""
    return _one(import_id, None)


@bp.get("/imports/<int:import_id>/report.csv")
@needs("import.run")
def report(import_id: int) -> ResponseReturnValue:
    """Send the report of an import, to repair the file by."""
    with transaction() as register:
        text = report_text(all_problems(register, actor(), import_id, today()), language())
    disposition = {"Content-Disposition": f"attachment; filename=report-{import_id}.csv"}
    return Response("\ufeff" + text, mimetype="text/csv", headers=disposition)


@bp.post("/imports/<int:import_id>/undoing")
@needs("import.undo")
def undo(import_id: int) -> ResponseReturnValue:
    """Take the import back."""
    try:
        with transaction() as register:
            removed, restored = undo_import(register, actor(request.form.get("reason", "")), import_id, today())
    except DomainError as refusal:
        return _one(import_id, refusal)
    values = {"number": import_id, "removed": removed, "restored": restored}
    tell(Message(marked("Import {number} is undone: {removed} rows removed, {restored} restored."), values), "ok")
    return redirect(url_for("imports.one", import_id=import_id))


def _one(import_id: int, refusal: DomainError | None) -> ResponseReturnValue:
    listing = parse_listing(request.args, sorts=("row",))
    with transaction() as register:
        found = import_of(register, actor(), import_id, today())
        problems = problems_page(register, actor(), import_id, listing, today())
    told = render(refusal.message, language()) if refusal else None
    page = render_template("imports/one.html", run=found, problems=problems, listing=listing, fault=told)
    return page, status_of(refusal) if refusal else 200


def _preview(file: KeptFile, layer: Layer, refusal: DomainError | None) -> ResponseReturnValue:
    shown: Preview | None = None
    try:
        shown = preview(file.path)
    except DomainError as unreadable:
        refusal = refusal or unreadable
    told = render(refusal.message, language()) if refusal else None
    status = status_of(refusal) if refusal else 200
    page = render_template(
        "imports/preview.html", file=file, layer=layer, fields=FIELDS[layer], shown=shown, fault=told, today=today()
    )
    return page, status


def _arguments(file: KeptFile, layer: Layer) -> dict[str, Any]:
    form = request.form
    fields = {ours: form[f"field-{ours}"] for ours in FIELDS[layer] if form.get(f"field-{ours}")}
    text = fields.pop("text", "")
    return {
        "path": str(file.path),
        "layer": layer.value,
        "county": require_county(form.get("county", "").strip()),
        "day": _day(form.get("day", "")).isoformat(),
        "today": today().isoformat(),
        "reason": form.get("reason", "").strip() or file.name,
        "rehearsal": form.get("step") != "load",
        "crs": form.get("crs", "").strip(),
        "datum": form["datum"] if form.get("datum") in ("gcj02", "bd09") else "cgcs2000",
        "fields": dict(require_fields(layer, fields)),
        "text": text,
        "language": language(),
    }


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else today()
    except ValueError as wrong:
        raise UnreadableInput(name=text, problem=Message(NOT_A_DAY)) from wrong
