"""Background jobs as people see them: title, progress, outcome. The queue itself is procrastinate's."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from geo_app.persistence.tables.base import Base, Created, Key


class Job(Base):
    """One piece of long work: who asked, how far it is, what came of it."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("status in ('waiting', 'running', 'done', 'failed', 'cancelled')", name="status"),
        Index("ix_job_account_id_created_at", "account_id", "created_at"),
    )

    id: Mapped[Key]
    task: Mapped[str]
    arguments: Mapped[dict[str, Any]]
    title: Mapped[dict[str, Any]]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    status: Mapped[str] = mapped_column(server_default="waiting")
    done: Mapped[int] = mapped_column(server_default=text("0"))
    total: Mapped[int | None]
    message: Mapped[dict[str, Any] | None]
    result: Mapped[dict[str, Any] | None]
    cancel_asked: Mapped[bool] = mapped_column(server_default=text("false"))
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    queue_id: Mapped[int | None]
    created_at: Mapped[Created]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
