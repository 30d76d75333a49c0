"""Buildings and doors along the frontages of a layout, all at once: lots, walls, setbacks, entrances."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from geo_app.domain.demo_layout import LOT_DEPTH, Layout
from geo_app.domain.demo_valley import Bend
from geo_app.domain.demo_values import BUILDING_KINDS, DemoBuildingKind, Floats, Integers

WIDTH = np.array([17.0, 12.0, 20.0])
"""Mean metres of a lot's front by Style."""

GAP = np.array([[0.1, 1.1], [0.4, 1.6], [1.5, 5.5]])
"""Least and most metres between wall and lot line, by Style."""

SETBACK = np.array([[1.5, 3.5], [0.8, 2.6], [2.0, 6.0]])
"""Least and most metres between the road's edge and the front wall, by Style."""

DEPTH = np.array([[9.0, 13.0], [8.0, 11.5], [8.0, 10.5]])
"""Least and most metres from front to back wall, by Style."""

VACANT = np.array([0.07, 0.06, 0.1])
"""Share of lots that are open land, walls or building sites, by Style: what reserves are for."""

WIDE_WALL = 34.0
"""Metres of front from which a building is a compound with one gate."""

HOUSE_FRONT = 2.7
"""Metres of front per house door, as a multiple of the metres per shop door."""

KIND_OF_STYLE = np.array(
    [BUILDING_KINDS.index(k) for k in (DemoBuildingKind.SHOPS, DemoBuildingKind.HOUSE, DemoBuildingKind.FARMHOUSE)]
)

FLOORS = np.array([[3, 8], [2, 5], [2, 7], [1, 4]])
"""Least and most (exclusive) floors by index in BUILDING_KINDS."""


@dataclass(frozen=True)
class Settled:
    """The buildings and doors of one settlement, in metres; `street` and `door_street` index its layout's streets.

    `rank` orders buildings from the middle outwards; `building` says for each door which building it belongs to;
    `along` orders doors on their street as drawn; `side` is +1 left, -1 right.
    """

    corners: Floats
    street: Integers
    kind: Integers
    floors: Integers
    rank: Floats
    doors: Floats
    door_street: Integers
    building: Integers
    along: Floats
    side: Integers
    secondary: NDArray[np.bool_]


@dataclass(frozen=True)
class _Fronts:
    """The frontages of a layout by column."""

    street: Integers
    on_row: NDArray[np.bool_]
    fixed: Floats
    side: Floats
    first: Floats
    last: Floats
    half: Floats
    style: Integers
    corners: Integers
    drawn: Floats


def _columns(layout: Layout) -> _Fronts:
    fronts = layout.frontages
    # +1 where a street is drawn towards higher coordinates: tells left from right.
    drawn = np.array([1.0 if (s.path[-1] - s.path[0]).sum() >= 0 else -1.0 for s in layout.streets])
    street = np.array([f.street for f in fronts], dtype=np.int64)
    return _Fronts(
        street,
        np.array([f.on_row for f in fronts]),
        np.array([f.fixed for f in fronts]),
        np.array([float(f.side) for f in fronts]),
        np.array([f.first for f in fronts]),
        np.array([f.last for f in fronts]),
        np.array([f.half_width for f in fronts]),
        np.array([int(f.style) for f in fronts]),
        np.array([f.corners for f in fronts], dtype=np.int64).reshape(-1, 2),
        drawn[street],
    )


@dataclass(frozen=True)
class _Lots:
    """Built-up lots: the frontage each lies on, and its walls in the frontage's own coordinates."""

    front: Integers
    low: Floats
    high: Floats
    near: Floats
    far: Floats
    at_end: NDArray[np.bool_]


def settle(layout: Layout, bend: Bend, random: Generator) -> Settled:
    """Return buildings and doors on every frontage of `layout`."""
    fronts = _columns(layout)
    lots = _lots(fronts, random)
    kind = KIND_OF_STYLE[fronts.style[lots.front]]
    width = lots.high - lots.low
    kind = np.where(width > WIDE_WALL, BUILDING_KINDS.index(DemoBuildingKind.COMPOUND), kind)
    low, high = FLOORS[kind].T
    count = _door_counts(lots, kind, layout.front)
    building, across, back, street, secondary = _doors(fronts, lots, count, random)
    front = lots.front[building]
    on_row = fronts.on_row[front] ^ secondary
    doors = _places(fronts, front, across, back, bend)
    own_side = np.where(fronts.on_row[front], fronts.side[front], -fronts.side[front] * fronts.drawn[front])
    along = np.where(on_row, across, across * fronts.drawn[front])
    side, along = _corner_sides((fronts, lots, layout), (building, secondary, street), own_side, along)
    return Settled(
        _walls(fronts, lots, bend),
        fronts.street[lots.front],
        kind,
        random.integers(low, high),
        _rank(fronts, lots, random),
        doors,
        street,
        building,
        along,
        side.astype(np.int64),
        secondary,
    )


def _lots(fronts: _Fronts, random: Generator) -> _Lots:
    length = fronts.last - fronts.first
    count = np.maximum(1, (length / WIDTH[fronts.style]).astype(np.int64))
    front = np.repeat(np.arange(len(count)), count)
    weight = random.uniform(0.65, 1.45, len(front)) * np.where(random.random(len(front)) < 0.035, 2.6, 1)
    ends = np.cumsum(weight)
    last = np.cumsum(count) - 1
    before = np.concatenate([[0.0], ends[last][:-1]])
    scale = (length / (ends[last] - before))[front]
    high = fronts.first[front] + (ends - before[front]) * scale
    low = high - weight * scale
    at_end = np.zeros((len(front), 2), dtype=bool)
    at_end[np.concatenate([[0], last[:-1] + 1]), 0] = True
    at_end[last, 1] = True
    return _built_up(fronts, _Lots(front, low, high, low, high, at_end), random)


def _built_up(fronts: _Fronts, lots: _Lots, random: Generator) -> _Lots:
    """Leave some lots open and draw the walls of the others within their lot."""
    style = fronts.style[lots.front]
    vacant = (random.random(len(style)) < VACANT[style]) | _in_the_open(fronts, lots, random)
    kept = ~vacant & (lots.high - lots.low > 6)
    style, front = style[kept], lots.front[kept]
    low = lots.low[kept] + random.uniform(*GAP[style].T)
    high = lots.high[kept] - random.uniform(*GAP[style].T)
    wide = high - low < 3.5
    low, high = np.where(wide, lots.low[kept] + 0.2, low), np.where(wide, lots.high[kept] - 0.2, high)
    setback = random.uniform(*SETBACK[style].T)
    # Houses in a row keep one line more often than not.
    near = fronts.half[front] + np.where(random.random(len(style)) < 0.55, SETBACK[style].mean(axis=1), setback)
    deep = np.minimum(random.uniform(*DEPTH[style].T), fronts.half[front] + LOT_DEPTH - 0.5 - near)
    return _Lots(front, low, high, near, near + deep, lots.at_end[kept])


def _places(fronts: _Fronts, front: Integers, across: Floats, back: Floats, bend: Bend) -> Floats:
    """Return metres for positions `across` along the frontage and `back` from the street's middle."""
    off = fronts.fixed[front] + fronts.side[front] * back
    on_row = fronts.on_row[front]
    return bend(np.where(on_row, across, off), np.where(on_row, off, across))


def _walls(fronts: _Fronts, lots: _Lots, bend: Bend) -> Floats:
    across = np.column_stack([lots.low, lots.high, lots.high, lots.low]).ravel()
    back = np.column_stack([lots.near, lots.near, lots.far, lots.far]).ravel()
    return _places(fronts, np.repeat(lots.front, 4), across, back, bend).reshape(-1, 4, 2)


def _door_counts(lots: _Lots, kind: Integers, front: float) -> Integers:
    width = lots.high - lots.low
    shops = kind == BUILDING_KINDS.index(DemoBuildingKind.SHOPS)
    houses = kind == BUILDING_KINDS.index(DemoBuildingKind.HOUSE)
    per_door = np.where(shops, front, np.where(houses, HOUSE_FRONT * front, np.inf))
    return np.maximum(1, (width / per_door).astype(np.int64))


def _doors(
    fronts: _Fronts, lots: _Lots, count: Integers, random: Generator
) -> tuple[Integers, Floats, Floats, Integers, NDArray[np.bool_]]:
    """Return for each door: building, place across and back, street, and whether it is a corner's second door."""
    width = lots.high - lots.low
    building = np.repeat(np.arange(len(count)), count)
    nth = np.arange(len(building)) - np.repeat(np.cumsum(count) - count, count)
    share = (nth + random.uniform(0.35, 0.65, len(nth))) / count[building]
    across = lots.low[building] + share * width[building]
    corner, corner_across, corner_back, corner_street = _second_doors(fronts, lots, random)
    return (
        np.concatenate([building, corner]),
        np.concatenate([across, corner_across]),
        np.concatenate([lots.near[building], corner_back]),
        np.concatenate([fronts.street[lots.front[building]], corner_street]),
        np.concatenate([np.zeros(len(building), dtype=bool), np.ones(len(corner), dtype=bool)]),
    )


def _second_doors(fronts: _Fronts, lots: _Lots, random: Generator) -> tuple[Integers, Floats, Floats, Integers]:
    """Some corner buildings have a second door on the street they stand at the corner of."""
    crossed = np.where(lots.at_end, fronts.corners[lots.front], -1)
    building, end = np.nonzero((crossed >= 0) & (random.random(crossed.shape) < 0.16))
    across = np.where(end == 0, lots.low[building], lots.high[building])
    return building, across, (lots.near + lots.far)[building] / 2, crossed[building, end]


def _corner_sides(
    setting: tuple[_Fronts, _Lots, Layout],
    doors: tuple[Integers, NDArray[np.bool_], Integers],
    side: Floats,
    along: Floats,
) -> tuple[Floats, Floats]:
    """Second doors lie on another street: which side of it, and how far along it."""
    fronts, lots, layout = setting
    building, secondary, street = doors
    which = np.flatnonzero(secondary)
    front = lots.front[building[which]]
    paths = [layout.streets[s].path for s in street[which]]
    forwards = np.array([1.0 if p[-1, 1] >= p[0, 1] else -1.0 for p in paths])
    crossed_at = np.array([p[0, 0] for p in paths])
    east = np.sign((lots.low + lots.high)[building[which]] / 2 - crossed_at)
    back = (lots.near + lots.far)[building[which]] / 2
    side[which] = -east * forwards
    along[which] = (fronts.fixed[front] + fronts.side[front] * back) * forwards
    return side, along


def _rank(fronts: _Fronts, lots: _Lots, random: Generator) -> Floats:
    """Return how far out each building lies, shaken a little: settlements end ragged."""
    middle = (lots.low + lots.high) / 2
    on_row = fronts.on_row[lots.front]
    fixed = fronts.fixed[lots.front]
    along, left = np.where(on_row, middle, fixed), np.where(on_row, fixed, middle)
    phase = random.uniform(0, 2 * np.pi, 3)
    lobes = 1 + 0.16 * np.sin(along / 140 + phase[0]) * np.sin(left / 110 + phase[1])
    return np.asarray(np.hypot(along, 2.2 * left) * lobes * random.uniform(0.95, 1.05, len(middle)))


def _in_the_open(fronts: _Fronts, lots: _Lots, random: Generator) -> NDArray[np.bool_]:
    """Tell which lots lie in parks, ponds and fields: a settlement longer than 500 m has one every 700 m or so."""
    middle = (lots.low + lots.high) / 2
    on_row, fixed = fronts.on_row[lots.front], fronts.fixed[lots.front]
    along, left = np.where(on_row, middle, fixed), np.where(on_row, fixed, middle)
    reach = np.ptp(along) if len(along) else 0.0
    count = int(reach / 350) if reach > 500 else 0
    places = np.column_stack(
        [
            random.uniform(along.min(initial=0), along.max(initial=0), count),
            random.uniform(left.min(initial=0), left.max(initial=0), count),
        ]
    )
    radii = random.uniform(40, 95, count)
    inside = [np.hypot((along - x) / 1.4, left - y) < r for (x, y), r in zip(places, radii, strict=True)]
    return np.any(inside, axis=0) if inside else np.zeros(len(along), dtype=bool)
