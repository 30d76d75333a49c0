"""The planning board: pick or draw a street, see every number before it is official, take the plan through its life."""

from apiflask import APIBlueprint
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from geo_app.exchange.numbering_rules import rule_names
from geo_app.persistence.queries.board import all_bounds, board_street, townships
from geo_app.web.board_words import CHOICES, FIELDS, KINDS, STATES
from geo_app.web.context import transaction
from geo_app.web.map_settings import map_settings
from geo_app.web.permission import needs
from geo_app.web.street_maps import with_street_words

MODULES = (
    *(
        "settings",
        "events",
        "state",
        "history",
        "notes",
        "map",
        "basemap",
        "layers",
        "marks",
        "rule",
        "preview",
        "draft",
    ),
    *("doors", "door", "circumstance", "findings", "tabs", "pointer", "nudge", "arrows", "life", "keys", "mapping"),
    "workbench",
)
"""The board's scripts, named in the page so that the browser fetches them at once and not one after the other."""

bp = APIBlueprint("board", __name__, enable_openapi=False)


@bp.get("/board")
@needs("plan.read")
def picker() -> ResponseReturnValue:
    """Show the streets of the district on the map and in a list, to pick one or draw one."""
    with transaction() as register:
        bounds = all_bounds(register.session)
        towns = townships(register.session)
    settings = with_street_words(map_settings(bounds, boardUrl=url_for("board.board", street_id=0)))
    return render_template("board/picker.html", settings=settings, townships=towns, asked=request.args)


@bp.get("/streets/<int:street_id>/board")
@needs("plan.read")
def board(street_id: int) -> ResponseReturnValue:
    """Show one street with its doors and their proposed numbers; `?plan=` opens a certain plan."""
    with transaction() as register:
        street = board_street(register.session, street_id)
    plan = request.args.get("plan", street.plan, type=int)
    settings = map_settings(
        street.bounds,
        place=url_for("streets_api.show_street", street_id=street.id),
        own={"street_id": street.id},
        naming=street.naming,
        plan=plan,
        usualRule=rule_names()[0],
    )
    page = {"street": street, "fields": FIELDS, "choices": CHOICES, "modules": MODULES, "script": "board"}
    return render_template("board/board.html", settings=settings, kinds=KINDS, states=STATES, **page)
