"""Addresses are found by a misspelt name that was corrected, and by any part of a former text."""

from alembic import op

revision = "0113"
down_revision = "0112"

KINDS = ("old_number", "old_name", "old_code", "old_text", "nickname", "plot", "lot")


def upgrade() -> None:
    _allow((*KINDS, "misspelt"))
    op.create_index(
        "ix_address_alias_match_key_trigrams", "address_alias", ["match_key"],
        postgresql_using="gin", postgresql_ops={"match_key": "gin_trgm_ops"},
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index("ix_address_alias_match_key_trigrams", "address_alias")
    op.execute("update address_alias set kind = 'nickname' where kind = 'misspelt'")
    _allow(KINDS)


def _allow(kinds: tuple[str, ...]) -> None:
    op.drop_constraint(op.f("ck_address_alias_kind"), "address_alias")
    op.create_check_constraint(op.f("ck_address_alias_kind"), "address_alias", f"kind in {kinds}")
