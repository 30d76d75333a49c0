"""The shifted coordinates of public map services, GCJ-02 and BD-09, to and from CGCS2000 (WGS 84 within centimetres).

The algorithm is the commonly published one; no official text of it exists. It moves a point by 100 to 700 m.
Outside the rectangle 72.004 to 137.8347 degrees east and 0.8293 to 55.8271 degrees north, the published algorithm's
own "not in China" rule, GCJ-02 equals WGS 84. The rectangle is wider than the country, so a point abroad but inside it
is shifted as well: convert only what is known to be shifted.
"""

from collections.abc import Callable
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

Degrees = NDArray[np.float64]

SEMI_MAJOR_METRES = 6378245.0
"""Krasovsky's ellipsoid, on which the published algorithm counts."""

ECCENTRICITY_SQUARED = 0.00669342162296594323

RECTANGLE = (72.004, 0.8293, 137.8347, 55.8271)
"""West, south, east, north in degrees: outside it GCJ-02 does not shift."""

BAIDU_ANGLE = np.pi * 3000.0 / 180.0
BAIDU_LON, BAIDU_LAT = 0.0065, 0.006

ROUNDS = 8
"""Rounds of the inverse; the shift changes by under 0.3 % of a step, so each round gains at least two digits."""


class Datum(StrEnum):
    """What a file's degrees mean; anything but CGCS2000 is converted on import and the import is tagged with it."""

    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"


def to_cgcs2000(lon: ArrayLike, lat: ArrayLike, datum: Datum) -> tuple[Degrees, Degrees]:
    """Return degrees of SRID 4490 for degrees of `datum`; arrays of any one shape, NaN stays NaN.

    The inverse of a shift is found by iteration, to better than 1e-9 degrees (0.1 mm).
    """
    x, y = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    if datum is Datum.BD09:
        x, y = _inverse(_baidu, x, y)
    if datum is not Datum.CGCS2000:
        inside = _inside(x, y)
        back_x, back_y = _inverse(_shifted, x, y)
        x, y = np.where(inside, back_x, x), np.where(inside, back_y, y)
    return x, y


def from_cgcs2000(lon: ArrayLike, lat: ArrayLike, datum: Datum) -> tuple[Degrees, Degrees]:
    """Return degrees of `datum` for degrees of SRID 4490; arrays of any one shape, NaN stays NaN."""
    x, y = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    if datum is not Datum.CGCS2000:
        inside = _inside(x, y)
        moved_x, moved_y = _shifted(x, y)
        x, y = np.where(inside, moved_x, x), np.where(inside, moved_y, y)
    return _baidu(x, y) if datum is Datum.BD09 else (x, y)


def _inside(lon: Degrees, lat: Degrees) -> NDArray[np.bool_]:
    west, south, east, north = RECTANGLE
    return (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)


def _shifted(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Return GCJ-02 for WGS 84 by the published series, without the rectangle's rule."""
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    waves = (20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves
    north += (20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north += (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves
    east += (20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east += (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    phi = np.radians(lat)
    flattened = 1.0 - ECCENTRICITY_SQUARED * np.sin(phi) ** 2
    meridian = SEMI_MAJOR_METRES * (1.0 - ECCENTRICITY_SQUARED) / (flattened * np.sqrt(flattened))
    parallel = SEMI_MAJOR_METRES / np.sqrt(flattened) * np.cos(phi)
    return lon + np.degrees(east / parallel), lat + np.degrees(north / meridian)


def _baidu(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Return BD-09 for GCJ-02."""
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * BAIDU_ANGLE)
    theta = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * BAIDU_ANGLE)
    return radius * np.cos(theta) + BAIDU_LON, radius * np.sin(theta) + BAIDU_LAT


def _inverse(
    forward: Callable[[Degrees, Degrees], tuple[Degrees, Degrees]], lon: Degrees, lat: Degrees
) -> tuple[Degrees, Degrees]:
    x, y = lon.copy(), lat.copy()
    for _ in range(ROUNDS):
        there_x, there_y = forward(x, y)
        x, y = x + (lon - there_x), y + (lat - there_y)
    return x, y
