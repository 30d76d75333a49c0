"""The life of a case 办件: one household or shop at the counter, from receipt to the notice that is handed over.

What a kind of case needs is a table: which steps it takes, and what it does to the register when a second person
approves it. The papers and the days it may take are settings, see `case_papers` and `case_clock`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from geo_app.domain import case_refusals as refusals
from geo_app.domain.access import Actor, require_reason
from geo_app.domain.access_roles import Permission
from geo_app.domain.case_kinds import CaseKind
from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message, marked


class CaseStatus(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    INCOMPLETE = "incomplete"
    CHECKED = "checked"
    NUMBERED = "numbered"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    NOTIFIED = "notified"
    DONE = "done"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def word(self) -> Message:
        """Return the status for a reader."""
        return Message(_STATUS_WORDS[self])


_STATUS_WORDS: Mapping[CaseStatus, str] = {
    CaseStatus.RECEIVED: marked("received at the counter"),
    CaseStatus.INCOMPLETE: marked("waiting for papers"),
    CaseStatus.CHECKED: marked("checked on site"),
    CaseStatus.NUMBERED: marked("with a proposed number"),
    CaseStatus.SUBMITTED: marked("submitted for approval"),
    CaseStatus.APPROVED: marked("approved by a second person"),
    CaseStatus.NOTIFIED: marked("notice issued"),
    CaseStatus.DONE: marked("handed over and closed"),
    CaseStatus.REJECTED: marked("refused by the office"),
    CaseStatus.WITHDRAWN: marked("withdrawn by the applicant"),
}

ENDED = frozenset({CaseStatus.DONE, CaseStatus.REJECTED, CaseStatus.WITHDRAWN})
"""Statuses in which nothing is left to do; the address is unlocked."""

DECIDED = ENDED | {CaseStatus.APPROVED, CaseStatus.NOTIFIED}
"""Statuses in which the clock stands still: the office has answered."""


class CaseVerb(StrEnum):
    """What can be done to a case."""

    REQUEST_PAPERS = "request_papers"
    SUPPLEMENT = "supplement"
    CHECK = "check"
    NUMBER = "number"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    CORRECT_END = "correct_end"
    NOTIFY = "notify"
    FINISH = "finish"

    @property
    def word(self) -> Message:
        """Return the step for a reader."""
        return Message(_VERB_WORDS[self])


_VERB_WORDS: Mapping[CaseVerb, str] = {
    CaseVerb.REQUEST_PAPERS: marked("ask for missing papers"),
    CaseVerb.SUPPLEMENT: marked("take papers that were missing"),
    CaseVerb.CHECK: marked("record the site check"),
    CaseVerb.NUMBER: marked("propose the number"),
    CaseVerb.SUBMIT: marked("submit for approval"),
    CaseVerb.SEND_BACK: marked("send back to the counter"),
    CaseVerb.APPROVE: marked("approve"),
    CaseVerb.REJECT: marked("refuse"),
    CaseVerb.WITHDRAW: marked("withdraw"),
    CaseVerb.CORRECT_END: marked("take up again"),
    CaseVerb.NOTIFY: marked("issue the notice"),
    CaseVerb.FINISH: marked("hand over and close"),
}


@dataclass(frozen=True, slots=True)
class CaseLife:
    """The part of a case that its life rules know; account ids are None until the step was taken.

    `missing` are the papers still wanted, one text each; `site_checked` tells whether somebody saw the place;
    `numbered` whether a number is proposed.
    """

    case_id: int
    kind: CaseKind
    version: int = 1
    status: CaseStatus = CaseStatus.RECEIVED
    missing: tuple[str, ...] = ()
    site_checked: bool = False
    numbered: bool = False
    opened_by: int | None = None
    submitted_by: int | None = None
    decided_by: int | None = None

    @property
    def open(self) -> bool:
        """Tell whether something is left to do."""
        return self.status not in ENDED


@dataclass(frozen=True, slots=True)
class _Move:
    start: frozenset[CaseStatus]
    to: CaseStatus
    refusal: type[DomainError]


_AT_COUNTER = frozenset({CaseStatus.RECEIVED, CaseStatus.CHECKED, CaseStatus.NUMBERED})
_UNDECIDED = _AT_COUNTER | {CaseStatus.INCOMPLETE, CaseStatus.SUBMITTED}
_SUBMITTED = frozenset({CaseStatus.SUBMITTED})
_BROKEN_OFF = frozenset({CaseStatus.REJECTED, CaseStatus.WITHDRAWN})

MOVES: Mapping[CaseVerb, _Move] = {
    CaseVerb.REQUEST_PAPERS: _Move(_AT_COUNTER, CaseStatus.INCOMPLETE, refusals.RequestPapersAtCounter),
    CaseVerb.SUPPLEMENT: _Move(
        frozenset({CaseStatus.INCOMPLETE}), CaseStatus.RECEIVED, refusals.SupplementNeedsIncomplete
    ),
    CaseVerb.CHECK: _Move(_AT_COUNTER, CaseStatus.CHECKED, refusals.CheckAtCounter),
    CaseVerb.NUMBER: _Move(_AT_COUNTER, CaseStatus.NUMBERED, refusals.NumberAtCounter),
    CaseVerb.SUBMIT: _Move(_AT_COUNTER, CaseStatus.SUBMITTED, refusals.SubmitAtCounter),
    CaseVerb.SEND_BACK: _Move(_SUBMITTED, CaseStatus.RECEIVED, refusals.SendBackNeedsSubmittedCase),
    CaseVerb.APPROVE: _Move(_SUBMITTED, CaseStatus.APPROVED, refusals.ApproveNeedsSubmittedCase),
    CaseVerb.REJECT: _Move(_UNDECIDED, CaseStatus.REJECTED, refusals.RejectNeedsUndecided),
    CaseVerb.WITHDRAW: _Move(_UNDECIDED, CaseStatus.WITHDRAWN, refusals.WithdrawNeedsUndecided),
    CaseVerb.CORRECT_END: _Move(_BROKEN_OFF, CaseStatus.RECEIVED, refusals.CorrectEndNeedsBrokenOff),
    CaseVerb.NOTIFY: _Move(frozenset({CaseStatus.APPROVED}), CaseStatus.NOTIFIED, refusals.NoticeNeedsApproval),
    CaseVerb.FINISH: _Move(frozenset({CaseStatus.NOTIFIED}), CaseStatus.DONE, refusals.FinishNeedsNotice),
}
"""From where to where each verb leads, and who refuses otherwise."""

DECISIONS = frozenset({CaseVerb.SEND_BACK, CaseVerb.APPROVE, CaseVerb.REJECT})
"""What the second person does; all else is the counter's."""

CORRECTED_BY: Mapping[CaseVerb, CaseVerb] = {
    CaseVerb.REQUEST_PAPERS: CaseVerb.SUPPLEMENT,
    CaseVerb.SUPPLEMENT: CaseVerb.REQUEST_PAPERS,
    CaseVerb.CHECK: CaseVerb.CHECK,
    CaseVerb.NUMBER: CaseVerb.NUMBER,
    CaseVerb.SUBMIT: CaseVerb.SEND_BACK,
    CaseVerb.SEND_BACK: CaseVerb.SUBMIT,
    CaseVerb.REJECT: CaseVerb.CORRECT_END,
    CaseVerb.WITHDRAW: CaseVerb.CORRECT_END,
    CaseVerb.CORRECT_END: CaseVerb.WITHDRAW,
}
"""The verb that takes back a wrong step; what approval changed in the register is taken back by a case of its own."""


def permission_for(verb: CaseVerb) -> Permission:
    """Return what the caller must ask `access.require` for before the verb."""
    return Permission.CASE_DECIDE if verb in DECISIONS else Permission.CASE_OPEN


def request_papers(case: CaseLife, version: int, missing: tuple[str, ...]) -> CaseLife:
    """Return the case as waiting for the `missing` papers, of which the applicant gets a written list.

    Raises CaseVersionStale, RequestPapersAtCounter, NoPaperNamed.
    """
    moved = _moved(case, CaseVerb.REQUEST_PAPERS, version)
    if not missing:
        raise refusals.NoPaperNamed
    return replace(moved, missing=missing)


def supplement(case: CaseLife, version: int, missing: tuple[str, ...]) -> CaseLife:
    """Return the case complete again, or still waiting when papers are `missing` after all.

    Raises CaseVersionStale, SupplementNeedsIncomplete.
    """
    moved = _moved(case, CaseVerb.SUPPLEMENT, version)
    status = CaseStatus.INCOMPLETE if missing else _standing(moved)
    return replace(moved, status=status, missing=missing)


def check_site(case: CaseLife, actor: Actor, version: int) -> CaseLife:
    """Return the case checked on site; the actor's reason says what was seen.

    Raises CaseVersionStale, CheckAtCounter, KindNeedsNoCheck, ReasonNotStated.
    """
    moved = _moved(case, CaseVerb.CHECK, version)
    if not case.kind.needs_site_check:
        raise refusals.KindNeedsNoCheck(kind=case.kind.word)
    require_reason(actor)
    after = replace(moved, site_checked=True)
    return replace(after, status=_standing(after))


def propose_number(case: CaseLife, version: int) -> CaseLife:
    """Return the case with a proposed number; it is not reserved before the case is submitted.

    Raises CaseVersionStale, NumberAtCounter, KindNeedsNoNumber, SiteCheckMissing.
    """
    moved = _moved(case, CaseVerb.NUMBER, version)
    if not case.kind.needs_number:
        raise refusals.KindNeedsNoNumber(kind=case.kind.word)
    if not case.site_checked:
        raise refusals.SiteCheckMissing
    return replace(moved, numbered=True)


def submit_case(case: CaseLife, actor: Actor, version: int) -> CaseLife:
    """Return the case submitted; its number is to be reserved as a proposed address.

    Raises CaseVersionStale, SubmitAtCounter, SiteCheckMissing, ProposedNumberMissing.
    """
    moved = _moved(case, CaseVerb.SUBMIT, version)
    if case.kind.needs_site_check and not case.site_checked:
        raise refusals.SiteCheckMissing
    if case.kind.needs_number and not case.numbered:
        raise refusals.ProposedNumberMissing
    return replace(moved, submitted_by=actor.account_id)


def send_back_case(case: CaseLife, actor: Actor, version: int) -> CaseLife:
    """Return the case at the counter again, its number to be freed.

    Raises CaseVersionStale, SendBackNeedsSubmittedCase, ReasonNotStated.
    """
    moved = _moved(case, CaseVerb.SEND_BACK, version)
    require_reason(actor)
    return replace(moved, status=_standing(moved), submitted_by=None)


def approve_case(case: CaseLife, actor: Actor, version: int) -> CaseLife:
    """Return the case approved by a second person; what its kind does to the register is to be done now.

    Raises CaseVersionStale, ApproveNeedsSubmittedCase, DeciderIsClerk.
    """
    moved = _moved(case, CaseVerb.APPROVE, version)
    _require_second_person(case, actor)
    return replace(moved, decided_by=actor.account_id)


def reject_case(case: CaseLife, actor: Actor, version: int) -> CaseLife:
    """Return the case refused by a second person, its number to be freed.

    Raises CaseVersionStale, RejectNeedsUndecided, DeciderIsClerk, ReasonNotStated.
    """
    moved = _moved(case, CaseVerb.REJECT, version)
    _require_second_person(case, actor)
    require_reason(actor)
    return replace(moved, decided_by=actor.account_id)


def withdraw_case(case: CaseLife, actor: Actor, version: int) -> CaseLife:
    """Return the case withdrawn on the applicant's wish, its number to be freed.

    Raises CaseVersionStale, WithdrawNeedsUndecided, ReasonNotStated.
    """
    moved = _moved(case, CaseVerb.WITHDRAW, version)
    require_reason(actor)
    return moved


def correct_end(case: CaseLife, actor: Actor, version: int) -> CaseLife:
    """Return a refused or withdrawn case at the counter again: its end was a mistake.

    Raises CaseVersionStale, CorrectEndNeedsBrokenOff, ReasonNotStated.
    """
    moved = _moved(case, CaseVerb.CORRECT_END, version)
    require_reason(actor)
    after = replace(moved, submitted_by=None, decided_by=None)
    return replace(after, status=CaseStatus.INCOMPLETE if case.missing else _standing(after))


def issue_notice(case: CaseLife, version: int) -> CaseLife:
    """Return the case with its notice issued.

    Raises CaseVersionStale, NoticeNeedsApproval.
    """
    return _moved(case, CaseVerb.NOTIFY, version)


def finish_case(case: CaseLife, version: int) -> CaseLife:
    """Return the case closed: the notice was handed over.

    Raises CaseVersionStale, FinishNeedsNotice.
    """
    return _moved(case, CaseVerb.FINISH, version)


def possible_verbs(case: CaseLife) -> tuple[CaseVerb, ...]:
    """Return what the state and the kind of the case allow next, whoever asks."""
    return tuple(verb for verb in CaseVerb if case.status in MOVES[verb].start and _fits(case, verb))


def road_of(kind: CaseKind) -> tuple[CaseStatus, ...]:
    """Return the statuses that a case of this kind passes when nothing goes wrong."""
    middle = ((CaseStatus.CHECKED, kind.needs_site_check), (CaseStatus.NUMBERED, kind.needs_number))
    last = (CaseStatus.SUBMITTED, CaseStatus.APPROVED, CaseStatus.NOTIFIED, CaseStatus.DONE)
    return (CaseStatus.RECEIVED, *(status for status, wanted in middle if wanted), *last)


def _fits(case: CaseLife, verb: CaseVerb) -> bool:
    kind = case.kind
    if verb is CaseVerb.CHECK:
        return kind.needs_site_check
    if verb is CaseVerb.NUMBER:
        return kind.needs_number and case.site_checked
    if verb is CaseVerb.SUBMIT:
        return (case.site_checked or not kind.needs_site_check) and (case.numbered or not kind.needs_number)
    return True


def _standing(case: CaseLife) -> CaseStatus:
    """Return how far a case at the counter has come."""
    if case.numbered:
        return CaseStatus.NUMBERED
    return CaseStatus.CHECKED if case.site_checked else CaseStatus.RECEIVED


def _moved(case: CaseLife, verb: CaseVerb, version: int) -> CaseLife:
    if version != case.version:
        raise refusals.CaseVersionStale(current=case.version, given=version)
    move = MOVES[verb]
    if case.status not in move.start:
        raise move.refusal(status=case.status.word)
    return replace(case, status=move.to, version=case.version + 1)


def _require_second_person(case: CaseLife, actor: Actor) -> None:
    if actor.account_id in {case.opened_by, case.submitted_by}:
        raise refusals.DeciderIsClerk
