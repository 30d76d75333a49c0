"""How often an account was locked since its last sign-in, and whether its password was set by somebody else."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("account", sa.Column("locks", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    op.add_column(
        "account", sa.Column("must_change_password", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.create_index("ix_access_entry_at", "access_entry", ["at"])
    op.create_index("ix_access_entry_account_id_at", "access_entry", ["account_id", "at"])


def downgrade() -> None:
    op.drop_index("ix_access_entry_account_id_at", "access_entry")
    op.drop_index("ix_access_entry_at", "access_entry")
    op.drop_column("account", "must_change_password")
    op.drop_column("account", "locks")
