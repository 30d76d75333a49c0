"""Small tables as files in memory, for a page's download: CSV that Excel opens, or XLSX."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from geo_app.domain.errors import NotFound
from geo_app.domain.message import Message, marked
from geo_app.exchange.export import ExportFormat, write_layer

KINDS = {"csv": ExportFormat.CSV_FOR_EXCEL, "xlsx": ExportFormat.XLSX}
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Media type by ending of the file's name."""


def table_file(kind: str, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as a file; every value is text, and none a formula.

    Raises:
        NotFound: there is no such kind of file.
    """
    if kind not in KINDS:
        raise NotFound(what=Message(marked("kind of file")), key=kind)
    frame = pd.DataFrame([tuple(row) for row in rows], columns=pd.Index(heading), dtype=object)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"table.{KINDS[kind].value}"
        write_layer(path, frame, None, KINDS[kind])
        return path.read_bytes()
