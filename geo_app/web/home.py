"""The start page: what waits for me, and how the register stands."""

from apiflask import APIBlueprint
from flask import g, render_template
from flask.typing import ResponseReturnValue

from geo_app.persistence.queries.home import overview
from geo_app.persistence.queries.listing import Listing
from geo_app.persistence.queries.plans import plan_page
from geo_app.web.context import transaction
from geo_app.web.navigation import may
from geo_app.web.permission import signed_in

bp = APIBlueprint("home", __name__, enable_openapi=False)

LATEST = Listing(size=8, sort="created", descending=True)


@bp.get("/")
@signed_in
def home() -> ResponseReturnValue:
    """Show the work that waits, then the counts; without any street, the first steps."""
    with transaction() as register:
        figures = overview(register.session, account_id())
        latest = plan_page(register.session, LATEST) if may("plan.read") else None
    return render_template("home.html", figures=figures, latest=latest)


def account_id() -> int | None:
    """Return the account of the request, put into `g.actor` by the gate."""
    return getattr(g.get("actor"), "account_id", None)
