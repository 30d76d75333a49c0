"""Tables of text from CSV and workbooks, every value a string exactly as the file shows it, in chunks of rows."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from geo_app.exchange.archive import OpenedFile, opened_safely
from geo_app.exchange.csv_table import csv_chunks
from geo_app.exchange.limits import LIMITS, Limits
from geo_app.exchange.refusals import FormatUnknown
from geo_app.exchange.source import Format
from geo_app.exchange.table import Table, joined, renamed
from geo_app.exchange.workbook import workbook_chunks

__all__ = ["CHUNK", "TABLE_FORMATS", "Table", "chunks_of", "read_chunks", "read_table"]

CHUNK = 100_000
TABLE_FORMATS = frozenset({Format.CSV, Format.XLSX, Format.XLS})


def read_table(path: Path, fields: Mapping[str, str] | None = None, sheet: str = "", limits: Limits = LIMITS) -> Table:
    """Return the whole table of a .csv, .tsv, .txt, .xlsx or .xls, each also as .gz or alone in a .zip.

    `fields` maps our names to the file's ({"id": "osm_id"}); `sheet` chooses a worksheet. Raises a DomainError where
    the file is refused, ColumnMissing where a mapped column is not there.
    """
    return joined(list(read_chunks(path, fields, sheet, limits=limits)))


def read_chunks(
    path: Path,
    fields: Mapping[str, str] | None = None,
    sheet: str = "",
    rows: int = CHUNK,
    limits: Limits = LIMITS,
) -> Iterator[Table]:
    """Yield the table in chunks of at most `rows` rows, so that memory does not grow with a CSV; see `read_table`.

    A file of a heading alone gives one table of no rows.
    """
    with opened_safely(path, sheet, limits) as file:
        for table in chunks_of(file, sheet, rows):
            yield replace(table, columns=renamed(table.columns, fields or {}, file.name))


def chunks_of(file: OpenedFile, sheet: str, rows: int) -> Iterator[Table]:
    """Return the chunks of an opened file; raises FormatUnknown where it is no table."""
    if file.format not in TABLE_FORMATS:
        raise FormatUnknown(name=file.name, endings=".csv, .xlsx, .xls")
    return csv_chunks(file, rows) if file.format is Format.CSV else workbook_chunks(file, sheet, rows)
