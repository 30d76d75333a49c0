"""Files of strangers, opened safely: judged by size, name and first bytes, unpacked within limits, before any reader.

A refused file costs at most a few megabytes of disk and no memory: archives are judged by their index, compressed
streams are cut off as soon as they break a limit.
"""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from glob import escape
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO

from geo_app.exchange.limits import LIMITS, Limits, check_ratio
from geo_app.exchange.refusals import (
    ArchiveInside,
    FileDamaged,
    FileIsEmpty,
    FileMissing,
    FileTooLarge,
    FormatUnknown,
    UnpacksTooLarge,
)
from geo_app.exchange.signature import check_content
from geo_app.exchange.source import BLOCK, Format, sha256_of
from geo_app.exchange.zipped import COMPANIONS, PACKED, unzip_layer

ENDINGS = {
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".txt": Format.CSV,
    ".xlsx": Format.XLSX,
    ".xls": Format.XLS,
    ".geojson": Format.GEOJSON,
    ".json": Format.GEOJSON,
    ".gpkg": Format.GEOPACKAGE,
    ".shp": Format.SHAPEFILE,
    ".osm": Format.OSM_XML,
    ".pbf": Format.OSM_PBF,
    ".kml": Format.KML,
    ".fgb": Format.FLATGEOBUF,
}
"""What a file's ending promises; the first bytes have to keep it."""

READABLE = ", ".join([*ENDINGS, ".zip", ".gz"])


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A plain file ready to read at `path`; `name`, `sha256` and `size` are those of the file a person gave.

    `folder` is a temporary one for whatever else the reading needs.
    """

    path: Path
    name: str
    format: Format
    sha256: str
    size: int
    folder: Path


@contextmanager
def opened_safely(path: Path, choose: str = "", limits: Limits = LIMITS) -> Iterator[OpenedFile]:
    """Yield the readable file for `path`, unpacked (.gz, .zip) into a folder that is removed at the end.

    `choose` is the stem of the layer to take from a zip of several. Raises a refusal of
    `geo_app.exchange.refusals` (a DomainError) for whatever is unsafe, too large or not what its name says.
    """
    size = _size_of(path, limits)
    with TemporaryDirectory(prefix="geo-app-") as folder:
        plain = _plain(path, Path(folder), choose, limits)
        kind = ENDINGS.get(plain.suffix.lower())
        if kind is None:
            raise FormatUnknown(name=path.name, endings=READABLE)
        check_content(plain, path.name, kind, limits)
        yield OpenedFile(plain, path.name, kind, sha256_of(path), size, Path(folder))


@contextmanager
def unpacked(path: Path, limits: Limits = LIMITS) -> Iterator[Path]:
    """Yield a plain file of any ending for `path`, unpacked if it is a .gz; nothing is judged but its size.

    Raises FileMissing, FileTooLarge, FileDamaged, UnpacksTooLarge.
    """
    if not path.is_file():
        raise FileMissing(name=path.name)
    if path.suffix.lower() != ".gz" or path.stat().st_size == 0:
        yield path
        return
    with TemporaryDirectory(prefix="geo-app-") as folder:
        _size_of(path, limits)
        plain = Path(folder) / "lines"
        with path.open("rb") as packed, plain.open("wb") as out:
            _unpack_checked(packed, out, path.name, limits)
        yield plain


def _size_of(path: Path, limits: Limits) -> int:
    if not path.is_file():
        raise FileMissing(name=path.name)
    size = path.stat().st_size
    if size == 0:
        raise FileIsEmpty(name=path.name)
    if size > limits.bytes_given:
        raise FileTooLarge(name=path.name, size=size, limit=limits.bytes_given)
    return size


def _plain(path: Path, folder: Path, choose: str, limits: Limits) -> Path:
    ending = path.suffix.lower()
    if ending == ".gz":
        return _gunzipped(path, folder, limits)
    if ending == ".zip":
        return unzip_layer(path, folder, frozenset(ENDINGS), choose, limits)
    return _linked(path, folder)


def _linked(path: Path, folder: Path) -> Path:
    """Give the file (and a Shapefile's companions) a name of ours: GDAL takes "a!b" or "x.zip" in a name for a path."""
    ending = path.suffix.lower()
    others = path.parent.glob(f"{escape(path.stem)}.*") if ending == ".shp" else ()
    parts = [path, *(other for other in others if other.suffix.lower() in COMPANIONS)]
    for part in parts:
        (folder / f"layer{part.suffix.lower()}").symlink_to(part.resolve())
    return folder / f"layer{ending}"


def _gunzipped(path: Path, folder: Path, limits: Limits) -> Path:
    inner = PurePosixPath(path.stem).suffix.lower()
    if inner in PACKED:
        raise ArchiveInside(name=path.name, entry=path.stem)
    target = folder / f"layer{inner}"
    with path.open("rb") as packed, target.open("wb") as out:
        _unpack_checked(packed, out, path.name, limits)
    if target.stat().st_size == 0:
        raise FileIsEmpty(name=path.name)
    return target


def _unpack_checked(packed: BinaryIO, out: BinaryIO, name: str, limits: Limits) -> None:
    try:
        _unpack(packed, out, name, limits)
    except (gzip.BadGzipFile, EOFError, zlib.error) as broken:
        raise FileDamaged(name=name, detail=str(broken)) from broken


def _unpack(packed: BinaryIO, out: BinaryIO, name: str, limits: Limits) -> None:
    done = 0
    with gzip.GzipFile(fileobj=packed) as stream:
        while block := stream.read(BLOCK):
            done += len(block)
            if done > limits.bytes_unpacked:
                raise UnpacksTooLarge(name=name, limit=limits.bytes_unpacked)
            check_ratio(done, packed.tell(), name, limits)
            out.write(block)
