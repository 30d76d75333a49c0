"""Administrative divisions: names and codes, outlines, and who followed whom."""

from datetime import date
from typing import Any

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from geo_app.domain.position import SRID
from geo_app.persistence.tables.base import Base, Created, Dated, Key, Sourced

LEVELS = ("province", "city", "county", "township", "village", "grid_cell")


class Division(Dated, Sourced, Base):
    """One division as it stands; `id` survives renaming and recoding."""

    __tablename__ = "division"
    __table_args__ = (
        CheckConstraint(f"level in {LEVELS}", name="level"),
        # A code may return to use after its division ended, so only living rows are compared.
        Index("uq_division_code", "code", unique=True, postgresql_where=text("upper_inf(valid)")),
        Index("ix_division_code_prefix", "code", postgresql_ops={"code": "text_pattern_ops"}),
    )

    id: Mapped[Key]
    code: Mapped[str]
    level: Mapped[str]
    name: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"), index=True)
    made_up: Mapped[bool] = mapped_column(server_default=text("false"))


class DivisionOutline(Dated, Sourced, Base):
    """A division's area, SRID 4490; `derived` says that nobody surveyed it."""

    __tablename__ = "division_outline"

    id: Mapped[Key]
    division_id: Mapped[int] = mapped_column(ForeignKey("division.id"), unique=True)
    outline: Mapped[WKBElement] = mapped_column(Geometry("MULTIPOLYGON", srid=SRID))
    derived: Mapped[bool] = mapped_column(server_default=text("false"))
    source: Mapped[str] = mapped_column(server_default="")


class DivisionSuccession(Base):
    """One division followed another on a day: merge, split, rename, recode or transfer."""

    __tablename__ = "division_succession"
    __table_args__ = (
        CheckConstraint(
            "kind in ('merge', 'split', 'rename', 'recode', 'transfer', 'establish', 'abolish')", name="kind"
        ),
        CheckConstraint("certainty in ('certain', 'proposed', 'decided')", name="certainty"),
    )

    id: Mapped[Key]
    predecessor_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"), index=True)
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"), index=True)
    kind: Mapped[str]
    happened_on: Mapped[date]
    certainty: Mapped[str]
    note: Mapped[str] = mapped_column(server_default="")
    source: Mapped[str] = mapped_column(server_default="")
    recorded_at: Mapped[Created]
    detail: Mapped[dict[str, Any] | None]
    import_id: Mapped[int | None] = mapped_column(ForeignKey("import_run.id"), index=True)
