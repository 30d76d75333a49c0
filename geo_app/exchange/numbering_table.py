"""Any file of places as columns of text and a column of shapes in degrees, every row in its place.

Unlike `read_features`, no row is left out for a bad shape: a plan has one row for each entrance.
"""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError

from geo_app.domain.datum import Datum
from geo_app.domain.message import Message, marked
from geo_app.domain.street_piece import Geometries, Integers
from geo_app.exchange.archive import OpenedFile, opened_safely
from geo_app.exchange.limits import LIMITS
from geo_app.exchange.refusals import ColumnMissing, FileDamaged, FormatUnknown
from geo_app.exchange.report import RowProblem
from geo_app.exchange.source import Format
from geo_app.exchange.table import joined
from geo_app.exchange.tables import CHUNK, TABLE_FORMATS, chunks_of
from geo_app.exchange.vector_crs import check_degrees, shapes_to_degrees, system_of
from geo_app.exchange.vector_layer import read_layer
from geo_app.exchange.vector_options import DEFAULTS, ReadOptions, Shape
from geo_app.exchange.vector_osm import tags_as_columns, wanted_objects
from geo_app.exchange.vector_places import places_of

OSM = (Format.OSM_XML, Format.OSM_PBF)
NOT_READABLE = marked("it is no vector file that can be read")
NO_SHAPES = marked("it holds no shapes")


@dataclass(frozen=True, slots=True, eq=False)
class FileTable:
    """All rows of a file.

    `columns` are text ("" for nothing), `geometry` flat shapes in degrees of SRID 4490 (None for nothing), `rows` row
    numbers as a spreadsheet shows them (else features from 1); `problems` tell of rows that were no rows at all.
    """

    name: str
    columns: Mapping[str, Sequence[str]]
    geometry: Geometries
    rows: Integers
    problems: tuple[RowProblem, ...] = ()
    notices: tuple[Message, ...] = ()

    def __len__(self) -> int:
        return len(self.geometry)

    def column(self, name: str) -> Sequence[str] | None:
        """Return a column of text, None where the file has none of that name."""
        return self.columns.get(name)

    def needed(self, name: str) -> Sequence[str]:
        """Return a column of text. Raises ColumnMissing where a file with columns has none of that name."""
        column = self.columns.get(name) if self.columns else ()
        if column is None:
            raise ColumnMissing(name=self.name, column=name, columns=", ".join(self.columns))
        return column


@dataclass(frozen=True, slots=True, eq=False)
class _Raw:
    """Rows as the file has them, in its own reference system ("" where it names none)."""

    columns: pd.DataFrame
    geometry: Geometries
    rows: Integers
    crs: str = ""
    problems: tuple[RowProblem, ...] = ()
    notices: tuple[Message, ...] = ()


def read_every_row(path: Path, shape: Shape, options: ReadOptions = DEFAULTS) -> FileTable:
    """Return all rows of a file that `geo_app.exchange.vector` reads.

    A name in `options.fields` is mapped where the file has the column it names. Raises a DomainError where the file as
    a whole is refused.
    """
    try:
        with opened_safely(path, options.layer, LIMITS) as file:
            raw = _table(file, options) if file.format in TABLE_FORMATS else _layer(file, shape, options)
    except FormatUnknown:
        raw = _any_other(path)
    system = system_of(path.name, options.crs, raw.crs)
    with np.errstate(invalid="ignore"):  # positions that are no numbers are told of later, row by row
        check_degrees(path.name, system, shapely.get_coordinates(raw.geometry))
        geometry = shapes_to_degrees(raw.geometry, system, Datum.CGCS2000)
    columns = {str(name): raw.columns[name].tolist() for name in raw.columns.columns}
    mapped = {ours: columns[theirs] for ours, theirs in options.fields.items() if theirs in columns}
    return FileTable(path.name, {**columns, **mapped}, geometry, raw.rows, raw.problems, raw.notices)


def _table(file: OpenedFile, options: ReadOptions) -> _Raw:
    table = joined(list(chunks_of(file, options.layer if file.format is not Format.CSV else "", CHUNK)))
    shapes, fit, problems = places_of(table, options)
    geometry = np.full(len(table), None, dtype=object)
    geometry[fit] = shapes
    told = (*table.problems, *problems)
    return _Raw(table.columns, geometry, table.rows, problems=told, notices=table.notices)


def _layer(file: OpenedFile, shape: Shape, options: ReadOptions) -> _Raw:
    with np.errstate(invalid="ignore"):
        layer = read_layer(file, shape, options.layer)
    geometry, rows = np.asarray(layer.geometry, dtype=object), np.arange(1, len(layer.geometry) + 1)
    if file.format not in OSM:
        return _Raw(layer.columns, geometry, rows, layer.crs, notices=layer.notices)
    columns = tags_as_columns(layer.columns, ("name", *options.fields.values()))
    wanted, told = wanted_objects(columns, shape)
    notices = (*layer.notices, *told)
    return _Raw(columns[wanted].reset_index(drop=True), geometry[wanted], rows[wanted], layer.crs, notices=notices)


def _any_other(path: Path) -> _Raw:
    """Return the rows of a file of a rarer kind that GDAL reads. Raises FileDamaged where it does not."""
    try:
        with warnings.catch_warnings(), np.errstate(invalid="ignore"):
            warnings.simplefilter("ignore")
            meta, _, wkb, values = pyogrio.raw.read(path)
            geometry = np.asarray(shapely.from_wkb(wkb, on_invalid="ignore"), dtype=object)
    except (DataSourceError, DataLayerError, FeatureError, FieldError, GeometryError, UnicodeDecodeError) as broken:
        raise FileDamaged(name=path.name, detail=Message(NOT_READABLE)) from broken
    if wkb is None:
        raise FileDamaged(name=path.name, detail=Message(NO_SHAPES))
    columns = {
        str(name): [_as_text(v) for v in column.tolist()] for name, column in zip(meta["fields"], values, strict=True)
    }
    rows = np.arange(1, len(geometry) + 1)
    return _Raw(pd.DataFrame(columns, index=range(len(rows)), dtype=object), geometry, rows, meta["crs"] or "")


def _as_text(value: object) -> str:
    if value is None or value != value:  # noqa: PLR0124 — a NaN is unlike itself
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
