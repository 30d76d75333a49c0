"""A demo county, made up from a seed on the real facts there are; one generator for any county and any size."""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.random import Generator
from numpy.typing import NDArray

from geo_app.domain.demo_doors import settle
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

BORDER = 2.0
"""Metres from the county's border within which there is no door."""

MOST_PER_KM2 = 12_000
"""Doors per km² that no layout holds; asked for more the generator does not even try."""

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
    room = int(ground.county.area / 1e6 * MOST_PER_KM2)
    if addresses > room:
        raise CountyTooSmall(county=county.county.name, room=room, wanted=addresses)
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
    inside = shapely.contains_xy(ground.county.buffer(-BORDER), doors[:, 0], doors[:, 1])
    stays = inside & free[town.settled.building]
    if town.site.village >= 0:
        # A village's group has no house in the next village.
        stays &= ground.village_at(doors) == town.site.village
    return rank[stays[rank]]


def _mask(size: int, chosen: Integers) -> NDArray[np.bool_]:
    mask = np.zeros(size, dtype=bool)
    mask[chosen] = True
    return mask


Parts = tuple[Ground, Sequence[Settlement], Sequence[NDArray[np.bool_]], dict[int, RealRoads]]


def _assemble(county: CountyInputs, parts: Parts, seed: int, random: Generator) -> DemoCounty:
    ground, towns, kept, roads = parts
    used = [_used(*pair) for pair in zip(towns, kept, strict=True)]
    book = StreetBook(county, ground, roads, random)
    streets = [book.add(t.site, t.layout, t.bend, on) for t, (on, _) in zip(towns, used, strict=True)]
    walls = np.concatenate([t.settled.corners[built] for t, (_, built) in zip(towns, used, strict=True)])
    book.add_roads(shapely.STRtree(list(shapely.get_parts(shapely.polygons(walls)))))
    built = [built for _, built in used]
    numbered = random.random(len(book.streets)) < OLD_STREETS
    entrances = _entrances(ground, (towns, kept, built, streets), numbered, random)
    return DemoCounty(
        county.county,
        county_outline(county, ground),
        county.townships,
        county.villages,
        derived_outlines(county, ground),
        river(ground),
        tuple(book.streets),
        _buildings(ground, (towns, built, streets), entrances),
        entrances,
        seed,
    )


Chosen = tuple[Sequence[Settlement], Sequence[NDArray[np.bool_]], Sequence[NDArray[np.bool_]], Sequence[Integers]]
"""Settlements; which of their doors and which of their buildings stay; the numbers of their streets in the county."""


def _entrances(ground: Ground, chosen: Chosen, numbered: NDArray[np.bool_], random: Generator) -> EntranceColumns:
    towns, kept, built, streets = chosen
    settled = [town.settled for town in towns]
    street = _joined([n[s.door_street[m]] for n, s, m in zip(streets, settled, kept, strict=True)])
    side = _joined([s.side[m] for s, m in zip(settled, kept, strict=True)])
    along = np.concatenate([s.along[m] for s, m in zip(settled, kept, strict=True)])
    metres = np.concatenate([s.doors[m] for s, m in zip(settled, kept, strict=True)])
    first = np.cumsum([0, *(int(mask.sum()) for mask in built)])
    building = [
        np.cumsum(b)[s.building[m]] - 1 + n for b, s, m, n in zip(built, settled, kept, first[:-1], strict=True)
    ]
    degrees = ground.plane.to_degrees(metres)
    return EntranceColumns(
        degrees[:, 0],
        degrees[:, 1],
        street,
        _joined(building),
        ground.village_at(metres),
        numbers_on_walls(street, side, along, numbered, random),
        side,
        np.concatenate([s.secondary[m] for s, m in zip(settled, kept, strict=True)]),
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
    chosen: tuple[Sequence[Settlement], Sequence[NDArray[np.bool_]], Sequence[Integers]],
    entrances: EntranceColumns,
) -> BuildingColumns:
    towns, built, streets = chosen
    settled = [town.settled for town in towns]
    corners: Floats = np.concatenate([s.corners[m] for s, m in zip(settled, built, strict=True)])
    village = np.zeros(len(corners), dtype=np.int64)
    # A building lies where its doors lie.
    village[entrances.building] = entrances.village
    return BuildingColumns(
        ground.plane.to_degrees(corners.reshape(-1, 2)).reshape(-1, 4, 2),
        _joined([n[s.street[m]] for n, s, m in zip(streets, settled, built, strict=True)]),
        village,
        _joined([s.kind[m] for s, m in zip(settled, built, strict=True)]),
        _joined([s.floors[m] for s, m in zip(settled, built, strict=True)]),
    )
