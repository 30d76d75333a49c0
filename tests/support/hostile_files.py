"""Files as nobody should send them: a name, the refusal it earns, and a function that returns the bytes."""

import gzip
import io
import struct
import zipfile
import zlib

from geo_app.exchange.refusals import (
    ArchiveInside,
    FileDamaged,
    FileIsEmpty,
    ForbiddenXml,
    FormatUnknown,
    HeadingTooLong,
    LinkInside,
    LockedInside,
    NothingUsefulInside,
    NotWhatItSays,
    PositionColumnsMissing,
    QuoteNotClosed,
    SeveralInside,
    ShapefileIncomplete,
    SheetTooLarge,
    TextUnreadable,
    TooManyInside,
    UnpacksTooWell,
    UnsafeNameInside,
)

CONTENT_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><{root}>&c;</{root}>'
)
OUTSIDE_ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><{root}>&f;</{root}>'
POINTS = '{"type":"FeatureCollection","features":[]}'


def zipped(*entries, mode=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", mode) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return out.getvalue()


def linked(name, target):
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = 0o120777 << 16
    return zipped((entry, target))


def workbook(sheet, *more):
    parts = {"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": sheet}
    return zipped(*parts.items(), *more)


def encrypted(name):
    content = bytearray(zipped((name, "x")))
    content[6] |= 1
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def lying_about_its_size(name, real):
    """A zip whose index promises 10 bytes where `real` come out."""
    content = bytearray(zipped((name, b"a" * real)))
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    content[22:26] = struct.pack("<I", 10)
    return bytes(content)


def pointing_outside(name):
    """A zip whose index says that the archive began before the file does."""
    content = bytearray(zipped((name, "x" * 100)))
    at = content.index(b"PK\x05\x06")
    content[at + 16 : at + 20] = struct.pack("<I", 60)
    return bytes(content)


def gzip_bomb(megabytes):
    return gzip.compress(b"\0" * (megabytes << 20), compresslevel=9)


def with_a_nul_name():
    return zipped(("a.geojson?x.txt", POINTS)).replace(b"a.geojson?x", b"a.geojson\0x")


def with_two_of_one_name():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", "id\n1\n")
        archive.writestr("A.csv", "id\n2\n")
    return out.getvalue()


HOSTILE = {
    "empty.csv": (FileIsEmpty, lambda: b""),
    "empty inside.csv.gz": (FileIsEmpty, lambda: gzip.compress(b"")),
    "blank.csv": (FileIsEmpty, lambda: b"\n \n\n"),
    "one letter.csv": (PositionColumnsMissing, lambda: b"\rZ"),
    "no ending": (FormatUnknown, lambda: b"id,lon,lat\n1,103,29\n"),
    "program.exe": (FormatUnknown, lambda: b"MZ\x90\0"),
    "picture.csv": (NotWhatItSays, lambda: b"\x89PNG\r\n\x1a\n" + bytes(100)),
    "nul bytes.csv": (NotWhatItSays, lambda: b"id,lon,lat\n1,103\0,29\n"),
    "no encoding.csv": (TextUnreadable, lambda: b"id,lon,lat\n\xff\xff\xff,1,2\n"),
    "unclosed quote.csv": (QuoteNotClosed, lambda: b'id,lon,lat\n1,"103,29\n2,103,29\n'),
    "one endless line.csv": (HeadingTooLong, lambda: b"," * 200_000),
    "no places.csv": (PositionColumnsMissing, lambda: b"id,name\n1,a\n"),
    "zip bomb.zip": (UnpacksTooWell, lambda: zipped(("a.geojson", b"0" * (64 << 20)))),
    "many files.zip": (
        TooManyInside,
        lambda: zipped(*((f"{i}.txt", "") for i in range(2000)), mode=zipfile.ZIP_STORED),
    ),
    "climbing.zip": (UnsafeNameInside, lambda: zipped(("../../etc/a.geojson", POINTS))),
    "climbing backwards.zip": (UnsafeNameInside, lambda: zipped(("..\\..\\a.geojson", POINTS))),
    "absolute.zip": (UnsafeNameInside, lambda: zipped(("/tmp/a.geojson", POINTS))),
    "drive.zip": (UnsafeNameInside, lambda: zipped(("C:/a.geojson", POINTS))),
    "link.zip": (LinkInside, lambda: linked("a.geojson", "/etc/hostname")),
    "nul name.zip": (UnsafeNameInside, with_a_nul_name),
    "one name twice.zip": (UnsafeNameInside, with_two_of_one_name),
    "nested.zip": (ArchiveInside, lambda: zipped(("inner.zip", zipped(("a.geojson", POINTS))))),
    "locked.zip": (LockedInside, lambda: encrypted("a.geojson")),
    "nothing.zip": (NothingUsefulInside, lambda: zipped(("readme.md", "hello"))),
    "several.zip": (SeveralInside, lambda: zipped(("a.geojson", POINTS), ("b.geojson", POINTS))),
    "lying.zip": (FileDamaged, lambda: lying_about_its_size("a.geojson", 1000)),
    "not a zip.zip": (FileDamaged, lambda: b"hello"),
    "cut off.zip": (FileDamaged, lambda: zipped(("a.geojson", POINTS))[:-30]),
    "pointing outside.zip": (FileDamaged, lambda: pointing_outside("a.geojson")),
    "bomb.csv.gz": (UnpacksTooWell, lambda: gzip_bomb(64)),
    "nested.csv.gz.gz": (ArchiveInside, lambda: gzip.compress(gzip.compress(b"id\n1\n"))),
    "zip in gz.zip.gz": (ArchiveInside, lambda: gzip.compress(zipped(("a.geojson", POINTS)))),
    "cut off.csv.gz": (FileDamaged, lambda: gzip.compress(b"id,lon,lat\n1,2,3\n" * 1000)[:-20]),
    "not gz.csv.gz": (FileDamaged, lambda: b"id,lon,lat\n1,103,29\n"),
    "damaged.csv.gz": (FileDamaged, lambda: gzip.compress(b"id,lon,lat\n")[:10] + zlib.compress(b"x")[::-1]),
    "laughs.xlsx": (ForbiddenXml, lambda: workbook(BILLION_LAUGHS.replace("{root}", "worksheet"))),
    "laughs in strings.xlsx": (
        ForbiddenXml,
        lambda: workbook("<worksheet/>", ("xl/sharedStrings.xml", BILLION_LAUGHS.replace("{root}", "sst"))),
    ),
    "far corner.xlsx": (
        SheetTooLarge,
        lambda: workbook(
            '<worksheet><sheetData><row r="1"><c r="A1"/></row>'
            '<row r="1048576"><c r="XFD1048576"/></row></sheetData></worksheet>'
        ),
    ),
    "bomb.xlsx": (UnpacksTooWell, lambda: workbook("<worksheet/>" + " " * (64 << 20))),
    "a zip.xlsx": (NotWhatItSays, lambda: zipped(("a.csv", "id\n"))),
    "text.xlsx": (NotWhatItSays, lambda: b"id,lon,lat\n"),
    "locked.xlsx": (LockedInside, lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "half.xls": (FileDamaged, lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)),
    "laughs.kml": (ForbiddenXml, lambda: BILLION_LAUGHS.replace("{root}", "kml").encode()),
    "outside.kml": (ForbiddenXml, lambda: OUTSIDE_ENTITY.replace("{root}", "kml").encode()),
    "other drivers.kml": (
        NotWhatItSays,
        lambda: b'<OGRVRTDataSource><OGRVRTLayer name="hostname"/></OGRVRTDataSource>',
    ),
    "laughs.osm": (ForbiddenXml, lambda: BILLION_LAUGHS.replace("{root}", "osm").encode()),
    "html.osm": (NotWhatItSays, lambda: b"<html><body>not found</body></html>"),
    "broken.osm": (FileDamaged, lambda: b'<osm version="0.6"><node id="1"'),
    "command.geojson": (
        FileDamaged,
        lambda: b'{"type":"gdal_streamed_alg","command_line":"gdal vector pipeline ! read /etc/hostname"}',
    ),
    "deep.geojson": (FileDamaged, lambda: b'{"type":"FeatureCollection","features":' + b"[" * 100_000),
    "cut off.geojson": (FileDamaged, lambda: b'{"type":"FeatureCollection","features":[{"type":"Feature","geom'),
    "html.geojson": (NotWhatItSays, lambda: b"<html></html>"),
    "huge number.geojson": (
        FileDamaged,
        lambda: (
            b'{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"a":1e999}}]}'
        ),
    ),
    "text.gpkg": (NotWhatItSays, lambda: b"id,lon,lat\n"),
    "only a head.gpkg": (FileDamaged, lambda: b"SQLite format 3\0" + bytes(84)),
    "no table.zip": (ShapefileIncomplete, lambda: zipped(("a.shp", b"\0\0\x27\x0a" + bytes(96)))),
    "text.shp": (NotWhatItSays, lambda: b"hello"),
    "text.osm.pbf": (NotWhatItSays, lambda: b"hello"),
    "cut off.osm.pbf": (FileDamaged, lambda: b"\0\0\0\x0d\x0a\x09OSMHeader\x18\x7f"),
    "text.fgb": (NotWhatItSays, lambda: b"hello"),
    "only a head.fgb": (FileIsEmpty, lambda: b"fgb\x03fgb\0" + bytes(20)),
}
