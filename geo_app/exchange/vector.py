"""Streets, buildings and doors from any file: one typed table in SRID 4490, and a reason for each row left out."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo_app.domain.datum import Datum
from geo_app.domain.message import Message, marked
from geo_app.exchange.archive import OpenedFile, opened_safely
from geo_app.exchange.csv_table import READ_AS_GB18030
from geo_app.exchange.limits import LIMITS, Limits
from geo_app.exchange.report import RowProblem, Severity
from geo_app.exchange.source import Format, SourceFile
from geo_app.exchange.table import renamed
from geo_app.exchange.tables import CHUNK, TABLE_FORMATS, chunks_of
from geo_app.exchange.vector_checks import checked
from geo_app.exchange.vector_crs import area_of, check_datum, check_degrees, shapes_to_degrees, system_of
from geo_app.exchange.vector_layer import read_layer
from geo_app.exchange.vector_options import DEFAULTS, ReadOptions, Shape
from geo_app.exchange.vector_osm import tags_as_columns, wanted_objects
from geo_app.exchange.vector_places import places_of

__all__ = ["FeatureTable", "ReadOptions", "Shape", "read_feature_chunks", "read_features"]

Geometry = NDArray[np.object_]
OSM = (Format.OSM_XML, Format.OSM_PBF)


@dataclass(frozen=True, slots=True)
class FeatureTable:
    """Rows with a sound shape, and what is to be said about the others.

    `columns` is a frame of n rows of `str` ("" where the file has nothing), `geometry` the n flat shapes in degrees
    of SRID 4490, `rows` the n row numbers (a table's as a spreadsheet shows them, else features counted from 1).
    `problems` tell rows left out (error) or taken with doubt (warning); `notices` are sentences about the whole file.
    Lines of several parts stay one row, see `shapely.get_parts`.
    """

    columns: pd.DataFrame
    geometry: Geometry
    rows: NDArray[np.int64]
    source: SourceFile
    problems: tuple[RowProblem, ...] = ()
    notices: tuple[Message, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def left_out(self) -> int:
        """How many rows of the file are not in the table."""
        return len({problem.row for problem in self.problems if problem.severity is Severity.ERROR})


@dataclass(slots=True)
class _Reading:
    """One file being read: what it is, how to read it, and which keys have come so far."""

    file: OpenedFile
    shape: Shape
    options: ReadOptions
    seen: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Raw:
    """Rows as they came, in the file's `crs` ("" where it names none)."""

    columns: pd.DataFrame
    geometry: Geometry
    rows: NDArray[np.int64]
    crs: str
    encoding: str
    problems: tuple[RowProblem, ...]
    notices: tuple[Message, ...]


def read_features(path: Path, shape: Shape, options: ReadOptions = DEFAULTS, limits: Limits = LIMITS) -> FeatureTable:
    """Return the rows of a GeoPackage, GeoJSON, Shapefile (zip), OSM (PBF, XML), KML, FlatGeobuf, CSV or XLSX.

    Each also as .gz, and CSV, GeoJSON, GeoPackage in a .zip. Degrees of CGCS2000 or WGS 84 unless the file or the
    options say otherwise. Raises a DomainError (`geo_app.exchange.refusals`) where the file as a whole is refused.
    """
    return joined_features(list(read_feature_chunks(path, shape, options, limits=limits)))


def joined_features(tables: list[FeatureTable]) -> FeatureTable:
    """Return the chunks of one file as one table."""
    first = tables[0]
    if len(tables) == 1:
        return first
    return replace(
        first,
        columns=pd.concat([table.columns for table in tables], ignore_index=True),
        geometry=np.concatenate([table.geometry for table in tables]),
        rows=np.concatenate([table.rows for table in tables]),
        problems=tuple(problem for table in tables for problem in table.problems),
        notices=tuple(notice for table in tables for notice in table.notices),
    )


def read_feature_chunks(
    path: Path, shape: Shape, options: ReadOptions = DEFAULTS, rows: int = CHUNK, limits: Limits = LIMITS
) -> Iterator[FeatureTable]:
    """Yield a table's rows in chunks of at most `rows`; any other file in one piece. See `read_features`.

    Keys are compared over all chunks; beside them (`options.key`) nothing of a chunk is kept.
    """
    with opened_safely(path, options.layer, limits) as file:
        reading = _Reading(file, shape, options)
        for raw in _raw_tables(reading, rows):
            yield _finished(reading, raw)


def _raw_tables(reading: _Reading, rows: int) -> Iterator[_Raw]:
    file, options = reading.file, reading.options
    if file.format not in TABLE_FORMATS:
        yield _raw_layer(reading)
        return
    sheet = options.layer if file.format is not Format.CSV else ""
    for table in chunks_of(file, sheet, rows):
        geometry, fit, problems = places_of(table, options)
        columns = table.columns[fit].reset_index(drop=True)
        found = (*table.problems, *problems)
        yield _Raw(columns, geometry, table.rows[fit], "", table.source.encoding, found, table.notices)


def _raw_layer(reading: _Reading) -> _Raw:
    layer = read_layer(reading.file, reading.shape, reading.options.layer)
    rows = np.arange(1, len(layer.geometry) + 1)
    if reading.file.format not in OSM:
        return _Raw(layer.columns, layer.geometry, rows, layer.crs, layer.encoding, (), layer.notices)
    columns = tags_as_columns(layer.columns, reading.options.fields.values())
    wanted, told = wanted_objects(columns, reading.shape)
    kept = columns[wanted].reset_index(drop=True)
    notices = (*layer.notices, *told)
    return _Raw(kept, layer.geometry[wanted], rows[wanted], layer.crs, layer.encoding, (), notices)


def _finished(reading: _Reading, raw: _Raw) -> FeatureTable:
    file, options = reading.file, reading.options
    system = system_of(file.name, options.crs, raw.crs)
    check_datum(file.name, system, options.datum)
    check_degrees(file.name, system, shapely.get_coordinates(raw.geometry))
    columns = renamed(raw.columns, options.fields, file.name)
    degrees = shapes_to_degrees(raw.geometry, system, options.datum)
    geometry, fit, problems = checked(degrees, reading.shape, raw.rows, area_of(system))
    again, repeats = _repeated(reading, columns, fit, raw.rows)
    fit &= ~again
    source = SourceFile(file.name, file.sha256, file.size, file.format, raw.encoding, system, options.datum)
    kept = columns[fit].reset_index(drop=True)
    # A CSV says so itself.
    guessed = file.format not in TABLE_FORMATS and raw.encoding == "gb18030"
    notices = (*raw.notices, *((READ_AS_GB18030,) if guessed else ()), *_converted(options.datum))
    return FeatureTable(kept, geometry[fit], raw.rows[fit], source, (*raw.problems, *problems, *repeats), notices)


def _repeated(
    reading: _Reading, columns: pd.DataFrame, fit: NDArray[np.bool_], rows: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], list[RowProblem]]:
    """Return which fit rows have a key that came before; the first row of a key stays."""
    key = reading.options.key
    again = np.zeros(len(rows), dtype=bool)
    if not key or key not in columns.columns:
        return again, []
    problems = []
    name = reading.options.fields.get(key, key)
    values = columns[key].to_numpy()
    for place in np.flatnonzero(fit):
        value = values[place]
        if value and value in reading.seen:
            again[place] = True
            problems.append(_repeat(int(rows[place]), name, value))
        reading.seen.add(value)
    return again, problems


def _repeat(row: int, column: str, value: str) -> RowProblem:
    problem = Message(marked("This identifier stands in an earlier row already; only the first row was taken."))
    return RowProblem(row, column, value, problem, Message(marked("Give each row an identifier of its own.")))


def _converted(datum: Datum) -> tuple[Message, ...]:
    if datum is not Datum.CGCS2000:
        told = marked("The coordinates were converted from {datum} to CGCS2000.")
        return (Message(told, {"datum": {Datum.GCJ02: "GCJ-02", Datum.BD09: "BD-09"}[datum]}),)
    return ()
