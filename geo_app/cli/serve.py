"""The server and its worker: two processes under one command."""

import os
import signal
import subprocess
import sys
from types import FrameType

import click

from geo_app.cli.database import lang_option, open_database, refusals_in_one_line
from geo_app.cli.demo import show_accounts
from geo_app.settings import Settings

THREADS_PER_CORE = 2
"""Requests wait for the database most of the time; more threads than this would only share one interpreter."""


@click.command()
@click.option("--host", help="Address to listen on; default GEO_APP_HOST.")
@click.option("--port", type=int, help="Port to listen on; default GEO_APP_PORT.")
@click.option("--demo", is_flag=True, help="Print the demonstration's accounts first.")
@lang_option
@refusals_in_one_line
def serve(host: str | None, port: int | None, demo: bool, lang: str) -> None:  # noqa: FBT001  a flag of the command
    """Serve pages and API, and work off background jobs, until interrupted.

    Example: geo-app serve --port 8511
    """
    settings = Settings.from_env()
    host, port = host or settings.host, port or settings.port
    with open_database() as database:
        if demo:
            show_accounts(database, lang)
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "--host", host, "--port", str(port)]
    server += [
        "--workers",
        "1",
        "--blocking-threads",
        str(THREADS_PER_CORE * (os.cpu_count() or 1)),
        "--no-ws",
        "--log-level",
        "warning",
        "geo_app.app:served",
    ]
    click.echo(f"http://{host}:{port}")
    _run_until_one_ends([server, [sys.executable, "-m", "geo_app.tasks"]])


def _run_until_one_ends(commands: list[list[str]]) -> None:
    processes = [subprocess.Popen(command) for command in commands]  # noqa: S603  our own programs

    def end(_signal: int, _frame: FrameType | None) -> None:
        for process in processes:
            process.terminate()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    for process in processes:
        process.wait()
        end(signal.SIGTERM, None)
