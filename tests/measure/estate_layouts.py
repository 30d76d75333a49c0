"""Estates numbered on layouts that no one of this project drew: clusters of real footprints, cut by a seeded rule.

Where `GEO_APP_CONTACT_SHEET` names a file, all of them are drawn into it, to be looked at. It holds data of
OpenStreetMap contributors and stays out of the project.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import shapely
import shapely.affinity

from geo_app.domain.estate import Estate, EstateBuilding, Gate
from geo_app.domain.estate_numbering import NumberedEstate, number_estate
from geo_app.domain.local_plane import LocalPlane
from geo_app.domain.numbering_rule import BUILDING_ORDERS, NumberingRule
from geo_app.domain.position import Position
from geo_app.exchange.vector import read_features
from geo_app.exchange.vector_options import Shape
from tests.measure import Figure
from tests.support.real_data import FOLDER

TOWNS = {"liechtenstein": 16, "helsinki": 12, "baltimore_city": 12}
"""Layouts cut from each."""

SEED = 511111
SMALLEST_SQUARE_METRES = 40.0
NEIGHBOUR_METRES = 30.0
NOISE_DEGREES = 1e-9
CENTIMETRE = 0.011


@dataclass(frozen=True, slots=True)
class Layout:
    """Real footprints that stand together, with a gate that was made up on their hull."""

    name: str
    estate: Estate


def figures() -> Iterator[Figure]:
    """Yield what holds of all layouts under both orders, and how long the walks are."""
    layouts = [layout for town, count in TOWNS.items() for layout in cut_layouts(FOLDER / "osm", town, count)]
    sizes = [len(layout.estate.buildings) for layout in layouts]
    yield Figure("layouts", f"{len(layouts)} of {min(sizes)} to {max(sizes)} buildings", "", "40", len(layouts) == 40)
    for order in BUILDING_ORDERS:
        rule = NumberingRule(building_order=order)
        for name, fault in (
            ("a number twice or a gap", twice_or_gap),
            ("rows not S-shaped, or not one behind the other", not_s_shaped),
            ("other numbers after shuffling and 1e-9 degrees of noise", changed_by_shuffling),
        ):
            bad = [layout.name for layout in layouts if fault(layout.estate, rule)]
            yield Figure(f"{order}: {name}", ", ".join(bad) or "0", "", "0", not bad)
        ours, plain = np.mean([walk_lengths(layout.estate, rule) for layout in layouts], axis=0)
        told = f"{plain:.0f} m sorted by latitude alone"
        yield Figure(f"{order}: mean length of the walk", f"{ours:.0f} m", told, "shorter", bool(ours < plain))
    if sheet := os.environ.get("GEO_APP_CONTACT_SHEET"):
        Path(sheet).write_text(contact_sheet(layouts), encoding="utf-8")


def cut_layouts(folder: Path, town: str, count: int) -> list[Layout]:
    """Return `count` clusters of 6 to 60 footprints: each grown from a drawn one, always by the nearest neighbour."""
    table = read_features(folder / f"{town}_buildings.geojson.gz", Shape.POLYGONS)
    shapes = np.array([shape for shape in table.geometry if isinstance(shape, shapely.Polygon)], dtype=object)
    plane = LocalPlane.around(shapely.box(*shapely.total_bounds(shapes)))
    metres = shapely.transform(shapes, plane.to_metres)
    keep = shapely.area(metres) >= SMALLEST_SQUARE_METRES
    shapes, metres = shapes[keep], metres[keep]
    tree = shapely.STRtree(metres)
    random = np.random.default_rng(SEED)
    taken: set[int] = set()
    layouts: list[Layout] = []
    while len(layouts) < count:
        wanted = int(random.integers(6, 61))
        members = _grown(tree, int(random.integers(len(shapes))), wanted, taken)
        if len(members) < 6:
            continue
        taken |= set(members)
        gate = float(random.random())
        layouts.append(_layout(f"{town}-{len(layouts) + 1}", shapes[members].tolist(), gate))
    return layouts


def _grown(tree: shapely.STRtree, seed: int, wanted: int, taken: set[int]) -> list[int]:
    metres = tree.geometries
    members = [] if seed in taken else [seed]
    reach: dict[int, float] = {}
    while members and len(members) < wanted:
        near = tree.query(metres[members[-1]], predicate="dwithin", distance=NEIGHBOUR_METRES)
        for other in near.tolist():
            metre = round(float(shapely.distance(metres[members[-1]], metres[other])), 3)
            reach[other] = min(reach.get(other, np.inf), metre)
        free = [(far, other) for other, far in reach.items() if other not in taken and other not in members]
        if not free:
            break
        members.append(min(free)[1])
    return members


def _layout(name: str, shapes: list[shapely.Polygon], gate: float) -> Layout:
    hull = shapely.MultiPolygon(shapes).convex_hull.buffer(0.0001)
    place = hull.exterior.interpolate(gate, normalized=True)
    buildings = tuple(EstateBuilding(str(place), shape) for place, shape in enumerate(shapes))
    return Layout(name, Estate(buildings, Gate(Position(place.x, place.y)), boundary=hull))


def numbers_of(estate: Estate, rule: NumberingRule) -> dict[str, str]:
    return {one.building.key: one.number.text for one in number_estate(estate, rule).buildings}


def twice_or_gap(estate: Estate, rule: NumberingRule) -> bool:
    numbers = sorted(int(text) for text in numbers_of(estate, rule).values())
    return numbers != list(range(1, len(estate.buildings) + 1))


def changed_by_shuffling(estate: Estate, rule: NumberingRule) -> bool:
    random = np.random.default_rng(SEED)
    expected = numbers_of(estate, rule)
    for _ in range(5):
        order = random.permutation(len(estate.buildings))
        shaken = tuple(_shaken(estate.buildings[place], random) for place in order)
        if numbers_of(replace(estate, buildings=shaken), rule) != expected:
            return True
    return False


def _shaken(building: EstateBuilding, random: np.random.Generator) -> EstateBuilding:
    noise = random.uniform(-NOISE_DEGREES, NOISE_DEGREES, 2)
    return replace(building, footprint=shapely.affinity.translate(building.footprint, *noise))


def not_s_shaped(estate: Estate, rule: NumberingRule) -> bool:
    """Tell whether rows are not walked straight, in turn this way and that, each behind the one before.

    Checked anew here: from the north-east there is one way of looking at the estate, from a gate there are four.
    """
    numbered = number_estate(estate, rule)
    rows: dict[int, list[np.ndarray]] = {}
    for one in numbered.buildings:
        rows.setdefault(one.row, []).append(_metres(numbered, one.building.footprint))
    angle = np.radians(numbered.turn)
    south = np.array([np.sin(angle), -np.cos(angle)])
    ways = [south] if rule.building_order == "s_from_north_east" else [_turned(south, times) for times in range(4)]
    return not any(_walked_along(list(rows.values()), inwards) for inwards in ways)


def _turned(way: np.ndarray, times: int) -> np.ndarray:
    return way if not times else _turned(np.array([-way[1], way[0]]), times - 1)


def _walked_along(rows: list[list[np.ndarray]], inwards: np.ndarray) -> bool:
    left = _turned(inwards, 1)
    depths = [[centre @ inwards for centre in row] for row in rows]
    if any(max(one) > min(other) + CENTIMETRE for one, other in pairwise(depths)):
        return False
    steps = [np.diff([centre @ left for centre in row]) * (1 if count % 2 else -1) for count, row in enumerate(rows)]
    return all(bool((row > -CENTIMETRE).all()) for row in steps)


def _metres(numbered: NumberedEstate, shape: shapely.Geometry) -> np.ndarray:
    plane = _plane(numbered.estate.gate.position)
    return np.asarray(shapely.get_coordinates(shapely.centroid(plane.shape_to_metres(shape)))[0])


@cache
def _plane(around: Position) -> LocalPlane:
    return LocalPlane(around.lon, around.lat)


def walk_lengths(estate: Estate, rule: NumberingRule) -> tuple[float, float]:
    """Return the metres of the walk from number to number, and of one that follows the latitude alone."""
    numbered = number_estate(estate, rule)
    centres = np.array([_metres(numbered, one.building.footprint) for one in numbered.buildings])
    by_latitude = centres[np.argsort(-centres[:, 1])]
    return _length(centres), _length(by_latitude)


def _length(points: np.ndarray) -> float:
    return float(np.hypot(*np.diff(points, axis=0).T).sum())


def contact_sheet(layouts: list[Layout]) -> str:
    """Return a page with a drawing of each layout under both orders: footprints, numbers, the S, the gate."""
    drawings = [_drawing(layout, order) for layout in layouts for order in BUILDING_ORDERS]
    style = "figure{display:inline-block;margin:6px}svg{border:1px solid #999;width:440px;height:340px}"
    return f"<!doctype html><meta charset=utf-8><style>{style}</style>{''.join(drawings)}\n"


def _drawing(layout: Layout, order: str) -> str:
    numbered = number_estate(layout.estate, NumberingRule(building_order=order))
    boundary = layout.estate.boundary
    assert boundary is not None
    plane = LocalPlane.around(boundary)
    west, south, east, north = plane.shape_to_metres(boundary).bounds
    size = max(east - west, north - south)
    parts = []
    for one in numbered.buildings:
        shape = plane.shape_to_metres(one.building.footprint)
        corners = " ".join(f"{x:.1f},{-y:.1f}" for x, y in shapely.get_coordinates(shape.exterior))
        colour = ("#cde", "#fdc", "#cec")[one.row % 3]
        parts.append(f'<polygon points="{corners}" fill="{colour}" stroke="#555" stroke-width="{size / 500:.2f}"/>')
    centres = [shapely.centroid(plane.shape_to_metres(one.building.footprint)) for one in numbered.buildings]
    path = " ".join(f"{c.x:.1f},{-c.y:.1f}" for c in centres)
    parts.append(f'<polyline points="{path}" fill="none" stroke="#c33" stroke-width="{size / 250:.2f}"/>')
    for one, centre in zip(numbered.buildings, centres, strict=True):
        at = f'x="{centre.x:.1f}" y="{-centre.y:.1f}" font-size="{size / 26:.1f}"'
        parts.append(f'<text {at} text-anchor="middle" dominant-baseline="middle">{one.number.text}</text>')
    gate = layout.estate.gate.position
    assert gate is not None
    at = plane.to_metres(np.array([[gate.lon, gate.lat]]))[0]
    parts.append(f'<circle cx="{at[0]:.1f}" cy="{-at[1]:.1f}" r="{size / 60:.1f}" fill="#080"/>')
    box = f"{west:.0f} {-north:.0f} {east - west:.0f} {north - south:.0f}"
    title = f"{layout.name} {order} {numbered.turn:.0f}°"
    return f'<figure><figcaption>{title}</figcaption><svg viewBox="{box}">{"".join(parts)}</svg></figure>'
