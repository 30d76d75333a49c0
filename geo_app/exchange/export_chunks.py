"""Layers of any size written in chunks, so that memory does not grow with them; whole or not at all."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely
import xlsxwriter

from geo_app.domain.message import Message, marked
from geo_app.domain.position import SRID
from geo_app.exchange.export import (
    CELL_LENGTH,
    SHEET_ROWS,
    ExportFormat,
    Geometry,
    format_for,
    plain_values,
    text_frame,
)
from geo_app.exchange.refusals import NotWritable
from geo_app.exchange.report import harmless
from geo_app.exchange.whole import written_whole

Chunk = tuple[pd.DataFrame, Geometry]


def write_chunks(path: Path, chunks: Iterable[Chunk], kind: ExportFormat | None = None) -> None:
    """Write chunks of rows with their shapes (SRID 4490) to `path`, in the format of its ending or `kind`.

    All chunks have the same columns, and at least one chunk comes, if need be without rows. Formats as in
    `export.write_layer`. Raises NotWritable; then nothing is left behind.
    """
    kind = kind or format_for(path)
    if not path.parent.is_dir():
        raise NotWritable(name=path.name, problem=Message(marked("there is no such folder")))
    with written_whole(path) as draft:
        WRITERS[kind](draft, iter(chunks))


def _write_csv(path: Path, chunks: Iterator[Chunk]) -> None:
    _append_csv(path, chunks, "utf-8", "\n")


def _write_csv_for_excel(path: Path, chunks: Iterator[Chunk]) -> None:
    _append_csv(path, chunks, "utf-8-sig", "\r\n")


def _append_csv(path: Path, chunks: Iterator[Chunk], encoding: str, line_end: str) -> None:
    with path.open("w", encoding=encoding, newline="") as out:
        for place, (columns, geometry) in enumerate(chunks):
            frame = text_frame(columns, geometry).map(harmless)
            frame.to_csv(out, index=False, header=not place, lineterminator=line_end, quoting=csv.QUOTE_MINIMAL)


def _write_xlsx(path: Path, chunks: Iterator[Chunk]) -> None:
    row = 0
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        text = book.add_format({"num_format": "@"})
        for columns, geometry in chunks:
            frame = text_frame(columns, geometry)
            heading = [tuple(frame.columns)] if not row else []
            for values in chain(heading, frame.itertuples(index=False, name=None)):
                _require_row(path, row)
                for column, value in enumerate(values):
                    sheet.write_string(row, column, str(value)[:CELL_LENGTH], text)
                row += 1


def _require_row(path: Path, row: int) -> None:
    if row > SHEET_ROWS:
        raise NotWritable(
            name=path.name, problem=Message(marked("a worksheet takes {rows} rows"), {"rows": SHEET_ROWS})
        )


def _write_geopackage(path: Path, chunks: Iterator[Chunk]) -> None:
    layer = path.name.removesuffix(f".{ExportFormat.GEOPACKAGE}")
    for place, (columns, geometry) in enumerate(chunks):
        frame = gpd.GeoDataFrame(columns.reset_index(drop=True), geometry=geometry, crs=SRID)
        pyogrio.write_dataframe(frame, path, layer=layer, driver="GPKG", append=bool(place))


def _write_geojson(path: Path, chunks: Iterator[Chunk]) -> None:
    with path.open("w", encoding="utf-8") as out:
        out.write('{"type":"FeatureCollection","features":[')
        separator = "\n"
        for columns, geometry in chunks:
            names = list(columns.columns)
            rows = zip(*(plain_values(columns[name]) for name in names), strict=True)
            for shape, values in zip(shapely.to_geojson(geometry), rows, strict=True):
                properties = json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False)
                out.write(f'{separator}{{"type":"Feature","properties":{properties},"geometry":{shape or "null"}}}')
                separator = ",\n"
        out.write("\n]}\n")


WRITERS: dict[ExportFormat, Callable[[Path, Iterator[Chunk]], None]] = {
    ExportFormat.CSV: _write_csv,
    ExportFormat.CSV_FOR_EXCEL: _write_csv_for_excel,
    ExportFormat.XLSX: _write_xlsx,
    ExportFormat.GEOPACKAGE: _write_geopackage,
    ExportFormat.GEOJSON: _write_geojson,
}
