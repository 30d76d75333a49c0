"""The life of an address: propose, approve, reject, retire, lock, and the verbs that take a wrong step back.

A *change* says the world changed, a *correction* says the register was wrong. Every verb is a function
(address, …, decision, surroundings) → new address, or it raises the refusal of the rule that is broken.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from geo_app.domain import address_refusals as refusals
from geo_app.domain.access import require_reason
from geo_app.domain.address import LIVING, Address, Decision, Status, Surroundings
from geo_app.domain.address_kinship import (
    require_kin,
    require_kin_current,
    require_nothing_current_below,
    require_nothing_living_below,
)
from geo_app.domain.address_place import PlateIsMounted, require_door_position, require_name, require_place
from geo_app.domain.errors import DomainError


class Verb(StrEnum):
    """What can be done to an address."""

    PROPOSE = "propose"
    APPROVE = "approve"
    REJECT = "reject"
    RETIRE = "retire"
    RENUMBER = "renumber"
    READDRESS = "readdress"
    RELABEL = "relabel"
    RELOCATE = "relocate"
    MAKE_SECONDARY = "make_secondary"
    MAKE_PRIMARY = "make_primary"
    LOCK = "lock"
    UNLOCK = "unlock"
    CORRECT_APPROVAL = "correct_approval"
    CORRECT_REJECTION = "correct_rejection"
    CORRECT_RETIREMENT = "correct_retirement"
    CORRECT_NUMBER = "correct_number"
    CORRECT_PLACE = "correct_place"
    CORRECT_PARENT = "correct_parent"
    CORRECT_LABEL = "correct_label"
    CORRECT_FLOOR = "correct_floor"
    CORRECT_POSITION = "correct_position"


@dataclass(frozen=True, slots=True)
class Move:
    """From which statuses a verb leads, where to (None: the status stays), and who refuses otherwise."""

    start: frozenset[Status]
    to: Status | None
    refusal: type[DomainError]


_PROPOSED, _CURRENT = frozenset({Status.PROPOSED}), frozenset({Status.CURRENT})

MOVES: Mapping[Verb, Move] = {
    Verb.APPROVE: Move(_PROPOSED, Status.CURRENT, refusals.ApproveNeedsProposed),
    Verb.REJECT: Move(_PROPOSED, Status.REJECTED, refusals.RejectNeedsProposed),
    Verb.RETIRE: Move(_CURRENT, Status.RETIRED, refusals.RetireNeedsCurrent),
    Verb.RENUMBER: Move(_CURRENT, None, refusals.RenumberNeedsCurrent),
    Verb.READDRESS: Move(_CURRENT, None, refusals.ReaddressNeedsCurrent),
    Verb.RELABEL: Move(_CURRENT, None, refusals.RelabelNeedsCurrent),
    Verb.RELOCATE: Move(_CURRENT, None, refusals.RelocateNeedsCurrent),
    Verb.MAKE_SECONDARY: Move(LIVING, None, refusals.RerankNeedsLiving),
    Verb.MAKE_PRIMARY: Move(LIVING, None, refusals.RerankNeedsLiving),
    Verb.LOCK: Move(LIVING, None, refusals.LockNeedsLiving),
    Verb.CORRECT_APPROVAL: Move(_CURRENT, Status.PROPOSED, refusals.CorrectApprovalNeedsCurrent),
    Verb.CORRECT_REJECTION: Move(frozenset({Status.REJECTED}), Status.PROPOSED, refusals.CorrectRejectionNeedsRejected),
    Verb.CORRECT_RETIREMENT: Move(frozenset({Status.RETIRED}), Status.CURRENT, refusals.CorrectRetirementNeedsRetired),
    Verb.CORRECT_NUMBER: Move(LIVING, None, refusals.CorrectNumberNeedsLiving),
    Verb.CORRECT_PLACE: Move(LIVING, None, refusals.CorrectPlaceNeedsLiving),
    Verb.CORRECT_PARENT: Move(LIVING, None, refusals.CorrectParentNeedsLiving),
    Verb.CORRECT_LABEL: Move(LIVING, None, refusals.CorrectLabelNeedsLiving),
    Verb.CORRECT_FLOOR: Move(LIVING, None, refusals.CorrectFloorNeedsLiving),
    Verb.CORRECT_POSITION: Move(LIVING, None, refusals.CorrectPositionNeedsLiving),
}
"""The allowed moves; proposing makes the address, and unlocking asks for the lock, not for the status."""

CORRECTED_BY: Mapping[Verb, Verb] = {
    Verb.PROPOSE: Verb.REJECT,
    Verb.APPROVE: Verb.CORRECT_APPROVAL,
    Verb.REJECT: Verb.CORRECT_REJECTION,
    Verb.RETIRE: Verb.CORRECT_RETIREMENT,
    Verb.RENUMBER: Verb.CORRECT_NUMBER,
    Verb.READDRESS: Verb.CORRECT_PLACE,
    Verb.RELABEL: Verb.CORRECT_LABEL,
    Verb.RELOCATE: Verb.CORRECT_POSITION,
    Verb.MAKE_SECONDARY: Verb.MAKE_PRIMARY,
    Verb.MAKE_PRIMARY: Verb.MAKE_SECONDARY,
    Verb.LOCK: Verb.UNLOCK,
    Verb.UNLOCK: Verb.LOCK,
    Verb.CORRECT_APPROVAL: Verb.APPROVE,
    Verb.CORRECT_REJECTION: Verb.REJECT,
    Verb.CORRECT_RETIREMENT: Verb.RETIRE,
    Verb.CORRECT_NUMBER: Verb.CORRECT_NUMBER,
    Verb.CORRECT_PLACE: Verb.CORRECT_PLACE,
    Verb.CORRECT_PARENT: Verb.CORRECT_PARENT,
    Verb.CORRECT_LABEL: Verb.CORRECT_LABEL,
    Verb.CORRECT_FLOOR: Verb.CORRECT_FLOOR,
    Verb.CORRECT_POSITION: Verb.CORRECT_POSITION,
}
"""The verb that takes back a wrong step."""


def propose(draft: Address, decision: Decision, around: Surroundings) -> Address:
    """Return the new address `draft` as proposed by the actor; its number is held from now on.

    Raises ProposeNeedsNew and the refusals of place, name and kinship.
    """
    if draft.status is not Status.PROPOSED or draft.proposed_by is not None:
        raise refusals.ProposeNeedsNew(status=draft.status.word)
    _require_can_live(draft, decision, around)
    return replace(draft, proposed_by=decision.actor.account_id, version=1)


def approve(address: Address, decision: Decision, around: Surroundings) -> Address:
    """Return the address as current from the decision's day, approved by a second person.

    Raises ApproveNeedsProposed, ApproverIsProposer, DoorNeedsPosition, ParentNotCurrent, PrimaryNotCurrent and the
    refusals of place, name and kinship.
    """
    moved = begin(address, Verb.APPROVE, decision)
    if decision.actor.account_id == address.proposed_by:
        raise refusals.ApproverIsProposer
    _require_can_be_current(moved, decision, around)
    return replace(moved, valid_from=decision.day)


def reject(address: Address, decision: Decision, around: Surroundings) -> Address:
    """Return the address as rejected; its number is free at once.

    Raises RejectNeedsProposed, ReasonNotStated, HasLivingChildren, HasLivingSecondaries.
    """
    moved = begin(address, Verb.REJECT, decision)
    require_reason(decision.actor)
    require_nothing_living_below(around)
    return moved


def retire(address: Address, decision: Decision, around: Surroundings) -> Address:
    """Return the address as retired from the decision's day on; its id is never used again.

    Raises RetireNeedsCurrent, ReasonNotStated, EndsBeforeBeginning, HasLivingChildren, HasLivingSecondaries.
    """
    moved = begin(address, Verb.RETIRE, decision)
    require_reason(decision.actor)
    if decision.day <= address.valid_from:
        raise refusals.EndsBeforeBeginning(start=address.valid_from, day=decision.day)
    require_nothing_living_below(around)
    return replace(moved, valid_to=decision.day)


def retire_tree(tree: Iterable[tuple[Address, Surroundings]], decision: Decision) -> list[Address]:
    """Return a demolished house's addresses retired together; `tree` has children before parents.

    The decision's version is that of each address itself: the caller has locked them all.
    Raises what `retire` raises; living children outside `tree` count, those within it are ending too.
    """
    ended: dict[str, Address] = {}
    for address, around in tree:
        below = replace(
            around,
            children=tuple(ended.get(child.id, child) for child in around.children),
            secondaries=tuple(ended.get(other.id, other) for other in around.secondaries),
        )
        if address.living:
            own = replace(decision, version=address.version)
            ended[address.id] = _end(address, own, below)
    return list(ended.values())


def lock(address: Address, case: str, decision: Decision) -> Address:
    """Return the address locked while `case` is open.

    Raises AddressVersionStale, LockNeedsCase, AddressAlreadyLocked, LockNeedsLiving.
    """
    _require_version(address, decision)
    if not case.strip():
        raise refusals.LockNeedsCase
    if address.locked_by is not None:
        raise refusals.AddressAlreadyLocked(case=address.locked_by)
    moved = begin(address, Verb.LOCK, decision)
    return replace(moved, locked_by=case)


def unlock(address: Address, case: str, decision: Decision) -> Address:
    """Return the address unlocked by the case that locked it.

    Raises AddressVersionStale, AddressNotLocked, LockedByAnotherCase.
    """
    _require_version(address, decision)
    if address.locked_by is None:
        raise refusals.AddressNotLocked
    if address.locked_by != case:
        raise refusals.LockedByAnotherCase(holder=address.locked_by, case=case)
    return replace(address, locked_by=None, version=address.version + 1)


def correct_approval(address: Address, decision: Decision, around: Surroundings) -> Address:
    """Return the address as proposed again: the approval was a mistake.

    Raises CorrectApprovalNeedsCurrent, ReasonNotStated, PlateIsMounted, HasCurrentChildren, HasCurrentSecondaries.
    """
    moved = begin(address, Verb.CORRECT_APPROVAL, decision)
    require_reason(decision.actor)
    if around.plated:
        raise PlateIsMounted
    require_nothing_current_below(around)
    return moved


def correct_rejection(address: Address, decision: Decision, around: Surroundings) -> Address:
    """Return the address as proposed again: the rejection was a mistake. Its number must still be free.

    Raises CorrectRejectionNeedsRejected, ReasonNotStated and the refusals of place, name and kinship.
    """
    moved = begin(address, Verb.CORRECT_REJECTION, decision)
    require_reason(decision.actor)
    _require_can_live(moved, decision, around)
    return moved


def correct_retirement(address: Address, decision: Decision, around: Surroundings) -> Address:
    """Return the address as current again, as if it had never ended; its own rest does not hold it back.

    Raises CorrectRetirementNeedsRetired, ReasonNotStated and the refusals of place, name and kinship.
    """
    moved = replace(begin(address, Verb.CORRECT_RETIREMENT, decision), valid_to=None)
    require_reason(decision.actor)
    _require_can_be_current(moved, decision, replace(around, numbers_resting={}))
    return moved


def begin(address: Address, verb: Verb, decision: Decision) -> Address:
    """Return the address in the status to which `verb` leads, one version later, the verb's own rules unasked.

    Raises AddressVersionStale, AddressLocked, the verb's status refusal.
    """
    _require_version(address, decision)
    move = MOVES[verb]
    if address.status not in move.start:
        raise move.refusal(status=address.status.word)
    if address.locked_by is not None:
        raise refusals.AddressLocked(case=address.locked_by)
    return replace(address, status=move.to or address.status, version=address.version + 1)


def _end(address: Address, decision: Decision, around: Surroundings) -> Address:
    verb = retire if address.status is Status.CURRENT else reject
    return verb(address, decision, around)


def _require_version(address: Address, decision: Decision) -> None:
    if decision.version != address.version:
        raise refusals.AddressVersionStale(current=address.version, given=decision.version)


def _require_can_live(address: Address, decision: Decision, around: Surroundings) -> None:
    require_kin(address, around)
    require_place(address, around)
    require_name(address, around, decision.day)


def _require_can_be_current(address: Address, decision: Decision, around: Surroundings) -> None:
    _require_can_live(address, decision, around)
    require_kin_current(around)
    require_door_position(address)
