"""Numbering, speed and memory: made towns of ten doors a street, beside a plain loop with shapely in the same run."""

import resource
import time
from collections.abc import Callable, Iterable, Iterator

import numpy as np
import shapely

from geo_app.domain.numbering import number_streets
from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.street import build_streets
from geo_app.domain.street_piece import StreetPieces
from tests.measure import Figure

PEER_METRIC, PEER_CLASSIC = 16.0, 295.0
"""Seconds per 10,000 doors of the nearest working peer, a QGIS/PostGIS plugin, as measured before this project."""


def figures(doors: Iterable[int] = (10_000, 100_000, 1_000_000)) -> Iterator[Figure]:
    """Yield seconds for made towns of ten doors a street, beside a plain loop with shapely, and the peak of memory."""
    per_door: dict[int, float] = {}
    for count in doors:
        town = made_town(count // 10, count)
        seconds = min(_timed(lambda: plan_town(*town)) for _ in range(3 if count <= 100_000 else 1))  # noqa: B023
        per_door[count] = seconds / count
        name = f"{count:,} doors on {count // 10:,} streets, all rules"
        if count <= 100_000:
            loop = _timed(lambda: plain_loop(*town))  # noqa: B023
            yield Figure(name, f"{seconds:.2f} s", f"plain shapely loop {loop:.2f} s", "no slower", seconds <= loop)
    small, large = min(per_door), max(per_door)
    ratio = per_door[large] / per_door[small]
    figure = f"{per_door[large] * 1e6:.1f} µs ({large:,} doors)"
    yield Figure("time per door", figure, f"{per_door[small] * 1e6:.1f} µs ({small:,})", "≤ 1.3 ×", ratio <= 1.3)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Figure(f"peak memory with {large:,} doors", f"{memory:.0f} MB", "", "< 2 GB", memory < 2048)
    times = (PEER_METRIC / (per_door[small] * 10_000), PEER_CLASSIC / (per_door[small] * 10_000))
    peer = f"{PEER_METRIC:.0f} s metric, {PEER_CLASSIC:.0f} s classic for 10,000, measured earlier"
    good = times[0] >= 20 and times[1] >= 50
    yield Figure("against the nearest peer", f"{times[0]:.0f} ×, {times[1]:.0f} × faster", peer, "≥ 20 ×, ≥ 50 ×", good)


def plan_town(pieces: StreetPieces, entrances: Entrances) -> int:
    return len(number_streets(build_streets(pieces), entrances, NumberingRule()))


def made_town(streets: int, doors: int, seed: int = 511111) -> tuple[StreetPieces, Entrances]:
    """Return a grid of winding streets of some 260 m and ten vertices, and doors along them, from a seed."""
    random = np.random.default_rng(seed)
    wide = int(np.ceil(np.sqrt(streets)))
    corner = np.column_stack([np.arange(streets) % wide, np.arange(streets) // wide]) * 0.003 + (103.5, 29.4)
    x = np.tile(np.linspace(0.0002, 0.0028, 10), streets) + np.repeat(corner[:, 0], 10)
    y = 0.0015 + random.normal(0, 0.00003, 10 * streets) + np.repeat(corner[:, 1], 10)
    lines = np.asarray(shapely.linestrings(x, y, indices=np.repeat(np.arange(streets), 10)), dtype=object)
    names = [f"路{i}" for i in range(streets)]
    pieces = StreetPieces([str(i) for i in range(streets)], names, lines, [{}] * streets)
    on = random.integers(0, streets, doors)
    lon = corner[on, 0] + 0.0002 + random.random(doors) * 0.0026
    aside = random.choice([-1, 1], doors) * random.uniform(0.0001, 0.0003, doors)
    return pieces, Entrances([f"d{i}" for i in range(doors)], lon, corner[on, 1] + 0.0015 + aside)


def plain_loop(pieces: StreetPieces, entrances: Entrances) -> list[tuple[int, bool, float, int]]:
    """Return nearest line, side, distance along and next number by a plain loop: the reference for speed."""
    tree = shapely.STRtree(pieces.lines)
    following: dict[tuple[int, bool], int] = {}
    found = []
    for lon, lat in zip(entrances.lon.tolist(), entrances.lat.tolist(), strict=True):
        point = shapely.Point(lon, lat)
        street = int(tree.nearest(point))
        line = pieces.lines[street]
        along = line.project(point)
        foot, ahead = line.interpolate(along), line.interpolate(along + 1e-6)
        left = (ahead.x - foot.x) * (lat - foot.y) - (ahead.y - foot.y) * (lon - foot.x) > 0
        number = following.get((street, left), 1 if left else 2)
        following[street, left] = number + 2
        found.append((street, left, along, number))
    return found


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
