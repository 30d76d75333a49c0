"""Estates on pages: the list, the editor of one, and its rooms as a file."""

from pathlib import Path
from tempfile import TemporaryDirectory

from apiflask import APIBlueprint
from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from geo_app.domain.errors import DomainError, UnreadableInput
from geo_app.domain.message import Message, marked
from geo_app.exchange.estate_output import room_frame
from geo_app.exchange.export import ExportFormat, write_layer
from geo_app.exchange.language import render
from geo_app.persistence.estates import EstateRecord
from geo_app.persistence.queries.board import Bounds, all_bounds, townships
from geo_app.persistence.queries.estates import FILTERS, SORTS, estate_page
from geo_app.persistence.register import Register
from geo_app.services import estate_plans
from geo_app.services.estates import add_estate
from geo_app.web.api import decided
from geo_app.web.context import transaction
from geo_app.web.errors import status_of
from geo_app.web.estate_words import CHOICES, ORDERS, SPEC_FIELDS, WORDS
from geo_app.web.estates_shown import shown_numbers
from geo_app.web.language import language
from geo_app.web.listing import parse_listing
from geo_app.web.map_settings import map_settings
from geo_app.web.permission import needs

bp = APIBlueprint("estates", __name__, enable_openapi=False)

FILE_KINDS = {"csv": ExportFormat.CSV_FOR_EXCEL, "xlsx": ExportFormat.XLSX}
MIME = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
NO_SUCH_KIND = marked("rooms are written as csv or xlsx.")
MODULES = (
    "editor", "drawing", "layers", "pen", "gate", "panel", "grid", "table", "findings", "numbers", "draft", "life",
    "sources", "views", "rule",
)  # fmt: skip
"""The editor's scripts, named in the page so that the browser fetches them at once."""


@bp.get("/estates")
@needs("plan.read")
def estates() -> ResponseReturnValue:
    """Show the estates with their latest plan."""
    return _list(None)


@bp.post("/estates")
@needs("plan.draft")
def add() -> ResponseReturnValue:
    """Enter an estate and go on to its editor."""
    form = request.form
    try:
        with transaction() as register:
            estate_id = add_estate(register, form.get("name", ""), form.get("division", ""), decided())
    except DomainError as refusal:
        return _list(refusal)
    return redirect(url_for("estates.estate", estate_id=estate_id))


@bp.get("/estates/<int:estate_id>")
@needs("plan.read")
def estate(estate_id: int) -> ResponseReturnValue:
    """Show the editor of an estate; `?plan=` opens a certain plan, else the latest one."""
    with transaction() as register:
        found = register.estates.get(estate_id)
        plans = register.estate_plans.of_estate(estate_id)
        newest = next((one.life.plan_id for one in plans if one.status not in {"withdrawn", "undone"}), None)
        plan = request.args.get("plan", newest, type=int)
        begun = request.args.get("new") is not None or plan is None
        start = shown_numbers(estate_plans.preview(register, estate_id, _next(register, estate_id)).numbered)
        settings = _settings(register, found)
    settings |= {"estate": estate_id, "plan": None if begun else plan, "begin": start, "version": found.version}
    settings |= {"naming": "approved" if found.approved else "proposed"}
    return render_template(
        "estates/editor.html", settings=settings, estate=found, plans=plans, plan=settings["plan"], modules=MODULES,
        spec_fields=SPEC_FIELDS, orders=ORDERS, choices=CHOICES,
    )  # fmt: skip


@bp.get("/estates/plans/<int:plan_id>/rooms.<kind>")
@needs("plan.read")
def rooms(plan_id: int, kind: str) -> ResponseReturnValue:
    """Send all rooms of a plan, one a row."""
    if kind not in FILE_KINDS:
        raise UnreadableInput(name=kind, problem=Message(NO_SUCH_KIND))
    with transaction() as register:
        frame = room_frame(estate_plans.read_plan(register, plan_id).numbered)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"rooms.{kind}"
        write_layer(path, frame, None, FILE_KINDS[kind])
        content = path.read_bytes()
    disposition = {"Content-Disposition": f"attachment; filename=estate-plan-{plan_id}.{kind}"}
    return Response(content, mimetype=MIME[kind], headers=disposition)


def _list(refusal: DomainError | None) -> ResponseReturnValue:
    listing = parse_listing(request.args, sorts=tuple(SORTS), filters=FILTERS)
    with transaction() as register:
        page = estate_page(register.session, listing)
        towns = townships(register.session)
    fault = render(refusal.message, language()) if refusal else None
    shown = render_template(
        "estates/list.html", listing=listing, page=page, townships=towns, fault=fault, form=request.form
    )
    return shown, status_of(refusal) if refusal else 200


def _next(register: Register, estate_id: int) -> estate_plans.EstateRequest:
    return estate_plans.EstateRequest(estate_plans.next_estate(register, estate_id))


def _settings(register: Register, found: EstateRecord) -> dict[str, object]:
    settings = map_settings(_bounds(register, found))
    words = settings["words"]
    assert isinstance(words, dict)
    own = {key: gettext(pattern) for key, pattern in WORDS.items()}
    return {**settings, "words": {**words, **own}, "madeUp": found.made_up or settings["madeUp"]}


def _bounds(register: Register, found: EstateRecord) -> Bounds | None:
    """Return where the map opens: the estate, else its division, else all streets."""
    near = register.estates.bounds(found.id)
    return near or all_bounds(register.session)
