"""What this machine has, what it lacks, and how to get it."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from geo_app.cli.database import fail, lang_option, open_database
from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message, marked
from geo_app.exchange.language import render
from geo_app.exchange.paper import require_printing
from geo_app.persistence import postgres
from geo_app.settings import CHECKOUT, Settings

ENOUGH_DISK = 5 * 1024**3


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the system needs: whether it is there, and a sentence with the remedy where it is not."""

    name: str
    good: bool
    says: Message


@click.command()
@lang_option
def doctor(lang: str) -> None:
    """Check this machine: PostgreSQL, PostGIS, Chinese search, front-end files, fonts, disk.

    Example: geo-app doctor --lang en
    """
    bad = 0
    for check in _checks():
        bad += not check.good
        click.echo(f"{'✓' if check.good else '✗'} {check.name}: {render(check.says, lang)}")
    if bad:
        fail(Message(marked("{count} things are missing; each line above says how to get them."), {"count": bad}), lang)


def _checks() -> Iterator[Check]:
    for examine in (_python, _server, _database, _front_end, _papers, _disk):
        yield examine()


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check("Python", sys.version_info[:2] == (3, 11), Message(marked("version {version}"), {"version": version}))


def _tried(name: str, examine: Callable[[], Message]) -> Check:
    try:
        return Check(name, good=True, says=examine())
    except DomainError as refusal:
        return Check(name, good=False, says=refusal.message)


def _server() -> Check:
    def examine() -> Message:
        folder = postgres.find_binaries(Settings.from_env().postgres_bin)
        version = postgres.require_safe(postgres.version_of(folder))
        return Message(marked("version {version}"), {"version": version})

    return _tried("PostgreSQL", examine)


def _database() -> Check:
    def examine() -> Message:
        with open_database():
            return Message(marked("starts, finds Chinese, schema up to date"))

    return _tried("PostGIS", examine)


def _front_end() -> Check:
    there = (CHECKOUT / "geo_app/web/static/vendor/maplibre-gl/maplibre-gl.mjs").exists()
    return Check("MapLibre", there, Message(marked("installed") if there else marked("missing; run ./run setup")))


def _papers() -> Check:
    def examine() -> Message:
        require_printing()
        return Message(marked("installed"))

    return _tried("Pango", examine)


def _disk() -> Check:
    home = Settings.from_env().home
    existing = next(path for path in (home, *home.parents, Path("/")) if path.exists())
    free = shutil.disk_usage(existing).free
    says = Message(marked("{gigabytes} GB free in {path}"), {"gigabytes": free // 1024**3, "path": existing})
    return Check("Disk", free > ENOUGH_DISK, says)
