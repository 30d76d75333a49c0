"""The journal of changes and the log of access."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "change_entry",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_key", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_change_entry_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_entry")),
    )
    op.create_index(op.f("ix_change_entry_account_id"), "change_entry", ["account_id"], unique=False)
    op.create_index(
        "ix_change_entry_subject_kind_subject_key", "change_entry", ["subject_kind", "subject_key"], unique=False
    )
    op.create_table(
        "access_entry",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("remote", postgresql.INET(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_entry")),
    )
    # Logs only grow: the application adds to one and reads the other, which `geo_audit` alone writes.
    op.execute("revoke update, delete on change_entry from geo_app")
    op.execute("revoke insert, update, delete on access_entry from geo_app")
    op.execute("grant insert on access_entry to geo_audit")
    op.execute("grant usage on access_entry_id_seq to geo_audit")


def downgrade() -> None:
    op.drop_table("access_entry")
    op.drop_table("change_entry")
