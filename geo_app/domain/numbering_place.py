"""Which street a door stands on: the nearest of the name it claims, or for a nameless door the nearest of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely

from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.numbering_parts import nearest_parts
from geo_app.domain.numbering_position import CHUNK, Booleans, Feet, Walks, conformal, find_feet, plane_scale
from geo_app.domain.numbering_standing import Standing
from geo_app.domain.street import Streets
from geo_app.domain.street_piece import Floats, Geometries, Integers

NEARER_METRES = 0.01
"""Another street counts as nearer only by more than this; a door at a corner is equally near to both."""

NEAR_METRES = 25.0
FAR_BOX_METRES = 100.0
"""Up to here a search by boxes is quicker than one by ever nearer neighbours; beyond, boxes hold too many streets."""

STRIP_DEGREES = 0.003
"""Some 330 m: about one block."""

Spans = dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where doors stand, why others do not, and which street is nearer than the one whose name they bear (-1: none)."""

    feet: Feet
    unknown_name: Booleans
    other_nearer: Integers


def place_doors(streets: Streets, walks: Walks, standing: Standing, far: float) -> Places:
    """Return the street and foot of every door that has one within `far` metres; who shares goes with the owner."""
    entrances = standing.entrances
    spans = _name_spans(streets)
    names = entrances.street_names if entrances.street_names is not None else [""] * len(entrances)
    first, stop = _candidates(spans, names)
    good = entrances.on_earth
    named = stop >= 0
    nearest, nearest_metres = _nearest_of_all(walks, entrances, good, far)
    street = np.where(good & ~named, nearest, -1)
    own = np.flatnonzero(good & (first >= 0))
    street[own] = _nearest_of_name(walks, entrances, own, (first[own], stop[own]))
    for row, owner in standing.attached.items():
        street[row] = street[owner] if good[row] else -1
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
    tree = shapely.STRtree(walks.parts.lines)
    wanted = _strip_by_strip(entrances, np.flatnonzero(good))
    for start in range(0, len(wanted), CHUNK):
        rest = wanted[start : start + CHUNK]
        # Most doors stand near their street: small boxes first, which few other streets cross.
        for reach in (min(NEAR_METRES, far), min(FAR_BOX_METRES, far), far):
            rows, found, distance = _in_reach(walks, tree, (rest, entrances.lon[rest], entrances.lat[rest]), reach)
            street[rows], metres[rows] = found, distance
            rest = rest[street[rest] < 0]
    return street, metres


def _strip_by_strip(entrances: Entrances, rows: Integers) -> Integers:
    """Return the rows so that doors near each other come near each other: a large town costs no more a door."""
    strip = np.floor(entrances.lat[rows] / STRIP_DEGREES)
    return rows[np.lexsort((entrances.lon[rows], strip))]


def _in_reach(
    walks: Walks, tree: shapely.STRtree, doors: tuple[Integers, Floats, Floats], reach: float
) -> tuple[Integers, Integers, Floats]:
    """Return the doors that have a street within `reach` metres, the nearest one, and the metres to it."""
    rows, lon, lat = doors
    scale, (x, y) = plane_scale(lat), conformal(lon, lat)
    points = np.asarray(shapely.points(x, y), dtype=object)
    side = reach * scale
    if reach > FAR_BOX_METRES:
        door, found = tree.query_nearest(points, max_distance=float(side.max(initial=1.0)))
    else:
        door, found = tree.query(shapely.box(x - side, y - side, x + side, y + side))
    pairs = _nearest_pairs(walks, points, door, found)
    near = np.flatnonzero(pairs.distance <= side[pairs.door])
    door = pairs.door[near]
    return rows[door], pairs.street[near], pairs.distance[near] / scale[door]


def _nearest_of_name(walks: Walks, entrances: Entrances, rows: Integers, span: tuple[Integers, Integers]) -> Integers:
    """Return the nearest street of each door's own name."""
    nearest = span[0].copy()
    several = np.flatnonzero(span[1] - span[0] > 1)
    for start in range(0, len(several), CHUNK // 10):
        part = several[start : start + CHUNK // 10]
        counts = (span[1] - span[0])[part]
        begin = np.cumsum(counts) - counts
        street = np.repeat(span[0][part] - begin, counts) + np.arange(counts.sum())
        x, y = conformal(entrances.lon[rows[part]], entrances.lat[rows[part]])
        points = np.asarray(shapely.points(x, y), dtype=object)
        door = np.repeat(np.arange(len(part)), counts)
        nearest[part] = _nearest_pairs(walks, points, door, nearest_parts(walks.parts, street, points[door])).street
    return nearest


class _Pairs(NamedTuple):
    """Doors (rising, each once) with the street nearest to them and the distance in the search plane."""

    door: Integers
    street: Integers
    distance: Floats


def _nearest_pairs(walks: Walks, points: Geometries, door: Integers, part: Integers) -> _Pairs:
    """Return the nearest of the streets paired with each door, the first in fixed order where several are equally near.

    `door` rises, `part` is a part of a street; equally near are streets that meet where the foot is.
    """
    street = walks.parts.street[part]
    if not len(door):
        return _Pairs(door, street, np.empty(0))
    distance = shapely.distance(points[door], walks.parts.lines[part])
    begin = np.flatnonzero(np.concatenate([[True], np.diff(door) > 0]))
    smallest = np.minimum.reduceat(distance, begin)
    counts = np.diff(np.concatenate([begin, [len(door)]]))
    # Others than the nearest are pushed beyond every index.
    first = np.where(distance == np.repeat(smallest, counts), street, len(walks.lines))
    return _Pairs(door[begin], np.minimum.reduceat(first, begin), smallest)


def _within(feet: Feet, far: float) -> Feet:
    street = np.where(feet.distance <= far, feet.street, -1)
    return Feet(street=street, metres=feet.metres, distance=feet.distance, left=feet.left)
