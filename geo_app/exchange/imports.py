"""Files on their way into the register: text tables in chunks, everything else by a child process."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from geo_app.exchange.child import CHILD_LIMITS, read_features_in_child
from geo_app.exchange.refusals import ReadingTookTooMuch
from geo_app.exchange.vector import FeatureTable, read_feature_chunks
from geo_app.exchange.vector_options import ReadOptions, Shape

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
