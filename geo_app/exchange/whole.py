"""Files written whole or not at all: beside the target, then moved over it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from geo_app.exchange.refusals import NotWritable


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Yield a path to write to; when the block ends well, that file takes the place of `path`, else nothing remains.

    The draft has the ending of `path` and stands in the same folder, so that the move is atomic. Raises NotWritable
    where the folder does not take files.
    """
    try:
        folder = Path(mkdtemp(prefix=".draft-", dir=path.parent))
    except OSError as closed:
        raise NotWritable(name=path.name, problem=closed.strerror or str(closed)) from closed
    draft = folder / path.name
    try:
        yield draft
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        for left in folder.iterdir():
            left.unlink()
        folder.rmdir()
