"""Long work: asked for, watched, cancelled, tried again."""

from typing import Any

from geo_app.domain.access import Actor
from geo_app.domain.errors import DomainError, NotFound
from geo_app.domain.message import Message, marked
from geo_app.persistence.jobs import JobState
from geo_app.persistence.paging import Page, Paging
from geo_app.persistence.register import Register

JOB = marked("job")


class JobHasEnded(DomainError):
    """Only work that is still to do can be cancelled."""

    pattern = "This job has ended already."


class JobHasNotEnded(DomainError):
    """Only work that failed or was cancelled can be tried again."""

    pattern = "This job is not over yet, or was done; it cannot be tried again."


def ask_for_job(register: Register, actor: Actor, task: str, arguments: dict[str, Any], title: Message) -> int:
    """Ask for a job and return its number; it begins once the transaction is committed."""
    return register.jobs.add(actor.account_id, task, arguments, title)


def cancel_job(register: Register, actor: Actor, job_id: int) -> None:
    """Ask a job to stop; what it wrote so far is rolled back.

    Raises:
        NotFound, JobHasEnded
    """
    job = own_job(register, actor, job_id)
    if job.status not in ("waiting", "running"):
        raise JobHasEnded
    register.jobs.ask_cancel(job_id)
    register.journal.write(actor.account_id, actor.reason, "cancel", ("job", job_id))


def retry_job(register: Register, actor: Actor, job_id: int) -> None:
    """Try a failed or cancelled job again from its beginning.

    Raises:
        NotFound, JobHasNotEnded
    """
    job = own_job(register, actor, job_id)
    if job.status not in ("failed", "cancelled"):
        raise JobHasNotEnded
    register.jobs.wait_again(job_id)
    register.journal.write(actor.account_id, actor.reason, "retry", ("job", job_id))


def own_job(register: Register, actor: Actor, job_id: int) -> JobState:
    """Return a job of the actor as it stands; nobody learns that there are others.

    Raises:
        NotFound
    """
    found = register.jobs.get(job_id)
    if found.account_id != actor.account_id:
        raise NotFound(what=Message(JOB), key=job_id)
    return found


def own_jobs(register: Register, actor: Actor, paging: Paging) -> Page[JobState]:
    """Return a page of the actor's jobs, newest first."""
    return register.jobs.page(actor.account_id, paging)


def latest_jobs(register: Register, actor: Actor, task: str, count: int) -> list[JobState]:
    """Return the actor's latest jobs of one kind, newest first."""
    return register.jobs.latest(actor.account_id, task, count)
