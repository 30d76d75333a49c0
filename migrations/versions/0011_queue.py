"""The job queue's own tables, as procrastinate 3.10 ships them."""

from importlib.resources import files

from alembic import op

revision = "0011"
down_revision = "0010"

DROP_ALL = """
do $$ declare thing text; begin
    for thing in select format('drop table %I cascade', tablename) from pg_tables
        where schemaname = 'public' and tablename like 'procrastinate\\_%' loop execute thing; end loop;
    for thing in select format('drop function %s cascade', oid::regprocedure) from pg_proc
        where pronamespace = 'public'::regnamespace and proname like 'procrastinate\\_%' loop execute thing; end loop;
    for thing in select format('drop type %I cascade', typname) from pg_type
        where typnamespace = 'public'::regnamespace and typname like 'procrastinate\\_%' and typcategory in ('E', 'C')
        loop execute thing; end loop;
end $$
"""


def upgrade() -> None:
    script = files("procrastinate").joinpath("sql/schema.sql").read_text(encoding="utf-8")
    # Straight to the driver: the script has percent signs and colons that SQLAlchemy would read as parameters.
    op.get_bind().connection.cursor().execute(script)


def downgrade() -> None:
    op.execute(DROP_ALL)
