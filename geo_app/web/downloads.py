"""Tables of pages as files to download."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from flask import Response
from flask.typing import ResponseReturnValue

from geo_app.exchange.table_file import MEDIA, table_file


def send_table(name: str, kind: str, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> ResponseReturnValue:
    """Answer a table as a file called `name` with the ending `kind`, csv or xlsx.

    Raises NotFound.
    """
    body = table_file(kind, heading, rows)
    disposition = f"attachment; filename=table.{kind}; filename*=UTF-8''{quote(f'{name}.{kind}')}"
    return Response(body, content_type=MEDIA[kind], headers={"Content-Disposition": disposition})
