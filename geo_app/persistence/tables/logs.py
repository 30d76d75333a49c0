"""What was done and what was asked: both only ever grow."""

from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import INET
from sqlalchemy.orm import Mapped, mapped_column

from geo_app.persistence.tables.base import Base, Created, Key


class ChangeEntry(Base):
    """A write to the register: who, why, which verb, on what. Public facts; no personal data."""

    __tablename__ = "change_entry"
    __table_args__ = (Index("ix_change_entry_subject_kind_subject_key", "subject_kind", "subject_key"),)

    id: Mapped[Key]
    at: Mapped[Created]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    reason: Mapped[str]
    verb: Mapped[str]
    subject_kind: Mapped[str]
    subject_key: Mapped[str]
    detail: Mapped[dict[str, Any] | None]


class AccessEntry(Base):
    """A sign-in, a refusal, a use of a right; written by the role `geo_audit`, which may only append."""

    __tablename__ = "access_entry"
    __table_args__ = (Index("ix_access_entry_at", "at"), Index("ix_access_entry_account_id_at", "account_id", "at"))

    id: Mapped[Key]
    at: Mapped[Created]
    account_id: Mapped[int | None]
    event: Mapped[str]
    outcome: Mapped[str]
    route: Mapped[str]
    detail: Mapped[dict[str, Any] | None]
    remote: Mapped[str | None] = mapped_column(INET)
