"""Roads read out of a text where the parser's road is none of the register's: what stands before lane and number."""

import re
from collections.abc import Iterator

from geo_app.domain.matching_asked import Asked, Doors, Fit, Way, consistent
from geo_app.domain.matching_names import StreetKey
from geo_app.domain.matching_places import Places

LONGEST_ROAD = 8
_BEFORE_NUMBER = re.compile(r"((?:\d+段)?(?:\d[\d-]*巷)?(?:\d[\d-]*弄)?(?:\d[\d-]*衖)?)\d+(?:[-之附]\d+)?[A-Z]?号")


def guessed_doors(asked: Asked, places: Places) -> Doors:
    """Return the doors on roads that the text may have meant: known ones first, else those one slip away."""
    found = _known(asked, places)
    if found:
        return found
    doors: Doors = {}
    for street in guesses(asked):
        doors |= near_streets(asked, places, street)
    return doors


def near_streets(asked: Asked, places: Places, street: StreetKey) -> Doors:
    """Return the doors on streets whose road is one slip away, with the same sections and lanes."""
    doors: Doors = {}
    for known, slip in places.near.near(street.road):
        named = consistent(asked, places, places.streets.get(known + street.tail, ()))
        fit = Fit(Way.NEAR, street.road, known, slip)
        doors |= {asked.door(street=place.street): fit for place in named}
    return doors


def _known(asked: Asked, places: Places) -> Doors:
    for street in guesses(asked):
        named = list(consistent(asked, places, places.streets.get(street.whole, ())))
        if named:
            return {asked.door(street=place.street): Fit(Way.STATED) for place in named}
    return {}


def guesses(asked: Asked) -> Iterator[StreetKey]:
    """Yield the street that the text states, then what stands before its number, the longest piece first."""
    if asked.street.road:
        yield asked.street
    found = _BEFORE_NUMBER.search(asked.key)
    if found is None:
        return
    before = asked.key[: found.start()]
    for length in range(min(LONGEST_ROAD, len(before)), 1, -1):
        guess = StreetKey(before[-length:], found[1])
        if guess != asked.street:
            yield guess
