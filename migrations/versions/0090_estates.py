"""Estates, with their history."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0090"
down_revision = "0121"


def upgrade() -> None:
    op.create_geospatial_table(
        "estate",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("division_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("naming", sa.Text(), server_default="proposed", nullable=False),
        sa.Column("proposed_by", sa.BigInteger(), nullable=True),
        sa.Column("boundary", _shape("POLYGON"), nullable=True),
        sa.Column("gate", _shape("POINT"), nullable=True),
        sa.Column("gate_address_id", sa.CHAR(length=15), nullable=True),
        sa.Column("made_up", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "valid",
            postgresql.DATERANGE(),
            server_default=sa.text("daterange((now() at time zone 'Asia/Shanghai')::date, null)"),
            nullable=False,
        ),
        sa.Column("recorded", postgresql.TSTZRANGE(), server_default=sa.text("tstzrange(now(), null)"), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("source_row", sa.BigInteger(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.CheckConstraint("naming in ('proposed', 'approved', 'rejected', 'retired')", name=op.f("ck_estate_naming")),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_estate_division_id_division")),
        sa.ForeignKeyConstraint(["proposed_by"], ["account.id"], name=op.f("fk_estate_proposed_by_account")),
        sa.ForeignKeyConstraint(["import_id"], ["import_run.id"], name=op.f("fk_estate_import_id_import_run")),
        sa.ForeignKeyConstraint(
            ["gate_address_id"], ["standard_address.id"], name=op.f("fk_estate_gate_address_id_standard_address")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_estate")),
    )
    op.create_geospatial_index(
        "idx_estate_boundary", "estate", ["boundary"], unique=False, postgresql_using="gist", postgresql_ops={}
    )
    op.create_index(op.f("ix_estate_division_id"), "estate", ["division_id"], unique=False)
    op.create_index(op.f("ix_estate_gate_address_id"), "estate", ["gate_address_id"], unique=False)
    op.create_index(op.f("ix_estate_import_id"), "estate", ["import_id"], unique=False)
    op.create_index(
        "uq_estate_name", "estate", ["county_code", "name"], unique=True, postgresql_where=sa.text("upper_inf(valid)")
    )
    op.execute("call keep_history_of('estate')")


def _shape(kind: str) -> Geometry:
    return Geometry(
        geometry_type=kind, srid=4490, dimension=2, spatial_index=False, from_text="ST_GeomFromEWKT", name="geometry"
    )


def downgrade() -> None:
    op.execute("call forget_history_of('estate')")
    op.drop_geospatial_table("estate")
