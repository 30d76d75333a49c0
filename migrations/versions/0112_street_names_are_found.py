"""Former names of streets, and the keys under which names that look or sound alike meet."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0112"
down_revision = "0111"


def upgrade() -> None:
    op.create_table(
        "street_alias",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("match_key", sa.Text(), nullable=False),
        sa.Column("pinyin", sa.Text(), server_default="", nullable=False),
        sa.Column("valid", postgresql.DATERANGE(), nullable=False),
        sa.Column("change_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("kind in ('old_name', 'misspelt', 'merged', 'split')", name=op.f("ck_street_alias_kind")),
        sa.ForeignKeyConstraint(["street_id"], ["street.id"], name=op.f("fk_street_alias_street_id_street")),
        sa.ForeignKeyConstraint(
            ["change_id"], ["street_change.id"], name=op.f("fk_street_alias_change_id_street_change")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_street_alias")),
    )
    op.create_index(op.f("ix_street_alias_street_id"), "street_alias", ["street_id"], unique=False)
    op.create_index(op.f("ix_street_alias_change_id"), "street_alias", ["change_id"], unique=False)
    op.create_index(
        "ix_street_alias_match_key_trigrams", "street_alias", ["match_key"],
        postgresql_using="gin", postgresql_ops={"match_key": "gin_trgm_ops"},
    )  # fmt: skip
    op.create_table(
        "street_name_index",
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pinyin", sa.Text(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("keys", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["street_id"], ["street.id"], name=op.f("fk_street_name_index_street_id_street"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("street_id", name=op.f("pk_street_name_index")),
    )
    op.create_index("ix_street_name_index_keys", "street_name_index", ["keys"], postgresql_using="gin")


def downgrade() -> None:
    op.drop_table("street_name_index")
    op.drop_table("street_alias")
