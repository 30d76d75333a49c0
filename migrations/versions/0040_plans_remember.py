"""What a plan was computed on (another state: outdated), and what each door had before (to undo it)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0040"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("numbering_plan", sa.Column("computed_on", sa.Text(), server_default="", nullable=False))
    op.add_column("planned_door", sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.create_index(op.f("ix_numbering_plan_corrects_id"), "numbering_plan", ["corrects_id"], unique=False)
    op.create_index(op.f("ix_planned_door_address_id"), "planned_door", ["address_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_planned_door_address_id"), table_name="planned_door")
    op.drop_index(op.f("ix_numbering_plan_corrects_id"), table_name="numbering_plan")
    op.drop_column("planned_door", "before")
    op.drop_column("numbering_plan", "computed_on")
