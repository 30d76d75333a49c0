"""Indexes of the lists: streets by name; addresses by street, by any part of their text, not current."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    op.create_index(
        "ix_street_name", "street", ["name", "id"], unique=False, postgresql_where=sa.text("upper_inf(valid)")
    )
    op.create_index(op.f("ix_standard_address_street_id"), "standard_address", ["street_id"], unique=False)
    op.create_index(
        "ix_standard_address_not_current",
        "standard_address",
        ["status", "id"],
        unique=False,
        postgresql_where=sa.text("status <> 'current'"),
    )
    op.create_index(
        "ix_standard_address_match_key_trigrams",
        "standard_address",
        ["match_key"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"match_key": "gin_trgm_ops"},
    )


def downgrade() -> None:
    op.drop_index("ix_standard_address_match_key_trigrams", table_name="standard_address")
    op.drop_index("ix_standard_address_not_current", table_name="standard_address")
    op.drop_index(op.f("ix_standard_address_street_id"), table_name="standard_address")
    op.drop_index("ix_street_name", table_name="street")
