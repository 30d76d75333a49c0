"""A demo county, made up from a seed on the real facts there are; one generator for any county and any size."""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.random import Generator
from numpy.typing import NDArray

from geo_app.domain.demo_doors import Settled, settle
from geo_app.domain.demo_ground import Ground, county_outline, county_town, derived_outlines, make_ground, river
from geo_app.domain.demo_layout import lay_out_for
from geo_app.domain.demo_numbers import numbers_on_walls
from geo_app.domain.demo_real_roads import RealRoads, arrange_real_roads
from geo_app.domain.demo_settlements import Settlement, free_buildings
from geo_app.domain.demo_sites import Site, choose_sites
from geo_app.domain.demo_street_lines import StreetBook
from geo_app.domain.demo_valley import Bend
from geo_app.domain.demo_values import BuildingColumns, CountyInputs, DemoCounty, EntranceColumns, Floats, Integers
from geo_app.domain.errors import DomainError

ROOM_PER_ADDRESS_KM2 = 0.0009
"""Ground a made-up outline offers per address, so that settlements find room."""

SURPLUS = (1.22, 1.5, 1.9, 2.4)
"""Settlements are laid out larger by these factors in turn: some buildings fall outside the county or into the way."""

OLD_STREETS = 0.55
"""Share of streets whose doors already carry numbers; the others are there to be planned."""


class CountyTooSmall(DomainError):
    """The county's ground does not hold so many addresses."""

    pattern = "{county} has room for about {room} made-up addresses, not for {wanted}."


class NothingToSettle(DomainError):
    """A demo needs at least one township, one village and one address."""

    pattern = "A demo county needs a township, a village and at least one address."


def generate(county: CountyInputs, *, addresses: int, seed: int, random: Generator | None = None) -> DemoCounty:
    """Return a made-up county with exactly `addresses` doors; the same arguments give the same county.

    `random` replaces the generator that `seed` starts. Raises NothingToSettle, CountyTooSmall.
    """
    if addresses < 1 or not county.townships or not county.villages:
        raise NothingToSettle
    source = random or np.random.default_rng(seed)
    ground = make_ground(county, addresses * ROOM_PER_ADDRESS_KM2, source)
    sites = choose_sites(county, ground, addresses, source)
    chief = county_town(county)
    roads = {i: _real_roads(county, i, chief) for i in {site.township for site in sites}}
    towns, kept = _settle_all((county, ground), (sites, roads), addresses, source)
    return _assemble(county, (ground, towns, kept, roads), seed, source)


def _real_roads(county: CountyInputs, township: int, chief: int) -> RealRoads:
    """The roads known to lie in a township; those of unknown place are taken to be the county town's."""
    code = county.townships[township].code
    mine = [road for road in county.roads if road.township == code or (road.township is None and township == chief)]
    return arrange_real_roads(mine)


def _settle_all(
    land: tuple[CountyInputs, Ground],
    plan: tuple[Sequence[Site], dict[int, RealRoads]],
    addresses: int,
    random: Generator,
) -> tuple[list[Settlement], list[NDArray[np.bool_]]]:
    """Return the settlements and which of their doors stay; laid out larger again until there are enough."""
    county, ground = land
    sites, roads = plan
    seeds = random.integers(2**62, size=len(sites))
    for surplus in SURPLUS:
        towns = [
            _build(site, roads[site.township] if site.village < 0 else RealRoads(), surplus, seed)
            for site, seed in zip(sites, seeds, strict=True)
        ]
        free = free_buildings(ground, towns)
        orders = [_from_the_middle(ground, *pair) for pair in zip(towns, free, strict=True)]
        room = sum(len(order) for order in orders)
        if room >= addresses:
            return towns, _keep(towns, orders, addresses)
    raise CountyTooSmall(county=county.county.name, room=room, wanted=addresses)


def _build(site: Site, real: RealRoads, surplus: float, seed: int) -> Settlement:
    random = np.random.default_rng(seed)
    layout = lay_out_for(site.doors * surplus + 6, site.size, real, random)
    calm = site.size.water + 26 + 75 if site.size.water else 0.0
    bend = Bend.at(site.valley, site.centre, calm, random)
    return Settlement(site, layout, bend, settle(layout, bend, random))


def _keep(towns: Sequence[Settlement], orders: Sequence[Integers], addresses: int) -> list[NDArray[np.bool_]]:
    """Return which doors of each settlement stay, exactly `addresses` in all: the innermost ones."""
    held = np.array([len(order) for order in orders])
    quota = np.minimum(held, [town.site.doors for town in towns])
    spare = held - quota
    missing = addresses - int(quota.sum())
    reached = np.floor(np.cumsum(spare) / max(int(spare.sum()), 1) * missing + 1e-6).astype(np.int64)
    quota += np.diff(reached, prepend=0)
    return [_mask(len(t.settled.doors), order[:n]) for t, order, n in zip(towns, orders, quota, strict=True)]


def _from_the_middle(ground: Ground, town: Settlement, free: NDArray[np.bool_]) -> Integers:
    doors = town.settled.doors
    rank = np.lexsort((np.arange(len(doors)), town.settled.rank[town.settled.building]))
    stays = shapely.contains_xy(ground.county, doors[:, 0], doors[:, 1]) & free[town.settled.building]
    return rank[stays[rank]]


def _mask(size: int, chosen: Integers) -> NDArray[np.bool_]:
    mask = np.zeros(size, dtype=bool)
    mask[chosen] = True
    return mask


Parts = tuple[Ground, Sequence[Settlement], Sequence[NDArray[np.bool_]], dict[int, RealRoads]]


def _assemble(county: CountyInputs, parts: Parts, seed: int, random: Generator) -> DemoCounty:
    ground, towns, kept, roads = parts
    book = StreetBook(county, ground, roads, random)
    streets, doors_of, buildings_of = [], [], []
    first = 0
    for town, mask in zip(towns, kept, strict=True):
        used, building_used = _used(town, mask)
        numbers = book.add(town.site, town.layout, town.bend, used)
        streets.append(numbers)
        doors_of.append(np.cumsum(building_used)[town.settled.building[mask]] - 1 + first)
        buildings_of.append(building_used)
        first += int(building_used.sum())
    walls = np.concatenate([t.settled.corners[b] for t, b in zip(towns, buildings_of, strict=True)])
    book.add_roads(shapely.STRtree(list(shapely.get_parts(shapely.polygons(walls)))))
    door_street = _joined([s[t.settled.door_street[m]] for s, t, m in zip(streets, towns, kept, strict=True)])
    doors = np.concatenate([t.settled.doors[m] for t, m in zip(towns, kept, strict=True)])
    settled = [t.settled for t in towns]
    village = ground.village_at(doors)
    building = _joined(doors_of)
    side = _joined([s.side[m] for s, m in zip(settled, kept, strict=True)])
    along = np.concatenate([s.along[m] for s, m in zip(settled, kept, strict=True)])
    numbered = random.random(len(book.streets)) < OLD_STREETS
    degrees = ground.plane.to_degrees(doors)
    entrances = EntranceColumns(
        degrees[:, 0],
        degrees[:, 1],
        door_street,
        building,
        village,
        numbers_on_walls(door_street, side, along, numbered, random),
        side,
        np.concatenate([s.secondary[m] for s, m in zip(settled, kept, strict=True)]),
    )
    buildings = _buildings(ground, settled, (buildings_of, streets), (building, village, first))
    return DemoCounty(
        county.county,
        county_outline(county, ground),
        county.townships,
        county.villages,
        derived_outlines(county, ground),
        river(ground),
        tuple(book.streets),
        buildings,
        entrances,
        seed,
    )


def _used(town: Settlement, mask: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which streets and which buildings of a settlement keep a door."""
    streets = np.zeros(len(town.layout.streets), dtype=bool)
    streets[town.settled.door_street[mask]] = True
    buildings = np.zeros(len(town.settled.street), dtype=bool)
    buildings[town.settled.building[mask]] = True
    streets[town.settled.street[buildings]] = True
    return streets, buildings


def _joined(parts: Sequence[Integers]) -> Integers:
    return np.concatenate(parts).astype(np.int64)


def _buildings(
    ground: Ground,
    settled: Sequence[Settled],
    chosen: tuple[Sequence[NDArray[np.bool_]], Sequence[Integers]],
    doors: tuple[Integers, Integers, int],
) -> BuildingColumns:
    masks, streets = chosen
    building, village, count = doors
    corners: Floats = np.concatenate([s.corners[m] for s, m in zip(settled, masks, strict=True)])
    of_building = np.zeros(count, dtype=np.int64)
    of_building[building] = village
    return BuildingColumns(
        ground.plane.to_degrees(corners.reshape(-1, 2)).reshape(-1, 4, 2),
        _joined([n[s.street[m]] for n, s, m in zip(streets, settled, masks, strict=True)]),
        of_building,
        _joined([s.kind[m] for s, m in zip(settled, masks, strict=True)]),
        _joined([s.floors[m] for s, m in zip(settled, masks, strict=True)]),
    )
