"""Plans that number an estate's buildings, units and rooms."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0091"
down_revision = "0090"

STEPS = ("submitted", "approved", "published")


def upgrade() -> None:
    op.create_geospatial_table(
        "estate_plan",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("estate_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("rule", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("reserved", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("boundary", _shape("POLYGON"), nullable=True),
        sa.Column("gate", _shape("POINT"), nullable=True),
        sa.Column("street_id", sa.BigInteger(), nullable=True),
        sa.Column("gate_number", sa.BigInteger(), nullable=True),
        sa.Column("gate_suffix", sa.Text(), nullable=True),
        sa.Column("gate_sub_number", sa.BigInteger(), nullable=True),
        sa.Column("gate_address_id", sa.CHAR(length=15), nullable=True),
        sa.Column("gate_is_new", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("buildings", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("units", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("rooms", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("status", sa.Text(), server_default="draft", nullable=False),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("computed_on", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        *(sa.Column(f"{step}_by", sa.BigInteger(), nullable=True) for step in STEPS),
        *(sa.Column(f"{step}_at", sa.TIMESTAMP(timezone=True), nullable=True) for step in STEPS),
        sa.Column("corrects_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "status in ('draft', 'submitted', 'approved', 'published', 'withdrawn', 'undone')",
            name=op.f("ck_estate_plan_status"),
        ),
        *(
            sa.ForeignKeyConstraint([f"{step}_by"], ["account.id"], name=op.f(f"fk_estate_plan_{step}_by_account"))
            for step in ("created", *STEPS)
        ),
        sa.ForeignKeyConstraint(["estate_id"], ["estate.id"], name=op.f("fk_estate_plan_estate_id_estate")),
        sa.ForeignKeyConstraint(["street_id"], ["street.id"], name=op.f("fk_estate_plan_street_id_street")),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["estate_plan.id"], name=op.f("fk_estate_plan_corrects_id_estate_plan")
        ),
        sa.ForeignKeyConstraint(
            ["gate_address_id"], ["standard_address.id"], name=op.f("fk_estate_plan_gate_address_id_standard_address")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_estate_plan")),
    )
    for columns in (["county_code", "status"], ["estate_id"], ["street_id"], ["gate_address_id"], ["corrects_id"]):
        op.create_index(op.f(f"ix_estate_plan_{'_'.join(columns)}"), "estate_plan", columns, unique=False)
    _planned_building()


def _planned_building() -> None:
    op.create_geospatial_table(
        "planned_building",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("outline", _shape("POLYGON"), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kept", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("by_hand", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("spec", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("building_id", sa.BigInteger(), nullable=True),
        sa.Column("address_id", sa.CHAR(length=15), nullable=True),
        sa.Column("address_is_new", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["estate_plan.id"], name=op.f("fk_planned_building_plan_id_estate_plan"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["building_id"], ["building.id"], name=op.f("fk_planned_building_building_id_building")
        ),
        sa.ForeignKeyConstraint(
            ["address_id"], ["standard_address.id"], name=op.f("fk_planned_building_address_id_standard_address")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_building")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_planned_building_plan_id_key")),
    )
    for column in ("building_id", "address_id"):
        op.create_index(op.f(f"ix_planned_building_{column}"), "planned_building", [column], unique=False)


def _shape(kind: str) -> Geometry:
    return Geometry(
        geometry_type=kind, srid=4490, dimension=2, spatial_index=False, from_text="ST_GeomFromEWKT", name="geometry"
    )


def downgrade() -> None:
    op.drop_geospatial_table("planned_building")
    op.drop_geospatial_table("estate_plan")
