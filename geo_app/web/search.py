"""Searching on a page: a text in any spelling, or a position, and what the register says of it; for everybody."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from apiflask import APIBlueprint
from flask import render_template, request
from flask.typing import ResponseReturnValue

from geo_app.domain.matching import Answer
from geo_app.domain.matching_candidate import AddressRow
from geo_app.domain.matching_grade import Grade
from geo_app.domain.matching_suggest import spellings
from geo_app.domain.message import Message, marked
from geo_app.domain.position import Position
from geo_app.domain.search_found import SIDES, Found, Nearby
from geo_app.persistence.queries.board import all_bounds
from geo_app.persistence.queries.example_doors import ExampleDoor, example_doors
from geo_app.services.search import search_in_time
from geo_app.services.search_near import reverse
from geo_app.services.search_suggest import Suggestion, suggest
from geo_app.web.context import transaction
from geo_app.web.map_settings import Bounds, map_settings
from geo_app.web.navigation import may
from geo_app.web.permission import public
from geo_app.web.rate_limit import LIMITER, SEARCHES_PER_ADDRESS
from geo_app.web.search_api import known_caller, known_places, record_search

bp = APIBlueprint("search", __name__, enable_openapi=False)

LONGEST = 1000
"""Characters of a text on a page; programs may send more."""
NEAREST = 8
NAMES = 12
AROUND = 0.0012
"""Degrees that the map shows on each side of what was found, about 120 m."""
_NUMBER = r"[-+]?[0-9]{1,3}(?:\.[0-9]{1,12})?"
POSITION = re.compile(rf"\s*({_NUMBER})\s*[,，;； ]\s*({_NUMBER})\s*")

GRADES: dict[Grade, tuple[str, Message]] = {
    Grade.EXACT: ("current", Message(marked("A · exact"))),
    Grade.SURE: ("proposed", Message(marked("B · sure, though written differently"))),
    Grade.DOUBTFUL: ("warning", Message(marked("C · doubtful, a person decides"))),
    Grade.NONE: ("rejected", Message(marked("not found"))),
}
"""The badge of each grade, and its words."""


@dataclass(frozen=True, slots=True)
class Place:
    """A mark on the map: what it is, whether it is the answer, degrees."""

    text: str
    mark: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Example:
    """A text one may ask with, and what it shows."""

    text: str
    told: Message


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page holds: the answer to a text, or the doors near a position, or how to ask; marks for the map."""

    found: Found | None = None
    near: Nearby | None = None
    names: list[Suggestion] = field(default_factory=list)
    marks: list[Place] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)


@bp.get("/search")
@public
@LIMITER.limit(SEARCHES_PER_ADDRESS, exempt_when=known_caller)
def search_page() -> ResponseReturnValue:
    """Show what a text or a position means; without one, how to ask."""
    text = request.args.get("text", "").strip()[:LONGEST]
    position = _position(text)
    if position is not None:
        return _near(text, position)
    return _answer(text) if text else _page("", Shown(examples=_examples()))


def _answer(text: str) -> ResponseReturnValue:
    with transaction() as register:
        found = search_in_time(register, known_places(), text)
    record_search(text, found.answer)
    with transaction() as register:
        names = [] if found.answer.best else suggest(register, known_places(), text, NAMES)
    return _page(text, Shown(found, names=_told_apart(names), marks=list(_places(found))))


def _near(text: str, position: Position) -> ResponseReturnValue:
    with transaction() as register:
        near = reverse(register, position, NEAREST)
    marks = [Place("", "asked", position.lon, position.lat), *_doors(near)]
    return _page(text, Shown(near=near, marks=marks))


def _page(text: str, shown: Shown) -> ResponseReturnValue:
    settings = map_settings(bounds_of(shown.marks) or _everywhere()) if may("map.read") else None
    others = _others(shown.found.answer) if shown.found else []
    return render_template(
        "search/page.html", search_text=text, settings=settings, others=others, grades=GRADES, sides=SIDES,
        found=shown.found, near=shown.near, names=shown.names, marks=shown.marks, examples=shown.examples,
    )  # fmt: skip


def _examples() -> list[Example]:
    """Return how to ask for a door of this register in several ways."""
    with transaction() as register:
        doors = example_doors(register.session)
    return [example for door in doors for example in _ways(door)]


def _ways(door: ExampleDoor) -> Iterator[Example]:
    digits = re.sub(r"\D.*", "", door.number)
    _, pinyin, initials, *_ = spellings(door.street)
    yield Example(f"{door.street}{door.number}", Message(marked("street and number")))
    yield Example(f"{initials}{digits}", Message(marked("initials and number")))
    yield Example(pinyin, Message(marked("pinyin")))
    at = f"{door.position.lon:.5f},{door.position.lat:.5f}"
    yield Example(at, Message(marked("longitude and latitude: the nearest doors")))


def _position(text: str) -> Position | None:
    said = POSITION.fullmatch(text)
    if said is None:
        return None
    lon, lat = float(said[1]), float(said[2])
    return Position(lon, lat) if abs(lon) <= 180 and abs(lat) <= 90 else None


def _others(answer: Answer) -> list[AddressRow]:
    """Return what else may be meant, each address once."""
    own = answer.best.row.id if answer.best else ""
    return [one.row for one in answer.candidates if one.row.id != own]


def _told_apart(names: Iterable[Suggestion]) -> list[Suggestion]:
    return list({(one.kind, one.text, one.where): one for one in names}.values())


def _places(found: Found) -> Iterator[Place]:
    rows = [found.answer.best.row] if found.answer.best else []
    for mark, row in [*(("best", row) for row in rows), *(("other", row) for row in _others(found.answer))]:
        at = found.positions.get(row.id)
        if at is not None:
            yield Place(row.text, mark, at.lon, at.lat)


def _doors(near: Nearby) -> Iterator[Place]:
    for one in near.addresses:
        yield Place(one.text, "other", one.position.lon, one.position.lat)


def bounds_of(places: list[Place]) -> Bounds | None:
    """Return the ground round places, None without any."""
    if not places:
        return None
    lons, lats = [one.lon for one in places], [one.lat for one in places]
    return (min(lons) - AROUND, min(lats) - AROUND, max(lons) + AROUND, max(lats) + AROUND)


def _everywhere() -> Bounds | None:
    with transaction() as register:
        return all_bounds(register.session)
