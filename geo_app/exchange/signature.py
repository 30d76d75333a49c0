"""Whether a file is what its ending says: first bytes, the root of XML, the parts and extent of a workbook."""

import re
import zipfile
from glob import escape
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from geo_app.domain.message import Message, marked
from geo_app.exchange.limits import Limits
from geo_app.exchange.refusals import (
    FileDamaged,
    ForbiddenXml,
    LockedInside,
    NotWhatItSays,
    ShapefileIncomplete,
    SheetTooLarge,
)
from geo_app.exchange.source import BLOCK, Format
from geo_app.exchange.zipped import open_zip

FIRST_BYTES = {
    Format.GEOPACKAGE: b"SQLite format 3\0",
    Format.SHAPEFILE: b"\0\0\x27\x0a",
    Format.FLATGEOBUF: b"fgb\x03",
    Format.XLSX: b"PK\x03\x04",
    Format.XLS: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
}
BINARY_STARTS = (
    *FIRST_BYTES.values(),
    b"\x1f\x8b",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x7fELF",
    b"MZ\x90",
)
ROOTS = {Format.OSM_XML: "osm", Format.KML: "kml"}
CELL = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")


def check_content(path: Path, name: str, kind: Format, limits: Limits) -> None:
    """Raise NotWhatItSays, ForbiddenXml, SheetTooLarge, LockedInside or FileDamaged where the content is no `kind`."""
    with path.open("rb") as file:
        head = file.read(4096)
    if kind is Format.XLSX and head.startswith(FIRST_BYTES[Format.XLS]):
        # Excel wraps a workbook with a password into the container of the old format.
        raise LockedInside(name=name)
    if not _fits(head, kind):
        raise NotWhatItSays(name=name, format=kind.value)
    if kind is Format.SHAPEFILE:
        _check_companions(path, name)
    if kind is Format.XLSX:
        _check_workbook(path, name, limits)
    if kind in ROOTS:
        with path.open("rb") as file:
            root = root_of(file, name)
        if root.rpartition("}")[2] != ROOTS[kind]:
            raise NotWhatItSays(name=name, format=kind.value)


def _fits(head: bytes, kind: Format) -> bool:
    if kind in FIRST_BYTES:
        return head.startswith(FIRST_BYTES[kind])
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if kind is Format.GEOJSON:
        return text.startswith(b"{")
    if kind is Format.OSM_PBF:
        return b"OSMHeader" in head[:64]
    return kind in ROOTS or not head.startswith(BINARY_STARTS)


def root_of(stream: IO[bytes], name: str) -> str:
    """Return the tag of the root element, having refused a document type; nothing after the root's start is parsed."""
    try:
        for _, element in iterparse(stream, events=("start",), forbid_dtd=True):
            assert isinstance(element, Element)
            return str(element.tag)
    except DefusedXmlException as bomb:
        raise ForbiddenXml(name=name) from bomb
    except (ParseError, ValueError, LookupError) as broken:
        raise NotWhatItSays(name=name, format="XML") from broken
    raise FileDamaged(name=name, detail=Message(marked("it holds no XML element")))


def _check_companions(path: Path, name: str) -> None:
    there = {other.suffix.lower() for other in path.parent.glob(f"{escape(path.stem)}.*")}
    missing = [ending for ending in (".shx", ".dbf") if ending not in there]
    if missing:
        raise ShapefileIncomplete(name=name, missing=", ".join(missing))


def _check_workbook(path: Path, name: str, limits: Limits) -> None:
    with open_zip(path, name, limits) as archive:
        parts = archive.namelist()
        if "[Content_Types].xml" not in parts or not any(part.startswith("xl/") for part in parts):
            raise NotWhatItSays(name=name, format=Format.XLSX.value)
        for part in parts:
            if part.endswith((".xml", ".rels")):
                with archive.open(part) as stream:
                    root_of(stream, name)
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                _check_extent(archive, part, name, limits)


def _check_extent(archive: zipfile.ZipFile, part: str, name: str, limits: Limits) -> None:
    """Readers hold a worksheet as one full rectangle: a single cell at XFD1048576 would ask for 17,000,000,000."""
    columns = rows = 0
    kept = b""
    with archive.open(part) as stream:
        while block := stream.read(BLOCK):
            text = kept + block
            for letters, digits in set(CELL.findall(text)):
                columns, rows = max(columns, _column(letters)), max(rows, int(digits))
            kept = text[-40:]
            if columns * rows > limits.cells:
                raise SheetTooLarge(name=name, cells=columns * rows, limit=limits.cells)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
