"""Where rows come from: the file, its content hash, its text encoding, its reference system."""

import codecs
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from glob import escape
from pathlib import Path
from typing import BinaryIO

from geo_app.domain.datum import Datum
from geo_app.exchange.refusals import NotWhatItSays, TextUnreadable

BLOCK = 1 << 20
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}

PAGES = {"936": "gb18030", "gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "ansi 936": "gb18030"}
"""What `.cpg` files call the Chinese code page."""


class Format(StrEnum):
    """A file format that is read; the value is what people call it."""

    CSV = "CSV"
    XLSX = "XLSX"
    XLS = "XLS"
    GEOJSON = "GeoJSON"
    GEOPACKAGE = "GeoPackage"
    SHAPEFILE = "Shapefile"
    OSM_XML = "OSM XML"
    OSM_PBF = "OSM PBF"
    KML = "KML"
    FLATGEOBUF = "FlatGeobuf"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The provenance of a table of rows.

    `sha256` is that of the file as it was given (packed, if it was packed); `encoding` is empty for binary formats;
    `crs` is "EPSG:4490" style, empty for a table without positions; `datum` tells a conversion from GCJ-02 or BD-09.
    """

    name: str
    sha256: str
    size: int
    format: Format
    encoding: str = ""
    crs: str = ""
    datum: Datum = Datum.CGCS2000


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of the file's bytes as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def encoding_of(path: Path, name: str) -> str:
    """Return the encoding of a text file: its byte order mark's, else UTF-8, else GB18030, whichever decodes it whole.

    Raises NotWhatItSays for bytes that no text has, TextUnreadable where no encoding fits.
    """
    with path.open("rb") as file:
        head = file.read(BLOCK)
        for mark, encoding in MARKS.items():
            if head.startswith(mark):
                return encoding if _decodes(file, encoding) else _refuse_text(name)
        if b"\0" in head:
            raise NotWhatItSays(name=name, format="text")
        return _plain_encoding(file, name)


def encoding_of_lines(path: Path, name: str) -> str:
    """Return the encoding of a file of lines, as `encoding_of` does; a line may hold whatever characters it likes.

    Raises TextUnreadable where no encoding fits.
    """
    with path.open("rb") as file:
        head = file.read(max(map(len, MARKS)))
        marked = next((encoding for mark, encoding in MARKS.items() if head.startswith(mark)), None)
        if marked:
            return marked if _decodes(file, marked) else _refuse_text(name)
        return _plain_encoding(file, name)


def _plain_encoding(file: BinaryIO, name: str) -> str:
    return next((e for e in ("utf-8", "gb18030") if _decodes(file, e)), None) or _refuse_text(name)


def _decodes(file: BinaryIO, encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while block := file.read(BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def dbf_encoding(path: Path) -> str:
    """Return the encoding of the attributes of the Shapefile at `path` (its `.shp`).

    What stands in `.cpg` is often missing or wrong: UTF-8 where the bytes are, else what `.cpg` says, else GB18030.
    """
    parts = {part.suffix.lower(): part for part in path.parent.glob(f"{escape(path.stem)}.*")}
    content = parts[".dbf"].read_bytes()
    cells = content[int.from_bytes(content[8:10], "little") :]
    told = parts[".cpg"].read_text("ascii", "replace").strip().lower() if ".cpg" in parts else ""
    for encoding in ("utf-8", PAGES.get(told, told)):
        try:
            cells.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        return encoding
    return "gb18030"


def _refuse_text(name: str) -> str:
    raise TextUnreadable(name=name)
