"""Lines in, JSON lines out: the file contract of `geo-app parse`."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from itertools import islice
from pathlib import Path

from geo_app.domain.parsing import AddressParts, ParsedAddress
from geo_app.exchange.archive import unpacked
from geo_app.exchange.source import encoding_of_lines

LINES_AT_ONCE = 2_000
PARTS = tuple(field.name for field in fields(AddressParts))


@contextmanager
def opened_lines(path: Path) -> Iterator[Iterator[str]]:
    """Yield the lines of a text file (also .gz; UTF-8, UTF-16, GB18030; a byte order mark is no part of a line).

    A line ends at a line feed, with or without a carriage return before it, and nowhere else. Raises FileMissing,
    FileTooLarge, FileDamaged, UnpacksTooLarge, TextUnreadable.
    """
    with unpacked(path) as plain, plain.open(encoding=encoding_of_lines(plain, path.name), newline="\n") as file:
        yield (line.removesuffix("\n").removesuffix("\r") for line in file)


def json_lines(parsed: Iterable[ParsedAddress]) -> Iterator[str]:
    """Yield one JSON object a line, some thousand lines at a time; `parts` holds what is stated."""
    parsed = iter(parsed)
    while some := list(islice(parsed, LINES_AT_ONCE)):
        yield "".join(json.dumps(_object(one), ensure_ascii=False) + "\n" for one in some)


def _object(one: ParsedAddress) -> dict[str, object]:
    return {
        "text": one.text,
        "elements": [asdict(element) for element in one.elements],
        "parts": {name: value for name in PARTS if (value := getattr(one.parts, name)) not in {"", None}},
        "standard_text": one.standard_text,
        "rest": one.rest,
    }
