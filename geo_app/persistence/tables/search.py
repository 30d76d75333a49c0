"""Streets and estates in use, as searching keeps them in mind; listed by triggers on the register's addresses."""

from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import UserDefinedType

from geo_app.persistence.tables.base import Base, Key


class TransactionId(UserDefinedType[str]):
    """The number of a transaction, as PostgreSQL counts them without wrapping round."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Return the type's name."""
        return "xid8"


class AddressPlace(Base):
    """A street or estate on which some address lies or lay; `written` by the transaction of that number.

    Whoever keeps these rows in mind asks for those written since: a serial would miss what commits late.
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
    written: Mapped[str] = mapped_column(TransactionId, server_default=text("pg_current_xact_id()"))
