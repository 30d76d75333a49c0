"""Changes of streets: submitted, decided on, carried out; and what each did to every address."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0111"
down_revision = "0110"

VERBS = "('rename', 'correct_name', 'extend', 'split', 'merge', 'transfer', 'retire', 'undo')"
STATUSES = "('submitted', 'approved', 'carried_out', 'rejected', 'withdrawn')"


def upgrade() -> None:
    op.create_table(
        "street_change",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=True),
        sa.Column("street_name", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("request", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("computed_on", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), server_default="submitted", nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("submitted_by", sa.BigInteger(), nullable=False),
        sa.Column("submitted_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("decision", sa.Text(), server_default="", nullable=False),
        sa.Column("carried_out_by", sa.BigInteger(), nullable=True),
        sa.Column("carried_out_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("corrects_id", sa.BigInteger(), nullable=True),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.CheckConstraint(f"verb in {VERBS}", name=op.f("ck_street_change_verb")),
        sa.CheckConstraint(f"status in {STATUSES}", name=op.f("ck_street_change_status")),
        sa.ForeignKeyConstraint(["street_id"], ["street.id"], name=op.f("fk_street_change_street_id_street")),
        sa.ForeignKeyConstraint(["other_id"], ["street.id"], name=op.f("fk_street_change_other_id_street")),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["street_change.id"], name=op.f("fk_street_change_corrects_id_street_change")
        ),
        *(
            sa.ForeignKeyConstraint([name], ["account.id"], name=op.f(f"fk_street_change_{name}_account"))
            for name in ("submitted_by", "decided_by", "carried_out_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_street_change")),
    )
    for name in ("street_id", "other_id", "corrects_id"):
        op.create_index(op.f(f"ix_street_change_{name}"), "street_change", [name], unique=False)
    op.create_index(op.f("ix_street_change_county_code_status"), "street_change", ["county_code", "status"])
    op.create_table(
        "street_change_line",
        sa.Column("change_id", sa.BigInteger(), nullable=False),
        sa.Column("address_id", sa.CHAR(15), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("old_street_id", sa.BigInteger(), nullable=True),
        sa.Column("new_street_id", sa.BigInteger(), nullable=True),
        sa.Column("old_text", sa.Text(), nullable=False),
        sa.Column("new_text", sa.Text(), nullable=False),
        sa.Column("old_code", sa.Text(), nullable=True),
        sa.Column("new_code", sa.Text(), nullable=True),
        sa.Column("old_number", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("old_division_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"], ["street_change.id"], name=op.f("fk_street_change_line_change_id_street_change")
        ),
        sa.ForeignKeyConstraint(
            ["address_id"], ["standard_address.id"], name=op.f("fk_street_change_line_address_id_standard_address")
        ),
        sa.PrimaryKeyConstraint("change_id", "address_id", name=op.f("pk_street_change_line")),
    )
    op.create_index(op.f("ix_street_change_line_address_id"), "street_change_line", ["address_id"], unique=False)


def downgrade() -> None:
    op.drop_table("street_change_line")
    op.drop_table("street_change")
