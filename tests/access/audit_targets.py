"""Audited streets, findings and exceptions that lie in an area, for the rows of the access table."""

from uuid import uuid4

from geo_app.domain.access_roles import Role
from geo_app.domain.address import Decision
from geo_app.domain.audit_exception import ExceptionWish
from geo_app.domain.audit_findings import AuditKind
from geo_app.persistence.register import Register
from geo_app.services.audit import accept_exception
from tests.access.asked import Asked, Target
from tests.support.accounts import actor_of, make_account, moment
from tests.support.audited_street import number_walls
from tests.support.example_register import make_street

REASON = {"reason": "测试"}


def _street(register: Register, area: str) -> tuple[int, int]:
    """Return a street and its door on the wrong side, which is called 17."""
    division = register.streets.division_of(area)
    assert division is not None
    street = make_street(register, f"核查路{uuid4().hex[:8]}", division[0], 12)
    return street, number_walls(register, street, d7="17")[7]


def _wish(register: Register, area: str) -> tuple[int, ExceptionWish]:
    street, door = _street(register, area)
    owner = make_account(register, f"t{uuid4().hex[:16]}", Role.PLANNER)
    return street, ExceptionWish(door, AuditKind.WRONG_SIDE, "17", owner.id)


def street(register: Register, area: str) -> Asked:
    return Asked({"street_id": _street(register, area)[0]})


def street_to_draft(register: Register, area: str) -> Asked:
    return Asked({"street_id": _street(register, area)[0]}, form={})


def finding(register: Register, area: str) -> Asked:
    key, wish = _wish(register, area)
    form = {"entrance": str(wish.entrance_id), "kind": wish.kind.value, "number": wish.number}
    return Asked({"street_id": key}, form={**REASON, **form, "owner": str(wish.owner_id)})


def finding_for_programs(register: Register, area: str) -> Asked:
    _, wish = _wish(register, area)
    told = {"entrance_id": wish.entrance_id, "kind": wish.kind.value, "number": wish.number}
    return Asked({}, json={**REASON, **told, "owner_id": wish.owner_id})


def _exception(register: Register, area: str) -> int:
    _, wish = _wish(register, area)
    someone = actor_of(register, make_account(register, f"t{uuid4().hex[:16]}", Role.PLANNER), "测试")
    return accept_exception(register, wish, Decision(someone, moment().day, 0))


def exception(register: Register, area: str) -> Asked:
    return Asked({"exception_id": _exception(register, area)}, form={**REASON, "version": "1"})


def exception_for_programs(register: Register, area: str) -> Asked:
    return Asked({"exception_id": _exception(register, area)}, json=REASON, headers={"If-Match": '"1"'})


AUDIT_TARGETS: dict[tuple[str, str], Target] = {
    ("/streets/<int:street_id>/audit", "GET"): street,
    ("/streets/<int:street_id>/audit/exceptions", "POST"): finding,
    ("/streets/<int:street_id>/audit/plan", "POST"): street_to_draft,
    ("/audit/exceptions/<int:exception_id>/revocation", "POST"): exception,
    ("/api/v1/streets/<int:street_id>/audit", "GET"): street,
    ("/api/v1/audit/exceptions", "POST"): finding_for_programs,
    ("/api/v1/audit/exceptions/<int:exception_id>/revocation", "POST"): exception_for_programs,
}


def run(_register: Register, area: str) -> Asked:
    return Asked({}, form={"county": area})


def run_for_programs(_register: Register, area: str) -> Asked:
    return Asked({}, json={"county": area})


AUDIT_COUNTY_TARGETS: dict[tuple[str, str], Target] = {
    ("/audit/runs", "POST"): run,
    ("/api/v1/audit/runs", "POST"): run_for_programs,
}
