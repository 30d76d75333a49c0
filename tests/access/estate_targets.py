"""Estates that lie in an area, for the rows of the access table with a relation."""

from datetime import timedelta
from uuid import uuid4

from geo_app.domain.access_roles import Role
from geo_app.domain.address import Decision
from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.estate import Estate, EstateBuilding, Gate
from geo_app.persistence.register import Register
from geo_app.services import estate_plans
from geo_app.services.estate_plans import EstateRequest
from geo_app.services.estates import add_estate, approve_estate_name
from tests.access.asked import Asked, Target
from tests.support.accounts import actor_of, make_account, moment
from tests.support.example_estate import GATE, slab
from tests.support.example_register import SOUTH, WEST, make_street

REASON = {"reason": "测试"}
OUTLINE = {
    "type": "Polygon",
    "coordinates": [[[WEST, SOUTH], [WEST + 0.001, SOUTH], [WEST, SOUTH + 0.001], [WEST, SOUTH]]],
}
DRAWN = {"buildings": [{"key": "a", "outline": OUTLINE}]}


def _estate(register: Register, area: str, *, approved: bool = True) -> tuple[int, list[Decision]]:
    begun = moment().day - timedelta(days=30)
    people = [make_account(register, f"t{uuid4().hex[:16]}", role) for role in (Role.PLANNER, Role.REVIEWER)]
    planner, reviewer = (Decision(actor_of(register, person), begun, 0) for person in people)
    key = add_estate(register, f"测试{uuid4().hex[:8]}苑", area, planner)
    if approved:
        version = register.estates.get(key).version
        approve_estate_name(register, key, Decision(reviewer.actor, begun, version))
    return key, [planner, reviewer]


def estate(**json: object) -> Target:
    return lambda register, area: Asked({"estate_id": _estate(register, area)[0]}, json=json or None)


def proposed_estate(register: Register, area: str) -> Asked:
    key, _ = _estate(register, area, approved=False)
    return Asked({"estate_id": key}, json=REASON, headers={"If-Match": f'"{register.estates.get(key).version}"'})


def new_estate(_register: Register, area: str) -> Asked:
    return Asked({}, json={"name": f"测试{uuid4().hex[:8]}苑", "division_code": area})


def entered_estate(_register: Register, area: str) -> Asked:
    return Asked({}, {"name": f"测试{uuid4().hex[:8]}苑", "division": area})


def estate_plan(steps: int, *further: str, **more: object) -> Target:
    """Return the maker of a plan that somebody else brought so far (0 drafted … 3 published)."""

    def make(register: Register, area: str) -> Asked:
        key, (planner, reviewer) = _estate(register, area)
        division = register.streets.division_of(area)
        assert division is not None
        street = make_street(register, f"测试路{uuid4().hex[:8]}", division[0], 4)
        drawn = Estate((EstateBuilding("a", slab(0, 0)),), Gate(GATE, street, HouseNumber(18)))
        plan = estate_plans.draft_plan(register, key, EstateRequest(drawn), planner)
        taken = ((estate_plans.submit_plan, planner), (estate_plans.approve_plan, reviewer))
        taken = (*taken, (estate_plans.publish_plan, reviewer))[:steps]
        for step, by in (*taken, *((getattr(estate_plans, name), planner) for name in further)):
            step(register, plan, Decision(by.actor, by.day, register.estate_plans.get(plan).life.version))
        version = register.estate_plans.get(plan).life.version
        return Asked({"plan_id": plan, **more}, json=REASON, headers={"If-Match": f'"{version}"'})

    return make


def revised(register: Register, area: str) -> Asked:
    made = estate_plan(0)(register, area)
    return Asked(made.arguments, json=DRAWN, headers=made.headers)


PLAN = "/api/v1/estate-plans/<int:plan_id>"
ESTATE = "/api/v1/estates/<int:estate_id>"
ESTATE_TARGETS: dict[tuple[str, str], Target] = {
    ("/estates", "POST"): entered_estate,
    ("/estates/<int:estate_id>", "GET"): estate(),
    ("/estates/plans/<int:plan_id>/rooms.<kind>", "GET"): estate_plan(0, kind="csv"),
    ("/api/v1/estates", "POST"): new_estate,
    (ESTATE, "GET"): estate(),
    (f"{ESTATE}/approval", "POST"): proposed_estate,
    (f"{ESTATE}/preview", "POST"): estate(**DRAWN),
    (f"{ESTATE}/plans", "POST"): estate(**DRAWN),
    (f"{ESTATE}/registered-buildings", "POST"): estate(boundary=OUTLINE),
    (PLAN, "GET"): estate_plan(0),
    (PLAN, "PUT"): revised,
    (f"{PLAN}/submission", "POST"): estate_plan(0),
    (f"{PLAN}/withdrawal", "POST"): estate_plan(0),
    (f"{PLAN}/withdrawal-correction", "POST"): estate_plan(0, "withdraw_plan"),
    (f"{PLAN}/approval", "POST"): estate_plan(1),
    (f"{PLAN}/approval-correction", "POST"): estate_plan(2),
    (f"{PLAN}/return", "POST"): estate_plan(1),
    (f"{PLAN}/publication", "POST"): estate_plan(2),
    (f"{PLAN}/undo", "POST"): estate_plan(3),
}
