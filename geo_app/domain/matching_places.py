"""The streets and estates of a register, to be found by exact key, by road alone, or one slip away."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from geo_app.domain.cleaning import comparable
from geo_app.domain.matching_names import DivisionChain, StreetKey, division_chain, division_pieces, street_key
from geo_app.domain.matching_near import NearNames
from geo_app.domain.parsing_gazetteer import KnownDivision


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A street (or, without one, an estate) as the register writes it, and the division its addresses lie in."""

    division_id: int
    street: str
    estate: str = ""


@dataclass(frozen=True, slots=True)
class Division:
    """A division: its key, the one above it, its code, level (1 province to 6 grid cell) and name."""

    id: int
    parent_id: int | None
    code: str
    level: int
    name: str


VILLAGE = 5
MOST_ANSWERS = 200_000
"""Answers about divisions kept in mind, so that texts made up by the million do not fill the memory."""


TOWNSHIP, COUNTY, CITY = 4, 3, 2
TOWNS = frozenset({"乡", "镇", "街道"})


def _pieces(division: Division) -> Iterator[KnownDivision]:
    *upper, lowest = division_pieces(division.name) or [(division.name, "")]
    for name, generic in upper:
        yield KnownDivision(division.code[:2], CITY if generic == "市" else COUNTY, name)
    if not upper:
        yield KnownDivision(division.code, division.level, division.name)
    else:
        name, generic = lowest
        yield KnownDivision(division.code, TOWNSHIP if generic in TOWNS else COUNTY, name)


@dataclass(slots=True)
class Places:
    """What a process keeps of the register: its streets, estates and divisions; grows, and forgets nothing.

    A street that has no address any more stays: the database finds none on it.
    """

    divisions: dict[int, Division] = field(default_factory=dict)
    streets: dict[str, list[PlaceName]] = field(default_factory=lambda: defaultdict(list))
    roads: dict[str, list[PlaceName]] = field(default_factory=lambda: defaultdict(list))
    estates: dict[str, list[PlaceName]] = field(default_factory=lambda: defaultdict(list))
    near: NearNames = field(default_factory=NearNames)
    keys: dict[str, StreetKey] = field(default_factory=dict)
    known: dict[PlaceName, None] = field(default_factory=dict)
    _held: dict[tuple[int, tuple[str, ...]], bool] = field(default_factory=dict)
    _chains: dict[int, DivisionChain] = field(default_factory=dict)
    _villages: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add_divisions(self, divisions: Iterable[Division]) -> None:
        """Take divisions in, or their new names."""
        self.divisions |= {one.id: one for one in divisions}
        self._chains.clear()
        self._held.clear()
        self._villages.clear()
        for one in self.divisions.values():
            if one.level == VILLAGE:
                self._villages[self.chain(one.id).village].append(one.id)

    def add(self, places: Iterable[PlaceName]) -> None:
        """Take streets and estates in."""
        for place in places:
            if place not in self.known:
                self.known[place] = None
                self._add(place)

    def _add(self, place: PlaceName) -> None:
        if place.estate:
            self.estates[comparable(place.estate)].append(place)
        if place.street:
            key = self.key_of(place.street)
            self.streets[key.whole].append(place)
            self.roads[key.road].append(place)
            self.near.add([key.road])

    def key_of(self, street: str) -> StreetKey:
        """Return the key of a street's name, made once."""
        if street not in self.keys:
            self.keys[street] = street_key(street)
        return self.keys[street]

    def chain(self, division_id: int) -> DivisionChain:
        """Return the names above an address of a division; one that is known by its code alone has none."""
        if division_id not in self._chains:
            names: list[str] = []
            village, step = "", self.divisions.get(division_id)
            while step is not None:
                if step.level == VILLAGE:
                    village = step.name
                elif step.level < VILLAGE and not step.name.isdigit():
                    names.append(step.name)
                step = self.divisions.get(step.parent_id or 0)
            self._chains[division_id] = division_chain(names[::-1], village)
        return self._chains[division_id]

    def holds(self, division_id: int, above: tuple[str, ...]) -> bool:
        """Tell whether stated divisions may be those above; of more levels than are named only the lowest count."""
        key = division_id, above
        if key not in self._held:
            if len(self._held) > MOST_ANSWERS:
                self._held.clear()
            chain = self.chain(division_id)
            self._held[key] = all(chain.holds(name) for name in above[-len(chain.names) :] if chain.names)
        return self._held[key]

    def villages(self, stem: str) -> list[int]:
        """Return the divisions of villages called so."""
        return self._villages.get(stem, [])

    def known_divisions(self) -> Iterator[KnownDivision]:
        """Yield the divisions as the parser looks them up; 桃園市桃園區, in one name, is a city and its district."""
        for one in self.divisions.values():
            if one.level == VILLAGE:
                yield KnownDivision(one.code, VILLAGE, one.name)
            elif one.level < VILLAGE and not one.name.isdigit():
                yield from _pieces(one)

    def is_known_road(self, road: str) -> bool:
        """Tell whether any address of the register lies on a road of this key."""
        return road in self.near.names
