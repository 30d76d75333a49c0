"""Plans of estates over the API: previews, drafts, and the life of plans."""

from collections.abc import Callable

from apiflask import APIBlueprint
from flask.typing import ResponseReturnValue

from geo_app.domain.address import Decision
from geo_app.persistence.register import Register
from geo_app.services import estate_plans
from geo_app.web.api import IF_MATCH, READING, STEPPING, WRITING, Reason, decided, expected_version, tagged
from geo_app.web.context import transaction
from geo_app.web.estates_models import EstateDrawn, EstateNumbers, EstatePlanShown, EstatePlanStep
from geo_app.web.estates_shown import shown_estate_plan, shown_numbers, shown_view
from geo_app.web.permission import needs

bp = APIBlueprint("estate_plans_api", __name__, url_prefix="/api/v1", tag="Estates")

Step = Callable[[Register, int, Decision], object]


@bp.post("/estates/<int:estate_id>/preview")
@needs("plan.read")
@bp.input(EstateDrawn, arg_name="body")
@bp.output(EstateNumbers)
@bp.doc(summary="Compute the numbers of an estate", description="Nothing is written.", responses=WRITING)
def preview(estate_id: int, body: EstateDrawn) -> ResponseReturnValue:
    """Answer the numbers that an order would give."""
    with transaction() as register:
        return shown_numbers(estate_plans.preview(register, estate_id, body.request()).numbered)


@bp.post("/estates/<int:estate_id>/plans")
@needs("plan.draft")
@bp.input(EstateDrawn, arg_name="body")
@bp.output(EstatePlanShown, status_code=201)
@bp.doc(summary="Draft a plan of an estate", responses=WRITING)
def draft_plan(estate_id: int, body: EstateDrawn) -> ResponseReturnValue:
    """Write what was drawn, with its numbers, as a draft."""
    with transaction() as register:
        plan_id = estate_plans.draft_plan(register, estate_id, body.request(), decided())
        return _plan(register, plan_id, 201)


@bp.get("/estate-plans/<int:plan_id>")
@needs("plan.read")
@bp.output(EstatePlanShown)
@bp.doc(summary="Show a plan of an estate with its buildings", responses=READING)
def show_plan(plan_id: int) -> ResponseReturnValue:
    """Answer a stored plan."""
    with transaction() as register:
        return _plan(register, plan_id, 200)


@bp.put("/estate-plans/<int:plan_id>")
@needs("plan.draft")
@bp.input(EstateDrawn, arg_name="body")
@bp.output(EstatePlanShown)
@bp.doc(summary="Revise a draft", responses=STEPPING, extensions=IF_MATCH)
def revise_plan(plan_id: int, body: EstateDrawn) -> ResponseReturnValue:
    """Write what was drawn in place of what the draft had."""
    decision = decided(version=expected_version())
    with transaction() as register:
        estate_plans.revise_plan(register, plan_id, body.request(), decision)
        return _plan(register, plan_id, 200)


@bp.post("/estate-plans/<int:plan_id>/submission")
@needs("plan.submit")
@bp.input(Reason, arg_name="body")
@bp.output(EstatePlanStep)
@bp.doc(summary="Submit a draft; its addresses are reserved", responses=STEPPING, extensions=IF_MATCH)
def submit_plan(plan_id: int, body: Reason) -> ResponseReturnValue:
    """Hand a draft over for review."""
    return _step(estate_plans.submit_plan, plan_id, body)


@bp.post("/estate-plans/<int:plan_id>/return")
@needs("plan.approve")
@bp.input(Reason, arg_name="body")
@bp.output(EstatePlanStep)
@bp.doc(summary="Send a submitted plan back to its planner", responses=STEPPING, extensions=IF_MATCH)
def send_back_plan(plan_id: int, body: Reason) -> ResponseReturnValue:
    """Make a submitted plan a draft again; its addresses are free."""
    return _step(estate_plans.send_back_plan, plan_id, body)


@bp.post("/estate-plans/<int:plan_id>/approval")
@needs("plan.approve")
@bp.input(Reason, arg_name="body")
@bp.output(EstatePlanStep)
@bp.doc(summary="Approve a submitted plan, as a second person", responses=STEPPING, extensions=IF_MATCH)
def approve_plan(plan_id: int, body: Reason) -> ResponseReturnValue:
    """Approve a plan that somebody else submitted."""
    return _step(estate_plans.approve_plan, plan_id, body)


@bp.post("/estate-plans/<int:plan_id>/approval-correction")
@needs("plan.approve")
@bp.input(Reason, arg_name="body")
@bp.output(EstatePlanStep)
@bp.doc(summary="Take a mistaken approval back", responses=STEPPING, extensions=IF_MATCH)
def correct_plan_approval(plan_id: int, body: Reason) -> ResponseReturnValue:
    """Make an approved plan a submitted one again."""
    return _step(estate_plans.correct_plan_approval, plan_id, body)


@bp.post("/estate-plans/<int:plan_id>/publication")
@needs("plan.publish")
@bp.input(Reason, arg_name="body")
@bp.output(EstatePlanStep)
@bp.doc(summary="Publish an approved plan; its addresses are official", responses=STEPPING, extensions=IF_MATCH)
def publish_plan(plan_id: int, body: Reason) -> ResponseReturnValue:
    """Make the addresses of a plan current."""
    return _step(estate_plans.publish_plan, plan_id, body)


@bp.post("/estate-plans/<int:plan_id>/withdrawal")
@needs("plan.submit")
@bp.input(Reason, arg_name="body")
@bp.output(EstatePlanStep)
@bp.doc(summary="Withdraw a plan that is not published", responses=STEPPING, extensions=IF_MATCH)
def withdraw_plan(plan_id: int, body: Reason) -> ResponseReturnValue:
    """Take a plan back; its addresses are free."""
    return _step(estate_plans.withdraw_plan, plan_id, body)


@bp.post("/estate-plans/<int:plan_id>/withdrawal-correction")
@needs("plan.draft")
@bp.input(Reason, arg_name="body")
@bp.output(EstatePlanStep)
@bp.doc(summary="Take a mistaken withdrawal back", responses=STEPPING, extensions=IF_MATCH)
def correct_plan_withdrawal(plan_id: int, body: Reason) -> ResponseReturnValue:
    """Make a withdrawn plan a draft again."""
    return _step(estate_plans.correct_plan_withdrawal, plan_id, body)


@bp.post("/estate-plans/<int:plan_id>/undo")
@needs("plan.undo")
@bp.input(Reason, arg_name="body")
@bp.output(EstatePlanShown, status_code=201)
@bp.doc(summary="Draft the plan that takes back a published one", responses=STEPPING, extensions=IF_MATCH)
def undo_plan(plan_id: int, body: Reason) -> ResponseReturnValue:
    """Write a correcting plan; it is submitted, approved and published like any other."""
    decision = decided(body.reason, expected_version())
    with transaction() as register:
        return _plan(register, estate_plans.undo_plan(register, plan_id, decision), 201)


def _plan(register: Register, plan_id: int, status: int) -> ResponseReturnValue:
    view = estate_plans.read_plan(register, plan_id)
    assert view.plan is not None
    return shown_view(view, decided()), status, tagged(view.plan.life.version)


def _step(step: Step, plan_id: int, body: Reason) -> ResponseReturnValue:
    decision = decided(body.reason, expected_version())
    with transaction() as register:
        step(register, plan_id, decision)
        plan = register.estate_plans.get(plan_id)
    return {"plan": shown_estate_plan(plan, decision)}, 200, tagged(plan.life.version)
