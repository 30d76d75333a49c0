"""Divisions on pages: the tree of a day, one of them on the map and through time, and the forms that change it."""

from collections.abc import Callable

import shapely
from apiflask import APIBlueprint
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from geo_app.domain.errors import DomainError
from geo_app.exchange.language import render
from geo_app.persistence.divisions import DivisionFilter, DivisionRecord, OutlineRecord
from geo_app.persistence.queries.board import all_bounds
from geo_app.persistence.queries.division_journal import division_journal
from geo_app.persistence.queries.division_outlines import outline_as_of, outline_of_version, outline_versions
from geo_app.persistence.queries.division_questions import question_page
from geo_app.persistence.queries.listing import Listing
from geo_app.persistence.register import Register
from geo_app.services import divisions as service
from geo_app.services.division_tree import BRANCHES_ON_A_PAGE, division_tree
from geo_app.web.context import today, transaction
from geo_app.web.division_form import dated, living, living_of_lines, parts_of_lines, read_code, read_day
from geo_app.web.division_words import division_words, reasons_of
from geo_app.web.errors import status_of
from geo_app.web.language import language
from geo_app.web.listing import parse_listing
from geo_app.web.map_settings import Bounds, map_settings
from geo_app.web.permission import needs

bp = APIBlueprint("divisions", __name__, enable_openapi=False)

LEVELS = ("province", "city", "county", "township", "village", "grid_cell")
FILTERS = ("as_of", "under", "name", "level")


@bp.get("/divisions")
@needs("division.read")
def divisions() -> ResponseReturnValue:
    """Show the divisions of a day as a tree."""
    listing = parse_listing(request.args, sorts=("code",), filters=FILTERS)
    day, prefix = read_day(listing.filters.get("as_of", "")), read_code(listing.filters.get("under", ""))
    asked = DivisionFilter(prefix, listing.filters.get("name", ""), listing.filters.get("level", ""))
    with transaction() as register:
        tree = division_tree(register, day, asked, listing.page)
        questions = question_page(register.session, Listing(sort="code", filters={"under": prefix} if prefix else {}))
    return render_template(
        "divisions/list.html", listing=listing, tree=tree, day=day, asked=asked, levels=LEVELS,
        questions=questions.total, last=max(1, -(-tree.branches // BRANCHES_ON_A_PAGE)),
    )  # fmt: skip


@bp.get("/divisions/<int:division_id>")
@needs("division.read")
def division(division_id: int) -> ResponseReturnValue:
    """Show a division: its outline on a day, its names through time, what it came from and became, who changed it."""
    return _page(division_id, None)


@bp.post("/divisions/<int:division_id>/renaming")
@needs("division.edit")
def rename(division_id: int) -> ResponseReturnValue:
    """Give the division another name from a day on."""
    name = request.form.get("name", "")
    return _changed(division_id, lambda register: service.rename_division(register, dated(), division_id, name))


@bp.post("/divisions/<int:division_id>/recoding")
@needs("division.edit")
def recode(division_id: int) -> ResponseReturnValue:
    """Give the division another code from a day on."""
    code = request.form.get("code", "").strip()
    return _changed(division_id, lambda register: service.recode_division(register, dated(), division_id, code))


@bp.post("/divisions/<int:division_id>/transfer")
@needs("division.edit")
def transfer(division_id: int) -> ResponseReturnValue:
    """Put the division under another one from a day on."""
    code = request.form.get("code", "").strip()

    def change(register: Register) -> None:
        above = living(register, request.form.get("parent", ""))
        service.transfer_division(register, dated(), division_id, (above.id, code))

    return _changed(division_id, change)


@bp.post("/divisions/<int:division_id>/merging")
@needs("division.edit")
def merge(division_id: int) -> ResponseReturnValue:
    """Make other divisions part of this one from a day on."""

    def change(register: Register) -> None:
        parts = [one.id for one in living_of_lines(register, request.form.get("parts", ""))]
        service.merge_divisions(register, dated(), parts, division_id)

    return _changed(division_id, change)


@bp.post("/divisions/<int:division_id>/splitting")
@needs("division.edit")
def split(division_id: int) -> ResponseReturnValue:
    """Divide the division into new ones from a day on."""

    def change(register: Register) -> None:
        service.split_division(register, dated(), division_id, parts_of_lines(request.form.get("parts", "")))

    return _changed(division_id, change)


def _changed(division_id: int, change: Callable[[Register], object]) -> ResponseReturnValue:
    try:
        with transaction() as register:
            change(register)
    except DomainError as refusal:
        return _page(division_id, refusal)
    return redirect(url_for("divisions.division", division_id=division_id))


def _page(division_id: int, refusal: DomainError | None) -> ResponseReturnValue:
    day = read_day(request.args.get("as_of", ""))
    with transaction() as register:
        found = register.divisions.get(division_id)
        shown = _facts(register, found)
        outline = _outline(register, division_id)
        settings = _settings(register, found, outline)
        near = [one for one in register.divisions.as_of(today(), found.code[:6]) if one.id != found.id]
    page = render_template(
        "divisions/one.html", division=found, outline=outline, settings=settings, day=day, today=today(), near=near,
        fault=render(refusal.message, language()) if refusal else None, opened=request.path.rsplit("/", 1)[-1],
        form=request.form, **shown,
    )  # fmt: skip
    return page, status_of(refusal) if refusal else 200


def _facts(register: Register, found: DivisionRecord) -> dict[str, object]:
    return {
        "above": register.divisions.get(found.parent_id) if found.parent_id is not None else None,
        "below": register.divisions.below(found.id),
        "versions": register.divisions.versions(found.id),
        "successions": [(one, reasons_of(one)) for one in register.divisions.successions(found.id)],
        "outlines": outline_versions(register.session, found.id),
        "journal": division_journal(register.session, found.id),
    }


def _outline(register: Register, division_id: int) -> OutlineRecord | None:
    """Return the outline that the address asks for: a version by its number, else that of the day."""
    version = request.args.get("version", type=int)
    if version is not None:
        return outline_of_version(register.session, division_id, version)
    return outline_as_of(register.session, division_id, read_day(request.args.get("as_of", "")))


def _settings(register: Register, found: DivisionRecord, outline: OutlineRecord | None) -> dict[str, object]:
    above = found.parent_id
    day = read_day(request.args.get("as_of", ""))
    ground = outline or (outline_as_of(register.session, above, day) if above is not None else None)
    bounds = _bounds(ground) if ground else all_bounds(register.session)
    settings = map_settings(bounds, division=found.id, outline=outline.version if outline else None)
    words = settings["words"]
    assert isinstance(words, dict)
    return {**settings, "words": {**words, **division_words()}}


def _bounds(outline: OutlineRecord) -> Bounds:
    west, south, east, north = shapely.from_geojson(outline.shape).bounds
    return west, south, east, north
