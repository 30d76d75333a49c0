"""Matching files on pages: a file sent, its column of addresses chosen, matched by a job, fetched from its page."""

from pathlib import PurePosixPath
from typing import Any

from apiflask import APIBlueprint
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from geo_app.domain.errors import DomainError, UnreadableInput
from geo_app.domain.match_batch import address_column
from geo_app.domain.message import Message, marked
from geo_app.exchange.kept_files import KeptFile, keep, kept
from geo_app.exchange.language import render
from geo_app.exchange.match_files import FirstRows, first_rows
from geo_app.services.jobs import ask_for_job, latest_jobs
from geo_app.web.context import actor, parts, today, transaction
from geo_app.web.errors import status_of
from geo_app.web.language import language
from geo_app.web.permission import needs

bp = APIBlueprint("match_batch", __name__, enable_openapi=False)

MATCHES = marked("Match {file}")
NO_FILE = marked("choose a file first.")
LATEST = 10
MATCHED = "-比对结果"
PACKED = frozenset({".gz", ".zip"})
OWN_ENDINGS = frozenset({".xlsx", ".xls"})
"""What came as a workbook goes back as one, all else as CSV."""


@bp.get("/match")
@needs("match.run")
def batch() -> ResponseReturnValue:
    """Offer to send a file, and list one's own latest."""
    with transaction() as register:
        jobs = latest_jobs(register, actor(), "match", LATEST)
    return render_template("search/batch.html", jobs=jobs)


@bp.post("/match/files")
@needs("match.run")
def send() -> ResponseReturnValue:
    """Keep a file and go on to its first rows."""
    given = request.files.get("file")
    if given is None or not given.filename:
        raise UnreadableInput(name="-", problem=Message(NO_FILE))
    file = keep(parts().settings.home, given.stream, given.filename)
    return redirect(url_for("match_batch.look", sha256=file.sha256, name=file.name))


@bp.get("/match/files/<sha256>/<name>")
@needs("match.run")
def look(sha256: str, name: str) -> ResponseReturnValue:
    """Show the first rows of a file and ask which column holds the addresses."""
    return _preview(kept(parts().settings.home, sha256, name), None)


@bp.post("/match/files/<sha256>/<name>")
@needs("match.run")
def match(sha256: str, name: str) -> ResponseReturnValue:
    """Ask for the job that matches the file."""
    file = kept(parts().settings.home, sha256, name)
    try:
        arguments = _arguments(file, first_rows(file.path))
    except DomainError as refusal:
        return _preview(file, refusal)
    with transaction() as register:
        who, title = actor(arguments["reason"]), Message(MATCHES, {"file": file.name})
        job_id = ask_for_job(register, who, "match", arguments, title)
    return redirect(url_for("jobs.job", job_id=job_id))


def _arguments(file: KeptFile, shown: FirstRows) -> dict[str, Any]:
    column = request.form.get("column", "")
    shown.require(column)
    return {
        "path": str(file.path),
        "column": column,
        "folder": str(parts().settings.home / "matches"),
        "name": matched_name(file.name),
        "today": today().isoformat(),
        "reason": request.form.get("reason", "").strip() or file.name,
        "language": language(),
    }


def matched_name(name: str) -> str:
    """Return what the matched file of a file is called: 名单.xlsx → 名单-比对结果.xlsx."""
    path = PurePosixPath(name)
    if path.suffix.lower() in PACKED:
        path = path.with_suffix("")
    ending = ".xlsx" if path.suffix.lower() in OWN_ENDINGS else ".csv"
    return f"{path.stem}{MATCHED}{ending}"


def _preview(file: KeptFile, refusal: DomainError | None) -> ResponseReturnValue:
    shown: FirstRows | None = None
    try:
        shown = first_rows(file.path)
    except DomainError as unreadable:
        refusal = refusal or unreadable
    guess = request.form.get("column") or (address_column(shown.heading, shown.rows) if shown else "")
    told = render(refusal.message, language()) if refusal else None
    page = render_template("search/batch_file.html", file=file, shown=shown, guess=guess, fault=told)
    return page, status_of(refusal) if refusal else 200
