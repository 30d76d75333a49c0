"""Numbering over the API: rules, previews, and the life of plans."""

from collections.abc import Callable
from typing import Any

from apiflask import APIBlueprint
from flask.typing import ResponseReturnValue

from geo_app.domain.address import Decision
from geo_app.domain.errors import UnreadableInput
from geo_app.exchange.numbering_rules import load_rule, rule_names
from geo_app.persistence.queries.plan_list import PlanFilter
from geo_app.persistence.queries.street_list import StreetListing
from geo_app.persistence.queries.village_group_list import GroupListing, group_listing
from geo_app.persistence.register import Register
from geo_app.persistence.village_groups import VillageGroupRecord
from geo_app.services import numbering
from geo_app.services.adoption import number_mapping
from geo_app.services.numbering_facts import PlanRequest
from geo_app.services.numbering_places import PlanPlace
from geo_app.web.api import (
    IF_MATCH,
    READING,
    STEPPING,
    WRITING,
    Reason,
    decided,
    expected_version,
    list_of,
    page_of,
    tagged,
)
from geo_app.web.context import transaction
from geo_app.web.language import language
from geo_app.web.numbering_models import (
    MappedDoorShown,
    Numbering,
    PlanAsked,
    PlanPage,
    PlansAsked,
    PlanShown,
    PlanStep,
    PreviewShown,
    RuleField,
    RuleShown,
)
from geo_app.web.numbering_shown import hand_of, moved_of, shown_content, shown_mapping, shown_plan
from geo_app.web.numbering_words import fields_of_rules, practices
from geo_app.web.permission import needs

bp = APIBlueprint("numbering_api", __name__, url_prefix="/api/v1", tag="Numbering")

Step = Callable[[Register, int, Decision], object]


class RuleUnknown(UnreadableInput):
    """A rule is one of those that come with the application."""

    pattern = "There is no rule “{name}”; choose one of {names}."


@bp.get("/rules")
@needs("rule.read")
@bp.output(list_of(RuleShown))
@bp.doc(summary="List the rules", responses=READING)
def list_rules() -> ResponseReturnValue:
    """Answer the practices, the usual one first."""
    return practices(language())


@bp.get("/rules/schema")
@needs("rule.read")
@bp.output(list_of(RuleField))
@bp.doc(summary="Show the fields of a rule", responses=READING)
def show_rule_schema() -> ResponseReturnValue:
    """Answer the fields that a street may have of its own."""
    return fields_of_rules()


@bp.post("/streets/<int:street_id>/preview")
@needs("plan.read")
@bp.input(Numbering, arg_name="body")
@bp.output(PreviewShown)
@bp.doc(summary="Compute the numbers of a street", description="Nothing is written.", responses=WRITING)
def preview(street_id: int, body: Numbering) -> ResponseReturnValue:
    """Answer the numbers that a rule would give."""
    with transaction() as register:
        view = numbering.preview(register, street_id, plan_request(body))
        return shown_content(register.streets.listing(street_id), view.content)


@bp.post("/streets/<int:street_id>/plans")
@needs("plan.draft")
@bp.input(PlanAsked, arg_name="body")
@bp.output(PlanShown, status_code=201)
@bp.doc(summary="Draft a plan", responses=WRITING)
def draft_plan(street_id: int, body: PlanAsked) -> ResponseReturnValue:
    """Write the numbers that a rule gives as a draft."""
    with transaction() as register:
        request = plan_request(body, body.title)
        plan_id = numbering.draft_plan(register, street_id, request, decided())
        return plan_answer(register, plan_id, 201)


@bp.get("/plans")
@needs("plan.read")
@bp.input(PlansAsked, location="query", arg_name="asked")
@bp.output(PlanPage)
@bp.doc(summary="List plans, the latest first", responses=READING)
def list_plans(asked: PlansAsked) -> ResponseReturnValue:
    """Answer one page of the plans."""
    decision = decided()
    with transaction() as register:
        page = register.plans.page(PlanFilter(asked.status, asked.street, asked.village_group), asked.paging)
    return page_of(page, [shown_plan(plan, decision) for plan in page.items])


@bp.get("/plans/<int:plan_id>")
@needs("plan.read")
@bp.output(PlanShown)
@bp.doc(summary="Show a plan with its doors", responses=READING)
def show_plan(plan_id: int) -> ResponseReturnValue:
    """Answer a stored plan."""
    with transaction() as register:
        return plan_answer(register, plan_id, 200)


@bp.put("/plans/<int:plan_id>")
@needs("plan.draft")
@bp.input(PlanAsked, arg_name="body")
@bp.output(PlanShown)
@bp.doc(summary="Revise a draft", responses=STEPPING, extensions=IF_MATCH)
def revise_plan(plan_id: int, body: PlanAsked) -> ResponseReturnValue:
    """Compute a draft again, on the street as it stands now."""
    decision = decided(version=expected_version())
    with transaction() as register:
        numbering.revise_plan(register, plan_id, plan_request(body, body.title), decision)
        return plan_answer(register, plan_id, 200)


@bp.post("/plans/<int:plan_id>/submission")
@needs("plan.submit")
@bp.input(Reason, arg_name="body")
@bp.output(PlanStep)
@bp.doc(summary="Submit a draft; its numbers are reserved", responses=STEPPING, extensions=IF_MATCH)
def submit_plan(plan_id: int, body: Reason) -> ResponseReturnValue:
    """Hand a draft over for review."""
    return _step(numbering.submit_plan, plan_id, body)


@bp.post("/plans/<int:plan_id>/return")
@needs("plan.approve")
@bp.input(Reason, arg_name="body")
@bp.output(PlanStep)
@bp.doc(summary="Send a submitted plan back to its planner", responses=STEPPING, extensions=IF_MATCH)
def send_back_plan(plan_id: int, body: Reason) -> ResponseReturnValue:
    """Make a submitted plan a draft again; its numbers are free."""
    return _step(numbering.send_back_plan, plan_id, body)


@bp.post("/plans/<int:plan_id>/approval")
@needs("plan.approve")
@bp.input(Reason, arg_name="body")
@bp.output(PlanStep)
@bp.doc(summary="Approve a submitted plan, as a second person", responses=STEPPING, extensions=IF_MATCH)
def approve_plan(plan_id: int, body: Reason) -> ResponseReturnValue:
    """Approve a plan that somebody else submitted."""
    return _step(numbering.approve_plan, plan_id, body)


@bp.post("/plans/<int:plan_id>/publication")
@needs("plan.publish")
@bp.input(Reason, arg_name="body")
@bp.output(PlanStep)
@bp.doc(summary="Publish an approved plan; its addresses are official", responses=STEPPING, extensions=IF_MATCH)
def publish_plan(plan_id: int, body: Reason) -> ResponseReturnValue:
    """Make the addresses of a plan current."""
    return _step(numbering.publish_plan, plan_id, body)


@bp.post("/plans/<int:plan_id>/withdrawal")
@needs("plan.submit")
@bp.input(Reason, arg_name="body")
@bp.output(PlanStep)
@bp.doc(summary="Withdraw a plan that is not published", responses=STEPPING, extensions=IF_MATCH)
def withdraw_plan(plan_id: int, body: Reason) -> ResponseReturnValue:
    """Take a plan back; its numbers are free."""
    return _step(numbering.withdraw_plan, plan_id, body)


@bp.post("/plans/<int:plan_id>/approval-correction")
@needs("plan.approve")
@bp.input(Reason, arg_name="body")
@bp.output(PlanStep)
@bp.doc(summary="Take a mistaken approval back", responses=STEPPING, extensions=IF_MATCH)
def correct_plan_approval(plan_id: int, body: Reason) -> ResponseReturnValue:
    """Make an approved plan a submitted one again."""
    return _step(numbering.correct_plan_approval, plan_id, body)


@bp.post("/plans/<int:plan_id>/withdrawal-correction")
@needs("plan.draft")
@bp.input(Reason, arg_name="body")
@bp.output(PlanStep)
@bp.doc(summary="Take a mistaken withdrawal back", responses=STEPPING, extensions=IF_MATCH)
def correct_plan_withdrawal(plan_id: int, body: Reason) -> ResponseReturnValue:
    """Make a withdrawn plan a draft again."""
    return _step(numbering.correct_plan_withdrawal, plan_id, body)


@bp.post("/plans/<int:plan_id>/undo")
@needs("plan.undo")
@bp.input(Reason, arg_name="body")
@bp.output(PlanShown, status_code=201)
@bp.doc(summary="Draft the plan that takes back a published one", responses=STEPPING, extensions=IF_MATCH)
def undo_plan(plan_id: int, body: Reason) -> ResponseReturnValue:
    """Write a correcting plan; it is submitted, approved and published like any other."""
    decision = decided(body.reason, expected_version())
    with transaction() as register:
        return plan_answer(register, numbering.undo_plan(register, plan_id, decision), 201)


@bp.get("/plans/<int:plan_id>/mapping")
@needs("plan.read")
@bp.output(list_of(MappedDoorShown))
@bp.doc(summary="Show the old and the new number of each door", responses=READING)
def show_mapping(plan_id: int) -> ResponseReturnValue:
    """Answer what becomes of each door's number, before and after the plan is published."""
    with transaction() as register:
        mapping = number_mapping(register, plan_id)
    return shown_mapping(mapping)


def plan_request(body: Numbering, title: str = "") -> PlanRequest:
    """Return what is asked for. Raises RuleUnknown and what a rule's fields refuse."""
    rule = body.rule
    # Looked up first: a name that is no rule's would otherwise be read as the path of a file.
    if rule.preset not in rule_names():
        raise RuleUnknown(name=rule.preset, names=", ".join(rule_names()))
    return PlanRequest(
        load_rule(rule.preset).with_overrides(**rule.overrides()), body.hand, title, frozenset(body.moved)
    )


def plan_answer(register: Register, plan_id: int, status: int) -> ResponseReturnValue:
    """Return a stored plan with its version. Raises NotFound."""
    view = numbering.read_plan(register, plan_id)
    assert view.plan is not None
    shown: dict[str, Any] = shown_content(_listing(register, view.place), view.content)
    shown["plan"] = shown_plan(view.plan, decided()) | {"hand": hand_of(view.content), "moved": moved_of(view.content)}
    return shown, status, tagged(view.plan.life.version)


def _listing(register: Register, place: PlanPlace) -> StreetListing | GroupListing:
    if isinstance(place, VillageGroupRecord):
        group = group_listing(register.session, place.id)
        assert group is not None
        return group
    return register.streets.listing(place.id)


def _step(step: Step, plan_id: int, body: Reason) -> ResponseReturnValue:
    decision = decided(body.reason, expected_version())
    with transaction() as register:
        step(register, plan_id, decision)
        plan = register.plans.get(plan_id)
    return {"plan": shown_plan(plan, decision)}, 200, tagged(plan.life.version)
