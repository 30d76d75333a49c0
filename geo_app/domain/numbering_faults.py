"""Looking through a plan for findings, column by column."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from geo_app.domain.numbering_entrance import Entrances, KeptNumbers
from geo_app.domain.numbering_findings import Found, Kind
from geo_app.domain.numbering_gap import STEP, Outcome
from geo_app.domain.numbering_place import Places
from geo_app.domain.numbering_position import Booleans
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.numbering_sequence import Allocation, Sides
from geo_app.domain.numbering_stacked import stacked_doors
from geo_app.domain.numbering_wall import LARGEST_NUMBER
from geo_app.domain.street import Streets
from geo_app.domain.street_piece import Integers

Results = tuple[KeptNumbers, Sides, Allocation]
KINDS = tuple(Kind)


def faults(entrances: Entrances, places: Places, results: Results, rules: Sequence[NumberingRule]) -> list[Found]:
    """Return the findings about the doors of a plan."""
    kept, _, allocation = results
    unplaced = places.feet.street < 0
    too_large = (allocation.outcome == Outcome.TOO_LARGE) | (kept.number > LARGEST_NUMBER)
    return [
        *_all(Kind.UNKNOWN_STREET, unplaced & places.unknown_name),
        *_all(Kind.NO_STREET, unplaced & ~places.unknown_name),
        *_all(Kind.NO_FREE_NUMBER, allocation.outcome == Outcome.NO_FREE_NUMBER),
        *_all(Kind.NUMBER_TOO_LARGE, too_large),
        *_all(Kind.KEPT_OUT_OF_ORDER, allocation.disordered),
        *_named(Kind.OTHER_STREET_NEARER, places.other_nearer),
        *_all(Kind.DISPLACED, _displaced(places, results, rules)),
        *(Found(Kind.BAD_NUMBER, row) for row, wall in kept.walls.items() if wall.bad),
        *duplicates(kept, results[1]),
        *_named(Kind.STACKED, stacked_doors(entrances.lon, entrances.lat, _labels(entrances, kept, allocation))),
    ]


def told(found: Iterable[Found], streets: Streets) -> list[Found]:
    """Return findings by row and then by kind; those about streets come last."""
    by_row = sorted(found, key=lambda one: (one.row, KINDS.index(one.kind), one.other))
    return [*by_row, *(Found(Kind.CONFLICTING_RULE, -1, i) for i in range(len(streets.disagreements)))]


def duplicates(kept: KeptNumbers, sides: Sides) -> list[Found]:
    """Return kept doors whose number and sub-number, or a number of whose range, another in the group has too."""
    holders: dict[tuple[int, int, str], list[int]] = {}
    for row, wall in kept.walls.items():
        if sides.group[row] >= 0 and wall.number is not None and wall.last is not None and not wall.bad:
            for number in range(wall.number, wall.last + 1, STEP):
                holders.setdefault((int(sides.group[row]), number, wall.sub_number), []).append(row)
    other: dict[int, int] = {}
    for rows in holders.values():
        for row in rows[1:]:
            other.setdefault(row, rows[0])
        if len(rows) > 1:
            other.setdefault(rows[0], rows[1])
    return [Found(Kind.DUPLICATE, row, second) for row, second in other.items()]


def _displaced(places: Places, results: Results, rules: Sequence[NumberingRule]) -> Booleans:
    """Return the doors more than one step from where their distance puts them; others have no such place."""
    kept, sides, allocation = results
    by_distance = np.array([rule.by_distance and not rule.continues for rule in rules] or [False], dtype=bool)
    by_distance = by_distance[places.feet.street]
    number = np.where(kept.number > 0, kept.number, allocation.number)
    away = np.abs(number - sides.target) > STEP
    for row, (first, last) in sides.covered.items():
        away[row] &= not first <= number[row] <= last
    return np.asarray((places.feet.street >= 0) & by_distance & (number > 0) & away)


def _labels(entrances: Entrances, kept: KeptNumbers, allocation: Allocation) -> Integers:
    """Return equal labels for equal numbers, -1 for doors without a number or without a position."""
    label = np.where(allocation.number > 0, allocation.number * 10_000 + allocation.sub_number, -1)
    texts: dict[tuple[int | None, str, str], int] = {}
    for row, wall in kept.walls.items():
        key = (wall.number, wall.sub_number, entrances.wall(row) if wall.bad or wall.last != wall.number else "")
        plain = not key[2] and (not wall.sub_number or wall.sub_number.isdigit()) and wall.number is not None
        fresh = (1 << 40) + len(texts)
        label[row] = (wall.number or 0) * 10_000 + wall.rank if plain else texts.setdefault(key, fresh)
    return np.where(entrances.on_earth, label, -1)


def _all(kind: Kind, where: Booleans) -> Iterator[Found]:
    return (Found(kind, row) for row in np.flatnonzero(where).tolist())


def _named(kind: Kind, other: Integers) -> Iterator[Found]:
    return (Found(kind, row, int(other[row])) for row in np.flatnonzero(other >= 0).tolist())
