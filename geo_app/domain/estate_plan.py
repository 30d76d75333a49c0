"""The life of an estate's plan: that of a numbering plan, with what an estate asks before its numbers are reserved."""

from dataclasses import dataclass

from geo_app.domain.access import Actor
from geo_app.domain.estate_refusals import (
    EstateHasNoBuilding,
    EstateNameNotApproved,
    EstatePlanChangesNothing,
    EstatePlanOutdated,
    GateNumberNeeded,
    GateStreetNotApproved,
)
from geo_app.domain.numbering_plan import PlanFacts, PlanLife, publish_plan, submit_plan


@dataclass(frozen=True, slots=True)
class EstateFacts:
    """What the register knows about an estate's plan at the moment of a step.

    `buildings` all, `new` those without addresses; `street` the name of the gate's street, "" without one. A
    correcting plan gives no numbers and asks for none of this.
    """

    name: str
    buildings: int
    new: int
    errors: int = 0
    name_approved: bool = True
    street: str = ""
    street_approved: bool = True
    gate_numbered: bool = True
    outdated: bool = False
    corrects: bool = False


def submit_estate_plan(plan: PlanLife, actor: Actor, version: int, facts: EstateFacts) -> PlanLife:
    """Return the plan submitted for review; its addresses are to be proposed.

    Raises PlanVersionStale, SubmitNeedsDraft, PlanHasErrors and what `_require_fit` raises.
    """
    moved = submit_plan(plan, actor, version, PlanFacts(doors=1, errors=facts.errors))
    _require_fit(facts)
    return moved


def publish_estate_plan(plan: PlanLife, actor: Actor, version: int, facts: EstateFacts) -> PlanLife:
    """Return the plan published, its addresses to become current.

    Raises PlanVersionStale, PublishNeedsApproved, PlanHasErrors and what `_require_fit` raises.
    """
    moved = publish_plan(plan, actor, version, PlanFacts(doors=1, errors=facts.errors))
    _require_fit(facts)
    return moved


def _require_fit(facts: EstateFacts) -> None:
    if facts.corrects:
        return
    if not facts.buildings:
        raise EstateHasNoBuilding
    if not facts.new:
        raise EstatePlanChangesNothing
    if not facts.name_approved:
        raise EstateNameNotApproved(name=facts.name)
    if not (facts.street and facts.gate_numbered):
        raise GateNumberNeeded
    if not facts.street_approved:
        raise GateStreetNotApproved(street=facts.street)
    if facts.outdated:
        raise EstatePlanOutdated
