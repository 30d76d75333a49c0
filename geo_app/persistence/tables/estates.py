"""Estates, and the plans that number their buildings, units and rooms."""

from datetime import datetime
from typing import Any

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from geo_app.domain.position import SRID
from geo_app.persistence.tables.base import Base, Created, Dated, Key, Sourced
from geo_app.persistence.tables.numbering import STATUSES


class Estate(Dated, Sourced, Base):
    """A compound with one gate number; `gate_address_id` is the door address of its main gate (SRID 4490)."""

    __tablename__ = "estate"
    __table_args__ = (
        CheckConstraint("naming in ('proposed', 'approved', 'rejected', 'retired')", name="naming"),
        Index("uq_estate_name", "county_code", "name", unique=True, postgresql_where=sql("upper_inf(valid)")),
    )

    id: Mapped[Key]
    county_code: Mapped[str]
    division_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"), index=True)
    name: Mapped[str]
    naming: Mapped[str] = mapped_column(server_default="proposed")
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    boundary: Mapped[WKBElement | None] = mapped_column(Geometry("POLYGON", srid=SRID))
    gate: Mapped[WKBElement | None] = mapped_column(Geometry("POINT", srid=SRID, spatial_index=False))
    gate_address_id: Mapped[str | None] = mapped_column(ForeignKey("standard_address.id"), index=True)
    made_up: Mapped[bool] = mapped_column(server_default=sql("false"))
    note: Mapped[str] = mapped_column(server_default="")


class EstatePlan(Base):
    """One proposal for one estate: gate, boundary and rule, and by whom it was taken how far.

    `computed_on` is the version of the estate it was made on; `gate_is_new`: publishing makes the gate's address.
    """

    __tablename__ = "estate_plan"
    __table_args__ = (
        CheckConstraint(f"status in {STATUSES}", name="status"),
        Index("ix_estate_plan_county_code_status", "county_code", "status"),
    )

    id: Mapped[Key]
    county_code: Mapped[str]
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"), index=True)
    title: Mapped[str] = mapped_column(server_default="")
    rule: Mapped[dict[str, Any]]
    word: Mapped[str]
    reserved: Mapped[dict[str, Any]]
    boundary: Mapped[WKBElement | None] = mapped_column(Geometry("POLYGON", srid=SRID, spatial_index=False))
    gate: Mapped[WKBElement | None] = mapped_column(Geometry("POINT", srid=SRID, spatial_index=False))
    street_id: Mapped[int | None] = mapped_column(ForeignKey("street.id"), index=True)
    gate_number: Mapped[int | None]
    gate_suffix: Mapped[str | None]
    gate_sub_number: Mapped[int | None]
    gate_address_id: Mapped[str | None] = mapped_column(ForeignKey("standard_address.id"), index=True)
    gate_is_new: Mapped[bool] = mapped_column(server_default=sql("false"))
    buildings: Mapped[int] = mapped_column(server_default=sql("0"))
    units: Mapped[int] = mapped_column(server_default=sql("0"))
    rooms: Mapped[int] = mapped_column(server_default=sql("0"))
    status: Mapped[str] = mapped_column(server_default="draft")
    version: Mapped[int] = mapped_column(server_default=sql("1"))
    computed_on: Mapped[int]
    created_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[Created]
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    submitted_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    approved_at: Mapped[datetime | None]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    published_at: Mapped[datetime | None]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("estate_plan.id"), index=True)


class PlannedBuilding(Base):
    """One building of a plan: its footprint (SRID 4490), its number and why, what is inside.

    `address_id` is its address; `address_is_new` where this plan makes it. `place` is its place on the walk.
    """

    __tablename__ = "planned_building"
    __table_args__ = (UniqueConstraint("plan_id", "key"),)

    id: Mapped[Key]
    plan_id: Mapped[int] = mapped_column(ForeignKey("estate_plan.id", ondelete="CASCADE"))
    key: Mapped[str]
    place: Mapped[int]
    outline: Mapped[WKBElement] = mapped_column(Geometry("POLYGON", srid=SRID, spatial_index=False))
    name: Mapped[str] = mapped_column(server_default="")
    number: Mapped[str]
    kept: Mapped[bool] = mapped_column(server_default=sql("false"))
    by_hand: Mapped[bool] = mapped_column(server_default=sql("false"))
    spec: Mapped[dict[str, Any]]
    building_id: Mapped[int | None] = mapped_column(ForeignKey("building.id"), index=True)
    address_id: Mapped[str | None] = mapped_column(ForeignKey("standard_address.id"), index=True)
    address_is_new: Mapped[bool] = mapped_column(server_default=sql("false"))
