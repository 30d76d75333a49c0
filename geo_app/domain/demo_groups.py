"""The demo's village groups: lanes that lie together are one group's, its mouth is where the road is nearest."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from geo_app.domain.demo_values import DemoCounty, DemoStreetKind
from geo_app.domain.division import DivisionCode
from geo_app.domain.position import Position
from geo_app.domain.street_group import touching_groups
from geo_app.domain.street_piece import Geometries

TOGETHER = 0.0004
"""Half of how far lanes of one group may lie apart, in degrees: some 80 m in all."""

FEW_HOUSES = 8
"""With fewer houses lanes belong to the group next to them."""


@dataclass(frozen=True, slots=True)
class DemoGroup:
    """A group of a village: its lanes (indices in DemoCounty.streets) have no names of their own."""

    name: str
    village_code: DivisionCode
    lanes: tuple[int, ...]
    mouth: Position


def gather_groups(county: DemoCounty) -> list[DemoGroup]:
    """Return the county's village groups, counted in each village."""
    lanes = [i for i, street in enumerate(county.streets) if street.kind is DemoStreetKind.VILLAGE_GROUP]
    if not lanes:
        return []
    roads = [street.line for street in county.streets if street.kind is DemoStreetKind.HIGHWAY]
    villages = [county.streets[i].division_code.text for i in lanes]
    near = touching_groups(villages, shapely.buffer(_lines(county, lanes), TOGETHER, quad_segs=2))
    houses = Counter(county.entrances.street.tolist())
    counted: Counter[str] = Counter()
    groups = []
    for members in _large_enough(county, _by_group(lanes, near.tolist()), houses):
        code = county.streets[members[0]].division_code
        counted[code.text] += 1
        mouth = _mouth(_lines(county, members), roads)
        groups.append(DemoGroup(f"{counted[code.text]}组", code, tuple(members), mouth))
    return groups


def _lines(county: DemoCounty, lanes: Sequence[int]) -> Geometries:
    lines = np.empty(len(lanes), dtype=object)
    lines[:] = [county.streets[i].line for i in lanes]
    return lines


def _by_group(lanes: Sequence[int], near: Sequence[int]) -> list[list[int]]:
    groups: dict[int, list[int]] = defaultdict(list)
    for lane, group in zip(lanes, near, strict=True):
        groups[group].append(lane)
    return list(groups.values())


def _large_enough(county: DemoCounty, groups: list[list[int]], houses: Mapping[int, int]) -> list[list[int]]:
    """Return the groups; lanes with few houses go to the nearest group of their village that has enough."""
    by_village: dict[str, list[list[int]]] = defaultdict(list)
    for group in groups:
        by_village[county.streets[group[0]].division_code.text].append(group)
    found: list[list[int]] = []
    for own in by_village.values():
        large = [group for group in own if sum(houses.get(lane, 0) for lane in group) >= FEW_HOUSES] or own[:1]
        shapes = [shapely.multilinestrings(_lines(county, group)) for group in large]
        for small in (group for group in own if group not in large):
            apart = shapely.distance(np.array(shapes, dtype=object), shapely.multilinestrings(_lines(county, small)))
            large[int(np.argmin(apart))].extend(small)
        found += large
    return found


def _mouth(lanes: Geometries, roads: Sequence[shapely.LineString]) -> Position:
    """Return the place of the lanes that is nearest to a road; without roads the first position drawn."""
    ground = shapely.multilinestrings(lanes)
    if not roads:
        return Position(*lanes[0].coords[0])
    nearest = int(shapely.STRtree(roads).nearest(ground))
    meeting = shapely.get_point(shapely.shortest_line(ground, roads[nearest]), 0)
    return Position(float(shapely.get_x(meeting)), float(shapely.get_y(meeting)))
