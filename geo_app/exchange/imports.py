"""Files on their way into the register: text tables in chunks, everything else by a child process."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pandas as pd

from geo_app.exchange.child import CHILD_LIMITS, read_features_in_child, read_table_in_child
from geo_app.exchange.refusals import ReadingTookTooMuch
from geo_app.exchange.vector import FeatureTable, read_feature_chunks
from geo_app.exchange.vector_options import ReadOptions, Shape

SHOWN = 8
PREVIEW = ReadOptions(key="")

TEXT_TABLES = frozenset({".csv", ".tsv", ".txt"})
"""Endings of files that no foreign library parses, so that they may be of any size."""


def feature_chunks(path: Path, shape: Shape, options: ReadOptions) -> Iterator[FeatureTable]:
    """Yield the rows of a file with their shapes; a text table in chunks, so that memory does not grow with it.

    Raises a refusal of `geo_app.exchange.refusals`, whatever is wrong with the file.
    """
    if not is_text_table(path):
        yield read_features_in_child(path, shape, options)
        return
    try:
        yield from read_feature_chunks(path, shape, options)
    except MemoryError as full:
        raise ReadingTookTooMuch(name=path.name, megabytes=CHILD_LIMITS.memory_bytes >> 20) from full


def is_text_table(path: Path) -> bool:
    """Tell whether the file's name promises delimited text, packed or not."""
    name = PurePosixPath(path.name.lower().removesuffix(".gz"))
    return name.suffix in TEXT_TABLES


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a file: the names of its columns, and rows of text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def preview(path: Path) -> Preview:
    """Return the first rows of a file of any kind, read by a child process.

    Raises a refusal of `geo_app.exchange.refusals`.
    """
    name = path.name.lower().removesuffix(".gz")
    if is_text_table(path) or PurePosixPath(name).suffix in {".xlsx", ".xls"}:
        frame = read_table_in_child(path).columns
    else:
        frame = _features(path)
    return Preview(tuple(frame.columns), tuple(tuple(row) for row in frame.head(SHOWN).to_numpy().tolist()))


def _features(path: Path) -> pd.DataFrame:
    for shape in (Shape.POINTS, Shape.LINES):
        found = read_features_in_child(path, shape, PREVIEW)
        if len(found):
            return found.columns
    return read_features_in_child(path, Shape.POLYGONS, PREVIEW).columns
