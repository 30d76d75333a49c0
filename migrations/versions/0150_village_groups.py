"""Village groups: what is numbered along lanes without names, and the plans that number it."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0150"
down_revision = "0130"

TIMELINE = "create view entrance_timeline as select * from entrance union all select * from entrance_history"
ONE_PLACE = "num_nonnulls(street_id, village_group_id) = 1"
LIVING_GROUP_DOOR = (
    "kind = 'door' and street_id is null and village_group is not null and status in ('proposed', 'current')"
)


def upgrade() -> None:
    op.create_geospatial_table(
        "village_group",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("division_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "mouth",
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
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_village_group_division_id_division")),
        sa.ForeignKeyConstraint(["import_id"], ["import_run.id"], name=op.f("fk_village_group_import_id_import_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_village_group")),
    )
    op.create_index(op.f("ix_village_group_import_id"), "village_group", ["import_id"], unique=False)
    op.create_index(
        "uq_village_group_name",
        "village_group",
        ["division_id", "name"],
        unique=True,
        postgresql_where=sa.text("upper_inf(valid)"),
    )
    op.execute("call keep_history_of('village_group')")
    _houses()
    _plans()
    op.create_index(
        "uq_standard_address_group_door",
        "standard_address",
        ["division_id", "village_group", "number", "suffix", "sub_number"],
        unique=True,
        postgresql_where=sa.text(LIVING_GROUP_DOOR),
        postgresql_nulls_not_distinct=True,
    )


def _houses() -> None:
    op.execute("drop view entrance_timeline")
    for table in ("entrance", "entrance_history"):
        op.add_column(table, sa.Column("village_group_id", sa.BigInteger(), nullable=True))
    op.execute(TIMELINE)
    op.create_foreign_key(
        op.f("fk_entrance_village_group_id_village_group"), "entrance", "village_group", ["village_group_id"], ["id"]
    )
    op.create_index(op.f("ix_entrance_village_group_id"), "entrance", ["village_group_id"], unique=False)
    op.create_check_constraint(
        op.f("ck_entrance_one_place"), "entrance", "street_id is null or village_group_id is null"
    )


def _plans() -> None:
    op.add_column("numbering_plan", sa.Column("village_group_id", sa.BigInteger(), nullable=True))
    op.alter_column("numbering_plan", "street_id", nullable=True)
    op.create_foreign_key(
        op.f("fk_numbering_plan_village_group_id_village_group"),
        "numbering_plan",
        "village_group",
        ["village_group_id"],
        ["id"],
    )
    op.create_index(op.f("ix_numbering_plan_village_group_id"), "numbering_plan", ["village_group_id"], unique=False)
    op.create_check_constraint(op.f("ck_numbering_plan_one_place"), "numbering_plan", ONE_PLACE)


def downgrade() -> None:
    op.drop_index("uq_standard_address_group_door", table_name="standard_address")
    op.execute("delete from numbering_plan where street_id is null")
    op.drop_constraint(op.f("ck_numbering_plan_one_place"), "numbering_plan")
    op.drop_column("numbering_plan", "village_group_id")
    op.alter_column("numbering_plan", "street_id", nullable=False)
    op.drop_constraint(op.f("ck_entrance_one_place"), "entrance")
    op.execute("drop view entrance_timeline")
    for table in ("entrance_history", "entrance"):
        op.drop_column(table, "village_group_id")
    op.execute(TIMELINE)
    op.execute("call forget_history_of('village_group')")
    op.drop_geospatial_table("village_group")
