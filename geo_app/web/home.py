"""The start page: what waits for me, and how the register stands."""

from apiflask import APIBlueprint
from flask import g, render_template
from flask.typing import ResponseReturnValue

from geo_app.persistence.queries.home import overview
from geo_app.web.context import transaction
from geo_app.web.permission import signed_in

bp = APIBlueprint("home", __name__, enable_openapi=False)


@bp.get("/")
@signed_in
def home() -> ResponseReturnValue:
    """Show the work that waits, then the counts; without any street, the first steps."""
    with transaction() as register:
        figures = overview(register.session, account_id())
    return render_template("home.html", figures=figures)


def account_id() -> int | None:
    """Return the account of the request, put into `g.actor` by the gate."""
    return getattr(g.get("actor"), "account_id", None)
