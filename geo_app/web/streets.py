"""The list of streets."""

from apiflask import APIBlueprint
from flask import render_template, request
from flask.typing import ResponseReturnValue

from geo_app.persistence.queries.board import townships
from geo_app.persistence.queries.streets import FILTERS, SORTS, street_page
from geo_app.web.context import transaction
from geo_app.web.listing import parse_listing
from geo_app.web.permission import needs

bp = APIBlueprint("streets", __name__, enable_openapi=False)


@bp.get("/streets")
@needs("street.read")
def streets() -> ResponseReturnValue:
    """Show the living streets with their doors, numbered doors and latest plan."""
    listing = parse_listing(request.args, sorts=tuple(SORTS), filters=FILTERS)
    with transaction() as register:
        page = street_page(register.session, listing)
        towns = townships(register.session)
    return render_template("streets.html", listing=listing, page=page, townships=towns)
