"""Why a succession is thought so, and what else it could be: for the person who decides it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0051"
down_revision = "0050"


def upgrade() -> None:
    op.add_column("division_succession", sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.add_column("division_succession", sa.Column("import_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_division_succession_import_id_import_run"),
        "division_succession",
        "import_run",
        ["import_id"],
        ["id"],
    )
    op.create_index(op.f("ix_division_succession_import_id"), "division_succession", ["import_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_division_succession_import_id"), table_name="division_succession")
    op.drop_constraint(op.f("fk_division_succession_import_id_import_run"), "division_succession")
    op.drop_column("division_succession", "import_id")
    op.drop_column("division_succession", "detail")
