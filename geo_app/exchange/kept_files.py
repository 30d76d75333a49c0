"""Files that people sent, kept by the hash of their content: the same file twice is one file, and no name leads out."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from geo_app.exchange.refusals import FileIsEmpty, FileMissing
from geo_app.exchange.source import sha256_of

HASH = re.compile(r"[0-9a-f]{64}")
UNFIT = re.compile(r"[^\w.()（）-]+")
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A kept file: hash of its content, the name it came with (made harmless), and where it lies."""

    sha256: str
    name: str
    path: Path


def keep(home: Path, stream: IO[bytes], name: str) -> KeptFile:
    """Keep what `stream` gives under `home`; raises FileIsEmpty."""
    store = home / "files"
    store.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".draft-", dir=store) as folder:
        draft = Path(folder) / "content"
        with draft.open("wb") as out:
            shutil.copyfileobj(stream, out)
        if not draft.stat().st_size:
            raise FileIsEmpty(name=name)
        sha256 = sha256_of(draft)
        target = store / sha256 / harmless_name(name)
        target.parent.mkdir(exist_ok=True)
        draft.replace(target)
    return KeptFile(sha256, target.name, target)


def kept(home: Path, sha256: str, name: str) -> KeptFile:
    """Return a kept file; raises FileMissing where there is none, whatever the name tries."""
    path = home / "files" / sha256 / name
    if not HASH.fullmatch(sha256) or name != harmless_name(name) or not path.is_file():
        raise FileMissing(name=name)
    return KeptFile(sha256, name, path)


def harmless_name(name: str) -> str:
    """Return the last part of a name with nothing but letters, digits, dots, brackets, hyphens; its ending stays."""
    last = UNFIT.sub("_", re.split(r"[/\\]", name)[-1]).lstrip(".")
    return last[-LONGEST_NAME:].lstrip(".") or "file"
