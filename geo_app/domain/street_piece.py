"""Drawn lines of streets as they come from a file: which can be used, how long they are, in which order they count."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo_app.domain.message import Message, marked
from geo_app.domain.position import ELLIPSOID

Geometries = NDArray[np.object_]
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

NOT_A_LINE = marked("The geometry is not a line.")
NO_POSITION = marked("The line has no coordinates.")
OFF_THE_EARTH = marked("The coordinates are not degrees on the earth.")
NO_LENGTH = marked("The line has no length.")


@dataclass(frozen=True, slots=True, eq=False)
class StreetPieces:
    """Columns of drawn lines, one entry a line: id, street name, line in degrees (SRID 4490), rule fields of its own.

    A line may be a LineString or a MultiLineString; each part of the latter is a piece with the same id.
    """

    ids: Sequence[str]
    names: Sequence[str]
    lines: Geometries
    overrides: Sequence[Mapping[str, str]]


def line_problem(geometry: object) -> Message | None:
    """Return why a street line cannot be used, or None for a good one."""
    if not isinstance(geometry, (shapely.LineString, shapely.MultiLineString)):
        return Message(NO_POSITION if geometry is None else NOT_A_LINE)
    if geometry.is_empty:
        return Message(NO_POSITION)
    lon, lat = shapely.get_coordinates(geometry).T
    # Written so that a NaN fails too.
    if not (np.all(np.abs(lon) <= 180) and np.all(np.abs(lat) <= 90)):
        return Message(OFF_THE_EARTH)
    return Message(NO_LENGTH) if geometry.length == 0 else None


def in_fixed_order(pieces: StreetPieces) -> tuple[StreetPieces, Floats]:
    """Return the usable parts, by name and then longest first, with their geodesic lengths in metres.

    The order depends on what the lines are and never on the order of the rows; equal lengths (to 0.1 mm) go by id.
    """
    parts, row = shapely.get_parts(shapely.force_2d(pieces.lines), return_index=True)
    usable = _usable(parts)
    parts, row = shapely.remove_repeated_points(parts[usable]), row[usable]
    lengths = geodesic_lengths(parts)
    keys = [
        (pieces.names[r], -length, natural_key(pieces.ids[r]))
        for r, length in zip(row.tolist(), np.round(lengths, 4).tolist(), strict=True)
    ]
    times, lines = Counter(keys), parts.tolist()
    order = sorted(range(len(keys)), key=lambda i: (keys[i], lines[i].wkb if times[keys[i]] > 1 else b""))
    rows = row[order].tolist()
    ordered = StreetPieces(
        ids=[pieces.ids[r] for r in rows],
        names=[pieces.names[r] for r in rows],
        lines=parts[order],
        overrides=[pieces.overrides[r] for r in rows],
    )
    return ordered, lengths[order]


def _usable(parts: Geometries) -> NDArray[np.bool_]:
    """Return which parts `line_problem` finds nothing wrong with."""
    lines = (shapely.get_type_id(parts) == 1) & ~shapely.is_empty(parts)
    coordinates, part = shapely.get_coordinates(parts, return_index=True)
    # Bounds skip NaNs; so each position is looked at.
    off = ~((np.abs(coordinates) <= (180, 90)).all(axis=1))
    lines[part[off]] = False
    lines[lines] = shapely.length(parts[lines]) > 0
    return np.asarray(lines)


def natural_key(identifier: str) -> tuple[int, int, str]:
    """Return a sorting key that puts 9 before 10, and whole numbers before other identifiers."""
    if identifier.isascii() and identifier.isdigit():
        return 0, int(identifier), identifier
    return 1, 0, identifier


def geodesic_lengths(lines: Geometries) -> Floats:
    """Return the length of each LineString in metres on the ellipsoid of CGCS2000."""
    coordinates, line = shapely.get_coordinates(lines, return_index=True)
    if not len(coordinates):
        return np.zeros(len(lines))
    lon, lat = coordinates.T
    steps = geodesic_steps(lon, lat)
    within = line[1:] == line[:-1]
    return np.bincount(line[1:][within], weights=steps[within], minlength=len(lines)).astype(float)


def geodesic_steps(lon: Floats, lat: Floats) -> Floats:
    """Return the geodesic metres from each position to the next, one fewer than there are positions."""
    return np.asarray(ELLIPSOID.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])[2], dtype=float)
