"""`geo-app parse`: take addresses apart, one a line; no database needed."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import NamedTemporaryFile

import click

from geo_app.cli.file_command import Output, check_outputs, stop, write_outputs
from geo_app.domain.errors import DomainError
from geo_app.domain.parsing import ParsedAddress
from geo_app.domain.parsing import parse as parse_address
from geo_app.exchange.language import LANGUAGES
from geo_app.exchange.parsing_divisions import china
from geo_app.exchange.parsing_lines import json_lines, opened_lines


@click.command(
    epilog="""\b
Example:
  geo-app parse addresses.txt --out parsed.jsonl
  echo 乐山沙湾茶溪路126号附2号 | geo-app parse
"""
)
@click.argument("file", required=False, default="-", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--out", default="-", show_default=True, help="JSON lines; - for standard output.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="zh", show_default=True, help="Language of texts.")
def parse(file: Path, out: str, lang: str) -> None:
    """Take the addresses in FILE apart, one a line (standard input where no FILE is given).

    Writes one JSON object a line: text, elements (kind, text, start, end), parts, standard_text, rest. FILE may be
    packed (.gz) and in UTF-8 or GB18030.
    """
    try:
        check_outputs(out)
        with _given(file) as path, opened_lines(path) as lines:
            write_outputs(Output(out, json_lines(_parsed(lines))))
    except DomainError as refusal:
        stop(refusal.message, lang)


@contextmanager
def _given(file: Path) -> Iterator[Path]:
    """Yield the file; standard input is kept in one first, since its encoding is told by the whole of it."""
    if str(file) != "-":
        yield file
        return
    with NamedTemporaryFile(prefix="geo-app-") as kept:
        copyfileobj(sys.stdin.buffer, kept)
        kept.flush()
        yield Path(kept.name)


def _parsed(lines: Iterable[str]) -> Iterator[ParsedAddress]:
    gazetteer = china()
    # The end is not known before it is reached: the bar shows what was done.
    with click.progressbar(lines, file=sys.stderr, hidden=not sys.stderr.isatty(), show_pos=True) as shown:
        for line in shown:
            yield parse_address(line, gazetteer)
