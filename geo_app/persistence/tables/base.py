"""What all tables share: names of constraints, time, provenance."""

from datetime import date, datetime
from typing import Annotated, Any

from sqlalchemy import TIMESTAMP, BigInteger, ForeignKey, MetaData, Text, text
from sqlalchemy.dialects.postgresql import DATERANGE, JSONB, TSTZRANGE, Range
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Key = Annotated[int, mapped_column(BigInteger, primary_key=True)]
Created = Annotated[datetime, mapped_column(TIMESTAMP(timezone=True), server_default=text("now()"))]


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {str: Text, int: BigInteger, datetime: TIMESTAMP(timezone=True), dict[str, Any]: JSONB}  # noqa: RUF012  read by SQLAlchemy as is


class Dated:
    """A register row: since when it holds in the world, since when we believe it, and its version.

    `valid` is a range of days (Asia/Shanghai), `recorded` a range of instants. What was superseded stands in the table
    of the same name with `_history`, put there by the trigger `keep_history`; the view `_timeline` is both together.
    """

    valid: Mapped[Range[date]] = mapped_column(
        DATERANGE, server_default=text("daterange((now() at time zone 'Asia/Shanghai')::date, null)")
    )
    recorded: Mapped[Range[datetime]] = mapped_column(TSTZRANGE, server_default=text("tstzrange(now(), null)"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class Sourced:
    """A row that may come from a file: which import, which row of it, and the key it has there."""

    import_id: Mapped[int | None] = mapped_column(ForeignKey("import_run.id"), index=True)
    source_row: Mapped[int | None]
    source_key: Mapped[str | None]
