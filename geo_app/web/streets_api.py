"""Streets and doors over the API."""

from apiflask import APIBlueprint
from flask.typing import ResponseReturnValue
from shapely import LineString

from geo_app.domain.position import Position
from geo_app.persistence.queries.street_list import StreetFilter
from geo_app.persistence.register import Register
from geo_app.services import streets
from geo_app.services.streets import StreetDrawing
from geo_app.web.api import (
    IF_MATCH,
    READING,
    STEPPING,
    WRITING,
    Reason,
    decided,
    expected_version,
    page_of,
    tagged,
)
from geo_app.web.context import transaction
from geo_app.web.permission import needs
from geo_app.web.streets_models import (
    EntranceAdded,
    EntranceDescribed,
    EntranceMoved,
    EntranceShown,
    StreetDrawn,
    StreetPage,
    StreetsAsked,
    StreetShown,
    described,
    drawn,
    item,
)

bp = APIBlueprint("streets_api", __name__, url_prefix="/api/v1", tag="Streets")


@bp.get("/streets")
@needs("street.read")
@bp.input(StreetsAsked, location="query", arg_name="asked")
@bp.output(StreetPage)
@bp.doc(summary="List streets by name", responses=READING)
def list_streets(asked: StreetsAsked) -> ResponseReturnValue:
    """Answer one page of the streets, in the order of pinyin."""
    with transaction() as register:
        page = register.streets.page(StreetFilter(asked.name.strip(), asked.division, asked.state), asked.paging)
    return page_of(page, [item(street) for street in page.items])


@bp.get("/streets/<int:street_id>")
@needs("street.read")
@bp.output(StreetShown)
@bp.doc(summary="Show a street with its lines", responses=READING)
def show_street(street_id: int) -> ResponseReturnValue:
    """Answer a street."""
    with transaction() as register:
        return _street(register, street_id, 200)


@bp.post("/streets")
@needs("street.edit")
@bp.input(StreetDrawn, arg_name="body")
@bp.output(StreetShown, status_code=201)
@bp.doc(summary="Draw a street", description="Its name is then to be approved.", responses=WRITING)
def draw_street(body: StreetDrawn) -> ResponseReturnValue:
    """Write a street."""
    lines = [LineString(line.coordinates) for line in body.lines]
    drawing = StreetDrawing(body.name, body.division_code, lines, body.kind)
    with transaction() as register:
        return _street(register, streets.draw_street(register, drawing, decided()), 201)


@bp.post("/streets/<int:street_id>/approval")
@needs("street.approve")
@bp.input(Reason, arg_name="body")
@bp.output(StreetShown)
@bp.doc(summary="Approve a street's name, as a second person", responses=STEPPING, extensions=IF_MATCH)
def approve_street_name(street_id: int, body: Reason) -> ResponseReturnValue:
    """Approve the name, so that doors can be numbered."""
    decision = decided(body.reason, expected_version())
    with transaction() as register:
        streets.approve_street_name(register, street_id, decision)
        return _street(register, street_id, 200)


@bp.post("/entrances")
@needs("entrance.edit")
@bp.input(EntranceAdded, arg_name="body")
@bp.output(EntranceShown, status_code=201)
@bp.doc(summary="Add a door to a street", responses=WRITING)
def add_entrance(body: EntranceAdded) -> ResponseReturnValue:
    """Write a door."""
    with transaction() as register:
        added = streets.add_entrance(register, body.street_id, Position(body.lon, body.lat), decided())
        return entrance_answer(register, added, 201)


@bp.get("/entrances/<int:entrance_id>")
@needs("street.read")
@bp.output(EntranceShown)
@bp.doc(summary="Show a door", responses=READING)
def show_entrance(entrance_id: int) -> ResponseReturnValue:
    """Answer a door."""
    with transaction() as register:
        return entrance_answer(register, entrance_id, 200)


@bp.patch("/entrances/<int:entrance_id>")
@needs("entrance.edit")
@bp.input(EntranceMoved, arg_name="body")
@bp.output(EntranceShown)
@bp.doc(summary="Move a door; it keeps its number", responses=STEPPING, extensions=IF_MATCH)
def move_entrance(entrance_id: int, body: EntranceMoved) -> ResponseReturnValue:
    """Write where the door stands."""
    decision = decided(version=expected_version())
    with transaction() as register:
        streets.move_entrance(register, entrance_id, Position(body.lon, body.lat), decision)
        return entrance_answer(register, entrance_id, 200)


@bp.put("/entrances/<int:entrance_id>/circumstance")
@needs("entrance.edit")
@bp.input(EntranceDescribed, arg_name="body")
@bp.output(EntranceShown)
@bp.doc(summary="Say what is unusual about a door", responses=STEPPING, extensions=IF_MATCH)
def describe_entrance(entrance_id: int, body: EntranceDescribed) -> ResponseReturnValue:
    """Write what the door is, the state of its building, its front, and what it belongs to."""
    decision = decided(version=expected_version())
    with transaction() as register:
        streets.describe_entrance(register, entrance_id, body.circumstance(), decision)
        return entrance_answer(register, entrance_id, 200)


@bp.delete("/entrances/<int:entrance_id>")
@needs("entrance.edit")
@bp.output({}, status_code=204)
@bp.doc(summary="Remove a door that has no address", responses=STEPPING, extensions=IF_MATCH)
def remove_entrance(entrance_id: int) -> ResponseReturnValue:
    """End the door."""
    decision = decided(version=expected_version())
    with transaction() as register:
        streets.remove_entrance(register, entrance_id, decision)
    return "", 204


def _street(register: Register, street_id: int, status: int) -> ResponseReturnValue:
    street = register.streets.listing(street_id)
    shown = item(street) | {"lines": drawn(register.streets.pieces(street_id))}
    return shown, status, tagged(street.version)


def entrance_answer(register: Register, entrance_id: int, status: int) -> ResponseReturnValue:
    """Return a door with its version. Raises NotFound."""
    record = register.entrances.get(entrance_id)
    door = record.door
    shown = {
        "id": door.entrance_id, "street_id": record.street_id, "village_group_id": record.village_group_id,
        "lon": door.position.lon, "lat": door.position.lat,
        "wall_number": door.wall_number, "address_id": door.address_id, "version": door.version,
        **described(door.circumstance),
    }  # fmt: skip
    return shown, status, tagged(door.version)
