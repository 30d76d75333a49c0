"""The audit, speed and memory: made towns of ten doors a street, numbered by the engine, some numbers then mixed up."""

import resource
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from geo_app.domain.audit import audit_streets
from geo_app.domain.numbering import number_streets
from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.street import Streets, build_streets
from geo_app.exchange.audit_output import audit_json
from tests.measure import Figure
from tests.measure.numbering_speed import made_town, plain_loop

WRONG_SHARE = 0.05
"""Doors that are given the number of another door."""


def figures(doors: Iterable[int] = (100_000, 1_000_000)) -> Iterator[Figure]:
    """Yield processor seconds from numbered points to the text of AUDIT.json, growth with size, the peak of memory."""
    per_door: dict[int, float] = {}
    for count in doors:
        pieces, entrances = made_town(count // 10, count)
        streets = build_streets(pieces)
        addresses = with_walls(streets, entrances)
        seconds = min(_timed(streets, addresses) for _ in range(3 if count <= 100_000 else 2))
        per_door[count] = seconds / count
        if count <= 100_000:
            start = time.process_time()
            plain_loop(pieces, entrances)
            loop = f"nearest line and distance along alone, plain shapely loop: {time.process_time() - start:.2f} s"
            yield Figure(
                f"{count:,} doors on {count // 10:,} streets", f"{seconds:.2f} s", loop, "≤ 20 s", seconds <= 20
            )
    small, large = min(per_door), max(per_door)
    ratio = per_door[large] / per_door[small]
    figure = f"{per_door[large] * 1e6:.1f} µs ({large:,} doors), {ratio:.2f} ×"
    reference = f"{per_door[small] * 1e6:.1f} µs ({small:,})"
    yield Figure("processor time per door", figure, reference, "≤ 1.3 ×", ratio <= 1.3)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Figure(f"peak memory with {large:,} doors", f"{peak:.0f} MB", "", "< 2 GB", peak < 2048)


def with_walls(streets: Streets, entrances: Entrances, seed: int = 511111) -> Entrances:
    """Return the entrances with numbers on their walls, a few of them wrong."""
    walls = [door.text for door in number_streets(streets, entrances, NumberingRule())]
    dice = np.random.default_rng(seed)
    wrong = np.flatnonzero(dice.random(len(walls)) < WRONG_SHARE)
    for row, other in zip(wrong.tolist(), dice.permutation(wrong).tolist(), strict=True):
        walls[row] = walls[other]
    return replace(entrances, walls=walls)


def _timed(streets: Streets, addresses: Entrances) -> float:
    start = time.process_time()
    for _ in audit_json(audit_streets(streets, addresses), "zh"):
        pass
    return time.process_time() - start
