"""Zip archives judged by their index before anything is unpacked, then unpacked within limits."""

import errno
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from geo_app.domain.message import Message, marked
from geo_app.exchange.limits import Limits, check_ratio
from geo_app.exchange.refusals import (
    ArchiveInside,
    FileDamaged,
    LinkInside,
    LockedInside,
    NothingUsefulInside,
    SeveralInside,
    TooManyInside,
    UnpacksTooLarge,
    UnsafeNameInside,
)
from geo_app.exchange.source import BLOCK

PACKED = frozenset({".zip", ".gz", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz", ".zst", ".kmz", ".jar"})
"""Endings of archives, which are not opened inside another archive."""

COMPANIONS = frozenset({".dbf", ".shx", ".prj", ".cpg"})
"""What belongs to a Shapefile beside its `.shp`."""

DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    UnicodeDecodeError,
    EOFError,
    NotImplementedError,
)
"""What `zipfile` raises for archives that contradict themselves or use a method it lacks."""

ENCRYPTED = 0x1
NAMED_IN_UTF8 = 0x800


@contextmanager
def open_zip(path: Path, name: str, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """Yield the archive at `path` when its index is harmless; otherwise raise the refusal that says why."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_index(archive, name, limits)
            yield archive
    except DAMAGE as broken:
        raise FileDamaged(name=name, detail=str(broken)) from broken
    except OSError as broken:
        # An index that points before the file's beginning; any other is the machine's trouble, not the file's.
        if broken.errno != errno.EINVAL:
            raise
        raise FileDamaged(name=name, detail=Message(marked("its index points outside the file"))) from broken


def _check_index(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise TooManyInside(name=name, count=len(entries), limit=limits.entries)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.bytes_unpacked:
        raise UnpacksTooLarge(name=name, limit=limits.bytes_unpacked)
    check_ratio(unpacked, sum(entry.compress_size for entry in entries), name, limits)
    for entry in entries:
        _check_entry(entry, name)
    twice = [text for text, count in Counter(entry.filename.lower() for entry in entries).items() if count > 1]
    if twice:
        raise UnsafeNameInside(name=name, entry=twice[0])


def _check_entry(entry: zipfile.ZipInfo, name: str) -> None:
    text = entry_name(entry)
    # zipfile cuts a name at a NUL byte and turns backslashes only on Windows: the original is judged.
    leads_out = ".." in re.split(r"[/\\]", text) or text.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", text)
    if leads_out or "\0" in entry.orig_filename:
        raise UnsafeNameInside(name=name, entry=text)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise LinkInside(name=name, entry=text)
    if entry.flag_bits & ENCRYPTED:
        raise LockedInside(name=name)


def entry_name(entry: zipfile.ZipInfo) -> str:
    """Return the entry's name; names not marked as UTF-8 are read as GBK, as Chinese Windows writes them."""
    if entry.flag_bits & NAMED_IN_UTF8:
        return entry.filename
    raw = entry.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def unzip_layer(path: Path, folder: Path, readable: frozenset[str], choose: str, limits: Limits) -> Path:
    """Unpack the one readable file of the zip at `path` (with a Shapefile's companions) and return it.

    `choose` is the stem of the file to take where there are several. Only what is read
    is unpacked, under a name of ours.
    """
    with open_zip(path, path.name, limits) as archive:
        names = {entry_name(entry): entry for entry in archive.infolist() if not entry.is_dir()}
        names = {text: entry for text, entry in names.items() if "__MACOSX" not in text}
        main = _chosen(path.name, list(names), readable, choose)
        wanted = [text for text in names if _belongs(text, main)]
        for text in wanted:
            _extract(archive, names[text], folder / f"layer{PurePosixPath(text).suffix.lower()}", limits)
        return folder / f"layer{PurePosixPath(main).suffix.lower()}"


def _chosen(name: str, texts: list[str], readable: frozenset[str], choose: str) -> str:
    packed = next((text for text in texts if PurePosixPath(text).suffix.lower() in PACKED), None)
    if packed:
        raise ArchiveInside(name=name, entry=packed)
    mains = [text for text in texts if PurePosixPath(text).suffix.lower() in readable]
    if not mains:
        raise NothingUsefulInside(name=name, endings=", ".join(sorted(readable)))
    fitting = [text for text in mains if choose in ("", PurePosixPath(text).stem)] if len(mains) > 1 else mains
    if len(fitting) != 1:
        raise SeveralInside(name=name, entries=", ".join(sorted(PurePosixPath(text).stem for text in mains)))
    return fitting[0]


def _belongs(text: str, main: str) -> bool:
    here, there = PurePosixPath(text), PurePosixPath(main)
    beside = here.parent == there.parent and here.stem.lower() == there.stem.lower()
    return text == main or (beside and there.suffix.lower() == ".shp" and here.suffix.lower() in COMPANIONS)


def _extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, limits: Limits) -> None:
    done = 0
    # The index may lie about sizes: what really comes out is counted as well.
    with archive.open(entry) as stream, target.open("wb") as out:
        while block := stream.read(BLOCK):
            done += len(block)
            if done > min(limits.bytes_unpacked, max(entry.file_size, 1)):
                raise UnpacksTooLarge(name=archive.filename, limit=entry.file_size)
            out.write(block)
