"""The database as commands use it: started, up to date, and refusals told in one line."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, NoReturn, ParamSpec

import click

from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message
from geo_app.exchange.language import LANGUAGES, render
from geo_app.persistence import schema
from geo_app.persistence.database import Database, connect, logins_of
from geo_app.settings import Settings

Parameters = ParamSpec("Parameters")

WRONG_CALL = 2

lang_option = click.option("--lang", type=click.Choice(LANGUAGES), default="zh", help="Language of sentences.")
as_option = click.option("--as", "acting", default="local_operator", show_default=True, help="The acting account.")


@contextmanager
def open_database() -> Iterator[Database]:
    """Start the database, bring its schema up to date, and close it after the command."""
    settings = Settings.from_env()
    schema.upgrade(logins_of(settings).owner)
    database = connect(settings)
    try:
        yield database
    finally:
        database.close()


def refusals_in_one_line(command: Callable[Parameters, Any]) -> Callable[Parameters, Any]:
    """Answer a refusal with one line in the caller's language and exit code 2, never with a traceback."""

    @wraps(command)
    def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Any:
        try:
            return command(*args, **kwargs)
        except DomainError as refusal:
            fail(refusal.message, str(kwargs.get("lang") or "zh"))

    return guarded


def fail(message: Message, language: str) -> NoReturn:
    """Print one clear line and end with exit code 2."""
    click.echo(render(message, language), err=True)
    sys.exit(WRONG_CALL)
