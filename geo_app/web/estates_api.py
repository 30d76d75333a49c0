"""Estates over the API: the list, names, and what a planner draws from: files, the register, streets near the gate."""

from pathlib import Path
from tempfile import TemporaryDirectory

from apiflask import APIBlueprint
from apiflask.fields import File
from apiflask.schemas import Schema
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from geo_app.domain.estate import BuildingSpec, EstateBuilding
from geo_app.domain.message import Message, marked
from geo_app.domain.position import Position
from geo_app.domain.row_problem import RowProblem
from geo_app.exchange.estate_files import read_footprints
from geo_app.exchange.kept_files import harmless_name
from geo_app.exchange.language import render
from geo_app.persistence.queries.estates import RegisteredBuilding, buildings_inside, estate_page, streets_near
from geo_app.persistence.queries.listing import Listing
from geo_app.persistence.register import Register
from geo_app.services import estates
from geo_app.web.api import (
    IF_MATCH,
    READING,
    STEPPING,
    WRITING,
    Reason,
    decided,
    expected_version,
    list_of,
    page_of,
    tagged,
)
from geo_app.web.context import transaction
from geo_app.web.estates_models import (
    EstateAdded,
    EstatePage,
    EstatesAsked,
    EstateShown,
    FootprintsShown,
    GateStreetShown,
    GroundAsked,
    PlaceAsked,
)
from geo_app.web.estates_shown import shown_estate, shown_footprint
from geo_app.web.language import language
from geo_app.web.permission import needs

bp = APIBlueprint("estates_api", __name__, url_prefix="/api/v1", tag="Estates")

ROW = marked("Row {row}, {column} “{value}”: {problem}")


class FootprintFile(Schema):
    """A vector file with the footprints."""

    file = File(required=True)  # type: ignore[no-untyped-call]


@bp.get("/estates")
@needs("plan.read")
@bp.input(EstatesAsked, location="query", arg_name="asked")
@bp.output(EstatePage)
@bp.doc(summary="List estates by name", responses=READING)
def list_estates(asked: EstatesAsked) -> ResponseReturnValue:
    """Answer one page of the estates."""
    filters = {name: value for name in ("name", "division", "status") if (value := getattr(asked, name).strip())}
    listing = Listing(asked.page, asked.size, "name", filters=filters)
    with transaction() as register:
        page = estate_page(register.session, listing)
        return page_of(page, [dict(row._mapping) for row in page.items])  # noqa: SLF001  SQLAlchemy's public name


@bp.post("/estates")
@needs("plan.draft")
@bp.input(EstateAdded, arg_name="body")
@bp.output(EstateShown, status_code=201)
@bp.doc(summary="Enter an estate", description="Its name is then to be approved.", responses=WRITING)
def add_estate(body: EstateAdded) -> ResponseReturnValue:
    """Write an estate."""
    with transaction() as register:
        return _estate(register, estates.add_estate(register, body.name, body.division_code, decided()), 201)


@bp.get("/estates/<int:estate_id>")
@needs("plan.read")
@bp.output(EstateShown)
@bp.doc(summary="Show an estate with its plans", responses=READING)
def show_estate(estate_id: int) -> ResponseReturnValue:
    """Answer an estate."""
    with transaction() as register:
        return _estate(register, estate_id, 200)


@bp.post("/estates/<int:estate_id>/approval")
@needs("street.approve")
@bp.input(Reason, arg_name="body")
@bp.output(EstateShown)
@bp.doc(summary="Approve an estate's name, as a second person", responses=STEPPING, extensions=IF_MATCH)
def approve_estate_name(estate_id: int, body: Reason) -> ResponseReturnValue:
    """Approve the name, so that the estate can be numbered."""
    decision = decided(body.reason, expected_version())
    with transaction() as register:
        estates.approve_estate_name(register, estate_id, decision)
        return _estate(register, estate_id, 200)


@bp.post("/estates/<int:estate_id>/footprints")
@needs("plan.draft")
@bp.input(FootprintFile, location="files", arg_name="sent")
@bp.output(FootprintsShown)
@bp.doc(
    summary="Read footprints from a file",
    description="GeoJSON, GeoPackage, zipped Shapefile, KML, OSM. Nothing is written.",
    responses=WRITING,
)
def read_file(estate_id: int, sent: dict[str, FileStorage]) -> ResponseReturnValue:
    """Answer the polygons of a file as buildings."""
    given = sent["file"]
    with transaction() as register:
        register.estates.get(estate_id)
    with TemporaryDirectory() as folder:
        path = Path(folder) / harmless_name(given.filename or "")
        given.save(path)
        found = read_footprints(path)
    told = [_told(problem) for problem in found.problems[:50]] + [render(one, language()) for one in found.notices]
    return {"buildings": [shown_footprint(one) for one in found.buildings], "problems": told}


@bp.post("/estates/<int:estate_id>/registered-buildings")
@needs("plan.read")
@bp.input(GroundAsked, arg_name="body")
@bp.output(FootprintsShown)
@bp.doc(summary="Show the register's buildings inside a boundary", description="Nothing is written.", responses=WRITING)
def registered_buildings(estate_id: int, body: GroundAsked) -> ResponseReturnValue:
    """Answer the buildings of the register as buildings of the estate."""
    with transaction() as register:
        register.estates.get(estate_id)
        found = buildings_inside(register.session, body.shape)
    return {"buildings": [shown_footprint(_taken_over(one)) for one in found], "problems": []}


@bp.get("/estates/<int:estate_id>/gate-streets")
@needs("plan.read")
@bp.input(PlaceAsked, location="query", arg_name="asked")
@bp.output(list_of(GateStreetShown))
@bp.doc(summary="Show the streets near a gate, with the numbers next to it", responses=READING)
def gate_streets(estate_id: int, asked: PlaceAsked) -> ResponseReturnValue:
    """Answer the nearest streets."""
    with transaction() as register:
        register.estates.get(estate_id)
        found = streets_near(register.session, Position(asked.lon, asked.lat))
    return [
        {"id": one.id, "name": one.name, "metres": one.metres, "approved": one.approved, "doors": list(one.doors)}
        for one in found
    ]


def _estate(register: Register, estate_id: int, status: int) -> ResponseReturnValue:
    shown = shown_estate(register, estate_id, decided())
    return shown, status, tagged(shown["version"])


def _taken_over(one: RegisteredBuilding) -> EstateBuilding:
    spec = BuildingSpec(floors=one.storeys) if one.storeys else BuildingSpec()
    return EstateBuilding(f"b{one.id}", one.footprint, spec, name=one.name, building_id=one.id)


def _told(problem: RowProblem) -> str:
    values = {"row": problem.row, "column": problem.column, "value": problem.value[:40]}
    return render(Message(ROW, {**values, "problem": render(problem.problem, language())}), language())
