"""Changes of streets as the API shows and takes them."""

from datetime import date

import shapely
from pydantic import BaseModel, Field

from geo_app.domain.position import Position
from geo_app.domain.street_change import ChangeVerb, StreetPart
from geo_app.domain.street_cut import DrawnPiece, point_at
from geo_app.domain.street_moves import Clash, Moved
from geo_app.domain.street_request import ChangeRequest, NewName, Notice
from geo_app.exchange.language import render
from geo_app.persistence.register import Register
from geo_app.persistence.street_changes import ChangeLine, ChangeRecord
from geo_app.services.street_consequences import Preview
from geo_app.web.api import Asked, Body, Id, PageOf, iso
from geo_app.web.context import today
from geo_app.web.geojson import LineGeometry
from geo_app.web.language import language
from geo_app.web.street_names_api import AlikeShown, alike_item
from geo_app.web.streets_models import Latitude, Longitude

VERBS = "^(rename|correct_name|extend|split|merge|transfer|retire)$"


class PointAsked(Body):
    """A point in degrees (SRID 4490)."""

    lon: Longitude
    lat: Latitude


class ChangeAsked(Body):
    """What is to happen to a street; which fields a verb needs: see the manual."""

    verb: str = Field(pattern=VERBS)
    day: date | None = Field(None, description="In force from; default: today.")
    name: str = Field("", max_length=40, description="The name afterwards; of a split street: of its first part.")
    pinyin: str = Field("", max_length=120, description="Empty: by the rules.")
    second_name: str = Field("", max_length=40)
    second_pinyin: str = Field("", max_length=120)
    other_id: Id | None = Field(None, description="The street that becomes part of it.")
    at: PointAsked | None = Field(None, description="Where it is cut.")
    metres: float | None = Field(None, gt=0, le=1_000_000, description="Or so many metres from the start.")
    part: str = Field("whole", pattern="^(whole|first|second)$")
    division_code: str = Field("", pattern=r"^(\d{9}|\d{12})?$")
    line: LineGeometry | None = Field(None, description="An extension, beginning at an end of the street.")
    renumber: dict[str, str] = Field(default_factory=dict, max_length=20_000, description="Address id to new number.")
    location: str = Field("", max_length=300)
    approving_body: str = Field("", max_length=100)
    legal_basis: str = Field("", max_length=200)
    reason: str = Field("", max_length=500)


class ChangesAsked(Asked):
    """Which changes are asked for."""

    street_id: Id | None = None
    status: str = Field("", pattern="^(|submitted|approved|carried_out|rejected|withdrawn)$")


class ChangedAddress(BaseModel):
    """An address before and after."""

    address_id: str
    kind: str
    old_text: str
    new_text: str
    old_code: str | None
    new_code: str | None = Field(description="null: given when the change is carried out.")


class ClashShown(BaseModel):
    """A number or text that several addresses would have."""

    text: str
    addresses: list[str]


class AlikeNames(BaseModel):
    """A new name and the streets called alike."""

    name: str
    alike: list[AlikeShown]


class ConsequencesShown(BaseModel):
    """What a change leads to."""

    verb: str
    addresses: list[ChangedAddress]
    unchanged: int
    plates: int = Field(description="Addresses whose text is another one: each needs a new plate.")
    number_clashes: list[ClashShown]
    text_clashes: list[ClashShown]
    alike: list[AlikeNames]
    warnings: list[str]
    cut_metres: float | None = Field(description="Metres from the start at which the street is cut.")


class ChangeShown(BaseModel):
    """A change and where it stands."""

    id: int
    verb: str
    street_id: int
    other_id: int | None
    street_name: str
    new_name: str
    day: str
    status: str
    reason: str
    decision: str
    people: dict[str, str]
    corrects: int | None
    undone_by: int | None
    version: int


class ChangePage(PageOf[ChangeShown]):
    """One page of changes."""


class ChangedAddresses(PageOf[ChangedAddress]):
    """One page of what a change did."""


def request_of(register: Register, street_id: int, body: ChangeAsked) -> ChangeRequest:
    """Return the change that a body asks for. Raises CutBeyondTheStreet."""
    return ChangeRequest(
        ChangeVerb(body.verb),
        street_id,
        body.day or today(),
        NewName(body.name, body.pinyin),
        NewName(body.second_name, body.second_pinyin),
        body.other_id,
        _point(register, street_id, body),
        StreetPart(body.part),
        body.division_code,
        shapely.LineString(body.line.coordinates) if body.line else None,
        body.renumber,
        Notice(body.location, body.approving_body, body.legal_basis),
    )


def consequences(preview: Preview) -> dict[str, object]:
    """Return what a change leads to as the API shows it."""
    moved = [one for one in preview.outcome.moved if one.changed]
    return {
        "verb": preview.request.verb.value,
        "addresses": [_moved(one) for one in moved],
        "unchanged": len(preview.outcome.moved) - len(moved),
        "plates": len(preview.outcome.reading_otherwise),
        "number_clashes": [_clash(one) for one in preview.clashes],
        "text_clashes": [_clash(one) for one in preview.texts_taken],
        "alike": [{"name": name, "alike": [alike_item(one) for one in found]} for name, found in preview.alike],
        "warnings": [render(one, language()) for one in preview.warnings],
        "cut_metres": preview.outcome.cut.metres if preview.outcome.cut else None,
    }


def change_item(change: ChangeRecord) -> dict[str, object]:
    """Return a change as the API shows it."""
    life = change.life
    return {
        "id": life.change_id,
        "verb": life.verb.value,
        "street_id": change.street_id,
        "other_id": change.other_id,
        "street_name": change.street_name,
        "new_name": change.request.name.text,
        "day": iso(life.day),
        "status": life.status.value,
        "reason": change.reason,
        "decision": change.decision,
        "people": dict(change.people),
        "corrects": life.corrects,
        "undone_by": life.undone_by,
        "version": life.version,
    }


def line_item(line: ChangeLine) -> dict[str, object]:
    """Return what a change did to an address as the API shows it."""
    return {
        "address_id": line.address_id,
        "kind": line.kind,
        "old_text": line.old_text,
        "new_text": line.new_text,
        "old_code": line.old_code,
        "new_code": line.new_code,
    }


def _point(register: Register, street_id: int, body: ChangeAsked) -> Position | None:
    if body.at is not None:
        return Position(body.at.lon, body.at.lat)
    if body.metres is None:
        return None
    return point_at([DrawnPiece(piece.id, piece.line) for piece in register.streets.pieces(street_id)], body.metres)


def _moved(one: Moved) -> dict[str, object]:
    recoded = one.before.division_id != one.after.division_id
    return {
        "address_id": one.before.id,
        "kind": one.before.kind.value,
        "old_text": one.before.text,
        "new_text": one.after.text,
        "old_code": one.before.code,
        "new_code": None if recoded else one.before.code,
    }


def _clash(clash: Clash) -> dict[str, object]:
    return {"text": clash.text, "addresses": list(clash.addresses)}
