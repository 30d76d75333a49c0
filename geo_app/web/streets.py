"""Streets on pages: the list, one street with its names through time, names that are alike, and the public notice."""

from collections.abc import Callable

from apiflask import APIBlueprint
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from geo_app.domain.address import Decision
from geo_app.domain.errors import DomainError
from geo_app.domain.street_alike import Likeness
from geo_app.domain.street_pinyin import spell
from geo_app.domain.street_request import Notice
from geo_app.exchange.language import render
from geo_app.persistence.paging import Paging
from geo_app.persistence.queries.board import townships
from geo_app.persistence.queries.street_sheet import street_sheet
from geo_app.persistence.queries.streets import FILTERS, SORTS, street_page
from geo_app.persistence.register import Register
from geo_app.persistence.street_changes import ChangeFilter
from geo_app.services import streets as service
from geo_app.services.street_names import alike_names, alike_streets, set_notice, set_spelling
from geo_app.web.context import actor, today, transaction
from geo_app.web.errors import status_of
from geo_app.web.frame import district
from geo_app.web.language import language
from geo_app.web.listing import parse_listing
from geo_app.web.permission import needs
from geo_app.web.street_maps import street_settings

bp = APIBlueprint("streets", __name__, enable_openapi=False)

LETTERS = "ABCDEFGHJKLMNOPQRSTWXYZ"
"""Syllables of Chinese begin with these."""
CHANGES_SHOWN = 20


@bp.get("/streets")
@needs("street.read")
def streets() -> ResponseReturnValue:
    """Show the living streets with their doors, numbered doors and latest plan."""
    listing = parse_listing(request.args, sorts=tuple(SORTS), filters=FILTERS)
    with transaction() as register:
        page = street_page(register.session, listing)
        towns = townships(register.session)
    return render_template(
        "streets/list.html", listing=listing, page=page, townships=towns, letters=[(one, one) for one in LETTERS]
    )


@bp.get("/streets/alike")
@needs("street.read")
def alike() -> ResponseReturnValue:
    """Show the names of the county that look or sound alike, the gravest first."""
    listing = parse_listing(request.args, sorts=("likeness",), filters=("likeness", "name"))
    with transaction() as register:
        found = alike_streets(register, district().code)
    wanted = [
        pair
        for pair in found
        if listing.filters.get("likeness", pair.likeness) == pair.likeness
        and (listing.filters.get("name", "") in pair.one.name or listing.filters.get("name", "") in pair.other.name)
    ]
    shown = wanted[listing.start : listing.start + listing.size]
    return render_template(
        "streets/alike.html", listing=listing, pairs=shown, total=len(wanted), likenesses=list(Likeness)
    )


@bp.get("/streets/<int:street_id>")
@needs("street.read")
def street(street_id: int) -> ResponseReturnValue:
    """Show a street: name and spelling, line, names through time, alike names, plans, changes."""
    return _page(street_id, None)


@bp.get("/streets/<int:street_id>/notice")
@needs("street.read")
def notice(street_id: int) -> ResponseReturnValue:
    """Show the public notice of a street's name, to be printed."""
    with transaction() as register:
        sheet = street_sheet(register.session, street_id)
        periods = register.street_names.periods(street_id)
    return render_template("streets/notice.html", street=sheet.facts, periods=periods, today=today())


@bp.post("/streets/<int:street_id>/spelling")
@needs("street.edit")
def spelling(street_id: int) -> ResponseReturnValue:
    """Write the street's roman spelling: as typed, or by the readings chosen."""
    typed = request.form.get("pinyin", "").strip()
    readings = {
        int(place): value
        for name, value in request.form.items()
        if name.startswith("reading-")
        and value
        and (place := name.removeprefix("reading-")).isdigit()
        and len(place) < 4
    }
    choice = readings if request.form.get("by") == "readings" else typed
    return _changed(street_id, lambda register, decision: set_spelling(register, street_id, choice, decision))


@bp.post("/streets/<int:street_id>/notice")
@needs("street.edit")
def write_notice(street_id: int) -> ResponseReturnValue:
    """Write what the public notice tells."""
    told = _notice()
    return _changed(street_id, lambda register, decision: set_notice(register, street_id, told, decision))


@bp.post("/streets/<int:street_id>/name-approval")
@needs("street.approve")
def approve(street_id: int) -> ResponseReturnValue:
    """Approve a proposed name as a second person."""
    told = _notice()
    return _changed(
        street_id, lambda register, decision: service.approve_street_name(register, street_id, decision, told)
    )


@bp.post("/streets/<int:street_id>/name-rejection")
@needs("street.approve")
def reject(street_id: int) -> ResponseReturnValue:
    """Reject a proposed name."""
    return _changed(street_id, lambda register, decision: service.reject_street_name(register, street_id, decision))


@bp.post("/streets/<int:street_id>/name-proposal")
@needs("street.edit")
def propose(street_id: int) -> ResponseReturnValue:
    """Propose another name for a street whose name is not approved."""
    name = request.form.get("name", "")
    return _changed(
        street_id, lambda register, decision: service.propose_other_name(register, street_id, name, decision)
    )


def _notice() -> Notice:
    return Notice(*(request.form.get(field, "").strip() for field in ("location", "body", "basis")))


def _changed(street_id: int, change: Callable[[Register, Decision], object]) -> ResponseReturnValue:
    version = request.form.get("version", "0")
    seen = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    try:
        with transaction() as register:
            change(register, Decision(actor(request.form.get("reason", "")), today(), seen))
    except DomainError as refusal:
        return _page(street_id, refusal)
    return redirect(url_for("streets.street", street_id=street_id))


def _page(street_id: int, refusal: DomainError | None) -> ResponseReturnValue:
    with transaction() as register:
        sheet = street_sheet(register.session, street_id)
        facts = sheet.facts
        changes = register.street_changes.page(ChangeFilter(street_id), Paging(size=CHANGES_SHOWN)).items
        shown = {
            "periods": register.street_names.periods(street_id),
            "alike": alike_names(register, facts.county_code, facts.name, but=frozenset({street_id})),
            "settings": street_settings(register, street_id),
        }
    page = render_template(
        "streets/one.html", street=facts, plans=sheet.plans, journal=sheet.journal, changes=changes,
        spelling=spell(facts.name), form=request.form, opened=request.path.rsplit("/", 1)[-1], today=today(),
        mine=actor().account_id == facts.proposer_id,
        fault=render(refusal.message, language()) if refusal else None, **shown,
    )  # fmt: skip
    return page, status_of(refusal) if refusal else 200
