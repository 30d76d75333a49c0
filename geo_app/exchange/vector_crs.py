"""From the coordinates of a file to degrees of SRID 4490: which system they are in, and the way from it."""

from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError

from geo_app.domain.datum import Datum, to_cgcs2000
from geo_app.domain.position import SRID
from geo_app.exchange.refusals import CrsNotUnderstood, CrsUnclear, ShiftOfMetres

Geometry = NDArray[np.object_]
Coordinates = NDArray[np.float64]

DEGREES = f"EPSG:{SRID}"
SAME = frozenset({DEGREES, "EPSG:4326", "OGC:CRS84", "EPSG:4979", "EPSG:4480"})
"""WGS 84 and CGCS2000 differ by centimetres, less than any file here knows."""

NOT_DEGREES = 360.0


def system_of(name: str, told: str, given: str) -> str:
    """Return the reference system to read `name` by: `told` by a person, else `given` by the file, else degrees.

    The answer is a short name ("EPSG:4544") where there is one. Raises CrsNotUnderstood.
    """
    text = told or given
    if not text:
        return DEGREES
    try:
        crs = _crs(text)
        # 70 is pyproj's own threshold for "the same system": names in .prj files vary.
        authority = crs.to_authority(min_confidence=70)
        system = ":".join(authority) if authority else crs.to_wkt()
        _transformer(system, DEGREES)
    except ProjError as unknown:
        raise CrsNotUnderstood(name=name, crs=text[:80]) from unknown
    return system


def check_degrees(name: str, system: str, coordinates: Coordinates) -> None:
    """Raise CrsUnclear where most of the n × 2 coordinates cannot be degrees although `system` has degrees."""
    if not is_degrees(system) or not len(coordinates):
        return
    finite = coordinates[np.isfinite(coordinates).all(axis=1)]
    far = (np.abs(finite) > NOT_DEGREES).any(axis=1)
    if far.sum() * 2 > len(finite):
        example = finite[far][0]
        raise CrsUnclear(name=name, example=f"{example[0]:.12g}, {example[1]:.12g}")


def is_degrees(system: str) -> bool:
    """Tell whether the system's coordinates are longitude and latitude."""
    return system in SAME or _crs(system).is_geographic


def check_datum(name: str, system: str, datum: Datum) -> None:
    """Raise ShiftOfMetres where `datum` cannot be undone in `system`; Web Mercator is only degrees in disguise."""
    if datum is not Datum.CGCS2000 and not is_degrees(system) and system != "EPSG:3857":
        raise ShiftOfMetres(name=name, datum=datum.value, crs=system[:80])


def to_degrees(coordinates: Coordinates, system: str, datum: Datum) -> Coordinates:
    """Return n × 2 degrees of SRID 4490 for n × 2 coordinates (east or longitude first); without a place: inf."""
    x, y = coordinates[:, 0], coordinates[:, 1]
    if system not in SAME:
        target = "EPSG:4326" if datum is not Datum.CGCS2000 else DEGREES
        x, y = _transformer(system, target).transform(x, y)
    if datum is not Datum.CGCS2000:
        x, y = to_cgcs2000(x, y, datum)
    return np.column_stack([x, y])


def shapes_to_degrees(geometry: Geometry, system: str, datum: Datum) -> Geometry:
    """Return the flat shapes in degrees of SRID 4490."""
    flat = shapely.force_2d(geometry) if shapely.has_z(geometry).any() else geometry
    if system in SAME and datum is Datum.CGCS2000:
        return np.asarray(flat, dtype=object)
    return np.asarray(shapely.transform(flat, lambda points: to_degrees(points, system, datum)), dtype=object)


def area_of(system: str) -> tuple[float, float, float, float] | None:
    """Return west, south, east, north of the area a projected system is made for; None for degrees or where unknown."""
    if is_degrees(system):
        return None
    area = _crs(system).area_of_use
    return (area.west, area.south, area.east, area.north) if area and area.west < area.east else None


@lru_cache(maxsize=64)
def _crs(text: str) -> CRS:
    return CRS.from_user_input(text)


@lru_cache(maxsize=64)
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(_crs(source), target, always_xy=True)
