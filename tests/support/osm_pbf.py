"""A minimal OpenStreetMap PBF, written by hand: nodes, ways and tags in one block."""

import struct
import zlib


def _varint(number):
    out = b""
    while number > 0x7F:
        out += bytes([number & 0x7F | 0x80])
        number >>= 7
    return out + bytes([number])


def _zigzag(number):
    return _varint(number * 2 if number >= 0 else -number * 2 - 1)


def _bytes_field(number, content):
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _int_field(number, content):
    return _varint(number << 3) + content


def _blob(kind, content):
    packed = zlib.compress(content)
    blob = _int_field(2, _varint(len(content))) + _bytes_field(3, packed)
    header = _bytes_field(1, kind.encode()) + _int_field(3, _varint(len(blob)))
    return struct.pack(">I", len(header)) + header + blob


def osm_pbf(nodes, ways):
    """Return the file's bytes; nodes {id: (lon, lat, tags)}, ways {id: ([node ids], tags)}."""
    strings = [""]

    def tags_of(tags):
        for text in (*tags.keys(), *tags.values()):
            if text not in strings:
                strings.append(text)
        keys = b"".join(_varint(strings.index(key)) for key in tags)
        values = b"".join(_varint(strings.index(value)) for value in tags.values())
        return _bytes_field(2, keys) + _bytes_field(3, values) if tags else b""

    group = b""
    for key, (lon, lat, tags) in nodes.items():
        place = _int_field(8, _zigzag(round(lat * 1e7))) + _int_field(9, _zigzag(round(lon * 1e7)))
        group += _bytes_field(1, _int_field(1, _zigzag(key)) + tags_of(tags) + place)
    ways_group = b""
    for key, (refs, tags) in ways.items():
        steps = b"".join(_zigzag(ref - before) for before, ref in zip([0, *refs], refs, strict=False))
        ways_group += _bytes_field(3, _int_field(1, _varint(key)) + tags_of(tags) + _bytes_field(8, steps))
    table = b"".join(_bytes_field(1, text.encode()) for text in strings)
    block = _bytes_field(1, table) + _bytes_field(2, group) + _bytes_field(2, ways_group)
    header = _bytes_field(4, b"OsmSchema-V0.6")
    return _blob("OSMHeader", header) + _blob("OSMData", block)
