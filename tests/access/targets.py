"""Things that lie in an area, for the rows of the access table with a relation.

A target is made for (route, method) by a function (register, area code) → what is then asked of the route.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir
from uuid import uuid4

from geo_app.domain.access import Actor
from geo_app.domain.access_roles import Role
from geo_app.domain.address import Decision
from geo_app.domain.imports import ImportCounts, Layer
from geo_app.domain.message import Message
from geo_app.persistence.imports import NewImport
from geo_app.persistence.register import Register
from geo_app.services import numbering
from geo_app.services.addresses import retire_address
from tests.access.asked import Asked, Target
from tests.access.audit_targets import AUDIT_COUNTY_TARGETS, AUDIT_TARGETS
from tests.access.case_targets import CASE_TARGETS, SECTION
from tests.access.case_targets import settings as case_settings
from tests.access.division_targets import DIVISION_TARGETS
from tests.access.estate_targets import ESTATE_TARGETS
from tests.access.street_targets import STREET_TARGETS
from tests.access.village_targets import VILLAGE_TARGETS
from tests.support.accounts import actor_of, make_account, moment
from tests.support.example_register import SOUTH, WEST, make_street, request

NEW_PASSWORD = "Wu-Tong-Shu-Xia-66"
REASON = {"reason": "测试"}
FILE = b"id,town,street,number\n"
FILE_NAME = "walk.csv"
"""A kept file that imports are asked for with."""

JOB_FILES = Path(gettempdir()) / f"geo-app-walk-{uuid4().hex}"


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


def described_door(register: Register, area: str) -> Asked:
    asked = door(register, area)
    return Asked(asked.arguments, json={"door_kind": "stair"}, headers=asked.headers)


def _life(register: Register, area: str, steps: int, *further: str) -> tuple[int, Actor]:
    """Return a plan that somebody else brought so far (0 drafted, 1 submitted, 2 approved, 3 published), and who."""
    begun = moment().day - timedelta(days=30)
    people = [make_account(register, f"t{uuid4().hex[:16]}", role) for role in (Role.PLANNER, Role.REVIEWER)]
    planner, reviewer = (actor_of(register, person) for person in people)
    key = numbering.draft_plan(register, _street(register, area), request(), Decision(planner, begun, 0))
    life = (
        (numbering.submit_plan, planner),
        (numbering.approve_plan, reviewer),
        (numbering.publish_plan, reviewer),
    )
    for step, actor in life[:steps]:
        step(register, key, Decision(actor, begun, _version(register, key)))
    for step in further:
        getattr(numbering, step)(register, key, Decision(planner, begun, _version(register, key)))
    return key, planner


def plan(steps: int, *further: str, **json: object) -> Target:
    def make(register: Register, area: str) -> Asked:
        key, _ = _life(register, area, steps, *further)
        return Asked({"plan_id": key}, json=json or REASON, headers={"If-Match": f'"{_version(register, key)}"'})

    return make


def _version(register: Register, plan_id: int) -> int:
    return register.plans.get(plan_id).life.version


def address(name: str = "address_id", *, retired: bool = False, **json: object) -> Target:
    """Return the maker of a published address."""

    def make(register: Register, area: str) -> Asked:
        plan_id, planner = _life(register, area, 3)
        key = next(door.address_id for door in register.plans.doors(plan_id) if door.address_id)
        if retired:
            version = register.addresses.lock(key).version
            retire_address(register, key, Decision(planner, moment().day, version))
        version = register.addresses.lock(key).version
        return Asked({name: key}, json={**REASON, **json}, headers={"If-Match": f'"{version}"'})

    return make


def street(register: Register, area: str) -> Asked:
    return Asked({"street_id": _street(register, area)})


def street_table(register: Register, area: str) -> Asked:
    return Asked({"street_id": _street(register, area), "kind": "csv"})


def undoing(register: Register, area: str) -> Asked:
    key, _ = _life(register, area, 3)
    return Asked({"plan_id": key}, form={**REASON, "version": str(_version(register, key))})


def drawn_street(register: Register, area: str) -> Asked:
    line = {"type": "LineString", "coordinates": [[WEST, SOUTH], [WEST + 0.001, SOUTH]]}
    return Asked({}, json={"name": f"测试{uuid4().hex[:8]}路", "division_code": area, "lines": [line]})


def preview(register: Register, area: str) -> Asked:
    return Asked({"street_id": _street(register, area)}, json={"rule": {"preset": "sichuan"}})


def imported(register: Register, area: str) -> Asked:
    """Return an import into a county, without rows."""
    someone = make_account(register, f"t{uuid4().hex[:16]}")
    key = register.imports.start(NewImport(area, Layer.STREETS, "测试.geojson", "0" * 64, "EPSG:4490", someone.id))
    register.imports.finish(key, ImportCounts(), ())
    return Asked({"import_id": key}, form=REASON)


def imported_for_programs(register: Register, area: str) -> Asked:
    return replace(imported(register, area), form=None, json=REASON)


def file_to_load(_register: Register, area: str) -> Asked:
    form = {"layer": "addresses", "county": area, "field-id": "id", "step": "rehearse"}
    return Asked({"sha256": sha256(FILE).hexdigest(), "name": FILE_NAME}, form)


def export(_register: Register, area: str) -> Asked:
    return Asked({}, {"layer": "streets", "format": "csv", "area": area})


def export_for_programs(_register: Register, area: str) -> Asked:
    return Asked({}, json={"layer": "streets", "format": "csv", "area": area})


def job(status: str = "waiting", **sent: dict[str, str]) -> Callable[[Register, int], Asked]:
    """Return the maker of an account's job."""

    def make(register: Register, owner: int) -> Asked:
        told = {"folder": str(JOB_FILES), "name": "made.csv"}
        key = register.jobs.add(owner, "export", told, Message("Export {layer} as {file}", {"layer": "-", "file": "-"}))
        if status != "waiting":
            register.jobs.finish(key, status, None)
        if status == "done":
            (JOB_FILES / str(key)).mkdir(parents=True)
            (JOB_FILES / str(key) / "made.csv").write_text("id\n", encoding="utf-8")
        return Asked({"job_id": key}, **sent)

    return make


TARGETS: dict[tuple[str, str], Target] = {
    ("/accounts/<int:account_id>", "GET"): account(),
    ("/accounts/<int:account_id>/password", "POST"): account(password=NEW_PASSWORD),
    ("/accounts/<int:account_id>/closing", "POST"): account(),
    ("/accounts/<int:account_id>/opening", "POST"): account(),
    ("/accounts/<int:account_id>/second-factor-reset", "POST"): account(),
    ("/accounts/<int:account_id>/grants", "POST"): grant_in,
    ("/accounts/<int:account_id>/grants/<int:grant_id>/revocation", "POST"): held_grant,
    ("/addresses/<address_id>", "GET"): address(),
    ("/api/v1/addresses/<key>", "GET"): address("key"),
    ("/api/v1/addresses/<address_id>/number-correction", "POST"): address(number=977),
    ("/api/v1/addresses/<address_id>/position-correction", "POST"): address(lon=WEST, lat=SOUTH),
    ("/api/v1/addresses/<address_id>/retirement", "POST"): address(),
    ("/api/v1/addresses/<address_id>/retirement-correction", "POST"): address(retired=True),
    ("/api/v1/streets", "POST"): drawn_street,
    ("/api/v1/streets/<int:street_id>", "GET"): street,
    ("/api/v1/streets/<int:street_id>/approval", "POST"): proposed_street,
    ("/api/v1/streets/<int:street_id>/preview", "POST"): preview,
    ("/api/v1/streets/<int:street_id>/plans", "POST"): street_to_number,
    ("/streets/<int:street_id>/board", "GET"): street,
    ("/api/v1/entrances", "POST"): new_door,
    ("/api/v1/entrances/<int:entrance_id>", "GET"): door,
    ("/api/v1/entrances/<int:entrance_id>", "PATCH"): door,
    ("/api/v1/entrances/<int:entrance_id>", "DELETE"): door,
    ("/api/v1/entrances/<int:entrance_id>/circumstance", "PUT"): described_door,
    ("/api/v1/plans/<int:plan_id>", "GET"): plan(0),
    ("/api/v1/plans/<int:plan_id>/mapping", "GET"): plan(0),
    ("/plans/<int:plan_id>/mapping", "GET"): plan(0),
    ("/plans/<int:plan_id>/mapping/file", "GET"): plan(0),
    ("/plans/<int:plan_id>/notices", "GET"): plan(0),
    ("/api/v1/plans/<int:plan_id>", "PUT"): plan(0, rule={"preset": "sichuan"}),
    ("/api/v1/plans/<int:plan_id>/submission", "POST"): plan(0),
    ("/api/v1/plans/<int:plan_id>/withdrawal", "POST"): plan(0),
    ("/api/v1/plans/<int:plan_id>/withdrawal-correction", "POST"): plan(0, "withdraw_plan"),
    ("/api/v1/plans/<int:plan_id>/approval", "POST"): plan(1),
    ("/api/v1/plans/<int:plan_id>/approval-correction", "POST"): plan(2),
    ("/api/v1/plans/<int:plan_id>/return", "POST"): plan(1),
    ("/api/v1/plans/<int:plan_id>/publication", "POST"): plan(2),
    ("/api/v1/plans/<int:plan_id>/undo", "POST"): plan(3),
    ("/plans/<int:plan_id>/undo", "GET"): plan(3),
    ("/plans/<int:plan_id>/undo", "POST"): undoing,
    ("/streets/<int:street_id>/plans/compare", "GET"): street,
    ("/streets/<int:street_id>/plans/compare/doors.<kind>", "GET"): street_table,
    ("/api/v1/streets/<int:street_id>/plan-comparison", "GET"): street,
    ("/exports", "POST"): export,
    ("/api/v1/exports", "POST"): export_for_programs,
    **DIVISION_TARGETS,
    **CASE_TARGETS,
    **AUDIT_TARGETS,
    **ESTATE_TARGETS,
    **STREET_TARGETS,
    **VILLAGE_TARGETS,
}

COUNTY_TARGETS: dict[tuple[str, str], Target] = {
    (SECTION, "POST"): case_settings,
    ("/imports/<int:import_id>", "GET"): imported,
    ("/imports/<int:import_id>/report.csv", "GET"): imported,
    ("/imports/<int:import_id>/undoing", "POST"): imported,
    ("/imports/files/<sha256>/<name>", "POST"): file_to_load,
    ("/api/v1/imports/<int:import_id>", "GET"): imported,
    ("/api/v1/imports/<int:import_id>/problems", "GET"): imported,
    ("/api/v1/imports/<int:import_id>/undoing", "POST"): imported_for_programs,
    **AUDIT_COUNTY_TARGETS,
}
"""What lies in a county as a whole: callers hold their roles in a county, and for `within` in the city above it."""

JOB_TARGETS: dict[tuple[str, str], Callable[[Register, int], Asked]] = {
    ("/jobs/<int:job_id>", "GET"): job(),
    ("/jobs/<int:job_id>/cancellation", "POST"): job(form=REASON),
    ("/jobs/<int:job_id>/retry", "POST"): job("failed", form=REASON),
    ("/jobs/<int:job_id>/file", "GET"): job("done"),
    ("/api/v1/jobs/<int:job_id>", "GET"): job(),
    ("/api/v1/jobs/<int:job_id>/cancellation", "POST"): job(json=REASON),
    ("/api/v1/jobs/<int:job_id>/retry", "POST"): job("failed", json=REASON),
    ("/api/v1/jobs/<int:job_id>/file", "GET"): job("done"),
}
"""What belongs to whoever asked for it: `mine`, or `another`'s."""
