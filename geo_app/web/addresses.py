"""The list of standard addresses, and one address with its history."""

from typing import Any

from apiflask import APIBlueprint
from flask import render_template, request
from flask.typing import ResponseReturnValue

from geo_app.persistence.queries.addresses import FILTERS, SORTS, address_page, address_sheet
from geo_app.persistence.queries.board import townships
from geo_app.web.context import transaction
from geo_app.web.language import language
from geo_app.web.listing import parse_listing
from geo_app.web.permission import needs

bp = APIBlueprint("addresses", __name__, enable_openapi=False)


@bp.get("/addresses")
@needs("address.read")
def addresses() -> ResponseReturnValue:
    """Show the addresses that fit the filters."""
    listing = parse_listing(request.args, sorts=tuple(SORTS), filters=FILTERS)
    with transaction() as register:
        page = address_page(register.session, listing)
        towns = townships(register.session)
    return render_template("addresses.html", listing=listing, page=page, townships=towns)


@bp.get("/addresses/<address_id>")
@needs("address.read")
def address(address_id: str) -> ResponseReturnValue:
    """Show one address, living or not: elements, states in time, other names, predecessors and successors."""
    with transaction() as register:
        sheet = address_sheet(register.session, address_id)
    found = sheet.address
    around = 0.0015
    bounds = [found.lon - around, found.lat - around, found.lon + around, found.lat + around] if found.lon else None
    settings: dict[str, Any] = {"bounds": bounds, "place": [found.lon, found.lat], "language": language()}
    settings |= {"may": [], "words": {}, "choices": {}}
    return render_template("address.html", sheet=sheet, address=found, settings=settings)
