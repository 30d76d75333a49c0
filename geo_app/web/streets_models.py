"""Streets and doors as the API shows and takes them."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from geo_app.domain.numbering_circumstance import LONGEST_FRONT_METRES, Circumstance, DoorKind, DoorState
from geo_app.persistence.queries.street_list import StreetListing
from geo_app.persistence.streets import Piece
from geo_app.web.api import Asked, Body, Id, PageOf
from geo_app.web.geojson import LineGeometry, Lines

Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]


class StreetsAsked(Asked):
    """Which streets are asked for."""

    name: str = Field("", max_length=100, description="Part of the name.")
    division: str = Field("", pattern=r"^\d{0,15}$", description="Code of a division that the street lies in.")
    state: str = Field(
        "",
        pattern="^(|none|draft|submitted|approved|published|undone)$",
        description="Status of the latest plan; none: there is no plan.",
    )


class StreetItem(BaseModel):
    """A street in the list."""

    id: int
    name: str
    namesake: int = Field(description="1, or which of several streets of this name it is.")
    division: str | None
    division_code: str | None
    kind: str
    naming: str = Field(description="proposed, approved, rejected, retired")
    doors: int
    numbered: int = Field(description="Doors with a current address.")
    plan_status: str = Field(description="Status of the latest plan that was not withdrawn, none without any.")
    length_m: float
    bbox: tuple[float, float, float, float] | None = Field(description="West, south, east, north in degrees.")
    version: int


class StreetPage(PageOf[StreetItem]):
    """One page of streets."""


class PieceProperties(BaseModel):
    """A drawn line of a street."""

    id: int


class StreetShown(StreetItem):
    """A street with its lines as drawn."""

    lines: Lines[PieceProperties]


class StreetDrawn(Body):
    """A street that somebody drew."""

    name: str = Field(min_length=1, max_length=100)
    division_code: str = Field(pattern=r"^\d{6}(\d{3}){0,2}$", description="County, township or village.")
    lines: list[LineGeometry] = Field(min_length=1, max_length=500)
    kind: str = Field("street", max_length=20)


class EntranceAdded(Body):
    """A door that somebody saw."""

    street_id: Id
    lon: Longitude
    lat: Latitude


class EntranceMoved(Body):
    """Where a door stands."""

    lon: Longitude
    lat: Latitude


class EntranceDescribed(Body):
    """What is unusual about a door; what is not given is as usual."""

    door_kind: DoorKind = DoorKind.DOOR
    door_state: DoorState = DoorState.PERMANENT
    front_metres: float = Field(0, ge=0, le=LONGEST_FRONT_METRES, allow_inf_nan=False, description="Of wall or front.")
    door_of: Id | None = Field(None, description="The entrance whose number it shares, or that it replaces.")
    note: str = Field("", max_length=300, description="Reason, or number of a decision.")

    def circumstance(self) -> Circumstance:
        """Return what the rules read."""
        of = "" if self.door_of is None else str(self.door_of)
        return Circumstance(self.door_kind, self.door_state, self.front_metres, of, self.note.strip())


class EntranceShown(BaseModel):
    """A door."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    street_id: int | None
    village_group_id: int | None = None
    lon: float
    lat: float
    wall_number: str | None
    address_id: str | None = Field(description="Its current address.")
    door_kind: str
    door_state: str
    front_metres: float
    door_of: int | None
    note: str
    version: int


def described(one: Circumstance) -> dict[str, object]:
    """Return what is unusual about a door."""
    return {
        "door_kind": one.kind.value,
        "door_state": one.state.value,
        "front_metres": one.front_metres,
        "door_of": int(one.of) if one.of else None,
        "note": one.note,
    }


def item(street: StreetListing) -> dict[str, object]:
    """Return a street as the list shows it."""
    return {
        "id": street.id,
        "name": street.name,
        "namesake": street.namesake,
        "division": street.division,
        "division_code": street.division_code,
        "kind": street.kind,
        "naming": street.naming,
        "doors": street.doors,
        "numbered": street.numbered,
        "plan_status": street.plan_status,
        "length_m": street.length_m,
        "bbox": street.bounds,
        "version": street.version,
    }


def drawn(pieces: list[Piece]) -> dict[str, object]:
    """Return drawn lines as a layer."""
    return {
        "features": [
            {"geometry": {"coordinates": list(piece.line.coords)}, "properties": {"id": piece.id}} for piece in pieces
        ]
    }
