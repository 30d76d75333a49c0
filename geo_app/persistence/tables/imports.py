"""Files that were read into the register, and every row of them that was refused."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from geo_app.persistence.tables.base import Base, Created, Key

LAYERS = ("divisions", "outlines", "streets", "buildings", "entrances", "addresses", "demo")


class ImportRun(Base):
    """One file read into one layer; undoing it takes back all of its rows."""

    __tablename__ = "import_run"
    __table_args__ = (
        CheckConstraint(f"layer in {LAYERS}", name="layer"),
        CheckConstraint("status in ('running', 'done', 'failed', 'undone')", name="status"),
        Index("ix_import_run_county_code_started_at", "county_code", "started_at"),
    )

    id: Mapped[Key]
    county_code: Mapped[str]
    layer: Mapped[str]
    file_name: Mapped[str]
    sha256: Mapped[str]
    reference_system: Mapped[str] = mapped_column(server_default="CGCS2000")
    status: Mapped[str] = mapped_column(server_default="running")
    rows_read: Mapped[int] = mapped_column(server_default=text("0"))
    rows_accepted: Mapped[int] = mapped_column(server_default=text("0"))
    rows_corrected: Mapped[int] = mapped_column(server_default=text("0"))
    rows_unchanged: Mapped[int] = mapped_column(server_default=text("0"))
    rows_refused: Mapped[int] = mapped_column(server_default=text("0"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    started_at: Mapped[Created]
    finished_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class ImportProblem(Base):
    """A row, or one value of it, that could not be used: why, and what would help."""

    __tablename__ = "import_problem"
    __table_args__ = (CheckConstraint("severity in ('error', 'warning')", name="severity"),)

    id: Mapped[Key]
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id", ondelete="CASCADE"), index=True)
    row: Mapped[int]
    column: Mapped[str | None]
    value: Mapped[str | None]
    problem: Mapped[dict[str, Any]]
    suggestion: Mapped[dict[str, Any] | None]
    severity: Mapped[str] = mapped_column(server_default="error")
