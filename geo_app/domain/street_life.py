"""The life of a street 街路巷: its name is proposed, approved by a second person, changed, corrected, retired.

No door is numbered before the name is approved, and no street ends under its doors. As with addresses, a *change* keeps
the old name findable as an alias, a *correction* replaces what was never true.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from geo_app.domain import street_refusals as refusals
from geo_app.domain.access import require_reason
from geo_app.domain.address import Decision, PlaceStatus
from geo_app.domain.address_text import match_key
from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message, marked


class StreetStatus(StrEnum):
    """Where a street's name stands."""

    PROPOSED = "proposed"
    CURRENT = "current"
    REJECTED = "rejected"
    RETIRED = "retired"

    @property
    def word(self) -> Message:
        """Return the status for a reader."""
        return Message(_STATUS_WORDS[self])

    @property
    def of_place(self) -> PlaceStatus:
        """Return what the rules of addresses need to know: a rejected name is as good as none."""
        return _PLACE_STATUS[self]


_STATUS_WORDS = {
    StreetStatus.PROPOSED: marked("proposed"),
    StreetStatus.CURRENT: marked("current"),
    StreetStatus.REJECTED: marked("rejected"),
    StreetStatus.RETIRED: marked("retired"),
}
_PLACE_STATUS = {
    StreetStatus.PROPOSED: PlaceStatus.PROPOSED,
    StreetStatus.CURRENT: PlaceStatus.CURRENT,
    StreetStatus.REJECTED: PlaceStatus.PROPOSED,
    StreetStatus.RETIRED: PlaceStatus.RETIRED,
}


class StreetVerb(StrEnum):
    """What can be done to a street."""

    PROPOSE = "propose"
    APPROVE = "approve"
    REJECT = "reject"
    RENAME = "rename"
    RETIRE = "retire"
    CORRECT_APPROVAL = "correct_approval"
    CORRECT_REJECTION = "correct_rejection"
    CORRECT_NAME = "correct_name"
    CORRECT_RETIREMENT = "correct_retirement"


@dataclass(frozen=True, slots=True)
class StreetLife:
    """A street as its life rules see it."""

    street_id: int
    name: str
    valid_from: date
    status: StreetStatus = StreetStatus.PROPOSED
    valid_to: date | None = None
    proposed_by: int | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class StreetFacts:
    """What the register knows around a street at the moment of a step.

    `names_taken` are the match keys of other living streets of the county, namesakes that were told apart left out.
    """

    names_taken: frozenset[str] = frozenset()
    living_addresses: int = 0
    plated_addresses: int = 0
    open_plans: int = 0


@dataclass(frozen=True, slots=True)
class _Move:
    start: frozenset[StreetStatus]
    to: StreetStatus | None
    refusal: type[DomainError]


_P, _C, _J, _R = (frozenset({status}) for status in StreetStatus)
STREET_MOVES: Mapping[StreetVerb, _Move] = {
    StreetVerb.APPROVE: _Move(_P, StreetStatus.CURRENT, refusals.ApproveStreetNeedsProposed),
    StreetVerb.REJECT: _Move(_P, StreetStatus.REJECTED, refusals.RejectStreetNeedsProposed),
    StreetVerb.RENAME: _Move(_C, None, refusals.RenameStreetNeedsCurrent),
    StreetVerb.RETIRE: _Move(_C, StreetStatus.RETIRED, refusals.RetireStreetNeedsCurrent),
    StreetVerb.CORRECT_APPROVAL: _Move(_C, StreetStatus.PROPOSED, refusals.CorrectStreetApprovalNeedsCurrent),
    StreetVerb.CORRECT_REJECTION: _Move(_J, StreetStatus.PROPOSED, refusals.CorrectStreetRejectionNeedsRejected),
    StreetVerb.CORRECT_NAME: _Move(_P | _C, None, refusals.CorrectStreetNameNeedsLiving),
    StreetVerb.CORRECT_RETIREMENT: _Move(_R, StreetStatus.CURRENT, refusals.CorrectStreetRetirementNeedsRetired),
}
"""The allowed moves; proposing makes the street."""

STREET_CORRECTED_BY: Mapping[StreetVerb, StreetVerb] = {
    StreetVerb.PROPOSE: StreetVerb.REJECT,
    StreetVerb.APPROVE: StreetVerb.CORRECT_APPROVAL,
    StreetVerb.REJECT: StreetVerb.CORRECT_REJECTION,
    StreetVerb.RENAME: StreetVerb.CORRECT_NAME,
    StreetVerb.RETIRE: StreetVerb.CORRECT_RETIREMENT,
    StreetVerb.CORRECT_APPROVAL: StreetVerb.APPROVE,
    StreetVerb.CORRECT_REJECTION: StreetVerb.REJECT,
    StreetVerb.CORRECT_NAME: StreetVerb.CORRECT_NAME,
    StreetVerb.CORRECT_RETIREMENT: StreetVerb.RETIRE,
}
"""The verb that takes back a wrong step."""

_LONGEST_NAME = 40
_NAME = re.compile(r"[\w·.,;:/&'’() \-（）]+")


def propose_street(street: StreetLife, decision: Decision, facts: StreetFacts) -> StreetLife:
    """Return a new street whose name is proposed by the actor.

    Raises StreetNameMalformed, StreetNameTaken.
    """
    require_street_name(street.name, facts)
    return replace(street, status=StreetStatus.PROPOSED, proposed_by=decision.actor.account_id)


def approve_street(street: StreetLife, decision: Decision, facts: StreetFacts) -> StreetLife:
    """Return the street with its name approved by a second person, from the decision's day.

    Raises StreetVersionStale, ApproveStreetNeedsProposed, StreetApproverIsProposer, StreetNameTaken.
    """
    moved = _begin(street, StreetVerb.APPROVE, decision)
    if decision.actor.account_id == street.proposed_by:
        raise refusals.StreetApproverIsProposer
    require_street_name(street.name, facts)
    return replace(moved, valid_from=decision.day)


def reject_street(street: StreetLife, decision: Decision) -> StreetLife:
    """Return the street with its name rejected.

    Raises StreetVersionStale, RejectStreetNeedsProposed, ReasonNotStated.
    """
    moved = _begin(street, StreetVerb.REJECT, decision)
    require_reason(decision.actor)
    return moved


def rename_street(street: StreetLife, name: str, decision: Decision, facts: StreetFacts) -> StreetLife:
    """Return the street with a new name; the caller keeps the old one, and each door's old text, as aliases.

    Raises StreetVersionStale, RenameStreetNeedsCurrent, ReasonNotStated, StreetNameUnchanged, StreetNameMalformed,
    StreetNameTaken.
    """
    return _named(_begin(street, StreetVerb.RENAME, decision), name, decision, facts)


def retire_street(street: StreetLife, decision: Decision, facts: StreetFacts) -> StreetLife:
    """Return the street ended on the decision's day: torn down, split or merged into others, its doors moved before.

    Raises StreetVersionStale, RetireStreetNeedsCurrent, ReasonNotStated, StreetEndsBeforeBeginning,
    StreetHasLivingAddresses, StreetHasOpenPlans.
    """
    moved = _begin(street, StreetVerb.RETIRE, decision)
    require_reason(decision.actor)
    require_retirable(street, decision.day, facts)
    return replace(moved, valid_to=decision.day)


def require_retirable(street: StreetLife, day: date, facts: StreetFacts) -> None:
    """Refuse to end a street on a day.

    Raises StreetEndsBeforeBeginning, StreetHasLivingAddresses, StreetHasOpenPlans.
    """
    if day <= street.valid_from:
        raise refusals.StreetEndsBeforeBeginning(start=street.valid_from, day=day)
    _require_unused(facts)


def correct_street_approval(street: StreetLife, decision: Decision, facts: StreetFacts) -> StreetLife:
    """Return the street with its name proposed again: the approval was a mistake, and nothing was numbered yet.

    Raises StreetVersionStale, CorrectStreetApprovalNeedsCurrent, ReasonNotStated, StreetHasLivingAddresses,
    StreetHasOpenPlans.
    """
    moved = _begin(street, StreetVerb.CORRECT_APPROVAL, decision)
    require_reason(decision.actor)
    _require_unused(facts)
    return moved


def correct_street_rejection(street: StreetLife, decision: Decision, facts: StreetFacts) -> StreetLife:
    """Return the street with its name proposed again: the rejection was a mistake.

    Raises StreetVersionStale, CorrectStreetRejectionNeedsRejected, ReasonNotStated, StreetNameTaken.
    """
    moved = _begin(street, StreetVerb.CORRECT_REJECTION, decision)
    require_reason(decision.actor)
    require_street_name(street.name, facts)
    return moved


def correct_street_name(street: StreetLife, name: str, decision: Decision, facts: StreetFacts) -> StreetLife:
    """Return the street with the name it should have had all along.

    Raises StreetVersionStale, CorrectStreetNameNeedsLiving, ReasonNotStated, StreetNameIsOnTheWall,
    StreetNameUnchanged, StreetNameMalformed, StreetNameTaken.
    """
    moved = _begin(street, StreetVerb.CORRECT_NAME, decision)
    if facts.plated_addresses:
        raise refusals.StreetNameIsOnTheWall(name=street.name, count=facts.plated_addresses)
    return _named(moved, name, decision, facts)


def correct_street_retirement(street: StreetLife, decision: Decision, facts: StreetFacts) -> StreetLife:
    """Return the street as if it had never ended.

    Raises StreetVersionStale, CorrectStreetRetirementNeedsRetired, ReasonNotStated, StreetNameTaken.
    """
    moved = _begin(street, StreetVerb.CORRECT_RETIREMENT, decision)
    require_reason(decision.actor)
    require_street_name(street.name, facts)
    return replace(moved, valid_to=None)


def _begin(street: StreetLife, verb: StreetVerb, decision: Decision) -> StreetLife:
    if decision.version != street.version:
        raise refusals.StreetVersionStale(current=street.version, given=decision.version)
    move = STREET_MOVES[verb]
    if street.status not in move.start:
        raise move.refusal(name=street.name, status=street.status.word)
    return replace(street, status=move.to or street.status, version=street.version + 1)


def _named(moved: StreetLife, name: str, decision: Decision, facts: StreetFacts) -> StreetLife:
    require_reason(decision.actor)
    if name == moved.name:
        raise refusals.StreetNameUnchanged(name=name)
    require_street_name(name, facts)
    return replace(moved, name=name)


def require_street_name(name: str, facts: StreetFacts) -> None:
    """Refuse what cannot be a street's name here. Raises StreetNameMalformed, StreetNameTaken."""
    if len(name) > _LONGEST_NAME or not _NAME.fullmatch(name) or name != name.strip() or name.isdecimal():
        raise refusals.StreetNameMalformed(name=name)
    if match_key(name) in facts.names_taken:
        raise refusals.StreetNameTaken(name=name)


def _require_unused(facts: StreetFacts) -> None:
    if facts.living_addresses:
        raise refusals.StreetHasLivingAddresses(count=facts.living_addresses)
    if facts.open_plans:
        raise refusals.StreetHasOpenPlans(count=facts.open_plans)
