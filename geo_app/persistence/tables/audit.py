"""Audits of the walls: monthly figures, the findings as of the latest run, exceptions that somebody answers for."""

from datetime import date, datetime
from typing import Any

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from geo_app.domain.position import SRID
from geo_app.persistence.tables.base import Base, Created, Dated, Key


class AuditRun(Base):
    """An audit of a whole county: its month, the day whose register it looked at; one for each month."""

    __tablename__ = "audit_run"
    __table_args__ = (
        UniqueConstraint("county_code", "month"),
        CheckConstraint("extract(day from month) = 1", name="month"),
    )

    id: Mapped[Key]
    county_code: Mapped[str]
    month: Mapped[date]
    as_of: Mapped[date]
    streets: Mapped[int]
    doors: Mapped[int]
    explained: Mapped[float | None]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ran_at: Mapped[Created]


class AuditConformance(Base):
    """One figure of a run: of the doors of a village (none: outside all) that a measure can judge, how many conform."""

    __tablename__ = "audit_conformance"
    __table_args__ = (
        UniqueConstraint("run_id", "measure", "village_id", postgresql_nulls_not_distinct=True),
        CheckConstraint("tested > 0 and broken between 0 and tested and excepted between 0 and broken", name="counts"),
    )

    id: Mapped[Key]
    run_id: Mapped[int] = mapped_column(ForeignKey("audit_run.id", ondelete="CASCADE"))
    measure: Mapped[str]
    village_id: Mapped[int | None] = mapped_column(ForeignKey("division.id", ondelete="CASCADE"), index=True)
    tested: Mapped[int]
    broken: Mapped[int]
    excepted: Mapped[int]


class AuditFinding(Base):
    """A finding of a door, the measures it breaks; when it was first and last seen, and from when on it was gone."""

    __tablename__ = "audit_finding"
    __table_args__ = (
        UniqueConstraint("entrance_id", "kind"),
        Index("ix_audit_finding_county_code_kind", "county_code", "kind"),
        CheckConstraint("severity in ('error', 'warning', 'info')", name="severity"),
    )

    id: Mapped[Key]
    county_code: Mapped[str]
    street_id: Mapped[int] = mapped_column(ForeignKey("street.id", ondelete="CASCADE"), index=True)
    entrance_id: Mapped[int] = mapped_column(ForeignKey("entrance.id", ondelete="CASCADE"))
    village_id: Mapped[int | None] = mapped_column(ForeignKey("division.id", ondelete="SET NULL"), index=True)
    kind: Mapped[str]
    severity: Mapped[str]
    number: Mapped[str]
    message: Mapped[dict[str, Any]]
    proposal: Mapped[str] = mapped_column(server_default="")
    breaks: Mapped[list[str]] = mapped_column(ARRAY(Text))
    position: Mapped[WKBElement | None] = mapped_column(Geometry("POINT", srid=SRID, spatial_index=False))
    first_seen: Mapped[date]
    last_seen: Mapped[date]
    gone_on: Mapped[date | None]


class AuditException(Dated, Base):
    """A finding that an account answers for; it holds on the days of `valid`, for the number it was accepted with."""

    __tablename__ = "audit_exception"
    __table_args__ = (
        # The database has the last word: one exception of a kind for a door at a time.
        ExcludeConstraint(
            ("entrance_id", "="), ("kind", "="), ("valid", "&&"), name="ex_audit_exception_one_at_a_time", using="gist"
        ),
        Index("ix_audit_exception_street_id", "street_id"),
    )

    id: Mapped[Key]
    county_code: Mapped[str]
    street_id: Mapped[int] = mapped_column(ForeignKey("street.id", ondelete="CASCADE"))
    entrance_id: Mapped[int] = mapped_column(ForeignKey("entrance.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    number: Mapped[str] = mapped_column(server_default="")
    reason: Mapped[str]
    owner_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    accepted_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    accepted_at: Mapped[Created]
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    revoked_at: Mapped[datetime | None]
    revoked_reason: Mapped[str] = mapped_column(server_default=sql("''"))
