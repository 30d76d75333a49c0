"""Connections: one engine per database role, and what must be true of a server before it is used."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session, sessionmaker

from geo_app.domain.errors import DomainError
from geo_app.persistence import embedded, postgres
from geo_app.persistence.access_log import AccessLog
from geo_app.persistence.register import Register
from geo_app.settings import Settings


class ChineseIsDropped(DomainError):
    """With lc_ctype C, trigram search would leave out every Chinese character in silence."""

    pattern = "The database's lc_ctype drops Chinese from the search; create it with locale C.UTF-8."


class SuperuserAtWork(DomainError):
    """The application must not be able to step round its own rules."""

    pattern = "The login {role} is a superuser or owns tables; use the application's own role."


@dataclass(frozen=True)
class Logins:
    """Addresses of the three logins, see the manual's page on access."""

    app: str
    owner: str
    audit: str


class Database:
    """The register's database: sessions for the application, apart from the log's own short transactions."""

    def __init__(self, logins: Logins) -> None:
        self.logins = logins

    @cached_property
    def engine(self) -> Engine:
        """The application's pool; idle transactions end by themselves so that a lock cannot outlive its holder."""
        return create_engine(
            self.logins.app,
            pool_size=10,
            max_overflow=20,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"options": "-c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000"},
        )

    @cached_property
    def audit_engine(self) -> Engine:
        """The log writer's pool: its rows are committed before an answer leaves, whatever the request does."""
        return create_engine(self.logins.audit, pool_size=5, max_overflow=10, pool_pre_ping=True, hide_parameters=True)

    @cached_property
    def access_log(self) -> AccessLog:
        """The log of access, to be written."""
        return AccessLog(self.audit_engine)

    @cached_property
    def sessions(self) -> sessionmaker[Session]:
        """Makes the sessions of requests, commands and jobs."""
        return sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Register]:
        """Give the register for one transaction: all of it is written, or nothing."""
        with self.sessions.begin() as session:
            yield Register(session)

    def close(self) -> None:
        """Close all pooled connections."""
        self.engine.dispose()
        self.audit_engine.dispose()


def connect(settings: Settings) -> Database:
    """Return the database of the settings, starting the private server when none is named.

    Raises:
        NoDatabaseServer, DatabaseServerTooOld, ServerDidNotStart: see `embedded.start`.
        ChineseIsDropped, SuperuserAtWork: see `check_server`.
    """
    database = Database(logins_of(settings))
    check_server(database.engine)
    return database


def logins_of(settings: Settings) -> Logins:
    """Return the logins of the settings; without any, those of the private server, which is started."""
    if settings.database_url:
        return Logins(
            settings.database_url,
            settings.owner_database_url or settings.database_url,
            settings.audit_database_url or settings.database_url,
        )
    cluster = embedded.cluster_at(settings.home, binaries=settings.postgres_bin)
    embedded.start(cluster, settings.home)
    return Logins(cluster.url("geo_app"), cluster.url("geo_owner"), cluster.url("geo_audit"))


def check_server(engine: Engine) -> None:
    """Refuse a server that is unsafe or would find no Chinese.

    Raises:
        DatabaseServerTooOld: row-security flaws.
        ChineseIsDropped: trigrams leave Chinese out.
        SuperuserAtWork: the application's login has too much power.
    """
    with engine.connect() as connection:
        version = connection.scalar(text("show server_version"))
        postgres.require_safe(postgres.parse_version(str(version)))
        if not connection.scalar(text("select cardinality(show_trgm('铜河路')) > 3")):
            raise ChineseIsDropped
        role, power = connection.execute(
            text(
                "select rolname, rolsuper or rolbypassrls or exists (select 1 from pg_class c join pg_namespace n"
                " on n.oid = relnamespace where relowner = r.oid and nspname = 'public')"
                " from pg_roles r where rolname = current_user"
            )
        ).one()
        if power:
            raise SuperuserAtWork(role=role)
