"""Matching files on pages: a file sent, its column of addresses chosen, matched by a job, fetched from its page."""

from apiflask import APIBlueprint
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from geo_app.domain.errors import DomainError, UnreadableInput
from geo_app.domain.match_batch import address_column
from geo_app.domain.message import Message, marked
from geo_app.exchange.imports import is_text_table
from geo_app.exchange.kept_files import KeptFile, keep, kept
from geo_app.exchange.language import render
from geo_app.exchange.match_files import FirstRows, first_rows
from geo_app.services.jobs import latest_jobs
from geo_app.services.match_batch import TASK, MatchOrder, ask_for_match
from geo_app.web.context import actor, parts, today, transaction
from geo_app.web.errors import status_of
from geo_app.web.language import language
from geo_app.web.permission import needs

bp = APIBlueprint("match_batch", __name__, enable_openapi=False)

NO_FILE = marked("choose a file first.")
LATEST = 10


@bp.get("/match")
@needs("match.run")
def batch() -> ResponseReturnValue:
    """Offer to send a file, and list one's own latest."""
    with transaction() as register:
        jobs = latest_jobs(register, actor(), TASK, LATEST)
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
    file, column = kept(parts().settings.home, sha256, name), request.form.get("column", "")
    try:
        if is_text_table(file.path):
            # Of a workbook all rows are read for the first: its job says when a column is not there.
            first_rows(file.path).require(column)
        order = MatchOrder(file, column, parts().settings.home, today(), language())
        with transaction() as register:
            job_id = ask_for_match(register, actor(request.form.get("reason", "").strip()), order)
    except DomainError as refusal:
        return _preview(file, refusal)
    return redirect(url_for("jobs.job", job_id=job_id))


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
