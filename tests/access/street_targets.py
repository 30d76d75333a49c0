"""Streets and their changes, made so far by somebody else, for the rows of the access table."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from geo_app.domain.access import Actor
from geo_app.domain.access_roles import Role
from geo_app.domain.address import Decision
from geo_app.domain.street_change import ChangeVerb
from geo_app.domain.street_request import ChangeRequest, NewName
from geo_app.persistence.register import Register
from geo_app.services import street_changes
from tests.access.asked import Asked, Target
from tests.support.accounts import actor_of, make_account, moment
from tests.support.example_register import make_street

REASON = {"reason": "测试"}


def new_name() -> str:
    return f"测试{uuid4().hex[:8]}路"


def _street(register: Register, area: str) -> int:
    division = register.streets.division_of(area)
    assert division is not None
    return make_street(register, new_name(), division[0], 4)


def _begun() -> date:
    return moment().day - timedelta(days=30)


def _people(register: Register) -> tuple[Actor, Actor]:
    return tuple(
        replace(actor_of(register, make_account(register, f"t{uuid4().hex[:16]}", role)), reason="测试")
        for role in (Role.PLANNER, Role.REVIEWER)
    )


def _change(register: Register, area: str, status: str) -> tuple[int, int]:
    planner, reviewer = _people(register)
    # Approved before its day, it waits to be carried out; what was carried out began long ago.
    day = _begun() + timedelta(days=1) if status == "approved" else _begun()
    asked = ChangeRequest(ChangeVerb.RENAME, _street(register, area), day, NewName(new_name()))
    key = street_changes.submit_change(register, asked, Decision(planner, _begun(), 0))
    if status != "submitted":
        street_changes.approve_change(register, key, Decision(reviewer, _begun(), 1))
    return key, register.street_changes.get(key).life.version


def change(status: str) -> Target:
    def make(register: Register, area: str) -> Asked:
        key, version = _change(register, area, status)
        return Asked({"change_id": key}, {**REASON, "version": str(version)})

    return make


def change_for_programs(status: str) -> Target:
    def make(register: Register, area: str) -> Asked:
        key, version = _change(register, area, status)
        return Asked({"change_id": key}, json=REASON, headers={"If-Match": f'"{version}"'})

    return make


def street_form(**form: str) -> Target:
    def make(register: Register, area: str) -> Asked:
        key = _street(register, area)
        version = register.streets.get(key).version
        return Asked({"street_id": key}, {**REASON, "version": str(version), **form})

    return make


def proposed_form(register: Register, area: str) -> Asked:
    asked = street_form(name=new_name())(register, area)
    register.streets.set_naming(asked.arguments["street_id"], "proposed")
    version = register.streets.get(asked.arguments["street_id"]).version
    return replace(asked, form={**REASON, "name": new_name(), "version": str(version)})


def change_form(register: Register, area: str) -> Asked:
    asked = street_form(name=new_name(), day=_begun().isoformat())(register, area)
    return replace(asked, arguments={**asked.arguments, "verb": "rename"})


def change_to_submit(register: Register, area: str) -> Asked:
    return Asked({"street_id": _street(register, area)}, json={**REASON, "verb": "rename", "name": new_name()})


def spelling(register: Register, area: str) -> Asked:
    key = _street(register, area)
    version = register.streets.get(key).version
    return Asked({"street_id": key}, json={**REASON, "readings": {}}, headers={"If-Match": f'"{version}"'})


STREET_TARGETS: dict[tuple[str, str], Target] = {
    ("/streets/<int:street_id>", "GET"): street_form(),
    ("/streets/<int:street_id>/notice", "GET"): street_form(),
    ("/streets/<int:street_id>/notice", "POST"): street_form(location="东起南街"),
    ("/streets/<int:street_id>/spelling", "POST"): street_form(by="readings"),
    ("/streets/<int:street_id>/name-approval", "POST"): proposed_form,
    ("/streets/<int:street_id>/name-rejection", "POST"): proposed_form,
    ("/streets/<int:street_id>/name-proposal", "POST"): proposed_form,
    ("/streets/<int:street_id>/changes/<verb>", "POST"): change_form,
    ("/street-changes/<int:change_id>", "GET"): change("submitted"),
    ("/street-changes/<int:change_id>/approval", "POST"): change("submitted"),
    ("/street-changes/<int:change_id>/rejection", "POST"): change("submitted"),
    ("/street-changes/<int:change_id>/withdrawal", "POST"): change("submitted"),
    ("/street-changes/<int:change_id>/execution", "POST"): change("approved"),
    ("/street-changes/<int:change_id>/undoing", "POST"): change("carried_out"),
    ("/api/v1/streets/<int:street_id>/spelling", "PUT"): spelling,
    ("/api/v1/streets/<int:street_id>/changes", "POST"): change_to_submit,
    ("/api/v1/street-changes/<int:change_id>", "GET"): change("submitted"),
    ("/api/v1/street-changes/<int:change_id>/approval", "POST"): change_for_programs("submitted"),
    ("/api/v1/street-changes/<int:change_id>/rejection", "POST"): change_for_programs("submitted"),
    ("/api/v1/street-changes/<int:change_id>/withdrawal", "POST"): change_for_programs("submitted"),
    ("/api/v1/street-changes/<int:change_id>/execution", "POST"): change_for_programs("approved"),
    ("/api/v1/street-changes/<int:change_id>/undoing", "POST"): change_for_programs("carried_out"),
}
