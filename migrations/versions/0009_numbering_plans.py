"""Numbering plans."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "numbering_plan",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("rule", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("status", sa.Text(), server_default="draft", nullable=False),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("future_proof_score", sa.Double(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("submitted_by", sa.BigInteger(), nullable=True),
        sa.Column("submitted_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("approved_by", sa.BigInteger(), nullable=True),
        sa.Column("approved_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("published_by", sa.BigInteger(), nullable=True),
        sa.Column("published_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("corrects_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "status in ('draft', 'submitted', 'approved', 'published', 'withdrawn', 'undone')",
            name=op.f("ck_numbering_plan_status"),
        ),
        sa.ForeignKeyConstraint(["approved_by"], ["account.id"], name=op.f("fk_numbering_plan_approved_by_account")),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["numbering_plan.id"], name=op.f("fk_numbering_plan_corrects_id_numbering_plan")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_numbering_plan_created_by_account")),
        sa.ForeignKeyConstraint(["published_by"], ["account.id"], name=op.f("fk_numbering_plan_published_by_account")),
        sa.ForeignKeyConstraint(["street_id"], ["street.id"], name=op.f("fk_numbering_plan_street_id_street")),
        sa.ForeignKeyConstraint(["submitted_by"], ["account.id"], name=op.f("fk_numbering_plan_submitted_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_numbering_plan")),
    )
    op.create_index("ix_numbering_plan_county_code_status", "numbering_plan", ["county_code", "status"], unique=False)
    op.create_index(op.f("ix_numbering_plan_street_id"), "numbering_plan", ["street_id"], unique=False)
    op.create_table(
        "planned_door",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("entrance_id", sa.BigInteger(), nullable=False),
        sa.Column("line_key", sa.Text(), nullable=True),
        sa.Column("side", sa.Text(), nullable=True),
        sa.Column("metres", sa.Double(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("suffix", sa.Text(), nullable=True),
        sa.Column("sub_number", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("kept", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("by_hand", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("reason", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("address_id", sa.CHAR(length=15), nullable=True),
        sa.ForeignKeyConstraint(
            ["address_id"], ["standard_address.id"], name=op.f("fk_planned_door_address_id_standard_address")
        ),
        sa.ForeignKeyConstraint(["entrance_id"], ["entrance.id"], name=op.f("fk_planned_door_entrance_id_entrance")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["numbering_plan.id"], name=op.f("fk_planned_door_plan_id_numbering_plan"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_door")),
        sa.UniqueConstraint("plan_id", "entrance_id", name=op.f("uq_planned_door_plan_id_entrance_id")),
    )
    op.create_index(op.f("ix_planned_door_entrance_id"), "planned_door", ["entrance_id"], unique=False)
    op.create_geospatial_table(
        "plan_finding",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("entrance_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("message", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
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
        sa.ForeignKeyConstraint(["entrance_id"], ["entrance.id"], name=op.f("fk_plan_finding_entrance_id_entrance")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["numbering_plan.id"], name=op.f("fk_plan_finding_plan_id_numbering_plan"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_finding")),
    )
    op.create_index(op.f("ix_plan_finding_plan_id"), "plan_finding", ["plan_id"], unique=False)


def downgrade() -> None:
    op.drop_geospatial_table("plan_finding")
    op.drop_table("planned_door")
    op.drop_table("numbering_plan")
