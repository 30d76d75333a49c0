"""Settings: read once from the environment, then passed on as a value."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8511
DEFAULT_TIMEZONE = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: its name, what it is for, and what holds without it."""

    variable: str
    meaning: str
    default: str


SETTINGS = (
    Setting("GEO_APP_HOME", "data folder: private database, keys, uploaded files", ".geo-app in the checkout"),
    Setting(
        "GEO_APP_DATABASE_URL",
        "the application's own login on a PostgreSQL server",
        "a private server in the data folder",
    ),
    Setting("GEO_APP_OWNER_DATABASE_URL", "login of the schema's owner, for migrations", "the private server"),
    Setting("GEO_APP_AUDIT_DATABASE_URL", "login that may only append to the logs", "the private server"),
    Setting("GEO_APP_POSTGRES_BIN", "folder with initdb, pg_ctl and postgres", "the newest of 15 to 17 found"),
    Setting("GEO_APP_HOST", "address the server listens on", "127.0.0.1"),
    Setting("GEO_APP_PORT", "port the server listens on", "8511"),
    Setting("GEO_APP_HTTPS", "1 when people reach the server by https: cookies then travel by https only", "0"),
    Setting(
        "GEO_APP_PROXIES",
        "how many proxies stand before the server, whose X-Forwarded headers are then believed",
        "0",
    ),
    Setting("GEO_APP_TIMEZONE", "time zone of days in the register", "Asia/Shanghai"),
)
"""Every variable the application reads; the manual's table of settings is made from this."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment decided; see `SETTINGS` for the meaning of each."""

    home: Path
    database_url: str | None = None
    owner_database_url: str | None = None
    audit_database_url: str | None = None
    postgres_bin: Path | None = None
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    https: bool = False
    timezone: str = DEFAULT_TIMEZONE
    proxies: int = 0

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings; a relative data folder is taken from the checkout."""
        binaries = env.get("GEO_APP_POSTGRES_BIN")
        return cls(
            home=(CHECKOUT / env.get("GEO_APP_HOME", ".geo-app")).resolve(),
            database_url=env.get("GEO_APP_DATABASE_URL"),
            owner_database_url=env.get("GEO_APP_OWNER_DATABASE_URL"),
            audit_database_url=env.get("GEO_APP_AUDIT_DATABASE_URL"),
            postgres_bin=Path(binaries) if binaries else None,
            host=env.get("GEO_APP_HOST", DEFAULT_HOST),
            port=int(env.get("GEO_APP_PORT", DEFAULT_PORT)),
            https=env.get("GEO_APP_HTTPS", "0") == "1",
            timezone=env.get("GEO_APP_TIMEZONE", DEFAULT_TIMEZONE),
            proxies=int(env.get("GEO_APP_PROXIES", "0")),
        )
