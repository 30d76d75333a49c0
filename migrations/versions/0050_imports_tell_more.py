"""What an import corrected, and whether a row was left out or only doubtful."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0041"


def upgrade() -> None:
    op.add_column(
        "import_run", sa.Column("rows_corrected", sa.BigInteger(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column("import_problem", sa.Column("severity", sa.Text(), server_default="error", nullable=False))
    op.create_check_constraint("severity", "import_problem", "severity in ('error', 'warning')")


def downgrade() -> None:
    op.drop_constraint(op.f("ck_import_problem_severity"), "import_problem")
    op.drop_column("import_problem", "severity")
    op.drop_column("import_run", "rows_corrected")
