"""Streets, their drawn pieces, buildings and the doors that need a number."""

from datetime import date
from typing import Any

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from geo_app.domain.numbering_circumstance import LONGEST_FRONT_METRES, DoorKind, DoorState
from geo_app.domain.position import SRID
from geo_app.persistence.tables.base import Base, Dated, Key, Sourced

LIVING = text("upper_inf(valid)")


def one_living(table: str) -> Index:
    """Return the index by which loading a file twice doubles nothing: one living row per key of the source."""
    return Index(f"uq_{table}_source_key", "county_code", "source_key", unique=True, postgresql_where=LIVING)


class Street(Dated, Sourced, Base):
    """A named street, lane or road; namesakes that do not touch are told apart by `namesake`."""

    __tablename__ = "street"
    __table_args__ = (
        CheckConstraint("naming in ('proposed', 'approved', 'rejected', 'retired')", name="naming"),
        Index("uq_street_name", "county_code", "name", "namesake", unique=True, postgresql_where=LIVING),
        Index("ix_street_name", "name", "id", postgresql_where=LIVING),
    )

    id: Mapped[Key]
    county_code: Mapped[str]
    division_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"), index=True)
    name: Mapped[str]
    namesake: Mapped[int] = mapped_column(server_default=text("1"))
    pinyin: Mapped[str] = mapped_column(server_default="")
    kind: Mapped[str] = mapped_column(server_default="street")
    naming: Mapped[str] = mapped_column(server_default="approved")
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    made_up: Mapped[bool] = mapped_column(server_default=text("false"))
    note: Mapped[str] = mapped_column(server_default="")
    location: Mapped[str] = mapped_column(server_default="")
    approving_body: Mapped[str] = mapped_column(server_default="")
    legal_basis: Mapped[str] = mapped_column(server_default="")
    approved_on: Mapped[date | None]


class StreetPiece(Dated, Sourced, Base):
    """A drawn line of a street (SRID 4490); without a street it is an unnamed lane."""

    __tablename__ = "street_piece"
    __table_args__ = (one_living("street_piece"),)

    id: Mapped[Key]
    county_code: Mapped[str]
    street_id: Mapped[int | None] = mapped_column(ForeignKey("street.id"), index=True)
    line: Mapped[WKBElement] = mapped_column(Geometry("LINESTRING", srid=SRID))
    rule: Mapped[dict[str, Any] | None]


class Building(Dated, Sourced, Base):
    """A building's ground plan (SRID 4490)."""

    __tablename__ = "building"
    __table_args__ = (one_living("building"),)

    id: Mapped[Key]
    county_code: Mapped[str]
    outline: Mapped[WKBElement] = mapped_column(Geometry("POLYGON", srid=SRID))
    name: Mapped[str] = mapped_column(server_default="")
    storeys: Mapped[int | None]
    made_up: Mapped[bool] = mapped_column(server_default=text("false"))


class Entrance(Dated, Sourced, Base):
    """A door on the ground that needs a number, on a street or in a village group.

    `wall_number` is what hangs there already; `door_kind` and what follows it tell what is unusual about it, see
    `domain.numbering_circumstance`.
    """

    __tablename__ = "entrance"
    __table_args__ = (
        one_living("entrance"),
        CheckConstraint("street_id is null or village_group_id is null", name="one_place"),
        CheckConstraint(f"door_kind in {tuple(map(str, DoorKind))}", name="door_kind"),
        CheckConstraint(f"door_state in {tuple(map(str, DoorState))}", name="door_state"),
        CheckConstraint(f"front_metres between 0 and {LONGEST_FRONT_METRES:.0f}", name="front_metres"),
    )

    id: Mapped[Key]
    county_code: Mapped[str]
    street_id: Mapped[int | None] = mapped_column(ForeignKey("street.id"), index=True)
    building_id: Mapped[int | None] = mapped_column(ForeignKey("building.id"), index=True)
    position: Mapped[WKBElement] = mapped_column(Geometry("POINT", srid=SRID))
    wall_number: Mapped[str | None]
    note: Mapped[str] = mapped_column(server_default="")
    made_up: Mapped[bool] = mapped_column(server_default=text("false"))
    door_kind: Mapped[str] = mapped_column(server_default=DoorKind.DOOR)
    door_state: Mapped[str] = mapped_column(server_default=DoorState.PERMANENT)
    front_metres: Mapped[float] = mapped_column(server_default=text("0"))
    door_of_id: Mapped[int | None] = mapped_column(ForeignKey("entrance.id"), index=True)
    village_group_id: Mapped[int | None] = mapped_column(ForeignKey("village_group.id"), index=True)
