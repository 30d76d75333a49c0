"""Positions on the ground: one reference system, written once."""

from dataclasses import dataclass
from math import isfinite

from pyproj import Geod

SRID = 4490
"""CGCS2000, longitude and latitude in degrees."""

ELLIPSOID = Geod(ellps="GRS80")
"""CGCS2000's ellipsoid; its semi-axes differ from GRS 80 by less than 0.2 mm."""


@dataclass(frozen=True, slots=True)
class Position:
    """A point in degrees of SRID 4490."""

    lon: float
    lat: float

    @property
    def on_earth(self) -> bool:
        """Tell whether both coordinates are numbers within ±180 and ±90 degrees."""
        return isfinite(self.lon) and isfinite(self.lat) and abs(self.lon) <= 180 and abs(self.lat) <= 90


def metres_between(a: Position, b: Position) -> float:
    """Return the geodesic distance in metres."""
    return float(ELLIPSOID.inv(a.lon, a.lat, b.lon, b.lat)[2])
