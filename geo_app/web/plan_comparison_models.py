"""Two plans of a street side by side, as the API asks for and shows them."""

from pydantic import BaseModel, Field

from geo_app.web.api import Body
from geo_app.web.geojson import Lines, Points
from geo_app.web.numbering_models import DoorProperties, FindingShown, LineProperties, PlanItem
from geo_app.web.streets_models import StreetItem

PLAN_OR_WALL = "Number of a plan, or wall: what is on the wall today."


class ComparisonAsked(Body):
    """Which two plans are compared."""

    one: str = Field("wall", pattern=r"^(wall|[0-9]{1,18})$", description=PLAN_OR_WALL)
    other: str = Field("wall", pattern=r"^(wall|[0-9]{1,18})$", description=PLAN_OR_WALL)


class ComparedPlan(BaseModel):
    """One of the two plans; `plan` is null for what is on the wall today."""

    plan: PlanItem | None
    lines: Lines[LineProperties]
    doors: Points[DoorProperties]
    counts: dict[str, int]


class ComparedDoorShown(BaseModel):
    """A door in both plans."""

    entrance_id: int
    today: str = Field(description="Its address, else its wall, else nothing.")
    one: str
    other: str
    one_effect: str = Field(description="same, new, renumbered, taken_back, none")
    other_effect: str
    differs: bool


class WeighedShown(BaseModel):
    """A figure of both plans."""

    criterion: str = Field(description="numbered, renumbered, errors, warnings, future_proof, free")
    one: float | None = Field(description="Null: there is nothing to measure.")
    other: float | None
    better: str = Field(description="one, other, neither")


class StretchShown(BaseModel):
    """The street between two doors; free numbers in each plan, null where it is cut otherwise."""

    from_entrance: int
    to_entrance: int
    metres: float
    one: int | None
    other: int | None


class FindingsCompared(BaseModel):
    """Findings of one plan alone, and of both; the same finding is one of the same kind about the same door."""

    only_in_one: list[FindingShown]
    only_in_other: list[FindingShown]
    in_both: list[FindingShown]


class ComparisonShown(BaseModel):
    """Two plans of a street compared."""

    street: StreetItem
    one: ComparedPlan
    other: ComparedPlan
    doors: list[ComparedDoorShown]
    weighed: list[WeighedShown]
    stretches: list[StretchShown]
    findings: FindingsCompared
