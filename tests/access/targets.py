"""Things that lie in an area, for the rows of the access table with a relation.

A target is made for (route, method) by a function (register, area code) → what is then asked of the route.
"""

from uuid import uuid4

from geo_app.domain.access_roles import Role
from geo_app.domain.address import Decision
from geo_app.persistence.register import Register
from geo_app.services import numbering
from tests.access.asked import Asked, Target
from tests.access.division_targets import DIVISION_TARGETS
from tests.support.accounts import actor_of, make_account, moment
from tests.support.example_register import SOUTH, WEST, make_street, request

NEW_PASSWORD = "Wu-Tong-Shu-Xia-66"
REASON = {"reason": "测试"}


def _account(register: Register, area: str) -> int:
    return make_account(register, f"t{uuid4().hex[:16]}", Role.TOWNSHIP, area=area).id


def account(**form: str) -> Target:
    return lambda register, area: Asked({"account_id": _account(register, area)}, {**REASON, **form})


def grant_in(register: Register, area: str) -> Asked:
    return Asked({"account_id": _account(register, "")}, {**REASON, "role": "village", "area": area})


def held_grant(register: Register, area: str) -> Asked:
    account_id = _account(register, area)
    grant_id = register.accounts.grants(account_id)[0].id
    return Asked({"account_id": account_id, "grant_id": grant_id}, REASON)


def _street(register: Register, area: str) -> int:
    division = register.streets.division_of(area)
    assert division is not None
    return make_street(register, f"测试路{uuid4().hex[:8]}", division[0], 4)


def proposed_street(register: Register, area: str) -> Asked:
    key = _street(register, area)
    return Asked({"street_id": key}, json=REASON, headers={"If-Match": f'"{register.streets.get(key).version}"'})


def street_to_number(register: Register, area: str) -> Asked:
    return Asked({"street_id": _street(register, area)}, json={"rule": {"preset": "sichuan"}})


def new_door(register: Register, area: str) -> Asked:
    return Asked({}, json={"street_id": _street(register, area), "lon": WEST, "lat": SOUTH})


def door(register: Register, area: str) -> Asked:
    wanted = _street(register, area)
    key, version = register.session.connection().exec_driver_sql(
        "select id, version from entrance where street_id = %s limit 1", (wanted,)
    ).one()  # fmt: skip
    return Asked({"entrance_id": key}, json={"lon": WEST, "lat": SOUTH}, headers={"If-Match": f'"{version}"'})


def plan(steps: int) -> Target:
    """Return the maker of a plan that somebody else brought so far: 0 drafted, 1 submitted, 2 approved, 3 published."""

    def make(register: Register, area: str) -> Asked:
        people = [make_account(register, f"t{uuid4().hex[:16]}", role) for role in (Role.PLANNER, Role.REVIEWER)]
        planner, reviewer = (actor_of(register, person) for person in people)
        key = numbering.draft_plan(register, _street(register, area), request(), Decision(planner, moment().day, 0))
        life = (
            (numbering.submit_plan, planner),
            (numbering.approve_plan, reviewer),
            (numbering.publish_plan, reviewer),
        )
        for step, actor in life[:steps]:
            step(register, key, Decision(actor, moment().day, _version(register, key)))
        return Asked({"plan_id": key}, json=REASON, headers={"If-Match": f'"{_version(register, key)}"'})

    return make


def _version(register: Register, plan_id: int) -> int:
    return register.plans.get(plan_id).life.version


TARGETS: dict[tuple[str, str], Target] = {
    ("/accounts/<int:account_id>", "GET"): account(),
    ("/accounts/<int:account_id>/password", "POST"): account(password=NEW_PASSWORD),
    ("/accounts/<int:account_id>/closing", "POST"): account(),
    ("/accounts/<int:account_id>/opening", "POST"): account(),
    ("/accounts/<int:account_id>/second-factor-reset", "POST"): account(),
    ("/accounts/<int:account_id>/grants", "POST"): grant_in,
    ("/accounts/<int:account_id>/grants/<int:grant_id>/revocation", "POST"): held_grant,
    ("/api/v1/streets/<int:street_id>/approval", "POST"): proposed_street,
    ("/api/v1/streets/<int:street_id>/plans", "POST"): street_to_number,
    ("/api/v1/entrances", "POST"): new_door,
    ("/api/v1/entrances/<int:entrance_id>", "PATCH"): door,
    ("/api/v1/entrances/<int:entrance_id>", "DELETE"): door,
    ("/api/v1/plans/<int:plan_id>/submission", "POST"): plan(0),
    ("/api/v1/plans/<int:plan_id>/withdrawal", "POST"): plan(0),
    ("/api/v1/plans/<int:plan_id>/approval", "POST"): plan(1),
    ("/api/v1/plans/<int:plan_id>/return", "POST"): plan(1),
    ("/api/v1/plans/<int:plan_id>/publication", "POST"): plan(2),
    ("/api/v1/plans/<int:plan_id>/undo", "POST"): plan(3),
    **DIVISION_TARGETS,
}
