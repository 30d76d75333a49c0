"""Accounts, what they may do where and when, their sessions and tokens."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA, DATERANGE, INET, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from geo_app.persistence.tables.base import Base, Created, Key

POWERS = ("account_admin", "policy_admin", "auditor")


class Account(Base):
    """Someone who can sign in; `local_operator` is the person at the machine's own command line."""

    __tablename__ = "account"
    __table_args__ = (
        Index("uq_account_name", text("lower(name)"), unique=True),
        CheckConstraint("status in ('active', 'disabled')", name="status"),
    )

    id: Mapped[Key]
    name: Mapped[str]
    display_name: Mapped[str]
    organisation: Mapped[str] = mapped_column(server_default="")
    status: Mapped[str] = mapped_column(server_default="active")
    language: Mapped[str] = mapped_column(server_default="zh")
    password_hash: Mapped[str | None]
    password_set_at: Mapped[datetime | None]
    must_change_password: Mapped[bool] = mapped_column(server_default=text("false"))
    failures: Mapped[int] = mapped_column(server_default=text("0"))
    locks: Mapped[int] = mapped_column(server_default=text("0"))
    locked_until: Mapped[datetime | None]
    second_factor: Mapped[bytes | None] = mapped_column(BYTEA)
    second_factor_step: Mapped[int | None]
    made_up: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[Created]


class AccountGrant(Base):
    """A role of an account in an area (none: the whole county) for a range of days."""

    __tablename__ = "account_grant"
    __table_args__ = (
        # Accounts, policy, logs: no account ever holds two of the three powers at once.
        ExcludeConstraint(
            ("account_id", "="),
            ("power", "<>"),
            ("valid", "&&"),
            name="one_power_per_account",
            using="gist",
            where=text("power is not null"),
        ),
    )

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[str]
    power: Mapped[str | None] = mapped_column(
        Text, Computed(f"case when role in {POWERS} then role end", persisted=True)
    )
    division_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"))
    valid: Mapped[Range[date]] = mapped_column(DATERANGE)
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    granted_at: Mapped[Created]


class SignIn(Base):
    """One session; the browser holds the token, we hold its hash."""

    __tablename__ = "sign_in"

    id: Mapped[Key]
    token_hash: Mapped[bytes] = mapped_column(BYTEA, unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    second_factor_at: Mapped[datetime | None]
    remote: Mapped[str | None] = mapped_column(INET)
    agent: Mapped[str] = mapped_column(server_default="")


class ApiToken(Base):
    """A token for programs: some of its account's permissions, until a day."""

    __tablename__ = "api_token"

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str]
    token_hash: Mapped[bytes] = mapped_column(BYTEA, unique=True)
    permissions: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_at: Mapped[Created]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
