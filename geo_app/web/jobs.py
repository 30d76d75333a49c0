"""Background work as whoever asked for it sees it: how far it is, what came of it, stopping and trying again."""

from collections.abc import Callable
from pathlib import Path

from apiflask import APIBlueprint
from flask import jsonify, redirect, render_template, request, send_file, url_for
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

JOB = marked("job")
LIVING = ("waiting", "running")


@bp.get("/jobs")
@needs("job.read")
def jobs() -> ResponseReturnValue:
    """List one's own jobs, newest first."""
    listing = parse_listing(request.args, sorts=("id",), usual="-id")
    with transaction() as register:
        found, total = register.jobs.recent(actor().account_id, (listing.page - 1) * listing.size, listing.size)
    return render_template("jobs/list.html", jobs=found, total=total, listing=listing)


@bp.get("/jobs/<int:job_id>")
@needs("job.read")
def job(job_id: int) -> ResponseReturnValue:
    """Show one job; the page asks again while it runs."""
    with transaction() as register:
        found = own_job(register, job_id)
    return render_template("jobs/job.html", job=found, living=found.status in LIVING, fault=None)


@bp.get("/api/v1/jobs/<int:job_id>")
@needs("job.read")
def state(job_id: int) -> ResponseReturnValue:
    """Answer how far a job is."""
    with transaction() as register:
        found = own_job(register, job_id)
    told = render(found.message, language()) if found.message else None
    shown = {"id": found.id, "task": found.task, "status": found.status, "done": found.done, "total": found.total}
    return jsonify(shown | {"title": render(found.title, language()), "message": told, "result": found.result})


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
    with transaction() as register:
        found = own_job(register, job_id)
    path = _made(found)
    if found.status != "done" or not path.is_file():
        raise NotFound(what=Message(marked("file of job")), key=job_id)
    return send_file(path, as_attachment=True, download_name=path.name)


def own_job(register: Register, job_id: int) -> JobState:
    """Return a job of whoever asks; nobody learns that there are others.

    Raises NotFound.
    """
    found = service.job_of(register, job_id)
    if found.account_id != actor().account_id:
        raise NotFound(what=Message(JOB), key=job_id)
    return found


def _made(found: JobState) -> Path:
    told = found.arguments
    if found.task == "export":
        return Path(told["folder"]) / str(found.id) / str(told["name"])
    return Path(told["path"]).with_name(f"{found.id}-report.csv")


def _step(job_id: int, step: Callable[[Register, Actor, int], None]) -> ResponseReturnValue:
    try:
        with transaction() as register:
            own_job(register, job_id)
            step(register, actor(request.form.get("reason", "")), job_id)
    except DomainError as refusal:
        if isinstance(refusal, NotFound):
            raise
        with transaction() as register:
            found = own_job(register, job_id)
        shown = {"job": found, "living": found.status in LIVING, "fault": render(refusal.message, language())}
        return render_template("jobs/job.html", **shown), status_of(refusal)
    return redirect(url_for("jobs.job", job_id=job_id))
