"""What the office decided about access."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "policy_setting",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("set_by", sa.BigInteger(), nullable=False),
        sa.Column("set_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["account.id"], name=op.f("fk_policy_setting_set_by_account")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_policy_setting")),
    )


def downgrade() -> None:
    op.drop_table("policy_setting")
