"""What a person may say about a vector file, and what shapes are wanted of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from geo_app.domain.datum import Datum


class Shape(StrEnum):
    """What is read: streets are lines, buildings and divisions polygons, doors points."""

    LINES = "lines"
    POLYGONS = "polygons"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read a file of places; everything has a default.

    `crs` overrides what the file says, as "EPSG:4544" or WKT. `datum` GCJ02 or BD09: the degrees are shifted and are
    turned back. `fields` maps our names to the file's ({"id": "osm_id"}). `lon`, `lat` name a table's columns of
    degrees, or of metres east and north with a projected `crs`; empty: they are recognised. `layer` chooses a layer,
    worksheet or file of a zip. `key` names the column whose values must not repeat; empty: nothing is compared.
    """

    crs: str = ""
    datum: Datum = Datum.CGCS2000
    fields: Mapping[str, str] = field(default_factory=dict)
    lon: str = ""
    lat: str = ""
    layer: str = ""
    key: str = "id"


DEFAULTS = ReadOptions()
