"""Counter cases in an area, for the walk of the access table."""

from datetime import timedelta
from uuid import uuid4

from geo_app.domain.access_roles import Role
from geo_app.domain.address import Decision
from geo_app.domain.case import CaseVerb
from geo_app.domain.case_kinds import CaseKind, Subject
from geo_app.persistence.register import Register
from geo_app.services.case_opening import CaseRequest, open_case
from geo_app.services.case_steps import StepAsked, take_counter_step
from tests.access.asked import Asked, Target
from tests.support.accounts import actor_of, make_account, moment
from tests.support.counter import AT_THE_LINE, all_papers
from tests.support.example_register import make_street

PAPER = "/cases/<int:case_id>/<paper>.pdf"
SECTION = "/case-settings/<county>/<section>"
TO_SUBMISSION = (CaseVerb.CHECK, CaseVerb.NUMBER, CaseVerb.SUBMIT)


def _street(register: Register, area: str) -> int:
    division = register.streets.division_of(area)
    assert division is not None
    return make_street(register, f"测试路{uuid4().hex[:8]}", division[0], 4)


def _case(register: Register, area: str, steps: tuple[CaseVerb, ...]) -> int:
    """Return a case that somebody else opened and brought so far."""
    begun = moment().day - timedelta(days=30)
    clerk = actor_of(register, make_account(register, f"t{uuid4().hex[:16]}", Role.PLANNER))
    seen = all_papers(register, CaseKind.NEW, county=area[:6])
    asked = CaseRequest(CaseKind.NEW, Subject.HOUSEHOLD, _street(register, area), position=AT_THE_LINE, seen=seen)
    key = open_case(register, asked, Decision(clerk, begun, 0))
    for verb in steps:
        take_counter_step(register, key, StepAsked(verb), Decision(clerk, begun, _version(register, key)))
    return key


def _version(register: Register, key: int) -> int:
    return register.cases.get(key).life.version


def case(steps: tuple[CaseVerb, ...] = (), **asked: str) -> Target:
    """Return the maker of a case that is asked for by a page."""

    def make(register: Register, area: str) -> Asked:
        key = _case(register, area, steps)
        form = {"version": str(_version(register, key)), "reason": "测试", **asked}
        return Asked({"case_id": key}, form)

    return make


def case_for_programs(steps: tuple[CaseVerb, ...] = (), **asked: str) -> Target:
    def make(register: Register, area: str) -> Asked:
        key = _case(register, area, steps)
        headers = {"If-Match": f'"{_version(register, key)}"'}
        return Asked({"case_id": key}, json={"reason": "测试", **asked}, headers=headers)

    return make


def paper(register: Register, area: str) -> Asked:
    return Asked({"case_id": _case(register, area, ()), "paper": "receipt"})


def to_open(register: Register, area: str) -> Asked:
    place = {"lon": str(AT_THE_LINE.lon), "lat": str(AT_THE_LINE.lat)}
    return Asked({}, {"kind": "new", "subject": "household", "street_id": str(_street(register, area)), **place})


def to_open_for_programs(register: Register, area: str) -> Asked:
    place = {"lon": AT_THE_LINE.lon, "lat": AT_THE_LINE.lat}
    return Asked({}, json={"kind": "new", "street_id": _street(register, area), **place})


def settings(_register: Register, area: str) -> Asked:
    return Asked({"county": area, "section": "calendar"}, {"version": "0", "reason": "测试", "holidays": "2026-10-01"})


CASE_TARGETS: dict[tuple[str, str], Target] = {
    ("/cases", "POST"): to_open,
    ("/cases/<int:case_id>", "GET"): case(),
    (PAPER, "GET"): paper,
    ("/cases/<int:case_id>/steps", "POST"): case(verb="check"),
    ("/cases/<int:case_id>/decision", "POST"): case(TO_SUBMISSION, verb="approve"),
    ("/api/v1/cases", "POST"): to_open_for_programs,
    ("/api/v1/cases/<int:case_id>", "GET"): case_for_programs(),
    ("/api/v1/cases/<int:case_id>/steps", "POST"): case_for_programs(step="check"),
    ("/api/v1/cases/<int:case_id>/decision", "POST"): case_for_programs(TO_SUBMISSION, decision="approve"),
}
