"""The machine's PostgreSQL: where its programs are, and whether they may be used."""

import re
import subprocess
from dataclasses import dataclass
from functools import total_ordering
from pathlib import Path

from geo_app.domain.errors import DomainError

FIRST_SAFE = {15: 14, 16: 10, 17: 6}
"""First minor release of each major version with the row-security flaws mended (CVE-2025-8713 and others)."""

SEARCHED = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/usr/local/bin")


class NoDatabaseServer(DomainError):
    """PostgreSQL or PostGIS is not installed."""

    pattern = "PostgreSQL 15 to 17 with PostGIS is not installed. On Debian or Ubuntu: apt-get install {package}"


class DatabaseServerTooOld(DomainError):
    """The server has known holes in row security."""

    pattern = "PostgreSQL {version} has known holes in row security; install {needed} or newer."


@total_ordering
@dataclass(frozen=True, slots=True)
class Version:
    """A PostgreSQL version, such as 15.20."""

    major: int
    minor: int

    def __lt__(self, other: "Version") -> bool:
        return (self.major, self.minor) < (other.major, other.minor)

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"


def parse_version(text: str) -> Version:
    """Read the version from what `postgres --version` or `show server_version` prints.

    Raises:
        NoDatabaseServer: there is no version in the text.
    """
    found = re.search(r"(\d+)\.(\d+)", text)
    if not found:
        raise NoDatabaseServer(package="postgresql-15-postgis-3")
    return Version(int(found[1]), int(found[2]))


def require_safe(version: Version) -> Version:
    """Return `version` when it may be used.

    Raises:
        DatabaseServerTooOld: the release has known row-security flaws, or is not one of 15 to 17.
    """
    first = FIRST_SAFE.get(version.major)
    if first is None:
        raise DatabaseServerTooOld(version=version, needed=f"15.{FIRST_SAFE[15]}")
    if version.minor < first:
        raise DatabaseServerTooOld(version=version, needed=f"{version.major}.{first}")
    return version


def find_binaries(given: Path | None = None) -> Path:
    """Return the folder with the server's programs: the given one, else the newest major version found.

    Raises:
        NoDatabaseServer: there is none.
        DatabaseServerTooOld: see `require_safe`.
    """
    folders = [given] if given else [path for pattern in SEARCHED for path in Path("/").glob(pattern.lstrip("/"))]
    usable = [folder for folder in folders if (folder / "postgres").exists() and (folder / "initdb").exists()]
    if not usable:
        raise NoDatabaseServer(package="postgresql-15-postgis-3")
    return max(((version_of(folder), folder) for folder in usable), key=lambda pair: _preference(pair[0]))[1]


def _preference(version: Version) -> tuple[bool, Version]:
    return version.major in FIRST_SAFE, version


def version_of(folder: Path) -> Version:
    """Return the version of the server in `folder`."""
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)  # noqa: S603
    return parse_version(answer.stdout)
