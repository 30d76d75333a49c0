"""Counter cases, the days on which their clocks stood still, and an office's settings for them."""

from datetime import date, datetime
from typing import Any

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy import Text as TextType
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from geo_app.domain.position import SRID
from geo_app.persistence.tables.base import Base, Created, Key

OPEN = "status not in ('done', 'rejected', 'withdrawn')"
UNDECIDED = "status not in ('approved', 'notified', 'done', 'rejected', 'withdrawn')"


class CounterCase(Base):
    """One case at the counter. Nothing in it says who came: no names of people, no ID numbers, no phones.

    `address_id` is the current address it is about, or from which a shop or household is divided; `reserved_id` the
    proposed address that holds its number since submission; `due_on` empty while papers are missing.
    """

    __tablename__ = "counter_case"
    __table_args__ = (
        CheckConstraint(
            "status in ('received', 'incomplete', 'checked', 'numbered', 'submitted', 'approved', 'notified', 'done',"
            " 'rejected', 'withdrawn')",
            name="status",
        ),
        CheckConstraint(
            "kind in ('new', 'temporary', 'formalise', 'change', 'reissue', 'cancel', 'proof')", name="kind"
        ),
        CheckConstraint("subject in ('household', 'shop', 'split_household', 'split_shop')", name="subject"),
        UniqueConstraint("county_code", "receipt_year", "receipt_serial"),
        UniqueConstraint("county_code", "notice_year", "notice_serial"),
        UniqueConstraint("receipt"),
        Index(
            "uq_counter_case_entrance", "entrance_id", unique=True,
            postgresql_where=sql(f"entrance_id is not null and {UNDECIDED}"),
        ),
        Index("ix_counter_case_due", "due_on", "id", postgresql_where=sql(OPEN)),
    )  # fmt: skip

    id: Mapped[Key]
    county_code: Mapped[str]
    receipt_year: Mapped[int]
    receipt_serial: Mapped[int]
    receipt: Mapped[str]
    notice_year: Mapped[int | None]
    notice_serial: Mapped[int | None]
    kind: Mapped[str]
    subject: Mapped[str]
    status: Mapped[str] = mapped_column(server_default="received")
    version: Mapped[int] = mapped_column(server_default=sql("1"))
    street_id: Mapped[int | None] = mapped_column(ForeignKey("street.id"), index=True)
    division_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"), index=True)
    entrance_id: Mapped[int | None] = mapped_column(ForeignKey("entrance.id"))
    address_id: Mapped[str | None] = mapped_column(ForeignKey("standard_address.id"), index=True)
    reserved_id: Mapped[str | None] = mapped_column(ForeignKey("standard_address.id"), index=True)
    position: Mapped[WKBElement | None] = mapped_column(Geometry("POINT", srid=SRID, spatial_index=False))
    address_text: Mapped[str] = mapped_column(server_default="")
    number: Mapped[int | None]
    suffix: Mapped[str | None]
    sub_number: Mapped[int | None]
    number_text: Mapped[str] = mapped_column(server_default="")
    number_reason: Mapped[dict[str, Any] | None]
    by_hand: Mapped[bool] = mapped_column(server_default=sql("false"))
    new_text: Mapped[str] = mapped_column(server_default="")
    shop_name: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")
    papers_required: Mapped[list[str]] = mapped_column(ARRAY(TextType))
    papers_seen: Mapped[list[str]] = mapped_column(ARRAY(TextType))
    site_checked: Mapped[bool] = mapped_column(server_default=sql("false"))
    received_on: Mapped[date]
    limit_days: Mapped[int]
    due_on: Mapped[date | None]
    opened_by: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    opened_at: Mapped[Created]
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_on: Mapped[date | None]
    notified_on: Mapped[date | None]
    made_up: Mapped[bool] = mapped_column(server_default=sql("false"))


class CasePause(Base):
    """Papers were asked for in writing; no day counts until they come."""

    __tablename__ = "case_pause"
    __table_args__ = (Index("uq_case_pause_open", "case_id", unique=True, postgresql_where=sql("supplied_on is null")),)

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("counter_case.id"), index=True)
    asked_on: Mapped[date]
    supplied_on: Mapped[date | None]
    papers: Mapped[list[str]] = mapped_column(ARRAY(TextType))


class CaseSetting(Base):
    """A section of a county's settings that differs, or once differed, from its default; changes are in the journal."""

    __tablename__ = "case_setting"
    __table_args__ = (CheckConstraint("section in ('papers', 'limits', 'calendar', 'office')", name="section"),)

    county_code: Mapped[str] = mapped_column(primary_key=True)
    section: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSONB)
    version: Mapped[int] = mapped_column(server_default=sql("1"))
    set_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[datetime] = mapped_column(server_default=sql("now()"))
