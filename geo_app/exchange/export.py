"""Layers and tables written to files: CSV, XLSX, GeoPackage, GeoJSON; whole or not at all."""

import csv
import json
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import xlsxwriter
from numpy.typing import NDArray

from geo_app.domain.message import Message, marked
from geo_app.domain.position import SRID
from geo_app.exchange.refusals import NotWritable
from geo_app.exchange.report import harmless
from geo_app.exchange.whole import written_whole

Geometry = NDArray[np.object_]

SHEET_ROWS = 1_048_575
CELL_LENGTH = 32_767
PLACES = 8
"""Decimals of degrees in text formats: about a millimetre."""


class ExportFormat(StrEnum):
    """A format that is written; the value is the ending of the file's name."""

    CSV = "csv"
    CSV_FOR_EXCEL = "excel.csv"
    XLSX = "xlsx"
    GEOPACKAGE = "gpkg"
    GEOJSON = "geojson"


def format_for(path: Path) -> ExportFormat:
    """Return the format the ending of `path` asks for; raises NotWritable where it asks for none."""
    name = path.name.lower()
    fitting: list[ExportFormat] = [kind for kind in ExportFormat if name.endswith(f".{kind.value}")]
    if fitting:
        return max(fitting, key=lambda kind: len(kind.value))
    endings = ", ".join(f".{kind.value}" for kind in ExportFormat)
    raise NotWritable(name=path.name, problem=Message(marked("it must end in one of {endings}"), {"endings": endings}))


def write_layer(path: Path, columns: pd.DataFrame, geometry: Geometry | None, kind: ExportFormat | None = None) -> None:
    """Write n rows with their n shapes (SRID 4490) to `path`, in the format of its ending or `kind`.

    Points become `lon` and `lat` in CSV and XLSX, other shapes `wkt`; `geometry` None writes a table without places
    (CSV and XLSX alone). Every value in CSV and XLSX is text, and none a formula. Missing values are empty.
    Raises NotWritable; then nothing is left behind, and an older file of that name is untouched.
    """
    kind = kind or format_for(path)
    with written_whole(path) as draft:
        WRITERS[kind](draft, columns, geometry)


def _write_csv(path: Path, columns: pd.DataFrame, geometry: Geometry | None) -> None:
    text_frame(columns, geometry).map(harmless).to_csv(
        path, index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL
    )


def _write_csv_for_excel(path: Path, columns: pd.DataFrame, geometry: Geometry | None) -> None:
    frame = text_frame(columns, geometry).map(harmless)
    frame.to_csv(path, index=False, lineterminator="\r\n", encoding="utf-8-sig")


def _write_xlsx(path: Path, columns: pd.DataFrame, geometry: Geometry | None) -> None:
    frame = text_frame(columns, geometry)
    if len(frame) > SHEET_ROWS:
        raise NotWritable(
            name=path.name, problem=Message(marked("a worksheet takes {rows} rows"), {"rows": SHEET_ROWS})
        )
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        text = book.add_format({"num_format": "@"})
        sheet.set_column(0, max(len(frame.columns) - 1, 0), 16, text)
        for row, values in enumerate([tuple(frame.columns), *frame.itertuples(index=False, name=None)]):
            for column, value in enumerate(values):
                sheet.write_string(row, column, value[:CELL_LENGTH], text)


def text_frame(columns: pd.DataFrame, geometry: Geometry | None) -> pd.DataFrame:
    """Return the frame as text formats write it: every value a text, points as lon and lat, other shapes as wkt."""
    frame = pd.DataFrame({name: _texts(columns[name]) for name in columns.columns}, dtype=object)
    if geometry is None:
        return frame
    if not len(geometry) or (shapely.get_type_id(geometry) <= 0).all():
        places = np.round(np.column_stack([shapely.get_x(geometry), shapely.get_y(geometry)]), PLACES)
        return frame.assign(lon=_texts(pd.Series(places[:, 0])), lat=_texts(pd.Series(places[:, 1])))
    wkt = shapely.to_wkt(geometry, rounding_precision=PLACES)
    return frame.assign(wkt=_texts(pd.Series(wkt, dtype=object)))


def _texts(values: "pd.Series[Any]") -> list[str]:
    return ["" if missing else str(value) for value, missing in zip(values, values.isna(), strict=True)]


def _write_geopackage(path: Path, columns: pd.DataFrame, geometry: Geometry | None) -> None:
    layer = path.name.removesuffix(f".{ExportFormat.GEOPACKAGE}")
    _frame(path, columns, geometry).to_file(path, layer=layer, driver="GPKG", engine="pyogrio")


def _write_geojson(path: Path, columns: pd.DataFrame, geometry: Geometry | None) -> None:
    shapes = shapely.to_geojson(_shapes(path, geometry))
    names = list(columns.columns)
    with path.open("w", encoding="utf-8") as out:
        out.write('{"type":"FeatureCollection","features":[')
        rows = zip(shapes, zip(*(plain_values(columns[name]) for name in names), strict=True), strict=True)
        for place, (shape, values) in enumerate(rows):
            out.write(",\n" if place else "\n")
            properties = json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False)
            out.write(f'{{"type":"Feature","properties":{properties},"geometry":{shape or "null"}}}')
        out.write("\n]}\n")


def plain_values(values: "pd.Series[Any]") -> list[Any]:
    """Return values that JSON knows; others as their text, missing ones as None."""
    plain = values.astype(object).where(values.notna(), None).tolist()
    return [value if isinstance(value, (str, int, float, bool, type(None))) else str(value) for value in plain]


def _frame(path: Path, columns: pd.DataFrame, geometry: Geometry | None) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns.reset_index(drop=True), geometry=_shapes(path, geometry), crs=SRID)


def _shapes(path: Path, geometry: Geometry | None) -> Geometry:
    if geometry is None:
        raise NotWritable(name=path.name, problem=Message(marked("a table without places goes into .csv or .xlsx")))
    return geometry


WRITERS: dict[ExportFormat, Callable[[Path, pd.DataFrame, Geometry | None], None]] = {
    ExportFormat.CSV: _write_csv,
    ExportFormat.CSV_FOR_EXCEL: _write_csv_for_excel,
    ExportFormat.XLSX: _write_xlsx,
    ExportFormat.GEOPACKAGE: _write_geopackage,
    ExportFormat.GEOJSON: _write_geojson,
}
