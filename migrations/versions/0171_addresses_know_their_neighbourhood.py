"""An address may name its neighbourhood 鄰: no ground on which numbers are counted, as a village group is."""

import sqlalchemy as sa
from alembic import op

revision = "0171"
down_revision = "0170"

VIEW = """
    create or replace view standard_address_timeline as
    select * from standard_address union all select * from standard_address_history
"""


def upgrade() -> None:
    # In the register and its history alike, as the last column: the trigger copies whole rows.
    for table in ("standard_address", "standard_address_history"):
        op.add_column(table, sa.Column("neighbourhood", sa.Text(), nullable=True))
    op.execute(VIEW)


def downgrade() -> None:
    op.execute("drop view standard_address_timeline")
    for table in ("standard_address_history", "standard_address"):
        op.drop_column(table, "neighbourhood")
    op.execute(VIEW)
