"""Former names and numbers: which endings to look for, and whether an old text is really what was asked."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from geo_app.domain.address_text import match_key
from geo_app.domain.matching_asked import Asked, Fit, Way
from geo_app.domain.matching_candidate import AddressRow, Candidate, candidate
from geo_app.domain.matching_grade import Penalty, differs
from geo_app.domain.matching_places import Places
from geo_app.domain.parsing import ElementKind

SHORTEST = 3
_PLACE = frozenset({ElementKind.ROAD, ElementKind.SUBROAD, ElementKind.ESTATE, ElementKind.SUBESTATE})
_DOOR = frozenset({ElementKind.DOOR, ElementKind.SUBDOOR, *_PLACE})
_SUCCEEDS = (
    "省",
    "市",
    "区",
    "县",
    "州",
    "镇",
    "乡",
    "道",
    "村",
    "里",
    "社",
    "组",
    "邻",
    "鄰",
    "區",
    "縣",
    "鎮",
    "鄉",
    "盟",
    "旗",
)


def endings(asked: Asked) -> Iterator[str]:
    """Yield the keys that a former text may end in: the whole text, street and number, the name of the place."""
    elements = asked.parsed.elements
    start = next((one.start for one in elements if one.kind in _PLACE), None)
    pieces = [asked.parsed.text]
    if start is not None:
        door = max((one.end for one in elements if one.kind in _DOOR), default=start)
        pieces += [asked.parsed.text[start:], asked.parsed.text[start:door]]
    yield from dict.fromkeys(key for key in map(match_key, pieces) if len(key) >= SHORTEST)


def former(asked: Asked, name: tuple[str, str, date | None], row: AddressRow, places: Places) -> Candidate | None:
    """Return the address of a former name (kind, text, until when) as a candidate, None where another was meant.

    正街12号 is not 人民正街12号: what stands before the ending is a division's name, or nothing.
    """
    _, text, until = name
    key = match_key(text)
    if not any(_ends_in(key, ending) for ending in endings(asked)):
        return None
    found = candidate(asked, row, Fit(Way.FORMER, text), places)
    if found is None:
        return None
    told = (
        differs(Penalty.FORMER_UNTIL, said=text, day=until.isoformat()) if until else differs(Penalty.FORMER, said=text)
    )
    return found.with_differences((told, *found.differences))


def succeeded(found: Candidate, later: Iterable[tuple[AddressRow, date]]) -> list[Candidate]:
    """Return the living addresses that took an ended one's place, each with the day."""
    return [
        replace(found, row=row, missing=()).with_differences(
            (differs(Penalty.SUCCEEDED, said=found.row.text, day=day.isoformat()),)
        )
        for row, day in later
    ]


def _ends_in(key: str, ending: str) -> bool:
    before = key.removesuffix(ending)
    return key.endswith(ending) and (not before or before.endswith(_SUCCEEDS))
