"""How texts were matched by day and grade, texts that a person looks at, and what two persons chose for them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0180"
down_revision = "0171"

NOW = sa.text("now()")


def upgrade() -> None:
    op.create_table(
        "match_count",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("source in ('search', 'program', 'batch')", name=op.f("ck_match_count_source")),
        sa.CheckConstraint("grade in ('A', 'B', 'C', '')", name=op.f("ck_match_count_grade")),
        sa.PrimaryKeyConstraint("day", "source", "grade", name=op.f("pk_match_count")),
    )
    op.create_table(
        "match_text",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("match_key", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("candidates", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("first_seen", sa.Date(), nullable=False),
        sa.Column("last_seen", sa.Date(), nullable=False),
        sa.Column("made_up", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("grade in ('C', '')", name=op.f("ck_match_text_grade")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_text")),
    )
    op.create_index("uq_match_text_match_key", "match_text", ["match_key"], unique=True)
    op.create_index("ix_match_text_grade_count", "match_text", ["grade", "count"])
    op.create_table("match_choice", *_choice())
    op.create_index(
        "uq_match_choice_living", "match_choice", ["text_id"], unique=True,
        postgresql_where=sa.text("state in ('proposed', 'agreed')"),
    )  # fmt: skip
    op.create_index("ix_match_choice_text_id", "match_choice", ["text_id"])
    op.create_index(op.f("ix_match_choice_address_id"), "match_choice", ["address_id"])
    op.execute("call keep_history_of('match_choice')")


def _choice() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("text_id", sa.BigInteger(), nullable=False),
        sa.Column("address_id", sa.CHAR(15), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="proposed", nullable=False),
        sa.Column("chosen_by", sa.BigInteger(), nullable=False),
        sa.Column("chosen_at", sa.TIMESTAMP(timezone=True), server_default=NOW, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("decided_reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("alias_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "valid", postgresql.DATERANGE(), nullable=False,
            server_default=sa.text("daterange((now() at time zone 'Asia/Shanghai')::date, null)"),
        ),
        sa.Column("recorded", postgresql.TSTZRANGE(), server_default=sa.text("tstzrange(now(), null)"), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("state in ('proposed', 'agreed', 'declined', 'ended')", name=op.f("ck_match_choice_state")),
        sa.CheckConstraint("kind in ('misspelt', 'nickname', 'old_text')", name=op.f("ck_match_choice_kind")),
        sa.CheckConstraint(
            "state <> 'agreed' or coalesce(decided_by <> chosen_by, false)", name=op.f("ck_match_choice_second_person")
        ),
        sa.ForeignKeyConstraint(["text_id"], ["match_text.id"], name=op.f("fk_match_choice_text_id_match_text")),
        sa.ForeignKeyConstraint(
            ["address_id"], ["standard_address.id"], name=op.f("fk_match_choice_address_id_standard_address")
        ),
        sa.ForeignKeyConstraint(["chosen_by"], ["account.id"], name=op.f("fk_match_choice_chosen_by_account")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_match_choice_decided_by_account")),
        sa.ForeignKeyConstraint(
            ["alias_id"], ["address_alias.id"], name=op.f("fk_match_choice_alias_id_address_alias")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_choice")),
    ]  # fmt: skip


def downgrade() -> None:
    op.execute("call forget_history_of('match_choice')")
    op.drop_table("match_choice")
    op.drop_table("match_text")
    op.drop_table("match_count")
