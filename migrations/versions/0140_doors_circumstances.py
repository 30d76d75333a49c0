"""What is unusual about a door: what it is, whether its building may stand, how wide its front is, whose it is."""

import sqlalchemy as sa
from alembic import op

revision = "0140"
down_revision = "0091"

TABLES = ("entrance", "entrance_history")
COLUMNS = ("door_kind", "door_state", "front_metres", "door_of_id")


def upgrade() -> None:
    # The history's rows are copied by place: both tables get the same columns in the same order.
    for table in TABLES:
        op.add_column(table, sa.Column("door_kind", sa.Text(), server_default="door", nullable=False))
        op.add_column(table, sa.Column("door_state", sa.Text(), server_default="permanent", nullable=False))
        op.add_column(table, sa.Column("front_metres", sa.Float(), server_default=sa.text("0"), nullable=False))
        op.add_column(table, sa.Column("door_of_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_entrance_door_of_id_entrance"), "entrance", "entrance", ["door_of_id"], ["id"])
    op.create_index(op.f("ix_entrance_door_of_id"), "entrance", ["door_of_id"], unique=False)
    op.create_check_constraint(
        "door_kind", "entrance", "door_kind in ('door', 'stair', 'recessed', 'lane', 'corner', 'land')"
    )
    op.create_check_constraint(
        "door_state", "entrance", "door_state in ('permanent', 'temporary', 'illegal', 'demolished')"
    )
    op.create_check_constraint("front_metres", "entrance", "front_metres between 0 and 10000")
    _timeline_anew()


def downgrade() -> None:
    op.execute("drop view entrance_timeline")
    for table in TABLES:
        for column in COLUMNS:
            op.drop_column(table, column)
    op.execute("create view entrance_timeline as select * from entrance union all select * from entrance_history")


def _timeline_anew() -> None:
    op.execute("drop view entrance_timeline")
    op.execute("create view entrance_timeline as select * from entrance union all select * from entrance_history")
