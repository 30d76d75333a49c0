"""What no request may carry, whoever sends it: characters that are no text, numbers that are none, endless nesting."""

import math
from collections.abc import Iterator
from itertools import chain

from apiflask import APIFlask
from flask import request
from werkzeug.routing import IntegerConverter

from geo_app.domain.errors import UnreadableInput
from geo_app.domain.message import Message, marked

LARGEST_ID = 2**63 - 1
"""Ids are PostgreSQL's bigint."""

LARGEST_JSON = 16 * 1024 * 1024
"""Bytes; the largest body of the API, numbers by hand for 20,000 doors, has 1 MB."""

NOT_TEXT = marked("it holds characters that no text has.")
NOT_A_NUMBER = marked("it holds a number that is not finite.")
TOO_DEEP = marked("it is nested too deeply.")
TOO_LONG = marked("it is longer than 16 MiB.")


class IdConverter(IntegerConverter):
    """Whole numbers that fit into an id whatever their digits; longer ones are no page of ours."""

    # Not `max`: a number that matches and is then refused would answer 405 where the address knows other methods.
    regex = r"\d{1,18}"


def init_limits(app: APIFlask) -> None:
    """Read `int` in addresses as an id, and look at what requests carry before any view does."""
    app.url_map.converters["int"] = IdConverter
    app.before_request(check_request)


def check_request() -> None:
    """Look at path, query, form and JSON.

    Raises UnreadableInput.
    """
    for name, text in chain((request.view_args or {}).items(), request.args.items(multi=True)):
        check_text(name, text)
    if request.is_json:
        _check_json()
    elif request.method != "GET":
        for name, text in request.form.items(multi=True):
            check_text(name, text)


def check_text(name: str, value: object) -> None:
    """Check that a value, if it is text, can be written as UTF-8 and holds no null character.

    Raises UnreadableInput.
    """
    if isinstance(value, str) and ("\0" in value or not _encodable(value)):
        raise UnreadableInput(name=name.replace("\0", ""), problem=Message(NOT_TEXT))


def _encodable(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text) if not text.isascii() else True


def _check_json() -> None:
    if (request.content_length or 0) > LARGEST_JSON:
        raise UnreadableInput(name="JSON", problem=Message(TOO_LONG))
    try:
        body = request.get_json(silent=True)
    except RecursionError as fault:
        raise UnreadableInput(name="JSON", problem=Message(TOO_DEEP)) from fault
    for value in _leaves(body):
        check_text("JSON", value)
        if isinstance(value, float) and not math.isfinite(value):
            raise UnreadableInput(name="JSON", problem=Message(NOT_A_NUMBER))


def _leaves(body: object) -> Iterator[object]:
    waiting = [body]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            waiting += value
        else:
            yield value
