"""Which column of a table holds addresses: by its name, else by what stands in it."""

from collections.abc import Sequence

from geo_app.domain.match_text import looks_like_address
from geo_app.domain.parsing import Gazetteer, parse

NAMES = (
    "标准地址",
    "详细地址",
    "居住地址",
    "现住址",
    "户籍地址",
    "住址",
    "地址",
    "住所",
    "门牌",
    "address",
    "addr",
    "location",
)
"""What such columns are called, the surest first."""


def address_column(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return the name of the column that most likely holds addresses; the first, where nothing tells."""
    for name in NAMES:
        named = next((column for column in heading if name in column.lower()), None)
        if named is not None:
            return named
    places = range(len(heading))
    best = max(places, key=lambda place: (_addresses(rows, place), -place), default=0)
    return heading[best] if heading else ""


def _addresses(rows: Sequence[Sequence[str]], place: int) -> int:
    gazetteer = Gazetteer.of((), (), ())
    return sum(looks_like_address(parse(row[place], gazetteer)) for row in rows if place < len(row))
