"""Configuration files of the private server: tuned to the machine, unix socket only, peer login only."""

from pathlib import Path

ROLES = ("geo_super", "geo_owner", "geo_app", "geo_audit")
"""Bootstrap only · owns the schema · runs the application and owns nothing · appends to the logs."""

MEGABYTE = 1024 * 1024


def machine_memory() -> int:
    """Return the machine's memory in bytes."""
    for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
        if line.startswith("MemTotal:"):
            return int(line.split()[1]) * 1024
    return 2048 * MEGABYTE


def server_settings(memory: int, sockets: Path, *, durable: bool = True) -> str:
    """Return postgresql.conf's own part for a machine with `memory` bytes.

    One county's register fits a sixteenth of the memory; without `durable` (throw-away clusters of tests) nothing is
    flushed to disk.
    """
    shared = max(128, min(2048, memory // MEGABYTE // 16))
    lines = [
        "listen_addresses = ''",
        f"unix_socket_directories = '{sockets}'",
        "unix_socket_permissions = 0700",
        f"shared_buffers = {shared}MB",
        f"effective_cache_size = {max(512, memory // MEGABYTE // 2)}MB",
        "work_mem = 32MB",
        f"maintenance_work_mem = {max(64, min(512, shared // 2))}MB",
        "max_connections = 120",
        "max_parallel_workers_per_gather = 1",
        "random_page_cost = 1.1",
        "jit = off",
        "wal_compression = on",
        "max_wal_size = 4GB",
        "timezone = 'UTC'",
        "log_min_messages = warning",
        "log_line_prefix = '%m [%p] '",
        "logging_collector = off",
        "password_encryption = 'scram-sha-256'",
    ]
    if not durable:
        lines += ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]
    return "\n".join(lines) + "\n"


def login_rules() -> str:
    """Return pg_hba.conf: nobody gets in but by the name the operating system vouches for."""
    return "local all all peer map=geo\n"


def login_names(system_users: set[str]) -> str:
    """Return pg_ident.conf: which users of the machine may log in as which database role."""
    return "".join(f"geo {user} {role}\n" for user in sorted(system_users) for role in ROLES)
