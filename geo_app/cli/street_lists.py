"""Lists of the street commands: CSV to a file, whole or not at all, or to standard output."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from geo_app.exchange.whole import written_whole


def write_list(out: str, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows under a heading as CSV into `out`; "-" is standard output."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([heading, *rows])
    if out == "-":
        click.echo(text.getvalue(), nl=False)
        return
    with written_whole(Path(out)) as draft:
        draft.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
