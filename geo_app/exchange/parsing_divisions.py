"""The divisions of China to the township that the parser knows: a small file made from the Ministry's list.

Made anew from a newer list (columns level, code, name) by
`python -m geo_app.exchange.parsing_divisions china_divisions_mca_20251231.csv.gz`.
"""

import csv
import gzip
import io
import sys
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from geo_app.domain.parsing_gazetteer import CODE_LENGTH, Gazetteer, KnownDivision

DIVISIONS = Path(__file__).parents[2] / "gis_data/china_divisions_mca.csv.gz"
LEVEL_OF = {length: level for level, length in CODE_LENGTH.items()}


@lru_cache(maxsize=1)
def china() -> Gazetteer:
    """Return the gazetteer of China's divisions alone, without streets and estates."""
    return Gazetteer.of(known_divisions())


@lru_cache(maxsize=1)
def known_divisions() -> tuple[KnownDivision, ...]:
    """Return the divisions of the file: provinces, cities, counties, townships."""
    with gzip.open(DIVISIONS, "rt", encoding="utf-8", newline="") as file:
        return tuple(KnownDivision(code, LEVEL_OF[len(code)], name) for code, name in csv.reader(file))


def compact(rows: Iterable[dict[str, str]]) -> bytes:
    """Return the compact file for the rows of a list: code without the zeros behind it, and name; no time stamp."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in rows:
        writer.writerow((row["code"][: CODE_LENGTH[int(row["level"])]], row["name"]))
    return gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0)


if __name__ == "__main__":
    with gzip.open(sys.argv[1], "rt", encoding="utf-8", newline="") as given:
        DIVISIONS.write_bytes(compact(csv.DictReader(given)))
