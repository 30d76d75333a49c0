"""Exports on pages: layer, format and area chosen, written by a job, fetched from its page."""

from datetime import date

from apiflask import APIBlueprint
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from geo_app.domain.access import require
from geo_app.domain.access_roles import Permission
from geo_app.domain.errors import DomainError, UnreadableInput
from geo_app.domain.exports import ExportLayer
from geo_app.domain.message import Message, marked
from geo_app.exchange.export import ExportFormat
from geo_app.exchange.language import render
from geo_app.services.jobs import ask_for_job
from geo_app.web.context import actor, parts, today, transaction
from geo_app.web.errors import status_of
from geo_app.web.language import language
from geo_app.web.permission import needs

bp = APIBlueprint("exports", __name__, enable_openapi=False)

WRITES = marked("Export {layer} as {file}")
NO_SUCH = marked("choose one from the list.")
NOT_A_DAY = marked("it is not a day such as 2026-03-01.")


@bp.get("/exports")
@needs("export.run")
def exports() -> ResponseReturnValue:
    """Show the form of an export."""
    return _form(None)


@bp.post("/exports")
@needs("export.run")
def export() -> ResponseReturnValue:
    """Ask for the job that writes the file."""
    try:
        arguments = _arguments()
        require(actor(), Permission.EXPORT_RUN, arguments["area"], today())
    except DomainError as refusal:
        return _form(refusal)
    title = Message(WRITES, {"layer": ExportLayer(arguments["layer"]).word, "file": arguments["name"]})
    with transaction() as register:
        job_id = ask_for_job(register, actor(arguments["reason"]), "export", arguments, title)
    return redirect(url_for("jobs.job", job_id=job_id))


def _form(refusal: DomainError | None) -> ResponseReturnValue:
    told = render(refusal.message, language()) if refusal else None
    page = render_template("imports/export.html", layers=ExportLayer, formats=ExportFormat, fault=told)
    return page, status_of(refusal) if refusal else 200


def _arguments() -> dict[str, str]:
    form = request.form
    layer, kind = form.get("layer", ""), form.get("format", "")
    if layer not in list(ExportLayer) or kind not in list(ExportFormat):
        raise UnreadableInput(name=f"{layer} {kind}", problem=Message(NO_SUCH))
    area = form.get("area", "").strip()
    name = f"{layer}-{area or 'all'}.{kind}"
    return {
        "folder": str(parts().settings.home / "exports"),
        "name": name,
        "layer": layer,
        "area": _area(area),
        "as_of": _day(form.get("as_of", "")),
        "today": today().isoformat(),
        "reason": name,
        "language": language(),
    }


def _area(text: str) -> str:
    if text and not (text.isascii() and text.isdigit()):
        raise UnreadableInput(name=text, problem=Message(NO_SUCH))
    return text


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as wrong:
        raise UnreadableInput(name=text, problem=Message(NOT_A_DAY)) from wrong
