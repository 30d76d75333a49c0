"""Running one job: started, followed, ended in the database whatever happens to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog

from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message, marked
from geo_app.persistence.database import Database
from geo_app.persistence.jobs import JobState

MOST_ATTEMPTS = 3
FAULT = marked("A fault in the program; whoever runs it finds it in the log.")
log = structlog.get_logger()


class JobCancelled(DomainError):
    """Somebody asked the job to stop."""

    pattern = "The job was cancelled; nothing was written."


@dataclass(frozen=True, slots=True)
class Run:
    """What a task works with: the database, its job, and a way to tell how far it is."""

    database: Database
    job: JobState

    def progress(self, done: int, total: int | None = None) -> None:
        """Tell how far the work is, in a transaction of its own.

        Raises:
            JobCancelled: somebody asked it to stop; the task's own transaction is then rolled back.
        """
        with self.database.transaction() as register:
            if register.jobs.advance(self.job.id, done, total):
                raise JobCancelled


Task = Callable[[Run], dict[str, Any] | None]


def run_job(database: Database, tasks: dict[str, Task], job_id: int) -> None:
    """Run a job to its end; a refusal ends it with its sentence, a programming error as failed and in the log."""
    with database.transaction() as register:
        if not register.jobs.start(job_id):
            return
        job = register.jobs.get(job_id)
    if job.attempts > MOST_ATTEMPTS:
        _finish(database, job_id, "failed", Message(marked("Given up after {tries} tries."), {"tries": MOST_ATTEMPTS}))
        return
    try:
        result = tasks[job.task](Run(database, job))
    except JobCancelled as refusal:
        _finish(database, job_id, "cancelled", refusal.message)
    except DomainError as refusal:
        _finish(database, job_id, "failed", refusal.message)
    except Exception:  # the edge of the process: the worker lives on, the person is told, the log has the trace
        log.exception("job failed", job_id=job_id, task=job.task)
        _finish(
            database, job_id, "failed", Message(marked("A fault in the program; whoever runs it finds it in the log."))
        )
    else:
        _finish(database, job_id, "done", None, result)


def _finish(
    database: Database, job_id: int, status: str, message: Message | None, result: dict[str, Any] | None = None
) -> None:
    with database.transaction() as register:
        register.jobs.finish(job_id, status, message, result)
