"""Exports: a layer of the register written into a file of any size."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geo_app.domain.access import Actor, require
from geo_app.domain.access_roles import Permission
from geo_app.domain.exports import ExportRequest
from geo_app.exchange.export import ExportFormat
from geo_app.exchange.export_chunks import Chunk, write_chunks
from geo_app.exchange.language import render
from geo_app.persistence.message_json import message_from
from geo_app.persistence.queries.layer_rows import layer_rows
from geo_app.persistence.register import Register

CHUNK = 20_000
SENTENCES = frozenset({"reason", "message"})
"""Columns that hold a message in all languages."""

Tell = Callable[[int], None]


def export_layer(
    register: Register, actor: Actor, request: ExportRequest, into: tuple[Path, str, date], tell: Tell
) -> int:
    """Write a layer into a file and return how many rows it has; `into` is the file, the language, and today.

    Raises NotGranted, NotWritable.
    """
    path, language, today = into
    require(actor, Permission.EXPORT_RUN, request.area, today)
    written = Written(tell)
    write_chunks(path, _chunks(register, request, language, written))
    detail = {"rows": written.rows, "area": request.area, "file": path.name}
    reason = actor.reason or path.name
    register.journal.write(actor.account_id, reason, "export", ("layer", request.layer), detail)
    return written.rows


class Written:
    """Counts the rows as they go out."""

    def __init__(self, tell: Tell) -> None:
        self.rows = 0
        self._tell = tell

    def more(self, rows: int) -> None:
        """Take note of further rows."""
        self.rows += rows
        self._tell(self.rows)


def _chunks(register: Register, request: ExportRequest, language: str, written: Written) -> Iterator[Chunk]:
    register.imports.take_time()
    for names, rows in layer_rows(register.session, request, CHUNK):
        frame = pd.DataFrame([tuple(row) for row in rows], columns=pd.Index(names), dtype=object)
        shapes = shapely.from_wkb([None if shape is None else bytes(shape) for shape in frame.pop("shape")])
        for column in SENTENCES & set(frame.columns):
            frame[column] = [_sentence(told, language) for told in frame[column]]
        written.more(len(frame))
        yield _typed(frame), np.asarray(shapes, dtype=object)


def _sentence(told: dict[str, Any], language: str) -> str:
    return render(message_from(told), language) if told else ""


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose columns are of one type in every chunk; whole numbers with gaps stay whole."""
    for name in frame.columns:
        values = [value for value in frame[name] if value is not None]
        if values and all(isinstance(value, int) and not isinstance(value, bool) for value in values):
            frame[name] = frame[name].astype("Int64")
        elif not all(isinstance(value, (int, float, bool)) for value in values):
            frame[name] = [None if value is None else str(value) for value in frame[name]]
    return frame


FORMATS = tuple(kind.value for kind in ExportFormat)
"""Endings of files that can be written."""
