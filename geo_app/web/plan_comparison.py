"""Two plans of one street side by side on a page: maps, figures, doors, findings; and as a table to take away."""

from collections.abc import Iterator

from apiflask import APIBlueprint
from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from geo_app.domain.errors import UnreadableInput
from geo_app.domain.plan_comparison import Better, ComparedDoor, PlanComparison, effect_of
from geo_app.domain.planned_door import PlannedDoor
from geo_app.exchange.language import render
from geo_app.persistence.plans import PlanRecord
from geo_app.persistence.queries.board import board_street
from geo_app.persistence.register import Register
from geo_app.services.plan_comparison import ComparisonView, compare_plans, latest_plan, plans_of
from geo_app.web.context import transaction
from geo_app.web.downloads import send_table
from geo_app.web.language import language
from geo_app.web.map_settings import map_settings
from geo_app.web.permission import needs

bp = APIBlueprint("plan_comparison", __name__, enable_openapi=False)

WALL = "wall"
LONGEST_ID = 18
"""Digits of a key of a row."""


class PlanNotNamed(UnreadableInput):
    """A plan is named by its number in the address of the page."""

    pattern = "“{text}” is no plan's number; choose two plans from the lists."


@bp.get("/streets/<int:street_id>/plans/compare")
@needs("plan.read")
def compare(street_id: int) -> ResponseReturnValue:
    """Show plans `one` and `other` (numbers, or `wall`) side by side; usually the latest and the wall."""
    with transaction() as register:
        street = board_street(register.session, street_id)
        plans = plans_of(register, street_id)
        view = _compared(register, street_id, plans)
    asked = {"one": _key(view.one.plan), "other": _key(view.other.plan)}
    return render_template(
        "plans/compare.html",
        street=street,
        plans=plans,
        view=view,
        asked=asked,
        settings=map_settings(street.bounds, own={"street_id": street.id}, **asked),
        doors=_wanted(view.comparison),
        better={side: _better(view.comparison, side) for side in (Better.ONE, Better.OTHER)},
        effect_of=effect_of,
    )


@bp.get("/streets/<int:street_id>/plans/compare/doors.<kind>")
@needs("plan.read")
def download(street_id: int, kind: str) -> ResponseReturnValue:
    """Send the doors of the comparison as CSV or XLSX."""
    with transaction() as register:
        view = _compared(register, street_id, plans_of(register, street_id))
    heading = (
        *(gettext("Door"), gettext("Side"), gettext("Distance in metres"), gettext("Today")),
        *(gettext("Plan A"), gettext("What A does"), gettext("Plan B"), gettext("What B does"), gettext("Differs")),
    )
    return send_table(f"{view.street.name}-{gettext('Comparison of plans')}", kind, heading, _rows(view))


def _compared(register: Register, street_id: int, plans: tuple[PlanRecord, ...]) -> ComparisonView:
    one = _asked("one") if "one" in request.args else latest_plan(plans)
    return compare_plans(register, street_id, one, _asked("other"))


def _asked(name: str) -> int | None:
    text = request.args.get(name, WALL)
    if text == WALL:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_ID):
        raise PlanNotNamed(text=text)
    return int(text)


def _key(plan: PlanRecord | None) -> str:
    return str(plan.life.plan_id) if plan else WALL


def _wanted(comparison: PlanComparison) -> list[ComparedDoor]:
    every = request.args.get("show") == "all"
    return [door for door in comparison.doors if every or door.differs]


def _better(comparison: PlanComparison, side: Better) -> list[str]:
    return [render(one.criterion.word, language()) for one in comparison.weighed if one.better is side]


def _rows(view: ComparisonView) -> Iterator[tuple[object, ...]]:
    for door in view.comparison.doors:
        place = door.place
        metres = "" if place.metres is None else round(place.metres, 1)
        side = {"left": gettext("left"), "right": gettext("right")}.get(place.side or "", "")
        differs = gettext("yes") if door.differs else gettext("no")
        yield (door.door.entrance_id, side, metres, door.today, *_told(door.one), *_told(door.other), differs)


def _told(planned: PlannedDoor | None) -> tuple[str, str]:
    return (planned.text, render(effect_of(planned).word, language())) if planned else ("", "")
