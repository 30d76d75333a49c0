"""What the notice of a street's name says: where it runs, who approved it, when, on what ground."""

import sqlalchemy as sa
from alembic import op

revision = "0110"
down_revision = "0140"

TEXTS = ("location", "approving_body", "legal_basis")
TIMELINE = "create view street_timeline as select * from street union all select * from street_history"


def upgrade() -> None:
    op.execute("drop view street_timeline")
    for table in ("street", "street_history"):
        for name in TEXTS:
            op.add_column(table, sa.Column(name, sa.Text(), server_default="", nullable=False))
        op.add_column(table, sa.Column("approved_on", sa.Date(), nullable=True))
    op.execute(TIMELINE)


def downgrade() -> None:
    op.execute("drop view street_timeline")
    for table in ("street", "street_history"):
        op.drop_column(table, "approved_on")
        for name in reversed(TEXTS):
            op.drop_column(table, name)
    op.execute(TIMELINE)
