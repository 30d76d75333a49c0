"""The demo's streets: lines bent into the valley and named, plus the roads between settlements."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import shapely
from numpy.random import Generator
from numpy.typing import NDArray
from shapely.geometry import LineString

from geo_app.domain.demo_ground import Ground
from geo_app.domain.demo_layout import Layout, PlannedStreet, main_road_left
from geo_app.domain.demo_names import NameList, lane_names
from geo_app.domain.demo_real_roads import RealRoads
from geo_app.domain.demo_roads import Network, joined_to, open_stretches
from geo_app.domain.demo_sites import Site, valley_road
from geo_app.domain.demo_valley import Bend
from geo_app.domain.demo_values import MADE_UP, CountyInputs, DemoStreet, DemoStreetKind, Floats, Integers
from geo_app.domain.division import DivisionCode
from geo_app.domain.division_names import short_name, township_stem

ON_ROAD = 1.0
"""Metres within which a town's main road lies on its valley's road."""

HAMLET_REACH = 70.0
"""Metres around a settlement's main road that roads to others keep off."""


def _main_ends(layout: Layout, used: NDArray[np.bool_], bend: Bend, left: float) -> Floats | None:
    """Return the two ends of a settlement's main road in metres, None where it has none."""
    paths = [s.path for s, keep in zip(layout.streets, used, strict=True) if keep and (s.path[:, 1] == left).all()]
    if not paths:
        return None
    along = np.concatenate([path[:, 0] for path in paths])
    return bend(np.array([along.min(), along.max()]), np.array([left, left]))


class StreetBook:
    """Collects the county's streets, names them, and remembers which names are taken in each township."""

    def __init__(self, county: CountyInputs, ground: Ground, roads: dict[int, RealRoads], random: Generator) -> None:
        self.county, self.ground, self.random = county, ground, random
        self.streets: list[DemoStreet] = []
        self.sources = {road.name: road.source for road in county.roads}
        self.unplaced = {i: list(real.others) for i, real in roads.items()}
        self.bridges = {i: list(real.bridges) for i, real in roads.items()}
        taken = [road.name for road in county.roads]
        self.lists: dict[int, NameList] = defaultdict(lambda: NameList(random, taken))
        self.groups: dict[int, int] = defaultdict(int)
        self.sites: list[tuple[Site, Floats | None]] = []

    def add(self, site: Site, layout: Layout, bend: Bend, used: NDArray[np.bool_]) -> Integers:
        """Add a settlement's streets that are `used`, and its bridges; return their numbers here, -1 for the others."""
        numbers = np.full(len(layout.streets), -1, dtype=np.int64)
        lanes: dict[str, Iterator[str]] = {}
        names: list[str] = []
        for i, planned in enumerate(layout.streets):
            keep = used[i] or planned.kind is DemoStreetKind.BRIDGE
            name, made_up = self._name(site, planned, names, lanes) if keep else ("", True)
            names.append(name)
            if keep:
                numbers[i] = len(self.streets)
                metres = bend(planned.path[:, 0], planned.path[:, 1])
                self._append((name, planned.kind), site, metres, made_up=made_up)
        self.sites.append((site, _main_ends(layout, used, bend, main_road_left(site.size.water))))
        return numbers

    def _append(self, named: tuple[str, DemoStreetKind], site: Site, metres: Floats, *, made_up: bool) -> None:
        name, kind = named
        division = self.county.villages[site.village] if site.village >= 0 else self.county.townships[site.township]
        line = LineString(self.ground.plane.to_degrees(metres))
        source = MADE_UP if made_up else self._source(name)
        self.streets.append(DemoStreet(name, kind, division.code, line, made_up, source))

    def _source(self, name: str) -> str:
        return next((source for road, source in self.sources.items() if road.startswith(name[:3])), "")

    def _name(
        self, site: Site, planned: PlannedStreet, names: list[str], lanes: dict[str, Iterator[str]]
    ) -> tuple[str, bool]:
        """Return the street's name and whether it is made up."""
        if planned.kind is DemoStreetKind.BRIDGE:
            return self._bridge(site)
        if planned.name:
            return planned.name, False
        if site.village >= 0:
            return self._group(site), True
        if planned.kind is DemoStreetKind.STREET and self.unplaced.get(site.township):
            return self.unplaced[site.township].pop(0), False
        parent = names[planned.parent] if planned.parent >= 0 else ""
        if planned.kind is DemoStreetKind.LANE and parent and self.random.random() < 0.6:
            return next(lanes.setdefault(parent, lane_names(parent))), True
        return self.lists[site.township].street(planned.kind), True

    def _bridge(self, site: Site) -> tuple[str, bool]:
        if self.bridges.get(site.township):
            return self.bridges[site.township].pop(0), False
        return f"{township_stem(self.county.townships[site.township].name)}大桥", True

    def _group(self, site: Site) -> str:
        self.groups[site.village] += 1
        return f"{short_name(self.county.villages[site.village].name)}{self.groups[site.village]}组"

    def add_roads(self, walls: shapely.STRtree) -> None:
        """Add the roads down the valleys from town to town, and from each hamlet to the nearest, clear of `walls`."""
        towns = [(site, main) for site, main in self.sites if site.village < 0 and main is not None]
        real = next((road.name.split("/")[-1] for road in self.county.roads if road.kind == "公路"), "")
        trunk = valley_road(self.ground.river)
        built = self._down((real or township_stem(self.county.county.name) + "公路", not real), trunk, towns, 0)
        for site, _ in towns:
            if site.valley is not self.ground.river:
                name = township_stem(self.county.townships[site.township].name) + "公路"
                road = joined_to(valley_road(site.valley), trunk)
                built += self._down((name, True), road, [(s, m) for s, m in towns if s is site], site.township)
        self._hamlet_roads(built, walls)

    def _down(
        self, named: tuple[str, bool], road: LineString, towns: list[tuple[Site, Floats]], township: int
    ) -> list[LineString]:
        """Add a valley's road, leaving out the stretches where it is a town's main road."""
        on_road = [main for _, main in towns if road.distance(shapely.MultiPoint(main)) < ON_ROAD]
        pieces = list(open_stretches(road, on_road, self.ground.county))
        for piece in pieces:
            self._append_road(named[0], self.county.townships[township].code, piece, made_up=named[1])
        return pieces

    def _append_road(self, name: str, division: DivisionCode, piece: LineString, *, made_up: bool) -> None:
        line = LineString(self.ground.plane.to_degrees(shapely.get_coordinates(piece)))
        source = MADE_UP if made_up else self._source(name)
        self.streets.append(DemoStreet(name, DemoStreetKind.HIGHWAY, division, line, made_up, source))

    def _hamlet_roads(self, built: list[LineString], walls: shapely.STRtree) -> None:
        grounds = [shapely.convex_hull(shapely.MultiPoint(ends)).buffer(HAMLET_REACH) for _, ends in self._mains()]
        towns = [LineString(ends) for site, ends in self._mains() if site.village < 0]
        network = Network.of([*built, *towns], grounds, walls)
        trunk = shapely.union_all([*built, *towns])
        hamlets = [(i, site, ends) for i, (site, ends) in enumerate(self._mains()) if site.village >= 0]
        for i, site, ends in sorted(hamlets, key=lambda h: trunk.distance(shapely.MultiPoint(h[2]))):
            road = network.join(i, ends, self.random)
            if road is not None:
                village = self.county.villages[site.village]
                self._append_road(f"{short_name(village.name)}村道", village.code, road, made_up=True)

    def _mains(self) -> list[tuple[Site, Floats]]:
        return [(site, main) for site, main in self.sites if main is not None]
