"""Background work over the API: how far it is, stopping it, trying again, fetching the file it made."""

from collections.abc import Callable
from typing import Any

from apiflask import APIBlueprint, FileSchema
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field

from geo_app.domain.access import Actor
from geo_app.exchange.language import render
from geo_app.persistence.jobs import JobState
from geo_app.persistence.register import Register
from geo_app.services import jobs
from geo_app.web.api import READING, WRITING, Asked, PageOf, Reason, iso, page_of
from geo_app.web.context import actor, transaction
from geo_app.web.jobs import send_made_file
from geo_app.web.language import language
from geo_app.web.permission import needs

bp = APIBlueprint("jobs_api", __name__, url_prefix="/api/v1", tag="Jobs")


class JobShown(BaseModel):
    """A piece of long work."""

    id: int
    task: str = Field(description="import, export, audit")
    title: str
    status: str = Field(description="waiting, running, done, failed, cancelled")
    done: int = Field(description="Rows so far.")
    total: int | None
    message: str | None = Field(description="Why it failed or stopped.")
    result: dict[str, Any] | None = Field(description="What came of it; of an import the number and the counts.")
    attempts: int
    created_at: str
    started_at: str | None
    finished_at: str | None


class JobPage(PageOf[JobShown]):
    """One page of jobs."""


@bp.get("/jobs")
@needs("job.read")
@bp.input(Asked, location="query", arg_name="asked")
@bp.output(JobPage)
@bp.doc(summary="List one's own jobs, the latest first", responses=READING)
def list_jobs(asked: Asked) -> ResponseReturnValue:
    """Answer one page of the caller's jobs."""
    with transaction() as register:
        page = jobs.own_jobs(register, actor(), asked.paging)
    return page_of(page, [shown_job(job) for job in page.items])


@bp.get("/jobs/<int:job_id>")
@needs("job.read")
@bp.output(JobShown)
@bp.doc(summary="Show how far a job of one's own is", responses=READING)
def show_job(job_id: int) -> ResponseReturnValue:
    """Answer how far a job is."""
    with transaction() as register:
        return shown_job(jobs.own_job(register, actor(), job_id))


@bp.get("/jobs/<int:job_id>/file")
@needs("job.read")
@bp.output(FileSchema(type="string", format="binary"), content_type="*/*")
@bp.doc(summary="Fetch the file that a job made", responses=READING)
def job_file(job_id: int) -> ResponseReturnValue:
    """Answer an export, or the report of a rehearsal."""
    return send_made_file(job_id)


@bp.post("/jobs/<int:job_id>/cancellation")
@needs("job.cancel")
@bp.input(Reason, arg_name="body")
@bp.output(JobShown)
@bp.doc(summary="Ask a job to stop; what it wrote so far is taken back", responses=WRITING)
def cancel_job(job_id: int, body: Reason) -> ResponseReturnValue:
    """Stop a job."""
    return _step(jobs.cancel_job, job_id, body)


@bp.post("/jobs/<int:job_id>/retry")
@needs("job.read")
@bp.input(Reason, arg_name="body")
@bp.output(JobShown)
@bp.doc(summary="Try a failed or cancelled job again from its beginning", responses=WRITING)
def retry_job(job_id: int, body: Reason) -> ResponseReturnValue:
    """Put a job back into the queue."""
    return _step(jobs.retry_job, job_id, body)


def _step(step: Callable[[Register, Actor, int], None], job_id: int, body: Reason) -> dict[str, Any]:
    who = actor(body.reason)
    with transaction() as register:
        step(register, who, job_id)
        return shown_job(jobs.own_job(register, who, job_id))


def shown_job(job: JobState) -> dict[str, Any]:
    """Return a job as the API shows it."""
    return {
        "id": job.id,
        "task": job.task,
        "title": render(job.title, language()),
        "status": job.status,
        "done": job.done,
        "total": job.total,
        "message": render(job.message, language()) if job.message else None,
        "result": job.result,
        "attempts": job.attempts,
        "created_at": iso(job.created_at),
        "started_at": iso(job.started_at),
        "finished_at": iso(job.finished_at),
    }
