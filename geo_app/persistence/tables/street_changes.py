"""Changes of streets, what they did to addresses, former names, and the index of names that are alike."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY, CHAR, DATERANGE, Range
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from geo_app.persistence.tables.base import Base, Created, Key

VERBS = ("rename", "correct_name", "extend", "split", "merge", "transfer", "retire", "undo")
STATUSES = ("submitted", "approved", "carried_out", "rejected", "withdrawn")


class StreetChange(Base):
    """One change of a street: what was asked, who decided, and how it was before (to undo it).

    `other_id` is the street that is merged or that a split made; `computed_on` the state from which the consequences
    were shown: another state, and it is outdated.
    """

    __tablename__ = "street_change"
    __table_args__ = (
        CheckConstraint(f"verb in {VERBS}", name="verb"),
        CheckConstraint(f"status in {STATUSES}", name="status"),
        Index("ix_street_change_county_code_status", "county_code", "status"),
    )

    id: Mapped[Key]
    county_code: Mapped[str]
    verb: Mapped[str]
    street_id: Mapped[int] = mapped_column(ForeignKey("street.id"), index=True)
    other_id: Mapped[int | None] = mapped_column(ForeignKey("street.id"), index=True)
    street_name: Mapped[str]
    day: Mapped[date]
    request: Mapped[dict[str, Any]]
    computed_on: Mapped[str]
    status: Mapped[str] = mapped_column(server_default="submitted")
    version: Mapped[int] = mapped_column(server_default=sql("1"))
    reason: Mapped[str] = mapped_column(server_default="")
    submitted_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    submitted_at: Mapped[Created]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    decision: Mapped[str] = mapped_column(server_default="")
    carried_out_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    carried_out_at: Mapped[datetime | None]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("street_change.id"), index=True)
    before: Mapped[dict[str, Any] | None]


class StreetChangeLine(Base):
    """What a change did to one address: old → new, in the order of the list (`place`)."""

    __tablename__ = "street_change_line"

    change_id: Mapped[int] = mapped_column(ForeignKey("street_change.id"), primary_key=True)
    address_id: Mapped[str] = mapped_column(CHAR(15), ForeignKey("standard_address.id"), primary_key=True, index=True)
    place: Mapped[int]
    kind: Mapped[str]
    old_street_id: Mapped[int | None]
    new_street_id: Mapped[int | None]
    old_text: Mapped[str]
    new_text: Mapped[str]
    old_code: Mapped[str | None]
    new_code: Mapped[str | None]
    old_number: Mapped[dict[str, Any] | None]
    old_division_id: Mapped[int | None]


class StreetAlias(Base):
    """What a street was called before, or was wrongly called, or what the street was called that became part of it."""

    __tablename__ = "street_alias"
    __table_args__ = (
        CheckConstraint("kind in ('old_name', 'misspelt', 'merged', 'split')", name="kind"),
        Index(
            "ix_street_alias_match_key_trigrams", "match_key",
            postgresql_using="gin", postgresql_ops={"match_key": "gin_trgm_ops"},
        ),
    )  # fmt: skip

    id: Mapped[Key]
    street_id: Mapped[int] = mapped_column(ForeignKey("street.id"), index=True)
    kind: Mapped[str]
    name: Mapped[str]
    match_key: Mapped[str]
    pinyin: Mapped[str] = mapped_column(server_default="")
    valid: Mapped[Range[date]] = mapped_column(DATERANGE)
    change_id: Mapped[int | None] = mapped_column(ForeignKey("street_change.id"), index=True)
    recorded_at: Mapped[Created]


class StreetNameIndex(Base):
    """Derived from a street's name and spelling: its plain form, and the keys under which alike names meet."""

    __tablename__ = "street_name_index"
    __table_args__ = (Index("ix_street_name_index_keys", "keys", postgresql_using="gin"),)

    street_id: Mapped[int] = mapped_column(
        ForeignKey("street.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    name: Mapped[str]
    pinyin: Mapped[str]
    plain: Mapped[str]
    keys: Mapped[list[str]] = mapped_column(ARRAY(Text))
