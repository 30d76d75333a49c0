"""What became of texts that were matched: counts by day and grade, texts to look at, what persons chose for them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from geo_app.persistence.tables.base import Base, Dated, Key


class MatchCount(Base):
    """How many answers of a grade were given on a day, to searches, programs or batches; nobody knows to whom."""

    __tablename__ = "match_count"
    __table_args__ = (
        CheckConstraint("source in ('search', 'program', 'batch')", name="source"),
        CheckConstraint("grade in ('A', 'B', 'C', '')", name="grade"),
    )

    day: Mapped[date] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    grade: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


class MatchText(Base):
    """A text that was graded C or not found: how often, since when, and which addresses may be meant."""

    __tablename__ = "match_text"
    __table_args__ = (
        CheckConstraint("grade in ('C', '')", name="grade"),
        Index("uq_match_text_match_key", "match_key", unique=True),
        Index("ix_match_text_grade_count", "grade", "count"),
    )

    id: Mapped[Key]
    text: Mapped[str]
    match_key: Mapped[str]
    grade: Mapped[str]
    count: Mapped[int]
    candidates: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=sql("'{}'"))
    first_seen: Mapped[date]
    last_seen: Mapped[date]
    made_up: Mapped[bool] = mapped_column(server_default=sql("false"))


class MatchChoice(Dated, Base):
    """What a person chose for a text (address none: none of ours), and what a second person said to it."""

    __tablename__ = "match_choice"
    __table_args__ = (
        CheckConstraint("state in ('proposed', 'agreed', 'declined', 'ended')", name="state"),
        CheckConstraint("kind in ('misspelt', 'nickname', 'old_text')", name="kind"),
        # The database has the last word: nobody agrees with themselves, and a text means one thing at a time.
        CheckConstraint("state <> 'agreed' or coalesce(decided_by <> chosen_by, false)", name="second_person"),
        Index(
            "uq_match_choice_living", "text_id", unique=True, postgresql_where=sql("state in ('proposed', 'agreed')")
        ),
        Index("ix_match_choice_text_id", "text_id"),
    )  # fmt: skip

    id: Mapped[Key]
    text_id: Mapped[int] = mapped_column(ForeignKey("match_text.id"))
    address_id: Mapped[str | None] = mapped_column(ForeignKey("standard_address.id"), index=True)
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="proposed")
    chosen_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    chosen_at: Mapped[datetime] = mapped_column(server_default=sql("now()"))
    reason: Mapped[str]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    decided_reason: Mapped[str] = mapped_column(server_default=sql("''"))
    alias_id: Mapped[int | None] = mapped_column(ForeignKey("address_alias.id"))
