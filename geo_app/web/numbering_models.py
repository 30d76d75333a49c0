"""Numbering plans as the API shows and takes them."""

from typing import Any

from pydantic import BaseModel, Field

from geo_app.domain import numbering_rule as words
from geo_app.web.api import Asked, Body, Id, PageOf
from geo_app.web.geojson import Coordinate, Lines, Points
from geo_app.web.streets_models import StreetItem
from geo_app.web.village_groups_models import GroupItem

Word = str | list[str] | None
EXISTING = "Missing doors are numbered by the method (keep) or as the walls suggest (continue); what hangs stays."
MOVED = "Doors (entrance ids) that give up their number and are numbered anew."
ONE_OR_TWO = "One value, or two: for streets that run east and west, and for those that run north and south."


class RuleAsked(Body):
    """A practice, and the fields that are different for this street."""

    preset: str = Field(description="Name of a rule, see /api/v1/rules.")
    method: str | None = Field(None, json_schema_extra={"enum": list(words.METHODS)})
    start: Word = Field(None, description=f"{', '.join(words.STARTS)}. {ONE_OR_TWO}")
    odd_side: Word = Field(None, description=f"{', '.join(words.ODD_SIDES)}. {ONE_OR_TWO}")
    step: float | None = Field(None, description="Metres.")
    reserve_lane: int | None = Field(None, description="Numbers kept free for each unnamed lane.")
    reserve_metres: float | None = Field(None, description="One number for so many metres of wall; 0: none.")
    one_sided: bool | None = None
    sub_number: str | None = Field(None, json_schema_extra={"enum": list(words.SUB_NUMBERS)})
    corner: str | None = Field(None, json_schema_extra={"enum": list(words.CORNERS)})
    temporary: str | None = Field(None, json_schema_extra={"enum": list(words.TEMPORARY)})
    existing: str | None = Field(None, json_schema_extra={"enum": list(words.EXISTING)}, description=EXISTING)
    skip: str | list[int] | None = None
    skip_reason: str | None = None
    village: str | None = Field(None, json_schema_extra={"enum": list(words.VILLAGES)})
    village_added: str | None = Field(None, json_schema_extra={"enum": list(words.VILLAGE_ADDED)})
    village_reserve: int | None = Field(None, description="Numbers kept free after every village_every houses.")
    village_every: int | None = None
    village_plot: float | None = Field(None, description="Metres of lane on which another house could stand; 0: none.")
    centre: str | Coordinate | None = Field(None, description="Longitude and latitude.")

    def overrides(self) -> dict[str, object]:
        """Return the fields that differ from the practice."""
        given = self.model_dump(exclude={"preset"}, exclude_none=True)
        return {field: value for field, value in given.items() if value != ""}


class Numbering(Body):
    """What is asked for: a rule, and numbers set by hand (entrance id → as a plate reads, 12附1)."""

    rule: RuleAsked
    hand: dict[Id, str] = Field(default_factory=dict, max_length=20_000)
    moved: list[Id] = Field(default_factory=list, max_length=20_000, description=MOVED)


class PlanAsked(Numbering):
    """A draft: what is asked for, and a title."""

    title: str = Field("", max_length=200)


class PlansAsked(Asked):
    """Which plans are asked for."""

    status: str = Field("", pattern="^(|draft|submitted|approved|published|withdrawn|undone)$")
    street: Id | None = None
    village_group: Id | None = None


class LineProperties(BaseModel):
    """A line of the street in the direction of its numbers."""

    line_key: str
    start: Coordinate
    end: Coordinate


class DoorProperties(BaseModel):
    """A door: where it stands along the street, what number it gets, and why."""

    entrance_id: int
    line_key: str | None
    side: str | None = Field(description="left, right as one walks from the start")
    metres: float | None = Field(description="Geodesic, from the start.")
    number: int | None
    suffix: str | None
    sub_number: int | None
    text: str = Field(description="As the plate reads.")
    kept: bool = Field(description="It had this number before.")
    by_hand: bool
    moved: bool = Field(description="The planner takes it off the number it has.")
    old: str = Field(description="What it is called today, by its address, else by its wall.")
    fate: str = Field(description="What becomes of that: kept, registered, new, renumbered, ended, without.")
    reason: str
    wall_number: str | None
    address_id: str | None = Field(description="The door's current address.")
    current: str | None = Field(description="The number of that address.")
    version: int = Field(description="The door's version, for If-Match.")
    door_kind: str = Field(description="door, stair, recessed, lane, corner, land")
    door_state: str = Field(description="permanent, temporary, illegal, demolished")
    front_metres: float
    door_of: int | None = Field(description="The entrance whose number it shares, or that it replaces.")
    note: str


class FindingShown(BaseModel):
    """A broken quality rule, and where."""

    entrance_id: int | None
    kind: str
    severity: str = Field(description="error, warning, info; errors keep a plan from being submitted")
    message: str
    lon: float | None
    lat: float | None


class PreviewShown(BaseModel):
    """The numbers of a street or of a village group; the other one is null."""

    street: StreetItem | None
    village_group: GroupItem | None = None
    lines: Lines[LineProperties]
    doors: Points[DoorProperties]
    findings: list[FindingShown]
    score: dict[str, float] = Field(description="future_proof: share of stretches that can take another door.")
    counts: dict[str, int]


class PlanItem(BaseModel):
    """A plan in the list."""

    id: int
    street_id: int | None
    street: str = Field(description="Name of the street, or of the village group with its village.")
    village_group_id: int | None = None
    title: str
    status: str
    version: int
    corrects: int | None = Field(description="The plan that this one takes back.")
    undone_by: int | None
    score: float | None
    created_by: str | None
    created_at: str | None
    submitted_by: str | None
    submitted_at: str | None
    approved_by: str | None
    approved_at: str | None
    published_by: str | None
    published_at: str | None
    rule: dict[str, Any] = Field(description="Preset and overrides, as they were asked for.")
    may: list[str] = Field(description="What the caller may do to it now.")


class PlanPage(PageOf[PlanItem]):
    """One page of plans."""


class PlanRecordShown(PlanItem):
    """A plan with what was decided for single doors."""

    hand: dict[int, str]
    moved: list[int]


class PlanStep(BaseModel):
    """A plan after a step."""

    plan: PlanItem


class PlanShown(PreviewShown):
    """A stored plan."""

    plan: PlanRecordShown


class MappedDoorShown(BaseModel):
    """A door's old and new number."""

    entrance_id: int
    address_id: str | None
    side: str | None
    metres: float | None
    fate: str = Field(description="kept, registered, new, renumbered, ended, without")
    old: str
    new: str
    old_text: str = Field(description="The full old text, empty for a door that had no address.")
    new_text: str
    alias: str = Field(description="The old text that stays findable because the number changes.")
    below: int = Field(description="Buildings, units and rooms that get a new text with the door.")
    valid_from: str | None
    reason: str


class RuleShown(BaseModel):
    """A practice that comes with the application."""

    name: str
    title: str
    description: str
    source: str
    fields: dict[str, Any]


class RuleField(BaseModel):
    """A field of a rule, and the values it may have."""

    name: str
    type: str = Field(description="choice, choices (one or two), number, count, yes_no, counts, text, position")
    allowed: list[str]
    default: Any
