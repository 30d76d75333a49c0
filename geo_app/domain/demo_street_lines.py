"""The demo's streets: lines bent into the valley and named, plus the roads between settlements."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import shapely
from numpy.random import Generator
from numpy.typing import NDArray
from shapely.geometry import LineString

from geo_app.domain.demo_ground import Ground
from geo_app.domain.demo_layout import Layout, PlannedStreet
from geo_app.domain.demo_names import NameList, lane_names
from geo_app.domain.demo_real_roads import RealRoads
from geo_app.domain.demo_sites import Site, valley_road
from geo_app.domain.demo_valley import Bend, Valley
from geo_app.domain.demo_values import MADE_UP, CountyInputs, DemoStreet, DemoStreetKind, Floats, Integers
from geo_app.domain.division_names import short_name, township_stem


class StreetBook:
    """Collects the county's streets, names them, and remembers which names are taken in each township."""

    def __init__(
        self, county: CountyInputs, ground: Ground, roads: dict[int, RealRoads], random: Generator
    ) -> None:
        self.county, self.ground, self.random = county, ground, random
        self.streets: list[DemoStreet] = []
        self.sources = {road.name: road.source for road in county.roads}
        self.unplaced = {i: list(real.others) for i, real in roads.items()}
        self.bridges = {i: list(real.bridges) for i, real in roads.items()}
        taken = [road.name for road in county.roads]
        self.lists: dict[int, NameList] = defaultdict(lambda: NameList(random, taken))
        self.groups: dict[int, int] = defaultdict(int)
        self.sites: list[tuple[Site, list[Floats]]] = []

    def add(self, site: Site, layout: Layout, bend: Bend, used: NDArray[np.bool_]) -> Integers:
        """Add a settlement's streets that are `used`, and its bridges; return their numbers here, -1 for the others."""
        numbers = np.full(len(layout.streets), -1, dtype=np.int64)
        lanes: dict[str, Iterator[str]] = {}
        names: list[str] = []
        lines: list[Floats] = []
        for i, planned in enumerate(layout.streets):
            keep = used[i] or planned.kind is DemoStreetKind.BRIDGE
            name, made_up = self._name(site, planned, names, lanes) if keep else ("", True)
            names.append(name)
            if keep:
                numbers[i] = len(self.streets)
                lines.append(bend(planned.path[:, 0], planned.path[:, 1]))
                self._append((name, planned.kind), site, lines[-1], made_up=made_up)
        self.sites.append((site, lines))
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

    def add_roads(self) -> None:
        """Add the roads down the valleys between the towns, and from each hamlet to the nearest road."""
        towns = [(site, lines) for site, lines in self.sites if site.village < 0]
        built: list[Floats] = []
        for valley in dict.fromkeys((self.ground.river, *(site.valley for site, _ in towns))):
            built += self._valley_road(valley, [site for site, _ in towns if site.valley is valley])
        self._hamlet_roads(built)

    def _valley_road(self, valley: Valley, towns: list[Site]) -> list[Floats]:
        """Lay the road along a valley, leaving out the stretches where it is a town's main road."""
        line = shapely.intersection(valley_road(valley), self.ground.county)
        for site in towns:
            half = site.size.length * 0.6 + 60
            along = np.linspace(site.centre - half, site.centre + half, 30)
            corridor = [valley.place(along, np.full(30, left)) for left in (0.0, 400.0)]
            line = shapely.difference(line, shapely.polygons(np.vstack([corridor[0], corridor[1][::-1]])).buffer(0))
        return []

    def _hamlet_roads(self, _built: list[Floats]) -> None:
        return None
