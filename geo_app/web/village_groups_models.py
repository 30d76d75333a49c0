"""Village groups as the API shows and takes them."""

from typing import Any

from pydantic import BaseModel, Field

from geo_app.domain.position import Position
from geo_app.persistence.queries.village_group_list import GroupListing
from geo_app.persistence.village_groups import Lane
from geo_app.web.api import Asked, Body, PageOf
from geo_app.web.geojson import Coordinate, Lines
from geo_app.web.streets_models import Latitude, Longitude


class GroupsAsked(Asked):
    """Which groups are asked for."""

    name: str = Field("", max_length=100, description="Part of the name of village and group.")
    division: str = Field("", pattern=r"^\d{0,15}$", description="Code of a division that the group lies in.")
    state: str = Field(
        "",
        pattern="^(|none|draft|submitted|approved|published|undone)$",
        description="Status of the latest plan; none: there is no plan.",
    )


class GroupItem(BaseModel):
    """A village group in the list."""

    id: int
    name: str
    village: str
    village_code: str
    township: str
    houses: int
    numbered: int = Field(description="Houses with a current address.")
    plan_status: str = Field(description="Status of the latest plan that was not withdrawn, none without any.")
    mouth: Coordinate | None = Field(description="Where one comes in to the lanes; null until it was set.")
    made_up: bool
    version: int


class GroupPage(PageOf[GroupItem]):
    """One page of village groups."""


class LaneProperties(BaseModel):
    """A drawn lane."""

    id: int


class GroupShown(GroupItem):
    """A village group with the lanes about its houses."""

    lanes: Lines[LaneProperties]
    suggested_mouth: Coordinate | None = Field(description="Where one of the lanes meets a named road.")
    houses_around: int = Field(description="Houses about the group that are numbered nowhere.")


class GroupEntered(Body):
    """A group that somebody enters."""

    name: str = Field(min_length=1, max_length=20, description="3组, 三组, 六社, or a natural village.")
    village_code: str = Field(pattern=r"^\d{6,12}$", description="Code of the village or community.")
    mouth: tuple[Longitude, Latitude] | None = None


class MouthSet(Body):
    """Where one comes in to the lanes of a group."""

    lon: Longitude
    lat: Latitude


class HouseAdded(Body):
    """A house that somebody saw."""

    lon: Longitude
    lat: Latitude


class HousesTaken(BaseModel):
    """How many houses the group took in."""

    taken_in: int


def group_item(group: GroupListing) -> dict[str, Any]:
    """Return a group as the list shows it."""
    return {name: getattr(group, name) for name in GroupItem.model_fields}


def shown_lanes(lanes: list[Lane]) -> dict[str, Any]:
    """Return lanes as a layer."""
    features = [{"geometry": {"coordinates": list(lane.line.coords)}, "properties": {"id": lane.id}} for lane in lanes]
    return {"features": features}


def coordinate(position: Position | None) -> tuple[float, float] | None:
    """Return a position as GeoJSON writes it."""
    return (position.lon, position.lat) if position else None
