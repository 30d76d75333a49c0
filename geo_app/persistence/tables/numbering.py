"""Numbering plans: the numbers of a street or a village group before they are official."""

from datetime import datetime
from typing import Any

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from geo_app.domain.position import SRID
from geo_app.persistence.tables.base import Base, Created, Key

STATUSES = ("draft", "submitted", "approved", "published", "withdrawn", "undone")


class NumberingPlan(Base):
    """One proposal for one street or one village group: the rule, and by whom it was taken how far.

    `computed_on` is the state of that place, doors and addresses from which its numbers come; another state: outdated.
    """

    __tablename__ = "numbering_plan"
    __table_args__ = (
        CheckConstraint(f"status in {STATUSES}", name="status"),
        CheckConstraint("num_nonnulls(street_id, village_group_id) = 1", name="one_place"),
        Index("ix_numbering_plan_county_code_status", "county_code", "status"),
    )

    id: Mapped[Key]
    county_code: Mapped[str]
    street_id: Mapped[int | None] = mapped_column(ForeignKey("street.id"), index=True)
    title: Mapped[str] = mapped_column(server_default="")
    rule: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(server_default="draft")
    version: Mapped[int] = mapped_column(server_default=sql("1"))
    future_proof_score: Mapped[float | None]
    note: Mapped[str] = mapped_column(server_default="")
    created_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[Created]
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    submitted_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    approved_at: Mapped[datetime | None]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    published_at: Mapped[datetime | None]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("numbering_plan.id"), index=True)
    computed_on: Mapped[str] = mapped_column(server_default="")
    village_group_id: Mapped[int | None] = mapped_column(ForeignKey("village_group.id"), index=True)


class PlannedDoor(Base):
    """One door of a plan: its number and why; empty when the rule found none.

    `moved`: the planner takes it off the number it has; `before`: what publishing replaced.
    """

    __tablename__ = "planned_door"
    __table_args__ = (UniqueConstraint("plan_id", "entrance_id"),)

    id: Mapped[Key]
    plan_id: Mapped[int] = mapped_column(ForeignKey("numbering_plan.id", ondelete="CASCADE"))
    entrance_id: Mapped[int] = mapped_column(ForeignKey("entrance.id"), index=True)
    line_key: Mapped[str | None]
    side: Mapped[str | None]
    metres: Mapped[float | None]
    number: Mapped[int | None]
    suffix: Mapped[str | None]
    sub_number: Mapped[int | None]
    text: Mapped[str] = mapped_column(server_default="")
    kept: Mapped[bool] = mapped_column(server_default=sql("false"))
    by_hand: Mapped[bool] = mapped_column(server_default=sql("false"))
    moved: Mapped[bool] = mapped_column(server_default=sql("false"))
    reason: Mapped[dict[str, Any]]
    before: Mapped[dict[str, Any] | None]
    address_id: Mapped[str | None] = mapped_column(ForeignKey("standard_address.id"), index=True)


class PlanFinding(Base):
    """A broken quality rule in a plan, with the place it concerns (SRID 4490)."""

    __tablename__ = "plan_finding"

    id: Mapped[Key]
    plan_id: Mapped[int] = mapped_column(ForeignKey("numbering_plan.id", ondelete="CASCADE"), index=True)
    entrance_id: Mapped[int | None] = mapped_column(ForeignKey("entrance.id"))
    kind: Mapped[str]
    severity: Mapped[str]
    message: Mapped[dict[str, Any]]
    position: Mapped[WKBElement | None] = mapped_column(Geometry("POINT", srid=SRID, spatial_index=False))
