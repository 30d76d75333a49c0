"""Counter cases, their pauses, and what an office decided about them."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0121"
down_revision = "0120"

STATUSES = (
    "'received', 'incomplete', 'checked', 'numbered', 'submitted', 'approved', 'notified', 'done', 'rejected',"
    " 'withdrawn'"
)
ENDED = "'done', 'rejected', 'withdrawn'"
DECIDED = f"'approved', 'notified', {ENDED}"
KINDS = "'new', 'temporary', 'formalise', 'change', 'reissue', 'cancel', 'proof'"


def upgrade() -> None:
    op.create_table(
        "case_setting",
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("value", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("set_by", sa.BigInteger(), nullable=False),
        sa.Column("set_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "section in ('papers', 'limits', 'calendar', 'office')", name=op.f("ck_case_setting_section")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["account.id"], name=op.f("fk_case_setting_set_by_account")),
        sa.PrimaryKeyConstraint("county_code", "section", name=op.f("pk_case_setting")),
    )
    op.create_geospatial_table(
        "counter_case",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("receipt_year", sa.BigInteger(), nullable=False),
        sa.Column("receipt_serial", sa.BigInteger(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("notice_year", sa.BigInteger(), nullable=True),
        sa.Column("notice_serial", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), server_default="received", nullable=False),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=True),
        sa.Column("division_id", sa.BigInteger(), nullable=True),
        sa.Column("entrance_id", sa.BigInteger(), nullable=True),
        sa.Column("address_id", sa.CHAR(length=15), nullable=True),
        sa.Column("reserved_id", sa.CHAR(length=15), nullable=True),
        sa.Column(
            "position",
            Geometry(
                geometry_type="POINT",
                srid=4490,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
            ),
            nullable=True,
        ),
        sa.Column("address_text", sa.Text(), server_default="", nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("suffix", sa.Text(), nullable=True),
        sa.Column("sub_number", sa.BigInteger(), nullable=True),
        sa.Column("number_text", sa.Text(), server_default="", nullable=False),
        sa.Column("number_reason", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("by_hand", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("new_text", sa.Text(), server_default="", nullable=False),
        sa.Column("shop_name", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("papers_required", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("papers_seen", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("site_checked", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("limit_days", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("opened_by", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("submitted_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("made_up", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint(f"status in ({STATUSES})", name=op.f("ck_counter_case_status")),
        sa.CheckConstraint(f"kind in ({KINDS})", name=op.f("ck_counter_case_kind")),
        sa.CheckConstraint(
            "subject in ('household', 'shop', 'split_household', 'split_shop')", name=op.f("ck_counter_case_subject")
        ),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_counter_case_{column}_{table}"))
            for column, table in (
                ("street_id", "street"),
                ("division_id", "division"),
                ("entrance_id", "entrance"),
                ("address_id", "standard_address"),
                ("reserved_id", "standard_address"),
                ("opened_by", "account"),
                ("submitted_by", "account"),
                ("decided_by", "account"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter_case")),
        sa.UniqueConstraint(
            "county_code",
            "receipt_year",
            "receipt_serial",
            name=op.f("uq_counter_case_county_code_receipt_year_receipt_serial"),
        ),
        sa.UniqueConstraint(
            "county_code",
            "notice_year",
            "notice_serial",
            name=op.f("uq_counter_case_county_code_notice_year_notice_serial"),
        ),
        sa.UniqueConstraint("receipt", name=op.f("uq_counter_case_receipt")),
    )
    for column in ("street_id", "division_id", "address_id", "reserved_id", "opened_by"):
        op.create_index(op.f(f"ix_counter_case_{column}"), "counter_case", [column], unique=False)
    # The database has the last word: one undecided case a door.
    op.create_index(
        "uq_counter_case_entrance",
        "counter_case",
        ["entrance_id"],
        unique=True,
        postgresql_where=sa.text(f"entrance_id is not null and status not in ({DECIDED})"),
    )
    op.create_index(
        "ix_counter_case_due",
        "counter_case",
        ["due_on", "id"],
        unique=False,
        postgresql_where=sa.text(f"status not in ({ENDED})"),
    )
    op.create_table(
        "case_pause",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("supplied_on", sa.Date(), nullable=True),
        sa.Column("papers", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["counter_case.id"], name=op.f("fk_case_pause_case_id_counter_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_pause")),
    )
    op.create_index(op.f("ix_case_pause_case_id"), "case_pause", ["case_id"], unique=False)
    # Papers are asked for once at a time, so at most one pause is open.
    op.create_index(
        "uq_case_pause_open", "case_pause", ["case_id"], unique=True, postgresql_where=sa.text("supplied_on is null")
    )


def downgrade() -> None:
    op.drop_table("case_pause")
    op.drop_geospatial_table("counter_case")
    op.drop_table("case_setting")
