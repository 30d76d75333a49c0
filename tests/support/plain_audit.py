"""A plain audit of a town's walls, for comparison: shapely and quadratic loops on the application's streets.

It knows one longest subsequence a side and reports every door outside it; it looks for duplicates pair by pair.
"""

import math
import re
from collections import defaultdict
from dataclasses import dataclass

import shapely

from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.street import Streets

FAR, ONE_DOOR, ANY_ORDER = 100.0, 30.0, 0.1


@dataclass
class Door:
    row: int
    number: int
    text: str
    lon: float
    lat: float
    along: float
    left: bool

    @property
    def odd(self) -> bool:
        return self.number % 2 == 1


@dataclass
class PlainStreet:
    """Doors with their metres from the first end as drawn, and what the plain audit makes of them.

    `kin` are the doors of all streets of the group, within which numbers are unique.
    """

    doors: list[Door]
    kin: list[Door]

    @property
    def odd_left_share(self) -> float:
        return sum(door.odd == door.left for door in self.doors) / len(self.doors)

    @property
    def agreeing(self) -> float:
        return max(self.odd_left_share, 1 - self.odd_left_share)

    @property
    def tau(self) -> float:
        """Kendall's tau-b of numbers and metres over all doors."""
        pairs = [(a, b) for i, a in enumerate(self.doors) for b in self.doors[:i]]
        score = sum(_sign(a.along - b.along) * _sign(a.number - b.number) for a, b in pairs)
        ties = math.sqrt(sum(a.along != b.along for a, b in pairs) * sum(a.number != b.number for a, b in pairs))
        return score / ties if ties else 0.0

    def chains(self) -> list[Door]:
        """One longest non-falling subsequence of each side's right parity."""
        kept: list[Door] = []
        odd_left, way = self.odd_left_share >= 0.5, -1 if self.tau < 0 else 1
        for left in (True, False):
            side = [door for door in self.doors if door.left == left and door.odd == (left == odd_left)]
            kept += _longest(sorted(side, key=lambda door: (round(way * door.along / ANY_ORDER), door.number)))
        return kept

    def wrong_side(self) -> set[int]:
        if len(self.doors) < 3 or self.agreeing < 0.75:
            return set()
        odd_left = self.odd_left_share >= 0.5
        return {door.row for door in self.doors if door.odd != (door.left == odd_left)}

    def out_of_order(self) -> set[int]:
        return {door.row for door in self.doors} - {door.row for door in self.chains()} - self.wrong_side()

    def duplicates(self) -> set[int]:
        return {a.row for a in self.doors for b in self.kin if a.text == b.text and not _one_door(a, b)}


def plain_audit(streets: Streets, addresses: Entrances) -> dict[int, PlainStreet]:
    """Return the audited streets by their place among the streets."""
    spans = [slice(*streets.offsets[i : i + 2]) for i in range(len(streets))]
    tree = shapely.STRtree([shapely.LineString(zip(streets.lon[s], streets.lat[s], strict=True)) for s in spans])
    by_name, found = defaultdict(list), defaultdict(list)
    for i, name in enumerate(streets.names):
        by_name[name].append(i)
    for row, name in enumerate(addresses.street_names or ()):
        text, spot = addresses.wall(row).strip(), (float(addresses.lon[row]), float(addresses.lat[row]))
        number = re.match(r"\d{1,9}", text)
        if not number or math.isnan(spot[0]):
            continue
        near = by_name[name] if name else tree.query(shapely.Point(spot), predicate="dwithin", distance=0.003).tolist()
        feet = [(i, *_foot(streets, spans[i], spot)) for i in near]
        street, along, away, left = min(feet, key=lambda foot: foot[2], default=(-1, 0.0, math.inf, True))
        door = Door(row, int(number[0]), text, *spot, along, left)
        if away <= FAR and not any(_one_door(door, other) for other in found[street]):
            found[street].append(door)
    kin: dict[int, list[Door]] = defaultdict(list)
    for street, doors in found.items():
        kin[streets.groups[street]] += doors
    return {street: PlainStreet(doors, kin[streets.groups[street]]) for street, doors in found.items() if doors}


def metres_apart(a: Door, b: Door) -> float:
    east, north = _scale(a.lat)
    return math.hypot((a.lon - b.lon) * east, (a.lat - b.lat) * north)


def _scale(lat: float) -> tuple[float, float]:
    """Metres of a degree east and of a degree north."""
    return 111_412 * math.cos(math.radians(lat)), 111_132 - 560 * math.cos(2 * math.radians(lat))


def _one_door(a: Door, b: Door) -> bool:
    return a.text == b.text and metres_apart(a, b) <= ONE_DOOR


def _foot(streets: Streets, span: slice, spot: tuple[float, float]) -> tuple[float, float, bool]:
    """Metres along a street's line and away from it, and whether the spot lies on its left."""
    lon, lat = streets.lon[span], streets.lat[span]
    east, north = _scale(lat[0])
    line = shapely.LineString(zip((lon - lon[0]) * east, (lat - lat[0]) * north, strict=True))
    point = shapely.Point((spot[0] - lon[0]) * east, (spot[1] - lat[0]) * north)
    along = line.project(point)
    behind, ahead = line.interpolate(max(along - 0.5, 0)), line.interpolate(along + 0.5)
    cross = (ahead.x - behind.x) * (point.y - behind.y) - (ahead.y - behind.y) * (point.x - behind.x)
    return along, line.distance(point), cross >= 0


def _longest(doors: list[Door]) -> list[Door]:
    """One longest subsequence whose numbers do not fall, by the quadratic rule."""
    length, before = [1] * len(doors), [-1] * len(doors)
    for i, door in enumerate(doors):
        for j in range(i):
            if doors[j].number <= door.number and length[j] >= length[i]:
                length[i], before[i] = length[j] + 1, j
    at = max(range(len(doors)), key=length.__getitem__, default=-1)
    chain = []
    while at >= 0:
        chain.append(doors[at])
        at = before[at]
    return chain


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
