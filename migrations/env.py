"""Run the migrations as the schema's owner, with short waits for locks so that nobody else is held up."""

from alembic import context
from geoalchemy2 import alembic_helpers
from sqlalchemy import create_engine, text

from geo_app.persistence.database import logins_of
from geo_app.persistence.schema import is_ours
from geo_app.persistence.tables import Base
from geo_app.settings import Settings


def owner_url() -> str:
    """Return the owner's login: the caller's, or the settings'."""
    given = context.config.attributes.get("owner_url")
    return str(given) if given else logins_of(Settings.from_env()).owner


engine = create_engine(owner_url(), connect_args={"options": "-c lock_timeout=4s"})
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_object=is_ours,
        process_revision_directives=alembic_helpers.writer,
        render_item=alembic_helpers.render_item,
        compare_type=True,
    )
    with context.begin_transaction():
        connection.execute(text("set local statement_timeout = '10min'"))
        context.run_migrations()
engine.dispose()
