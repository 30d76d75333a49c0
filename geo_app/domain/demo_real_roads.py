"""The real roads of a town put in order by their gazetted ends: which run along the valley, which cross, and where."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from geo_app.domain.demo_values import RoadFact

Ends = tuple[str, str]
"""Names of the roads at the two ends: east and west, or south and north."""


@dataclass(frozen=True, slots=True)
class RealCrossing:
    """A real street across the valley, from row `east` to row `west`, at `place` (share of the town's length)."""

    name: str
    east: str
    west: str
    place: float


@dataclass(frozen=True)
class RealRoads:
    """The real roads of one town, ready for a layout.

    `rows` from the river (east) inwards, "" leaves a row free; `divided` rows have a north and a south section; `spans`
    gives for a row the crossings it begins and ends at; `others` and `bridges` are names without a known place.
    """

    rows: tuple[str, ...] = ()
    divided: frozenset[str] = frozenset()
    crossings: tuple[RealCrossing, ...] = ()
    spans: tuple[tuple[str, Ends], ...] = ()
    others: tuple[str, ...] = ()
    bridges: tuple[str, ...] = ()

    def reach(self, name: str, length: float, free: tuple[float, float]) -> tuple[float, float]:
        """Return a row's ends along the valley: at the crossings it is gazetted to end at, otherwise `free`."""
        places = {crossing.name: crossing.place for crossing in self.crossings}
        for road, (south, north) in self.spans:
            if road == name and south in places and north in places:
                return places[south] * length, places[north] * length
        return free


def arrange_real_roads(roads: Sequence[RoadFact]) -> RealRoads:
    """Return the roads of a town in order from east to west, as their gazetted ends say.

    A road with an east and a west end crosses the valley between the roads it ends at; the others run along it.
    """
    aliases = dict(_aliases(roads))
    across = {road.name: ends for road in roads if (ends := _ends(road, "东西", aliases))}
    along = [road for road in roads if road.name not in across and road.kind in {"道路", "公路"}]
    spans = _spans(along, aliases)
    order = _east_to_west(across, spans, list(dict.fromkeys(_bare(road.name) for road in along)))
    placed = [RealCrossing(name, *ends, _place(name, roads, spans)) for name, ends in across.items()]
    middles = [crossing for name, ends in spans.items() for crossing in _middle(name, along, order, aliases)]
    used = {crossing.name for crossing in middles}
    return RealRoads(
        rows=tuple(order) if across else ("", *order),
        divided=frozenset(_bare(road.name) for road in along if re.search("[南北]段", road.name)),
        crossings=(*placed, *middles),
        spans=tuple(spans.items()),
        others=tuple(road.name for road in roads if road.kind == "街" and road.name not in used),
        bridges=tuple(road.name for road in roads if road.kind == "桥梁"),
    )


def _aliases(roads: Sequence[RoadFact]) -> Iterator[tuple[str, str]]:
    """Yield second names of a road: 苏沙路/苏沙公路 are one."""
    for road in roads:
        first, *others = re.sub(r"[(（].*", "", road.name).split("/")
        yield from ((other, first) for other in others)


def _bare(name: str) -> str:
    """Return the road without its section and second names: 兴业路北段, 沫若大道(北段/南段), 苏沙路/苏沙公路."""
    return re.sub(r"[(（].*|/.*|[东南西北中]段$", "", name)


def _ends(road: RoadFact, sides: str, aliases: Mapping[str, str]) -> Ends | None:
    """Return the roads at both ends, in the order of `sides`; of two ends gazetted as west the second is east."""
    found = [(text[0], _road_in(text, aliases)) for text in (road.start, road.end) if text and text[0] in sides]
    if len(found) != len(sides):
        return None
    (first, one), (second, other) = found
    return (one, other) if first == sides[0] and second != sides[0] else (other, one)


def _road_in(end: str, aliases: Mapping[str, str]) -> str:
    match = re.search(r"[起止](.+?)(?:丁字|十字|路口)", end)
    name = _bare(match[1]) if match else ""
    return aliases.get(name, name)


def _spans(along: Sequence[RoadFact], aliases: Mapping[str, str]) -> dict[str, Ends]:
    """Return south and north end of each road over all its sections."""
    spans: dict[str, Ends] = {}
    for road in along:
        ends = _ends(road, "南北", aliases)
        if ends:
            south, north = spans.get(_bare(road.name), ends)
            spans[_bare(road.name)] = (
                south if "北段" in road.name else ends[0],
                north if "南段" in road.name else ends[1],
            )
    return spans


def _east_to_west(across: Mapping[str, Ends], spans: Mapping[str, Ends], along: list[str]) -> list[str]:
    """Return the rows in an order that agrees with every crossing; a row that ends at crossings lies between theirs."""
    pairs = [*across.values()]
    for road, ends in spans.items():
        for east, west in (across[end] for end in ends if end in across):
            pairs += [(east, road), (road, west)]
    names = list(dict.fromkeys([*along, *(name for pair in pairs for name in pair)]))
    sorter = TopologicalSorter({name: {east for east, west in pairs if west == name} for name in names})
    try:
        sorter.prepare()
    except CycleError:
        # The gazette contradicts itself: its own order is as good as any.
        return names
    return list(_nearest_first(sorter, names))


def _nearest_first(sorter: "TopologicalSorter[str]", names: list[str]) -> Iterator[str]:
    ready: list[str] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=names.index) + ready
        name = ready.pop(0)
        sorter.done(name)
        yield name


def _place(name: str, roads: Sequence[RoadFact], spans: Mapping[str, Ends]) -> float:
    """Return the share of the town's length: in the section the ends name, or at the end of the row that ends there."""
    text = next(road.start + road.end for road in roads if road.name == name)
    north = "北段" in text or any(name == end for _, end in spans.values())
    south = "南段" in text or any(name == start for start, _ in spans.values())
    return 0.22 if north else (-0.22 if south else 0.03)


def _middle(
    name: str, along: Sequence[RoadFact], order: Sequence[str], aliases: Mapping[str, str]
) -> Iterator[RealCrossing]:
    """Yield the street at which the two sections of a road meet: it crosses from the row before to the row behind."""
    sections = [_ends(road, "南北", aliases) for road in along if _bare(road.name) == name]
    rank = order.index(name)
    if len(sections) == 2 and 0 < rank < len(order) - 1:
        shared = set(sections[0] or ()) & set(sections[1] or ())
        yield from (RealCrossing(street, order[rank - 1], order[rank + 1], 0.0) for street in shared)
