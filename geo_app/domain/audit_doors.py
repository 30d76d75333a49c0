"""What an audit looks at: numbered points on their streets, and the doors that they are.

Points of one number that stand within thirty metres count as one door: a shop and the stair beside it bear the same
plate, and registers of places list both.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from geo_app.domain.numbering_entrance import Entrances, KeptNumbers, walking_order
from geo_app.domain.numbering_place import Places
from geo_app.domain.numbering_position import Booleans, metres_per_degree
from geo_app.domain.street_piece import Floats, Integers

ONE_DOOR_METRES = 30.0
"""Points of one number no farther apart than this are one door; farther apart they are duplicates (cli.md, audit)."""


@dataclass(frozen=True, eq=False)
class NumberedPoints:
    """Columns by row of the addresses: `street` (-1: none, or no number), whole number, `label` of the whole plate.

    Equal labels are equal plates: number, sub-number or suffix, and end of a range; an unreadable text by itself.
    """

    street: Integers
    number: Integers
    label: Integers
    centimetres: Integers
    left: Booleans
    lon: Floats
    lat: Floats

    @cached_property
    def odd(self) -> Booleans:
        """Return where the number is odd."""
        return np.asarray(self.number % 2 == 1)


@dataclass(frozen=True, slots=True, eq=False)
class AuditedDoors:
    """`door`: of each row (-1: not a numbered point on a street); `row`: the point that speaks for each door."""

    door: Integers
    row: Integers


def numbered_points(addresses: Entrances, places: Places, kept: KeptNumbers) -> NumberedPoints:
    """Return the addresses as an audit sees them; metres count from the first end of the street as drawn."""
    street = np.where(kept.number >= 0, places.feet.street, -1)
    centimetres = np.full(len(addresses), -1, dtype=np.int64)
    placed = street >= 0
    centimetres[placed] = np.rint(places.feet.metres[placed] * 100)
    return NumberedPoints(
        street, kept.number, plate_labels(addresses, kept), centimetres, places.feet.left, addresses.lon, addresses.lat
    )


def plate_labels(addresses: Entrances, kept: KeptNumbers) -> Integers:
    """Return equal labels for equal plates, -1 for addresses without a number."""
    plates = [
        (wall.number or 0, wall.last or 0, addresses.wall(row).strip() if wall.bad else wall.sub_number)
        for row, wall in kept.walls.items()
    ]
    # Counted in the order of the plates themselves, so that the order of the rows does not matter.
    known = {plate: label for label, plate in enumerate(sorted(set(plates)))}
    labels = np.full(len(addresses), -1, dtype=np.int64)
    labels[list(kept.walls)] = [known[plate] for plate in plates]
    return labels


def audited_doors(addresses: Entrances, points: NumberedPoints, distance: Floats) -> AuditedDoors:
    """Return the doors that the points are; the point nearest to the line (then the first by id) speaks for a door."""
    speaker = np.arange(len(addresses))
    for rows in _same_plates(addresses, points, distance):
        _join(points, rows, speaker)
    placed = np.flatnonzero(points.street >= 0)
    row = placed[speaker[placed] == placed]
    door = np.full(len(addresses), -1, dtype=np.int64)
    door[row] = np.arange(len(row))
    door[placed] = door[speaker[placed]]
    return AuditedDoors(door, row)


def _same_plates(addresses: Entrances, points: NumberedPoints, distance: Floats) -> Iterator[Integers]:
    """Yield the points of each street that share a plate with another, the nearest to the line first, then by id."""
    placed = np.flatnonzero(points.street >= 0)
    plate = points.street[placed] * (points.label.max(initial=0) + 1) + points.label[placed]
    order = np.argsort(plate)
    like_next = np.diff(plate[order]) == 0
    rows = placed[order[beside_their_like(like_next)]] if len(placed) else placed
    micrometres = np.rint(distance[rows] * 1e6).astype(np.int64)
    rows = rows[walking_order(addresses.only(rows), (points.street[rows], points.label[rows], micrometres))]
    change = (np.diff(points.street[rows]) != 0) | (np.diff(points.label[rows]) != 0)
    yield from np.split(rows, np.flatnonzero(change) + 1) if len(rows) else ()


def beside_their_like(like_next: Booleans) -> Booleans:
    """Return for entries in order, of which `like_next` tells if each is like the next, whether a neighbour is."""
    return np.asarray(np.append(like_next, False) | np.insert(like_next, 0, False))


def _join(points: NumberedPoints, rows: Integers, speaker: Integers) -> None:
    """Give each point the first one within thirty metres to speak for it."""
    rest = rows
    while len(rest) > 1:
        first = rest[0]
        near = metres_from(points.lon[first], points.lat[first], points.lon[rest], points.lat[rest]) <= ONE_DOOR_METRES
        speaker[rest[near]] = first
        rest = rest[~near]


def metres_from(lon: float, lat: float, others_lon: Floats, others_lat: Floats) -> Floats:
    """Return the metres from one position to others near it, on the plane that touches the ellipsoid there."""
    east, north = metres_per_degree(np.array([lat]))
    return np.asarray(np.hypot((others_lon - lon) * east, (others_lat - lat) * north))
