"""Which street a door stands on: the nearest of the name it claims, or for a nameless door the nearest of all."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.numbering_position import CHUNK, Booleans, Feet, Walks, conformal, find_feet, plane_scale
from geo_app.domain.street import Streets
from geo_app.domain.street_piece import Floats, Integers

NEARER_METRES = 0.01
"""Another street counts as nearer only by more than this; a door at a corner is equally near to both."""

Spans = dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where doors stand, why others do not, and which street is nearer than the one whose name they bear (-1: none)."""

    feet: Feet
    unknown_name: Booleans
    other_nearer: Integers


def place_doors(streets: Streets, walks: Walks, entrances: Entrances, far: float) -> Places:
    """Return the street and foot of every door that has one within `far` metres."""
    spans = _name_spans(streets)
    names = entrances.street_names if entrances.street_names is not None else [""] * len(entrances)
    first, stop = _candidates(spans, names)
    good = entrances.on_earth
    named = stop >= 0
    nearest, nearest_metres = _nearest_of_all(walks, entrances, good, far)
    street = np.where(good & ~named, nearest, -1)
    own = np.flatnonzero(good & (first >= 0))
    street[own] = _nearest_of_name(walks, entrances, own, (first[own], stop[own]))
    feet = _within(find_feet(walks, street, entrances.lon, entrances.lat), far)
    other = np.where(named & (feet.street >= 0) & (nearest_metres < feet.distance - NEARER_METRES), nearest, -1)
    same_name = (other >= first) & (other < stop)
    return Places(feet=feet, unknown_name=named & (first < 0), other_nearer=np.where(same_name, -1, other))


def _name_spans(streets: Streets) -> Spans:
    """Return where the streets of each name stand; `build_streets` puts them side by side."""
    spans: Spans = {}
    for i, name in enumerate(streets.names):
        spans[name] = (spans.get(name, (i, i))[0], i + 1)
    return spans


def _candidates(spans: Spans, names: Sequence[str]) -> tuple[Integers, Integers]:
    """Return for each door the span of streets of its name; stop -1: it names none, first -1: no street bears it."""
    nameless, unknown = (-1, -1), (-1, 0)
    pairs = [spans.get(name, unknown) if name else nameless for name in names]
    columns = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return columns[:, 0], columns[:, 1]


def _nearest_of_all(walks: Walks, entrances: Entrances, good: Booleans, far: float) -> tuple[Integers, Floats]:
    """Return the nearest street of all within `far` and its distance in metres; -1 and infinity where there is none."""
    street = np.full(len(entrances), -1, dtype=np.int64)
    metres = np.full(len(entrances), np.inf)
    tree = shapely.STRtree(walks.lines)
    wanted = np.flatnonzero(good)
    for start in range(0, len(wanted), CHUNK):
        rows = wanted[start : start + CHUNK]
        lat = entrances.lat[rows]
        scale = plane_scale(lat)
        points = shapely.points(*conformal(entrances.lon[rows], lat))
        reach = max(far, 0.001) * float(scale.max()) * 1.001
        (door, found), distance = tree.query_nearest(points, max_distance=reach, return_distance=True, all_matches=True)
        # Several are equally near at a shared corner: the first in the streets' fixed order.
        door, at = np.unique(door, return_index=True)
        lowest = np.minimum.reduceat(found, at) if len(at) else found
        street[rows[door]] = lowest
        metres[rows[door]] = distance[at] / scale[door]
    return street, metres


def _nearest_of_name(walks: Walks, entrances: Entrances, rows: Integers, span: tuple[Integers, Integers]) -> Integers:
    """Return the nearest street of each door's own name, the first in fixed order where several are equally near."""
    nearest = span[0].copy()
    several = np.flatnonzero(span[1] - span[0] > 1)
    for start in range(0, len(several), CHUNK // 10):
        part = several[start : start + CHUNK // 10]
        counts = (span[1] - span[0])[part]
        begin = np.concatenate([[0], np.cumsum(counts)[:-1]])
        street = np.repeat(span[0][part] - begin, counts) + np.arange(counts.sum())
        x, y = conformal(entrances.lon[rows[part]], entrances.lat[rows[part]])
        distance = shapely.distance(
            walks.lines[street], np.repeat(np.asarray(shapely.points(x, y), dtype=object), counts)
        )
        smallest = np.repeat(np.minimum.reduceat(distance, begin), counts)
        # The first street at the smallest distance: others are pushed beyond every index.
        nearest[part] = np.minimum.reduceat(np.where(distance == smallest, street, len(walks.lines)), begin)
    return nearest


def _within(feet: Feet, far: float) -> Feet:
    street = np.where(feet.distance <= far, feet.street, -1)
    return Feet(street=street, metres=feet.metres, distance=feet.distance, left=feet.left)
