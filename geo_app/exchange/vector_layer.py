"""Layers of vector files read by GDAL, with every attribute as text."""

import json
import re
import shutil
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError

from geo_app.domain.message import Message, marked
from geo_app.exchange.archive import OpenedFile
from geo_app.exchange.refusals import FileDamaged, FileIsEmpty, LayerMissing, LayerUnclear
from geo_app.exchange.source import BLOCK, Format, dbf_encoding, encoding_of
from geo_app.exchange.vector_options import Shape

Geometry = NDArray[np.object_]

GDAL_TYPES = {
    Shape.LINES: ("LineString", "MultiLineString"),
    Shape.POLYGONS: ("Polygon", "MultiPolygon"),
    Shape.POINTS: ("Point", "MultiPoint"),
}
OSM_LAYERS = {Shape.LINES: "lines", Shape.POLYGONS: "multipolygons", Shape.POINTS: "points"}
DRIVER_OPTIONS: dict[Format, dict[str, str]] = {
    # Without it "12/14" in a field of an honest file may arrive as a date.
    Format.GEOJSON: {"DATE_AS_STRING": "YES"},
    Format.OSM_XML: {"TAGS_FORMAT": "JSON"},
    Format.OSM_PBF: {"TAGS_FORMAT": "JSON"},
}

OWN_AFFAIR = "Altering it to be unique"
"""GDAL numbers features itself where identifiers repeat; the attribute stays, and our own check reports it."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer as the file has it: n rows of text, n shapes in the file's own `crs` ("" where it names none)."""

    columns: pd.DataFrame
    geometry: Geometry
    crs: str
    encoding: str
    notices: tuple[Message, ...]


def read_layer(file: OpenedFile, shape: Shape, layer: str) -> Layer:
    """Read the layer named `layer`, or the one layer that fits `shape`.

    Raises FileDamaged, FileIsEmpty, LayerMissing, LayerUnclear, TextUnreadable.
    """
    path, encoding = _readable(file)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            chosen = _chosen_layer(path, file, shape, layer)
            # The driver is named for GeoJSON: other drivers read JSON too, and one of them runs what it says.
            source = f"GeoJSON:{path}" if file.format is Format.GEOJSON else str(path)
            # In capitals: "iso-8859-1" is taken for UTF-8.
            options = {"encoding": encoding.upper()} if file.format is Format.SHAPEFILE else {}
            options |= DRIVER_OPTIONS.get(file.format, {})
            meta, ids, wkb, values = pyogrio.raw.read(source, layer=chosen, return_fids=True, **options)
    except (DataSourceError, DataLayerError, FeatureError, FieldError, GeometryError, UnicodeDecodeError) as broken:
        raise FileDamaged(name=file.name, detail=_first_line(broken)) from broken
    except UnboundLocalError as slip:
        # pyogrio's own, where the name of a reference system is not in UTF-8.
        raise FileDamaged(name=file.name, detail=Message(marked("its reference system cannot be read"))) from slip
    if wkb is None:
        raise FileDamaged(name=file.name, detail=Message(marked("it holds no shapes")))
    columns = {str(name): _texts(column) for name, column in zip(meta["fields"], values, strict=True)}
    frame = _with_feature_ids(pd.DataFrame(columns, index=range(len(wkb)), dtype=object), file.format, ids)
    notices = tuple(_notice(str(told.message)) for told in caught if OWN_AFFAIR not in str(told.message))
    return Layer(frame, shapely.from_wkb(wkb, on_invalid="ignore"), meta["crs"] or "", encoding, notices)


def _readable(file: OpenedFile) -> tuple[Path, str]:
    """Return a file GDAL reads and the encoding of its text: GeoJSON in another encoding is written again in UTF-8."""
    if file.format is Format.SHAPEFILE:
        return file.path, dbf_encoding(file.path)
    if file.format is not Format.GEOJSON:
        return file.path, ""
    encoding = encoding_of(file.path, file.name)
    if encoding == "utf-8":
        return file.path, encoding
    target = file.folder / "utf-8.geojson"
    with file.path.open(encoding=encoding) as given, target.open("w", encoding="utf-8") as out:
        shutil.copyfileobj(given, out, BLOCK)
    return target, encoding


def _with_feature_ids(frame: pd.DataFrame, kind: Format, ids: NDArray[np.int64]) -> pd.DataFrame:
    """Return the frame with what GDAL takes for the features' own numbers: `fid` of a GeoPackage, `id` of GeoJSON.

    GeoJSON without such numbers gets 0, 1, 2 …, which are none.
    """
    name = {Format.GEOPACKAGE: "fid", Format.GEOJSON: "id"}.get(kind)
    invented = kind is Format.GEOJSON and np.array_equal(ids, np.arange(len(ids)))
    if name is None or invented or name in frame.columns:
        return frame
    return frame.assign(**{name: _texts(ids)})


def _chosen_layer(path: Path, file: OpenedFile, shape: Shape, layer: str) -> str | None:
    if file.format in (Format.OSM_XML, Format.OSM_PBF):
        return OSM_LAYERS[shape]
    if file.format is Format.SHAPEFILE or file.format is Format.GEOJSON:
        return None
    kinds = {str(name): str(kind or "") for name, kind in pyogrio.list_layers(path)}
    if not kinds:
        raise FileIsEmpty(name=file.name)
    if layer and layer not in kinds:
        raise LayerMissing(name=file.name, layer=layer, layers=", ".join(kinds))
    if layer or len(kinds) == 1:
        return layer or next(iter(kinds))
    fitting = [name for name, kind in kinds.items() if kind.split(" ")[0] in GDAL_TYPES[shape]]
    if len(fitting) != 1:
        raise LayerUnclear(name=file.name, layers=", ".join(fitting or kinds))
    return fitting[0]


def _texts(values: NDArray[Any]) -> NDArray[np.object_]:
    """Return each value as text: whole numbers without a point, missing ones empty, lists as JSON."""
    if values.dtype.kind == "O":
        texts = [value if isinstance(value, str) else _text(value) for value in values]
    elif values.dtype.kind == "f":
        texts = ["" if value != value else _number(value) for value in values.tolist()]  # noqa: PLR0124 - NaN
    elif values.dtype.kind == "M":
        texts = ["" if np.isnat(value) else str(value) for value in values]
    else:
        texts = [_text(value) for value in values.tolist()]
    return np.array([*texts, None], dtype=object)[:-1]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, np.ndarray):
        return json.dumps(value.tolist(), ensure_ascii=False)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)


def _notice(warning: str) -> Message:
    return Message(marked("The reader warned: {warning}"), {"warning": warning})


def _first_line(error: Exception) -> str:
    """Return GDAL's sentence without the path, which is no business of the reader's."""
    lines = str(error).splitlines()
    return re.sub(r"\S*/\S*", "", lines[0]).strip() if lines else type(error).__name__
