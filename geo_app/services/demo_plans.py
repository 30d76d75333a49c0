"""Plans of the demonstration in every state, made by its own made-up people, so that nobody meets an empty list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from geo_app.domain.access import Actor
from geo_app.domain.address import Decision
from geo_app.domain.message import marked
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.persistence.register import Register
from geo_app.services import numbering, village_groups
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
    streets = _adoptable(register, rule)
    made = 0
    for last_step in [4] * most + [3, 2, 2, 1, 1]:
        street_id = next(streets, None)
        if street_id is None:
            break
        draft = numbering.draft_plan(register, street_id, PlanRequest(rule), Decision(people.planner, day, 0))
        _walk(register, people, (draft, day), last_step)
        made += 1
    return made


def publish_demo_groups(register: Register, people: DemoPeople, rule: NumberingRule, day: date, most: int) -> int:
    """Number the largest village groups, `most` of them published, then one approved, submitted, draft; the others not.

    Returns how many plans were made.
    """
    steps = [4] * most + [3, 2, 1]
    groups = register.demo.groups_by_houses(len(steps))
    for group_id, last_step in zip(groups, steps, strict=False):
        decision = Decision(people.planner, day, 0)
        draft = village_groups.draft_plan(register, group_id, PlanRequest(rule), decision)
        _walk(register, people, (draft, day), last_step)
    return len(groups)


def _adoptable(register: Register, rule: NumberingRule) -> Iterator[int]:
    for street_id in register.demo.streets_with_numbers():
        if numbering.preview(register, street_id, PlanRequest(rule)).content.errors == 0:
            yield street_id


def _walk(register: Register, people: DemoPeople, about: tuple[int, date], last_step: int) -> None:
    plan_id, day = about
    steps = (
        (numbering.submit_plan, people.planner),
        (numbering.approve_plan, people.reviewer),
        (numbering.publish_plan, people.reviewer),
    )
    for take, actor in steps[: last_step - 1]:
        take(register, plan_id, Decision(actor, day, register.plans.get(plan_id).life.version))
