"""Standard addresses, aliases, successors."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "serial",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("last", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_serial")),
    )
    op.create_geospatial_table(
        "standard_address",
        sa.Column("id", sa.CHAR(length=15), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("standard_code", sa.Text(), nullable=True),
        sa.Column("code_scheme", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), server_default="door", nullable=False),
        sa.Column("rank", sa.Text(), server_default="primary", nullable=False),
        sa.Column("status", sa.Text(), server_default="proposed", nullable=False),
        sa.Column("parent_id", sa.CHAR(length=15), nullable=True),
        sa.Column("primary_id", sa.CHAR(length=15), nullable=True),
        sa.Column("division_id", sa.BigInteger(), nullable=True),
        sa.Column("street_id", sa.BigInteger(), nullable=True),
        sa.Column("entrance_id", sa.BigInteger(), nullable=True),
        sa.Column("street_name", sa.Text(), nullable=True),
        sa.Column("village_group", sa.Text(), nullable=True),
        sa.Column("estate_name", sa.Text(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("number_last", sa.BigInteger(), nullable=True),
        sa.Column("suffix", sa.Text(), nullable=True),
        sa.Column("sub_number", sa.BigInteger(), nullable=True),
        sa.Column("number_text", sa.Text(), nullable=True),
        sa.Column("building", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("floor", sa.BigInteger(), nullable=True),
        sa.Column("room", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("match_key", sa.Text(), nullable=False),
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
        sa.Column("locked_for", sa.Text(), nullable=True),
        sa.Column("proposed_by", sa.BigInteger(), nullable=True),
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
        sa.CheckConstraint("kind in ('door', 'building', 'unit', 'room')", name=op.f("ck_standard_address_kind")),
        sa.CheckConstraint("rank in ('primary', 'secondary')", name=op.f("ck_standard_address_rank")),
        sa.CheckConstraint(
            "status in ('proposed', 'current', 'retired', 'rejected')",
            name=op.f("ck_standard_address_status"),
        ),
        sa.CheckConstraint("floor <> 0", name=op.f("ck_standard_address_no_floor_zero")),
        sa.ForeignKeyConstraint(["proposed_by"], ["account.id"], name=op.f("fk_standard_address_proposed_by_account")),
        sa.ForeignKeyConstraint(
            ["division_id"], ["division.id"], name=op.f("fk_standard_address_division_id_division")
        ),
        sa.ForeignKeyConstraint(
            ["entrance_id"], ["entrance.id"], name=op.f("fk_standard_address_entrance_id_entrance")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["import_run.id"], name=op.f("fk_standard_address_import_id_import_run")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["standard_address.id"], name=op.f("fk_standard_address_parent_id_standard_address")
        ),
        sa.ForeignKeyConstraint(
            ["primary_id"], ["standard_address.id"], name=op.f("fk_standard_address_primary_id_standard_address")
        ),
        sa.ForeignKeyConstraint(["street_id"], ["street.id"], name=op.f("fk_standard_address_street_id_street")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_address")),
    )
    op.create_geospatial_index(
        "idx_standard_address_position",
        "standard_address",
        ["position"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_index(op.f("ix_standard_address_division_id"), "standard_address", ["division_id"], unique=False)
    op.create_index(op.f("ix_standard_address_entrance_id"), "standard_address", ["entrance_id"], unique=False)
    op.create_index(op.f("ix_standard_address_import_id"), "standard_address", ["import_id"], unique=False)
    op.create_index(op.f("ix_standard_address_parent_id"), "standard_address", ["parent_id"], unique=False)
    op.create_index("uq_standard_address_code", "standard_address", ["standard_code"], unique=True)
    op.create_index(
        "uq_standard_address_door",
        "standard_address",
        ["street_id", "number", "suffix", "sub_number"],
        unique=True,
        postgresql_where=sa.text("kind = 'door' and street_id is not null and status in ('proposed', 'current')"),
        postgresql_nulls_not_distinct=True,
    )
    op.create_index(
        "uq_standard_address_source",
        "standard_address",
        ["county_code", "source_key"],
        unique=True,
        postgresql_where=sa.text("source_key is not null and status in ('proposed', 'current')"),
    )
    op.create_index(
        "uq_standard_address_text",
        "standard_address",
        ["county_code", "match_key"],
        unique=True,
        postgresql_where=sa.text("status in ('proposed', 'current')"),
    )
    op.execute("call keep_history_of('standard_address')")
    op.create_table(
        "address_alias",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("address_id", sa.CHAR(length=15), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("match_key", sa.Text(), nullable=False),
        sa.Column("valid", postgresql.DATERANGE(), nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind in ('old_number', 'old_name', 'old_code', 'old_text', 'nickname', 'plot', 'lot')",
            name=op.f("ck_address_alias_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["address_id"], ["standard_address.id"], name=op.f("fk_address_alias_address_id_standard_address")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_alias")),
    )
    op.create_index(op.f("ix_address_alias_address_id"), "address_alias", ["address_id"], unique=False)
    op.create_index("ix_address_alias_match_key", "address_alias", ["match_key"], unique=False)
    op.create_table(
        "address_succession",
        sa.Column("predecessor_id", sa.CHAR(length=15), nullable=False),
        sa.Column("successor_id", sa.CHAR(length=15), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("cause", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("predecessor_id <> successor_id", name=op.f("ck_address_succession_not_itself")),
        sa.ForeignKeyConstraint(
            ["predecessor_id"],
            ["standard_address.id"],
            name=op.f("fk_address_succession_predecessor_id_standard_address"),
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["standard_address.id"], name=op.f("fk_address_succession_successor_id_standard_address")
        ),
        sa.PrimaryKeyConstraint("predecessor_id", "successor_id", name=op.f("pk_address_succession")),
    )
    op.create_index(op.f("ix_address_succession_successor_id"), "address_succession", ["successor_id"], unique=False)


def downgrade() -> None:
    op.drop_table("address_succession")
    op.drop_table("address_alias")
    op.execute("call forget_history_of('standard_address')")
    op.drop_geospatial_table("standard_address")
    op.drop_table("serial")
