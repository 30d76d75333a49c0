"""Background work as whoever asked for it sees it: how far it is, what came of it, stopping and trying again."""

from collections.abc import Callable
from pathlib import Path

from apiflask import APIBlueprint
from flask import redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from geo_app.domain.access import Actor
from geo_app.domain.errors import DomainError, NotFound
from geo_app.domain.message import Message, marked
from geo_app.exchange.language import render
from geo_app.persistence.jobs import JobState
from geo_app.persistence.register import Register
from geo_app.services import jobs as service
from geo_app.web.context import actor, transaction
from geo_app.web.errors import status_of
from geo_app.web.language import language
from geo_app.web.listing import parse_listing
from geo_app.web.permission import needs

bp = APIBlueprint("jobs", __name__, enable_openapi=False)

LIVING = ("waiting", "running")


@bp.get("/jobs")
@needs("job.read")
def jobs() -> ResponseReturnValue:
    """List one's own jobs, newest first."""
    listing = parse_listing(request.args, sorts=("id",), usual="-id")
    with transaction() as register:
        page = service.own_jobs(register, actor(), listing)
    return render_template("jobs/list.html", jobs=page.items, total=page.total, listing=listing)


@bp.get("/jobs/<int:job_id>")
@needs("job.read")
def job(job_id: int) -> ResponseReturnValue:
    """Show one job; the page asks again while it runs."""
    with transaction() as register:
        found = service.own_job(register, actor(), job_id)
    return render_template("jobs/job.html", job=found, living=found.status in LIVING, fault=None)


@bp.post("/jobs/<int:job_id>/cancellation")
@needs("job.cancel")
def cancel(job_id: int) -> ResponseReturnValue:
    """Ask a job to stop."""
    return _step(job_id, service.cancel_job)


@bp.post("/jobs/<int:job_id>/retry")
@needs("job.read")
def retry(job_id: int) -> ResponseReturnValue:
    """Try a job again."""
    return _step(job_id, service.retry_job)


@bp.get("/jobs/<int:job_id>/file")
@needs("job.read")
def file(job_id: int) -> ResponseReturnValue:
    """Send the file that a job made: an export, or the report of a rehearsal."""
    return send_made_file(job_id)


def send_made_file(job_id: int) -> ResponseReturnValue:
    """Answer the file that a job of whoever asks made.

    Raises NotFound.
    """
    with transaction() as register:
        found = service.own_job(register, actor(), job_id)
    path = _made(found)
    if found.status != "done" or not path.is_file():
        raise NotFound(what=Message(marked("file of job")), key=job_id)
    return send_file(path, as_attachment=True, download_name=path.name)


def _made(found: JobState) -> Path:
    told = found.arguments
    if found.task in ("export", "match"):
        return Path(told["folder"]) / str(found.id) / str(told["name"])
    return Path(told["path"]).with_name(f"{found.id}-report.csv")


def _step(job_id: int, step: Callable[[Register, Actor, int], None]) -> ResponseReturnValue:
    try:
        with transaction() as register:
            step(register, actor(request.form.get("reason", "")), job_id)
    except DomainError as refusal:
        if isinstance(refusal, NotFound):
            raise
        with transaction() as register:
            found = service.own_job(register, actor(), job_id)
        shown = {"job": found, "living": found.status in LIVING, "fault": render(refusal.message, language())}
        return render_template("jobs/job.html", **shown), status_of(refusal)
    return redirect(url_for("jobs.job", job_id=job_id))
