"""Roads read out of a text where the parser's road is none of the register's: what stands before lane and number."""

import re
from collections.abc import Iterator

from geo_app.domain.matching_asked import Asked, Doors, Fit, Way, consistent, on_streets
from geo_app.domain.matching_names import StreetKey
from geo_app.domain.matching_places import Places

LONGEST_ROAD = 10
_BEFORE_NUMBER = re.compile(r"((?:\d+段)?(?:\d[\d-]*巷)?(?:\d[\d-]*弄)?(?:\d[\d-]*衖)?)\d+(?:[-之附]\d+)?[A-Z]?号")


def guessed_doors(asked: Asked, places: Places) -> Doors:
    """Return the doors on streets that the text may have meant: known ones, and those one slip away."""
    doors: Doors = {}
    for street, dropped in guesses(asked):
        for known, slip in ((street.road, None), *places.near.near(street.road)):
            named = consistent(asked, places, places.streets.get(known + street.tail, ()))
            fit = Fit(Way.NEAR if slip else Way.STATED, street.road, known, slip, dropped)
            doors = on_streets(asked, named, fit) | doors
    return doors


def guesses(asked: Asked) -> Iterator[tuple[StreetKey, str]]:
    """Yield the street that the text states, then what stands before its number, the longest piece first.

    With each comes what of the stated road it leaves over.
    """
    road = asked.street.road
    if road:
        yield asked.street, ""
    found = _BEFORE_NUMBER.search(asked.key)
    if found is None:
        return
    before = asked.key[: found.start()]
    for length in range(min(LONGEST_ROAD, len(before)), 1, -1):
        guess = StreetKey(before[-length:], found[1])
        if guess != asked.street:
            yield guess, road.removesuffix(guess.road) if road.endswith(guess.road) else ""
