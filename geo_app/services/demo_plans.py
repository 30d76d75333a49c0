"""Plans of the demonstration in every state, made by its own made-up people, so that nobody meets an empty list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from geo_app.domain.access import Actor
from geo_app.domain.address import Decision
from geo_app.domain.message import marked
from geo_app.domain.numbering_circumstance import Circumstance, DoorKind, DoorState
from geo_app.domain.numbering_findings import Kind
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.persistence.register import Register
from geo_app.services import numbering, village_groups
from geo_app.services.numbering_facts import PlanRequest
from geo_app.services.streets import describe_entrance

TITLE = marked("Demonstration plan")
REASON = "demonstration"
RIVALS: tuple[tuple[str, dict[str, object]], ...] = (
    ("顺序编号（演示）", {}),
    ("两米一号（演示）", {"method": "quantified", "step": 2.0}),
)
"""Two drafts of one street, to be compared: their titles, and how the rule differs."""
UNUSUAL_TITLE = "难编的街巷（演示）"
UNUSUAL = (
    Circumstance(kind=DoorKind.RECESSED),
    Circumstance(kind=DoorKind.STAIR),
    Circumstance(state=DoorState.ILLEGAL, note="虚构（演示）：城管认定书1号"),
    Circumstance(kind=DoorKind.LAND, front_metres=20.0),
    Circumstance(state=DoorState.TEMPORARY, note="虚构（演示）：工地板房"),
    Circumstance(front_metres=12.0),
)
"""What every second door of one street is, made up."""


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
        street_id, request = adopted
        draft = numbering.draft_plan(register, street_id, request, Decision(people.planner, day, 0))
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


def number_demo_months(
    register: Register, people: DemoPeople, rule: NumberingRule, days: Sequence[date], each: int
) -> None:
    """Number streets that have none yet, `each` on every one of `days`; two drafts of the next one can be compared."""
    streets = register.demo.streets_without_numbers(len(days) * each + 1)
    for place, street_id in enumerate(streets[: len(days) * each]):
        day = days[place // each]
        draft = numbering.draft_plan(register, street_id, PlanRequest(rule), Decision(people.planner, day, 0))
        _walk(register, people, (draft, day), 4)
    for street_id in streets[len(days) * each :]:
        for title, fields in RIVALS:
            request = PlanRequest(rule.with_overrides(**fields), title=title)
            numbering.draft_plan(register, street_id, request, Decision(people.planner, days[-1], 0))


def draft_unusual_demo_street(register: Register, people: DemoPeople, rule: NumberingRule, day: date) -> None:
    """Draft a plan of one street on which every second door is unusual, where there is such a street."""
    street_id = register.demo.street_to_number(2 * len(UNUSUAL))
    if street_id is None:
        return
    doors = register.entrances.of_street(street_id)[1::2]
    for door, one in zip(doors, UNUSUAL, strict=False):
        describe_entrance(register, door.entrance_id, one, Decision(people.planner, day, door.version))
    numbering.draft_plan(register, street_id, PlanRequest(rule, title=UNUSUAL_TITLE), Decision(people.planner, day, 0))


def _adoptable(register: Register, rule: NumberingRule) -> Iterator[tuple[int, PlanRequest]]:
    """Yield streets without contradictions, and what is asked for: the walls adopted, one misfit renumbered."""
    for street_id in register.demo.streets_with_numbers():
        findings = numbering.preview(register, street_id, PlanRequest(rule)).content.findings
        misfits = [one.entrance_id for one in findings if one.kind == Kind.KEPT_OUT_OF_ORDER and one.entrance_id]
        request = PlanRequest(rule, moved=frozenset(misfits[:1]))
        if numbering.preview(register, street_id, request).content.errors == 0:
            yield street_id, request


def _walk(register: Register, people: DemoPeople, about: tuple[int, date], last_step: int) -> None:
    plan_id, day = about
    steps = (
        (numbering.submit_plan, people.planner),
        (numbering.approve_plan, people.reviewer),
        (numbering.publish_plan, people.reviewer),
    )
    for take, actor in steps[: last_step - 1]:
        take(register, plan_id, Decision(actor, day, register.plans.get(plan_id).life.version))
