"""Suggestions while a person types: addresses where a number is typed, else streets, villages and estates."""

from dataclasses import dataclass

from geo_app.domain.matching_places import Places
from geo_app.domain.matching_suggest import SHORTEST, Named, Spellings, Typed, typed
from geo_app.persistence.queries.search_near import numbered
from geo_app.persistence.register import Register
from geo_app.services.search import match_texts
from geo_app.services.search_places import KnownPlaces

ADDRESS = "address"
MOST_STREETS = 8
"""Streets of one beginning whose doors are looked up."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line under the search box: what it is, its text, where it lies, and the address's id, if it is one."""

    kind: str
    text: str
    where: str
    address_id: str = ""


def suggest(register: Register, known: KnownPlaces, text: str, limit: int) -> list[Suggestion]:
    """Return what a person may mean who has typed so far; nothing before the second sign."""
    said = typed(text)
    if len(said.name) < SHORTEST:
        return []
    if said.inside:
        return _matched(register, known, text, limit)
    if said.number:
        return _doors(register, known, said, limit) or _matched(register, known, text, limit)
    return _names(known.spelled(register), said, limit)


def _doors(register: Register, known: KnownPlaces, said: Typed, limit: int) -> list[Suggestion]:
    places = known.fresh(register)
    streets = _streets(places, said) or _streets_begun(known.spelled(register), places, said)
    if not streets:
        return []
    digits = int(said.number), int(said.sub_number or 0)
    return [
        Suggestion(ADDRESS, one.text, places.chain(one.division_id).title, one.id)
        for one in numbered(register.session, streets, digits, limit)
    ]


def _streets(places: Places, said: Typed) -> list[str]:
    """Return the streets, as the register writes them, that end or begin as typed; a town before them is left aside."""
    for start in range(max(0, len(said.name) - 1)):
        named = places.streets.get(said.name[start:])
        if named:
            above = said.name[:start]
            fit = [one for one in named if not above or places.chain(one.division_id).ends_with(above)]
            return list(dict.fromkeys(one.street for one in fit))[:MOST_STREETS]
    return []


def _streets_begun(names: Spellings, places: Places, said: Typed) -> list[str]:
    """Return the streets whose road begins as typed, as Latin letters do it."""
    roads = [name for kind, name in names.begun(said.name, MOST_STREETS) if kind is Named.STREET]
    named = (one for road in roads for one in places.roads.get(places.key_of(road).road, ()))
    return list(dict.fromkeys(one.street for one in named if not places.key_of(one.street).tail))[:MOST_STREETS]


def _names(names: Spellings, said: Typed, limit: int) -> list[Suggestion]:
    found = [
        Suggestion(kind.value, name, where)
        for kind, name in names.begun(said.name, limit)
        for where in names.standing(kind, name)
    ]
    return found[:limit]


def _matched(register: Register, known: KnownPlaces, text: str, limit: int) -> list[Suggestion]:
    [answer] = match_texts(register, known, [text])
    rows = [one.row for one in answer.candidates] or ([answer.best.row] if answer.best else [])
    return [Suggestion(ADDRESS, row.text, known.places.chain(row.division_id).title, row.id) for row in rows[:limit]]
