"""Exports on pages: layer, format and area chosen, written by a job, fetched from its page."""

from dataclasses import dataclass
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
from geo_app.persistence.register import Register
from geo_app.services.jobs import ask_for_job
from geo_app.web.context import actor, parts, today, transaction
from geo_app.web.errors import status_of
from geo_app.web.language import language
from geo_app.web.permission import needs

bp = APIBlueprint("exports", __name__, enable_openapi=False)

WRITES = marked("Export {layer} as {file}")
NO_SUCH = marked("choose one from the list.")
NOT_A_DAY = marked("it is not a day such as 2026-03-01.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which layer is wanted of which area (a division's code, "" for all), as what kind of file, as of which day."""

    layer: ExportLayer
    kind: ExportFormat
    area: str
    as_of: date | None


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
        wanted = _wanted()
        with transaction() as register:
            job_id = ask_for_export(register, wanted, request.form.get("reason", ""))
    except DomainError as refusal:
        return _form(refusal)
    return redirect(url_for("jobs.job", job_id=job_id))


def ask_for_export(register: Register, wanted: Wanted, reason: str) -> int:
    """Ask for the job that writes a file, and return its number.

    Raises NotGranted.
    """
    require(actor(), Permission.EXPORT_RUN, wanted.area, today())
    name = f"{wanted.layer}-{wanted.area or 'all'}.{wanted.kind}"
    arguments = {
        "folder": str(parts().settings.home / "exports"),
        "name": name,
        "layer": wanted.layer.value,
        "area": wanted.area,
        "as_of": wanted.as_of.isoformat() if wanted.as_of else "",
        "today": today().isoformat(),
        "reason": reason.strip() or name,
        "language": language(),
    }
    title = Message(WRITES, {"layer": wanted.layer.word, "file": name})
    return ask_for_job(register, actor(arguments["reason"]), "export", arguments, title)


def _form(refusal: DomainError | None) -> ResponseReturnValue:
    told = render(refusal.message, language()) if refusal else None
    page = render_template("imports/export.html", layers=ExportLayer, formats=ExportFormat, fault=told)
    return page, status_of(refusal) if refusal else 200


def _wanted() -> Wanted:
    form = request.form
    layer, kind = form.get("layer", ""), form.get("format", "")
    if layer not in list(ExportLayer) or kind not in list(ExportFormat):
        raise UnreadableInput(name=f"{layer} {kind}", problem=Message(NO_SUCH))
    return Wanted(
        ExportLayer(layer), ExportFormat(kind), _area(form.get("area", "").strip()), _day(form.get("as_of", ""))
    )


def _area(text: str) -> str:
    if text and not (text.isascii() and text.isdigit()):
        raise UnreadableInput(name=text, problem=Message(NO_SUCH))
    return text


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as wrong:
        raise UnreadableInput(name=text, problem=Message(NOT_A_DAY)) from wrong
