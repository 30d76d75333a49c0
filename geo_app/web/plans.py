"""The list of numbering plans."""

from apiflask import APIBlueprint
from flask import render_template, request
from flask.typing import ResponseReturnValue

from geo_app.persistence.queries.plans import FILTERS, SORTS, plan_page
from geo_app.web.context import transaction
from geo_app.web.listing import parse_listing
from geo_app.web.permission import needs

bp = APIBlueprint("plans", __name__, enable_openapi=False)


@bp.get("/plans")
@needs("plan.read")
def plans() -> ResponseReturnValue:
    """Show the plans, the newest first."""
    listing = parse_listing(request.args, sorts=tuple(SORTS), filters=FILTERS, usual="-created")
    with transaction() as register:
        page = plan_page(register.session, listing)
    return render_template("plans/list.html", listing=listing, page=page)
