"""Streets and estates in use, as searching keeps them in mind; listed by triggers on the register's addresses."""

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from geo_app.persistence.tables.base import Base, Key


class AddressPlace(Base):
    """A street or estate (or a division alone) in which some address lies or lay.

    `written` is the number of the transaction that listed it. Whoever keeps these rows in mind asks for those written
    since: a serial would miss what commits late.
    """

    __tablename__ = "address_place"
    __table_args__ = (
        Index(
            "uq_address_place", "county_code", "division_id", "street_name", "estate_name",
            unique=True, postgresql_nulls_not_distinct=True,
        ),
        Index("ix_address_place_written", "written"),
    )  # fmt: skip

    id: Mapped[Key]
    county_code: Mapped[str]
    division_id: Mapped[int | None]
    street_name: Mapped[str | None]
    estate_name: Mapped[str | None]
    written: Mapped[int] = mapped_column(server_default=text("cast(cast(pg_current_xact_id() as text) as bigint)"))
