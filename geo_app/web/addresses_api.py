"""Standard addresses over the API: list, read as of a day, retire, correct."""

from datetime import date
from typing import Any

from apiflask import APIBlueprint
from flask.typing import ResponseReturnValue
from pydantic import AwareDatetime, BaseModel, Field

from geo_app.domain.address_alias import Alias
from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.position import Position
from geo_app.persistence.addresses import AddressStep, AddressVersion
from geo_app.persistence.queries.address_list import AddressFilter, AddressListing
from geo_app.services import addresses
from geo_app.services.addresses import AddressView, AsOf
from geo_app.web.api import (
    IF_MATCH,
    READING,
    STEPPING,
    Asked,
    Body,
    Id,
    PageOf,
    Reason,
    decided,
    expected_version,
    iso,
    page_of,
    tagged,
)
from geo_app.web.context import now, today, transaction
from geo_app.web.permission import needs
from geo_app.web.streets_models import Latitude, Longitude

bp = APIBlueprint("addresses_api", __name__, url_prefix="/api/v1", tag="Addresses")

BOX = r"^$|^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$"


class AddressesAsked(Asked):
    """Which addresses are asked for."""

    street: Id | None = None
    text: str = Field("", max_length=200, description="Part of the text, in any width and with any numerals.")
    status: str = Field("", pattern="^(|proposed|current|retired|rejected)$")
    bbox: str = Field("", pattern=BOX, max_length=200, description="West,south,east,north in degrees.")

    @property
    def wanted(self) -> AddressFilter:
        """Return the filter as the register understands it."""
        bounds = None
        if self.bbox:
            west, south, east, north = (float(part) for part in self.bbox.split(","))
            bounds = (west, south, east, north)
        return AddressFilter(self.street, self.text.strip(), self.status, bounds)


class MomentAsked(Body):
    """When: the day that is asked about, and the instant whose belief is asked for; both now without."""

    as_of: date | None = None
    known_at: AwareDatetime | None = None


class AddressItem(BaseModel):
    """An address in the list."""

    id: str
    standard_code: str | None
    kind: str
    status: str
    street_id: int | None
    street: str | None
    number: str | None
    text: str
    lon: float | None
    lat: float | None
    version: int


class AddressPage(PageOf[AddressItem]):
    """One page of addresses."""


class VersionShown(AddressItem):
    """What an address was from a day on, as believed from an instant on; the ends are not included."""

    code_scheme: str | None
    rank: str
    temporary: bool = Field(description="A number for a while, to be made formal.")
    entrance_id: int | None
    valid_from: str | None
    valid_to: str | None
    recorded_from: str | None
    recorded_to: str | None


class AliasShown(BaseModel):
    """Another name of an address."""

    kind: str
    text: str
    valid_from: str | None
    valid_to: str | None


class StepShown(BaseModel):
    """Who did what to an address, and why."""

    at: str
    account: str
    verb: str
    reason: str


class AddressShown(VersionShown):
    """An address at a moment, with its history."""

    history: list[VersionShown]
    aliases: list[AliasShown]
    successors: list[str]
    steps: list[StepShown]


class NumberCorrected(Reason):
    """The number that an address should have had all along."""

    number: int
    suffix: str = Field("", max_length=2)
    sub_number: int = 0


class PositionCorrected(Reason):
    """Where an address was all along."""

    lon: Longitude
    lat: Latitude


class Retired(Reason):
    """From which day an address counts no more; today without."""

    day: date | None = None


@bp.get("/addresses")
@needs("address.read")
@bp.input(AddressesAsked, location="query", arg_name="asked")
@bp.output(AddressPage)
@bp.doc(summary="List addresses: of a street by number, else by id", responses=READING)
def list_addresses(asked: AddressesAsked) -> ResponseReturnValue:
    """Answer one page of the addresses."""
    with transaction() as register:
        page = register.addresses.page(asked.wanted, asked.paging)
    return page_of(page, [_item(address) for address in page.items])


@bp.get("/addresses/<key>")
@needs("address.read")
@bp.input(MomentAsked, location="query", arg_name="asked")
@bp.output(AddressShown)
@bp.doc(summary="Show an address by id, standard code or an old name", responses=READING)
def show_address(key: str, asked: MomentAsked) -> ResponseReturnValue:
    """Answer an address as of a moment, with its history."""
    return _address(key, AsOf(asked.as_of or today(), asked.known_at or now()))


@bp.post("/addresses/<address_id>/retirement")
@needs("address.change")
@bp.input(Retired, arg_name="body")
@bp.output(AddressShown)
@bp.doc(summary="Retire an address", responses=STEPPING, extensions=IF_MATCH)
def retire_address(address_id: str, body: Retired) -> ResponseReturnValue:
    """End an address: the world changed."""
    decision = decided(body.reason, expected_version(), body.day)
    with transaction() as register:
        addresses.retire_address(register, address_id, decision)
    return _address(address_id, AsOf(decision.day, now()))


@bp.post("/addresses/<address_id>/retirement-correction")
@needs("address.correct")
@bp.input(Reason, arg_name="body")
@bp.output(AddressShown)
@bp.doc(summary="Take a mistaken retirement back", responses=STEPPING, extensions=IF_MATCH)
def correct_retirement(address_id: str, body: Reason) -> ResponseReturnValue:
    """Make a retired address current, as if it had never ended."""
    decision = decided(body.reason, expected_version())
    with transaction() as register:
        addresses.correct_address_retirement(register, address_id, decision)
    return _address(address_id, AsOf(today(), now()))


@bp.post("/addresses/<address_id>/number-correction")
@needs("address.correct")
@bp.input(NumberCorrected, arg_name="body")
@bp.output(AddressShown)
@bp.doc(summary="Correct an address's number", responses=STEPPING, extensions=IF_MATCH)
def correct_number(address_id: str, body: NumberCorrected) -> ResponseReturnValue:
    """Correct a number: the register was wrong."""
    number = HouseNumber(body.number, body.suffix, body.sub_number)
    decision = decided(body.reason, expected_version())
    with transaction() as register:
        addresses.correct_address_number(register, address_id, number, decision)
    return _address(address_id, AsOf(today(), now()))


@bp.post("/addresses/<address_id>/position-correction")
@needs("address.correct")
@bp.input(PositionCorrected, arg_name="body")
@bp.output(AddressShown)
@bp.doc(summary="Correct an address's position", responses=STEPPING, extensions=IF_MATCH)
def correct_position(address_id: str, body: PositionCorrected) -> ResponseReturnValue:
    """Correct a position: the register was wrong."""
    decision = decided(body.reason, expected_version())
    with transaction() as register:
        addresses.correct_address_position(register, address_id, Position(body.lon, body.lat), decision)
    return _address(address_id, AsOf(today(), now()))


def _address(key: str, asked: AsOf) -> ResponseReturnValue:
    with transaction() as register:
        view = addresses.read_address(register, key, asked)
    return _shown(view), 200, tagged(view.address.version)


def _shown(view: AddressView) -> dict[str, Any]:
    return _version(view.address) | {
        "history": [_version(version) for version in view.history],
        "aliases": [_alias(alias) for alias in view.aliases],
        "successors": view.successors,
        "steps": [_step(step) for step in view.steps],
    }


def _item(address: AddressListing) -> dict[str, Any]:
    return {
        "id": address.id,
        "standard_code": address.standard_code,
        "kind": address.kind,
        "status": address.status,
        "street_id": address.street_id,
        "street": address.street_name,
        "number": address.number_text,
        "text": address.text,
        "lon": address.position.lon if address.position else None,
        "lat": address.position.lat if address.position else None,
        "version": address.version,
    }


def _version(version: AddressVersion) -> dict[str, Any]:
    listing = AddressListing(
        version.id, version.standard_code, version.kind, version.status, version.street_id, version.street_name,
        version.number_text, version.text, version.position, version.version,
    )  # fmt: skip
    return _item(listing) | {
        "code_scheme": version.code_scheme,
        "rank": version.rank,
        "temporary": version.temporary,
        "entrance_id": version.entrance_id,
        "valid_from": iso(version.valid_from),
        "valid_to": iso(version.valid_to),
        "recorded_from": iso(version.recorded_from),
        "recorded_to": iso(version.recorded_to),
    }


def _alias(alias: Alias) -> dict[str, Any]:
    days = {"valid_from": iso(alias.valid_from), "valid_to": iso(alias.valid_to)}
    return {"kind": alias.kind.value, "text": alias.text, **days}


def _step(step: AddressStep) -> dict[str, Any]:
    return {"at": iso(step.at), "account": step.account, "verb": step.verb, "reason": step.reason}
