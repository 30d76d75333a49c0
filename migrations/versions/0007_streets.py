"""Streets, buildings, doors."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "street",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("division_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("namesake", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("pinyin", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), server_default="street", nullable=False),
        sa.Column("naming", sa.Text(), server_default="approved", nullable=False),
        sa.Column("proposed_by", sa.BigInteger(), nullable=True),
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
        sa.CheckConstraint("naming in ('proposed', 'approved', 'rejected', 'retired')", name=op.f("ck_street_naming")),
        sa.ForeignKeyConstraint(["proposed_by"], ["account.id"], name=op.f("fk_street_proposed_by_account")),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_street_division_id_division")),
        sa.ForeignKeyConstraint(["import_id"], ["import_run.id"], name=op.f("fk_street_import_id_import_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_street")),
    )
    op.create_index(op.f("ix_street_division_id"), "street", ["division_id"], unique=False)
    op.create_index(op.f("ix_street_import_id"), "street", ["import_id"], unique=False)
    op.create_index(
        "uq_street_name",
        "street",
        ["county_code", "name", "namesake"],
        unique=True,
        postgresql_where=sa.text("upper_inf(valid)"),
    )
    op.execute("call keep_history_of('street')")
    op.create_geospatial_table(
        "street_piece",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "line",
            Geometry(
                geometry_type="LINESTRING",
                srid=4490,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.Column("rule", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
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
        sa.ForeignKeyConstraint(["import_id"], ["import_run.id"], name=op.f("fk_street_piece_import_id_import_run")),
        sa.ForeignKeyConstraint(["street_id"], ["street.id"], name=op.f("fk_street_piece_street_id_street")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_street_piece")),
    )
    op.create_geospatial_index(
        "idx_street_piece_line", "street_piece", ["line"], unique=False, postgresql_using="gist", postgresql_ops={}
    )
    op.create_index(op.f("ix_street_piece_import_id"), "street_piece", ["import_id"], unique=False)
    op.create_index(op.f("ix_street_piece_street_id"), "street_piece", ["street_id"], unique=False)
    op.create_index(
        "uq_street_piece_source_key",
        "street_piece",
        ["county_code", "source_key"],
        unique=True,
        postgresql_where=sa.text("upper_inf(valid)"),
    )
    op.execute("call keep_history_of('street_piece')")
    op.create_geospatial_table(
        "building",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column(
            "outline",
            Geometry(
                geometry_type="POLYGON",
                srid=4490,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("storeys", sa.BigInteger(), nullable=True),
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
        sa.ForeignKeyConstraint(["import_id"], ["import_run.id"], name=op.f("fk_building_import_id_import_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_building")),
    )
    op.create_geospatial_index(
        "idx_building_outline", "building", ["outline"], unique=False, postgresql_using="gist", postgresql_ops={}
    )
    op.create_index(op.f("ix_building_import_id"), "building", ["import_id"], unique=False)
    op.create_index(
        "uq_building_source_key",
        "building",
        ["county_code", "source_key"],
        unique=True,
        postgresql_where=sa.text("upper_inf(valid)"),
    )
    op.execute("call keep_history_of('building')")
    op.create_geospatial_table(
        "entrance",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("street_id", sa.BigInteger(), nullable=True),
        sa.Column("building_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "position",
            Geometry(
                geometry_type="POINT",
                srid=4490,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.Column("wall_number", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
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
        sa.ForeignKeyConstraint(["building_id"], ["building.id"], name=op.f("fk_entrance_building_id_building")),
        sa.ForeignKeyConstraint(["import_id"], ["import_run.id"], name=op.f("fk_entrance_import_id_import_run")),
        sa.ForeignKeyConstraint(["street_id"], ["street.id"], name=op.f("fk_entrance_street_id_street")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entrance")),
    )
    op.create_geospatial_index(
        "idx_entrance_position", "entrance", ["position"], unique=False, postgresql_using="gist", postgresql_ops={}
    )
    op.create_index(op.f("ix_entrance_building_id"), "entrance", ["building_id"], unique=False)
    op.create_index(op.f("ix_entrance_import_id"), "entrance", ["import_id"], unique=False)
    op.create_index(op.f("ix_entrance_street_id"), "entrance", ["street_id"], unique=False)
    op.create_index(
        "uq_entrance_source_key",
        "entrance",
        ["county_code", "source_key"],
        unique=True,
        postgresql_where=sa.text("upper_inf(valid)"),
    )
    op.execute("call keep_history_of('entrance')")


def downgrade() -> None:
    op.execute("call forget_history_of('entrance')")
    op.drop_geospatial_table("entrance")
    op.execute("call forget_history_of('building')")
    op.drop_geospatial_table("building")
    op.execute("call forget_history_of('street_piece')")
    op.drop_geospatial_table("street_piece")
    op.execute("call forget_history_of('street')")
    op.drop_table("street")
