import os
import shutil
import signal
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg2
import pytest

from geo_app.persistence import embedded, postgres
from geo_app.persistence.embedded_config import server_settings


@pytest.fixture
def home():
    folder = Path(tempfile.mkdtemp(prefix="geo-app-embedded-"))
    folder.chmod(0o755)
    yield folder
    cluster = embedded.cluster_at(folder)
    if cluster.data.exists():
        embedded.stop(cluster)
    shutil.rmtree(folder)
    shutil.rmtree(cluster.sockets, ignore_errors=True)


@pytest.fixture
def running(home):
    cluster = embedded.cluster_at(home)
    embedded.start(cluster, home)
    return cluster


def ask(cluster, statement, role="geo_app"):
    connection = psycopg2.connect(host=str(cluster.sockets), dbname="geo", user=role)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def postmaster(cluster):
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def test_the_server_answers_in_chinese_order_and_finds_chinese(running):
    names = ask(
        running, "select n from unnest(array['铜河路128号', '铜河路9号', '安谷路']) n order by n collate \"zh-x-icu\""
    )
    assert names[0] == ("安谷路",)
    assert ask(running, "select n from unnest(array['铜河路128号', '铜河路9号']) n order by n")[0] == ("铜河路9号",)
    assert ask(running, "select cardinality(show_trgm('铜河路'))") == [(4,)]


def test_nobody_listens_on_the_network_and_the_folders_are_closed(running):
    assert ask(running, "select setting from pg_settings where name = 'listen_addresses'") == [("",)]
    assert (running.data.stat().st_mode | running.sockets.stat().st_mode) & 0o077 == 0
    assert ask(running, "show data_checksums") == [("on",)]


def test_the_server_does_not_run_as_root(running):
    assert Path(f"/proc/{postmaster(running)}").stat().st_uid != 0 or os.geteuid() != 0


def test_the_roles_of_the_application_have_no_power(running):
    roles = ask(running, "select rolname, rolsuper or rolcreatedb or rolcreaterole or rolbypassrls from pg_roles")
    assert {role: power for role, power in roles if role in ("geo_owner", "geo_app", "geo_audit")} == {
        "geo_owner": False,
        "geo_app": False,
        "geo_audit": False,
    }


def test_two_starters_at_once_get_one_server(home):
    clusters = [embedded.cluster_at(home) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda cluster: embedded.start(cluster, home), clusters))
    assert len({postmaster(cluster) for cluster in clusters}) == 1


def test_after_kill_9_the_server_starts_again_with_every_committed_row(home, running):
    ask(running, "create table kept (n int); insert into kept select generate_series(1, 1000)", role="geo_owner")
    os.kill(postmaster(running), signal.SIGKILL)
    embedded.start(running, home)
    assert ask(running, "select count(*) from kept", role="geo_owner") == [(1000,)]


def test_a_server_that_lost_its_socket_is_started_anew(home, running):
    (running.sockets / ".s.PGSQL.5432").unlink()
    embedded.start(running, home)
    assert ask(running, "select 1") == [(1,)]


def test_a_stale_pid_file_is_recognised(home, running):
    embedded.stop(running)
    # The number of a process that lives, but is not this server.
    (running.data / "postmaster.pid").write_text(f"{os.getpid()}\n{running.data}\n")
    embedded.start(running, home)
    assert ask(running, "select 1") == [(1,)]


def test_a_half_made_cluster_is_made_anew(home):
    cluster = embedded.cluster_at(home)
    (home / "postgres").mkdir()
    shutil.chown(home / "postgres", cluster.user)
    (home / "postgres" / "data.draft").mkdir()
    embedded.start(cluster, home)
    assert embedded.is_running(cluster)


def test_a_socket_folder_of_somebody_else_is_refused(home):
    cluster = embedded.cluster_at(home)
    other = "nobody" if cluster.user != "nobody" else "root"
    cluster.sockets.mkdir()
    shutil.chown(cluster.sockets, other)
    with pytest.raises(embedded.RunFolderNotOurs):
        embedded.start(cluster, home)


def test_a_socket_path_that_is_too_long_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/tmp/" + "x" * 90)
    with pytest.raises(embedded.SocketPathTooLong):
        embedded.cluster_at(tmp_path)


def test_the_settings_follow_the_machines_memory():
    assert "shared_buffers = 128MB" in server_settings(1024**3, Path("/s"))
    assert "shared_buffers = 1536MB" in server_settings(24 * 1024**3, Path("/s"))


@pytest.mark.parametrize("version", ["15.13", "16.9", "17.5", "14.19", "18.1"])
def test_servers_with_known_holes_are_refused(version):
    with pytest.raises(postgres.DatabaseServerTooOld):
        postgres.require_safe(postgres.parse_version(version))


@pytest.mark.parametrize("version", ["15.14", "16.10", "17.6", "15.20 (Debian 15.20-0+deb12u1)"])
def test_mended_servers_are_taken(version):
    assert postgres.require_safe(postgres.parse_version(version))


def test_a_machine_without_postgresql_is_told_what_to_install(tmp_path):
    with pytest.raises(postgres.NoDatabaseServer, match="apt-get install"):
        postgres.find_binaries(tmp_path)
