"""Estates and their plans as the API shows and takes them."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

import shapely
from pydantic import BaseModel, Field

from geo_app.domain.estate import BUILDING_WORDS, Estate, EstateBuilding, Gate
from geo_app.domain.estate_address import read_gate_number
from geo_app.domain.estate_refusals import BuildingShapeUnusable
from geo_app.domain.estate_spec import read_spec
from geo_app.domain.numbering_rule import BUILDING_ORDERS, UNIT_ORDERS, NumberingRule
from geo_app.domain.position import Position
from geo_app.exchange.numbering_rules import DEFAULT, load_rule
from geo_app.services.estate_plans import EstateRequest
from geo_app.web.api import Asked, Body, Id, PageOf
from geo_app.web.divisions_models import TEXT
from geo_app.web.geojson import Coordinate, PolygonGeometry
from geo_app.web.streets_models import Latitude, Longitude

Count = Annotated[int, Field(ge=0, le=100_000)]
FLOORS = "Exceptions by floor, parted by commas: "


class EstatesAsked(Asked):
    """Which estates are asked for."""

    name: str = Field("", max_length=100, pattern=TEXT, description="Part of the name.")
    division: str = Field("", pattern=r"^\d{0,15}$", description="Code of a division that the estate lies in.")
    status: str = Field("", pattern="^(|none|draft|submitted|approved|published|undone)$")


class EstateItem(BaseModel):
    """An estate in the list, with its latest plan that was not withdrawn."""

    id: int
    name: str
    naming: str = Field(description="proposed, approved")
    division: str | None
    division_code: str | None
    gate: str | None = Field(description="The gate's current address.")
    plan: int | None
    plan_status: str = Field(description="none without a plan")
    buildings: int | None
    units: int | None
    rooms: int | None
    version: int


class EstatePage(PageOf[EstateItem]):
    """One page of estates."""


class EstateAdded(Body):
    """An estate to be entered."""

    name: str = Field(min_length=1, max_length=100, pattern=TEXT)
    division_code: str = Field(pattern=r"^\d{6}(\d{3}){0,2}$", description="County, township or village.")


class PlanOfEstate(BaseModel):
    """A plan of an estate, without its buildings."""

    id: int
    estate_id: int
    estate: str
    title: str
    status: str
    version: int
    corrects: int | None = Field(description="The plan that this one takes back.")
    undone_by: int | None
    buildings: int
    units: int
    rooms: int
    created_by: str | None
    created_at: str | None
    submitted_by: str | None
    submitted_at: str | None
    approved_by: str | None
    approved_at: str | None
    published_by: str | None
    published_at: str | None
    may: list[str] = Field(description="What the caller may do to it now.")


class EstateShown(BaseModel):
    """An estate with its plans, the latest first."""

    id: int
    name: str
    naming: str
    division: str | None
    division_code: str | None
    gate: str | None
    version: int
    alike: list[str] = Field(description="Names in the county that look or sound like this one.")
    plans: list[PlanOfEstate]


class SpecAsked(Body):
    """What is inside a building, the same in each unit."""

    units: Count = Field(1, description="0: rooms hang on the building itself.")
    floors: Count = Field(6, description="Floors above the ground, from 1.")
    underground: Count = Field(0, description="Floors below the ground, from -1 down.")
    rooms: Count = Field(2, description="Rooms a floor of one unit.")
    underground_rooms: Count = 0
    rooms_on: str = Field("", max_length=2000, pattern=TEXT, description=FLOORS + "1:0, 5-7:4")
    missing: str = Field("", max_length=2000, pattern=TEXT, description=FLOORS + "13:reason")
    signs: str = Field("", max_length=2000, pattern=TEXT, description=FLOORS + "13:12A:reason")
    unit_order: str = Field("", json_schema_extra={"enum": ["", *UNIT_ORDERS]})
    unit_names: str = Field("", max_length=1000, pattern=TEXT, description="Names by hand, parted by commas.")


class BuildingAsked(Body):
    """A building to be numbered."""

    key: str = Field(min_length=1, max_length=64, pattern=TEXT, description="Any text that tells it from the others.")
    outline: PolygonGeometry
    name: str = Field("", max_length=60, pattern=TEXT)
    kept: str = Field("", max_length=12, pattern=TEXT, description="The number that it has already.")
    hand: str = Field("", max_length=12, pattern=TEXT, description="A number set by hand.")
    building_id: Id | None = Field(None, description="The register's building with this footprint.")
    spec: SpecAsked = Field(default_factory=lambda: SpecAsked.model_validate({}))


class GateAsked(Body):
    """The main gate: where, on which street, its number there."""

    lon: Longitude | None = None
    lat: Latitude | None = None
    street_id: Id | None = None
    number: str = Field("", max_length=20, pattern=TEXT)


class EstateRuleAsked(Body):
    """How buildings and units are counted."""

    building_order: str = Field(BUILDING_ORDERS[0], json_schema_extra={"enum": list(BUILDING_ORDERS)})
    unit_order: str = Field(UNIT_ORDERS[0], json_schema_extra={"enum": list(UNIT_ORDERS)})


class EstateDrawn(Body):
    """An estate as it was drawn, and how it is counted."""

    buildings: list[BuildingAsked] = Field(default_factory=list, max_length=2000)
    gate: GateAsked = Field(default_factory=lambda: GateAsked.model_validate({}))
    boundary: PolygonGeometry | None = None
    reserved: dict[Annotated[int, Field(ge=1, le=999)], Annotated[str, Field(max_length=200, pattern=TEXT)]] = Field(
        default_factory=dict, max_length=200, description="Numbers kept free, with their reasons."
    )
    word: Literal["幢", "栋", "号楼", "座"] = BUILDING_WORDS[0]  # type: ignore[assignment]  # the first of them
    rule: EstateRuleAsked = Field(default_factory=lambda: EstateRuleAsked.model_validate({}))
    title: str = Field("", max_length=200, pattern=TEXT)

    def request(self) -> EstateRequest:
        """Return what is asked for. Raises what the domain refuses."""
        rule = load_rule(DEFAULT).with_overrides(**self.rule.model_dump())
        return EstateRequest(self._estate(), rule, self.title)

    def _estate(self) -> Estate:
        gate = self.gate
        position = None if gate.lon is None or gate.lat is None else Position(gate.lon, gate.lat)
        number = read_gate_number(gate.number)
        ground = _polygon(self.boundary, "") if self.boundary else None
        buildings = tuple(self._buildings())
        return Estate(buildings, Gate(position, gate.street_id, number), ground, self.reserved, self.word)

    def _buildings(self) -> Iterator[EstateBuilding]:
        for one in self.buildings:
            yield EstateBuilding(
                one.key, _polygon(one.outline, one.kept or one.hand or one.name or one.key),
                read_spec(one.spec.model_dump()), one.kept.strip(), one.hand.strip(), one.name, one.building_id,
            )  # fmt: skip


def _polygon(outline: PolygonGeometry, name: str) -> shapely.Polygon:
    try:
        shape = shapely.Polygon(outline.coordinates[0], outline.coordinates[1:])
    except ValueError as broken:
        raise BuildingShapeUnusable(building=name) from broken
    if not shape.is_valid or shape.area <= 0:
        raise BuildingShapeUnusable(building=name)
    return shape


class FloorShown(BaseModel):
    """A floor of each unit of a building, with its rooms from left to right."""

    floor: int
    sign: str | None
    sign_reason: str | None
    rooms: list[str]


class BuildingProperties(BaseModel):
    """A building with its number and why."""

    key: str
    place: int = Field(description="Its place on the walk, from 1.")
    row: int
    number: str
    text: str
    kept: bool
    by_hand: bool
    settled: bool = Field(description="It has its addresses already; nothing about it changes.")
    reason: str
    name: str
    building_id: int | None
    spec: dict[str, int | str]
    units: list[str]
    unit_reason: str
    floors: list[FloorShown]
    rooms: int
    label: Coordinate


class BuildingFeature(BaseModel):
    """A footprint."""

    type: Literal["Feature"] = "Feature"
    geometry: PolygonGeometry
    properties: BuildingProperties


class Buildings(BaseModel):
    """The buildings of an estate in walking order."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[BuildingFeature]


class EstateFindingShown(BaseModel):
    """A broken quality rule, and the buildings it concerns."""

    kind: str
    severity: str
    message: str
    keys: list[str]


class UnitShown(BaseModel):
    """A unit's place in its building."""

    key: str
    unit: str
    lon: float
    lat: float


class EstateNumbers(BaseModel):
    """The numbers of an estate."""

    buildings: Buildings
    walk: list[Coordinate]
    unit_places: list[UnitShown]
    gate: dict[str, Any]
    boundary: PolygonGeometry | None
    reserved: dict[int, str]
    word: str
    turn: float = Field(description="Degrees by which the estate stands turned against the compass.")
    findings: list[EstateFindingShown]
    counts: dict[str, int]


class EstatePlanShown(EstateNumbers):
    """A stored plan."""

    plan: PlanOfEstate
    rule: dict[str, str]


class EstatePlanStep(BaseModel):
    """A plan after a step."""

    plan: PlanOfEstate


class FootprintShown(BaseModel):
    """A building as a file or the register has it."""

    key: str
    outline: PolygonGeometry
    name: str
    kept: str
    building_id: int | None
    spec: dict[str, int | str]


class FootprintsShown(BaseModel):
    """Buildings that may be taken over; nothing was written."""

    buildings: list[FootprintShown]
    problems: list[str]


class GroundAsked(Body):
    """A ground whose buildings are asked for."""

    boundary: PolygonGeometry

    @property
    def shape(self) -> shapely.Polygon:
        """Return the ground in degrees. Raises BuildingShapeUnusable."""
        return _polygon(self.boundary, "")


class PlaceAsked(Body):
    """A place on the ground."""

    lon: Longitude
    lat: Latitude


class GateStreetShown(BaseModel):
    """A street near a gate, and the numbers next to it."""

    id: int
    name: str
    metres: int
    approved: bool
    doors: list[str]


def rule_of(rule: NumberingRule) -> dict[str, str]:
    """Return the fields of a rule that concern estates."""
    return {"building_order": rule.building_order, "unit_order": rule.unit_order}
