"""Comparing two plans of a street, or a plan with what is on the wall today."""

from collections.abc import Iterable
from dataclasses import dataclass

from geo_app.domain.address import PlaceKind
from geo_app.domain.errors import DomainError
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.plan_comparison import PlanComparison, compare_contents
from geo_app.domain.planned_door import PlanContent
from geo_app.persistence.paging import Paging
from geo_app.persistence.plans import PlanRecord
from geo_app.persistence.queries.plan_list import PlanFilter
from geo_app.persistence.register import Register
from geo_app.persistence.streets import StreetRecord
from geo_app.services.numbering_facts import stored_content, walls_today

MOST_PLANS = 200
"""So many plans of a street, the latest, are offered for comparison."""


class PlanOfAnotherStreet(DomainError):
    """Two plans are compared door by door, so they number the same doors."""

    pattern = "Plan {plan} is of another street; choose two plans of one street."


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the two: a plan, or what is on the wall today (no plan)."""

    content: PlanContent
    plan: PlanRecord | None = None


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """Two plans of a street as they are shown side by side."""

    street: StreetRecord
    one: Compared
    other: Compared
    comparison: PlanComparison


def compare_plans(register: Register, street_id: int, one: int | None, other: int | None) -> ComparisonView:
    """Return two plans of a street compared; None stands for what is on the wall today.

    Raises NotFound, PlanOfAnotherStreet.
    """
    street = register.streets.get(street_id)
    plans = [_plan(register, street, plan_id) for plan_id in (one, other)]
    rule = next((NumberingRule.from_mapping(plan.rule) for plan in plans if plan), NumberingRule())
    left, right = (_compared(register, street, plan, rule) for plan in plans)
    return ComparisonView(street, left, right, compare_contents(left.content, right.content))


def plans_of(register: Register, street_id: int) -> tuple[PlanRecord, ...]:
    """Return the plans of a street that can be compared, the latest first."""
    return register.plans.page(PlanFilter(street_id=street_id), Paging(size=MOST_PLANS)).items


def latest_plan(plans: Iterable[PlanRecord]) -> int | None:
    """Return the latest plan that was not withdrawn, None without any; what a comparison begins with."""
    return next((plan.life.plan_id for plan in plans if plan.status != "withdrawn"), None)


def _plan(register: Register, street: StreetRecord, plan_id: int | None) -> PlanRecord | None:
    if plan_id is None:
        return None
    plan = register.plans.get(plan_id)
    if (plan.life.place_kind, plan.life.place_id) != (PlaceKind.STREET, street.id):
        raise PlanOfAnotherStreet(plan=plan_id)
    return plan


def _compared(register: Register, street: StreetRecord, plan: PlanRecord | None, rule: NumberingRule) -> Compared:
    if plan is None:
        return Compared(walls_today(register, street, rule))
    return Compared(stored_content(register, street, plan), plan)
