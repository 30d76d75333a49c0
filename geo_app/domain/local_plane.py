"""A plane in metres around a place: transverse Mercator on CGCS2000's ellipsoid with its centre there."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from geo_app.domain.position import SRID

Coordinates = NDArray[np.float64]
"""Shape (n, 2): x or longitude, y or latitude."""


@dataclass(frozen=True)
class LocalPlane:
    """Metres east and north of (`lon`, `lat`) in degrees; true to 1 : 20,000 within 60 km east or west."""

    lon: float
    lat: float

    @classmethod
    def around(cls, shape: BaseGeometry) -> "LocalPlane":
        """Return the plane around the centre of the bounds of `shape` (degrees, SRID 4490)."""
        west, south, east, north = shape.bounds
        return cls((west + east) / 2, (south + north) / 2)

    @cached_property
    def _transformer(self) -> Transformer:
        plane = f"+proj=tmerc +lat_0={self.lat} +lon_0={self.lon} +ellps=GRS80 +units=m +type=crs"
        return Transformer.from_crs(f"EPSG:{SRID}", plane, always_xy=True)

    def to_metres(self, degrees: Coordinates) -> Coordinates:
        """Return metres east and north for longitudes and latitudes."""
        return np.column_stack(self._transformer.transform(degrees[:, 0], degrees[:, 1]))

    def to_degrees(self, metres: Coordinates) -> Coordinates:
        """Return longitudes and latitudes for metres east and north."""
        return np.column_stack(self._transformer.transform(metres[:, 0], metres[:, 1], direction="INVERSE"))

    def shape_to_metres(self, shape: BaseGeometry) -> BaseGeometry:
        """Return `shape` in metres of this plane."""
        return shapely.transform(shape, self.to_metres)

    def shape_to_degrees(self, shape: BaseGeometry) -> BaseGeometry:
        """Return `shape` in degrees."""
        return shapely.transform(shape, self.to_degrees)
