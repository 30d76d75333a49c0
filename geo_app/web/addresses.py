"""The list of standard addresses, and one address with its history."""

from apiflask import APIBlueprint
from flask import render_template, request
from flask.typing import ResponseReturnValue

from geo_app.persistence.queries.addresses import FILTERS, SORTS, address_page, address_sheet
from geo_app.persistence.queries.board import townships
from geo_app.web.context import transaction
from geo_app.web.listing import parse_listing
from geo_app.web.map_settings import map_settings
from geo_app.web.permission import needs

bp = APIBlueprint("addresses", __name__, enable_openapi=False)

AROUND = 0.0009
"""Degrees that the small map shows on each side of the address, about 90 m."""


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
    place = sheet.address
    bounds = (place.lon - AROUND, place.lat - AROUND, place.lon + AROUND, place.lat + AROUND) if place.lon else None
    settings = map_settings(bounds, place=(place.lon, place.lat))
    return render_template("address.html", sheet=sheet, address=place, settings=settings)
