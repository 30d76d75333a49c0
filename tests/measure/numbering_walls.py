"""Numbering against the walls of real towns, numbers stripped, and against an independent computation on the ellipsoid.

A street's own start and odd side are given as its walls show them. Nothing of the towns is written anywhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from pyproj import Geod

from geo_app.domain.numbering import PlannedNumbers, number_streets
from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.numbering_wall import read_wall
from geo_app.domain.street import Streets, build_streets
from geo_app.exchange.numbering_files import entrance_file, street_file
from geo_app.exchange.numbering_table import read_every_row
from geo_app.exchange.vector_options import ReadOptions, Shape
from tests.measure import Figure
from tests.support.real_data import FOLDER

TOWNS = ("helsinki", "liechtenstein", "baltimore_city")
AGREEMENT = 0.9
AS_DRAWN = NumberingRule(start=("first",))
ELLIPSOID = Geod(ellps="GRS80")


def figures() -> Iterator[Figure]:
    for name in TOWNS:
        town = read_town(FOLDER / "osm", name)
        yield from measure_town(town)
        yield from measure_distance_rules(town)


@dataclass(frozen=True, slots=True, eq=False)
class Town:
    """A real town with its walls: streets, all entrances, the wall numbers (-1: none that can be read)."""

    name: str
    streets: Streets
    entrances: Entrances
    walls: np.ndarray


def read_town(folder: Path, name: str) -> Town:
    """Return a town of the data folder, its house numbers stripped from the entrances."""
    options = ReadOptions(fields={"id": "osm_id", "number": "housenumber"})
    doors = entrance_file(read_every_row(folder / f"{name}_addresses.csv.gz", Shape.POINTS, options)).entrances
    streets = build_streets(
        street_file(read_every_row(folder / f"{name}_streets.geojson.gz", Shape.LINES, options)).pieces
    )
    read = [read_wall(text) for text in doors.walls or ()]
    walls = np.array([-1 if wall.bad or wall.number is None else wall.number for wall in read], dtype=np.int64)
    return Town(name, streets, replace(doors, walls=None), walls)


def with_walls_own_start(town: Town) -> tuple[Streets, np.ndarray]:
    """Return the streets with `start` and `odd_side` as their walls show them, and where walls agree on a side.

    A street's walls agree when at least nine tenths of its odd and even numbers (three or more) stand apart by side.
    """
    plan = number_streets(town.streets, town.entrances, AS_DRAWN)
    agreed = np.zeros(len(town.streets), dtype=bool)
    overrides = [dict(fields) for fields in town.streets.overrides]
    for street, rows in _by_street(plan, town.walls).items():
        number, metres = town.walls[rows], plan.feet.metres[rows]
        odd_on_left = np.mean((number % 2 == 1) == plan.feet.left[rows])
        agreed[street] = len(rows) >= 3 and max(odd_on_left, 1 - odd_on_left) >= AGREEMENT
        backwards = len(rows) > 1 and np.ptp(number) > 0 and _tau(metres, number) < 0
        odd_side = "left" if (odd_on_left >= 0.5) != backwards else "right"
        overrides[street] = {"start": "last" if backwards else "first", "odd_side": odd_side}
    return replace(town.streets, overrides=overrides), agreed


def measure_town(town: Town) -> Iterator[Figure]:
    """Yield parity, order and violations of the sequential rule against the walls."""
    streets, agreed = with_walls_own_start(town)
    plan = number_streets(streets, town.entrances, NumberingRule(start=("first",)))
    judged = [(rows, street) for street, rows in _by_street(plan, town.walls).items() if agreed[street]]
    rows = np.concatenate([rows for rows, _ in judged])
    parity = float(np.mean(plan.allocation.number[rows] % 2 == town.walls[rows] % 2))
    yield Figure(
        f"{town.name}: parity as on the wall",
        f"{parity:.2%} of {len(rows)} doors",
        "the walls",
        "≥ 99 %",
        parity >= 0.99,
    )
    ours, plain = _orders(plan, town.walls, [rows for rows, _ in judged])
    name, plain_order = f"{town.name}: order as on the wall, tau-b", f"{plain:.4f} by plain distance"
    yield Figure(name, f"{ours:.4f}", plain_order, "not below by > 0.005", ours >= plain - 0.005)
    faults = violations(plan)
    yield Figure(f"{town.name}: number twice in a group, falling, wrong parity", str(faults), "", "0", faults == 0)


def violations(plan: PlannedNumbers) -> int:
    """Return how many new numbers stand twice in a group, fall along a side, or have the wrong parity."""
    faults = 0
    seen: set[tuple[int, int | None, str]] = set()
    sides: dict[tuple[int, bool], list[tuple[int, int]]] = defaultdict(list)
    for row in plan.sides.order.tolist():
        number, sub_number = plan.number_at(row)
        if number is None:
            continue
        key = (int(plan.sides.group[row]), number, sub_number)
        faults += (key in seen) + (number % 2 != plan.sides.odd[row])
        seen.add(key)
        sides[int(plan.feet.street[row]), bool(plan.sides.odd[row])].append((number, int(sub_number or 0)))
    return int(faults) + sum(before >= after for side in sides.values() for before, after in pairwise(side))


def measure_distance_rules(town: Town) -> Iterator[Figure]:
    """Yield how the metre and quantified rules compare with a slow computation segment by segment on the ellipsoid."""
    for rule, formula in (
        (replace(AS_DRAWN, method="metre"), _metre),
        (replace(AS_DRAWN, method="quantified"), _quantified),
    ):
        plan = number_streets(town.streets, town.entrances, rule)
        placed = np.flatnonzero(plan.feet.street >= 0)
        slow = np.array([_slow_metres(plan, int(row)) for row in placed])
        expected = np.array([formula(d, bool(odd)) for d, odd in zip(slow, plan.sides.odd[placed], strict=True)])
        off = np.abs(plan.sides.target[placed] - expected)
        exact, close = float(np.mean(off == 0)), float(np.mean(off <= 2))
        name = f"{town.name}: {rule.method} rule against an independent computation"
        figure = f"exact {exact:.2%}, within one step {close:.2%} of {len(placed)}"
        good = exact >= 0.99 and close == 1
        yield Figure(name, figure, "segment by segment, ternary search of geodesics", "exact ≥ 99 %, step 100 %", good)


def _metre(metres: float, odd: bool) -> int:  # noqa: FBT001 — the side's parity
    number = max(1, round(metres))
    return number + (number % 2 != odd)


def _quantified(metres: float, odd: bool) -> int:  # noqa: FBT001 — the side's parity
    return 2 * int(metres // 2) + (1 if odd else 2)


def _slow_metres(plan: PlannedNumbers, row: int) -> float:
    """Return a door's metres from the start: every segment tried by ternary search of geodesic distances."""
    street = int(plan.feet.street[row])
    span = slice(plan.streets.offsets[street], plan.streets.offsets[street + 1])
    lon, lat = plan.streets.lon[span], plan.streets.lat[span]
    x, y = float(plan.entrances.lon[row]), float(plan.entrances.lat[row])
    near = _near_segments(lon, lat, x, y)
    parts = _best_parts(lon, lat, near, (x, y))
    at_lon, at_lat = _between(lon, near, parts), _between(lat, near, parts)
    distance = ELLIPSOID.inv(at_lon, at_lat, np.full(len(near), x), np.full(len(near), y))[2]
    best = int(np.argmin(np.round(distance, 6)))
    steps = ELLIPSOID.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])[2]
    segment = int(near[best])
    rest = ELLIPSOID.inv(lon[segment], lat[segment], at_lon[best], at_lat[best])[2]
    return float(np.sum(steps[:segment]) + rest)


def _near_segments(lon: np.ndarray, lat: np.ndarray, x: float, y: float) -> np.ndarray:
    """Return the segments that may be the nearest, judged by their ends and lengths."""
    ends = ELLIPSOID.inv(lon, lat, np.full(len(lon), x), np.full(len(lat), y))[2]
    lengths = ELLIPSOID.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])[2]
    least = np.minimum(ends[:-1], ends[1:]) - lengths
    return np.flatnonzero(least <= ends.min()).astype(np.int64)


def _best_parts(lon: np.ndarray, lat: np.ndarray, near: np.ndarray, door: tuple[float, float]) -> np.ndarray:
    low, high = np.zeros(len(near)), np.ones(len(near))
    for _ in range(60):
        third = (high - low) / 3
        distances = []
        for part in (low + third, high - third):
            there = (_between(lon, near, part), _between(lat, near, part))
            here = (np.full(len(near), door[0]), np.full(len(near), door[1]))
            distances.append(np.asarray(ELLIPSOID.inv(there[0], there[1], here[0], here[1])[2]))
        nearer = distances[0] <= distances[1]
        low, high = np.where(nearer, low, low + third), np.where(nearer, high - third, high)
    return np.asarray((low + high) / 2)


def _between(values: np.ndarray, segment: np.ndarray, part: np.ndarray) -> np.ndarray:
    return np.asarray(values[segment] + part * (values[segment + 1] - values[segment]))


def _by_street(plan: PlannedNumbers, walls: np.ndarray) -> dict[int, np.ndarray]:
    rows: dict[int, list[int]] = defaultdict(list)
    for row in np.flatnonzero((plan.feet.street >= 0) & (walls > 0)).tolist():
        rows[int(plan.feet.street[row])].append(row)
    return {street: np.array(members, dtype=np.int64) for street, members in rows.items()}


def _orders(plan: PlannedNumbers, walls: np.ndarray, streets: Iterable[np.ndarray]) -> tuple[float, float]:
    """Return tau-b of plan and walls, and of distance and walls, per side, as means weighted by doors."""
    ours, plain, weights = [], [], []
    for rows in streets:
        for odd in (True, False):
            side = rows[plan.sides.odd[rows] == odd]
            if len(side) < 3 or np.ptp(walls[side]) == 0:
                continue
            ours.append(_tau(plan.allocation.number[side], walls[side]))
            plain.append(_tau(plan.feet.metres[side], walls[side]))
            weights.append(len(side))
    return float(np.average(ours, weights=weights)), float(np.average(plain, weights=weights))


def _tau(one: np.ndarray, other: np.ndarray) -> float:
    """Return Kendall's tau-b, 0 where one of the columns is constant."""
    first = np.sign(np.subtract.outer(one, one))
    second = np.sign(np.subtract.outer(other, other))
    ties = float(np.sqrt(np.count_nonzero(first) * np.count_nonzero(second)))
    return float(np.sum(first * second)) / ties if ties else 0.0
