"""Counter cases as the API shows and takes them."""

from pydantic import BaseModel, Field

from geo_app.domain.case import DECISIONS, CaseStatus, CaseVerb
from geo_app.domain.case_kinds import CaseKind, Subject
from geo_app.domain.case_number import Neighbour, NumberProposal
from geo_app.domain.position import Position
from geo_app.exchange.language import render
from geo_app.persistence.cases import CaseRecord
from geo_app.services.case_opening import CaseRequest
from geo_app.services.case_steps import StepAsked
from geo_app.services.cases import CaseView
from geo_app.web.api import Asked, Body, Id, PageOf, Reason, iso
from geo_app.web.language import language
from geo_app.web.streets_models import Latitude, Longitude

COUNTER_VERBS = [verb.value for verb in CaseVerb if verb not in DECISIONS]
DECISION_VERBS = [verb.value for verb in CaseVerb if verb in DECISIONS]


def one_of(values: list[str], *, empty: bool = False) -> str:
    """Return the pattern of a field that takes one of `values`."""
    return f"^({'|'.join(['', *values] if empty else values)})$"


class CasesAsked(Asked):
    """Which cases are asked for; those whose last day is next come first."""

    status: str = Field("", pattern=one_of(list(CaseStatus), empty=True))
    kind: str = Field("", pattern=one_of(list(CaseKind), empty=True))
    text: str = Field("", max_length=100, description="Part of the receipt number, address, street or shop.")
    open: bool = Field(True, description="Leave out what has ended.")
    overdue: bool = False


class CaseOpened(Reason):
    """What somebody came for: a door or a point on a street, or an address. Nothing personal is taken."""

    kind: str = Field(pattern=one_of(list(CaseKind)))
    subject: str = Field("household", pattern=one_of(list(Subject)))
    street_id: Id | None = None
    entrance_id: Id | None = None
    lon: Longitude | None = None
    lat: Latitude | None = None
    address_id: str | None = Field(None, max_length=15)
    papers: list[str] = Field(default_factory=list, max_length=60, description="Papers that were shown.")
    shop_name: str = Field("", max_length=60)
    note: str = Field("", max_length=200)

    @property
    def request(self) -> CaseRequest:
        """Return what is asked as the service understands it."""
        place = Position(self.lon, self.lat) if self.lon is not None and self.lat is not None else None
        return CaseRequest(
            CaseKind(self.kind), Subject(self.subject), self.street_id, self.entrance_id, place, self.address_id,
            tuple(self.papers), self.shop_name, self.note,
        )  # fmt: skip


class CaseStepAsked(Reason):
    """A step of the counter."""

    step: str = Field(pattern=one_of(COUNTER_VERBS))
    papers: list[str] = Field(default_factory=list, max_length=60, description="Asked for, or shown.")
    number: str = Field("", max_length=20, description="Chosen by hand; empty: the rule's.")

    @property
    def asked(self) -> StepAsked:
        """Return the step as the service understands it."""
        return StepAsked(CaseVerb(self.step), tuple(self.papers), self.number)


class CaseDecided(Reason):
    """A decision of the second person."""

    decision: str = Field(pattern=one_of(DECISION_VERBS))


class DoorAsked(Body):
    """A door of a street, or a point; and a number to be tried."""

    entrance_id: Id | None = None
    lon: Longitude | None = None
    lat: Latitude | None = None
    number: str = Field("", max_length=20)


class NeighbourShown(BaseModel):
    """The next settled number on the same side."""

    text: str
    metres: float
    lon: float
    lat: float


class ProposalShown(BaseModel):
    """A door's number among its neighbours; empty text: none is free, and the reason says why."""

    text: str
    reason: str
    side: str | None
    metres: float | None
    before: NeighbourShown | None
    after: NeighbourShown | None
    findings: list[str]


class CaseItem(BaseModel):
    """A case in the list."""

    id: int
    receipt: str
    kind: str
    subject: str
    status: str
    version: int
    text: str
    street_id: int | None
    address_id: str | None
    number: str | None
    received_on: str
    due_on: str | None
    shop_name: str
    clerk: str
    may: list[str] = Field(description="What the caller may do to it now.")


class CasePage(PageOf[CaseItem]):
    """One page of cases."""


class CaseStepShown(BaseModel):
    """What was done, by whom, and why."""

    at: str
    account: str
    verb: str
    reason: str


class CaseShown(CaseItem):
    """A case with its papers, its clock and its history."""

    standing: str = Field(description="in_time, near, overdue, paused, stopped")
    days_left: int | None = Field(description="Working days; negative when the last day is over.")
    papers_required: list[str]
    papers_seen: list[str]
    papers_missing: list[str]
    number_reason: str | None
    by_hand: bool
    steps: list[CaseStepShown]


def case_item(case: CaseRecord, may: list[CaseVerb]) -> dict[str, object]:
    """Return a case as the list shows it."""
    life = case.life
    return {
        "id": life.case_id, "receipt": case.receipt, "kind": life.kind.value, "subject": case.subject.value,
        "status": life.status.value, "version": life.version, "text": case.text, "street_id": case.street_id,
        "address_id": case.address_id, "number": case.number.text if case.number else None,
        "received_on": iso(case.clock.received_on), "due_on": iso(case.due_on), "shop_name": case.shop_name,
        "clerk": case.people["opened"], "may": [verb.value for verb in may],
    }  # fmt: skip


def case_shown(view: CaseView, may: list[CaseVerb]) -> dict[str, object]:
    """Return a case with everything about it."""
    case = view.case
    steps = [{"at": iso(s.at), "account": s.account, "verb": s.verb, "reason": s.reason} for s in view.steps]
    return case_item(case, may) | {
        "standing": view.standing.value, "days_left": view.days_left, "papers_required": list(case.required),
        "papers_seen": list(case.seen), "papers_missing": list(view.missing),
        "number_reason": render(case.number.reason, language()) if case.number else None,
        "by_hand": bool(case.number and case.number.by_hand), "steps": steps,
    }  # fmt: skip


def proposal_shown(proposal: NumberProposal) -> dict[str, object]:
    """Return a proposed number."""
    return {
        "text": proposal.text if proposal.number else "", "reason": render(proposal.reason, language()),
        "side": proposal.side, "metres": proposal.metres, "before": _neighbour(proposal.before),
        "after": _neighbour(proposal.after),
        "findings": [render(finding.message, language()) for finding in proposal.findings],
    }  # fmt: skip


def _neighbour(one: Neighbour | None) -> dict[str, object] | None:
    if one is None:
        return None
    return {"text": one.text, "metres": one.metres, "lon": one.position.lon, "lat": one.position.lat}
