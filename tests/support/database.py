"""A real PostGIS for tests: one throw-away server, one migrated template, one clone per worker."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

from geo_app.persistence import embedded, schema
from geo_app.persistence.database import Database, Logins
from geo_app.persistence.register import Register

TEMPLATE = "geo"


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[embedded.Cluster]:
    """One server for all workers of a run; the last worker to leave stops it and removes its files."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"alone-{os.getpid()}")
    home = Path(tempfile.gettempdir()) / f"geo-app-tests-{run}"
    home.mkdir(exist_ok=True)
    server = embedded.cluster_at(home, durable=False)
    with _counted(home, 1):
        embedded.start(server, home)
        if not (home / "migrated").exists():
            schema.upgrade(server.url("geo_owner", TEMPLATE))
            (home / "migrated").touch()
    yield server
    with _counted(home, -1) as users:
        if users == 0:
            embedded.stop(server)
    if users == 0:
        shutil.rmtree(home)
        shutil.rmtree(server.sockets)


@contextmanager
def _counted(home: Path, change: int) -> Iterator[int]:
    with (home / "users").open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        users = int(file.read() or 0) + change
        file.truncate(0)
        file.write(str(users))
        file.flush()
        yield users


@pytest.fixture(scope="module")
def private_home() -> Iterator[Path]:
    """A data folder with a durable server of its own, for tests that start commands or kill them."""
    with tempfile.TemporaryDirectory(prefix="geo-app-home-") as folder:
        home = Path(folder)
        # The server works as a user of its own, who has to reach its folder.
        home.chmod(0o755)
        yield home
        server = embedded.cluster_at(home)
        embedded.stop(server)
        shutil.rmtree(server.sockets, ignore_errors=True)


def logins(cluster: embedded.Cluster, name: str) -> Logins:
    return Logins(*(cluster.url(role, name) for role in ("geo_app", "geo_owner", "geo_audit")))


@contextmanager
def cloned(cluster: embedded.Cluster, template: str = TEMPLATE) -> Iterator[Database]:
    name = f"test_{uuid4().hex}"
    embedded.create_database(cluster, name, template)
    database = Database(logins(cluster, name))
    try:
        yield database
    finally:
        database.close()
        embedded.drop_database(cluster, name)


@pytest.fixture(scope="session")
def shared_database(cluster: embedded.Cluster) -> Iterator[Database]:
    with cloned(cluster) as database:
        yield database


class RolledBackDatabase(Database):
    """A database whose commits are real to the application and gone after the test."""

    def __init__(self, database: Database, sessions: sessionmaker[Session]) -> None:
        super().__init__(database.logins)
        self.sessions = sessions


@pytest.fixture
def database(shared_database: Database) -> Iterator[Database]:
    """Commits become savepoints of one outer transaction, which is rolled back."""
    with shared_database.engine.connect() as connection:
        outer = connection.begin()
        rolled_back = RolledBackDatabase(
            shared_database, sessionmaker(connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        )
        yield rolled_back
        rolled_back.close()
        outer.rollback()


@pytest.fixture
def register(database: Database) -> Iterator[Register]:
    with database.transaction() as register:
        yield register


@pytest.fixture
def committed_database(cluster: embedded.Cluster) -> Iterator[Database]:
    """A database of the test's own: for tests that commit, work in parallel, or read the log of access."""
    with cloned(cluster) as database:
        yield database


@pytest.fixture
def owner_engine(committed_database: Database):
    engine = create_engine(committed_database.logins.owner)
    yield engine
    engine.dispose()
