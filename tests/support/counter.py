"""Counter cases for tests: opened with all papers, walked step by step."""

from geo_app.domain.case import CaseVerb
from geo_app.domain.case_kinds import CaseKind, Subject
from geo_app.domain.case_papers import alternatives
from geo_app.domain.position import Position
from geo_app.services import case_opening, cases
from geo_app.services.case_opening import CaseRequest
from tests.support.example_register import COUNTY, DAY, SOUTH, WEST

AT_THE_LINE = Position(WEST + 0.00025, SOUTH + 0.00009)
"""A new door between the first two doors of the example street's north side."""

STEPS = {
    CaseVerb.CHECK: cases.check_site,
    CaseVerb.SUBMIT: cases.submit_case,
    CaseVerb.SEND_BACK: cases.send_back_case,
    CaseVerb.APPROVE: cases.approve_case,
    CaseVerb.REJECT: cases.reject_case,
    CaseVerb.WITHDRAW: cases.withdraw_case,
    CaseVerb.CORRECT_END: cases.correct_case_end,
    CaseVerb.NOTIFY: cases.issue_notice,
    CaseVerb.FINISH: cases.finish_case,
}
BY_REVIEWER = {CaseVerb.SEND_BACK, CaseVerb.APPROVE, CaseVerb.REJECT}


def all_papers(register, kind, subject=Subject.HOUSEHOLD, county=COUNTY):
    required = register.case_settings.in_force(county).papers.required(kind, subject)
    return tuple(alternatives(one)[0] for one in required)


def open_case(register, example, kind=CaseKind.NEW, subject=Subject.HOUSEHOLD, **fields):
    """Open a case by the planner; without more, for a point on the example's street, with all papers."""
    if kind in {CaseKind.NEW, CaseKind.TEMPORARY} and "entrance_id" not in fields:
        fields = {"position": AT_THE_LINE} | fields
    day = fields.pop("day", DAY)
    asked = {"street_id": example.street, "seen": all_papers(register, kind, subject)} | fields
    return case_opening.open_case(register, CaseRequest(kind, subject, **asked), example.by_planner(day=day))


def version(register, case):
    return register.cases.get(case).life.version


def take(register, example, case, verb, reason="查看属实", **more):
    """Take one step as whoever takes it usually."""
    by = example.by_reviewer if verb in BY_REVIEWER else example.by_planner
    STEPS[verb](register, case, by(version(register, case), reason=reason, **more))


def propose(register, example, case, by_hand="", reason="", **more):
    cases.propose_number(register, case, by_hand, example.by_planner(version(register, case), reason=reason, **more))


def submit(register, example, case, by_hand="", reason="位置所需", **more):
    """Walk a case from the counter to the reviewer."""
    kind = register.cases.get(case).life.kind
    if kind.needs_site_check:
        take(register, example, case, CaseVerb.CHECK, **more)
    if kind.needs_number:
        propose(register, example, case, by_hand, reason, **more)
    take(register, example, case, CaseVerb.SUBMIT, **more)
    return case


def approve(register, example, case, by_hand="", **more):
    take(register, example, submit(register, example, case, by_hand, **more), CaseVerb.APPROVE, **more)
    return case


def numbered_address(register, example, kind=CaseKind.NEW, **fields):
    """Return the id of an address that a case made."""
    return register.cases.get(approve(register, example, open_case(register, example, kind, **fields))).address_id
