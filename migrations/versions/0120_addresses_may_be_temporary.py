"""An address may be temporary: a number for a while, made formal by a case of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0120"
down_revision = "0081"

VIEW = """
    create or replace view standard_address_timeline as
    select * from standard_address union all select * from standard_address_history
"""


def upgrade() -> None:
    # In the register and its history alike, as the last column: the trigger copies whole rows.
    for table in ("standard_address", "standard_address_history"):
        column = sa.Column("temporary", sa.Boolean(), server_default=sa.text("false"), nullable=False)
        op.add_column(table, column)
    op.execute(VIEW)


def downgrade() -> None:
    op.execute("drop view standard_address_timeline")
    for table in ("standard_address_history", "standard_address"):
        op.drop_column(table, "temporary")
    op.execute(VIEW)
