"""Files as nobody should send them: each entry is a name and a function that returns the bytes."""

import gzip
import io
import struct
import zipfile
import zlib

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
    "empty.csv": lambda: b"",
    "empty inside.csv.gz": lambda: gzip.compress(b""),
    "blank.csv": lambda: b"\n \n\n",
    "no ending": lambda: b"id,lon,lat\n1,103,29\n",
    "program.exe": lambda: b"MZ\x90\0",
    "picture.csv": lambda: b"\x89PNG\r\n\x1a\n" + bytes(100),
    "nul bytes.csv": lambda: b"id,lon,lat\n1,103\0,29\n",
    "no encoding.csv": lambda: b"id,lon,lat\n\xff\xff\xff,1,2\n",
    "unclosed quote.csv": lambda: b'id,lon,lat\n1,"103,29\n2,103,29\n',
    "one endless line.csv": lambda: b"," * 200_000,
    "no places.csv": lambda: b"id,name\n1,a\n",
    "zip bomb.zip": lambda: zipped(("a.geojson", b"0" * (64 << 20))),
    "many files.zip": lambda: zipped(*((f"{i}.txt", "") for i in range(2000)), mode=zipfile.ZIP_STORED),
    "climbing.zip": lambda: zipped(("../../etc/a.geojson", POINTS)),
    "climbing backwards.zip": lambda: zipped(("..\\..\\a.geojson", POINTS)),
    "absolute.zip": lambda: zipped(("/tmp/a.geojson", POINTS)),
    "drive.zip": lambda: zipped(("C:/a.geojson", POINTS)),
    "link.zip": lambda: linked("a.geojson", "/etc/hostname"),
    "nul name.zip": with_a_nul_name,
    "one name twice.zip": with_two_of_one_name,
    "nested.zip": lambda: zipped(("inner.zip", zipped(("a.geojson", POINTS)))),
    "locked.zip": lambda: encrypted("a.geojson"),
    "nothing.zip": lambda: zipped(("readme.md", "hello")),
    "several.zip": lambda: zipped(("a.geojson", POINTS), ("b.geojson", POINTS)),
    "lying.zip": lambda: lying_about_its_size("a.geojson", 1000),
    "not a zip.zip": lambda: b"hello",
    "cut off.zip": lambda: zipped(("a.geojson", POINTS))[:-30],
    "bomb.csv.gz": lambda: gzip_bomb(64),
    "nested.csv.gz.gz": lambda: gzip.compress(gzip.compress(b"id\n1\n")),
    "zip in gz.zip.gz": lambda: gzip.compress(zipped(("a.geojson", POINTS))),
    "cut off.csv.gz": lambda: gzip.compress(b"id,lon,lat\n1,2,3\n" * 1000)[:-20],
    "not gz.csv.gz": lambda: b"id,lon,lat\n1,103,29\n",
    "damaged.csv.gz": lambda: gzip.compress(b"id,lon,lat\n")[:10] + zlib.compress(b"x")[::-1],
    "laughs.xlsx": lambda: workbook(BILLION_LAUGHS.replace("{root}", "worksheet")),
    "laughs in strings.xlsx": lambda: workbook(
        "<worksheet/>", ("xl/sharedStrings.xml", BILLION_LAUGHS.replace("{root}", "sst"))
    ),
    "far corner.xlsx": lambda: workbook(
        '<worksheet><sheetData><row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row></sheetData></worksheet>'
    ),
    "bomb.xlsx": lambda: workbook("<worksheet/>" + " " * (64 << 20)),
    "a zip.xlsx": lambda: zipped(("a.csv", "id\n")),
    "text.xlsx": lambda: b"id,lon,lat\n",
    "locked.xlsx": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "half.xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
    "laughs.kml": lambda: BILLION_LAUGHS.replace("{root}", "kml").encode(),
    "outside.kml": lambda: OUTSIDE_ENTITY.replace("{root}", "kml").encode(),
    "other drivers.kml": lambda: b'<OGRVRTDataSource><OGRVRTLayer name="hostname"/></OGRVRTDataSource>',
    "laughs.osm": lambda: BILLION_LAUGHS.replace("{root}", "osm").encode(),
    "html.osm": lambda: b"<html><body>not found</body></html>",
    "broken.osm": lambda: b'<osm version="0.6"><node id="1"',
    "command.geojson": lambda: b'{"type":"gdal_streamed_alg","command_line":"gdal vector pipeline ! read /etc/hostname"}',
    "deep.geojson": lambda: b'{"type":"FeatureCollection","features":' + b"[" * 100_000,
    "cut off.geojson": lambda: b'{"type":"FeatureCollection","features":[{"type":"Feature","geom',
    "html.geojson": lambda: b"<html></html>",
    "huge number.geojson": lambda: POINTS.replace("[]", '[{"type":"Feature","geometry":null,"properties":{"a":1e999}}]').encode(),
    "text.gpkg": lambda: b"id,lon,lat\n",
    "only a head.gpkg": lambda: b"SQLite format 3\0" + bytes(84),
    "no table.zip": lambda: zipped(("a.shp", b"\0\0\x27\x0a" + bytes(96))),
    "text.shp": lambda: b"hello",
    "text.osm.pbf": lambda: b"hello",
    "cut off.osm.pbf": lambda: b"\0\0\0\x0d\x0a\x09OSMHeader\x18\x7f",
    "text.fgb": lambda: b"hello",
    "only a head.fgb": lambda: b"fgb\x03fgb\0" + bytes(20),
}
