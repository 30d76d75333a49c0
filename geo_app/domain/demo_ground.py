"""The made-up ground of a county: outlines shared out, the river, and the valley every township's town lies in."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.random import Generator
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo_app.domain.demo_outlines import Cells, cut_into_cells, made_up_county, share_out, spread_seeds, united
from geo_app.domain.demo_valley import Valley, brook, main_river
from geo_app.domain.demo_values import MADE_UP, CountyInputs, Floats, Integers
from geo_app.domain.division import Division, DivisionCode, DivisionKind, Outline
from geo_app.domain.division_names import township_stem
from geo_app.domain.local_plane import LocalPlane

OFFICE_TO_RIVER = 500.0
"""Metres from the county town's office to the river: 彩虹大桥 lies 500 m east of it (乐沙府通〔2018〕2号)."""

SUBDISTRICT_KM2 = 2.5
"""Ground per village of a subdistrict without a stated area."""

COMMUNITY_SHARE = 0.35
"""Ground of a community, as a share of a village's, where neither has a stated area."""

LEAST_SHARE = 0.25
"""Least ground of a township, as a share of what its number of villages would give it."""

VILLAGE_KM2 = 5.0
"""Ground per village of a county that has no outline."""


@dataclass(frozen=True)
class Ground:
    """The county in metres of `plane`; `owner` gives each cell's village, `seats` each township's town (n, 2)."""

    plane: LocalPlane
    county: Polygon | MultiPolygon
    cells: Cells
    owner: Integers
    river: Valley
    seats: Floats
    valleys: tuple[Valley, ...]
    given: bool

    def village_at(self, points: Floats) -> Integers:
        """Return the index of the village whose ground each point lies in: that of the nearest cell."""
        return np.asarray(self.owner[self._cells_by_place.nearest(shapely.points(points))])

    @cached_property
    def _cells_by_place(self) -> shapely.STRtree:
        return shapely.STRtree(list(shapely.get_parts(shapely.multipoints(self.cells.points))))

    def village_shape(self, village: int) -> Polygon | MultiPolygon:
        """Return a village's ground in metres."""
        return united(self.cells.shapes[self.owner == village])


def make_ground(inputs: CountyInputs, room_km2: float, random: Generator) -> Ground:
    """Return the county's ground; an outline not given is made up, large enough for `room_km2`."""
    plane, county = _county(inputs, room_km2, random)
    cells = cut_into_cells(county, len(inputs.villages), random)
    chief = county_town(inputs)
    known = {i: _metres(plane, inputs, t.code) for i, t in enumerate(inputs.townships) if t.code in inputs.seats}
    river = main_river(county, _waypoint(known.get(chief)), random)
    seeds = _township_seeds(inputs, (cells, river), (chief, known), random)
    owner, seats = _villages(inputs, cells, seeds, random)
    seats = np.array([known.get(i, seat) for i, seat in enumerate(seats)])
    valleys = tuple(_valley(river, seat, random) for seat in seats)
    return Ground(plane, county, cells, owner, river, seats, valleys, inputs.outline is not None)


def _county(inputs: CountyInputs, room_km2: float, random: Generator) -> tuple[LocalPlane, Polygon | MultiPolygon]:
    if inputs.outline:
        plane = LocalPlane.around(inputs.outline.shape)
        # Long edges are straight in degrees and bent in metres: more points keep both the same to the decimetre.
        fine = shapely.segmentize(inputs.outline.shape, 0.005)
        return plane, _area(plane.shape_to_metres(fine))
    plane = LocalPlane(inputs.centre.lon, inputs.centre.lat)
    return plane, made_up_county(max(room_km2, VILLAGE_KM2 * len(inputs.villages), 20.0), random)


def county_town(inputs: CountyInputs) -> int:
    """Return the index of the township that is the county town: named like the county, else the first."""
    stem = inputs.county.name.rstrip("县区市")
    return next((i for i, t in enumerate(inputs.townships) if township_stem(t.name) == stem), 0)


def _metres(plane: LocalPlane, inputs: CountyInputs, code: DivisionCode) -> Floats:
    seat = inputs.seats[code]
    return np.asarray(plane.to_metres(np.array([[seat.lon, seat.lat]]))[0])


def _waypoint(office: Floats | None) -> Floats | None:
    return None if office is None else office + np.array([OFFICE_TO_RIVER, 0.0])


def _township_seeds(
    inputs: CountyInputs, land: tuple[Cells, Valley], towns: tuple[int, dict[int, Floats]], random: Generator
) -> Floats:
    """Return a seed per township: the county town and the subdistricts by the river, the others spread out."""
    cells, river = land
    chief, known = towns
    middle = river.length * random.uniform(0.4, 0.6)
    start = river.nearest(known[chief]) if chief in known else middle
    near = [i for i, t in enumerate(inputs.townships) if i != chief and t.kind is DivisionKind.SUBDISTRICT]
    fixed = {chief: known.get(chief, river.place(np.array([start]), np.array([300.0]))[0])}
    for rank, i in enumerate(near, start=1):
        along = start + 1500.0 * ((rank + 1) // 2) * (-1) ** (rank + 1)
        fixed[i] = river.place(np.array([along]), np.array([300.0]))[0]
    fixed |= known
    order = [*fixed, *(i for i in range(len(inputs.townships)) if i not in fixed)]
    seeds = spread_seeds(cells.points, len(order), random, np.array(list(fixed.values())))
    return seeds[np.argsort(order)]


def _villages(inputs: CountyInputs, cells: Cells, seeds: Floats, random: Generator) -> tuple[Integers, Floats]:
    """Return the village of each cell, and a seat per township: its first village's middle."""
    everywhere = np.arange(len(cells.points))
    township = share_out(cells, everywhere, seeds, township_weights(inputs, cells.areas.sum() / 1e6))
    owner = np.zeros(len(everywhere), dtype=np.int64)
    seats = seeds.copy()
    for i, division in enumerate(inputs.townships):
        mine = [v for v, village in enumerate(inputs.villages) if village.parent_code == division.code]
        among = np.flatnonzero(township == i)
        if mine:
            points = spread_seeds(cells.points[among], len(mine), random, seeds[i : i + 1])
            weights = np.array([_village_weight(inputs, inputs.villages[v]) for v in mine])
            owner[among] = np.array(mine)[share_out(cells, among, points, weights)]
            seats[i] = np.average(cells.points[among], axis=0, weights=cells.areas[among])
    return owner, seats


def township_weights(inputs: CountyInputs, county_km2: float) -> Floats:
    """Return km² per township: as stated, 2.5 km² per village in a subdistrict, the rest by number of villages."""
    counts = np.array([sum(v.parent_code == t.code for v in inputs.villages) for t in inputs.townships], dtype=float)
    stated = np.array([inputs.areas.get(t.code, np.nan) for t in inputs.townships])
    urban = np.array([t.kind is DivisionKind.SUBDISTRICT for t in inputs.townships])
    several = len(inputs.townships) > int(urban.sum())
    stated = np.where(np.isnan(stated) & urban & several, counts * SUBDISTRICT_KM2, stated)
    # Areas stated for other years or other borders may add up to more than there is.
    stated = stated * min(1.0, 0.8 * county_km2 / max(float(np.nansum(stated)), 1e-9))
    rest = max(county_km2 - np.nansum(stated), 0.1 * county_km2)
    unknown = np.isnan(stated)
    share = np.maximum(counts, 1.0) / max(counts[unknown].sum(), 1.0)
    # Whatever is stated, ten villages need ground enough for ten outlines.
    least = LEAST_SHARE * county_km2 * counts / max(counts.sum(), 1.0)
    weights = np.asarray(np.where(unknown, rest * share, np.maximum(np.nan_to_num(stated), 0.5)))
    return np.asarray(np.maximum(weights, least))


def _village_weight(inputs: CountyInputs, village: Division) -> float:
    usual = COMMUNITY_SHARE if village.kind is DivisionKind.COMMUNITY else 1.0
    return inputs.areas.get(village.code, usual * VILLAGE_KM2)


def _valley(river: Valley, seat: Floats, random: Generator) -> Valley:
    """A town within 1.8 km of the river lies on it; any other on a brook that runs to the river."""
    foot = river.place(np.array([river.nearest(seat)]), np.zeros(1))[0]
    distance = float(np.hypot(*(seat - foot)))
    return river if distance < 1800 else brook(seat, foot, 900.0, random)


def county_outline(inputs: CountyInputs, ground: Ground) -> Outline:
    """Return the county's outline: as given, or the made-up one."""
    if inputs.outline:
        return inputs.outline
    shape = ground.plane.shape_to_degrees(ground.county)
    return Outline(inputs.county.code, _area(shape), derived=True, source=MADE_UP)


def derived_outlines(inputs: CountyInputs, ground: Ground) -> tuple[Outline, ...]:
    """Return an outline per township and village, in degrees, all derived; neighbours share their border exactly."""
    # Cut off in degrees: a line straight in degrees is not quite straight in metres, and the outline given must hold.
    whole = shapely.transform(ground.cells.whole, ground.plane.to_degrees)
    shapes = shapely.intersection(whole, county_outline(inputs, ground).shape)
    villages = [_outline(v, shapes[ground.owner == i]) for i, v in enumerate(inputs.villages)]
    parents = np.array([str(v.parent_code) for v in inputs.villages])
    townships = [_outline(t, shapes[parents[ground.owner] == str(t.code)]) for t in inputs.townships]
    return tuple(outline for outline in (*townships, *villages) if outline)


def _outline(division: Division, cells: np.ndarray) -> Outline | None:
    return Outline(division.code, united(cells), derived=True, source=MADE_UP) if len(cells) else None


def _area(shape: BaseGeometry) -> Polygon | MultiPolygon:
    if not isinstance(shape, Polygon | MultiPolygon):
        raise TypeError(shape.geom_type)
    return shape


def river(ground: Ground) -> Polygon | MultiPolygon:
    """Return river and brooks in degrees, within the county."""
    return _area(ground.plane.shape_to_degrees(waters(ground)))


def waters(ground: Ground) -> Polygon | MultiPolygon:
    """Return river and brooks in metres, within the county."""
    valleys = (ground.river, *(v for v in ground.valleys if v is not ground.river))
    water = shapely.union_all([valley.water() for valley in valleys])
    return _area(water.intersection(ground.county))
