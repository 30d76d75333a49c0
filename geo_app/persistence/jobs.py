"""Background jobs: asked for in the caller's transaction, followed by whoever asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.orm import Session

from geo_app.domain.errors import NotFound
from geo_app.domain.message import Message
from geo_app.persistence.message_json import message_from, message_to
from geo_app.persistence.paging import Page, Paging
from geo_app.persistence.tables import Job

DEFER = text(
    "select procrastinate_defer_jobs_v1(array[row('default', 'run_job', 0, null, null,"
    " jsonb_build_object('job_id', cast(:job_id as bigint)), null)::procrastinate_job_to_defer_v1])"
)


@dataclass(frozen=True, slots=True)
class JobState:
    """One job as people see it."""

    id: int
    task: str
    arguments: dict[str, Any]
    title: Message
    account_id: int
    status: str
    done: int
    total: int | None
    message: Message | None
    result: dict[str, Any] | None
    cancel_asked: bool
    attempts: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class Jobs:
    """The jobs of the register's database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, account_id: int, task: str, arguments: dict[str, Any], title: Message) -> int:
        """Ask for a job; it starts once the caller's transaction is committed."""
        job_id = self._session.execute(
            insert(Job)
            .values(account_id=account_id, task=task, arguments=arguments, title=message_to(title))
            .returning(Job.id)
        ).scalar_one()
        self.queue(job_id)
        return job_id

    def queue(self, job_id: int) -> None:
        """Put a job into the queue, for the first time or again."""
        self._session.execute(DEFER, {"job_id": job_id})

    def get(self, job_id: int) -> JobState:
        """Return a job.

        Raises:
            NotFound: there is none of this number.
        """
        row = self._session.get(Job, job_id, populate_existing=True)
        if row is None:
            raise NotFound(what=Message("job"), key=job_id)
        return _state(row)

    def page(self, account_id: int | None, paging: Paging) -> Page[JobState]:
        """Return a page of jobs, newest first; of one account, or of all (None)."""
        wanted = select(Job) if account_id is None else select(Job).where(Job.account_id == account_id)
        total = self._session.scalar(select(func.count()).select_from(wanted.subquery()))
        rows = self._session.scalars(wanted.order_by(Job.id.desc()).offset(paging.start).limit(paging.size))
        return Page(tuple(_state(row) for row in rows), total or 0, paging)

    def latest(self, account_id: int, task: str, count: int) -> list[JobState]:
        """Return an account's latest jobs of one kind, newest first."""
        wanted = select(Job).where(Job.account_id == account_id, Job.task == task)
        return [_state(row) for row in self._session.scalars(wanted.order_by(Job.id.desc()).limit(count))]

    def start(self, job_id: int) -> bool:
        """Mark a waiting or interrupted job as running; false when there is nothing left to do for it."""
        started = self._session.execute(
            update(Job)
            .where(Job.id == job_id, Job.status.in_(("waiting", "running")), ~Job.cancel_asked)
            .values(status="running", started_at=func.now(), attempts=Job.attempts + 1, done=0)
            .returning(Job.id)
        )
        return started.first() is not None

    def advance(self, job_id: int, done: int, total: int | None) -> bool:
        """Record progress; true when the job was asked to stop."""
        asked = self._session.execute(
            update(Job).where(Job.id == job_id).values(done=done, total=total).returning(Job.cancel_asked)
        )
        return bool(asked.scalar_one())

    def finish(self, job_id: int, status: str, message: Message | None, result: dict[str, Any] | None = None) -> None:
        """Record what came of a job."""
        told = message_to(message) if message else None
        self._session.execute(
            update(Job)
            .where(Job.id == job_id)
            .values(status=status, message=told, result=result, finished_at=func.now())
        )

    def ask_cancel(self, job_id: int) -> None:
        """Ask a job to stop: at once when it waits, else at its next step."""
        self._session.execute(update(Job).where(Job.id == job_id).values(cancel_asked=True))
        self._session.execute(
            update(Job)
            .where(Job.id == job_id, Job.status == "waiting")
            .values(status="cancelled", finished_at=func.now())
        )

    def wait_again(self, job_id: int) -> None:
        """Put an ended job back to its beginning."""
        fresh = {"status": "waiting", "done": 0, "message": None, "result": None, "cancel_asked": False}
        self._session.execute(update(Job).where(Job.id == job_id).values(**fresh, started_at=None, finished_at=None))
        self.queue(job_id)


def _state(row: Job) -> JobState:
    fields = {name: getattr(row, name) for name in JobState.__slots__ if name not in ("title", "message")}
    return JobState(**fields, title=message_from(row.title), message=message_from(row.message) if row.message else None)
