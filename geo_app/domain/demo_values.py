"""What the demo generator is given and what it makes: a county whose streets, buildings and doors are made up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiPolygon, Polygon

from geo_app.domain.division import Division, DivisionCode, Level, Outline
from geo_app.domain.message import marked
from geo_app.domain.position import Position

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MADE_UP = marked("made up by the demo generator")
"""Source of everything nobody surveyed."""


class DemoStreetKind(StrEnum):
    """What a made-up line is."""

    ROAD = "road"  # 大道, 路: along the valley
    STREET = "street"  # 街: across it
    LANE = "lane"  # 巷: between two streets, or a dead end
    RIVERSIDE = "riverside"  # houses on one side only
    HIGHWAY = "highway"  # 公路, 村道: without doors
    BRIDGE = "bridge"
    VILLAGE_GROUP = "village_group"  # X村3组: a village's lane


class DemoBuildingKind(StrEnum):
    """What a made-up building is."""

    SHOPS = "shops"
    HOUSE = "house"
    COMPOUND = "compound"  # school, works: a long wall with one gate
    FARMHOUSE = "farmhouse"


BUILDING_KINDS = tuple(DemoBuildingKind)
"""`BuildingColumns.kind` counts in this order."""


@dataclass(frozen=True, slots=True)
class RoadFact:
    """A real road: official name, its ends as gazetted (东起…十字路口), the township it is known to lie in, source."""

    name: str
    kind: str
    start: str = ""
    end: str = ""
    township: DivisionCode | None = None
    source: str = ""


SOMEWHERE = Position(104.0, 30.0)
"""Where a county without outline is put: in Sichuan, but nowhere in particular."""


@dataclass(frozen=True)
class CountyInputs:
    """The real facts a demo stands on; all but the divisions may be missing.

    `areas` in km² by township or village code; `seats` are known positions of township offices; `centre` is where a
    county without outline is put.
    """

    county: Division
    divisions: tuple[Division, ...]
    outline: Outline | None = None
    roads: tuple[RoadFact, ...] = ()
    areas: Mapping[DivisionCode, float] = field(default_factory=dict)
    seats: Mapping[DivisionCode, Position] = field(default_factory=dict)
    centre: Position = SOMEWHERE

    @cached_property
    def townships(self) -> tuple[Division, ...]:
        """Return the county's townships by code."""
        return self._of(Level.TOWNSHIP)

    @cached_property
    def villages(self) -> tuple[Division, ...]:
        """Return the county's villages and communities by code."""
        return self._of(Level.VILLAGE)

    def _of(self, level: Level) -> tuple[Division, ...]:
        mine = [d for d in self.divisions if d.level is level and d.code.lies_in(self.county.code)]
        return tuple(sorted(mine, key=lambda d: d.code))


@dataclass(frozen=True, slots=True)
class DemoStreet:
    """A street: its line is always made up; `made_up` says whether the name is, too.

    `line` in degrees of SRID 4490, drawn from the end numbers start at (south or east).
    """

    name: str
    kind: DemoStreetKind
    division_code: DivisionCode
    line: LineString
    made_up: bool
    source: str


@dataclass(frozen=True, slots=True)
class DemoBuilding:
    """A made-up building; `street` counts in DemoCounty.streets."""

    shape: Polygon
    kind: DemoBuildingKind
    floors: int
    street: int
    village_code: DivisionCode


@dataclass(frozen=True, slots=True)
class DemoEntrance:
    """A made-up door on the street side of its building; `number` as on the wall, None where there is none."""

    street_name: str
    position: Position
    number: str | None
    street: int
    building: int
    village_code: DivisionCode
    secondary: bool


@dataclass(frozen=True, slots=True)
class BuildingColumns:
    """Buildings by column: `corners` (n, 4, 2) degrees; `street` and `village` index DemoCounty's tuples."""

    corners: Floats
    street: Integers
    village: Integers
    kind: Integers
    floors: Integers

    def __len__(self) -> int:
        return len(self.street)

    def shapes(self) -> NDArray[np.object_]:
        """Return the polygons in degrees of SRID 4490."""
        return np.asarray(shapely.polygons(self.corners))


@dataclass(frozen=True, slots=True)
class EntranceColumns:
    """Doors by column: `lon`, `lat` degrees; indexes `street`, `building`, `village`; `number` text, "" for none.

    `side` is +1 left, -1 right of the street as drawn; `secondary` marks the second door of a corner building.
    """

    lon: Floats
    lat: Floats
    street: Integers
    building: Integers
    village: Integers
    number: NDArray[np.str_]
    side: Integers
    secondary: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.lon)


@dataclass(frozen=True, slots=True)
class DemoCounty:
    """A generated county; everything but division codes, names and an outline given is made up.

    `outline` has derived=True where the county's own outline is made up as well; `river` is water in degrees.
    """

    county: Division
    outline: Outline
    townships: tuple[Division, ...]
    villages: tuple[Division, ...]
    outlines: tuple[Outline, ...]
    river: Polygon | MultiPolygon
    streets: tuple[DemoStreet, ...]
    buildings: BuildingColumns
    entrances: EntranceColumns
    seed: int

    def building_values(self) -> Iterator[DemoBuilding]:
        """Yield the buildings one by one."""
        columns = self.buildings
        for i, shape in enumerate(columns.shapes()):
            village = self.villages[columns.village[i]].code
            kind = BUILDING_KINDS[columns.kind[i]]
            yield DemoBuilding(shape, kind, int(columns.floors[i]), int(columns.street[i]), village)

    def entrance_values(self) -> Iterator[DemoEntrance]:
        """Yield the doors one by one."""
        columns = self.entrances
        for i in range(len(columns)):
            street = int(columns.street[i])
            yield DemoEntrance(
                self.streets[street].name,
                Position(float(columns.lon[i]), float(columns.lat[i])),
                str(columns.number[i]) or None,
                street,
                int(columns.building[i]),
                self.villages[columns.village[i]].code,
                bool(columns.secondary[i]),
            )
