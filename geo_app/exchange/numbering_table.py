"""Any vector file or CSV as columns of text and a column of geometries in degrees."""

import csv
import gzip
import io
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from geo_app.domain.errors import UnreadableInput
from geo_app.domain.message import Message, marked
from geo_app.domain.position import SRID
from geo_app.domain.street_piece import Floats, Geometries

LARGEST_BYTES = 4 << 30
"""Unpacked size above which a .gz file is refused: a bomb, or beyond what one run can hold."""

DEGREES = {"EPSG:4326", "EPSG:4490", "OGC:CRS84"}
TEXT_ENDINGS = {".geojson", ".json"}

MISSING = marked("there is no such file")
UNREADABLE = marked("it is not a vector file or CSV that can be read")
EMPTY = marked("it is empty")
NO_COLUMN = marked("it has no column {column}; name one with --field {column}=COLUMN (it has: {columns})")
NOT_PACKED = marked("it is not a sound .gz file")
TOO_LARGE = marked("unpacked it is larger than {limit} GB")
NO_CRS = marked("{crs} is no coordinate reference system that is known")
NOT_DEGREES = marked("its coordinates are not degrees; say with --crs which reference system they are in")


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How to read a file: `fields` maps our column names to the file's; `crs` of its coordinates, "": as it says."""

    fields: Mapping[str, str] = field(default_factory=dict)
    crs: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class FileTable:
    """Rows of a file: columns of text ("" for nothing), geometries in degrees of SRID 4490 (None for nothing)."""

    name: str
    columns: Mapping[str, Sequence[str]]
    geometry: Geometries

    def __len__(self) -> int:
        return len(self.geometry)

    def column(self, name: str) -> Sequence[str] | None:
        """Return a column of text, None where the file has none of that name."""
        return self.columns.get(name)

    def needed(self, name: str) -> Sequence[str]:
        """Return a column of text. Raises UnreadableInput where a file with columns has none of that name."""
        column = self.columns.get(name) if self.columns else ()
        if column is None:
            problem = Message(NO_COLUMN, {"column": name, "columns": ", ".join(self.columns)})
            raise UnreadableInput(name=self.name, problem=problem)
        return column


def read_table(path: Path, options: ReadingOptions) -> FileTable:
    """Return the rows of a vector file or of a CSV with `lon`, `lat`, packed as .gz or not. Raises UnreadableInput."""
    if not path.is_file():
        raise UnreadableInput(name=path.name, problem=Message(MISSING))
    if path.suffix.lower() == ".gz":
        with tempfile.TemporaryDirectory() as folder:
            return _read(_unpacked(path, Path(folder)), path.name, options)
    return _read(path, path.name, options)


def _read(path: Path, name: str, options: ReadingOptions) -> FileTable:
    if path.stat().st_size == 0:
        raise UnreadableInput(name=name, problem=Message(EMPTY))
    if path.suffix.lower() == ".csv":
        columns, geometry = _read_csv(path, name, options)
        crs = ""
    else:
        columns, geometry, crs = _read_vector(path, name)
        columns = _renamed(columns, options)
    geometry = _in_degrees(geometry, options.crs or crs, name)
    if _all_off_the_earth(geometry):
        raise UnreadableInput(name=name, problem=Message(NOT_DEGREES))
    return FileTable(name, columns, geometry)


def _unpacked(path: Path, folder: Path) -> Path:
    target = folder / path.stem
    try:
        with gzip.open(path) as packed, target.open("wb") as plain:
            while block := packed.read(1 << 20):
                if plain.tell() > LARGEST_BYTES:
                    raise UnreadableInput(name=path.name, problem=Message(TOO_LARGE, {"limit": LARGEST_BYTES >> 30}))
                plain.write(block)
    except (gzip.BadGzipFile, EOFError, OSError) as fault:
        raise UnreadableInput(name=path.name, problem=Message(NOT_PACKED)) from fault
    return target


def _read_csv(path: Path, name: str, options: ReadingOptions) -> tuple[dict[str, list[str]], Geometries]:
    try:
        # A column named twice keeps its first place; rows cut short are filled up.
        rows = list(csv.reader(io.StringIO(_text(path.read_bytes(), name), newline="")))
    except csv.Error as fault:
        raise UnreadableInput(name=name, problem=Message(UNREADABLE)) from fault
    if not rows or not any(rows[0]):
        raise UnreadableInput(name=name, problem=Message(EMPTY))
    heading, body = [cell.strip() for cell in rows[0]], [row for row in rows[1:] if row]
    columns: dict[str, list[str]] = {}
    for place, title in enumerate(heading):
        columns.setdefault(title, [row[place] if place < len(row) else "" for row in body])
    columns = _renamed(columns, options)
    table = FileTable(name, columns, np.empty(0, dtype=object))
    lon, lat = (np.array([_number(cell) for cell in table.needed(axis)]) for axis in ("lon", "lat"))
    points = np.asarray(shapely.points(lon, lat), dtype=object).reshape(len(body))
    points[np.isnan(lon) | np.isnan(lat)] = None
    return columns, points


def _text(raw: bytes, name: str) -> str:
    """Return the text of a file in UTF-8 (with or without byte order mark), UTF-16 with one, or GB18030."""
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in raw:
        encodings = ()
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableInput(name=name, problem=Message(UNREADABLE))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _renamed(columns: Mapping[str, list[str]], options: ReadingOptions) -> dict[str, list[str]]:
    """Return the columns under our names; a mapping applies to a file that has the column it names."""
    known = {ours: theirs for ours, theirs in options.fields.items() if theirs in columns}
    return {**columns, **{ours: columns[theirs] for ours, theirs in known.items()}}


def _read_vector(path: Path, name: str) -> tuple[dict[str, list[str]], Geometries, str]:
    source: Path | bytes = path
    if path.suffix.lower() in TEXT_ENDINGS:
        # GDAL reads GeoJSON as UTF-8 only.
        source = _text(path.read_bytes(), name).encode()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            about, _, shapes, fields = pyogrio.raw.read(source, encoding=_encoding(path))
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, UnicodeDecodeError, ValueError) as fault:
        raise UnreadableInput(name=name, problem=Message(UNREADABLE)) from fault
    columns = {
        str(title): [_as_text(v) for v in values.tolist()]
        for title, values in zip(about["fields"], fields, strict=True)
    }
    if shapes is None:
        raise UnreadableInput(name=name, problem=Message(UNREADABLE))
    with np.errstate(invalid="ignore"):  # a NaN among the coordinates is told of later, row by row
        geometry = np.asarray(shapely.from_wkb(shapes, on_invalid="ignore"), dtype=object)
    return columns, geometry, str(about["crs"] or "")


def _encoding(path: Path) -> str | None:
    """Return the encoding of a Shapefile that does not name its own: UTF-8 if its table is that, else GB18030."""
    table = path.with_suffix(".dbf")
    if path.suffix.lower() != ".shp" or path.with_suffix(".cpg").exists() or not table.is_file():
        return None
    raw = table.read_bytes()
    # The head of a .dbf is binary: 32 bytes, then 32 for each field, as long as bytes 8 and 9 say.
    try:
        raw[int.from_bytes(raw[8:10], "little") :].decode("utf-8")
    except UnicodeDecodeError:
        return "GB18030"
    return "UTF-8"


def _as_text(value: object) -> str:
    if value is None or value != value:  # noqa: PLR0124 — a NaN is unlike itself
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _in_degrees(geometry: Geometries, crs: str, name: str) -> Geometries:
    if not crs or crs.upper() in DEGREES:
        return geometry
    try:
        change = Transformer.from_crs(CRS.from_user_input(crs), SRID, always_xy=True)
    except CRSError as fault:
        raise UnreadableInput(name=name, problem=Message(NO_CRS, {"crs": crs})) from fault

    def degrees(positions: Floats) -> Floats:
        return np.column_stack(change.transform(positions[:, 0], positions[:, 1]))

    return np.asarray(shapely.transform(geometry, degrees), dtype=object)


def _all_off_the_earth(geometry: Geometries) -> bool:
    """Tell whether no geometry at all has degrees: a file in metres, not one with a few bad rows."""
    bounds = shapely.bounds(geometry[~(shapely.is_missing(geometry) | shapely.is_empty(geometry))])
    bounds = bounds[np.isfinite(bounds).all(axis=1)]
    within = (np.abs(bounds) <= (180, 90, 180, 90)).all(axis=1)
    return bool(len(bounds)) and not bool(within.any())
