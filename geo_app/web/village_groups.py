"""Village groups: the list by township and village, and the board on which one is numbered."""

from apiflask import APIBlueprint
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from geo_app.domain.errors import DomainError, NotFound
from geo_app.domain.message import Message
from geo_app.exchange.language import render
from geo_app.exchange.numbering_rules import rule_names
from geo_app.persistence.queries.board import plan_in_work, townships
from geo_app.persistence.queries.village_group_list import (
    FILTERS,
    SORTS,
    group_bounds,
    group_listing,
    group_page,
    villages_of,
)
from geo_app.persistence.village_groups import GROUP
from geo_app.services import village_groups
from geo_app.services.village_groups import GroupEntry
from geo_app.web.api import decided
from geo_app.web.board import MODULES
from geo_app.web.board_words import STATES
from geo_app.web.context import transaction
from geo_app.web.errors import status_of
from geo_app.web.language import language
from geo_app.web.listing import parse_listing
from geo_app.web.map_settings import map_settings, with_words
from geo_app.web.permission import needs
from geo_app.web.village_groups_words import CHOICES, FIELDS, KINDS, WORDS

bp = APIBlueprint("village_groups", __name__, enable_openapi=False)


@bp.get("/village-groups")
@needs("street.read")
def groups() -> ResponseReturnValue:
    """Show the groups by village, with houses, numbered houses and the latest plan."""
    return _list("")


@bp.post("/village-groups")
@needs("street.edit")
def enter() -> ResponseReturnValue:
    """Enter a group and go on to its board; a refusal is said above the list."""
    entry = GroupEntry(request.form.get("name", ""), request.form.get("village", ""))
    try:
        with transaction() as register:
            group_id = village_groups.enter_group(register, entry, decided())
    except DomainError as refusal:
        return _list(render(refusal.message, language())), status_of(refusal)
    return redirect(url_for("village_groups.board", group_id=group_id))


@bp.post("/village-groups/<int:group_id>/removal")
@needs("street.edit")
def remove(group_id: int) -> ResponseReturnValue:
    """End a group without houses."""
    version = request.form.get("version", 0, type=int)
    try:
        with transaction() as register:
            village_groups.remove_group(register, group_id, decided(version=version))
    except DomainError as refusal:
        return _list(render(refusal.message, language())), status_of(refusal)
    flash(gettext("The group was removed."))
    return redirect(url_for("village_groups.groups"))


@bp.get("/village-groups/<int:group_id>/board")
@needs("plan.read")
def board(group_id: int) -> ResponseReturnValue:
    """Show one group with its lanes, houses and their proposed numbers; `?plan=` opens a certain plan."""
    with transaction() as register:
        group = group_listing(register.session, group_id)
        if group is None:
            raise NotFound(what=Message(GROUP), key=group_id)
        bounds = group_bounds(register.session, group_id)
        usual = plan_in_work(register.session, village_group_id=group_id)
    plan = request.args.get("plan", usual, type=int)
    settings = map_settings(
        bounds,
        place=url_for("village_groups_api.show_group", group_id=group_id),
        own={"village_group_id": group_id},
        naming="approved",
        plan=plan,
        usualRule=rule_names()[0],
    )
    settings = with_words(settings, WORDS, CHOICES)
    page = {"group": group, "fields": FIELDS, "choices": CHOICES, "modules": MODULES, "script": "village"}
    return render_template("village_groups/board.html", settings=settings, kinds=KINDS, states=STATES, **page)


def _list(fault: str) -> str:
    listing = parse_listing(request.args, sorts=tuple(SORTS), filters=FILTERS)
    with transaction() as register:
        page = group_page(register.session, listing)
        towns, villages = townships(register.session), villages_of(register.session)
    return render_template(
        "village_groups/list.html", listing=listing, page=page, townships=towns, villages=villages, fault=fault
    )
