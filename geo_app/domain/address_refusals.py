"""What the life of an address refuses because of its own status, lock, version or the person acting."""

from geo_app.domain.errors import Conflict, DomainError


class AddressVersionStale(Conflict):
    """Somebody changed the address after this page was loaded."""

    pattern = "The address was changed in the meantime (version {current}, yours was {given}); load it again."


class AddressLocked(DomainError):
    """While a case is open, nothing about the address changes."""

    pattern = "The address is locked while case {case} is open."


class AddressAlreadyLocked(DomainError):
    """One case at a time locks an address."""

    pattern = "The address is already locked by case {case}."


class AddressNotLocked(DomainError):
    """Only a locked address is unlocked."""

    pattern = "The address is not locked."


class LockedByAnotherCase(DomainError):
    """A lock is lifted by the case that set it."""

    pattern = "The address is locked by case {holder}, not by case {case}."


class LockNeedsCase(DomainError):
    """A lock says which case it serves."""

    pattern = "A lock needs the number of its case."


class LockNeedsLiving(DomainError):
    """What has ended needs no lock."""

    pattern = "A {status} address needs no lock."


class ProposeNeedsNew(DomainError):
    """An address is proposed once; later it is corrected or changed."""

    pattern = "This address exists already and is {status}."


class ApproveNeedsProposed(DomainError):
    """Approval answers a proposal."""

    pattern = "Only a proposed address can be approved; this one is {status}."


class RejectNeedsProposed(DomainError):
    """A current address is retired, or its approval is corrected."""

    pattern = "Only a proposed address can be rejected; this one is {status}."


class RetireNeedsCurrent(DomainError):
    """Only what counts can stop counting."""

    pattern = "Only a current address can be retired; this one is {status}."


class RenumberNeedsCurrent(DomainError):
    """A proposed number is corrected, not changed."""

    pattern = "Only a current address can get a new number; this one is {status}."


class ReaddressNeedsCurrent(DomainError):
    """A proposed address is corrected, not moved."""

    pattern = "Only a current address can move to another street; this one is {status}."


class RelabelNeedsCurrent(DomainError):
    """A proposed label is corrected, not changed."""

    pattern = "Only a current address can get a new name; this one is {status}."


class RelocateNeedsCurrent(DomainError):
    """A proposed position is corrected, not changed."""

    pattern = "Only a current address can move on the ground; this one is {status}."


class RerankNeedsLiving(DomainError):
    """What has ended is neither primary nor secondary to anything."""

    pattern = "A {status} address cannot become primary or secondary."


class CorrectApprovalNeedsCurrent(DomainError):
    """Only an approval that stands can be taken back."""

    pattern = "Only the approval of a current address can be taken back; this one is {status}."


class CorrectRejectionNeedsRejected(DomainError):
    """Only a rejection that stands can be taken back."""

    pattern = "Only the rejection of a rejected address can be taken back; this one is {status}."


class CorrectRetirementNeedsRetired(DomainError):
    """Only a retirement that stands can be taken back."""

    pattern = "Only the retirement of a retired address can be taken back; this one is {status}."


class CorrectNumberNeedsLiving(DomainError):
    """The number of an ended address is history."""

    pattern = "The number of a {status} address cannot be corrected."


class CorrectPlaceNeedsLiving(DomainError):
    """The street of an ended address is history."""

    pattern = "The street of a {status} address cannot be corrected."


class CorrectParentNeedsLiving(DomainError):
    """What an ended address belonged to is history."""

    pattern = "What a {status} address belongs to cannot be corrected."


class CorrectLabelNeedsLiving(DomainError):
    """The name of an ended address is history."""

    pattern = "The name of a {status} address cannot be corrected."


class CorrectFloorNeedsLiving(DomainError):
    """The floor of an ended address is history."""

    pattern = "The floor of a {status} address cannot be corrected."


class CorrectPositionNeedsLiving(DomainError):
    """The position of an ended address is history."""

    pattern = "The position of a {status} address cannot be corrected."


class ApproverIsProposer(DomainError):
    """Two pairs of eyes: a second person approves."""

    pattern = "You proposed this address; another person has to approve it."


class ChangesBeforeBeginning(DomainError):
    """Nothing about an address changes before it begins."""

    pattern = "The address, or its present name, begins on {start}; it cannot change on {day}."


class EndsBeforeBeginning(DomainError):
    """An address counts for at least one day; one that never was is corrected, not retired."""

    pattern = "The address begins on {start} and cannot end on {day}; if it never existed, take its approval back."
