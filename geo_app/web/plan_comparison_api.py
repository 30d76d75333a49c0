"""Comparing two plans of a street over the API."""

from typing import Any

from apiflask import APIBlueprint
from flask.typing import ResponseReturnValue

from geo_app.domain.plan_comparison import ComparedDoor, ComparedStretch, Effect, effect_of
from geo_app.domain.planned_door import PlannedDoor
from geo_app.services.plan_comparison import Compared, ComparisonView, compare_plans
from geo_app.web.api import READING, decided
from geo_app.web.context import transaction
from geo_app.web.numbering_shown import shown_content, shown_finding, shown_plan
from geo_app.web.permission import needs
from geo_app.web.plan_comparison_models import ComparisonAsked, ComparisonShown

bp = APIBlueprint("plan_comparison_api", __name__, url_prefix="/api/v1", tag="Numbering")

WALL = "wall"


@bp.get("/streets/<int:street_id>/plan-comparison")
@needs("plan.read")
@bp.input(ComparisonAsked, location="query", arg_name="asked")
@bp.output(ComparisonShown)
@bp.doc(summary="Compare two plans of a street, or a plan with the walls of today", responses=READING)
def compare(street_id: int, asked: ComparisonAsked) -> ResponseReturnValue:
    """Answer two plans door by door, with findings and score of each stretch."""
    with transaction() as register:
        view = compare_plans(register, street_id, plan_of(asked.one), plan_of(asked.other))
        listing = register.streets.listing(street_id)
    found = view.comparison
    sides = {name: shown_content(listing, side.content) for name, side in (("one", view.one), ("other", view.other))}
    return {
        "street": sides["one"].pop("street"),
        "one": _side(view.one, sides["one"]),
        "other": _side(view.other, sides["other"]),
        "doors": [_door(door) for door in found.doors],
        "weighed": [
            {"criterion": one.criterion, "one": one.one, "other": one.other, "better": one.better}
            for one in found.weighed
        ],
        "stretches": [_stretch(stretch) for stretch in found.stretches],
        "findings": _findings(view),
    }


def plan_of(text: str) -> int | None:
    """Return the plan that is meant; None for the wall."""
    return None if text == WALL else int(text)


def _side(side: Compared, content: dict[str, Any]) -> dict[str, Any]:
    plan = shown_plan(side.plan, decided()) if side.plan else None
    return {"plan": plan, "lines": content["lines"], "doors": content["doors"], "counts": content["counts"]}


def _door(door: ComparedDoor) -> dict[str, Any]:
    return {
        "entrance_id": door.door.entrance_id,
        "today": door.today,
        "one": door.one.text if door.one else "",
        "other": door.other.text if door.other else "",
        "one_effect": _effect(door.one),
        "other_effect": _effect(door.other),
        "differs": door.differs,
    }


def _effect(planned: PlannedDoor | None) -> Effect:
    return effect_of(planned) if planned else Effect.NONE


def _stretch(compared: ComparedStretch) -> dict[str, Any]:
    stretch = compared.stretch
    return {
        "from_entrance": stretch.low.door.entrance_id,
        "to_entrance": stretch.high.door.entrance_id,
        "metres": round(stretch.metres, 1),
        "one": compared.one,
        "other": compared.other,
    }


def _findings(view: ComparisonView) -> dict[str, Any]:
    found = view.comparison
    lists = {"only_in_one": found.only_in_one, "only_in_other": found.only_in_other, "in_both": found.in_both}
    return {name: [shown_finding(finding) for finding in findings] for name, findings in lists.items()}
