"""The private PostgreSQL server in the data folder: made, started, found again after a crash, stopped.

It listens on a unix socket in a folder of mode 0700. It never runs as root: a root caller hands it to an unprivileged
user.
"""

import fcntl
import getpass
import hashlib
import os
import pwd
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo_app.domain.errors import DomainError
from geo_app.persistence import embedded_config as config
from geo_app.persistence import postgres

DATABASE = "geo"
LOCALE = "C.UTF-8"
"""Not C: with it pg_trgm drops every Chinese character without a word."""
SORTING = "zh-u-co-pinyin-kn"
"""ICU: by pinyin, and 9号 before 128号."""
LONGEST_SOCKET_PATH = 107
PORT = 5432
ACCEPTS, REJECTS = 0, 1
"""What pg_isready answers: connections are taken, or not yet."""
MOST_TRIES, BETWEEN_TRIES = 240, 0.25
"""A minute for recovery after a crash, in seconds."""
LONGEST_FAREWELL = 10
"""Seconds that an orphaned server process gets to end."""


class SocketPathTooLong(DomainError):
    """A unix socket's path may have 107 bytes."""

    pattern = "The socket path {path} is too long; set TMPDIR or XDG_RUNTIME_DIR to a shorter folder."


class RunFolderNotOurs(DomainError):
    """Somebody else made the folder of the socket."""

    pattern = "The folder {path} belongs to another user; remove it or set XDG_RUNTIME_DIR."


class ServerDidNotStart(DomainError):
    """PostgreSQL gave up; its log says why."""

    pattern = "The private database server did not start: {reason} (whole log: {log})"


@dataclass(frozen=True, slots=True)
class Cluster:
    """One private server: its folders, its programs, and the system user it runs as."""

    data: Path
    sockets: Path
    binaries: Path
    user: str
    durable: bool = True

    @property
    def log(self) -> Path:
        """The server's log file."""
        return self.data.parent / "postgres.log"

    def url(self, role: str, database: str = DATABASE) -> str:
        """Return the SQLAlchemy address for `role`."""
        return f"postgresql+psycopg2://{role}@/{database}?host={self.sockets}&port={PORT}"


def cluster_at(home: Path, *, binaries: Path | None = None, durable: bool = True) -> Cluster:
    """Return the cluster that belongs to the data folder `home`; nothing is made or started yet.

    Raises:
        NoDatabaseServer, DatabaseServerTooOld: see `postgres.find_binaries`.
        SocketPathTooLong: no short folder for the socket.
    """
    folder = postgres.find_binaries(binaries)
    user = _server_user()
    postgres.require_safe(postgres.version_of(folder))
    return Cluster(_data_folder(home, user) / "data", _socket_folder(home), folder, user, durable=durable)


def _server_user() -> str:
    if os.geteuid() != 0:
        return getpass.getuser()
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _data_folder(home: Path, user: str) -> Path:
    """Return where the cluster lives: in the data folder, unless the server's user may not enter a folder above it."""
    inside = home / "postgres"
    if os.geteuid() != 0 or user == "root" or _all_may_enter(home):
        return inside
    return Path("/var/lib") / f"geo-app-{_mark(home)}"


def _all_may_enter(folder: Path) -> bool:
    existing = [path for path in (folder, *folder.parents) if path.exists()]
    return all(path.stat().st_mode & 0o001 for path in existing)


def _mark(home: Path) -> str:
    return hashlib.sha256(str(home).encode()).hexdigest()[:10]


def _socket_folder(home: Path) -> Path:
    base = Path("/run") if os.geteuid() == 0 else Path(os.environ.get("XDG_RUNTIME_DIR", "/tmp"))  # noqa: S108  see _owned_folder
    folder = base / f"geo-app-{os.geteuid()}-{_mark(home)}"
    if len(str(folder / f".s.PGSQL.{PORT}").encode()) > LONGEST_SOCKET_PATH:
        raise SocketPathTooLong(path=folder)
    return folder


def start(cluster: Cluster, home: Path) -> None:
    """Make the cluster if there is none, start it if it does not run, and see that roles and database are there.

    Two starters at once wait for each other; what a crash left behind is cleared away first.

    Raises:
        ServerDidNotStart: with the last line of the server's log.
        RunFolderNotOurs: the socket's folder belongs to someone else.
    """
    home.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(home):
        if is_running(cluster) or _comes_to_itself(cluster):
            return
        _owned_folder(cluster.data.parent, cluster.user)
        _owned_folder(cluster.sockets, cluster.user)
        if not (cluster.data / "PG_VERSION").exists():
            _make(cluster)
        _clear_after_crash(cluster)
        _write_configuration(cluster)
        _launch(cluster)
        _provision(cluster)


@contextmanager
def _one_at_a_time(home: Path) -> Iterator[None]:
    with (home / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _owned_folder(folder: Path, user: str) -> None:
    entry = pwd.getpwnam(user)
    if not folder.exists():
        folder.mkdir(parents=True, mode=0o700)
        os.chown(folder, entry.pw_uid, entry.pw_gid)
    state = folder.lstat()
    # A folder with a guessable name in /tmp could have been put there by somebody else.
    if state.st_uid != entry.pw_uid or folder.is_symlink():
        raise RunFolderNotOurs(path=folder)
    folder.chmod(0o700)


def _make(cluster: Cluster) -> None:
    # Made beside and renamed: a crash in the middle leaves no half cluster under the final name.
    draft = cluster.data.with_name("data.draft")
    shutil.rmtree(draft, ignore_errors=True)
    _run(
        cluster, "initdb", "-D", str(draft), "-U", "geo_super", "--auth=peer", "--encoding=UTF8",
        f"--locale={LOCALE}", "--no-sync", "--data-checksums",
    )  # fmt: skip
    draft.rename(cluster.data)


def _write_configuration(cluster: Cluster) -> None:
    files = {
        "postgresql.auto.conf": config.server_settings(
            config.machine_memory(), cluster.sockets, durable=cluster.durable
        ),
        "pg_hba.conf": config.login_rules(),
        "pg_ident.conf": config.login_names({getpass.getuser(), cluster.user}),
    }
    entry = pwd.getpwnam(cluster.user)
    for name, text in files.items():
        path = cluster.data / name
        path.write_text(text, encoding="utf-8")
        os.chown(path, entry.pw_uid, entry.pw_gid)


def _launch(cluster: Cluster) -> None:
    answer = _run(
        cluster, "pg_ctl", "-D", str(cluster.data), "-l", str(cluster.log), "-w", "-t", "60", "start", check=False
    )
    if answer.returncode:
        lines = cluster.log.read_text(encoding="utf-8", errors="replace").splitlines() if cluster.log.exists() else []
        raise ServerDidNotStart(reason=lines[-1] if lines else answer.stderr.strip(), log=cluster.log)


def _provision(cluster: Cluster) -> None:
    have = _psql(cluster, "postgres", "select rolname from pg_roles union select datname from pg_database").split()
    for role in config.ROLES[1:]:
        if role not in have:
            _psql(cluster, "postgres", f"create role {role} login nosuperuser nocreatedb nocreaterole")
    if DATABASE not in have:
        create_database(cluster, DATABASE)
    for extension in ("postgis", "pg_trgm", "btree_gist"):
        _psql(cluster, DATABASE, f"create extension if not exists {extension}")


def create_database(cluster: Cluster, name: str, template: str = "template0") -> None:
    """Create a database that sorts by pinyin and house number; cloned from `template` where that is one of ours."""
    locale = (
        f" encoding 'UTF8' locale_provider icu icu_locale '{SORTING}' locale '{LOCALE}'"
        if template == "template0"
        else ""
    )
    _psql(cluster, "postgres", f'create database "{name}" owner geo_owner template "{template}"{locale}')


def drop_database(cluster: Cluster, name: str) -> None:
    """Drop a database, connected or not."""
    _psql(cluster, "postgres", f'drop database if exists "{name}" with (force)')


def stop(cluster: Cluster) -> None:
    """Stop the server if it runs; open transactions are rolled back."""
    if _postmaster(cluster) is not None:
        _run(cluster, "pg_ctl", "-D", str(cluster.data), "-m", "fast", "-w", "stop")


def is_running(cluster: Cluster) -> bool:
    """Tell whether this cluster's server accepts connections."""
    return _readiness(cluster) == ACCEPTS and _postmaster(cluster) is not None


def _readiness(cluster: Cluster) -> int:
    socket = ("-h", str(cluster.sockets), "-p", str(PORT), "-U", "geo_app", "-d", "postgres")
    return _run(cluster, "pg_isready", "-q", "-t", "10", *socket, check=False).returncode


def _comes_to_itself(cluster: Cluster) -> bool:
    """Wait for a server that is recovering from a crash; one that lives but has lost its socket is stopped."""
    tries = 0
    while _postmaster(cluster) is not None and (readiness := _readiness(cluster)) != ACCEPTS:
        if readiness != REJECTS or tries == MOST_TRIES:
            stop(cluster)
        tries += 1
        time.sleep(BETWEEN_TRIES)
    return _postmaster(cluster) is not None


def _postmaster(cluster: Cluster) -> int | None:
    """Return the process id in the pid file, if that process is this cluster's server."""
    try:
        pid = int((cluster.data / "postmaster.pid").read_text(encoding="ascii").split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None
    return pid if _works_in(pid, cluster.data) else None


def _works_in(pid: int, folder: Path) -> bool:
    try:
        return Path(f"/proc/{pid}/cwd").resolve(strict=True) == folder.resolve()
    except OSError:
        return False


def _clear_after_crash(cluster: Cluster) -> None:
    """Remove a stale pid file, and end children that outlived a killed postmaster and still hold its memory."""
    if _postmaster(cluster) is not None:
        return
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _works_in(int(entry.name), cluster.data):
            _end(int(entry.name))
    # PostgreSQL takes a dead process that nobody waited for as alive, so its locks are removed here.
    socket = cluster.sockets / f".s.PGSQL.{PORT}"
    for leftover in (cluster.data / "postmaster.pid", socket, socket.with_name(socket.name + ".lock")):
        leftover.unlink(missing_ok=True)


def _end(pid: int) -> None:
    """End a process that is not our child, and wait until it has gone."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        signal.pidfd_send_signal(handle, signal.SIGQUIT)
        select.select([handle], [], [], LONGEST_FAREWELL)
    except ProcessLookupError:
        return
    finally:
        os.close(handle)


def _psql(cluster: Cluster, database: str, statement: str) -> str:
    answer = _run(
        cluster, "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", str(cluster.sockets), "-p", str(PORT),
        "-U", "geo_super", "-d", database, "-c", statement,
    )  # fmt: skip
    return answer.stdout


def _run(cluster: Cluster, program: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    entry = pwd.getpwnam(cluster.user)
    as_user: dict[str, Any] = {}
    if os.geteuid() == 0:
        as_user = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    answer: subprocess.CompletedProcess[str] = subprocess.run(  # noqa: S603  our programs, no shell
        [cluster.binaries / program, *arguments],
        cwd="/",
        env={"PATH": f"{cluster.binaries}:/usr/bin:/bin", "LANG": LOCALE, "HOME": "/"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        **as_user,
    )
    if check and answer.returncode:
        raise ServerDidNotStart(reason=answer.stderr.strip() or answer.stdout.strip(), log=cluster.log)
    return answer
