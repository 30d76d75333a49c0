"""Which doors of a plan the planner took off their number, to be numbered anew."""

import sqlalchemy as sa
from alembic import op

revision = "0130"
down_revision = "0113"


def upgrade() -> None:
    op.add_column("planned_door", sa.Column("moved", sa.Boolean(), server_default=sa.text("false"), nullable=False))


def downgrade() -> None:
    op.drop_column("planned_door", "moved")
