"""Standard addresses, the other names they are found by, and their successors."""

from datetime import date

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import CHAR, DATERANGE, Range
from sqlalchemy.orm import Mapped, mapped_column

from geo_app.domain.position import SRID
from geo_app.persistence.tables.base import Base, Created, Dated, Key, Sourced

STATUSES = ("proposed", "current", "retired", "rejected")
LIVING = "status in ('proposed', 'current')"


class StandardAddress(Dated, Sourced, Base):
    """One address for ever: elements stored apart, one text, one code, one place.

    Rooms hold no position; they stand where their building stands.
    """

    __tablename__ = "standard_address"
    __table_args__ = (
        CheckConstraint(f"status in {STATUSES}", name="status"),
        CheckConstraint("kind in ('door', 'building', 'unit', 'room')", name="kind"),
        CheckConstraint("rank in ('primary', 'secondary')", name="rank"),
        CheckConstraint("floor <> 0", name="no_floor_zero"),
        # The database has the last word: two planners on one street cannot both get number 12.
        Index(
            "uq_standard_address_door",
            "street_id",
            "number",
            "suffix",
            "sub_number",
            unique=True,
            postgresql_where=sql(f"kind = 'door' and street_id is not null and {LIVING}"),
            postgresql_nulls_not_distinct=True,
        ),
        # In a village the group is the ground of a number; loaded addresses hold theirs as well as planned ones.
        Index(
            "uq_standard_address_group_door",
            "division_id",
            "village_group",
            "number",
            "suffix",
            "sub_number",
            unique=True,
            postgresql_where=sql(
                f"kind = 'door' and street_id is null and village_group is not null and {LIVING}"
            ),
            postgresql_nulls_not_distinct=True,
        ),
        Index(
            "uq_standard_address_text", "county_code", "match_key", unique=True, postgresql_where=sql(LIVING)
        ),
        Index("uq_standard_address_code", "standard_code", unique=True),
        Index(
            "uq_standard_address_source", "county_code", "source_key", unique=True,
            postgresql_where=sql(f"source_key is not null and {LIVING}"),
        ),
        Index("ix_standard_address_not_current", "status", "id", postgresql_where=sql("status <> 'current'")),
        # What searching asks for: a number on a street or in a village, a building of an estate.
        Index(
            "ix_standard_address_street_name", "street_name", "number", "sub_number", "floor", "room",
            postgresql_where=sql("street_name is not null"),
        ),
        Index(
            "ix_standard_address_village_number", "division_id", "number",
            postgresql_where=sql("street_name is null and number is not null"),
        ),
        Index(
            "ix_standard_address_estate_name", "estate_name", "building",
            postgresql_where=sql("estate_name is not null"),
        ),
        Index(
            "ix_standard_address_match_key_trigrams", "match_key",
            postgresql_using="gin", postgresql_ops={"match_key": "gin_trgm_ops"},
        ),
    )  # fmt: skip

    id: Mapped[str] = mapped_column(CHAR(15), primary_key=True)
    county_code: Mapped[str]
    standard_code: Mapped[str | None]
    code_scheme: Mapped[str | None]
    kind: Mapped[str] = mapped_column(server_default="door")
    rank: Mapped[str] = mapped_column(server_default="primary")
    status: Mapped[str] = mapped_column(server_default="proposed")
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("standard_address.id"), index=True)
    primary_id: Mapped[str | None] = mapped_column(ForeignKey("standard_address.id"))
    division_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"), index=True)
    street_id: Mapped[int | None] = mapped_column(ForeignKey("street.id"), index=True)
    entrance_id: Mapped[int | None] = mapped_column(ForeignKey("entrance.id"), index=True)
    street_name: Mapped[str | None]
    village_group: Mapped[str | None]
    estate_name: Mapped[str | None]
    number: Mapped[int | None]
    number_last: Mapped[int | None]
    suffix: Mapped[str | None]
    sub_number: Mapped[int | None]
    number_text: Mapped[str | None]
    building: Mapped[str | None]
    unit: Mapped[str | None]
    floor: Mapped[int | None]
    room: Mapped[str | None]
    text: Mapped[str]
    match_key: Mapped[str]
    position: Mapped[WKBElement | None] = mapped_column(Geometry("POINT", srid=SRID))
    locked_for: Mapped[str | None]
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    temporary: Mapped[bool] = mapped_column(server_default=sql("false"))
    neighbourhood: Mapped[str | None]


class AddressAlias(Base):
    """Another text or code that leads to an address: old number, old name, old code, nickname, plot, lot."""

    __tablename__ = "address_alias"
    __table_args__ = (
        CheckConstraint(
            "kind in ('old_number', 'old_name', 'old_code', 'old_text', 'nickname', 'plot', 'lot', 'misspelt')",
            name="kind",
        ),
        Index(
            "ix_address_alias_match_key_trigrams", "match_key",
            postgresql_using="gin", postgresql_ops={"match_key": "gin_trgm_ops"},
        ),
        Index("ix_address_alias_match_key", "match_key"),
        # Former addresses are found by how they end: 正街12号, whatever stands before it (collation C).
        Index("ix_address_alias_reversed", sql("reverse(match_key)")),
    )  # fmt: skip

    id: Mapped[Key]
    address_id: Mapped[str] = mapped_column(ForeignKey("standard_address.id"), index=True)
    kind: Mapped[str]
    text: Mapped[str]
    match_key: Mapped[str]
    valid: Mapped[Range[date]] = mapped_column(DATERANGE)
    source: Mapped[str] = mapped_column(server_default="")
    recorded_at: Mapped[Created]


class AddressSuccession(Base):
    """An address that ended, and one that took its place."""

    __tablename__ = "address_succession"
    __table_args__ = (CheckConstraint("predecessor_id <> successor_id", name="not_itself"),)

    predecessor_id: Mapped[str] = mapped_column(ForeignKey("standard_address.id"), primary_key=True)
    successor_id: Mapped[str] = mapped_column(ForeignKey("standard_address.id"), primary_key=True, index=True)
    happened_on: Mapped[date]
    cause: Mapped[str] = mapped_column(server_default="")
    recorded_at: Mapped[Created]


class Serial(Base):
    """The last serial given out in a series; never goes back, so nothing is ever used twice."""

    __tablename__ = "serial"

    series: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(server_default=sql("0"))
