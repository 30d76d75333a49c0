"""Counter cases over the API: list, open, read, take steps, decide, print, and try a number."""

from apiflask import APIBlueprint
from flask.typing import ResponseReturnValue

from geo_app.domain.access_roles import Permission
from geo_app.domain.case import CaseVerb
from geo_app.domain.case_kinds import CaseKind
from geo_app.domain.case_refusals import KindNeedsDoor
from geo_app.domain.position import Position
from geo_app.persistence.queries.case_list import CaseFilter
from geo_app.persistence.register import Register
from geo_app.services import case_numbers, case_opening, case_steps, cases
from geo_app.web.api import (
    IF_MATCH,
    READING,
    STEPPING,
    WRITING,
    decided,
    expected_version,
    page_of,
    tagged,
)
from geo_app.web.cases_models import (
    CaseDecided,
    CaseOpened,
    CasePage,
    CasesAsked,
    CaseShown,
    CaseStepAsked,
    DoorAsked,
    ProposalShown,
    case_item,
    case_shown,
    proposal_shown,
)
from geo_app.web.context import today, transaction
from geo_app.web.permission import needs
from geo_app.web.reach import areas_of

bp = APIBlueprint("cases_api", __name__, url_prefix="/api/v1", tag="Counter cases")


@bp.get("/cases")
@needs("case.read")
@bp.input(CasesAsked, location="query", arg_name="asked")
@bp.output(CasePage)
@bp.doc(summary="List counter cases", responses=READING)
def list_cases(asked: CasesAsked) -> ResponseReturnValue:
    """Answer one page of the cases in the caller's areas, those first whose last day is next."""
    decision = decided()
    wanted = CaseFilter(
        areas_of(Permission.CASE_READ), asked.status, asked.kind, asked.text,
        open=asked.open and not asked.status, overdue_on=today() if asked.overdue else None,
    )  # fmt: skip
    with transaction() as register:
        page = register.cases.page(wanted, asked.paging)
    return page_of(page, [case_item(case, cases.verbs_for(case, decision)) for case in page.items])


@bp.post("/cases")
@needs("case.open")
@bp.input(CaseOpened, arg_name="body")
@bp.output(CaseShown, status_code=201)
@bp.doc(summary="Receive a case", responses=WRITING)
def open_case(body: CaseOpened) -> ResponseReturnValue:
    """Receive a case; its receipt number is in the answer."""
    with transaction() as register:
        case_id = case_opening.open_case(register, body.request, decided(body.reason))
        return _case(register, case_id, 201)


@bp.get("/cases/<int:case_id>")
@needs("case.read")
@bp.output(CaseShown)
@bp.doc(summary="Show a case", responses=READING)
def show_case(case_id: int) -> ResponseReturnValue:
    """Answer a case with its papers, clock and history."""
    with transaction() as register:
        return _case(register, case_id, 200)


@bp.post("/cases/<int:case_id>/steps")
@needs("case.open")
@bp.input(CaseStepAsked, arg_name="body")
@bp.output(CaseShown)
@bp.doc(summary="Take a step of the counter", responses=STEPPING, extensions=IF_MATCH)
def take_step(case_id: int, body: CaseStepAsked) -> ResponseReturnValue:
    """Take a step: papers, site check, number, submission, notice, hand-over, withdrawal."""
    decision = decided(body.reason, expected_version())
    with transaction() as register:
        case_steps.take_counter_step(register, case_id, body.asked, decision)
        return _case(register, case_id, 200)


@bp.post("/cases/<int:case_id>/decision")
@needs("case.decide")
@bp.input(CaseDecided, arg_name="body")
@bp.output(CaseShown)
@bp.doc(summary="Approve, refuse or send back a case, as a second person", responses=STEPPING, extensions=IF_MATCH)
def decide(case_id: int, body: CaseDecided) -> ResponseReturnValue:
    """Decide a case; approving carries it out in the register."""
    decision = decided(body.reason, expected_version())
    with transaction() as register:
        case_steps.decide_case(register, case_id, CaseVerb(body.decision), decision)
        return _case(register, case_id, 200)


@bp.post("/streets/<int:street_id>/case-number")
@needs("case.read")
@bp.input(DoorAsked, arg_name="body")
@bp.output(ProposalShown)
@bp.doc(summary="Try the number of one door", description="Nothing is written.", responses=WRITING)
def try_number(street_id: int, body: DoorAsked) -> ResponseReturnValue:
    """Answer what number a door or a point would get, between which neighbours, and why."""
    with transaction() as register:
        street = register.streets.get(street_id)
        if body.entrance_id is not None:
            position = register.entrances.get(body.entrance_id).door.position
        elif body.lon is not None and body.lat is not None:
            position = Position(body.lon, body.lat)
        else:
            raise KindNeedsDoor(kind=CaseKind.NEW.word)
        door = case_numbers.CaseDoor(body.entrance_id or 0, position)
        proposal = case_numbers.propose_door_number(register, street, door, body.number.strip())
    return proposal_shown(proposal)


def _case(register: Register, case_id: int, status: int) -> ResponseReturnValue:
    decision = decided()
    view = cases.read_case(register, case_id, decision)
    shown = case_shown(view, cases.verbs_for(view.case, decision))
    return shown, status, tagged(view.case.life.version)
