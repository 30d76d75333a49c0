"""Audits of the walls of a county: monthly figures by measure and village, and the findings of the latest run."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0080"
down_revision = "0051"


def upgrade() -> None:
    op.create_table(
        "audit_run",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("streets", sa.BigInteger(), nullable=False),
        sa.Column("doors", sa.BigInteger(), nullable=False),
        sa.Column("explained", sa.Double(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("ran_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("extract(day from month) = 1", name=op.f("ck_audit_run_month")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_audit_run_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_run")),
        sa.UniqueConstraint("county_code", "month", name=op.f("uq_audit_run_county_code_month")),
    )
    op.create_table(
        "audit_conformance",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("village_id", sa.BigInteger(), nullable=True),
        sa.Column("tested", sa.BigInteger(), nullable=False),
        sa.Column("broken", sa.BigInteger(), nullable=False),
        sa.Column("excepted", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "tested > 0 and broken between 0 and tested and excepted between 0 and broken",
            name=op.f("ck_audit_conformance_counts"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["audit_run.id"], name=op.f("fk_audit_conformance_run_id_audit_run"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["village_id"],
            ["division.id"],
            name=op.f("fk_audit_conformance_village_id_division"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_conformance")),
        sa.UniqueConstraint(
            "run_id",
            "measure",
            "village_id",
            name=op.f("uq_audit_conformance_run_id_measure_village_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(op.f("ix_audit_conformance_village_id"), "audit_conformance", ["village_id"], unique=False)
    op.create_geospatial_table(
        "audit_finding",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("entrance_id", sa.BigInteger(), nullable=False),
        sa.Column("village_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("message", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("proposal", sa.Text(), server_default="", nullable=False),
        sa.Column("breaks", postgresql.ARRAY(sa.Text()), nullable=False),
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
        sa.Column("first_seen", sa.Date(), nullable=False),
        sa.Column("last_seen", sa.Date(), nullable=False),
        sa.Column("gone_on", sa.Date(), nullable=True),
        sa.CheckConstraint("severity in ('error', 'warning', 'info')", name=op.f("ck_audit_finding_severity")),
        sa.ForeignKeyConstraint(
            ["entrance_id"],
            ["entrance.id"],
            name=op.f("fk_audit_finding_entrance_id_entrance"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["street_id"], ["street.id"], name=op.f("fk_audit_finding_street_id_street"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["division.id"], name=op.f("fk_audit_finding_village_id_division"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_finding")),
        sa.UniqueConstraint("entrance_id", "kind", name=op.f("uq_audit_finding_entrance_id_kind")),
    )
    op.create_index("ix_audit_finding_county_code_kind", "audit_finding", ["county_code", "kind"], unique=False)
    op.create_index(op.f("ix_audit_finding_street_id"), "audit_finding", ["street_id"], unique=False)
    op.create_index(op.f("ix_audit_finding_village_id"), "audit_finding", ["village_id"], unique=False)


def downgrade() -> None:
    op.drop_geospatial_table("audit_finding")
    op.drop_table("audit_conformance")
    op.drop_table("audit_run")
