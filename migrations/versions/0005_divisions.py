"""Administrative divisions, outlines, succession."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "division",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("made_up", sa.Boolean(), server_default=sa.text("false"), nullable=False),
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
        sa.CheckConstraint(
            "level in ('province', 'city', 'county', 'township', 'village', 'grid_cell')",
            name=op.f("ck_division_level"),
        ),
        sa.ForeignKeyConstraint(["import_id"], ["import_run.id"], name=op.f("fk_division_import_id_import_run")),
        sa.ForeignKeyConstraint(["parent_id"], ["division.id"], name=op.f("fk_division_parent_id_division")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_division")),
    )
    op.create_index(
        "ix_division_code_prefix", "division", ["code"], unique=False, postgresql_ops={"code": "text_pattern_ops"}
    )
    op.create_index(op.f("ix_division_import_id"), "division", ["import_id"], unique=False)
    op.create_index(op.f("ix_division_parent_id"), "division", ["parent_id"], unique=False)
    op.create_index("uq_division_code", "division", ["code"], unique=True, postgresql_where=sa.text("upper_inf(valid)"))
    op.execute("call keep_history_of('division')")
    op.create_geospatial_table(
        "division_outline",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("division_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "outline",
            Geometry(
                geometry_type="MULTIPOLYGON",
                srid=4490,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.Column("derived", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
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
        sa.ForeignKeyConstraint(
            ["division_id"], ["division.id"], name=op.f("fk_division_outline_division_id_division")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["import_run.id"], name=op.f("fk_division_outline_import_id_import_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_division_outline")),
        sa.UniqueConstraint("division_id", name=op.f("uq_division_outline_division_id")),
    )
    op.create_geospatial_index(
        "idx_division_outline_outline",
        "division_outline",
        ["outline"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_index(op.f("ix_division_outline_import_id"), "division_outline", ["import_id"], unique=False)
    op.execute("call keep_history_of('division_outline')")
    op.create_table(
        "division_succession",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("predecessor_id", sa.BigInteger(), nullable=True),
        sa.Column("successor_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "certainty in ('certain', 'proposed', 'decided')", name=op.f("ck_division_succession_certainty")
        ),
        sa.CheckConstraint(
            "kind in ('merge', 'split', 'rename', 'recode', 'transfer', 'establish', 'abolish')",
            name=op.f("ck_division_succession_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["division.id"], name=op.f("fk_division_succession_predecessor_id_division")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["division.id"], name=op.f("fk_division_succession_successor_id_division")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_division_succession")),
    )
    op.create_index(
        op.f("ix_division_succession_predecessor_id"), "division_succession", ["predecessor_id"], unique=False
    )
    op.create_index(op.f("ix_division_succession_successor_id"), "division_succession", ["successor_id"], unique=False)


def downgrade() -> None:
    op.drop_table("division_succession")
    op.execute("call forget_history_of('division_outline')")
    op.drop_geospatial_table("division_outline")
    op.execute("call forget_history_of('division')")
    op.drop_table("division")
