"""Places in a table: columns of longitude and latitude, of east and north, or of well-known text."""

import re

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo_app.domain.message import Message, marked
from geo_app.exchange.refusals import ColumnMissing, PositionColumnsMissing
from geo_app.exchange.report import RowProblem
from geo_app.exchange.table import Table
from geo_app.exchange.vector_options import ReadOptions

Geometry = NDArray[np.object_]
Mask = NDArray[np.bool_]

PAIRS = (("lon", "lat"), ("lng", "lat"), ("long", "lat"), ("longitude", "latitude"), ("经度", "纬度"), ("x", "y"))
WKT_NAMES = ("wkt", "geometry", "geom", "the_geom")
SEXAGESIMAL = re.compile(
    r"""^\s*(\d{1,3})\s*[°度]\s*(\d{1,2})\s*['′分]\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:["″秒]|''))?\s*$"""
)


def places_of(table: Table, options: ReadOptions) -> tuple[Geometry, Mask, list[RowProblem]]:
    """Return the m shapes of the rows that have one, which of the n rows those are, and the problems of the others.

    Raises ColumnMissing for a column that was named and is not there, PositionColumnsMissing where none is recognised.
    """
    by_name = {name.casefold(): name for name in reversed(table.columns.columns)}
    if not (options.lon and options.lat):
        pair = next(((by_name[lon], by_name[lat]) for lon, lat in PAIRS if lon in by_name and lat in by_name), None)
        text = next((by_name[name] for name in WKT_NAMES if name in by_name), None)
        if text and not pair:
            return _from_wkt(table, text)
    else:
        pair = (options.lon, options.lat)
    if pair is None:
        raise PositionColumnsMissing(name=table.source.name, columns=", ".join(table.columns.columns))
    return _from_numbers(table, *pair)


def _from_numbers(table: Table, lon: str, lat: str) -> tuple[Geometry, Mask, list[RowProblem]]:
    x, wrong_x = _numbers(table, lon)
    y, wrong_y = _numbers(table, lat)
    fit = ~np.isnan(x) & ~np.isnan(y)
    # A row is told one fault: the longitude's, else the latitude's.
    told = {problem.row for problem in wrong_x}
    problems = [*wrong_x, *(problem for problem in wrong_y if problem.row not in told)]
    return np.asarray(shapely.points(x[fit], y[fit]), dtype=object), fit, problems


def _numbers(table: Table, column: str) -> tuple[NDArray[np.float64], list[RowProblem]]:
    if column not in table.columns.columns:
        raise ColumnMissing(name=table.source.name, column=column, columns=", ".join(table.columns.columns))
    texts = table.columns[column]
    numbers = np.asarray(pd.to_numeric(texts, errors="coerce"), dtype=np.float64)
    wrong = [
        _no_number(int(table.rows[place]), column, texts.iloc[place]) for place in np.flatnonzero(np.isnan(numbers))
    ]
    return numbers, wrong


def _no_number(row: int, column: str, text: str) -> RowProblem:
    if not text.strip():
        problem = Message(marked("The coordinate is missing."))
        return RowProblem(row, column, text, problem, Message(marked("Enter the position or remove the row.")))
    parts = SEXAGESIMAL.match(text)
    advice = Message(marked("Write it in decimal degrees, for example 103.549836."))
    if parts:
        degrees = int(parts[1]) + int(parts[2]) / 60 + float(parts[3] or 0) / 3600
        advice = Message(marked("Write it in decimal degrees: {degrees}."), {"degrees": f"{degrees:.7f}"})
    return RowProblem(row, column, text, Message(marked("The coordinate is no number.")), advice)


def _from_wkt(table: Table, column: str) -> tuple[Geometry, Mask, list[RowProblem]]:
    shapes = np.asarray(shapely.from_wkt(table.columns[column].to_numpy(), on_invalid="ignore"), dtype=object)
    return shapes, np.ones(len(shapes), dtype=bool), []
