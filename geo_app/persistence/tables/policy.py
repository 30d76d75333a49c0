"""What the office decided about access: numbers and lists with defaults in the domain."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from geo_app.persistence.tables.base import Base


class PolicyChoice(Base):
    """One setting that differs, or once differed, from its default; the journal has each change."""

    __tablename__ = "policy_setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSONB)
    version: Mapped[int] = mapped_column(server_default=text("1"))
    set_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
