"""Plans of the demonstration in every state, made by its own made-up people, so that nobody meets an empty list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from geo_app.domain.access import Actor
from geo_app.domain.address import Decision
from geo_app.domain.message import marked
from geo_app.domain.numbering_findings import Kind
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.persistence.register import Register
from geo_app.services import numbering
from geo_app.services.numbering_facts import PlanRequest

TITLE = marked("Demonstration plan")
REASON = "demonstration"


@dataclass(frozen=True, slots=True)
class DemoPeople:
    """Who drafts, and who reviews."""

    planner: Actor
    reviewer: Actor


def publish_demo_plans(register: Register, people: DemoPeople, rule: NumberingRule, day: date, most: int) -> int:
    """Number the streets that carry numbers already: `most` published, then one approved, submitted, draft each.

    Returns how many plans were made; a street whose walls contradict each other stays for a person.
    """
    streets = _adoptable(register, rule.with_overrides(existing="continue"))
    made = 0
    for last_step in [4] * most + [3, 2, 2, 1, 1]:
        adopted = next(streets, None)
        if adopted is None:
            break
        _walk(register, people, (*adopted, day), last_step)
        made += 1
    return made


def _adoptable(register: Register, rule: NumberingRule) -> Iterator[tuple[int, PlanRequest]]:
    """Yield streets without contradictions, and what is asked for: the walls adopted, one misfit renumbered."""
    for street_id in register.demo.streets_with_numbers():
        findings = numbering.preview(register, street_id, PlanRequest(rule)).content.findings
        misfits = [one.entrance_id for one in findings if one.kind == Kind.KEPT_OUT_OF_ORDER and one.entrance_id]
        request = PlanRequest(rule, moved=frozenset(misfits[:1]))
        if numbering.preview(register, street_id, request).content.errors == 0:
            yield street_id, request


def _walk(register: Register, people: DemoPeople, about: tuple[int, PlanRequest, date], last_step: int) -> None:
    street_id, request, day = about
    plan_id = numbering.draft_plan(register, street_id, request, Decision(people.planner, day, 0))
    steps = (
        (numbering.submit_plan, people.planner),
        (numbering.approve_plan, people.reviewer),
        (numbering.publish_plan, people.reviewer),
    )
    for take, actor in steps[: last_step - 1]:
        take(register, plan_id, Decision(actor, day, register.plans.get(plan_id).life.version))
