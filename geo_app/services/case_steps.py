"""Any step of a case by its verb: what pages, programs and commands call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from geo_app.domain.address import Decision
from geo_app.domain.case import DECISIONS, CaseVerb
from geo_app.domain.errors import DomainError
from geo_app.persistence.register import Register
from geo_app.services import cases


class NotACounterStep(DomainError):
    """Approving, refusing and sending back are decisions, and asked for as such."""

    pattern = "“{step}” is a decision of the second person, not a step of the counter."


class NotADecision(DomainError):
    """The second person approves, refuses or sends back."""

    pattern = "“{step}” is a step of the counter, not a decision of the second person."


@dataclass(frozen=True, slots=True)
class StepAsked:
    """A step: the papers asked for or shown, the number chosen by hand ("": the rule's), where the verb wants them."""

    verb: CaseVerb
    papers: tuple[str, ...] = ()
    number: str = ""


Plain = Callable[[Register, int, Decision], None]

PLAIN: Mapping[CaseVerb, Plain] = {
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
"""Steps that need nothing but a reason."""


def take_counter_step(register: Register, case_id: int, asked: StepAsked, decision: Decision) -> None:
    """Take a step of the counter. Raises NotACounterStep and what the step itself refuses."""
    if asked.verb in DECISIONS:
        raise NotACounterStep(step=asked.verb.word)
    if asked.verb is CaseVerb.REQUEST_PAPERS:
        cases.request_papers(register, case_id, asked.papers, decision)
    elif asked.verb is CaseVerb.SUPPLEMENT:
        cases.supplement_papers(register, case_id, asked.papers, decision)
    elif asked.verb is CaseVerb.NUMBER:
        cases.propose_number(register, case_id, asked.number, decision)
    else:
        PLAIN[asked.verb](register, case_id, decision)


def decide_case(register: Register, case_id: int, verb: CaseVerb, decision: Decision) -> None:
    """Approve, refuse or send back a case. Raises NotADecision and what the decision itself refuses."""
    if verb not in DECISIONS:
        raise NotADecision(step=verb.word)
    PLAIN[verb](register, case_id, decision)
