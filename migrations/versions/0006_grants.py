"""Roles of accounts in areas."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "account_grant",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column(
            "power",
            sa.Text(),
            sa.Computed("case when role in ('account_admin', 'policy_admin', 'auditor') then role end", persisted=True),
            nullable=True,
        ),
        sa.Column("division_id", sa.BigInteger(), nullable=True),
        sa.Column("valid", postgresql.DATERANGE(), nullable=False),
        sa.Column("granted_by", sa.BigInteger(), nullable=True),
        sa.Column("granted_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("account_id"), "="),
            (sa.column("power"), "<>"),
            (sa.column("valid"), "&&"),
            where=sa.text("power is not null"),
            using="gist",
            name="one_power_per_account",
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_grant_account_id_account")),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_account_grant_division_id_division")),
        sa.ForeignKeyConstraint(["granted_by"], ["account.id"], name=op.f("fk_account_grant_granted_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_grant")),
    )
    op.create_index(op.f("ix_account_grant_account_id"), "account_grant", ["account_id"], unique=False)


def downgrade() -> None:
    op.drop_table("account_grant")
