"""Exceptions: findings that an account answers for, one of a kind for a door at a time."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0081"
down_revision = "0080"


def upgrade() -> None:
    op.create_table(
        "audit_exception",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("entrance_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("accepted_by", sa.BigInteger(), nullable=False),
        sa.Column("accepted_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("revoked_by", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("revoked_reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column(
            "valid",
            postgresql.DATERANGE(),
            server_default=sa.text("daterange((now() at time zone 'Asia/Shanghai')::date, null)"),
            nullable=False,
        ),
        sa.Column("recorded", postgresql.TSTZRANGE(), server_default=sa.text("tstzrange(now(), null)"), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        postgresql.ExcludeConstraint(
            ("entrance_id", "="), ("kind", "="), ("valid", "&&"), name="ex_audit_exception_one_at_a_time", using="gist"
        ),
        sa.ForeignKeyConstraint(["accepted_by"], ["account.id"], name=op.f("fk_audit_exception_accepted_by_account")),
        sa.ForeignKeyConstraint(
            ["entrance_id"],
            ["entrance.id"],
            name=op.f("fk_audit_exception_entrance_id_entrance"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_audit_exception_owner_id_account")),
        sa.ForeignKeyConstraint(["revoked_by"], ["account.id"], name=op.f("fk_audit_exception_revoked_by_account")),
        sa.ForeignKeyConstraint(
            ["street_id"], ["street.id"], name=op.f("fk_audit_exception_street_id_street"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_exception")),
    )
    op.create_index(op.f("ix_audit_exception_entrance_id"), "audit_exception", ["entrance_id"], unique=False)
    op.create_index("ix_audit_exception_street_id", "audit_exception", ["street_id"], unique=False)
    op.execute("call keep_history_of('audit_exception')")


def downgrade() -> None:
    op.execute("call forget_history_of('audit_exception')")
    op.drop_table("audit_exception")
